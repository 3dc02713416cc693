//! Reads symbols from picture files.

use crate::drawing::{Sheet, gs1_matrix};
use sparhund_decoder::{FileError, Scanner, open};

const ITEM: &str = "010731234567890910LOT\u{1d}21S1";

#[test]
fn png_and_jpeg_are_opened_by_their_content() {
    let dir = tempfile::tempdir().unwrap();
    let mut sheet = Sheet::new(200, 200);
    sheet.matrix(&gs1_matrix(ITEM), 40, 40, 5);
    let picture = image::GrayImage::from_raw(200, 200, sheet.pixels).unwrap();
    for name in ["label.png", "label.jpg"] {
        let file = dir.path().join(name);
        picture.save(&file).unwrap();
        let bare = dir.path().join("label");
        std::fs::rename(&file, &bare).unwrap();
        let symbols = Scanner::default().still(&open(&bare).unwrap());
        assert_eq!(
            symbols.iter().map(|s| s.text.as_str()).collect::<Vec<_>>(),
            [ITEM],
            "{name}"
        );
    }
}

#[test]
fn what_is_no_picture_is_refused_with_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("label.png");
    assert!(matches!(open(&file), Err(FileError::Read { .. })));
    std::fs::write(&file, b"\x89PNG\r\n\x1a\nnot really").unwrap();
    let error = open(&file).unwrap_err();
    assert!(
        matches!(error, FileError::Picture { .. }) && error.to_string().contains("label.png"),
        "{error}"
    );
}
