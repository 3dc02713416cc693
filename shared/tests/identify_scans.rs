//! Whole scans, as scanners send them, from bytes to candidates.

use jiff::civil::{Date, Time, date};
use sparhund_shared::carrier::hibc::HibcFlaw;
use sparhund_shared::carrier::{
    AssetCode, Candidate, CarrierWarning, Change, ItemCode, LogisticCode, ProductionCode, Reading, ScanError,
    Suspicion, WedgeProfile, identify,
};
use sparhund_shared::identity::{Agency, Precision};

const TODAY: Date = date(2026, 11, 22);

fn candidates(raw: &str) -> Result<Vec<Candidate<'static>>, ScanError> {
    let identified = identify(raw.as_bytes(), TODAY, &WedgeProfile::default())?;
    Ok(identified
        .candidates
        .into_iter()
        .map(Candidate::into_owned)
        .collect())
}

fn only(raw: &str) -> (Reading, Vec<CarrierWarning>) {
    let mut found = candidates(raw).unwrap_or_else(|error| panic!("{raw}: {error}"));
    assert_eq!(found.len(), 1, "{raw}: {found:?}");
    let candidate = found.remove(0);
    (candidate.reading, candidate.warnings)
}

fn item(raw: &str) -> (ItemCode, Vec<CarrierWarning>) {
    match only(raw) {
        (Reading::Item(item), warnings) => (item, warnings),
        (other, _) => panic!("{raw}: {other:?}"),
    }
}

fn logistic(raw: &str) -> LogisticCode {
    match only(raw) {
        (Reading::Logistic(code), _) => code,
        (other, _) => panic!("{raw}: {other:?}"),
    }
}

fn pending(raw: &str) -> ProductionCode {
    match only(raw) {
        (Reading::ProductionOnly(code), _) => code,
        (other, _) => panic!("{raw}: {other:?}"),
    }
}

fn error(raw: &str) -> &'static str {
    candidates(raw).expect_err(raw).code()
}

#[test]
fn a_unit_pack_with_everything() {
    let (item, warnings) =
        item("]d2010703206980498817270228101AbC\u{1d}21SN-7\u{1d}11250300\u{1d}30012\u{1d}8012v2");
    assert_eq!(item.di.to_string(), "GS1:07032069804988");
    assert_eq!(item.production.lot.unwrap().as_str(), "1AbC");
    assert_eq!(item.production.serial.unwrap().as_str(), "SN-7");
    assert_eq!(item.production.expiry.unwrap().to_string(), "2027-02-28");
    let made = item.production.made.unwrap();
    assert_eq!(
        (made.precision(), made.last_usable_day()),
        (Precision::Month, date(2025, 3, 31))
    );
    assert_eq!(
        (item.count, item.production.software.as_deref()),
        (Some(12), Some("v2"))
    );
    assert_eq!(warnings, []);
}

#[test]
fn expiry_with_a_time() {
    let (first, _) = item("]d2010703206980498870032702281430");
    assert_eq!(first.production.expiry.unwrap().to_string(), "2027-02-28");
    assert_eq!(first.production.expiry_time, Time::new(14, 30, 0, 0).ok());
}

#[test]
fn two_expiry_dates_that_differ() {
    let (item, warnings) = item("]d2010703206980498817270301\u{1d}70032702281430");
    assert_eq!(item.production.expiry.unwrap().to_string(), "2027-02-28");
    assert_eq!(warnings, [CarrierWarning::ExpiryDatesDiffer]);
}

#[test]
fn a_pallet_and_its_content() {
    let code = logistic("]C10015703538141037517702070320698049883748\u{1d}10L1\u{1d}400PO-1");
    assert_eq!(code.sscc.to_string(), "157035381410375177");
    assert_eq!(code.content.unwrap().short(), "7032069804988");
    assert_eq!((code.count, code.order.as_deref()), (Some(48), Some("PO-1")));
    assert_eq!(code.production.lot.unwrap().as_str(), "L1");
}

