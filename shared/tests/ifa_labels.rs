//! What IFA labels hold (IFA UDI specification 2.5), with the strict reader and on the way of a scan.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use sparhund_shared::carrier::ifa::{self, IfaCode};
use sparhund_shared::carrier::{
    AskedForm, CarrierWarning, Change, ItemCode, Reading, Strictness, WedgeProfile, explain, identify,
};

mod generators;

use generators::other::ifa_code;

const TODAY: Date = date(2026, 11, 22);

/// In the envelope of format 06, the fields parted by GS, written here as `|`.
fn enveloped(fields: &str) -> String {
    format!("[)>\u{1e}06\u{1d}{}\u{1e}\u{4}", fields.replace('|', "\u{1d}"))
}

fn read(text: &str) -> Result<IfaCode<'_>, &'static str> {
    let code = ifa::parse(text, TODAY).map_err(|error| error.code())?;
    assert_eq!(code.to_string(), text, "written as it was read");
    Ok(code)
}

#[test]
fn a_lot_or_serial_has_the_characters_of_set_82() {
    for value in ["AB.12", "AB/12", "A:B", "AB+12", "!\"%&'*+,-./;<=>?_)", "aB-9"] {
        for mark in ["1T", "S"] {
            for text in [
                enveloped(&format!("9N111234567842|{mark}{value}")),
                format!(".9N111234567842^{mark}{value}"),
                format!("(9N)111234567842({mark}){value}"),
            ] {
                let code = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
                let found = if mark == "S" { code.serial() } else { code.lot() };
                assert_eq!(found, Some(value), "{text}");
            }
        }
    }
    for stranger in ["AB#12", "AB 12", "A]B", "A^B", "A{B", "AåB"] {
        assert_eq!(
            read(&enveloped(&format!("9N111234567842|1T{stranger}"))),
            Err("IFA_CHARACTER"),
            "{stranger}"
        );
    }
    assert_eq!(
        read(&enveloped("9N111234567842|1TA(B")).unwrap().lot(),
        Some("A(B")
    );
}

#[test]
fn a_health_product_code_has_letters_in_its_supplier_and_may_lack_a_level() {
    for code in ["13ABCDEMED777089", "1312345MEDX31", "1312345A.B-C019"] {
        let text = enveloped(&format!("9N{code}"));
        assert_eq!(read(&text).unwrap().device(), Some(code));
    }
    assert_eq!(read(&enveloped("9N13ABCDEMED777088")), Err("IFA_CHECK_DIGITS"));
    assert_eq!(read(&enveloped("9N1312345MED777935")), Err("IFA_CODE"));
}

fn scanned(text: &str) -> (ItemCode, Vec<&'static str>, Vec<&'static str>) {
    let read = identify(text.as_bytes(), TODAY, &WedgeProfile::default());
    let read = read.unwrap_or_else(|error| panic!("{text}: {error}"));
    let changes = read.changes.iter().map(Change::code).collect();
    let mut candidates = read.candidates.into_iter();
    let (Some(candidate), None) = (candidates.next(), candidates.next()) else {
        panic!("{text}: several")
    };
    let Reading::Item(item) = candidate.reading else {
        panic!("{text}: {:?}", candidate.reading)
    };
    let warnings = candidate.warnings.iter().map(CarrierWarning::code).collect();
    (item, warnings, changes)
}

