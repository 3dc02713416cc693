//! What a decoder read.

use serde::{Deserialize, Serialize};

/// The family of a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// ISO/IEC 16022.
    DataMatrix,
    /// ISO/IEC 18004.
    QrCode,
    /// ISO/IEC 15417, GS1-128 among them.
    Code128,
    /// ISO/IEC 15420: EAN-13, UPC-A and UPC-E, all widened to 13 digits.
    Ean13,
    /// ISO/IEC 15420, 8 digits.
    Ean8,
    /// ISO/IEC 16390 with 14 digits and a check digit: ITF-14.
    Itf14,
    /// ISO/IEC 16388; HIBC labels use it.
    Code39,
    /// ISO/IEC 24724, GS1 DataBar: Omnidirectional, Limited, Expanded, and their stacked forms.
    DataBar,
}

/// A place in the picture, in pixels from the upper left.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Corner {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// One symbol in a picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Symbol {
    /// The AIM symbology identifier (ISO/IEC 15424), such as `]d2` for a GS1 DataMatrix.
    pub symbology: String,
    /// The data, with GS (0x1D) where the symbol has a separator, without the identifier.
    pub text: String,
    /// The family.
    pub format: Format,
    /// Where it was seen: the corners of the symbol; of a linear one, both ends of
    /// the first and the last row that it was read in, which may be the same row.
    pub corners: Vec<Corner>,
}

impl Symbol {
    /// What a hardware scanner with the AIM identifier switched on would send, without line end.
    pub fn wedge_text(&self) -> Vec<u8> {
        [self.symbology.as_bytes(), self.text.as_bytes()].concat()
    }

    /// Whether both say the same, wherever they lie.
    pub fn says_as(&self, other: &Self) -> bool {
        self.format == other.format && self.symbology == other.symbology && self.text == other.text
    }
}
