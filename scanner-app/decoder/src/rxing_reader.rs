//! [`Decode`] by the rxing crate.

use rxing::common::HybridBinarizer;
use rxing::oned::{MultiFormatOneDReader, OneDReader};
use rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, MultiFormatReader, RXingResult, Reader as _,
};

use crate::sighting::{Reader, Sighting};
use crate::symbol::{Corner, Format};
use crate::{Decode, Family, Luma, mend};

/// Most rows looked at when a picture is searched for linear symbols.
const ROWS: u32 = 160;
/// Rows of the picture that are averaged into one that is looked at, where the picture is tall enough.
const BAND: u32 = 4;

/// Finds Data Matrix and QR symbols, and the linear symbols that medical devices carry, upright or on their side.
///
/// GS1 DataBar is left to the second reader: rxing hands Expanded over in a form whose separators cannot be restored,
/// and does not know Limited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RxingDecoder;

impl Decode for RxingDecoder {
    fn reader(&self) -> Reader {
        Reader::Rxing
    }

    fn knows(&self, format: Format) -> bool {
        format != Format::DataBar
    }

    fn sightings(&self, view: &Luma, family: Family) -> Vec<Sighting> {
        match family {
            Family::Matrix => matrix_symbols(view),
            Family::Linear => linear_symbols(view),
        }
    }
}

/// At most one Data Matrix and one QR code.
fn matrix_symbols(view: &Luma) -> Vec<Sighting> {
    [BarcodeFormat::DATA_MATRIX, BarcodeFormat::QR_CODE]
        .into_iter()
        .filter_map(|format| {
            let hints = DecodeHints {
                TryHarder: Some(true),
                ..only(&[format])
            };
            let result = MultiFormatReader::default()
                .decode_with_hints(&mut bitmap(view)?, &hints)
                .ok()?;
            sighting(&result)
        })
        .collect()
}

/// Every linear symbol, upright first, then on its side.
fn linear_symbols(view: &Luma) -> Vec<Sighting> {
    let mut found = read_rows(view);
    let turned = read_rows(&view.turned_left());
    let back = |corner| turned_back(corner, view.width());
    found.extend(turned.into_iter().map(|sighting| sighting.moved(back)));
    found
}

/// Reads rows spread over the picture, each forwards and backwards.
fn read_rows(view: &Luma) -> Vec<Sighting> {
    let band = (view.height() / 12)
        .clamp(1, BAND)
        .max(view.height().div_ceil(ROWS));
    let Some(bands) = view.banded(band) else {
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
    ]);
    let mut reader = MultiFormatOneDReader::new(&hints);
    let mut found: Vec<Sighting> = Vec::new();
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
                .map(|found| unmirrored(found, view.width()))
        });
        let Some(seen) = read.ok().as_ref().and_then(sighting) else {
            continue;
        };
        match found.iter_mut().find(|known| known.symbol.says_as(&seen.symbol)) {
            Some(known) => {
                known.rows += 1;
                reach_to(&mut known.symbol.corners, &seen.symbol.corners);
            }
            None => found.push(seen),
        }
    }
    found
}

/// A symbol's place is the quadrangle between the first row that showed it and the last.
fn reach_to(place: &mut Vec<Corner>, row: &[Corner]) {
    if let ([.., _, _], [start, end]) = (place.as_slice(), row) {
        place.truncate(2);
        place.extend([*end, *start]);
    }
}

fn sighting(result: &RXingResult) -> Option<Sighting> {
    let short = [BarcodeFormat::EAN_8, BarcodeFormat::UPC_E].contains(result.getBarcodeFormat());
    Some(Sighting {
        symbol: mend::symbol(result)?,
        reader: Reader::Rxing,
        rows: 1,
        short,
    })
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
