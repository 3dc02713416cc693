//! What a code is, told to tools and people: nothing that is not in it, and never a device without its agency.

use jiff::civil::{Date, date};
use sparhund_shared::carrier::gs1::{Associations, Form, LinkRules};
use sparhund_shared::carrier::{AskedForm, Explanation, Fault, Strictness, WedgeProfile, examine, explain};
use sparhund_shared::identity::{Agency, Lot};

const TODAY: Date = date(2026, 11, 22);
fn asked(text: &str, form: AskedForm, strictness: Strictness) -> Explanation {
    explain(text, form, TODAY, &WedgeProfile::default(), strictness)
}

/// The verdict of the specifications.
fn strictly(text: &str, form: AskedForm) -> Explanation {
    let rules = Strictness::Strict(LinkRules::default(), Associations::Complete);
    asked(text, form, rules)
}

fn lenient(text: &str) -> Explanation {
    asked(text, AskedForm::Auto, Strictness::Lenient)
}

fn strict(text: &str) -> Explanation {
    strictly(text, AskedForm::Auto)
}

fn elements(explanation: &Explanation) -> Vec<(&str, &str)> {
    let pairs = explanation.elements.iter();
    pairs.map(|(ai, value)| (ai.as_str(), value.as_str())).collect()
}

#[test]
fn a_number_has_no_elements_though_its_digits_look_like_some() {
    // EAN-13 whose digits could be (21)12345678900.
    for text in ["]E02112345678900", "2112345678900"] {
        let said = lenient(text);
        assert_eq!(said.di.as_deref(), Some("02112345678900"), "{text}");
        assert_eq!(elements(&said), [], "{text}");
    }
    let said = lenient("]I107312345678909");
    assert_eq!(said.di.as_deref(), Some("07312345678909"));
    assert_eq!(elements(&said), []);
}

#[test]
fn each_candidate_has_its_own_elements() {
    // Eight digits that are an EAN-8, and lot 000007.
    let said = lenient("10000007");
    let all: Vec<_> = std::iter::once(&said).chain(&said.others).collect();
    assert!(all.len() > 1, "{said:?}");
    for one in all {
        assert_eq!(one.di.is_none(), elements(one) == [("10", "000007")], "{one:?}");
    }
}

#[test]
fn elements_are_those_of_the_code_in_every_form() {
    for text in [
        "]d201073123456789091727022810A1",
        "(01)07312345678909(17)270228(10)A1",
        "https://id.gs1.org/01/07312345678909/10/A1?17=270228",
        "]E07312345678909|]e01727022810A1",
    ] {
        let said = lenient(text);
        let mut found = elements(&said);
        found.sort_unstable();
        assert_eq!(
            found,
            [("01", "07312345678909"), ("10", "A1"), ("17", "270228")],
            "{text}: {said:?}"
        );
    }
}

#[test]
fn an_article_number_in_the_clothes_of_ifa_is_of_gs1() {
    let text = "[)>\u{1e}06\u{1d}8P04150047759334\u{1e}\u{4}";
    for said in [lenient(text), strict(text), strictly(text, AskedForm::Ifa)] {
        assert_eq!(said.agency, Some(Agency::Gs1), "{said:?}");
        assert_eq!(said.di.as_deref(), Some("04150047759334"));
    }
    // With the separator as some scanners send it too.
    for text in [text, "]d1[)>\u{1e}06<GS>8P04150047759334\u{1e}\u{4}\r"] {
        let asked = asked(text, AskedForm::Ifa, Strictness::Lenient);
        assert!(asked.ok, "it is IFA's form: {asked:?}");
    }
}

#[test]
fn a_text_that_is_no_gs1_data_has_no_agency() {
    for said in [strict("]d1HELLO"), strictly("HELLO", AskedForm::Gs1(Form::Fnc1))] {
        assert!(said.ok && said.agency.is_none() && said.di.is_none(), "{said:?}");
    }
}

#[test]
fn a_trade_item_is_a_device_strictly_too() {
    for (text, di) in [
        ("]E07312345678909", "07312345678909"),
        ("]E473123453", "00000073123453"),
        ("]E07312345678909|]e091A1", "07312345678909"),
    ] {
        let said = strict(text);
        assert_eq!(
            (said.agency, said.di.as_deref()),
            (Some(Agency::Gs1), Some(di)),
            "{text}: {said:?}"
        );
    }
    assert_eq!(elements(&strict("]E07312345678909|]e091A1")), [("91", "A1")]);
}

