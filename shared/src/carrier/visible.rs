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

/// Where the control pictures of Unicode begin, in the order of what they show.
const PICTURES: u32 = 0x2400;
/// Characters between the brackets: `U+10FFFF`.
const LONGEST: usize = 8;

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
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while !rest.as_str().is_empty() {
        if let Some((character, behind)) = shown_first(rest.as_str()) {
            out.push(character);
            rest = behind.chars();
        } else {
            out.extend(rest.next());
        }
    }
    out
}

/// The character that the text begins with if that is a shown one, and what stands behind it.
fn shown_first(text: &str) -> Option<(char, &str)> {
    let of_picture = |picture: char| {
        let mut named = NAMED.iter();
        named.find(|(character, _)| u32::from(*character) + PICTURES == u32::from(picture))
    };
    if let Some((character, _)) = text.chars().next().and_then(of_picture) {
        return Some((*character, text.get('␝'.len_utf8()..)?));
    }
    let inside = text.strip_prefix('⟨')?;
    let (end, _) = inside.char_indices().take(LONGEST + 1).find(|(_, c)| *c == '⟩')?;
    let (name, behind) = inside.split_at_checked(end)?;
    let character = match name.strip_prefix("U+") {
        Some(digits) => char::from_u32(u32::from_str_radix(digits, 16).ok()?)?,
        None => NAMED.iter().find(|(_, named)| *named == name)?.0,
    };
    Some((character, behind.strip_prefix('⟩')?))
}

/// Without width, or turning the direction of what follows.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_shown_can_be_read_back() {
        let text = "]d2\u{1d}10A\u{1e}\u{4}";
        assert_eq!(visible(text), "]d2⟨GS⟩10A⟨RS⟩⟨EOT⟩");
        assert_eq!(from_visible(&visible(text)), text);
        assert_eq!(from_visible("10A␝21B␞␄"), "10A\u{1d}21B\u{1e}\u{4}");
        assert_eq!(visible("A\u{202e}B\u{7}"), "A⟨U+202E⟩B⟨U+0007⟩");
        assert_eq!(visible("Å <b>"), "Å <b>");
        assert_eq!(from_visible("⟨GT⟩ ⟨U+D800⟩ ⟨U+⟩ ⟨"), "⟨GT⟩ ⟨U+D800⟩ ⟨U+⟩ ⟨");
    }

    proptest! {
        #[test]
        fn all_that_is_shown_can_be_read_back(text in "[^⟨\u{2400}-\u{241f}]{0,40}") {
            prop_assert_eq!(from_visible(&visible(&text)), text);
        }
    }
}
