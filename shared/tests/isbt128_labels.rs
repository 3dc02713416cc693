//! What ISBT 128 labels hold beside and inside the UDI, with the strict reader and on the way of a scan.

use jiff::civil::{Date, date};
use sparhund_shared::carrier::isbt128::{self, Isbt128Code, Isbt128Structure};
use sparhund_shared::carrier::{AskedForm, Reading, Strictness, WedgeProfile, explain, identify};

const TODAY: Date = date(2026, 11, 22);
const DI: &str = "=/A9997XYZ100T0479";

fn read(text: &str) -> Result<Isbt128Code<'_>, &'static str> {
    let code = isbt128::parse(text, TODAY).map_err(|error| error.code())?;
    assert_eq!(code.to_string(), text, "written as it was read");
    Ok(code)
}

fn others<'a>(code: &Isbt128Code<'a>) -> Vec<(&'a str, &'a str)> {
    code.others()
        .map(|other| (other.identifier(), other.value()))
        .collect()
}

#[test]
fn what_is_no_udi_stands_beside_it() {
    let text = "=+05000=/A9997XYZ100T0479=A99991712345600=,000012=>019031&$0101000100001000";
    let code = read(text).unwrap();
    assert_eq!(code.di(), Some("A9997XYZ100T0479"));
    assert_eq!(code.serial(), Some("000012"));
    assert_eq!(code.expiry().unwrap().date().to_string(), "2019-01-31");
    assert_eq!(others(&code), [("&$", "0101000100001000")]);
    let read = identify(text.as_bytes(), TODAY, &WedgeProfile::default()).unwrap();
    let Reading::Item(item) = &read.candidates[0].reading else {
        panic!("{read:?}")
    };
    assert_eq!(item.di.to_string(), "ICCBBA:A9997XYZ100T0479");
    assert_eq!(item.production.donation.as_deref(), Some("A999917123456"));
}

#[test]
fn every_other_structure_has_its_length() {
    for (identifier, length) in [
        ("=*", 6),
        ("&*", 10),
        ("&+", 11),
        ("&,2", 18),
        ("&,3", 19),
        ("=-", 10),
        ("&-", 10),
        ("=;", 21),
        ("='", 11),
        ("&:", 19),
        ("&/", 15),
        ("=$", 16),
        ("=(", 16),
        ("&(", 5),
        ("=#", 10),
        ("&\"", 18),
        ("=\\", 18),
        ("&\\", 18),
        ("={", 18),
        ("&{", 18),
        ("=[", 18),
        ("=\"", 18),
    ] {
        let value: String = "019031aZ".chars().cycle().take(length).collect();
        for text in [
            format!("{DI}{identifier}{value}"),
            format!("{identifier}{value}{DI}=,000012"),
        ] {
            let code = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(code.di(), Some(&DI[2..]), "{text}");
            assert_eq!(others(&code), [(identifier, value.as_str())], "{text}");
        }
        let short = &value[1..];
        for text in [
            format!("{DI}{identifier}{short}"),
            format!("{DI}{identifier}{short}=,000012"),
        ] {
            assert_eq!(read(&text), Err("ISBT128_CUT_OFF"), "{text}");
        }
        assert_eq!(
            read(&format!("{DI}{identifier}{value}0")),
            Err("ISBT128_UNKNOWN_IDENTIFIER")
        );
    }
}

#[test]
fn structures_that_tell_their_own_length() {
    for other in [
        "&$0201000100001000AB000200002000",
        "&$00",
        "&%0020123456789ABCDEFGHIJ",
        "&%000",
        "&#0105ABC12",
        "&#XY00",
    ] {
        let text = format!("{DI}{other}=,000012");
        let code = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(code.serial(), Some("000012"));
        assert_eq!(others(&code), [(&other[..2], &other[2..])]);
    }
    for (other, error) in [
        ("&$0201000100001000", "ISBT128_CUT_OFF"),
        ("&$A10100010000100", "ISBT128_CHARACTER"),
        ("&%00", "ISBT128_CUT_OFF"),
        ("&%0010123", "ISBT128_CUT_OFF"),
        ("&#01", "ISBT128_CUT_OFF"),
        ("&#0199ABC", "ISBT128_CUT_OFF"),
        ("&#01X5ABC12", "ISBT128_CHARACTER"),
        // Nobody knows where a structure of a region or of a house ends.
        ("&xLOCAL", "ISBT128_UNKNOWN_IDENTIFIER"),
    ] {
        assert_eq!(read(&format!("{DI}{other}")), Err(error), "{other}");
    }
}

