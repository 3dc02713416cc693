//! Addresses, composites, add-ons and what is printed.

use super::*;

#[test]
fn a_web_address_without_a_key_is_somebodys_own() {
    for raw in [
        "https://firma.se",
        "https://firma.se/å",
        "HTTP://X",
        "https://firma.se/~kliniken",
    ] {
        assert_eq!(error(raw), "SCAN_WEB_ADDRESS", "{raw}");
    }
    assert_eq!(
        error("https://id.gs1.org/01/07032069804987"),
        "INCORRECT_CHECK_DIGIT"
    );
}

/// The only item of a scan, as GTIN, lot and expiry.
fn item_of(raw: &str) -> (String, Option<String>, Option<String>) {
    let (item, _) = item(raw);
    (
        item.di.code().to_owned(),
        item.production.lot.map(|lot| lot.to_string()),
        item.production.expiry.map(|expiry| expiry.to_string()),
    )
}

#[test]
fn the_second_part_of_a_composite_in_brackets_is_of_the_same_product() {
    let (di, lot, expiry) = item_of("(01)07350000000016(10)A1|(17)270131");
    assert_eq!(di, "07350000000016");
    assert_eq!(
        (lot.as_deref(), expiry.as_deref()),
        (Some("A1"), Some("2027-01-31"))
    );
    assert_eq!(
        item_of("(01)12312312312333|(10)ABC123").1.as_deref(),
        Some("ABC123")
    );
}

#[test]
fn a_digital_link_is_a_product() {
    let gtin = "07032069804988";
    for (raw, lot, expiry) in [
        ("https://id.gs1.org/01/07032069804988", None, None),
        ("]Q1https://example.se/vara/01/7032069804988?lang=sv", None, None),
        (
            "]d1HTTPS://example.se/gtin/07032069804988/lot/A%2F1",
            Some("A/1"),
            None,
        ),
        (
            "]Q3http://example.se/01/07032069804988/10/A1?17=281200#top",
            Some("A1"),
            Some("2028-12"),
        ),
    ] {
        let (di, found_lot, found_expiry) = item_of(raw);
        assert_eq!(di, gtin, "{raw}");
        assert_eq!(found_lot.as_deref(), lot, "{raw}");
        assert_eq!(found_expiry.as_deref(), expiry, "{raw}");
    }
}

#[test]
fn an_address_with_values_in_the_wrong_place_is_read_under_a_warning() {
    let gtin = "07032069804988";
    for (tail, lot, serial) in [
        ("?10=L", Some("L"), None),
        ("/21/S?17=281231&10=L", Some("L"), Some("S")),
        ("/21/S/10/L", Some("L"), Some("S")),
        ("/10/L?10=L&01=07032069804988", Some("L"), None),
        ("/17/281231/10/L", Some("L"), None),
    ] {
        let raw = format!("]Q1https://firma.se/p/01/{gtin}{tail}");
        let (item, warnings) = item(&raw);
        assert_eq!(warnings, [CarrierWarning::MisplacedInAddress], "{raw}");
        assert!(warnings[0].is_lenient());
        assert_eq!(item.di.code(), gtin, "{raw}");
        assert_eq!(
            item.production.lot.as_ref().map(ToString::to_string).as_deref(),
            lot,
            "{raw}"
        );
        assert_eq!(
            item.production
                .serial
                .as_ref()
                .map(ToString::to_string)
                .as_deref(),
            serial,
            "{raw}"
        );
    }
    for (tail, code) in [
        ("/10/L?10=M", "DUPLICATE_AI"),
        ("?10=L&10=M", "AI_SHOULD_BE_IN_PATH_INFO"),
        ("/21/S/10/L?21=T", "INVALID_KEY_QUALIFIER_SEQUENCE"),
        ("?10=L&17=281301", "AI_SHOULD_BE_IN_PATH_INFO"),
        ("/17/281301", "INVALID_KEY_QUALIFIER_SEQUENCE"),
        ("?89=X", "UNKNOWN_AI_IN_QUERY_PARAMS"),
        ("/235/T?21=S", "AI_IS_NOT_VALID_DATA_ATTRIBUTE"),
        ("/235/T/21/S", "INVALID_KEY_QUALIFIER_SEQUENCE"),
        ("/10/å", "URI_CONTAINS_ILLEGAL_CHARACTERS"),
    ] {
        assert_eq!(error(&format!("https://a/01/{gtin}{tail}")), code, "{tail}");
    }
    // An asset's number has no check digit: words in somebody's own path are no values of it.
    assert_eq!(
        error("https://firma.se/8004/bilar/11/261122"),
        "INVALID_KEY_QUALIFIER_SEQUENCE"
    );
    assert_eq!(error("https://firma.se/?10=L"), "SCAN_WEB_ADDRESS");
}

#[test]
fn a_composite_behind_ean_is_of_the_same_product() {
    let (di, lot, expiry) = item_of("]E07032069804988|]e01728013110A1\u{1d}21X");
    assert_eq!(di, "07032069804988");
    assert_eq!(
        (lot.as_deref(), expiry.as_deref()),
        (Some("A1"), Some("2028-01-31"))
    );
}

#[test]
fn an_ean_with_an_add_on_is_the_ean() {
    for (raw, digits) in [("]E3735000000001602", 2), ("]E3735000000001651299", 5)] {
        let (item, warnings) = item(raw);
        assert_eq!(item.di.code(), "07350000000016", "{raw}");
        assert_eq!(warnings, [CarrierWarning::AddOn { digits }], "{raw}");
    }
    assert_eq!(item("]E37350000000016").1, []);
    for (raw, code) in [
        ("]E3735000000001702", "INCORRECT_CHECK_DIGIT"),
        ("]E37350000000016020", "SCAN_WRONG_NUMBER"),
        ("]E373500000000160A", "SCAN_WRONG_NUMBER"),
        ("]E3735000000001é02", "SCAN_WRONG_NUMBER"),
        // Not the same in small letters.
        ("]e3735000000001602", "SCAN_UNKNOWN_FORM"),
    ] {
        assert_eq!(error(raw), code, "{raw}");
    }
}

#[test]
fn eight_printed_digits_may_be_a_upc_e() {
    let (di, ..) = item_of("04252614");
    assert_eq!(di, "00042100005264", "as a GTIN-8 its check digit is wrong");
}
