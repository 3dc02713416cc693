//! How many GTIN + expiry + lot + serial strings a second, all checks, on one thread.
//!
//! Run with `cargo bench -p sparhund-shared --bench parse`. Best of many short rounds; on a busy machine only the best means
//! something, and only beside another figure from the same run.

use std::hint::black_box;
use std::time::Instant;

use jiff::civil::date;
use sparhund_shared::carrier::gs1::{BlankDates, parse, render};
use sparhund_shared::carrier::{Symbology, WedgeProfile, identify};
use sparhund_shared::identity::check_digit;

const STRINGS: u64 = 1024;
// Short enough to fit between two interruptions on a busy machine.
const ROUNDS: usize = 5;
const REPEATS: usize = 300;

/// A Data Matrix string as scanned, about 50 bytes, different for each number.
fn label(number: u64) -> String {
    let body = format!("0735{:09}", number * 7919);
    let gtin = format!("{body}{}", check_digit(body.as_bytes()).unwrap_or(0));
    let expiry = format!("{:02}{:02}{:02}", 27 + number % 8, 1 + number % 12, number % 29);
    let lot = format!(
        "L{:05}{}",
        number * 37,
        "ABCDE".get(..(number % 5) as usize).unwrap_or("")
    );
    let serial = format!("SN{:07}", number * 104_729 % 10_000_000);
    let ais = ["01", "17", "10", "21"];
    let values = [&gtin, &expiry, &lot, &serial];
    let known = parse("011231231231233317270101100\u{1d}210", BlankDates::Refused).expect("a valid string");
    let identifiers = known
        .as_slice()
        .iter()
        .map(sparhund_shared::carrier::gs1::Element::ai);
    assert!(
        identifiers.clone().map(|ai| ai.to_string()).eq(ais),
        "the template has the four identifiers"
    );
    format!(
        "]d2{}",
        render(identifiers.zip(values).map(|(ai, value)| (ai, value.as_str())))
    )
}

fn best(name: &str, labels: &[String], mut one: impl FnMut(&[u8])) {
    let mut fastest = f64::MAX;
    for _ in 0..REPEATS {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            for label in labels {
                one(black_box(label.as_bytes()));
            }
        }
        fastest = fastest.min(start.elapsed().as_secs_f64());
    }
    #[expect(clippy::cast_precision_loss, reason = "a count far below 2^52")]
    let parses = (ROUNDS * labels.len()) as f64;
    println!(
        "{name}: {:.2} million/s, {:.0} ns each",
        parses / fastest / 1e6,
        fastest / parses * 1e9
    );
}

fn main() {
    let labels: Vec<String> = (0..STRINGS).map(label).collect();
    let bytes: usize = labels.iter().map(String::len).sum();
    println!(
        "{} strings, {} bytes on average, best of {REPEATS}",
        labels.len(),
        bytes / labels.len()
    );
    best("parse, all checks", &labels, |raw| {
        let (_, data) = Symbology::split(raw);
        let text = std::str::from_utf8(data).expect("a text");
        let elements = parse(text, BlankDates::Refused).expect("a valid string");
        elements.check_together().expect("no contradiction");
        assert!(black_box(&elements).missing_association().is_none());
    });
    let today = date(2026, 11, 22);
    best("identify, bytes to types", &labels, |raw| {
        let identified = identify(raw, today, &WedgeProfile::default()).expect("a valid string");
        assert_eq!(black_box(&identified).candidates.len(), 1);
    });
}
