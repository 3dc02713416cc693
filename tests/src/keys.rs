//! What a scanner that types like a US keyboard does on a Swedish host, key by key.

/// One key stroke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// `KeyboardEvent.code`: the physical key, the same whatever the layout.
    pub code: String,
    /// `KeyboardEvent.key`: what the Swedish layout makes of it.
    pub key: String,
    /// Shift is held.
    pub shift: bool,
    /// Control is held (the separator as Ctrl+]).
    pub ctrl: bool,
}

fn stroke(code: &str, key: &str, shift: bool) -> Stroke {
    Stroke {
        code: code.to_owned(),
        key: key.to_owned(),
        shift,
        ctrl: false,
    }
}

/// The strokes for one character of a US scanner; `None` for a character it has no key for.
fn strokes_of(character: char) -> Option<Stroke> {
    let upper = character.to_ascii_uppercase();
    Some(match character {
        '0'..='9' => stroke(&format!("Digit{character}"), &character.to_string(), false),
        'a'..='z' => stroke(&format!("Key{upper}"), &character.to_string(), false),
        'A'..='Z' => stroke(&format!("Key{upper}"), &character.to_string(), true),
        ']' => stroke("BracketRight", "Dead", false),
        '-' => stroke("Minus", "+", false),
        '_' => stroke("Minus", "?", true),
        '!' => stroke("Digit1", "!", true),
        '"' => stroke("Quote", "Ä", true),
        '&' => stroke("Digit7", "/", true),
        '\'' => stroke("Quote", "ä", false),
        '*' => stroke("Digit8", "(", true),
        '+' => stroke("Equal", "Dead", true),
        ',' => stroke("Comma", ",", false),
        ':' => stroke("Semicolon", "Ö", true),
        ';' => stroke("Semicolon", "ö", false),
        '<' => stroke("Comma", ";", true),
        '=' => stroke("Equal", "Dead", false),
        '>' => stroke("Period", ":", true),
        '?' => stroke("Slash", "_", true),
        '%' => stroke("Digit5", "%", true),
        '/' => stroke("Slash", "-", false),
        '.' => stroke("Period", ".", false),
        '(' => stroke("Digit9", ")", true),
        ')' => stroke("Digit0", "=", true),
        '\u{1d}' => Stroke {
            ctrl: true,
            ..stroke("BracketRight", "Dead", false)
        },
        _ => return None,
    })
}

/// The strokes for a whole scan, ended by Enter.
pub fn scan(text: &str) -> Vec<Stroke> {
    let typed = text
        .chars()
        .map(|character| strokes_of(character).unwrap_or_else(|| panic!("no key for {character:?}")));
    typed.chain([stroke("Enter", "Enter", false)]).collect()
}