#[test]
fn a_code_of_another_agency_than_asked_for_is_refused() {
    let gs1 = "01073123456789091727022810A1";
    let hibc = "+A123BJC5D6E71G";
    let isbt = "=/A9999XYZ100T0944";
    let ifa = "(9N)111234567842";
    let suspect = "010731234567890910032917280630";
    let all = [
        (gs1, AskedForm::Gs1(Form::Scan)),
        (suspect, AskedForm::Gs1(Form::Scan)),
        (hibc, AskedForm::Hibc),
        (isbt, AskedForm::Isbt128),
        (ifa, AskedForm::Ifa),
    ];
    for (text, own) in all {
        for (_, form) in all {
            let said = asked(text, form, Strictness::Lenient);
            assert_eq!(said.ok, form == own, "{text} as {form:?}: {said:?}");
            assert_eq!(said.error.is_some(), form != own, "{text} as {form:?}");
        }
    }
}

#[test]
fn the_notation_of_the_engine_is_read_leniently_too() {
    for text in [
        "^0107312345678909|^10A1",
        "^0107312345678909^10A1",
        "7312345678909|^10A1",
    ] {
        let said = asked(text, AskedForm::Gs1(Form::Fnc1), Strictness::Lenient);
        assert_eq!(
            elements(&said),
            [("01", "07312345678909"), ("10", "A1")],
            "{text}: {said:?}"
        );
    }
}

#[test]
fn a_composite_in_the_notation_of_the_engine_is_seen_by_itself() {
    for text in ["7312345678909|^10A1", "^0107312345678909|^10A1"] {
        let said = lenient(text);
        assert!(said.ok, "{text}: {said:?}");
        assert_eq!(said.di.as_deref(), Some("07312345678909"), "{text}");
        assert_eq!(said.lot.as_ref().map(Lot::as_str), Some("A1"), "{text}");
    }
    for text in ["7312345678909|^91A1", "^0107312345678909|^10A1"] {
        assert!(strict(text).ok, "{text}");
        let examined = examine(text, TODAY, &WedgeProfile::default());
        assert!(
            examined.reading.ok && examined.verdict.is_some_and(|said| said.ok),
            "{text}"
        );
    }
    for (text, code) in [
        ("7312345678908|^10A1", "INCORRECT_CHECK_DIGIT"),
        ("73123454|^10A1", "INCORRECT_CHECK_DIGIT"),
        ("07312345678908|^10A1", "AI_LINTER_ERROR"),
        ("731|^10A1", "SCAN_WRONG_NUMBER"),
    ] {
        assert_eq!(
            lenient(text).error.map(|fault| fault.code).as_deref(),
            Some(code),
            "{text}"
        );
    }
    // As a scanner may send the separator.
    for text in ["0107312345678909^10A1", "010731234567890910A|^21B"] {
        assert!(!lenient(text).ok, "{text}");
    }
}

/// Marks, names and meanings of the fields.
fn fields(text: &str) -> Vec<(String, String, Option<String>)> {
    let said = lenient(text);
    let fields = said.fields.into_iter();
    fields
        .map(|field| {
            (
                format!("{} {}", field.mark, field.name),
                field.value,
                field.meaning,
            )
        })
        .collect()
}

