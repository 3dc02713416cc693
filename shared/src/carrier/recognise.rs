//! Whose code is this? Decided by the first characters (IMDRF UDI WG/N48 Appendix A; IFA UDI specification).

use super::ScanError;
use crate::identity::Agency;

/// The agency other than GS1 that the data belongs to, or an error for what is recognised and no device.
pub(super) fn other_agency(data: &str) -> Result<Option<Agency>, ScanError> {
    let bytes = data.as_bytes();
    Ok(match bytes {
        [b'+', b'/', ..] => return Err(ScanError::NotADevice),
        // Primary data begin with the labeler's letter, secondary with $ or a digit. Lower case belongs to none of
        // them, and its parser says so. Asterisks stand around printed text.
        [b'+', b'A'..=b'Z' | b'a'..=b'z' | b'$' | b'0'..=b'9', ..] | [b'*', b'+', ..] => Some(Agency::Hibcc),
        [
            b'=',
            b'/'
            | b','
            | b'>'
            | b']'
            | b'}'
            | b')'
            | b'+'
            | b'<'
            | b'%'
            | b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9',
            ..,
        ]
        | [b'&', b'>' | b'}' | b',' | b')', ..] => Some(Agency::Iccbba),
        [b'[', b')', b'>', ..] => Some(Agency::Ifa),
        [b'.', fields @ ..] if is_din_16598(fields) => Some(Agency::Ifa),
        // The marks of IFA have a letter, those of GS1 are digits.
        [b'(', mark @ ..] if has_letter(mark) => Some(Agency::Ifa),
        _ if is_web_address(data) => return Err(ScanError::WebAddress),
        _ => None,
    })
}

/// Whether fields of IFA begin here: any of them may be the first (DIN 16598). A single letter is a mark only where what
/// follows can be its value.
fn is_din_16598(fields: &[u8]) -> bool {
    let starts = |mark: &[u8]| {
        fields
            .split_at_checked(mark.len())
            .filter(|(head, _)| head.eq_ignore_ascii_case(mark))
            .map(|(_, rest)| rest)
    };
    let with_letter = [&b"9N"[..], b"8P", b"1T", b"16D", b"27Q", b"33L"];
    with_letter.iter().any(|mark| starts(mark).is_some())
        || [b"D", b"Q"]
            .iter()
            .any(|mark| starts(*mark).is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit)))
        || starts(b"S").is_some_and(|rest| rest.contains(&b'^'))
}

/// Whether what stands in a bracket, up to three characters, is digits and a letter.
fn has_letter(mark: &[u8]) -> bool {
    match mark.iter().take(4).position(|b| *b == b')') {
        Some(end) if end > 0 => {
            mark[end - 1].is_ascii_alphabetic() && mark[..end - 1].iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

fn is_web_address(data: &str) -> bool {
    let starts = |scheme: &str| {
        data.get(..scheme.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    };
    starts("http://") || starts("https://")
}

/// Whether the data begins as a US-layout scanner's does on a host with a Swedish layout: `]` arrives as `¨`, and a
/// dead key joins with the letter after it.
pub(super) fn is_swedish_mangled(raw: &[u8]) -> bool {
    let Ok(text) = core::str::from_utf8(raw) else {
        return false;
    };
    let mut characters = text.trim_start().chars();
    matches!(
        (characters.next(), characters.next(), characters.next()),
        (Some('¨'), Some('A'..='Z' | 'a'..='z'), Some('0'..='9')) | (Some('ë' | 'Ë'), Some('0'..='9'), _)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_by_their_first_characters() {
        for (data, agency) in [
            ("+A123BJC5D6E71G", Agency::Hibcc),
            ("+$$3231231LOTX", Agency::Hibcc),
            ("=/A9999XYZ100T0944", Agency::Iccbba),
            ("&,1000000000000XYZ123", Agency::Iccbba),
            ("[)>\u{1e}06\u{1d}9N111234567842", Agency::Ifa),
            (".9N111234567842^1TABC", Agency::Ifa),
            (".D000000^1TAB.12^9N111234567842", Agency::Ifa),
            (".16D20270228^9N111234567842", Agency::Ifa),
            (".S77^9N111234567842", Agency::Ifa),
            ("(9N)111234567842", Agency::Ifa),
            ("(1T)A1", Agency::Ifa),
            ("(D)270228", Agency::Ifa),
            ("*+A123BJC5D6E71G*", Agency::Hibcc),
            ("+a123bjc5d6e71g", Agency::Hibcc),
        ] {
            assert_eq!(other_agency(data), Ok(Some(agency)), "{data}");
        }
        for data in [
            "0112312312312333",
            "(01)12312312312333",
            "()A",
            "(A",
            "+",
            "",
            ".Se här",
            ".Den",
            ".",
        ] {
            assert_eq!(other_agency(data), Ok(None), "{data}");
        }
        assert_eq!(other_agency("+/EO523201"), Err(ScanError::NotADevice));
        assert_eq!(
            other_agency("HTTPS://id.gs1.org/01/1"),
            Err(ScanError::WebAddress)
        );
    }

    #[test]
    fn mangled_identifiers_give_the_layout_away() {
        for raw in [
            "¨d20112312312312333",
            "ë00112312312312333",
            "Ë07355154420956",
            "¨C110A",
        ] {
            assert!(is_swedish_mangled(raw.as_bytes()), "{raw}");
        }
        assert!(!is_swedish_mangled(b"]d201"));
        assert!(!is_swedish_mangled(b"\xff\xfe"));
    }
}
