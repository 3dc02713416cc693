//! Laws of the HIBC, ISBT 128 and IFA parsers, for every code and for every text.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use sparhund_shared::carrier::hibc;
use sparhund_shared::carrier::{WedgeProfile, identify, ifa, isbt128};

mod generators;

use generators::other::{fields, hibc_code, ifa_code, isbt_code, primary, text, value, with_check};

const TODAY: Date = date(2026, 11, 22);

proptest! {
    #[test]
    fn hibc_is_written_as_it_was_read(code in hibc_code()) {
        let read = hibc::parse(&code, TODAY);
        let read = read.map_err(|error| TestCaseError::fail(format!("{code}: {error}")))?;
        let written = read.to_string();
        prop_assert_eq!(&written, &code);
        prop_assert_eq!(hibc::parse(&written, TODAY), Ok(read.clone()));
        let printed = format!("*{}*", code.strip_suffix(' ').map_or(code.clone(), |body| format!("{body}_")));
        prop_assert_eq!(hibc::parse(&printed, TODAY), Ok(read));
    }

    #[test]
    fn hibc_symbols_that_ran_together_come_apart(di in primary(), fields in fields()) {
        let first = with_check(&format!("+{di}"));
        let link = first.chars().last().expect("a check character");
        let second = with_check(&format!("+{fields}{link}"));
        match hibc::parse(&format!("{first}{second}"), TODAY) {
            Ok(read) => {
                prop_assert_eq!(read.primary().map(|primary| primary.di()), Some(di.as_str()));
                prop_assert_eq!(read.to_string(), format!("{first}{second}"));
                let alone = hibc::parse(&second, TODAY).expect("the second alone");
                prop_assert_eq!(alone.link(), Some(link));
                prop_assert_eq!((alone.lot(), alone.serial()), (read.lot(), read.serial()));
            }
            // Refused rather than guessed.
            Err(error) => prop_assert_eq!(error.code(), "HIBC_AMBIGUOUS"),
        }
    }

    #[test]
    fn one_changed_character_of_hibc_is_refused(
        di in primary(), lot in value(), at in 1usize..200, to in text("[A-Z0-9]"),
    ) {
        let code = with_check(&format!("+{di}/${lot}"));
        let at = at % (code.len() - 1) + 1;
        let damaged = format!("{}{to}{}", &code[..at], &code[at + 1..]);
        prop_assert_eq!(hibc::parse(&damaged, TODAY).is_ok(), damaged == code, "{}", damaged);
    }

    #[test]
    fn isbt128_is_written_as_it_was_read(code in isbt_code()) {
        let read = isbt128::parse(&code, TODAY);
        let read = read.map_err(|error| TestCaseError::fail(format!("{code}: {error}")))?;
        let written = read.to_string();
        prop_assert_eq!(&written, &code);
        prop_assert_eq!(isbt128::parse(&written, TODAY), Ok(read.clone()));
    }

    #[test]
    fn ifa_is_written_as_it_was_read(code in ifa_code()) {
        let read = ifa::parse(&code, TODAY);
        let read = read.map_err(|error| TestCaseError::fail(format!("{code}: {error}")))?;
        let written = read.to_string();
        prop_assert_eq!(&written, &code);
        prop_assert_eq!(ifa::parse(&written, TODAY), Ok(read.clone()));
    }

    #[test]
    fn no_text_makes_a_parser_panic(body in "\\PC{0,400}", head in "(\\](zB|A0|Q0))?([+*=&.(]|\\+\\$\\$|=\\+|\\.9N|\\(9N\\)|\\[\\)>\u{1e}06\u{1d})?") {
        every_parser(&format!("{head}{body}"));
    }

    #[test]
    fn no_text_of_their_own_characters_makes_a_parser_panic(body in "[-+=&,>)}<%$/0-9A-Z .^*(\u{1d}\u{1e}\u{4}]{0,2000}") {
        every_parser(&body);
        every_parser(&format!("+A123{body}"));
    }

    #[test]
    fn damaged_codes_make_no_parser_panic(code in prop_oneof![hibc_code(), isbt_code(), ifa_code()], at in 0usize..200, to in any::<char>()) {
        let mut damaged: Vec<char> = code.chars().collect();
        let at = at % damaged.len();
        damaged[at] = to;
        every_parser(&damaged.iter().collect::<String>());
        damaged.remove(at);
        every_parser(&damaged.iter().collect::<String>());
    }
}

fn every_parser(text: &str) {
    let _ = hibc::parse(text, TODAY).map(|code| code.to_string());
    let _ = hibc::parse_lenient(text, TODAY);
    let _ = isbt128::parse(text, TODAY).map(|code| code.to_string());
    let _ = ifa::parse(text, TODAY).map(|code| code.to_string());
    let _ = identify(text.as_bytes(), TODAY, &WedgeProfile::default());
}

#[test]
fn a_megabyte_of_one_character_is_refused_by_its_length() {
    for character in [
        '+', '=', '&', '$', '/', '(', '.', '^', 'A', '0', ' ', '\u{1d}', 'é',
    ] {
        let text: String = core::iter::repeat_n(character, 1 << 20).collect();
        for head in ["", "+", "+A", "=/", ".9N", "[)>\u{1e}06\u{1d}"] {
            let text = format!("{head}{text}");
            let codes = [
                hibc::parse(&text, TODAY).map(drop).map_err(|error| error.code()),
                isbt128::parse(&text, TODAY)
                    .map(drop)
                    .map_err(|error| error.code()),
                ifa::parse(&text, TODAY).map(drop).map_err(|error| error.code()),
            ];
            assert_eq!(
                codes,
                [Err("HIBC_TOO_LONG"), Err("ISBT128_TOO_LONG"), Err("IFA_TOO_LONG")]
            );
        }
    }
}

#[test]
fn the_longest_texts_that_are_read_end_soon() {
    for character in "+=&$/(.^A01 -SQ".chars() {
        let text: String = core::iter::repeat_n(character, hibc::MOST_BYTES - 8).collect();
        for head in ["", "+", "+A", "+$", "+A1234+", "+S"] {
            every_parser(&format!("{head}{text}"));
        }
    }
}