#[test]
fn every_agency_is_told_field_by_field() {
    let field = |name: &str, value: &str, meaning: Option<&str>| {
        (name.to_owned(), value.to_owned(), meaning.map(str::to_owned))
    };
    assert_eq!(
        fields("]d20107312345678909172702003103001250\u{1d}70032702281330\u{1d}10A1"),
        [
            field("01 ai-01", "07312345678909", None),
            field("17 ai-17", "270200", Some("2027-02")),
            field("3103 ai-3100", "001250", Some("1.250")),
            field("7003 ai-7003", "2702281330", Some("2027-02-28 13:30")),
            field("10 ai-10", "A1", None),
        ]
    );
    assert_eq!(
        fields("]d201073123456789097007260101260131")[1],
        field("7007 ai-7007", "260101260131", Some("2026-01-01/2026-01-31"))
    );
    assert_eq!(
        fields("]d201073123456789097007260101")[1],
        field("7007 ai-7007", "260101", Some("2026-01-01"))
    );
    assert_eq!(
        fields("+A99912345/$$52001510X3/16D20111212/S77DEFG457"),
        [
            field("+ field-labeler", "A999", None),
            field(" field-product", "1234", None),
            field(" field-level", "5", None),
            field("$$ field-expiry", "20015", Some("2020-01-15")),
            field("$$ field-lot", "10X3", None),
            field("16D field-made", "20111212", Some("2011-12-12")),
            field("S field-serial", "77DEFG45", None),
            field(" field-check", "7", None),
        ]
    );
    assert_eq!(
        fields("=/A9999XYZ100T0944=,000025=>014032"),
        [
            field("=/ field-di", "A9999XYZ100T0944", None),
            field("=, field-serial", "000025", None),
            field("=> field-expiry", "014032", Some("2014-02-01")),
        ]
    );
    assert_eq!(
        fields("[)>\u{1e}06\u{1d}9N111234567842\u{1d}D270200\u{1e}\u{4}"),
        [
            field("9N field-di", "111234567842", None),
            field("D field-expiry", "270200", Some("2027-02")),
        ]
    );
    assert_eq!(
        fields("7312345678909"),
        [field(" field-number", "07312345678909", None)]
    );
}

#[test]
fn the_wrong_place_is_marked() {
    for (text, before, there) in [
        ("]d201073123456789081710A1", "010731234567890", "8"),
        ("(01)07312345678908(10)A", "(01)0731234567890", "8"),
        (
            "https://a.se/01/7312345678908",
            "https://a.se/01/731234567890",
            "8",
        ),
        (
            "https://a.se/01/07312345678909/10/A%2FB%7CC",
            "https://a.se/01/07312345678909/10/A%2FB",
            "%",
        ),
        (
            "https://a.se/01/07312345678909?89=A",
            "https://a.se/01/07312345678909?",
            "8",
        ),
        (
            "https://a.se/01/07312345678909/235/T?21=S",
            "https://a.se/01/07312345678909/235/T?",
            "2",
        ),
        ("(01)07312345678909(1x)A", "(01)07312345678909(", "1"),
        ("7312345678908", "731234567890", "8"),
        ("+A123BJC5D6E71H", "+A123BJC5D6E71", "H"),
        ("]d20107312345678909\u{1d}10Aå", "010731234567890910A", "å"),
        ("]E07312345678909|]e010Aå", "7312345678909|]e010A", "å"),
        ("]E473123453|]e010Aå", "73123453|]e010A", "å"),
        ("]E07312345678908|]e010A", "731234567890", "8"),
        ("=/A9999XYZ100T094", "=/A9999XYZ100T094", ""),
    ] {
        let fault = lenient(text).error.expect(text);
        let marked = fault.marked.as_ref().expect(text).parts();
        assert_eq!(
            (marked.0.replace('\u{1d}', ""), marked.1),
            (before.to_owned(), there),
            "{text}: {fault:?}"
        );
    }
}

#[test]
fn a_sound_code_that_names_nothing_is_told_under_a_warning() {
    let gs1 = Some(Agency::Gs1);
    let (iccbba, ifa) = (Some(Agency::Iccbba), Some(Agency::Ifa));
    for (text, agency, names) in [
        ("]d28018735888793977694808", gs1, "8018"),
        ("(400)PO-1(90)X", gs1, "400 90"),
        ("https://id.gs1.org/8018/735888793977694808", gs1, "8018"),
        ("]d2400PO-1", gs1, "400"),
        ("]d217000000", gs1, "17"),
        ("=%T300", iccbba, "=%"),
        ("=<T0416003", iccbba, "=<"),
        ("(9N)MA12345MAX1900", ifa, "9N"),
    ] {
        let said = lenient(text);
        assert!(said.ok && said.error.is_none(), "{text}: {said:?}");
        assert_eq!(said.agency, agency, "{text}");
        assert!(said.di.is_none() && said.reading.is_none(), "{text}: {said:?}");
        let marks: Vec<_> = said.fields.iter().map(|field| field.mark.as_str()).collect();
        assert_eq!(marks.join(" "), names, "{text}");
        assert_eq!(said.elements.is_empty(), agency != gs1, "{text}");
        let last = said.warnings.last().map(|warning| warning.code.as_str());
        assert_eq!(last, Some("NAMES_NOTHING"), "{text}");
        assert!(
            lenient(&format!("{text}\r")).warnings.len() > said.warnings.len(),
            "{text}"
        );
        let examined = examine(text, TODAY, &WedgeProfile::default());
        assert_eq!(
            examined.verdict.map(|said| said.ok),
            Some(!text.contains("000000")),
            "{text}"
        );
    }
    assert_eq!(lenient("]d217000000").warnings[0].code, "BLANK_DATE");
    let as_hibc = asked("]d2400PO-1", AskedForm::Hibc, Strictness::Lenient);
    assert!(!as_hibc.ok, "{as_hibc:?}");
}

