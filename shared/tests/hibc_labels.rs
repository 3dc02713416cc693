//! What HIBC labels hold: several secondary fields in one code, many linear symbols in one text.

use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use sparhund_shared::carrier::hibc::{self, HibcCode, check_character};
use sparhund_shared::carrier::{CarrierWarning, Reading, WedgeProfile, identify};

const TODAY: Date = date(2026, 11, 22);

fn read(text: &str) -> Result<HibcCode<'_>, &'static str> {
    let code = hibc::parse(text, TODAY).map_err(|error| error.code())?;
    assert_eq!(code.to_string(), text, "written as it was read");
    Ok(code)
}

fn checked(body: &str) -> String {
    format!("{body}{}", check_character(body).expect("characters of HIBC"))
}

/// Device, lot, serial, expiry, production date, quantity; a dash for what is not there.
fn said(code: &HibcCode<'_>) -> String {
    let text = |value: Option<&str>| value.unwrap_or("-").to_owned();
    let day = |date: Option<hibc::HibcDate<'_>>| {
        let date = date.and_then(|date| date.date());
        date.map_or_else(|| "-".to_owned(), |date| date.to_string())
    };
    [
        text(code.primary().as_ref().map(hibc::HibcPrimary::di)),
        text(code.lot()),
        text(code.serial()),
        day(code.expiry()),
        day(code.made()),
        code.quantity()
            .map_or_else(|| "-".to_owned(), |count| count.to_string()),
    ]
    .join(" ")
}

#[test]
fn lot_and_serial_stand_in_one_code_each_with_its_mark() {
    for (body, expected) in [
        (
            "+A99912345/$$812710X3/$$+320090677DEFG45/16D20111212",
            "A99912345 10X3 77DEFG45 2020-09-06 2011-12-12 12",
        ),
        (
            "+A99912345/$$902345710X3/$$+320090677DEFG45/16D20111212",
            "A99912345 10X3 77DEFG45 2020-09-06 2011-12-12 2345",
        ),
        ("+A99912345/$10X3/$+77DEFG45", "A99912345 10X3 77DEFG45 - - -"),
        (
            "+A99912345/2015110X3/$+77DEFG45/Q7",
            "A99912345 10X3 77DEFG45 2020-05-30 - 7",
        ),
        ("+$10X3/$$+092077DEFG45A", "- 10X3 77DEFG45 2020-09 - -"),
    ] {
        let text = checked(body);
        assert_eq!(read(&text).as_ref().map(said).as_deref(), Ok(expected), "{text}");
    }
    assert_eq!(
        read("+A99912345/$$812710X3/$$+320090677DEFG45/16D20111212.").map(drop),
        Ok(())
    );
    for (body, error) in [
        // Two serials, two lots, or one behind what is no lot, are no label.
        ("+A99912345/$+77DEFG45/$+77DEFG45", "HIBC_FIELD"),
        ("+A99912345/$10X3/$10X3", "HIBC_FIELD"),
        ("+A99912345/$+77DEFG45/$10X3", "HIBC_FIELD"),
        ("+A99912345/16D20111212/$+77DEFG45", "HIBC_FIELD"),
        ("+A99912345/$10X3/16D20111212/$+77DEFG45", "HIBC_FIELD"),
        ("+A99912345/$$3200906A/$$+3200907B", "HIBC_REPEATED"),
        ("+A99912345/$10X3/$+77DEFG45/S77DEFG46", "HIBC_REPEATED"),
    ] {
        assert_eq!(read(&checked(body)).map(drop), Err(error), "{body}");
    }
}

#[test]
fn a_quantity_stands_before_the_date_of_a_serial_too() {
    for (body, expected) in [
        ("+A99912345/$$+824325123177", "A99912345 - 77 2025-12-31 - 24"),
        ("+A99912345/$$+900100773", "A99912345 - 73 - - 100"),
        ("+A99912345/$$+824SN5", "A99912345 - SN5 - - 24"),
        ("+$$+82409207A", "- - 7 2020-09 - 24"),
    ] {
        let text = checked(body);
        assert_eq!(read(&text).as_ref().map(said).as_deref(), Ok(expected), "{text}");
    }
    for (body, error) in [
        ("+A99912345/$$+8A4SN5", "HIBC_QUANTITY"),
        ("+A99912345/$$+9001", "HIBC_QUANTITY"),
        ("+A99912345/$$+824999", "HIBC_FIELD"),
        ("+A99912345/$$+824SN5/Q25", "HIBC_REPEATED"),
        ("+A99912345/$$+SN5", "HIBC_FIELD"),
    ] {
        assert_eq!(read(&checked(body)).map(drop), Err(error), "{body}");
    }
}

