//! Rules of stock and of sampling from CSV: one line a rule.

use std::collections::BTreeMap;

use sparhund_shared::reference::{Rule, SamplingRule, StockRule};

use super::cell::{CellError, Row};
use super::report::{FileError, Reading, Remark, Sourced};
use super::rule_check::tidy;
use super::table::{Column, column, read_rows};

/// Columns of a file of rules.
pub const RULE_COLUMNS: &[Column] = &[
    column("rule", true, "stock or sampling"),
    column(
        "article",
        false,
        "article number; of sampling empty = what has no rule of its own",
    ),
    column(
        "place",
        false,
        "stock: code of a bin or ward for min and max, of a site for the others",
    ),
    column("min", false, "stock: fill up when fewer base units are there"),
    column(
        "max",
        false,
        "stock: fill up to so many base units; of a two-bin place what one bin holds",
    ),
    column("safety", false, "stock: safety stock of a site, base units"),
    column(
        "preparedness",
        false,
        "stock: preparedness stock of a site, base units",
    ),
    column("two_bin", false, "stock: yes = filled by two bins and a card"),
    column("supplier", false, "sampling: the supplier, as deliveries name it"),
    column(
        "every",
        false,
        "sampling: one delivery of so many is looked at; 1 = each",
    ),
];

const OF_STOCK: [&str; 6] = ["place", "min", "max", "safety", "preparedness", "two_bin"];
const OF_SAMPLING: [&str; 2] = ["supplier", "every"];

/// Reads a file of rules.
pub fn read_rules(content: &[u8]) -> Result<Reading<Rule>, FileError> {
    let mut first: BTreeMap<String, u64> = BTreeMap::new();
    let mut items = Vec::new();
    let (lines, refused) = read_rows(content, RULE_COLUMNS, |row| {
        let remark = |text: String| Remark {
            line: row.line,
            subject: subject(row),
            text,
        };
        let item = rule(row).map_err(|error| remark(error.to_string()))?;
        if let Some(line) = first.insert(item.key(), row.line) {
            let text =
                format!("line {line} has a rule about the same already; take one of the two lines out");
            return Err(remark(text));
        }
        items.push(Sourced { line: row.line, item });
        Ok(())
    })?;
    Ok(Reading {
        items,
        refused,
        lines,
        ..Reading::default()
    })
}

fn subject(row: &Row<'_>) -> String {
    let named = ["place", "supplier", "article"].map(|column| row.text(column));
    named.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn rule(row: &Row<'_>) -> Result<Rule, CellError> {
    let kind = row.need("rule")?;
    let others: &[&'static str] = match kind {
        "stock" => &OF_SAMPLING,
        "sampling" => &OF_STOCK,
        _ => {
            let reason = format!("{kind:?} is not known; use stock or sampling");
            return Err(CellError::new("rule", reason));
        }
    };
    if let Some(column) = others.iter().find(|column| row.text(column).is_some()) {
        let reason = format!("is filled in, but a rule of {kind} has no such thing; empty it");
        return Err(CellError::new(column, reason));
    }
    Ok(tidy(if kind == "stock" {
        Rule::Stock(StockRule {
            place: row.parse("place")?,
            article: row.parse("article")?,
            min: units(row, "min")?,
            max: units(row, "max")?,
            safety: units(row, "safety")?,
            preparedness: units(row, "preparedness")?,
            two_bin: row.yes("two_bin")?,
        })
    } else {
        Rule::Sampling(SamplingRule {
            supplier: row.need("supplier")?.to_owned(),
            article: row.parse_optional("article")?,
            every: row
                .whole("every")?
                .ok_or_else(|| CellError::new("every", "is empty; every rule of sampling needs it"))?,
        })
    }))
}

fn units(row: &Row<'_>, column: &'static str) -> Result<u32, CellError> {
    Ok(row.whole(column)?.unwrap_or(0))
}
