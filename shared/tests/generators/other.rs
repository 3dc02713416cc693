//! Codes of HIBC, ISBT 128 and IFA.

use proptest::prelude::*;
use sparhund_shared::carrier::hibc::check_character;

pub fn text(pattern: &str) -> BoxedStrategy<String> {
    prop::string::string_regex(pattern)
        .expect("a regular expression")
        .boxed()
}

pub fn hibc_date() -> impl Strategy<Value = String> {
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

pub fn value() -> BoxedStrategy<String> {
    text("[A-Z0-9.-]{0,18}")
}

pub fn hibc_quantity() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), text("8[0-9]{2}"), text("9[0-9]{5}")]
}

pub fn dated_serial() -> impl Strategy<Value = String> {
    (hibc_quantity(), hibc_date(), value())
        .prop_map(|(quantity, date, serial)| format!("$$+{quantity}{date}{serial}"))
}

/// The field with lot or serial that stands first.
pub fn first_field() -> impl Strategy<Value = String> {
    prop_oneof![
        value().prop_map(|lot| format!("${lot}")),
        value().prop_map(|serial| format!("$+{serial}")),
        (hibc_quantity(), hibc_date(), value())
            .prop_map(|(quantity, date, lot)| format!("$${quantity}{date}{lot}")),
        dated_serial(),
        (0u8..100, 1u16..=365, value()).prop_map(|(year, day, lot)| format!("{year:02}{day:03}{lot}")),
    ]
}

/// Quantity after `/Q` goes with none after `$$`.
pub fn fields() -> impl Strategy<Value = String> {
    let serial = value().prop_map(|serial| format!("/$+{serial}"));
    let first = prop_oneof![
        3 => first_field(),
        1 => (value(), prop_oneof![serial, dated_serial().prop_map(|serial| format!("/{serial}"))])
            .prop_map(|(lot, serial)| format!("${lot}{serial}")),
    ];
    let made = prop::option::of((1u8..=12, 1u8..=28).prop_map(|(m, d)| format!("/16D2025{m:02}{d:02}")));
    (first, made).prop_map(|(first, made)| first + &made.unwrap_or_default())
}

pub fn primary() -> BoxedStrategy<String> {
    text("[A-PRT-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]")
}

pub fn with_check(body: &str) -> String {
    format!("{body}{}", check_character(body).expect("characters of the set"))
}

pub fn hibc_code() -> impl Strategy<Value = String> {
    prop_oneof![
        primary().prop_map(|di| with_check(&format!("+{di}"))),
        (primary(), fields()).prop_map(|(di, fields)| with_check(&format!("+{di}/{fields}"))),
        (fields(), text("[0-9A-Z. $/+%-]"))
            .prop_map(|(fields, link)| with_check(&format!("+{fields}{link}"))),
    ]
}

/// What is part of no UDI.
pub fn isbt_other() -> impl Strategy<Value = String> {
    prop_oneof![
        text("=\\*0[0-9]{5}"),
        text("&,3[A-Z0-9]{19}"),
        text("&\\+[A-Z0-9]{11}"),
        text("&\\$01[0-9]{14}"),
        text("&#[0-9]{2}03[A-Z]{3}"),
    ]
}

pub fn isbt_code() -> impl Strategy<Value = String> {
    let date = (0u16..100, 1u16..=365).prop_map(|(year, day)| format!("0{year:02}{day:03}"));
    let expiry = prop_oneof![
        date.clone().prop_map(|date| format!("=>{date}")),
        (date.clone(), 0u8..24, 0u8..60).prop_map(|(date, h, m)| format!("&>{date}{h:02}{m:02}")),
        (1u8..=12).prop_map(|month| format!("=]2027{month:02}")),
    ];
    let any = |one: BoxedStrategy<String>| prop::option::of(one);
    let all = (
        any(text("=/[A-NP-Z0-9]{5}[A-Z0-9]{11}")),
        any(text("=[A-NP-Z1-9][A-NP-Z0-9]{2}[0-9]{10}[0-9A-HJ-NPR-Y]{2}")),
        any(text("=,[A-Z0-9]{6}")),
        any(expiry.boxed()),
        any(date.prop_map(|date| format!("=}}{date}")).boxed()),
        any(text("&,1[A-Z0-9]{18}")),
        any(text("=\\)[A-Z0-9yz][A-Z0-9]{9}")),
        any(text("&\\)[A-Z0-9]{10}")),
        any(text("=<[A-Z0-9]{8}")),
        any(text("&,4[A-Z0-9]{40}")),
    );
    let others = prop::collection::vec(isbt_other(), 0..3);
    let structures = (all, others)
        .prop_map(|((a, b, c, d, e, f, g, h, i, j), others)| {
            [a, b, c, d, e, f, g, h, i, j]
                .into_iter()
                .flatten()
                .chain(others)
                .collect::<Vec<_>>()
        })
        .prop_filter("at least one", |structures| !structures.is_empty())
        .prop_shuffle();
    (structures, prop::option::of(0u16..1000)).prop_map(|(structures, sequence)| {
        let head = sequence.map(|sequence| format!("=+{:02}{sequence:03}", structures.len()));
        head.unwrap_or_default() + &structures.concat()
    })
}

pub fn ifa_check(body: &str) -> String {
    let sum = body
        .bytes()
        .zip(2u32..)
        .map(|(byte, weight)| u32::from(byte) * weight)
        .sum::<u32>();
    format!("{body}{:02}", sum % 97)
}

pub fn ifa_code() -> impl Strategy<Value = String> {
    let device = prop_oneof![
        text("11[0-9]{8}"),
        text("13[A-Z0-9]{5}[A-Z0-9.-]{1,18}[0-8]"),
        text("13[A-Z0-9]{5}[A-Z0-9.-]{1,17}[A-Z.-]"),
    ];
    let master = text("MA[A-Z0-9]{5}[A-Z0-9.-]{1,19}");
    let day = |year: &'static str| (1u8..=12, 0u8..=28).prop_map(move |(m, d)| format!("{year}{m:02}{d:02}"));
    let any = |mark: &'static str, one: BoxedStrategy<String>| {
        prop::option::of(one.prop_map(move |value| (mark, value)))
    };
    let all = (
        any("9N", device.prop_map(|body| ifa_check(&body)).boxed()),
        any("9N", master.prop_map(|body| ifa_check(&body)).boxed()),
        // Without the brackets, which open a mark where the code is printed.
        any("1T", text("[A-Za-z0-9_!\"%&'*+,./:;<=>?-]{1,20}")),
        any("S", text("[A-Za-z0-9_!\"%&'*+,./:;<=>?-]{1,20}")),
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
