//! Characters of web addresses (RFC 3986 section 2).

/// Whether the byte may stand in a web address at all.
pub fn is_uri_byte(byte: u8) -> bool {
    is_unreserved(byte) || b":/?#[]@!$&'()*+,;=%".contains(&byte)
}

/// Whether the byte may stand in the name of the server, its port included.
pub fn is_domain_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte)
}

/// Whether the byte stands for itself everywhere.
pub fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// Where a `+` is met: in the query of an address it stands for a blank.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Path,
    Query,
}

/// The text behind `%hh`. What is not two hexadecimal digits stays as it is. `None` where a byte of zero hides in it.
pub fn decoded(text: &str, part: Part) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = (*byte == b'%')
            .then(|| hexadecimal(bytes.get(at + 1..at + 3)?))
            .flatten();
        out.push(match (escaped, byte) {
            (Some(0), _) => return None,
            (Some(escaped), _) => escaped,
            (None, b'+') if part == Part::Query => b' ',
            (None, byte) => *byte,
        });
        at += if escaped.is_some() { 3 } else { 1 };
    }
    Some(String::from_utf8(out).unwrap_or_else(|broken| {
        // Bytes that are no text cannot be part of a GS1 value, nor can DELETE; byte for byte, or places would shift.
        let bytes = broken.into_bytes().into_iter();
        bytes
            .map(|byte| {
                if byte.is_ascii() {
                    char::from(byte)
                } else {
                    '\u{7f}'
                }
            })
            .collect()
    }))
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// Writes a value so that it stands for itself in path and query.
pub fn escape(value: &str, out: &mut String) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    for byte in value.bytes() {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
}