#[test]
fn a_package_that_is_itself_a_product_is_told_with_its_device() {
    let said = lenient("]d2003735888793977694810107312345678909");
    assert_eq!(said.di.as_deref(), Some("07312345678909"), "{said:?}");
    assert_eq!(said.others.len(), 1);
    // The product inside a package is not the package.
    assert_eq!(lenient("]d20037358887939776948102073123456789093710").di, None);
}

#[test]
fn a_value_in_the_wrong_place_of_an_address_is_named() {
    let number = "07312345678909";
    for (tail, code, ai, at) in [
        ("?10=L", "AI_SHOULD_BE_IN_PATH_INFO", Some("10"), 32),
        ("/10/L?10=L", "DUPLICATE_AI", Some("10"), 37),
        ("?99=A&99=A", "DUPLICATE_AI", Some("99"), 37),
        ("?89=X", "UNKNOWN_AI_IN_QUERY_PARAMS", Some("89"), 32),
        ("/235/T?21=S", "AI_IS_NOT_VALID_DATA_ATTRIBUTE", Some("21"), 38),
        ("/21/S/10/L", "INVALID_KEY_QUALIFIER_SEQUENCE", None, 37),
        ("/17/261301", "INVALID_KEY_QUALIFIER_SEQUENCE", None, 32),
    ] {
        let text = format!("https://a.se/01/{number}{tail}");
        for text in [text.clone(), format!("]Q1{text}")] {
            let error = strict(&text).error.expect(&text);
            assert_eq!(
                (error.code.as_str(), error.ai.as_deref(), error.at),
                (code, ai, Some(at)),
                "{text}: {error:?}"
            );
            assert!(error.message.contains(&format!("character {at}: ")), "{error:?}");
        }
    }
    for (text, at) in [
        ("https://a.se/01/07312345678908/10/L", 30),
        ("https://a.se/01/07312345678909/10/A%2FB%7CC", 40),
        ("https://a.se/01/07312345678909?17=261301", 37),
    ] {
        assert_eq!(strict(text).error.expect(text).at, Some(at), "{text}");
    }
}

#[test]
fn the_verdict_is_on_the_label_and_not_on_the_scanner() {
    let verdict = |text: &str| examine(text, TODAY, &WedgeProfile::default()).verdict;
    for text in [
        "]I117312345678906",
        "0107312345678909<GS>10A1",
        " ]d2\u{1d}0107312345678909\u{1d}\u{1d}10A1\r",
        "(01)07312345678909 (10)A1",
        "7312345678909",
        "]E07312345678909",
        "https://id.gs1.org/01/07312345678909",
        "+A123BJC5D6E71G",
        "(9N)111234567842",
    ] {
        let said = verdict(text).expect(text);
        assert!(said.ok, "{text}: {:?}", said.error);
    }
    for (text, word) in [
        ("10A1", "REQUIRED_AIS_NOT_SATISFIED"),
        ("010731234567890917000000", "ILLEGAL_MONTH"),
        ("7312345678908", "INCORRECT_CHECK_DIGIT"),
        ("]I117312345678900", "INCORRECT_CHECK_DIGIT"),
        ("https://id.gs1.org/01/7312345678909", "AI_VALUE_IS_TOO_SHORT"),
        ("+A123BJC5D6E71H", "HIBC_CHECK_CHARACTER"),
    ] {
        let said = verdict(text).expect(text);
        assert_eq!(
            said.error.as_ref().map(Fault::word),
            Some(word),
            "{text}: {said:?}"
        );
    }
    for text in [
        // Not of GS1 by its symbol, which may hold any text; and yet it cannot be read.
        "]d10107312345678908",
        // A keyboard layout, and a scanner that cuts the first digit off.
        "¨d20107312345678909",
        "]E0036000291452",
    ] {
        assert_eq!(verdict(text), None, "{text}");
    }
}
