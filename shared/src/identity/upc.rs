//! UPC: the North American numbers, which are GTINs of twelve digits (GS1 General Specifications 5.2.2.4.2).

use super::{Gtin, NumericKeyError, check_digit};

impl Gtin {
    /// The GTIN of a UPC as it is printed: twelve digits of UPC-A, or six to eight of UPC-E, whose number system and
    /// check digit may be left out.
    pub fn from_upc(text: &str) -> Result<Self, NumericKeyError> {
        let wrong_length = || NumericKeyError::Length {
            key: "UPC",
            expected: "6, 7, 8 or 12",
            found: text.chars().count(),
        };
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            // The digits are counted from the first that is none.
            return text.parse();
        }
        // UPC-E exists for the number systems 0 and 1 only.
        let short = text.starts_with(['0', '1']);
        match text.len() {
            12 => text.parse(),
            6 => widened("0", text, None).parse(),
            7 if short => widened(&text[..1], &text[1..], None).parse(),
            8 if short => widened(&text[..1], &text[1..7], text.get(7..)).parse(),
            _ => Err(wrong_length()),
        }
    }
}

/// The twelve digits behind a number system, six digits and perhaps a check digit.
fn widened(system: &str, body: &str, check: Option<&str>) -> String {
    let wide = match body.as_bytes().last() {
        Some(last @ b'0'..=b'2') => {
            format!("{system}{}{}0000{}", &body[..2], char::from(*last), &body[2..5])
        }
        Some(b'3') => format!("{system}{}00000{}", &body[..3], &body[3..5]),
        Some(b'4') => format!("{system}{}00000{}", &body[..4], &body[4..5]),
        _ => format!("{system}{}0000{}", &body[..5], &body[5..]),
    };
    let check = check.map_or_else(
        || {
            check_digit(wide.as_bytes())
                .map(|digit| digit.to_string())
                .unwrap_or_default()
        },
        str::to_owned,
    );
    wide + &check
}

#[cfg(test)]
mod tests {
    use super::Gtin;

    #[test]
    fn short_forms_are_widened() {
        for (short, wide) in [
            ("01245714", "00012100004574"),
            ("04252614", "00042100005264"),
            ("01234531", "00012300000451"),
            ("01234543", "00012340000053"),
            ("01234558", "00012345000058"),
            ("0425261", "00042100005264"),
            ("425261", "00042100005264"),
            ("042100005264", "00042100005264"),
        ] {
            assert_eq!(Gtin::from_upc(short).unwrap().to_string(), wide, "{short}");
        }
        for wrong in [
            "",
            "12345",
            "04252613",
            "042100005263",
            "2425261",
            "01234567890",
            "0425261x",
            "４２５２６１",
        ] {
            assert!(Gtin::from_upc(wrong).is_err(), "{wrong}");
        }
    }
}