#[test]
fn as_many_linear_symbols_as_there_are_kinds_come_apart() {
    let text = "+A999123457+$10X37 +16D201112127Z+14D202009067%+S7774+Q127Y";
    assert_eq!(
        said(&read(text).unwrap()),
        "A99912345 10X3 77 2020-09-06 2011-12-12 12"
    );
    // One symbol more than there are kinds.
    let sixth = format!("{text}{}", checked("+Q127"));
    assert!(read(&sixth).is_err());
}

/// Symbols that could end at every turn, none of which is whole: whoever tries all ways is busy for long.
#[test]
fn a_text_that_can_be_cut_in_many_ways_ends_soon() {
    let mut bodies = Vec::new();
    for symbol in ["+Q1", "+S1", "+S", "+$+S", "+$S/$+S", "+16D20201212"] {
        for link in ['+', '/', '$', '0'] {
            bodies.push(checked(&format!("{symbol}{link}")));
        }
    }
    // Blocks whose values add up to nothing in modulo 43, so that a check character that holds once holds at every turn.
    for block in ["/$+S", "+S/$", "+$+S", "/$$+7S", "+Q1/$"] {
        let fill = check_character(&format!("{block}0")).expect("characters of HIBC");
        let rest = (0..43).map(|at| "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%".as_bytes()[at]);
        let closing = rest
            .map(char::from)
            .find(|c| check_character(&format!("{block}{c}")) == Some('0'));
        bodies.push(format!("{block}{fill}"));
        bodies.extend(closing.map(|c| format!("{block}{c}")));
    }
    for body in bodies {
        for head in ["", "+", "+$", "+A123457", "+A999123457"] {
            let text: String = head
                .chars()
                .chain(body.chars().cycle())
                .take(hibc::MOST_BYTES)
                .collect();
            let start = Instant::now();
            for end in [text.len(), text.len() - 1, text.len() - 2] {
                let _ = hibc::candidates(&text[..end], TODAY);
                let _ = hibc::parse_lenient(&text[..end], TODAY);
            }
            let took = start.elapsed();
            assert!(took < Duration::from_millis(500), "{text} took {took:?}");
        }
    }
}

/// Lots of all ways to read a scan, each under the warning of a wrong check character.
fn lenient_lots(raw: &str) -> Vec<String> {
    let read = identify(raw.as_bytes(), TODAY, &WedgeProfile::default());
    let read = read.unwrap_or_else(|error| panic!("{raw}: {error}"));
    let candidates = read.candidates.into_iter();
    candidates
        .map(|candidate| {
            assert!(candidate.is_lenient(), "{raw}");
            let codes: Vec<_> = candidate.warnings.iter().map(CarrierWarning::code).collect();
            assert!(codes.contains(&"HIBC_CHECK_CHARACTER"), "{raw}: {codes:?}");
            let Reading::Item(item) = candidate.reading else {
                panic!("{raw}: {:?}", candidate.reading)
            };
            let lot = item.production.lot;
            lot.map_or_else(|| "-".to_owned(), |lot| lot.as_str().to_owned())
        })
        .collect()
}

#[test]
fn a_label_printed_without_its_check_character_is_offered_whole_too() {
    for (raw, lots) in [
        // What stands last is the end of the lot, or a check character that is wrong.
        ("+A99912345/$$52001510X3", vec!["10X", "10X3"]),
        ("]d1+A99912345/$10X3", vec!["10X", "10X3"]),
        ("+A99912345/+$10X3", vec!["10X", "10X3"]),
        ("*+A99912345/$10X3*", vec!["10X", "10X3"]),
        // It can be nothing but a check character.
        ("+A99912345/$10X3/16D202001150", vec!["10X3"]),
        ("+A99912345/$10X3$", vec!["10X3"]),
        ("*+A99912345/$10X3_*", vec!["10X3"]),
        ("+A99912345/$ABCDEFGHIJKLMNOPQR0", vec!["ABCDEFGHIJKLMNOPQR"]),
    ] {
        assert_eq!(lenient_lots(raw), lots, "{raw}");
    }
    // One in 43 lots ends in what would be the check character: nobody can tell.
    let right = checked("+A99912345/$10X");
    let read = identify(right.as_bytes(), TODAY, &WedgeProfile::default()).unwrap();
    assert_eq!(read.candidates.len(), 1);
    assert!(!read.candidates[0].is_lenient());
    // In a linear symbol a wrong check character is a misread.
    let linear = identify(b"]C0+A99912345/$10X3", TODAY, &WedgeProfile::default());
    assert_eq!(
        linear.map_err(|error| error.code()).map(drop),
        Err("HIBC_CHECK_CHARACTER")
    );
}
