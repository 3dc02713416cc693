//! Element strings, and scans.

use proptest::prelude::*;
use sparhund_shared::carrier::gs1::Ai;
use sparhund_shared::identity::check_digit;

const CSET82: &str = "[!\"%&'()*+,./0-9:;<=>?A-Z_a-z-]";

pub fn cset82(least: usize, most: usize) -> impl Strategy<Value = String> {
    prop::string::string_regex(&format!("{CSET82}{{{least},{most}}}")).expect("a regular expression")
}

/// Digits with their check digit, not all zeros.
pub fn key(length: usize) -> impl Strategy<Value = String> {
    prop::string::string_regex(&format!("[0-9]{{{}}}", length - 1))
        .expect("a regular expression")
        .prop_filter_map("not all zeros", |body| {
            body.bytes()
                .any(|b| b != b'0')
                .then(|| format!("{body}{}", check_digit(body.as_bytes()).expect("digits")))
        })
}

pub fn yymmdd() -> impl Strategy<Value = String> {
    (0u8..100, 1u8..=12, 0u8..=28).prop_map(|(year, month, day)| format!("{year:02}{month:02}{day:02}"))
}

/// Some elements with different identifiers, in any order.
pub fn elements() -> impl Strategy<Value = Vec<(Ai, String)>> {
    let one =
        |ai: Ai, value: BoxedStrategy<String>| prop::option::of(value.prop_map(move |value| (ai, value)));
    let all = (
        one(Ai::GTIN, key(14).boxed()),
        one(Ai::EXPIRY, yymmdd().boxed()),
        one(Ai::LOT, cset82(1, 20).boxed()),
        one(Ai::SERIAL, cset82(1, 20).boxed()),
        one(Ai::VARIABLE_COUNT, "[0-9]{1,8}".boxed()),
        one(Ai::ADDITIONAL_ID, cset82(1, 30).boxed()),
        one(Ai::EXTENSION, cset82(1, 20).boxed()),
        (one(
            Ai::GRAI,
            (key(13), cset82(0, 16))
                .prop_map(|(asset_type, serial)| format!("0{asset_type}{serial}"))
                .boxed(),
        )),
    );
    all.prop_map(|(a, b, c, d, e, f, g, h)| {
        [a, b, c, d, e, f, g, h].into_iter().flatten().collect::<Vec<_>>()
    })
    .prop_filter("at least one", |elements| !elements.is_empty())
    .prop_shuffle()
}

/// A scan somewhat like those that happen.
pub fn near_scan() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "]d2",
        "]C1",
        "]E0",
        "]I1",
        "]Q3",
        "01",
        "07032069804988",
        "10",
        "17",
        "270228",
        "000000",
        "21",
        "\u{1d}",
        "(",
        ")",
        "\\(",
        "<GS>",
        "_1",
        "+",
        "=",
        "[)>",
        "¨",
        "A",
        "00",
        "157035381410375177",
        "30",
        "7003",
        "8003",
        " ",
        "\r",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat().into_bytes())
}