#[test]
fn a_blank_date_loses_the_date_alone() {
    for text in [
        enveloped("9N111234567842|D000000|1TAB.12"),
        enveloped("D000000|1TAB.12|9N111234567842"),
        ".9N111234567842^D000000^1TAB.12".to_owned(),
        "(9N)111234567842(D)000000(1T)AB.12".to_owned(),
    ] {
        assert_eq!(read(&text).map(drop), Err("IFA_DATE"), "{text}");
        let (item, warnings, changes) = scanned(&text);
        assert_eq!(item.di.to_string(), "IFA:111234567842");
        assert_eq!(item.production.lot.unwrap().as_str(), "AB.12");
        assert_eq!(item.production.expiry, None);
        assert_eq!((warnings, changes), (vec!["BLANK_DATE"], vec![]), "{text}");
    }
    let (item, warnings, _) = scanned(&enveloped("9N111234567842|16D00000000|D290331"));
    assert_eq!((item.production.made, warnings), (None, vec!["BLANK_DATE"]));
    assert_eq!(item.production.expiry.unwrap().to_string(), "2029-03-31");
    for wrong in ["D000001", "D291301", "D0000000", "D", "16D000000"] {
        let text = enveloped(&format!("9N111234567842|{wrong}"));
        let error = identify(text.as_bytes(), TODAY, &WedgeProfile::default()).expect_err(wrong);
        assert_eq!(error.code(), "IFA_DATE", "{wrong}");
    }
    for (twice, error) in [
        ("9N111234567842|D000000|D290331", "IFA_REPEATED"),
        ("9N111234567842|D000000|D000000", "IFA_REPEATED"),
        ("D000000", "SCAN_NAMES_NOTHING"),
    ] {
        let text = enveloped(twice);
        let read = identify(text.as_bytes(), TODAY, &WedgeProfile::default());
        assert_eq!(
            read.map(drop).map_err(|error| error.code()),
            Err(error),
            "{twice}"
        );
    }
}

#[test]
fn a_separator_behind_the_last_field_is_let_through_and_told() {
    for text in [
        enveloped("9N111234567842|1TA|"),
        ".9N111234567842^1TA^".to_owned(),
    ] {
        assert_eq!(read(&text).map(drop), Err("IFA_UNKNOWN_IDENTIFIER"), "{text}");
        let (item, warnings, changes) = scanned(&text);
        assert_eq!(item.production.lot.unwrap().as_str(), "A");
        assert_eq!(
            (warnings, changes),
            (vec![], vec!["TRAILING_SEPARATOR"]),
            "{text}"
        );
    }
    for fields in [
        "",
        "|",
        "9N111234567842||",
        "9N111234567842||1TA",
        "|9N111234567842",
    ] {
        let text = enveloped(fields);
        let read = identify(text.as_bytes(), TODAY, &WedgeProfile::default());
        let error = read.map(drop).map_err(|error| error.code());
        assert_eq!(error, Err("IFA_UNKNOWN_IDENTIFIER"), "{fields}");
    }
}

proptest! {
    #[test]
    fn what_is_read_strictly_is_read_the_same_leniently(code in ifa_code()) {
        let read = ifa::parse_lenient(&code, TODAY).expect("read strictly");
        prop_assert_eq!((Ok(read.code), read.flaws), (ifa::parse(&code, TODAY), Vec::new()));
    }

    #[test]
    fn what_is_read_leniently_and_has_no_flaw_is_read_strictly(
        code in ifa_code(), at in any::<prop::sample::Index>(), to in any::<char>(), cut in any::<bool>(),
    ) {
        let mut damaged: Vec<char> = code.chars().collect();
        let at = at.index(damaged.len());
        if cut {
            damaged.remove(at);
        } else {
            damaged[at] = to;
        }
        let damaged: String = damaged.into_iter().collect();
        let strict = ifa::parse(&damaged, TODAY);
        match ifa::parse_lenient(&damaged, TODAY) {
            Ok(read) if read.flaws.is_empty() => prop_assert_eq!(strict, Ok(read.code)),
            _ => prop_assert!(strict.is_err()),
        }
    }
}

#[test]
fn people_are_shown_the_fields_beside_a_blank_date() {
    let text = enveloped("9N111234567842|D000000|1TAB.12|");
    let said = explain(
        &text,
        AskedForm::Auto,
        TODAY,
        &WedgeProfile::default(),
        Strictness::Lenient,
    );
    let names: Vec<_> = said.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["field-di", "field-lot"]);
}
