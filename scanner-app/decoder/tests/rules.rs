//! What counts as a reading, told by sightings that were made up here and by those that once went wrong.

#![allow(clippy::unwrap_used, reason = "helpers stand outside #[test] functions")]

use sparhund_decoder::rule::{Verdict, judge};
use sparhund_decoder::{Corner, Format, Reader, SecondReading, Sighting, Symbol};

/// A symbol between (left, 100) and (right, 180).
fn seen(reader: Reader, format: Format, said: &str, rows: u32, [left, right]: [f32; 2]) -> Sighting {
    let (symbology, text) = said.split_at(3);
    let corner = |x, y| Corner { x, y };
    Sighting {
        symbol: Symbol {
            symbology: symbology.to_owned(),
            text: text.to_owned(),
            format,
            corners: vec![
                corner(left, 100.0),
                corner(right, 100.0),
                corner(right, 180.0),
                corner(left, 180.0),
            ],
        },
        reader,
        rows,
        short: format == Format::Ean8,
    }
}

fn upc_e(mut sighting: Sighting) -> Sighting {
    sighting.short = true;
    sighting
}

fn said(symbols: &[Symbol]) -> Vec<String> {
    symbols
        .iter()
        .map(|s| String::from_utf8(s.wedge_text()).unwrap())
        .collect()
}

const HERE: [f32; 2] = [100.0, 400.0];
const PART: [f32; 2] = [150.0, 260.0];
const ELSEWHERE: [f32; 2] = [600.0, 900.0];
const ITEM: &str = "]d2010731234567890910LOT";
const OTHER: &str = "]d2010731234567890910LOI";

#[test]
fn two_readers_that_disagree_are_no_reading() {
    let verdict = judge(&[
        seen(Reader::Rxing, Format::DataMatrix, ITEM, 1, HERE),
        seen(Reader::ZxingCpp, Format::DataMatrix, OTHER, 1, HERE),
    ]);
    assert_eq!(verdict.symbols, []);
    assert_eq!(said(&verdict.disputed), [ITEM, OTHER]);
}

#[test]
fn two_symbols_beside_each_other_are_two_readings() {
    let verdict = judge(&[
        seen(Reader::Rxing, Format::DataMatrix, ITEM, 1, HERE),
        seen(Reader::ZxingCpp, Format::DataMatrix, OTHER, 1, ELSEWHERE),
    ]);
    assert_eq!(said(&verdict.symbols), [ITEM, OTHER]);
}

#[test]
fn what_both_read_outweighs_what_one_took_for_something_else() {
    let verdict = judge(&[
        seen(Reader::Rxing, Format::DataMatrix, ITEM, 1, HERE),
        seen(Reader::ZxingCpp, Format::DataMatrix, ITEM, 1, HERE),
        seen(Reader::Rxing, Format::DataMatrix, OTHER, 1, HERE),
    ]);
    assert_eq!(said(&verdict.symbols), [ITEM]);
    assert_eq!(said(&verdict.disputed), [OTHER]);
}

#[test]
fn the_grid_is_no_witness_beside_rxing() {
    let verdict = judge(&[
        seen(Reader::Rxing, Format::DataMatrix, ITEM, 1, HERE),
        seen(Reader::Grid, Format::DataMatrix, ITEM, 1, HERE),
        seen(Reader::ZxingCpp, Format::DataMatrix, OTHER, 1, HERE),
    ]);
    assert_eq!(verdict.symbols, []);
    assert_eq!(said(&verdict.disputed), [ITEM, OTHER]);
}

#[test]
fn bars_with_a_wrong_check_digit_are_no_reading_even_when_both_read_them() {
    for (format, wrong) in [
        (Format::Code128, "]C100073123450000000017"),
        (Format::Ean13, "]E07312345678900"),
        (Format::Itf14, "]I117312345678900"),
    ] {
        let verdict = judge(&[
            seen(Reader::Rxing, format, wrong, 9, HERE),
            seen(Reader::ZxingCpp, format, wrong, 9, HERE),
        ]);
        assert_eq!(verdict, Verdict::default(), "{wrong}");
    }
}

#[test]
fn a_matrix_symbol_with_a_wrong_check_digit_is_what_its_label_says() {
    let wrong = "]d2010731234567890810LOT";
    let both = [Reader::Rxing, Reader::ZxingCpp];
    let printed = both.map(|reader| seen(reader, Format::DataMatrix, wrong, 1, HERE));
    assert_eq!(said(&judge(&printed).symbols), [wrong]);
    let [first, second] = printed;
    let verdict = judge(&[
        first,
        second,
        seen(Reader::Rxing, Format::DataMatrix, ITEM, 1, HERE),
    ]);
    assert_eq!(said(&verdict.symbols), [ITEM], "a sound claim outweighs it");
}

