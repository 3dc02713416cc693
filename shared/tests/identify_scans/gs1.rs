//! Labels of GS1, and what is wrong with a code.

use super::*;

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
