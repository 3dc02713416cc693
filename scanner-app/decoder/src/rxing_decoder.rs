//! [`Decode`] by the rxing crate.

use rxing::common::HybridBinarizer;
use rxing::oned::{MultiFormatOneDReader, OneDReader};
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, MultiFormatReader, RXingResult, Reader};

use crate::symbol::{Corner, Symbol};
use crate::{Decode, Luma, mend};

/// Most rows looked at when a picture is searched for linear symbols.
const ROWS: u32 = 160;
/// Rows of the picture that are averaged into one that is looked at, where the picture is tall enough.
const BAND: u32 = 4;
/// Rows that must say the same before a linear symbol counts. One row can misread: a stretch of an EAN-13 passes as a UPC-E.
const WITNESSES: usize = 3;

/// Finds Data Matrix and QR symbols, and the linear symbols that medical devices carry, upright or on their side.
///
/// GS1 DataBar Expanded is left out: rxing hands it over in a form whose separators cannot be restored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RxingDecoder;

impl Decode for RxingDecoder {
    fn decode(&self, picture: &Luma) -> Vec<Symbol> {
        let mut found = matrix_symbols(picture);
        found.extend(linear_symbols(picture));
        found
    }
}

/// At most one Data Matrix and one QR code. What the picture does not show at once may show at half its size:
/// that is how noise and large modules are met.
fn matrix_symbols(picture: &Luma) -> Vec<Symbol> {
    let found = matrix_symbols_at_size(picture);
    if !found.is_empty() {
        return found;
    }
    let Some(half) = picture.halved() else {
        return found;
    };
    let mut found = matrix_symbols_at_size(&half);
    for corner in found.iter_mut().flat_map(|symbol| &mut symbol.corners) {
        *corner = Corner {
            x: corner.x * 2.0,
            y: corner.y * 2.0,
        };
    }
    found
}

fn matrix_symbols_at_size(picture: &Luma) -> Vec<Symbol> {
    [BarcodeFormat::DATA_MATRIX, BarcodeFormat::QR_CODE]
        .into_iter()
        .filter_map(|format| {
            let hints = DecodeHints {
                TryHarder: Some(true),
                ..only(&[format])
            };
            let mut bitmap = bitmap(picture)?;
            let result = MultiFormatReader::default()
                .decode_with_hints(&mut bitmap, &hints)
                .ok()?;
            mend::symbol(&result)
        })
        .collect()
}

/// Every linear symbol that enough rows agree on, upright first, then on its side.
fn linear_symbols(picture: &Luma) -> Vec<Symbol> {
    let mut found = agreed(read_rows(picture));
    let turned = read_rows(&picture.turned_left());
    for mut symbol in agreed(turned) {
        if !found.iter().any(|known| same(known, &symbol)) {
            symbol.corners = symbol
                .corners
                .iter()
                .map(|c| turned_back(*c, picture.width()))
                .collect();
            found.push(symbol);
        }
    }
    found
}

/// A reading and how many rows made it.
struct Reading {
    symbol: Symbol,
    rows: usize,
}

/// Reads rows spread over the picture, each forwards and backwards.
fn read_rows(picture: &Luma) -> Vec<Reading> {
    let band = (picture.height() / 12)
        .clamp(1, BAND)
        .max(picture.height().div_ceil(ROWS));
    let Some(bands) = picture.banded(band) else {
        return Vec::new();
    };
    let Some(bitmap) = bitmap(&bands) else {
        return Vec::new();
    };
    let hints = only(&[
        BarcodeFormat::CODE_128,
        BarcodeFormat::EAN_13,
        BarcodeFormat::EAN_8,
        BarcodeFormat::UPC_A,
        BarcodeFormat::UPC_E,
        BarcodeFormat::ITF,
        BarcodeFormat::CODE_39,
        BarcodeFormat::RSS_14,
    ]);
    let mut reader = MultiFormatOneDReader::new(&hints);
    let mut readings: Vec<Reading> = Vec::new();
    for y in 0..bands.height() {
        let Ok(row) = bitmap.get_black_row(y as usize) else {
            continue;
        };
        // The result's points lie on the row that is named here: the middle of the band.
        let number = y * band + band / 2;
        let mut row = row.into_owned();
        let read = reader.decode_row(number, &row, &hints).or_else(|_| {
            row.reverse();
            reader
                .decode_row(number, &row, &hints)
                .map(|found| unmirrored(found, picture.width()))
        });
        let Some(symbol) = read.ok().as_ref().and_then(mend::symbol) else {
            continue;
        };
        match readings.iter_mut().find(|known| same(&known.symbol, &symbol)) {
            Some(known) => known.rows += 1,
            None => readings.push(Reading { symbol, rows: 1 }),
        }
    }
    readings
}

/// The symbols that enough rows agree on, in the order in which they were met.
fn agreed(readings: Vec<Reading>) -> Vec<Symbol> {
    readings
        .into_iter()
        .filter(|reading| reading.rows >= WITNESSES)
        .map(|reading| reading.symbol)
        .collect()
}

fn same(a: &Symbol, b: &Symbol) -> bool {
    a.format == b.format && a.symbology == b.symbology && a.text == b.text
}

/// A result of a row that was read backwards, its points where they are in the picture.
fn unmirrored(mut result: RXingResult, width: u32) -> RXingResult {
    for point in result.getPointsMut() {
        point.x = as_pixels(width) - point.x - 1.0;
    }
    result
}

/// Undoes [`Luma::turned_left`] for a place found in the turned picture; `width` is that of the upright one.
fn turned_back(corner: Corner, width: u32) -> Corner {
    Corner {
        x: as_pixels(width) - corner.y - 1.0,
        y: corner.x,
    }
}

/// A side is at most 8192 pixels, so it fits without loss.
#[expect(clippy::cast_precision_loss, reason = "f32 is exact up to 2^24")]
fn as_pixels(side: u32) -> f32 {
    side as f32
}

fn bitmap(picture: &Luma) -> Option<BinaryBitmap<HybridBinarizer<Luma8Source<'_>>>> {
    let source = Luma8Source::new_with_slice(picture.pixels(), picture.width(), picture.height()).ok()?;
    Some(BinaryBitmap::new(HybridBinarizer::new(source)))
}

fn only(formats: &[BarcodeFormat]) -> DecodeHints {
    DecodeHints {
        PossibleFormats: Some(formats.iter().copied().collect()),
        AssumeGs1: Some(true),
        AllowedLengths: Some(vec![14]),
        ..DecodeHints::default()
    }
}