#[test]
fn bars_want_three_rows_or_both_readers() {
    let bars = |reader, rows| seen(reader, Format::Code128, "]C10107312345678909", rows, HERE);
    let two = judge(&[bars(Reader::Rxing, 2)]);
    assert_eq!((two.symbols.len(), two.weak.len()), (0, 1));
    assert_eq!(judge(&[bars(Reader::Rxing, 3)]).symbols.len(), 1);
    let both = judge(&[bars(Reader::Rxing, 1), bars(Reader::ZxingCpp, 1)]);
    assert_eq!(both.symbols.len(), 1);
    let views = judge(&[
        bars(Reader::Rxing, 1),
        bars(Reader::Rxing, 1),
        bars(Reader::Rxing, 1),
    ]);
    assert_eq!(views.symbols, [], "views of one picture share their errors");
}

#[test]
fn a_check_digit_alone_wants_more_rows() {
    // zxing-cpp read this in three rows of the label of 7309750210978.
    let other = |rows| seen(Reader::ZxingCpp, Format::Ean13, "]E00389258210912", rows, HERE);
    assert_eq!(judge(&[other(3)]).symbols, []);
    assert_eq!(judge(&[other(6)]).symbols.len(), 1);
}

#[test]
fn two_readers_may_take_a_blurred_row_for_the_same_other_code() {
    let other = "]E00389258210912";
    let both = |rows| {
        judge(&[
            seen(Reader::Rxing, Format::Ean13, other, 1, HERE),
            seen(Reader::ZxingCpp, Format::Ean13, other, rows, HERE),
        ])
    };
    assert_eq!(both(3).symbols, []);
    assert_eq!(said(&both(4).symbols), [other]);
}

#[test]
fn an_isbn_is_not_the_upc_e_that_a_stretch_of_it_passes_for() {
    // rxing read the EAN-13 of a book as UPC-E 17804419, here widened.
    let stretch = |rows| upc_e(seen(Reader::Rxing, Format::Ean13, "]E00178100000449", rows, PART));
    let book = seen(Reader::ZxingCpp, Format::Ean13, "]E09780201379624", 6, HERE);
    assert_eq!(
        judge(&[stretch(3)]).symbols,
        [],
        "three rows do not prove so short a code"
    );
    assert_eq!(
        said(&judge(&[stretch(3), book.clone()]).symbols),
        ["]E09780201379624"]
    );
    assert_eq!(
        judge(&[stretch(9), book]).symbols,
        [],
        "well witnessed, and contradicted"
    );
}

#[test]
fn a_stretch_at_the_rim_that_both_readers_take_for_a_upc_e_is_no_reading() {
    // Both read UPC-E 01356027 in the uppermost row of an EAN-13, just outside of where they read the EAN-13 itself.
    let rim = |reader, rows| {
        let mut sighting = upc_e(seen(reader, Format::Ean13, "]E00135600000027", rows, PART));
        for corner in &mut sighting.symbol.corners {
            corner.y = 80.0;
        }
        sighting
    };
    let both = [rim(Reader::ZxingCpp, 2), rim(Reader::Rxing, 1)];
    assert_eq!(judge(&both).symbols, [], "they share the row and the error");
    let whole = seen(Reader::ZxingCpp, Format::Ean13, "]E07356023160072", 182, HERE);
    let known = judge(&[rim(Reader::ZxingCpp, 9), rim(Reader::Rxing, 4), whole]);
    assert_eq!(
        said(&known.symbols),
        ["]E07356023160072"],
        "what is read of the rest tells"
    );
    let label = [rim(Reader::ZxingCpp, 4), rim(Reader::Rxing, 3)];
    assert_eq!(judge(&label).symbols.len(), 1, "a small label that both see well");
}

#[test]
fn a_part_of_a_qr_code_is_no_ean_8() {
    // rxing read EAN-8 95388366 in three rows of a photo of a QR code.
    let part = |rows| seen(Reader::Rxing, Format::Ean8, "]E495388366", rows, PART);
    for (rows, weak) in [(3, 0), (4, 1)] {
        let alone = judge(&[part(rows)]);
        assert_eq!((alone.symbols.len(), alone.weak.len()), (0, weak), "{rows} rows");
    }
    let qr = seen(
        Reader::ZxingCpp,
        Format::QrCode,
        "]Q1https://id.gs1.org/01/07312345678909",
        1,
        HERE,
    );
    let verdict = judge(&[part(4), qr]);
    assert_eq!(
        said(&verdict.symbols),
        ["]Q1https://id.gs1.org/01/07312345678909"]
    );
    assert_eq!(
        verdict.weak,
        [],
        "a QR code is there: looking again proves nothing"
    );
}

#[test]
fn what_the_second_reader_says_is_judged_like_the_first() {
    let heard = SecondReading {
        identifier: "]e0".to_owned(),
        text: "010731234567890917280131\u{1d}10A".to_owned(),
        upc_e: false,
        rows: 6,
        corners: Vec::new(),
    };
    let sighting = heard.sighting().unwrap();
    assert_eq!(
        said(&judge(&[sighting]).symbols),
        ["]e0010731234567890917280131\u{1d}10A"]
    );
}
