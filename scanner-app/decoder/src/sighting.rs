//! What one reader claims to have seen.

use crate::symbol::{Corner, Symbol};

/// Who read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reader {
    /// The rxing crate.
    Rxing,
    /// [`crate::GridDecoder`].
    Grid,
    /// zxing-cpp: its crate natively, its own wasm in a browser.
    ZxingCpp,
}

impl Reader {
    /// As whose witness it counts: with rxing's, the grid shares the correction of errors and the reading of the codewords.
    pub(crate) fn witness(self) -> Self {
        match self {
            Self::Rxing | Self::Grid => Self::Rxing,
            Self::ZxingCpp => Self::ZxingCpp,
        }
    }
}

/// A symbol as one reader saw it: a claim that [`crate::rule::judge`] weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// What was read.
    pub symbol: Symbol,
    /// Who read it.
    pub reader: Reader,
    /// Rows of the picture that said so. Matrix symbols, which correct errors of their own, count as one.
    pub rows: u32,
    /// EAN-8 and UPC-E: so few bars and so weak a check that a part of something else passes for one.
    pub short: bool,
}

impl Sighting {
    /// The sighting with its corners elsewhere: a reader that saw a part of a picture, or a scaled one, reports
    /// places of that view.
    #[must_use]
    pub fn moved(mut self, place: impl Fn(Corner) -> Corner) -> Self {
        for corner in &mut self.symbol.corners {
            *corner = place(*corner);
        }
        self
    }
}
