//! Rows that we hold to be at fault, or that ask for what no code in health care has, each with the reason.

/// biip looks into numbers that shops give out for themselves, weights and prices and their own check digits; such a
/// number names no device, and we say only that it is one.
const SHOP_NUMBER: &str = "about the price or weight inside a shop's own number, which names no device";
/// biip gives the element with an error beside it.
const WRONG_CHECK_DIGIT: &str =
    "the check digit is wrong; biip takes the element with a note, we do not take it at all";
/// A convention of the General Specifications that their syntax dictionary does not have.
const NO_TIME: &str =
    "9999 for no time: biip lets it pass, the linter hhmi of the syntax dictionary does not";

/// Identifiers of rows with the reason.
const HELD: &[(&str, &str)] = &[
    (
        "gse-00032",
        "the engine counts the mark between the two parts of a composite as an element; these are 64, which is allowed",
    ),
    (
        "gse-00520",
        "made with an option that allows words for identifiers, which the row does not tell; its elements are cut wrong \
         (0112 for 01)",
    ),
    (
        "gse-00521",
        "made with an option that allows words for identifiers, which the row does not tell; its elements are cut wrong \
         (0000 for 00)",
    ),
    (
        "gse-00644",
        "depends on the call before it, which had read the address; from the elements alone row gse-00641 says the \
         opposite",
    ),
    (
        "gse-00744",
        "depends on the call before it; with the same empty stem row gse-00602 gives the canonical address",
    ),
    ("biip-06630", SHOP_NUMBER),
    ("biip-06664", SHOP_NUMBER),
    ("biip-06668", SHOP_NUMBER),
    ("biip-06781", WRONG_CHECK_DIGIT),
    ("biip-06782", WRONG_CHECK_DIGIT),
    ("biip-06783", WRONG_CHECK_DIGIT),
    ("biip-06784", WRONG_CHECK_DIGIT),
    ("biip-06793", NO_TIME),
    ("biip-06795", NO_TIME),
    ("biip-06846", WRONG_CHECK_DIGIT),
    ("biip-06859", WRONG_CHECK_DIGIT),
    ("biip-06883", WRONG_CHECK_DIGIT),
    ("biip-06886", WRONG_CHECK_DIGIT),
    (
        "biip-06853",
        "about biip's own configuration: a separator of two characters cannot be set up in ours",
    ),
    (
        "biip-06880",
        "six digits of a UPC-E without their check digit: as a scan any number would be a product",
    ),
    (
        "biip-06913",
        "]J0 is DotCode (ISO/IEC 15424), which biip does not know",
    ),
];

/// Identifiers of the rows that are held to be at fault.
pub fn held() -> impl Iterator<Item = &'static str> {
    HELD.iter().map(|(id, _)| *id)
}

/// Why a row is held to be at fault.
pub fn reason(id: &str) -> Option<&'static str> {
    HELD.iter()
        .find(|(held, _)| *held == id)
        .map(|(_, reason)| *reason)
}
