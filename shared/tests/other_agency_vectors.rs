//! The strict parsers of HIBC, ISBT 128 and IFA against strings that other readers and the standards themselves publish.
//!
//! The vectors lie beside the repository. Every row of these systems is run as it stands.

use std::io::Write as _;
use std::path::Path;

use jiff::civil::{Date, date};
use serde_json::{Map, Value, json};
use sparhund_shared::carrier::hibc::{self, HibcCode, HibcFlaw, HibcReading};
use sparhund_shared::carrier::ifa::{self, IfaCode};
use sparhund_shared::carrier::isbt128::{self, Isbt128Code, Isbt128Structure};

const TODAY: Date = date(2026, 11, 22);

/// Rows that we hold to be faults of the vectors: id and reason.
const FAULTS_OF_VECTORS: [(&str, &str); 0] = [];

/// Values by the names of the vectors, or the code of the error.
type Answer = Result<Map<String, Value>, &'static str>;

fn put(map: &mut Map<String, Value>, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        map.insert(key.into(), value.into());
    }
}

fn hibc_values(code: &HibcCode<'_>) -> Map<String, Value> {
    let mut map = Map::new();
    if let Some(primary) = code.primary() {
        put(&mut map, "lic", Some(primary.labeler()));
        put(&mut map, "pcn", Some(primary.product()));
        put(&mut map, "uom", Some(primary.unit_of_measure()));
        put(&mut map, "di", Some(primary.di()));
    }
    put(&mut map, "check", code.check().map(String::from));
    put(&mut map, "link", code.link().map(String::from));
    put(&mut map, "lot", code.lot());
    put(&mut map, "serial", code.serial());
    let expiry = code.expiry().map(|date| {
        let hour = date.hour().map(|hour| format!("T{hour:02}")).unwrap_or_default();
        date.date().map(|date| date.to_string()).unwrap_or_default() + &hour
    });
    put(&mut map, "expiry", expiry);
    put(
        &mut map,
        "mfg",
        code.made()
            .and_then(|made| made.date())
            .map(|date| date.to_string()),
    );
    put(&mut map, "quantity", code.quantity());
    map
}

fn isbt_values(code: &Isbt128Code<'_>) -> Map<String, Value> {
    let mut map = Map::new();
    let message = code.message().map(|_| "023");
    let structures = message
        .into_iter()
        .chain(code.structures().iter().map(Isbt128Structure::number));
    put(
        &mut map,
        "structures",
        Some(structures.map(Value::from).collect::<Vec<_>>()),
    );
    put(
        &mut map,
        "message",
        code.message()
            .map(|head| json!({ "count": head.count, "sequence": head.sequence })),
    );
    put(&mut map, "di", code.di());
    if let Some(di) = code.device() {
        put(&mut map, "fin_processor", Some(di.processor()));
        put(&mut map, "fpc", Some(di.facility_product()));
        put(&mut map, "pdc", Some(di.description()));
    }
    if let Some(din) = code.donation() {
        put(&mut map, "din", Some(din.as_str()));
        put(&mut map, "flags", Some(din.flags()));
        put(&mut map, "din_checksum_ok", din.check_holds());
    }
    put(&mut map, "serial", code.serial());
    put(&mut map, "lot", code.lot());
    let expiry = code.expiry().map(|date| {
        let time = date
            .time()
            .map(|time| format!("T{:02}:{:02}", time.hour(), time.minute()));
        date.date().to_string() + &time.unwrap_or_default()
    });
    put(&mut map, "expiry", expiry);
    put(&mut map, "mfg", code.made().map(|made| made.date().to_string()));
    map
}

fn ifa_values(code: &IfaCode<'_>) -> Map<String, Value> {
    let mut map = Map::new();
    put(&mut map, "di", code.device());
    put(&mut map, "pzn", code.pzn());
    put(&mut map, "mudi", code.master_di());
    put(
        &mut map,
        "gtin",
        code.article_number().map(|gtin| gtin.to_string()),
    );
    put(&mut map, "lot", code.lot());
    put(&mut map, "serial", code.serial());
    put(&mut map, "expiry", code.expiry().map(|date| date.to_string()));
    put(&mut map, "mfg", code.made().map(|date| date.to_string()));
    put(&mut map, "quantity", code.quantity());
    put(
        &mut map,
        "other",
        code.web_address().map(|address| json!({ "33L": address })),
    );
    map
}

