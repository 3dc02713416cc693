//! Articles from CSV: one line an article, up to four packaging levels.

use sparhund_shared::identity::{Gtin, UdiDi};
use sparhund_shared::reference::{Article, Packaging, ProductCategory, ProductionIdentifier, TraceLevel};

use super::cell::{CellError, Row};
use super::claims::Claims;
use super::clean::{is_emdn, line_of, reference_of};
use super::report::{FileError, Reading, Remark, Sourced};
use super::table::{Column, column, read_rows};

/// Columns of an article file.
pub const ARTICLE_COLUMNS: &[Column] = &[
    column("no", true, "the region's article number, 1 to 40 characters"),
    column("name", true, "name as staff know it"),
    column(
        "di",
        true,
        "identifier of the base unit: a GTIN, or AGENCY:CODE such as HIBCC:A99912345",
    ),
    column("manufacturer", false, "manufacturer"),
    column("ref", false, "manufacturer's reference, REF on the label"),
    column("emdn", false, "EMDN code, such as M0401"),
    column(
        "category",
        false,
        "medicine, medical_device (when empty), protective_equipment, medical_food, manufacturing_material",
    ),
    column("trace", false, "article, lot (when empty) or serial"),
    column(
        "label",
        false,
        "what the label carries, blanks between: lot serial expiry made software",
    ),
    column("di2", false, "identifier of the second packaging level"),
    column("units2", false, "base units in it"),
    column("di3", false, "identifier of the third packaging level"),
    column("units3", false, "base units in it"),
    column("di4", false, "identifier of the fourth packaging level"),
    column("units4", false, "base units in it"),
];

const LEVELS: [(&str, &str); 3] = [("di2", "units2"), ("di3", "units3"), ("di4", "units4")];

/// Most base units one package may hold; the same bound as for one scan.
pub(super) const MOST_UNITS: u32 = sparhund_shared::event::Quantity::MAX;

/// Reads an article file.
pub fn read_articles(content: &[u8]) -> Result<Reading<Article>, FileError> {
    let mut claims = Claims::default();
    let mut items = Vec::new();
    let (lines, refused) = read_rows(content, ARTICLE_COLUMNS, |row| {
        let remark = |text: String| Remark {
            line: row.line,
            subject: row.text("no").unwrap_or_default().to_owned(),
            text,
        };
        let item = article(row).map_err(|error| remark(error.to_string()))?;
        claims.claim(&item, row.line).map_err(remark)?;
        items.push(Sourced { line: row.line, item });
        Ok(())
    })?;
    Ok(Reading {
        items,
        refused,
        joined: Vec::new(),
        notes: Vec::new(),
        lines,
    })
}

fn article(row: &Row<'_>) -> Result<Article, CellError> {
    let mut packagings = vec![Packaging {
        di: identifier("di", row.need("di")?)?,
        units: 1,
    }];
    for (di, units) in LEVELS {
        packagings.extend(level(row, di, units)?);
    }
    Ok(Article {
        no: row.parse("no")?,
        name: line_of(row.need("name")?)
            .ok_or_else(|| CellError::new("name", "has no readable character"))?,
        manufacturer: row.text("manufacturer").and_then(line_of),
        reference: row.text("ref").and_then(reference_of),
        emdn: emdn(row)?,
        category: row
            .text("category")
            .map_or(Ok(ProductCategory::MedicalDevice), category)?,
        trace: row.text("trace").map_or(Ok(TraceLevel::Lot), trace)?,
        identifiers: row.text("label").map_or(Ok(Vec::new()), label)?,
        packagings,
        rules: sparhund_shared::reference::ArticleRules::default(),
    })
}

fn emdn(row: &Row<'_>) -> Result<Option<String>, CellError> {
    match row.text("emdn") {
        Some(code) if !is_emdn(code) => Err(CellError::new(
            "emdn",
            format!("{code:?} is no EMDN code: a capital letter and one to six pairs of digits"),
        )),
        code => Ok(code.map(str::to_owned)),
    }
}

fn level(row: &Row<'_>, di: &'static str, units: &'static str) -> Result<Option<Packaging>, CellError> {
    let Some(code) = row.text(di) else {
        return match row.text(units) {
            Some(_) => Err(CellError::new(di, format!("is empty but {units} is not"))),
            None => Ok(None),
        };
    };
    let number: u32 = row.parse(units)?;
    if number == 0 || number > MOST_UNITS {
        return Err(CellError::new(
            units,
            format!("{number} is not 1 to {MOST_UNITS} base units"),
        ));
    }
    Ok(Some(Packaging {
        di: identifier(di, code)?,
        units: number,
    }))
}

/// A GTIN, or agency, colon, code.
pub(super) fn identifier(column: &'static str, text: &str) -> Result<UdiDi, CellError> {
    if text.contains(':') {
        text.parse().map_err(|error| CellError::new(column, error))
    } else {
        text.parse::<Gtin>()
            .map(UdiDi::gs1)
            .map_err(|error| CellError::new(column, format!("{error} (read: {text:?})")))
    }
}

fn category(word: &str) -> Result<ProductCategory, CellError> {
    Ok(match word {
        "medicine" => ProductCategory::Medicine,
        "medical_device" => ProductCategory::MedicalDevice,
        "protective_equipment" => ProductCategory::ProtectiveEquipment,
        "medical_food" => ProductCategory::MedicalFood,
        "manufacturing_material" => ProductCategory::ManufacturingMaterial,
        _ => return Err(unknown("category", word)),
    })
}

fn trace(word: &str) -> Result<TraceLevel, CellError> {
    Ok(match word {
        "article" => TraceLevel::Article,
        "lot" => TraceLevel::Lot,
        "serial" => TraceLevel::Serial,
        _ => return Err(unknown("trace", word)),
    })
}

fn label(words: &str) -> Result<Vec<ProductionIdentifier>, CellError> {
    words
        .split_whitespace()
        .map(|word| {
            Ok(match word {
                "lot" => ProductionIdentifier::Lot,
                "serial" => ProductionIdentifier::Serial,
                "expiry" => ProductionIdentifier::Expiry,
                "made" => ProductionIdentifier::Made,
                "software" => ProductionIdentifier::Software,
                _ => return Err(unknown("label", word)),
            })
        })
        .collect()
}

/// An error that lists the words the column may hold, from its own description.
fn unknown(column: &'static str, word: &str) -> CellError {
    let help = ARTICLE_COLUMNS
        .iter()
        .find(|known| known.name == column)
        .map_or("", |known| known.help);
    CellError::new(column, format!("{word:?} is not known; use {help}"))
}
