//! Real symbols as pictures and films, and the text a scanner sends for them.

use std::io::{BufWriter, Write as _};
use std::path::Path;

use datamatrix::{DataMatrixBuilder, SymbolList};
use image::{GrayImage, Luma, imageops};

/// Group separator, as scanners send FNC1 inside a symbol.
pub const GS: char = '\u{1d}';

/// Draws a GS1 DataMatrix of an element string (no AIM identifier, separators as [`GS`]) with its quiet zone, so many
/// pixels to a module, in two greys.
fn gs1_datamatrix(element_string: &str, pixels: u32, [black, white]: [u8; 2]) -> GrayImage {
    const QUIET: u32 = 6;
    let code = DataMatrixBuilder::new()
        .with_fnc1_start(true)
        .with_symbol_list(SymbolList::default())
        .encode(element_string.as_bytes())
        .expect("the text fits a DataMatrix");
    let bitmap = code.bitmap();
    let module = |at: usize| u32::try_from(at).expect("a small symbol");
    let (columns, rows) = (
        module(bitmap.width()) + 2 * QUIET,
        module(bitmap.height()) + 2 * QUIET,
    );
    let mut small = GrayImage::from_pixel(columns, rows, Luma([white]));
    for (x, y) in bitmap.pixels() {
        small.put_pixel(module(x) + QUIET, module(y) + QUIET, Luma([black]));
    }
    imageops::resize(
        &small,
        columns * pixels,
        rows * pixels,
        imageops::FilterType::Nearest,
    )
}

/// Writes a PNG of a GS1 DataMatrix.
pub fn gs1_datamatrix_png(element_string: &str, path: &Path) {
    gs1_datamatrix(element_string, 8, [0, 255])
        .save(path)
        .expect("write the picture");
}

/// Writes a film (YUV4MPEG2, 1280 × 720, ten frames a second) of a hand that brings a label before the camera: first
/// nothing, then the label from below, a little blurred and grey as indoors, until it lies in the middle.
pub fn film_of_a_label(element_string: &str, path: &Path) {
    film(&gs1_datamatrix(element_string, 7, [60, 190]), path);
}

/// The same of any picture of a label.
pub fn film(label: &GrayImage, path: &Path) {
    const SIZE: (u32, u32) = (1280, 720);
    const FRAMES: u32 = 24;
    const COMES_IN: u32 = 8;
    let label = imageops::blur(label, 1.2);
    let rest = (SIZE.1 - label.height()) / 2;
    let left = i64::from((SIZE.0 - label.width()) / 2);
    let colourless = vec![128_u8; (SIZE.0 * SIZE.1 / 2) as usize];
    let mut film = BufWriter::new(std::fs::File::create(path).expect("a file for the film"));
    let header = format!("YUV4MPEG2 W{} H{} F10:1 Ip A1:1 C420jpeg\n", SIZE.0, SIZE.1);
    film.write_all(header.as_bytes()).expect("write the film");
    for frame in 0..FRAMES {
        let mut view = GrayImage::from_pixel(SIZE.0, SIZE.1, Luma([110]));
        if let Some(since) = frame.checked_sub(COMES_IN) {
            let top = SIZE.1.saturating_sub(80 * since).max(rest);
            imageops::replace(&mut view, &label, left + i64::from(since), i64::from(top));
        }
        for part in [b"FRAME\n".as_slice(), view.as_raw(), &colourless] {
            film.write_all(part).expect("write the film");
        }
    }
    film.flush().expect("write the film");
}