#[test]
fn a_place_and_assets() {
    let (place, _) = only("]C14141234567890128254A-01-02");
    assert!(matches!(place, Reading::Place(place) if place.to_string() == "1234567890128/A-01-02"));
    let (asset, _) = only("]C18003006141410001280007");
    assert!(matches!(asset, Reading::Asset(AssetCode::Returnable(grai)) if grai.serial() == Some("0007")));
    let (asset, _) = only("]C180047350000-PUMP");
    assert!(matches!(asset, Reading::Asset(AssetCode::Individual(giai)) if giai.as_str() == "7350000-PUMP"));
}

#[test]
fn the_second_of_two_symbols_is_pending() {
    let code = pending("]C11727022810L1");
    assert_eq!(code.production.lot.unwrap().as_str(), "L1");
    assert!(code.missing.unwrap().to_string().starts_with("(17) needs (01)"));
    let code = pending("]C1020703206980498837480");
    assert_eq!(
        (code.content.unwrap().short(), code.count),
        ("7032069804988".into(), Some(480))
    );
}

#[test]
fn one_product_in_many_spellings() {
    for raw in [
        "]d20107032069804988",
        "]C10107032069804988\r\n",
        "0107032069804988",
        "(01)07032069804988",
        "(01) 07032069804988",
        "]E07032069804988",
        "]I107032069804988",
        "]I007032069804988",
        "7032069804988",
        "07032069804988",
        "]C07032069804988",
        "]D20107032069804988",
    ] {
        assert_eq!(item(raw).0.di.to_string(), "GS1:07032069804988", "{raw}");
    }
    assert_eq!(item("]E496385074").0.di.code(), "00000096385074");
}

#[test]
fn digits_that_are_two_things_are_both() {
    // A GTIN-14 of indicator 1 that also reads as lot 0614141000415 under AI 10.
    let found = candidates("10614141000415").unwrap();
    assert!(matches!(found[0].reading, Reading::Item(_)));
    assert!(matches!(&found[1].reading, Reading::ProductionOnly(code) if code.production.lot.is_some()));
    assert!(matches!(only("157035381410375177").0, Reading::Logistic(_)));
    // A bad check digit for a GTIN-8, a good best-before date.
    assert!(pending("15210527").production.best_before.is_some());
}

#[test]
fn a_pallet_that_is_a_trade_item_is_both() {
    let found = candidates("]C1001570353814103751770107032069804988").unwrap();
    assert!(matches!(found[0].reading, Reading::Logistic(_)));
    assert!(matches!(found[1].reading, Reading::Item(_)));
}

#[test]
fn blank_dates_are_absent_and_said() {
    let (item, warnings) = item("]d20107032069804988110000001700000021X1");
    assert_eq!((item.production.expiry, item.production.made), (None, None));
    assert_eq!(item.production.serial.unwrap().as_str(), "X1");
    assert_eq!(
        warnings
            .iter()
            .filter(|w| matches!(w, CarrierWarning::BlankDate { .. }))
            .count(),
        2
    );
}

#[test]
fn shop_numbers_are_no_device() {
    assert_eq!(item("]E02000000000008").1, [CarrierWarning::RestrictedGtin]);
    assert_eq!(item("]d20102000000000008").1, [CarrierWarning::RestrictedGtin]);
}

#[test]
fn a_lost_separator_is_suspected_and_nothing_split() {
    let (item, warnings) = item("]d2010703206980498810032917280630");
    assert_eq!(item.production.lot.unwrap().as_str(), "032917280630");
    assert_eq!(item.production.expiry, None);
    assert!(matches!(
        warnings[..],
        [CarrierWarning::LostSeparator {
            suspicion: Suspicion::Strong,
            at: 4,
            ..
        }]
    ));
}

#[test]
fn what_scanners_add_is_reported() {
    let profile = WedgeProfile::with_separator('|').unwrap();
    let identified = identify(b"]C1\x1d010703206980498810L1|21S1\r", TODAY, &profile).unwrap();
    assert_eq!(
        identified.changes,
        [
            Change::TrailingBlanks { bytes: 1 },
            Change::SeparatorReplaced {
                stand_in: "|".into(),
                times: 1
            },
            Change::LeadingSeparator
        ]
    );
    let Reading::Item(item) = &identified.candidates[0].reading else {
        panic!("an item")
    };
    assert_eq!(item.production.lot.as_ref().unwrap().as_str(), "L1");
}

