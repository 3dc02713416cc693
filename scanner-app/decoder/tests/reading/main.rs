//! Reads symbols that are drawn here by other crates than the one that reads them.

#![allow(
    clippy::unwrap_used,
    reason = "drawing helpers stand outside #[test] functions"
)]

mod drawing;
#[cfg(feature = "files")]
mod files;

use barcoders::sym::ean8::EAN8;
use barcoders::sym::ean13::EAN13;
use barcoders::sym::tf::TF;
use drawing::{Sheet, gs1_128, gs1_matrix};
use proptest::prelude::*;
use sparhund_decoder::{Budget, Format, Luma, Scanner, Symbol};

const ITEM: &str = "010731234567890917280131101A2b\u{1d}21S-0042";
const BOX: &str = "0107312345678909172801311012345";
const PALLET: &str = "00073123450000000014";

fn read(picture: &Luma) -> Vec<(String, String)> {
    Scanner::default()
        .still(picture)
        .into_iter()
        .map(|s| (s.symbology, s.text))
        .collect()
}

fn one(symbology: &str, text: &str) -> Vec<(String, String)> {
    vec![(symbology.to_owned(), text.to_owned())]
}

fn matrix_sheet() -> Sheet {
    let mut sheet = Sheet::new(320, 240);
    sheet.matrix(&gs1_matrix(ITEM), 100, 60, 5);
    sheet
}

fn linear_sheet(text: &str) -> Sheet {
    let mut sheet = Sheet::new(900, 200);
    sheet.bars(&gs1_128(text), 40, 40, 2, 120);
    sheet
}

#[test]
fn a_gs1_data_matrix_keeps_its_separator() {
    assert_eq!(read(&matrix_sheet().picture()), one("]d2", ITEM));
}

#[test]
fn what_a_hardware_scanner_would_send() {
    let symbols = Scanner::default().still(&matrix_sheet().picture());
    assert_eq!(symbols[0].wedge_text(), format!("]d2{ITEM}").as_bytes());
    assert_eq!(symbols[0].format, Format::DataMatrix);
    // The corners lie around the symbol that was drawn at (100, 60), 24 modules of 5 pixels at most.
    assert_eq!(symbols[0].corners.len(), 4);
    for corner in &symbols[0].corners {
        assert!(
            (90.0..=230.0).contains(&corner.x) && (50.0..=190.0).contains(&corner.y),
            "{corner:?}"
        );
    }
}

#[test]
fn a_data_matrix_is_read_in_all_four_directions() {
    let mut picture = matrix_sheet().picture();
    for quarter in 0..4 {
        assert_eq!(read(&picture), one("]d2", ITEM), "after {quarter} quarter turns");
        picture = picture.turned_left();
    }
}

#[test]
fn a_soft_and_noisy_data_matrix_is_read() {
    let mut sheet = matrix_sheet();
    sheet.roughen(60);
    assert_eq!(read(&sheet.picture()), one("]d2", ITEM));
}

#[test]
fn gs1_128_says_so_in_its_identifier_only() {
    assert_eq!(read(&linear_sheet(BOX).picture()), one("]C1", BOX));
    assert_eq!(read(&linear_sheet(PALLET).picture()), one("]C1", PALLET));
    assert_eq!(read(&linear_sheet(ITEM).picture()), one("]C1", ITEM));
}

#[test]
fn gs1_128_is_read_in_all_four_directions() {
    let mut picture = linear_sheet(BOX).picture();
    for quarter in 0..4 {
        assert_eq!(read(&picture), one("]C1", BOX), "after {quarter} quarter turns");
        picture = picture.turned_left();
    }
}

#[test]
fn a_soft_and_noisy_gs1_128_is_read() {
    let mut sheet = linear_sheet(BOX);
    sheet.roughen(25);
    assert_eq!(read(&sheet.picture()), one("]C1", BOX));
}

#[test]
fn one_label_with_two_gs1_128_and_a_data_matrix_gives_all_three() {
    let mut sheet = Sheet::new(900, 500);
    sheet.bars(&gs1_128(BOX), 40, 30, 2, 100);
    sheet.bars(&gs1_128("21SER-77"), 40, 170, 2, 100);
    sheet.matrix(&gs1_matrix(ITEM), 600, 330, 5);
    let mut found = read(&sheet.picture());
    found.sort();
    let expected = [one("]C1", BOX), one("]C1", "21SER-77"), one("]d2", ITEM)].concat();
    assert_eq!(found, expected);
}

#[test]
fn retail_symbols_become_thirteen_digits_and_itf_says_it_was_checked() {
    let draw = |modules: &[u8]| {
        let mut sheet = Sheet::new(500, 160);
        sheet.bars(modules, 60, 30, 2, 100);
        sheet.picture()
    };
    assert_eq!(
        read(&draw(&EAN13::new("7312345678909").unwrap().encode())),
        one("]E0", "7312345678909")
    );
    // A UPC-A is an EAN-13 that begins with 0: same bars.
    assert_eq!(
        read(&draw(&EAN13::new("0036000291452").unwrap().encode())),
        one("]E0", "0036000291452")
    );
    assert_eq!(
        read(&draw(&EAN8::new("73123453").unwrap().encode())),
        one("]E4", "73123453")
    );
    assert_eq!(
        read(&draw(&TF::interleaved("17312345678906").unwrap().encode())),
        one("]I1", "17312345678906")
    );
    let unchecked = draw(&TF::interleaved("17312345678900").unwrap().encode());
    assert_eq!(
        read(&unchecked),
        [],
        "14 digits with a wrong check digit are noise"
    );
}

#[test]
fn a_symbol_cut_in_half_is_not_read() {
    let full = linear_sheet(BOX);
    let width = 300;
    let pixels = full
        .pixels
        .chunks(full.width)
        .flat_map(|row| row[..width].to_vec())
        .collect();
    let half = Luma::new(u32::try_from(width).unwrap(), 200, pixels).unwrap();
    assert_eq!(Scanner::default().still(&half), Vec::<Symbol>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_picture_brings_the_decoder_down(width in 1_u32..90, height in 1_u32..90, seed in any::<u64>(), coarse in 1_u32..9) {
        let mut state = seed | 1;
        let mut next = || { state ^= state << 13; state ^= state >> 7; state ^= state << 17; state };
        let blocks: Vec<u8> = (0..width.div_ceil(coarse) * height.div_ceil(coarse)).map(|_| if next() % 2 == 0 { 0 } else { 255 }).collect();
        let pixels = (0..width * height)
            .map(|i| blocks[((i / width / coarse) * width.div_ceil(coarse) + i % width / coarse) as usize])
            .collect();
        let picture = Luma::new(width, height, pixels).unwrap();
        for symbol in Scanner::default().frame(&picture, &Budget::unlimited()) {
            prop_assert!(!symbol.text.is_empty());
        }
    }
}
