//! Makes of rxing's results what a hardware scanner would send.
//!
//! rxing differs from ISO/IEC 15424 and the GS1 General Specifications in a few places; each is put right here.

use rxing::{BarcodeFormat, RXingResult, RXingResultMetadataType, RXingResultMetadataValue};

use crate::check::digit_fits;
use crate::symbol::{Corner, Format, Symbol};

/// ASCII 29, which stands for FNC1 between element strings.
const GS: char = '\u{1d}';

/// The symbol, or none where rxing's reading cannot be trusted.
pub fn symbol(result: &RXingResult) -> Option<Symbol> {
    let found = identifier(result)?;
    let raw = result.getText();
    let (format, symbology, text) = match result.getBarcodeFormat() {
        BarcodeFormat::DATA_MATRIX => (Format::DataMatrix, found, raw.to_owned()),
        BarcodeFormat::QR_CODE => (Format::QrCode, found, raw.to_owned()),
        BarcodeFormat::CODE_128 => {
            let (found, text) = code_128(found, raw);
            (Format::Code128, found, text)
        }
        BarcodeFormat::CODE_39 => (Format::Code39, found, raw.to_owned()),
        BarcodeFormat::EAN_13 => (Format::Ean13, "]E0", raw.to_owned()),
        // GS1 General Specifications 5.2: a reader hands over UPC-A and UPC-E as 13 digits.
        BarcodeFormat::UPC_A => (Format::Ean13, "]E0", format!("0{raw}")),
        BarcodeFormat::UPC_E => (Format::Ean13, "]E0", format!("0{}", upc_e_widened(raw)?)),
        BarcodeFormat::EAN_8 => (Format::Ean8, "]E4", raw.to_owned()),
        // ITF has no check of its own; only ITF-14's check digit tells a reading from noise.
        BarcodeFormat::ITF => (
            Format::Itf14,
            "]I1",
            (raw.len() == 14 && digit_fits(raw)).then(|| raw.to_owned())?,
        ),
        _ => return None,
    };
    (!text.is_empty()).then(|| Symbol {
        symbology: symbology.to_owned(),
        text,
        format,
        corners: corners(result),
    })
}

/// The corners in a row round the symbol. rxing tells those of a Data Matrix crosswise, and of a QR code the middles of three
/// finder patterns, with an alignment pattern behind them that is no corner.
fn corners(result: &RXingResult) -> Vec<Corner> {
    let points: Vec<Corner> = result
        .getPoints()
        .iter()
        .map(|p| Corner { x: p.x, y: p.y })
        .collect();
    match (result.getBarcodeFormat(), points.as_slice()) {
        (BarcodeFormat::QR_CODE, [a, b, c, ..]) => around_the_corner(*a, *b, *c),
        (BarcodeFormat::DATA_MATRIX, [_, _, _, _]) => {
            let (x, y) = points
                .iter()
                .fold((0.0, 0.0), |sum, p| (sum.0 + p.x / 4.0, sum.1 + p.y / 4.0));
            let mut round = points;
            round.sort_by(|a, b| (a.y - y).atan2(a.x - x).total_cmp(&(b.y - y).atan2(b.x - x)));
            round
        }
        _ => points,
    }
}

/// Three corners of a parallelogram and the fourth. Which of the three stands between the others is told by their distance: the two
/// that are furthest from each other lie crosswise.
fn around_the_corner(a: Corner, b: Corner, c: Corner) -> Vec<Corner> {
    let far = |from: Corner, to: Corner| (from.x - to.x).hypot(from.y - to.y);
    let (ab, bc, ca) = (far(a, b), far(b, c), far(c, a));
    let [before, between, behind] = if ab >= bc && ab >= ca {
        [a, c, b]
    } else if bc >= ca {
        [b, a, c]
    } else {
        [a, b, c]
    };
    let opposite = Corner {
        x: before.x + behind.x - between.x,
        y: before.y + behind.y - between.y,
    };
    vec![before, between, behind, opposite]
}