#[test]
fn devices_of_other_agencies_are_items_under_their_agency() {
    let (hibc, warnings) = item("]d1+A99912345/$$812710X3/16D20111212/14D20200906/S77DEFG453");
    assert_eq!(
        (hibc.di.to_string().as_str(), warnings),
        ("HIBCC:A99912345", vec![])
    );
    assert_eq!(hibc.production.lot.unwrap().as_str(), "10X3");
    assert_eq!(hibc.production.serial.unwrap().as_str(), "77DEFG45");
    assert_eq!(hibc.production.expiry.unwrap().to_string(), "2020-09-06");
    assert_eq!(hibc.production.made.unwrap().to_string(), "2011-12-12");
    assert_eq!(hibc.count, Some(12));

    let (timed, _) =
        item("+A123ABCDEFGHI1234567891/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202$");
    assert_eq!(timed.production.expiry_time, Time::new(16, 0, 0, 0).ok());
    let (month, _) = item("+EDMG2203430/$$0723244375H");
    let expiry = month.production.expiry.unwrap();
    assert_eq!(
        (expiry.precision(), expiry.last_usable_day()),
        (Precision::Month, date(2023, 7, 31))
    );

    let (isbt, _) = item("=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123");
    assert_eq!(isbt.di.to_string(), "ICCBBA:A9999XYZ100T0944");
    assert_eq!(isbt.production.lot.unwrap().as_str(), "000000000000XYZ123");
    assert_eq!(isbt.production.donation.as_deref(), Some("A999713123456"));

    let ifa = "[)>\u{1e}06\u{1d}9N111234567842\u{1d}9NMA12345MAX1900\u{1d}1TA123\u{1d}16D20251120\u{1e}\u{4}";
    let (ifa, _) = item(ifa);
    assert_eq!(ifa.di.to_string(), "IFA:111234567842");
    assert_eq!(ifa.master_di.unwrap().to_string(), "IFA:MA12345MAX1900");
    let (safe, _) = item("]d1.9N1312345MED777094^1TABC12345^D241231\r\n");
    assert_eq!(safe.di.to_string(), "IFA:1312345MED777094");
    let (printed, _) = item("(9N)1312345MED777094 (1T)ABC12345 (D)241231");
    assert_eq!(printed.production, safe.production);
}

#[test]
fn a_medicine_under_its_ntin_is_a_gtin_in_every_form() {
    for raw in [
        "[)>\u{1e}06\u{1d}8P04150047759334\u{1d}1TL1\u{1e}\u{4}",
        "]d2010415004775933410L1",
    ] {
        let (medicine, _) = item(raw);
        assert_eq!(medicine.di.to_string(), "GS1:04150047759334", "{raw}");
        assert_eq!(medicine.production.lot.unwrap().as_str(), "L1");
    }
}

#[test]
fn an_ifa_code_that_looks_like_a_gtin_stays_with_its_agency() {
    let (ifa, _) = item("(9N)1312345170400033");
    assert_eq!(ifa.di.agency(), Agency::Ifa);
    assert_eq!(ifa.di.as_gtin(), None);
}

#[test]
fn the_second_symbol_of_an_hibc_label_waits_for_its_own_first_one() {
    let code = pending("]A0+$$52001510X3GD");
    assert_eq!(code.production.lot.as_ref().unwrap().as_str(), "10X3");
    assert_eq!((code.agency, code.link), (Agency::Hibcc, Some('G')));
    let first = item("]A0+A123BJC5D6E71G").0.di;
    let other = item("]A0+A123BJCMD6E79+").0.di;
    assert!(code.may_belong_to(&first));
    assert!(!code.may_belong_to(&other), "another link character");
    assert!(!code.may_belong_to(&item("7032069804988").0.di), "another agency");
    assert!(!pending("]C11727022810L1").may_belong_to(&first));
    // Both in one text, as some scanners send them.
    let (both, _) = item("+A123BJC5D6E71G+$$52001510X3GD");
    assert_eq!((both.di, both.production), (first, code.production));
}

