//! Reads barcodes from pictures.
//!
//! [`Decode`] is one reader: [`RxingDecoder`] and, for Data Matrix that it cannot follow, [`GridDecoder`]; with the feature
//! `second-reader` zxing-cpp stands beside them. A reader hands over [`Sighting`]s, which are claims; [`rule::judge`] alone decides which of them are readings.
//! [`Scanner`] shows the readers a picture in several views, and frame after frame where a camera runs.
//!
//! A [`Symbol`] says what a hardware scanner would have said: the AIM symbology identifier and the data with its
//! GS separators, so that a camera scan and a wedge scan are the same thing from here on.

mod budget;
mod check;
mod consensus;
#[cfg(feature = "files")]
mod files;
mod filter;
mod grid;
mod groups;
mod luma;
mod mend;
mod place;

mod regions;
pub mod rule;
mod rxing_reader;
mod scanner;
mod second;
mod short_bars;
mod sighting;
mod stripes;
mod sums;
mod symbol;
mod view;
#[cfg(all(feature = "second-reader", not(target_family = "wasm")))]
mod zxing_reader;

pub use budget::{Budget, FRAME_TIME};
pub use consensus::Consensus;
#[cfg(feature = "files")]
pub use files::{FileError, open};
pub use grid::GridDecoder;
pub use luma::{Luma, PictureError};
pub use rxing_reader::RxingDecoder;
pub use scanner::Scanner;
pub use second::SecondReading;
pub use sighting::{Reader, Sighting};
pub use symbol::{Corner, Format, Symbol};
#[cfg(all(feature = "second-reader", not(target_family = "wasm")))]
pub use zxing_reader::ZxingDecoder;

/// The two ways in which symbols are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Data Matrix and QR.
    Matrix,
    /// Bars.
    Linear,
}

impl Family {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Matrix, Self::Linear];

    /// That of a format.
    pub fn of(format: Format) -> Self {
        match format {
            Format::DataMatrix | Format::QrCode => Self::Matrix,
            _ => Self::Linear,
        }
    }
}

/// One reader of pictures.
pub trait Decode {
    /// Who it is.
    fn reader(&self) -> Reader;

    /// Whether it can read such symbols at all. Who cannot is not asked to confirm one.
    fn knows(&self, format: Format) -> bool;

    /// Whether it can read any symbol of that family. Who cannot takes no one's turn.
    fn reads(&self, _family: Family) -> bool {
        true
    }

    /// Everything that it takes for a symbol of that family. An empty list means that nothing was seen: that is how
    /// most camera frames end and no error.
    fn sightings(&self, view: &Luma, family: Family) -> Vec<Sighting>;
}