/// What the strict parser says; a read code must also come out of its own rendering unchanged.
fn strict(system: &str, input: &str) -> Option<Answer> {
    Some(match system {
        "hibc" => hibc::parse(input, TODAY)
            .map_err(|error| error.code())
            .map(|code| {
                assert_eq!(
                    hibc::parse(&code.to_string(), TODAY).as_ref(),
                    Ok(&code),
                    "{input}"
                );
                hibc_values(&code)
            }),
        "hibc-check" => {
            let (body, check) = input.split_at(input.len() - 1);
            let computed = hibc::check_character(body).ok_or("HIBC_CHARACTER");
            computed.and_then(|computed| {
                let mut map = Map::new();
                put(&mut map, "check", Some(String::from(computed)));
                if check.starts_with(computed) {
                    Ok(map)
                } else {
                    Err("HIBC_CHECK_CHARACTER")
                }
            })
        }
        "isbt128" => isbt128::parse(input, TODAY)
            .map_err(|error| error.code())
            .map(|code| {
                assert_eq!(
                    isbt128::parse(&code.to_string(), TODAY).as_ref(),
                    Ok(&code),
                    "{input}"
                );
                isbt_values(&code)
            }),
        "ifa" => ifa::parse(input, TODAY)
            .map_err(|error| error.code())
            .map(|code| {
                assert_eq!(
                    ifa::parse(&code.to_string(), TODAY).as_ref(),
                    Ok(&code),
                    "{input}"
                );
                ifa_values(&code)
            }),
        "ifa-ppn-check" => ifa::check_code(input).map(|_| Map::new()).map_err(|_| "IFA_CODE"),
        _ => return None,
    })
}

/// Whether all wanted values are there and right; with `whole` also that there are no others.
fn holds(wanted: &Value, found: &Map<String, Value>, whole: bool) -> bool {
    let Some(wanted) = wanted.as_object() else {
        return true;
    };
    // Whether a donation number's check holds is told in `expect` where the flags carry one.
    let others = |key: &str| key != "din_checksum_ok" && !wanted.contains_key(key);
    wanted.iter().all(|(key, value)| found.get(key) == Some(value))
        && !(whole && found.keys().any(|key| others(key)))
}

fn agrees(row: &Value, answer: &Answer) -> bool {
    match answer {
        Ok(found) => {
            row["ok"] == true && holds(&row["expect"], found, false) && holds(&row["full"], found, true)
        }
        Err(_) => row["ok"] == false,
    }
}

fn rows() -> Option<Vec<Value>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors/udi-other.jsonl");
    let Ok(text) = std::fs::read_to_string(file) else {
        // Straight to the terminal: what a passing test prints is not shown.
        let _ = writeln!(std::io::stderr(), "skipped: ../shared is absent");
        return None;
    };
    let row = |line: &str| serde_json::from_str(line).expect("a JSON row");
    Some(text.lines().map(row).collect())
}

#[test]
fn every_row_as_it_stands() {
    let Some(rows) = rows() else { return };
    let (mut agreed, mut run) = (0, 0);
    let mut disagreements = Vec::new();
    for row in &rows {
        let text = |key: &str| row[key].as_str().unwrap_or_default();
        let Some(answer) = strict(text("system"), text("input")) else {
            continue;
        };
        run += 1;
        if agrees(row, &answer) {
            agreed += 1;
        } else if let Some((id, why)) = FAULTS_OF_VECTORS.iter().find(|(id, _)| *id == text("id")) {
            let _ = writeln!(std::io::stderr(), "fault of the vector {id}: {why}");
        } else {
            disagreements.push(format!("{row}\n  ours {answer:?}"));
        }
    }
    let _ = writeln!(std::io::stderr(), "udi-other.jsonl: agree {agreed} of {run}");
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
    assert!(
        run >= 150,
        "too few rows were run for this test to mean something: {run}"
    );
}

#[test]
fn rows_that_only_a_lenient_reader_takes() {
    let Some(rows) = rows() else { return };
    let mut read = 0;
    for row in rows.iter().filter(|row| row["lenient_expect"].is_object()) {
        let input = row["input"].as_str().unwrap_or_default();
        let HibcReading::Lenient(lenient) = hibc::parse_lenient(input, TODAY).expect(input) else {
            panic!("{input} is strict")
        };
        let mut wanted = row["lenient_expect"].clone();
        // The check character on the label, which is the wrong one.
        let on_label = input.chars().last().map(String::from);
        assert_eq!(lenient.code.check().map(String::from), on_label, "{input}");
        wanted.as_object_mut().expect("an object").remove("check");
        assert!(holds(&wanted, &hibc_values(&lenient.code), false), "{row}");
        assert!(
            lenient
                .flaws
                .iter()
                .any(|flaw| matches!(flaw, HibcFlaw::CheckCharacter { .. })),
            "{row}"
        );
        read += 1;
    }
    assert!(read >= 4, "{read} rows");
}