#[test]
fn a_serial_in_its_own_symbol_may_look_like_a_primary() {
    assert_eq!(pending("+S4012TJ").production.serial.unwrap().as_str(), "4012");
    let found = candidates("+S40121Y").unwrap();
    assert!(matches!(&found[0].reading, Reading::Item(item) if item.di.code() == "S40121"));
    assert!(matches!(&found[1].reading, Reading::ProductionOnly(code) if code.link == Some('1')));
}

#[test]
fn a_blank_can_be_the_check_character() {
    assert_eq!(item("]A0+A123AA40 \r\n").0.di.code(), "A123AA40");
    // What the scanner adds, or the end that a person typed.
    let identified = identify(b"+A123BJC5D6E71G \r", TODAY, &WedgeProfile::default()).unwrap();
    assert_eq!(
        identified.changes,
        [
            Change::TrailingBlanks { bytes: 1 },
            Change::TrailingBlanks { bytes: 1 }
        ]
    );
    assert_eq!(identified.candidates.len(), 1);
}

#[test]
fn link_and_check_character_can_both_be_blanks() {
    for raw in ["+$$+409080907AVQ19HA  ", "]A0+$$+409080907AVQ19HA  \r\n"] {
        let code = pending(raw);
        assert_eq!(code.production.serial.unwrap().as_str(), "AVQ19HA", "{raw}");
        assert_eq!(code.link, Some(' '), "{raw}");
    }
    // What the scanner adds.
    let identified = identify(b"+A123BJC5D6E71G  ", TODAY, &WedgeProfile::default()).unwrap();
    assert_eq!(identified.changes, [Change::TrailingBlanks { bytes: 2 }]);
    assert_eq!(identified.candidates.len(), 1);
    assert_eq!(item("]A0+A123AA40   \r\n").0.di.code(), "A123AA40");
    // Behind the primary symbol whose check character is the link.
    let (both, _) = item("+A123AA40 +$$520015106X  ");
    assert_eq!(both.di.code(), "A123AA40");
    assert_eq!(both.production.lot.unwrap().as_str(), "106X");
}

#[test]
fn a_faulty_hibc_label_is_read_only_under_a_warning() {
    let raw = "+D661H008181/+$K42888/14D202601134";
    let found = candidates(&format!("]d1{raw}")).unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].is_lenient());
    assert_eq!(
        found[0].warnings,
        [
            CarrierWarning::Hibc(HibcFlaw::CheckCharacter {
                expected: '1',
                found: '4'
            }),
            CarrierWarning::Hibc(HibcFlaw::PlusInside)
        ]
    );
    let Reading::Item(code) = &found[0].reading else {
        panic!("an item")
    };
    assert_eq!(code.production.lot.as_ref().unwrap().as_str(), "K42888");
    assert_eq!(
        error(&format!("]A0{raw}")),
        "HIBC_CHECK_CHARACTER",
        "a misread bar"
    );
    assert_eq!(
        error("+A123BJC5D6E71H"),
        "HIBC_CHECK_CHARACTER",
        "a primary symbol alone"
    );
    assert_eq!(error("+A123BJC5D6E71G+$$52001510X3GE"), "HIBC_CHECK_CHARACTER");
    assert!(!candidates("+A123BJC5D6E71G").unwrap()[0].is_lenient());
}

#[test]
fn blood_is_no_device() {
    let (reading, _) = only(
        "=+05000=Z54991712345600=%T300=<T0416003&>0183652359&,4PL001499Z549917123456A00T041600320181231",
    );
    let Reading::Donation(code) = reading else {
        panic!("{reading:?}")
    };
    assert_eq!(
        (code.din.as_str(), code.product.as_deref()),
        ("Z549917123456", Some("T0416003"))
    );
    assert_eq!(code.production.expiry.unwrap().to_string(), "2018-12-31");
    assert_eq!(error("=%T300"), "SCAN_NAMES_NOTHING");
}

/// Checked as a whole by its last character.
fn hibc(body: &str) -> String {
    let check = sparhund_shared::carrier::hibc::check_character(body).expect("characters of HIBC");
    format!("{body}{check}")
}

