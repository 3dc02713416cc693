//! Reads barcodes from pictures.
//!
//! [`Decode`] is what the rest of the scanner client knows; [`RxingDecoder`] is the one decoder behind it today.
//! A [`Symbol`] says what a hardware scanner would have said: the AIM symbology identifier and the data with its
//! GS separators, so that a camera scan and a wedge scan are the same thing from here on.

#[cfg(feature = "files")]
mod files;
mod luma;
mod mend;
mod rxing_decoder;
mod symbol;

#[cfg(feature = "files")]
pub use files::{FileError, open};
pub use luma::{Luma, PictureError};
pub use rxing_decoder::RxingDecoder;
pub use symbol::{Corner, Format, Symbol};

/// Finds the symbols in a picture.
pub trait Decode {
    /// Every symbol found, each once. An empty list means that nothing was read: that is how most camera frames
    /// end and no error.
    fn decode(&self, picture: &Luma) -> Vec<Symbol>;
}
