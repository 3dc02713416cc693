//! Laws of the HIBC, ISBT 128 and IFA parsers, for every code and for every text.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use sparhund_shared::carrier::hibc::{self, check_character};
use sparhund_shared::carrier::{WedgeProfile, identify, ifa, isbt128};

const TODAY: Date = date(2026, 11, 22);

fn text(pattern: &str) -> BoxedStrategy<String> {
    prop::string::string_regex(pattern)
        .expect("a regular expression")
        .boxed()
}

fn hibc_date() -> impl Strategy<Value = String> {
    (0u8..=7, 1u8..=12, 1u8..=28, 0u8..100, 1u16..=365, 0u8..24).prop_map(
        |(form, month, day, year, day_of_year, hour)| match form {
            0 | 1 => format!("{month:02}{year:02}"),
            2 => format!("2{month:02}{day:02}{year:02}"),
            3 => format!("3{year:02}{month:02}{day:02}"),
            4 => format!("4{year:02}{month:02}{day:02}{hour:02}"),
            5 => format!("5{year:02}{day_of_year:03}"),
            6 => format!("6{year:02}{day_of_year:03}{hour:02}"),
            _ => "7".into(),
        },
    )
}

fn value() -> BoxedStrategy<String> {
    text("[A-Z0-9.-]{0,18}")
}

/// The field with lot or serial that stands first.
fn first_field() -> impl Strategy<Value = String> {
    let quantity = prop_oneof![Just(String::new()), text("8[0-9]{2}"), text("9[0-9]{5}")];
    prop_oneof![
        value().prop_map(|lot| format!("${lot}")),
        value().prop_map(|serial| format!("$+{serial}")),
        (quantity, hibc_date(), value()).prop_map(|(quantity, date, lot)| format!("$${quantity}{date}{lot}")),
        (hibc_date(), value()).prop_map(|(date, serial)| format!("$$+{date}{serial}")),
        (0u8..100, 1u16..=365, value()).prop_map(|(year, day, lot)| format!("{year:02}{day:03}{lot}")),
    ]
}

/// Serial goes with a lot only, and quantity after `/Q` with none after `$$`.
fn fields() -> impl Strategy<Value = String> {
    let made = prop::option::of((1u8..=12, 1u8..=28).prop_map(|(m, d)| format!("/16D2025{m:02}{d:02}")));
    (first_field(), made).prop_map(|(first, made)| first + &made.unwrap_or_default())
}

fn primary() -> BoxedStrategy<String> {
    text("[A-PRT-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]")
}

fn with_check(body: &str) -> String {
    format!("{body}{}", check_character(body).expect("characters of the set"))
}

fn hibc_code() -> impl Strategy<Value = String> {
    prop_oneof![
        primary().prop_map(|di| with_check(&format!("+{di}"))),
        (primary(), fields()).prop_map(|(di, fields)| with_check(&format!("+{di}/{fields}"))),
        (fields(), text("[0-9A-Z. $/+%-]"))
            .prop_map(|(fields, link)| with_check(&format!("+{fields}{link}"))),
    ]
}

fn isbt_code() -> impl Strategy<Value = String> {
    let date = (0u16..100, 1u16..=365).prop_map(|(year, day)| format!("0{year:02}{day:03}"));
    let expiry = prop_oneof![
        date.clone().prop_map(|date| format!("=>{date}")),
        (date.clone(), 0u8..24, 0u8..60).prop_map(|(date, h, m)| format!("&>{date}{h:02}{m:02}")),
    ];
    let any = |one: BoxedStrategy<String>| prop::option::of(one);
    let all = (
        any(text("=/[A-NP-Z1-9][A-NP-Z0-9]{4}[A-Z0-9]{11}")),
        any(text("=[A-NP-Z1-9][A-NP-Z0-9]{4}[0-9]{10}")),
        any(text("=,[A-Z0-9]{6}")),
        any(expiry.boxed()),
        any(date.prop_map(|date| format!("=}}{date}")).boxed()),
        any(text("&,1[A-Z0-9]{18}")),
        any(text("=\\)[A-Z0-9]{10}")),
        any(text("&\\)[A-Z0-9]{10}")),
        any(text("=<[A-Z0-9]{8}")),
        any(text("&,4[A-Z0-9]{40}")),
    );
    let structures = all
        .prop_map(|(a, b, c, d, e, f, g, h, i, j)| {
            [a, b, c, d, e, f, g, h, i, j]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
        })
        .prop_filter("at least one", |structures| !structures.is_empty())
        .prop_shuffle();
    (structures, prop::option::of(0u16..1000)).prop_map(|(structures, sequence)| {
        let head = sequence.map(|sequence| format!("=+{:02}{sequence:03}", structures.len()));
        head.unwrap_or_default() + &structures.concat()
    })
}

fn ifa_check(body: &str) -> String {
    let sum = body
        .bytes()
        .zip(2u32..)
        .map(|(byte, weight)| u32::from(byte) * weight)
        .sum::<u32>();
    format!("{body}{:02}", sum % 97)
}

fn ifa_code() -> impl Strategy<Value = String> {
    let device = prop_oneof![text("11[0-9]{8}"), text("13[0-9]{5}[A-Z0-9.-]{1,18}[0-8]")];
    let master = text("MA[0-9]{5}[A-Z0-9.-]{1,19}");
    let day = |year: &'static str| (1u8..=12, 0u8..=28).prop_map(move |(m, d)| format!("{year}{m:02}{d:02}"));
    let any = |mark: &'static str, one: BoxedStrategy<String>| {
        prop::option::of(one.prop_map(move |value| (mark, value)))
    };
    let all = (
        any("9N", device.prop_map(|body| ifa_check(&body)).boxed()),
        any("9N", master.prop_map(|body| ifa_check(&body)).boxed()),
        any("1T", text("[A-Za-z0-9_-]{1,20}")),
        any("S", text("[A-Za-z0-9_-]{1,20}")),
        any("D", day("27").boxed()),
        any("16D", day("2025").boxed()),
        any("Q", text("[0-9]{1,8}")),
        any("27Q", text("[0-9A-Z.]{1,20}")),
        any("33L", text("https://[a-z.]{1,30}/[A-Za-z0-9?=&%_-]{0,60}")),
    );
    let fields = all
        .prop_map(|(a, b, c, d, e, f, g, h, i)| {
            [a, b, c, d, e, f, g, h, i]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
        })
        .prop_filter("at least one", |fields| !fields.is_empty())
        .prop_shuffle();
    (fields, 0..3u8).prop_map(|(fields, form)| {
        let parts = |open: &str, close: &str| {
            let one = |(mark, value): &(&str, String)| format!("{open}{mark}{close}{value}");
            fields.iter().map(one).collect::<Vec<_>>()
        };
        match form {
            0 => format!("[)>\u{1e}06\u{1d}{}\u{1e}\u{4}", parts("", "").join("\u{1d}")),
            1 => format!(".{}", parts("", "").join("^")),
            _ => parts("(", ")").concat(),
        }
    })
}

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
