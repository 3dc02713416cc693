//! Labels of HIBC, ISBT 128 and IFA.

use super::*;

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
fn small_letters_of_a_donation_type_and_of_a_division_are_read() {
    assert!(candidates("=A99991712345600=<E0316VAa").is_ok());
    assert_eq!(error("=A99991712345600=<E031aV00"), "ISBT128_LOWER_CASE");
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
