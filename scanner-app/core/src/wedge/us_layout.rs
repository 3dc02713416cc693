//! What the physical keys of a US keyboard write (UI Events KeyboardEvent code Values, section 3.1).
//!
//! Scanners leave the factory as US keyboards. The physical key says what they meant, whatever layout the host has.

/// The character of a physical key; `None` for keys that write nothing.
pub(super) fn character(code: &str, shift: bool) -> Option<char> {
    if let Some(letter) = code.strip_prefix("Key") {
        let letter = letter.chars().next()?;
        // Shift alone decides: a forgotten Caps Lock would turn the letters of a lot around.
        return Some(if shift {
            letter
        } else {
            letter.to_ascii_lowercase()
        });
    }
    if let Some(digit) = code.strip_prefix("Digit").and_then(|d| d.parse::<usize>().ok()) {
        let row = if shift { ")!@#$%^&*(" } else { "0123456789" };
        return row.chars().nth(digit);
    }
    if let Some(digit) = numpad_digit(code) {
        return char::from_digit(digit, 10);
    }
    let (plain, shifted) = match code {
        "Space" => (' ', ' '),
        "Minus" => ('-', '_'),
        "Equal" => ('=', '+'),
        "BracketLeft" => ('[', '{'),
        "BracketRight" => (']', '}'),
        "Backslash" | "IntlBackslash" => ('\\', '|'),
        "Semicolon" => (';', ':'),
        "Quote" => ('\'', '"'),
        "Backquote" => ('`', '~'),
        "Comma" => (',', '<'),
        "Period" => ('.', '>'),
        "Slash" => ('/', '?'),
        "NumpadAdd" => ('+', '+'),
        "NumpadSubtract" => ('-', '-'),
        "NumpadMultiply" => ('*', '*'),
        "NumpadDivide" => ('/', '/'),
        "NumpadDecimal" => ('.', '.'),
        _ => return None,
    };
    Some(if shift { shifted } else { plain })
}

/// The digit of a key on the numeric pad.
pub(super) fn numpad_digit(code: &str) -> Option<u32> {
    code.strip_prefix("Numpad")
        .and_then(|digit| digit.parse().ok())
        .filter(|digit| *digit < 10)
}

/// The control character that Ctrl and a physical key make (ECMA-48, section 5.2): Ctrl+] is GS.
pub(super) fn control(code: &str) -> Option<char> {
    let plain = match code {
        "BracketLeft" => '[',
        "Backslash" => '\\',
        "BracketRight" => ']',
        "Digit6" => '^',
        "Minus" => '_',
        _ => code.strip_prefix("Key")?.chars().next()?,
    };
    u8::try_from(plain).ok().map(|byte| char::from(byte & 0x1f))
}
