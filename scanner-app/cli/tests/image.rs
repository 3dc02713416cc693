//! `sparhund-scan image`: what it says of pictures, for people and as JSON.

#![allow(clippy::unwrap_used, reason = "helpers stand outside #[test] functions")]

use std::path::Path;
use std::process::{Command, Output};

use barcoders::sym::code128::Code128;
use datamatrix::DataMatrixBuilder;
use image::{GrayImage, Luma};
use serde_json::{Value, json};

const ITEM: &str = "010731234567890917280131101A2b\u{1d}21S-0042";
const PALLET: &str = "00073123450000000014";

/// Draws dark modules, so many pixels wide and tall, on white.
fn draw(path: &Path, modules: &[Vec<bool>], [wide, tall]: [u32; 2]) {
    const QUIET: u32 = 60;
    let columns = u32::try_from(modules[0].len()).unwrap();
    let rows = u32::try_from(modules.len()).unwrap();
    GrayImage::from_fn(2 * QUIET + columns * wide, 2 * QUIET + rows * tall, |x, y| {
        let (x, y) = (x.checked_sub(QUIET), y.checked_sub(QUIET));
        let at = |x: u32, y: u32| {
            modules
                .get((y / tall) as usize)?
                .get((x / wide) as usize)
                .copied()
        };
        let dark = x.zip(y).and_then(|(x, y)| at(x, y)).unwrap_or(false);
        Luma([if dark { 20 } else { 230 }])
    })
    .save(path)
    .unwrap();
}

fn data_matrix(path: &Path, text: &str) {
    let symbol = DataMatrixBuilder::new()
        .with_fnc1_start(true)
        .encode(text.as_bytes())
        .unwrap()
        .bitmap();
    let mut modules = vec![vec![false; symbol.width()]; symbol.height()];
    for (x, y) in symbol.pixels() {
        modules[y][x] = true;
    }
    draw(path, &modules, [5, 5]);
}

fn gs1_128(path: &Path, digits: &str) {
    // Code set C, FNC1, the digits.
    let bars = Code128::new(format!("\u{106}\u{179}{digits}")).unwrap().encode();
    draw(path, &[bars.iter().map(|bar| *bar == 1).collect()], [2, 120]);
}

fn scan(args: &[&str], files: &[&Path]) -> Output {
    run(&[&["image"], args].concat(), files)
}

fn run(args: &[&str], files: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sparhund-scan"))
        .args(args)
        .args(files)
        .output()
        .unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn each_picture_is_a_line_with_its_symbols_and_what_they_say() {
    let dir = tempfile::tempdir().unwrap();
    let (item, pallet) = (dir.path().join("item.png"), dir.path().join("pallet.jpg"));
    data_matrix(&item, ITEM);
    gs1_128(&pallet, PALLET);
    let output = scan(&["--jsonl"], &[&item, &pallet]);
    assert!(output.status.success(), "{output:?}");
    let [of_item, of_pallet] = &lines(&output)[..] else {
        panic!("{output:?}");
    };
    assert_eq!(of_item["file"], json!(item.to_str().unwrap()));
    assert_eq!(of_item["error"], Value::Null);
    let symbol = &of_item["symbols"][0];
    assert_eq!(
        [&symbol["symbology"], &symbol["text"], &symbol["format"]],
        [&json!("]d2"), &json!(ITEM), &json!("data_matrix")]
    );
    assert_eq!(symbol["corners"].as_array().map(Vec::len), Some(4));
    let said = symbol["candidates"].to_string();
    for value in ["07312345678909", "1A2b", "S-0042", "2028-01-31"] {
        assert!(said.contains(value), "{value} in {said}");
    }
    let symbol = &of_pallet["symbols"][0];
    assert_eq!(
        [&symbol["symbology"], &symbol["text"]],
        [&json!("]C1"), &json!(PALLET)]
    );
    assert!(
        symbol["candidates"].to_string().contains(&PALLET[2..]),
        "{symbol}"
    );
}

#[test]
fn a_picture_without_code_and_a_file_without_picture_say_why() {
    let dir = tempfile::tempdir().unwrap();
    let (item, empty, broken) = (
        dir.path().join("item.png"),
        dir.path().join("empty.png"),
        dir.path().join("broken.png"),
    );
    data_matrix(&item, ITEM);
    draw(&empty, &[vec![false; 40]], [5, 90]);
    std::fs::write(&broken, b"\x89PNG\r\n\x1a\nnot really").unwrap();
    let output = scan(&["--jsonl"], &[&empty, &broken, &item]);
    assert_eq!(output.status.code(), Some(1));
    let found = lines(&output);
    let codes: Vec<_> = found.iter().map(|line| line["error"]["code"].as_str()).collect();
    assert_eq!(codes, [Some("nothing-found"), Some("file"), None]);
    assert_eq!(found[2]["symbols"].as_array().map(Vec::len), Some(1));
    assert!(found[1]["error"]["message"].to_string().contains("broken.png"));
}

#[test]
fn a_person_sees_where_the_separator_stands() {
    let dir = tempfile::tempdir().unwrap();
    let item = dir.path().join("item.png");
    data_matrix(&item, ITEM);
    let output = scan(&[], &[&item]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("]d2 010731234567890917280131101A2b<GS>21S-0042"),
        "{text}"
    );
    assert!(
        text.contains("07312345678909") && text.contains("S-0042"),
        "{text}"
    );
}

#[test]
fn a_symbol_that_names_nothing_does_not_end_the_reading_of_a_picture() {
    let dir = tempfile::tempdir().unwrap();
    let (wrong, pallet) = (dir.path().join("wrong.png"), dir.path().join("pallet.png"));
    // Printed with a wrong check digit.
    data_matrix(&wrong, "0107312345678908");
    gs1_128(&pallet, PALLET);
    let [wrong, pallet] = [wrong, pallet].map(|path| image::open(path).unwrap().to_luma8());
    let mut both = GrayImage::from_pixel(
        wrong.width().max(pallet.width()),
        wrong.height() + pallet.height(),
        Luma([230]),
    );
    image::imageops::replace(&mut both, &wrong, 0, 0);
    image::imageops::replace(&mut both, &pallet, 0, i64::from(wrong.height()));
    let label = dir.path().join("label.png");
    both.save(&label).unwrap();
    let output = run(&["parse", "--json", "--image"], &[&label]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let [first, second] = &lines(&output)[..] else {
        panic!("{output:?}");
    };
    assert_eq!(first["type"], json!("error"), "{first}");
    assert!(
        second["identified"].to_string().contains(&PALLET[2..]),
        "{second}"
    );
}

#[test]
fn json_of_a_picture_without_code_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let empty = dir.path().join("empty.png");
    draw(&empty, &[vec![false; 40]], [5, 90]);
    let output = run(&["parse", "--json", "--image"], &[&empty]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output)[0]["error"]["code"], json!("nothing-found"));
    assert_eq!(
        scan(&["--json"], &[&empty]).stdout,
        scan(&["--jsonl"], &[&empty]).stdout,
        "there is one form of JSON"
    );
    assert_eq!(lines(&scan(&["--json"], &[&empty])).len(), 1);
}
