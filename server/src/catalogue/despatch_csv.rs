//! Announced deliveries from CSV: one line a line of a delivery.

use std::collections::HashMap;

use jiff::civil::Date;
use sparhund_shared::event::DeliveryNo;

use super::articles_csv::identifier;
use super::cell::{CellError, Row};
use super::clean::line_of;
use super::despatch::{DespatchError, Told, ToldLine, noon};
use super::report::Remark;
use super::table::{Column, column, read_rows};

/// Columns of a file of announced deliveries.
pub const DESPATCH_COLUMNS: &[Column] = &[
    column("supplier", true, "who sends it"),
    column(
        "delivery",
        true,
        "the sender's number of the delivery; lines of one delivery share it",
    ),
    column(
        "quantity",
        true,
        "how many of what di names; without a known di, base units",
    ),
    column(
        "di",
        false,
        "GTIN of whatever packaging level, or AGENCY:CODE such as HIBCC:A99912345",
    ),
    column("article", false, "the region's article number"),
    column("name", false, "name as the sender has it"),
    column("lot", false, "lot"),
    column("serial", false, "serial; then quantity is 1"),
    column("expiry", false, "expiry date, 2027-02-28 or 2027-02"),
    column("sscc", false, "logistic unit it comes in, 18 digits"),
    column("order", false, "our order that it answers"),
    column("to", false, "code of the site it comes to"),
    column("expected", false, "day on which it is expected, 2027-02-28"),
];

pub(super) fn read_csv(content: &[u8]) -> Result<Vec<Told>, DespatchError> {
    let mut told: Vec<Told> = Vec::new();
    let mut by_key: HashMap<(String, DeliveryNo), usize> = HashMap::new();
    let (_, refused) = read_rows(content, DESPATCH_COLUMNS, |row| {
        let remark = |error: CellError| Remark {
            line: row.line,
            subject: row.text("delivery").unwrap_or_default().to_owned(),
            text: error.to_string(),
        };
        let (head, line) = read(row).map_err(remark)?;
        let key = (head.supplier.clone(), head.no.clone());
        let at = *by_key.entry(key).or_insert(told.len());
        match told.get_mut(at) {
            None => told.push(Told {
                lines: vec![line],
                ..head
            }),
            Some(first) => {
                if let Some(column) = differs(first, &head) {
                    let why = format!(
                        "differs from {}, which is of the same delivery; make them equal",
                        first.at
                    );
                    return Err(remark(CellError::new(column, why)));
                }
                first.lines.push(line);
            }
        }
        Ok(())
    })?;
    if !refused.is_empty() {
        return Err(DespatchError::Lines(refused));
    }
    if told.is_empty() {
        let why = "there is no line below the header; a delivery has at least one".to_owned();
        return Err(DespatchError::Element {
            at: "line 2".to_owned(),
            why,
        });
    }
    Ok(told)
}

fn differs(first: &Told, next: &Told) -> Option<&'static str> {
    let order = (first.order != next.order).then_some("order");
    let to = (first.to != next.to).then_some("to");
    let expected = (first.expected_at != next.expected_at).then_some("expected");
    order.or(to).or(expected)
}

fn read(row: &Row<'_>) -> Result<(Told, ToldLine), CellError> {
    let at = format!("line {}", row.line);
    let supplier = line_of(row.need("supplier")?)
        .ok_or_else(|| CellError::new("supplier", "has no readable character"))?;
    let count = row
        .whole("quantity")?
        .ok_or_else(|| CellError::new("quantity", "is empty; every line needs it"))?;
    let line = ToldLine {
        at: at.clone(),
        di: row.text("di").map(|code| identifier("di", code)).transpose()?,
        article: row.parse_optional("article")?,
        name: row.text("name").and_then(line_of),
        lot: row.parse_optional("lot")?,
        serial: row.parse_optional("serial")?,
        expiry: row.parse_optional("expiry")?,
        count,
        sscc: row.parse_optional("sscc")?,
    };
    if line.di.is_none() && line.article.is_none() && line.name.is_none() {
        return Err(CellError::new(
            "di",
            "is empty, and so are article and name; fill in one of them",
        ));
    }
    let expected: Option<Date> = row.parse_optional("expected")?;
    let head = Told {
        at,
        no: row.parse("delivery")?,
        supplier,
        order: row.text("order").and_then(line_of),
        to: row.parse_optional("to")?,
        expected_at: expected.and_then(noon),
        lines: Vec::new(),
        notes: Vec::new(),
    };
    Ok((head, line))
}
