//! Real symbols as pictures, and the text a scanner sends for them.

use std::path::Path;

use datamatrix::{DataMatrixBuilder, SymbolList};
use image::{GrayImage, Luma};

/// Group separator, as scanners send FNC1 inside a symbol.
pub const GS: char = '\u{1d}';

/// Writes a PNG of a GS1 DataMatrix with this element string (no AIM identifier, separators as [`GS`]).
pub fn gs1_datamatrix_png(element_string: &str, path: &Path) {
    const PIXELS: u32 = 8;
    const QUIET: u32 = 6;
    let code = DataMatrixBuilder::new()
        .with_fnc1_start(true)
        .with_symbol_list(SymbolList::default())
        .encode(element_string.as_bytes())
        .expect("the text fits a DataMatrix");
    let bitmap = code.bitmap();
    let side = |modules: usize| (u32::try_from(modules).expect("a small symbol") + 2 * QUIET) * PIXELS;
    let mut picture = GrayImage::from_pixel(side(bitmap.width()), side(bitmap.height()), Luma([255]));
    for (x, y) in bitmap.pixels() {
        let at = |module: usize| (u32::try_from(module).expect("a small symbol") + QUIET) * PIXELS;
        for dx in 0..PIXELS {
            for dy in 0..PIXELS {
                picture.put_pixel(at(x) + dx, at(y) + dy, Luma([0]));
            }
        }
    }
    picture.save(path).expect("write the picture");
}