#[test]
fn what_an_hibc_label_says_twice_is_compared_by_its_meaning() {
    let (reading, _) = only(&hibc("+A123BJC5D6E71/$$9001003270228LOT/Q100"));
    let Reading::Item(item) = reading else {
        panic!("{reading:?}")
    };
    assert_eq!(item.count, Some(100), "00100 is 100");
}

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

#[test]
fn small_letters_of_a_donation_type_and_of_a_division_are_read() {
    assert!(candidates("=A99991712345600=<E0316VAa").is_ok());
    assert_eq!(error("=A99991712345600=<E031aV00"), "ISBT128_LOWER_CASE");
}

#[test]
fn errors_have_stable_names() {
    for (raw, code) in [
        ("", "SCAN_EMPTY"),
        ("]d2", "SCAN_EMPTY"),
        (" \r\n", "SCAN_EMPTY"),
        ("]d20107032069804987", "INCORRECT_CHECK_DIGIT"),
        ("7032069804987", "INCORRECT_CHECK_DIGIT"),
        ("]E070320698049", "SCAN_WRONG_NUMBER"),
        ("]d2010703206980498818GT7E", "NO_AI_FOR_PREFIX"),
        ("]d2400PO-1", "SCAN_NAMES_NOTHING"),
        ("]d20100000000000000", "SCAN_IMPOSSIBLE_VALUE"),
        ("https://example.se/01", "SCAN_WEB_ADDRESS"),
        ("+/EO523201", "SCAN_NOT_A_DEVICE"),
        ("¨d20107032069804988", "SCAN_KEYBOARD_LAYOUT"),
        ("Hello", "SCAN_UNKNOWN_FORM"),
        ("+a123bjc5d6e71g", "HIBC_LOWER_CASE"),
        ("+A123BJC5D6E71G+$$52001510X3+ ", "HIBC_LINK_CHARACTER"),
        ("=/A9997ab3456T0123", "ISBT128_LOWER_CASE"),
        ("=+05000=/A9997XYZ100T0479", "ISBT128_COUNT"),
        ("(9n)1312345MED777094", "IFA_LOWER_CASE"),
        ("[)>06 9N111234567842", "IFA_ENVELOPE"),
    ] {
        assert_eq!(error(raw), code, "{raw}");
    }
    let bytes = [b'1'; 8192];
    assert_eq!(
        identify(&bytes, TODAY, &WedgeProfile::default())
            .unwrap_err()
            .code(),
        "SCAN_TOO_LONG"
    );
    assert_eq!(
        identify(b"]d2\xff", TODAY, &WedgeProfile::default())
            .unwrap_err()
            .code(),
        "SCAN_NOT_TEXT"
    );
}

#[test]
fn an_unknown_identifier_is_named_with_its_place() {
    let error = candidates("]d2010703206980498818GT7E").unwrap_err().to_string();
    assert!(
        error.contains("character 17") && error.contains("\"18GT\""),
        "{error}"
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
fn a_code_of_another_agency_in_a_symbol_of_gs1_is_read_under_a_warning() {
    for raw in [
        "]d2+A99912345/$10X3.",
        "]Q3=/A9999XYZ100T0944",
        "]C1+A123BJC5D6E71G",
    ] {
        let (_, warnings) = item(raw);
        assert_eq!(warnings, [CarrierWarning::SymbolSaysGs1], "{raw}");
    }
    assert_eq!(
        error("]C1+A999BJC5D6E71/$10X3."),
        "HIBC_CHECK_CHARACTER",
        "a misread bar"
    );
    assert_eq!(error("]d2+/EO523201"), "NO_AI_FOR_PREFIX");
}

#[test]
fn printed_blanks_between_structures_are_left_out() {
    let identified = identify(b"=/A9999XYZ100T0944 =,000025", TODAY, &WedgeProfile::default()).unwrap();
    assert_eq!(identified.changes, [Change::BlanksBetweenStructures]);
    let (item, _) = item("=/A9999XYZ100T0944 =,000025");
    assert_eq!(item.production.serial.unwrap().as_str(), "000025");
}

#[test]
fn eight_printed_digits_may_be_a_upc_e() {
    let (di, ..) = item_of("04252614");
    assert_eq!(di, "00042100005264", "as a GTIN-8 its check digit is wrong");
}
