//! [`Decode`] by the grid of a Data Matrix: a finder of its own for what noise, blur and dim light hide from the others.
//!
//! Other readers follow edges from pixel to pixel, and lose them in noise. Here the whole finder pattern of ISO/IEC 16022
//! is laid over a dark blotch and moved until it fits best; each module is then a mean of several pixels. Error correction is rxing's.

mod blotch;
mod fit;
mod plane;
mod read;
mod sides;
mod size;

use crate::sighting::{Reader, Sighting};
use crate::{Decode, Family, Format, Luma};

/// Dark blotches of a view that are looked at.
const BLOTCHES: usize = 2;
/// Fits of one blotch of which the modules are read.
const FITS: usize = 3;

/// Finds dark Data Matrix symbols on a light ground, one in each blotch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GridDecoder;

impl Decode for GridDecoder {
    fn reader(&self) -> Reader {
        Reader::Grid
    }

    fn knows(&self, format: Format) -> bool {
        format == Format::DataMatrix
    }

    fn reads(&self, family: Family) -> bool {
        family == Family::Matrix
    }

    fn sightings(&self, view: &Luma, family: Family) -> Vec<Sighting> {
        if !self.reads(family) {
            return Vec::new();
        }
        let soft = view.smoothed();
        blotch::hulls(&soft, BLOTCHES)
            .iter()
            .filter_map(|hull| {
                let quad = sides::quad(hull)?;
                fit::fits(&soft, &quad, FITS)
                    .into_iter()
                    .find_map(|fit| read::symbol(&soft, fit))
            })
            .map(|symbol| Sighting {
                symbol,
                reader: Reader::Grid,
                rows: 1,
                short: false,
            })
            .collect()
    }
}
