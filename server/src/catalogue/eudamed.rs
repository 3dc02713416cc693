//! Devices as EUDAMED publishes them, one JSON object a line: the base unit with its packaging levels.

use serde::Deserialize;
use sparhund_shared::event::ArticleNo;
use sparhund_shared::identity::{Gtin, UdiDi};
use sparhund_shared::reference::{Article, Packaging, ProductCategory, ProductionIdentifier, TraceLevel};

use super::articles_csv::MOST_UNITS;
use super::claims::Claims;
use super::clean::{is_emdn, line_of, reference_of};
use super::report::{Reading, Remark, Sourced};
use super::table::BOM;

#[derive(Deserialize)]
struct Device {
    gtin: Option<String>,
    #[serde(default)]
    other_ids: Vec<OtherId>,
    name: Option<String>,
    manufacturer: Option<String>,
    emdn: Option<String>,
    status: Option<String>,
    #[serde(default)]
    production_identifiers: Vec<String>,
    #[serde(default)]
    packaging: Vec<Level>,
}

#[derive(Deserialize)]
struct OtherId {
    #[serde(rename = "type")]
    kind: String,
    value: String,
}

#[derive(Deserialize)]
struct Level {
    gtin: String,
    contains: i64,
}

/// Reads EUDAMED devices. The article number is the GTIN-14 of the base unit.
pub fn read_eudamed(content: &[u8]) -> Reading<Article> {
    let content = content.strip_prefix(BOM).unwrap_or(content);
    let mut reading = Reading::default();
    let mut claims = Claims::default();
    for (line, bytes) in (1..).zip(content.split(|byte| *byte == b'\n')) {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        reading.lines += 1;
        let device: Device = match serde_json::from_slice(bytes) {
            Ok(device) => device,
            Err(error) => {
                reading.refused.push(Remark {
                    line,
                    subject: String::new(),
                    text: format!("is not a device in JSON: {error}"),
                });
                continue;
            }
        };
        let mut notes = Vec::new();
        let read = article(&device, &mut notes).and_then(|item| claims.claim(&item, line).map(|()| item));
        let subject = device.gtin.unwrap_or_default();
        let remark = |text: String| Remark {
            line,
            subject: subject.clone(),
            text,
        };
        match read {
            Ok(item) => {
                reading
                    .notes
                    .extend(notes.into_iter().map(|note| remark(note.to_owned())));
                reading.items.push(Sourced { line, item });
            }
            Err(reason) => reading.refused.push(remark(reason)),
        }
    }
    reading
}

fn article(device: &Device, notes: &mut Vec<&'static str>) -> Result<Article, String> {
    let gtin = base_gtin(device)?;
    let reference = other_id(device, "MANUFACTURER_PART_NUMBER").or_else(|| other_id(device, "MODEL_NUMBER"));
    let identifiers = identifiers(&device.production_identifiers)?;
    if identifiers.is_empty() {
        notes.push(
            "production identifiers are not published; counted by article until the catalogue says more",
        );
    }
    if device.manufacturer.as_deref().and_then(line_of).is_none() {
        notes.push("the manufacturer is not published");
    }
    if device
        .status
        .as_deref()
        .is_some_and(|status| status != "ON_MARKET")
    {
        notes.push(
            "is not placed on the market any more, or not meant for the EU; kept, as it may be on shelves",
        );
    }
    Ok(Article {
        no: gtin
            .to_string()
            .parse::<ArticleNo>()
            .map_err(|error| error.to_string())?,
        name: name(device, reference.as_deref(), gtin, notes),
        manufacturer: device.manufacturer.as_deref().and_then(line_of),
        reference,
        emdn: emdn(device, notes),
        category: ProductCategory::MedicalDevice,
        trace: trace(&identifiers),
        identifiers,
        packagings: packagings(gtin, &device.packaging)?,
    })
}

