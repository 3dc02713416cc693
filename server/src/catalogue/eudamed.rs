//! Devices as EUDAMED publishes them, one JSON object a line: the base unit with its packaging levels.

use serde::Deserialize;
use sparhund_shared::event::ArticleNo;
use sparhund_shared::identity::{Agency, Gtin, UdiDi};
use sparhund_shared::reference::{Article, Packaging, ProductCategory, ProductionIdentifier, TraceLevel};

use super::articles_csv::MOST_UNITS;
use super::claims::Claims;
use super::clean::{is_emdn, line_of, reference_of};
use super::registrations::{Entry, Law, Registration, join};
use super::report::{Reading, Remark, Sourced};
use super::table::BOM;

#[derive(Deserialize)]
struct Device {
    gtin: Option<String>,
    #[serde(default)]
    other_ids: Vec<OtherId>,
    name: Option<String>,
    manufacturer: Option<String>,
    manufacturer_srn: Option<String>,
    #[serde(default)]
    act: Vec<String>,
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

/// Reads EUDAMED devices. The article number is the code of the base unit's identifier: the GTIN-14, as a rule.
pub fn read_eudamed(content: &[u8]) -> Reading<Article> {
    let content = content.strip_prefix(BOM).unwrap_or(content);
    let mut reading = Reading::default();
    let mut entries = Vec::new();
    for (line, bytes) in (1..).zip(content.split(|byte| *byte == b'\n')) {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        reading.lines += 1;
        match entry(line, bytes) {
            Ok(entry) => entries.push(entry),
            Err(remark) => reading.refused.push(remark),
        }
    }
    let (entries, joined) = join(entries);
    reading.joined = joined;
    let mut claims = Claims::default();
    for Entry {
        line, article, notes, ..
    } in entries
    {
        let remark = |text: String| Remark {
            line,
            subject: article.no.to_string(),
            text,
        };
        match claims.claim(&article, line) {
            Ok(()) => {
                let notes = notes.into_iter().map(|note| remark(note.to_owned()));
                reading.notes.extend(notes);
                reading.items.push(Sourced { line, item: article });
            }
            Err(reason) => reading.refused.push(remark(reason)),
        }
    }
    reading
}

fn entry(line: u64, bytes: &[u8]) -> Result<Entry, Remark> {
    let remark = |subject: String, text: String| Remark { line, subject, text };
    let device: Device = serde_json::from_slice(bytes)
        .map_err(|error| remark(String::new(), format!("is not a device in JSON: {error}")))?;
    let mut notes = Vec::new();
    match article(&device, &mut notes) {
        Ok(article) => Ok(Entry {
            line,
            article,
            registration: Registration {
                manufacturer: device.manufacturer_srn.or(device.manufacturer),
                law: law(&device.act),
            },
            notes,
        }),
        Err(reason) => Err(remark(device.gtin.unwrap_or_default(), reason)),
    }
}

fn law(acts: &[String]) -> Law {
    if acts.iter().any(|act| act == "MDR" || act == "IVDR") {
        Law::Regulations
    } else {
        Law::Directives
    }
}

fn article(device: &Device, notes: &mut Vec<&'static str>) -> Result<Article, String> {
    let di = base(device, notes)?;
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
        no: di
            .code()
            .parse::<ArticleNo>()
            .map_err(|error| error.to_string())?,
        name: name(device, reference.as_deref(), &di, notes),
        manufacturer: device.manufacturer.as_deref().and_then(line_of),
        reference,
        emdn: emdn(device, notes),
        category: ProductCategory::MedicalDevice,
        trace: trace(&identifiers),
        identifiers,
        packagings: packagings(di, &device.packaging)?,
        rules: sparhund_shared::reference::ArticleRules::default(),
    })
}

/// The GTIN, or what stands in its place.
fn base(device: &Device, notes: &mut Vec<&'static str>) -> Result<UdiDi, String> {
    let text = device.gtin.as_deref().map(str::trim).unwrap_or_default();
    if !text.is_empty() {
        let gtin = text
            .parse::<Gtin>()
            .map_err(|error| format!("GTIN {text:?}: {error}"))?;
        return Ok(UdiDi::gs1(gtin));
    }
    let other = device
        .other_ids
        .iter()
        .find_map(|id| Some((id.kind.parse::<Agency>().ok()?, id.value.as_str())));
    let Some((agency, code)) = other else {
        return Err(
            "has no GTIN and no other identifier; add the article by CSV with what its label shows"
                .to_owned(),
        );
    };
    let di = UdiDi::new(agency, code).map_err(|error| error.to_string())?;
    if code.starts_with("D-") {
        notes.push(
            "has no GTIN, only an identifier that EUDAMED made for a device from before UDI (D-…), which no label \
             carries; add what its label shows by CSV before it is scanned",
        );
    }
    Ok(di)
}

fn other_id(device: &Device, kind: &str) -> Option<String> {
    device
        .other_ids
        .iter()
        .find(|id| id.kind == kind)
        .and_then(|id| reference_of(&id.value))
}

fn name(device: &Device, reference: Option<&str>, di: &UdiDi, notes: &mut Vec<&'static str>) -> String {
    if let Some(name) = device.name.as_deref().and_then(line_of) {
        return name;
    }
    if let Some(reference) = reference {
        notes.push("has no name; the manufacturer's reference stands in for it");
        return reference.to_owned();
    }
    notes.push("has no name and no reference; its identifier stands in for the name");
    di.as_gtin().map_or_else(|| di.code().to_owned(), Gtin::short)
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
fn packagings(base: UdiDi, levels: &[Level]) -> Result<Vec<Packaging>, String> {
    let mut packagings = vec![Packaging { di: base, units: 1 }];
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