#[test]
fn a_message_counts_what_is_no_udi() {
    assert!(read("=+02000=,000012=*019031").is_ok());
    assert_eq!(read("=+01000=,000012=*019031"), Err("ISBT128_COUNT"));
    assert_eq!(read("=+02000=,000012"), Err("ISBT128_COUNT"));
}

#[test]
fn the_order_of_the_label_is_kept() {
    let text = "=*019031=,000012&+A9999XYZ100=*019032=}019031";
    assert_eq!(
        others(&read(text).unwrap()),
        [("=*", "019031"), ("&+", "A9999XYZ100"), ("=*", "019032")]
    );
}

#[test]
fn an_expiry_can_be_a_month() {
    let code = read("=+04000=/A9997XYZ100T0479=A99991712345600=,000012=]202712").unwrap();
    assert_eq!(code.expiry().unwrap().date().to_string(), "2027-12");
    assert_eq!(
        code.structures().last().map(Isbt128Structure::number),
        Some("026")
    );
    for month in ["=]202713", "=]202700"] {
        assert_eq!(read(&format!("{DI}{month}")), Err("ISBT128_DATE"), "{month}");
    }
    assert_eq!(read("=>027032=]202712"), Err("ISBT128_REPEATED"));
}

#[test]
fn characters_of_facilities_flags_and_sets() {
    let processor = read("=/09999XYZ100T0944").unwrap();
    assert_eq!(processor.di(), Some("09999XYZ100T0944"));
    let donation = read("=W0000171234560A").unwrap().donation().unwrap();
    assert_eq!((donation.as_str(), donation.flags()), ("W000017123456", "0A"));
    assert_eq!(donation.check_holds(), None);
    for right in [
        "=W00001712345670",
        "=AB199171234560Y",
        "=)yTE123456A&)RZ12345678",
        "=)zTE1234567",
        "=%a100",
        "=%5100",
        "=<E0791VAa",
    ] {
        assert!(read(right).is_ok(), "{right}");
    }
    for (wrong, error) in [
        ("=09999171234560A", "ISBT128_CHARACTER"),
        ("=/O9999XYZ100T0944", "ISBT128_CHARACTER"),
        // The last two of a facility that collects are digits.
        ("=A9BB91712345600", "ISBT128_CHARACTER"),
        ("=A999B1712345600", "ISBT128_CHARACTER"),
        ("=W0000171234560I", "ISBT128_CHARACTER"),
        ("=W0000171234560Z", "ISBT128_CHARACTER"),
        ("=W0000171234560a", "ISBT128_LOWER_CASE"),
        ("=)aTE123456A", "ISBT128_LOWER_CASE"),
        ("=)1te123456A", "ISBT128_LOWER_CASE"),
        ("=%51a0", "ISBT128_LOWER_CASE"),
    ] {
        assert_eq!(read(wrong).map(drop), Err(error), "{wrong}");
    }
}

#[test]
fn people_are_shown_what_is_no_udi() {
    let text = format!("{DI}=,000012=*019031&,3ABCDEFGHIJKLMNOPQRS");
    let said = explain(
        &text,
        AskedForm::Auto,
        TODAY,
        &WedgeProfile::default(),
        Strictness::Lenient,
    );
    let fields = said
        .fields
        .iter()
        .map(|field| (field.mark.as_str(), field.name.as_str()));
    assert_eq!(
        fields.collect::<Vec<_>>(),
        [
            ("=/", "field-di"),
            ("=,", "field-serial"),
            ("=*", "field-other-isbt128"),
            ("&,3", "field-other-isbt128"),
        ]
    );
}