fn base_gtin(device: &Device) -> Result<Gtin, String> {
    let text = device.gtin.as_deref().map(str::trim).unwrap_or_default();
    if text.is_empty() {
        let other = device
            .other_ids
            .iter()
            .find(|id| !matches!(id.kind.as_str(), "MANUFACTURER_PART_NUMBER" | "MODEL_NUMBER"));
        return Err(match other {
            Some(id) => format!(
                "has no GTIN, only {:?} given for {}: an identifier EUDAMED made for a device from before UDI, which \
                 no label carries; add the article by CSV with what its label shows",
                id.value, id.kind
            ),
            None => "has no GTIN; add the article by CSV with what its label shows".to_owned(),
        });
    }
    text.parse().map_err(|error| format!("GTIN {text:?}: {error}"))
}

fn other_id(device: &Device, kind: &str) -> Option<String> {
    device
        .other_ids
        .iter()
        .find(|id| id.kind == kind)
        .and_then(|id| reference_of(&id.value))
}

fn name(device: &Device, reference: Option<&str>, gtin: Gtin, notes: &mut Vec<&'static str>) -> String {
    if let Some(name) = device.name.as_deref().and_then(line_of) {
        return name;
    }
    if let Some(reference) = reference {
        notes.push("has no name; the manufacturer's reference stands in for it");
        return reference.to_owned();
    }
    notes.push("has no name and no reference; the GTIN stands in for the name");
    gtin.short()
}

fn emdn(device: &Device, notes: &mut Vec<&'static str>) -> Option<String> {
    let code = device
        .emdn
        .as_deref()
        .map(str::trim)
        .filter(|code| !code.is_empty())?;
    if is_emdn(code) {
        return Some(code.to_owned());
    }
    notes.push("the EMDN code is not one (a letter and pairs of digits) and was left out");
    None
}

fn identifiers(words: &[String]) -> Result<Vec<ProductionIdentifier>, String> {
    words
        .iter()
        .map(|word| {
            Ok(match word.as_str() {
                "BATCH_NUMBER" => ProductionIdentifier::Lot,
                "SERIAL_NUMBER" => ProductionIdentifier::Serial,
                "EXPIRATION_DATE" => ProductionIdentifier::Expiry,
                "MANUFACTURING_DATE" => ProductionIdentifier::Made,
                "SOFTWARE_IDENTIFICATION" => ProductionIdentifier::Software,
                _ => return Err(format!("production identifier {word:?} is not known")),
            })
        })
        .collect()
}

/// As far down as the label lets us.
fn trace(identifiers: &[ProductionIdentifier]) -> TraceLevel {
    if identifiers.contains(&ProductionIdentifier::Serial) {
        TraceLevel::Serial
    } else if identifiers.contains(&ProductionIdentifier::Lot) {
        TraceLevel::Lot
    } else {
        TraceLevel::Article
    }
}

/// Levels count the next lower unit; the catalogue counts base units.
fn packagings(gtin: Gtin, levels: &[Level]) -> Result<Vec<Packaging>, String> {
    let mut packagings = vec![Packaging {
        di: UdiDi::gs1(gtin),
        units: 1,
    }];
    let mut units: u32 = 1;
    for level in levels {
        units = u32::try_from(level.contains)
            .ok()
            .filter(|number| *number > 0)
            .and_then(|number| units.checked_mul(number))
            .filter(|units| *units <= MOST_UNITS)
            .ok_or_else(|| {
                format!(
                    "package {} is said to contain {} of the next lower unit, which does not give 1 to {MOST_UNITS} \
                     base units",
                    level.gtin, level.contains
                )
            })?;
        let package: Gtin = level
            .gtin
            .parse()
            .map_err(|error| format!("GTIN {:?} of a package: {error}", level.gtin))?;
        packagings.push(Packaging {
            di: UdiDi::gs1(package),
            units,
        });
    }
    Ok(packagings)
}
