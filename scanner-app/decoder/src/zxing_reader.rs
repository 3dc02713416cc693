//! [`Decode`] by zxing-cpp, the second reader.

use zxingcpp::{Barcode, BarcodeFormat, ImageFormat, ImageView, TextMode};

use crate::second::SecondReading;
use crate::sighting::{Reader, Sighting};
use crate::symbol::{Corner, Format};
use crate::{Decode, Family, Luma};

/// Finds every symbol that medical devices carry, GS1 DataBar among them, dark on light or light on dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ZxingDecoder;

const MATRIX: [BarcodeFormat; 2] = [BarcodeFormat::DataMatrix, BarcodeFormat::QRCode];
const LINEAR: [BarcodeFormat; 8] = [
    BarcodeFormat::Code128,
    BarcodeFormat::Code39,
    BarcodeFormat::ITF,
    BarcodeFormat::EAN13,
    BarcodeFormat::EAN8,
    BarcodeFormat::UPCA,
    BarcodeFormat::UPCE,
    BarcodeFormat::DataBar,
];

impl Decode for ZxingDecoder {
    fn reader(&self) -> Reader {
        Reader::ZxingCpp
    }

    fn knows(&self, _: Format) -> bool {
        true
    }

    fn sightings(&self, view: &Luma, family: Family) -> Vec<Sighting> {
        let formats = match family {
            Family::Matrix => MATRIX.as_slice(),
            Family::Linear => LINEAR.as_slice(),
        };
        let reader = zxingcpp::read().formats(formats).text_mode(TextMode::Plain);
        // What cannot be a picture for zxing-cpp shows nothing; the sizes of a Luma are sound.
        let Ok(picture) = ImageView::from_slice(view.pixels(), view.width(), view.height(), ImageFormat::Lum)
        else {
            return Vec::new();
        };
        let found = reader.from(picture).unwrap_or_default();
        found.iter().filter_map(sighting).collect()
    }
}

fn sighting(found: &Barcode) -> Option<Sighting> {
    if !found.is_valid() {
        return None;
    }
    let text = found.text();
    // A text that comes through C ends at the first NUL; such a symbol is none of ours.
    if found.bytes().contains(&0) {
        return None;
    }
    let place = found.position();
    SecondReading {
        identifier: found.symbology_identifier(),
        text,
        upc_e: found.format() == BarcodeFormat::UPCE,
        rows: u32::try_from(found.line_count()).unwrap_or(0),
        corners: [
            place.top_left,
            place.top_right,
            place.bottom_right,
            place.bottom_left,
        ]
        .map(|p| Corner {
            x: as_place(p.x),
            y: as_place(p.y),
        })
        .to_vec(),
    }
    .sighting()
}

/// A side is at most 8192 pixels, so it fits without loss.
#[expect(clippy::cast_precision_loss, reason = "f32 is exact up to 2^24")]
fn as_place(pixels: i32) -> f32 {
    pixels as f32
}