/// The AIM identifier as rxing tells it.
fn identifier(result: &RXingResult) -> Option<&str> {
    match result
        .getRXingResultMetadata()
        .get(&RXingResultMetadataType::SYMBOLOGY_IDENTIFIER)?
    {
        RXingResultMetadataValue::SymbologyIdentifier(text) => Some(text),
        _ => None,
    }
}

/// rxing writes a leading FNC1 into the text as `]C1`, and takes the check character for data before it knows that it
/// is the last: where its value is that of FNC1 a GS follows that separates nothing, where it is that of FNC2 the
/// identifier becomes `]C4`, which no symbol in health care has.
fn code_128<'a>(identifier: &'a str, raw: &str) -> (&'a str, String) {
    let text = raw.trim_end_matches(GS);
    let gs1 = text.strip_prefix("]C1");
    match (identifier, gs1) {
        ("]C1" | "]C4", Some(text)) => ("]C1", text.to_owned()),
        ("]C4", None) => ("]C0", text.to_owned()),
        _ => (identifier, text.to_owned()),
    }
}

/// The 12 digits of a UPC-A behind the 8 of a UPC-E (GS1 General Specifications 5.2.2.4.2).
fn upc_e_widened(short: &str) -> Option<String> {
    let d = short.as_bytes();
    if d.len() != 8 || !d.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (system, body, check) = (&short[..1], &short[1..7], &short[7..]);
    let wide = match body.as_bytes()[5] {
        b'0'..=b'2' => format!("{system}{}{}0000{}{check}", &body[..2], &body[5..], &body[2..5]),
        b'3' => format!("{system}{}00000{}{check}", &body[..3], &body[3..5]),
        b'4' => format!("{system}{}00000{}{check}", &body[..4], &body[4..5]),
        _ => format!("{system}{}0000{}{check}", &body[..5], &body[5..]),
    };
    digit_fits(&wide).then_some(wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upc_e_is_widened_by_its_last_digit() {
        for (short, wide) in [
            ("01245714", "012100004574"),
            ("04252614", "042100005264"),
            ("01234531", "012300000451"),
            ("01234543", "012340000053"),
            ("01234558", "012345000058"),
            ("01234565", "012345000065"),
        ] {
            assert_eq!(upc_e_widened(short).as_deref(), Some(wide), "{short}");
        }
        assert_eq!(upc_e_widened("01234564"), None, "wrong check digit");
        assert_eq!(upc_e_widened("0425261x"), None);
        assert_eq!(upc_e_widened("0425261"), None);
    }

    #[test]
    fn three_corners_in_any_order_go_round_the_symbol() {
        let [one, two, three] = [(10.0, 10.0), (90.0, 20.0), (0.0, 90.0)].map(|(x, y)| Corner { x, y });
        for [a, b, c] in [[one, two, three], [two, one, three], [three, two, one]] {
            let round = around_the_corner(a, b, c);
            assert_eq!(
                (round[1].x, round[1].y),
                (10.0, 10.0),
                "the one between the others"
            );
            assert_eq!((round[3].x, round[3].y), (80.0, 100.0), "the one across");
        }
    }

    #[test]
    fn a_leading_identifier_leaves_the_text_of_gs1_128() {
        let read = |identifier, raw| {
            let (identifier, text) = code_128(identifier, raw);
            format!("{identifier} {text}")
        };
        assert_eq!(read("]C1", "]C10107312345678909\u{1d}"), "]C1 0107312345678909");
        assert_eq!(read("]C1", "10ABC\u{1d}21X"), "]C1 10ABC\u{1d}21X");
        assert_eq!(read("]C0", "]C1"), "]C0 ]C1");
        // A check character of the value of FNC2 or FNC1.
        assert_eq!(read("]C4", "]C110=\"X7V\u{1d}21244"), "]C1 10=\"X7V\u{1d}21244");
        assert_eq!(read("]C4", "ABC"), "]C0 ABC");
        assert_eq!(read("]C0", "ABC\u{1d}"), "]C0 ABC");
    }
}
