//! Rows of the other issuing entities: HIBC, ISBT 128 and IFA, strings that other readers and the standards publish.

use jiff::civil::{Date, date};
use serde_json::{Map, Value, json};
use sparhund_shared::carrier::hibc::{self, HibcCode, HibcReading};
use sparhund_shared::carrier::ifa::{self, IfaCode};
use sparhund_shared::carrier::isbt128::{self, Isbt128Code, Isbt128Structure};
use sparhund_shared::carrier::{AimIdentifier, HostLayout, Keys, WedgeProfile};

use super::row::{Outcome, text};

const TODAY: Date = date(2026, 11, 22);

/// Runs a row; `None` for rows of another kind.
pub fn run(row: &Value) -> Option<Outcome> {
    let (system, input) = (text(row, "system"), text(row, "input"));
    let answer = strict(system, input)?;
    let read_leniently = row["lenient_expect"].is_null() || lenient(row, input);
    Some(if agrees(row, &answer) && read_leniently {
        Outcome::Agrees
    } else {
        Outcome::Disagrees(format!("{answer:?}"))
    })
}

/// Whether the lenient reader takes the row as it wants to be taken, the wrong check character told.
fn lenient(row: &Value, input: &str) -> bool {
    let Ok(HibcReading::Lenient(lenient)) = hibc::parse_lenient(input, TODAY) else {
        return false;
    };
    let mut wanted = row["lenient_expect"].clone();
    if let Some(wanted) = wanted.as_object_mut() {
        // The check character on the label, which is the wrong one.
        wanted.remove("check");
    }
    let told = lenient
        .flaws
        .iter()
        .any(|flaw| matches!(flaw, hibc::HibcFlaw::CheckCharacter { .. }));
    told && holds(&wanted, &hibc_values(&lenient.code), false)
}

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

/// What the strict parser says.
fn strict(system: &str, input: &str) -> Option<Answer> {
    Some(match system {
        "hibc" => hibc::parse(input, TODAY)
            .map_err(|error| error.code())
            .and_then(|code| {
                // A read code must also come out of its own rendering unchanged.
                if hibc::parse(&code.to_string(), TODAY).as_ref() == Ok(&code) {
                    Ok(hibc_values(&code))
                } else {
                    Err("WRITTEN_DIFFERENTLY")
                }
            }),
        "hibc-check" => {
            let mut body = input.chars();
            let check = body.next_back();
            let computed = hibc::check_character(body.as_str()).ok_or("HIBC_CHARACTER");
            computed.and_then(|computed| {
                let mut map = Map::new();
                put(&mut map, "check", Some(String::from(computed)));
                if check == Some(computed) {
                    Ok(map)
                } else {
                    Err("HIBC_CHECK_CHARACTER")
                }
            })
        }
        "isbt128" => isbt128::parse(input, TODAY)
            .map_err(|error| error.code())
            .and_then(|code| {
                // A read code must also come out of its own rendering unchanged.
                if isbt128::parse(&code.to_string(), TODAY).as_ref() == Ok(&code) {
                    Ok(isbt_values(&code))
                } else {
                    Err("WRITTEN_DIFFERENTLY")
                }
            }),
        "ifa" => ifa::parse(input, TODAY)
            .map_err(|error| error.code())
            .and_then(|code| {
                // A read code must also come out of its own rendering unchanged.
                if ifa::parse(&code.to_string(), TODAY).as_ref() == Ok(&code) {
                    Ok(ifa_values(&code))
                } else {
                    Err("WRITTEN_DIFFERENTLY")
                }
            }),
        // What a scanner meant, by the profile that its calibration scan gave at such a host.
        "keyboard-us-to-sv" => {
            let mut map = Map::new();
            let profile = WedgeProfile::new(Keys::Text(HostLayout::Swedish), AimIdentifier::Sent);
            put(
                &mut map,
                "true_data",
                profile.meant(input).map(std::borrow::Cow::into_owned),
            );
            Ok(map)
        }
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
