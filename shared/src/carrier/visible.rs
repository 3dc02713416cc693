//! Control characters that people can see, and back.

use core::fmt::Write as _;

/// The separators of codes by their names in ISO/IEC 646.
const NAMED: [(char, &str); 9] = [
    ('\u{1d}', "GS"),
    ('\u{1e}', "RS"),
    ('\u{1c}', "FS"),
    ('\u{1f}', "US"),
    ('\u{4}', "EOT"),
    ('\0', "NUL"),
    ('\t', "HT"),
    ('\n', "LF"),
    ('\r', "CR"),
];

/// The text with `⟨GS⟩` for a separator, and other characters that nobody sees, or that turn the text around, in the same
/// way.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if let Some((_, name)) = NAMED.iter().find(|(named, _)| *named == character) {
            // Writing to a String cannot fail.
            let _ = write!(out, "⟨{name}⟩");
        } else if character.is_control() || is_unseen(character) {
            let _ = write!(out, "⟨U+{:04X}⟩", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// What [`visible`] shows, and the control pictures of Unicode (`␝`), as the characters they stand for: a text field
/// takes no others.
pub fn from_visible(text: &str) -> String {
    let mut out = text.to_owned();
    for (character, name) in NAMED {
        let shown = format!("⟨{name}⟩");
        let picture = char::from_u32(0x2400 + u32::from(character)).unwrap_or(character);
        if out.contains(&shown) || out.contains(picture) {
            let sign = character.encode_utf8(&mut [0; 4]).to_owned();
            out = out.replace(&shown, &sign).replace(picture, &sign);
        }
    }
    out
}

/// Without width, or turning the direction of what follows.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_read_back() {
        let text = "]d2\u{1d}10A\u{1e}\u{4}";
        assert_eq!(visible(text), "]d2⟨GS⟩10A⟨RS⟩⟨EOT⟩");
        assert_eq!(from_visible(&visible(text)), text);
        assert_eq!(from_visible("10A␝21B␞␄"), "10A\u{1d}21B\u{1e}\u{4}");
        assert_eq!(visible("A\u{202e}B\u{7}"), "A⟨U+202E⟩B⟨U+0007⟩");
        assert_eq!(visible("Å <b>"), "Å <b>");
    }
}
