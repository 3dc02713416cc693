//! What is printed is what a scanner reads: each symbol is drawn as a picture and read back by the decoder of the
//! scanner app.

#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use proptest::prelude::*;
use sparhund_decoder::{Format, Luma, Scanner};
use sparhund_server::labels::{ElementString, Modules, place_label, sscc_label};
use sparhund_shared::carrier::{Reading, WedgeProfile, identify};

/// Pixels a module.
const SCALE: usize = 4;

fn picture(modules: &Modules, tall: usize) -> Luma {
    let rows = modules.rows().flat_map(|row| {
        let line: Vec<u8> = row
            .iter()
            .flat_map(|dark| std::iter::repeat_n(if *dark { 0 } else { 255 }, SCALE))
            .collect();
        std::iter::repeat_n(line, SCALE * tall)
    });
    let pixels: Vec<u8> = rows.flatten().collect();
    let width = modules.width() * SCALE;
    let height = pixels.len() / width;
    Luma::new(
        u32::try_from(width).unwrap(),
        u32::try_from(height).unwrap(),
        pixels,
    )
    .unwrap()
}

fn read(modules: &Modules, tall: usize) -> (Format, String) {
    let symbols = Scanner::default().still(&picture(modules, tall));
    let [symbol] = &symbols[..] else {
        panic!("{} symbols read", symbols.len())
    };
    (symbol.format, String::from_utf8(symbol.wedge_text()).unwrap())
}

fn unit() -> ElementString {
    ElementString::default()
        .with("01", "07350000000047")
        .with("17", "280229")
        .with("10", "K25-0412")
        .with("21", "PMP/26(1)")
}

#[test]
fn a_data_matrix_reads_back_with_its_separators() {
    let (format, text) = read(&Modules::data_matrix(&unit()).unwrap(), 1);
    assert_eq!(format, Format::DataMatrix);
    assert_eq!(text, format!("]d2{}", unit().scan_form()));
}

#[test]
fn a_gs1_128_reads_back_with_its_separators() {
    let label = ElementString::default()
        .with("10", "K25-0412")
        .with("21", "S123456");
    let (format, text) = read(&Modules::gs1_128(&label).unwrap(), 40);
    assert_eq!(format, Format::Code128);
    assert_eq!(text, format!("]C1{}", label.scan_form()));
}

#[test]
fn package_and_place_labels_name_their_package_and_place() {
    let sscc = "173500000000000013".parse().unwrap();
    let place = "7350000000016/A-01-02".parse().unwrap();
    let today = date(2026, 11, 22);
    let reading = |text: String| {
        let found = identify(text.as_bytes(), today, &WedgeProfile::default()).unwrap();
        found.candidates[0].reading.clone()
    };
    let (_, text) = read(&Modules::gs1_128(&sscc_label(sscc)).unwrap(), 40);
    assert!(matches!(reading(text), Reading::Logistic(code) if code.sscc == sscc));
    let (_, text) = read(&Modules::data_matrix(&place_label(&place)).unwrap(), 1);
    assert_eq!(reading(text), Reading::Place(place));
}

#[test]
fn a_qr_code_holds_an_address() {
    let address = "https://sparhund.example/app/#enrol=K7MQ-2XRD-9F4T";
    let (format, text) = read(&Modules::qr(address).unwrap(), 1);
    assert_eq!(format, Format::QrCode);
    assert!(text.ends_with(address), "{text}");
}

#[test]
fn drawings_hold_neither_style_nor_script_and_escape_their_title() {
    let svg = Modules::data_matrix(&unit())
        .unwrap()
        .svg(1, "dm", "<script>\"")
        .into_string();
    assert!(!svg.contains("style") && !svg.contains("<script"), "{svg}");
}

#[test]
fn a_check_character_that_looks_like_a_function_is_none() {
    // Found by the random test below: the check character of this symbol has the value of FNC2.
    let label = ElementString::default().with("10", "=\"X7V").with("21", "244");
    let (_, text) = read(&Modules::gs1_128(&label).unwrap(), 40);
    assert_eq!(text, format!("]C1{}", label.scan_form()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_lot_and_serial_survive_both_symbols(lot in "[!-\"%-?A-Z_a-z]{1,20}", serial in "[0-9]{1,20}") {
        let label = ElementString::default().with("10", &lot).with("21", &serial);
        let (_, text) = read(&Modules::data_matrix(&label).unwrap(), 1);
        prop_assert_eq!(text, format!("]d2{}", label.scan_form()));
        let (_, text) = read(&Modules::gs1_128(&label).unwrap(), 40);
        prop_assert_eq!(text, format!("]C1{}", label.scan_form()));
    }
}
