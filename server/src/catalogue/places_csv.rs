//! Places from CSV: one line a place; parents before or after their parts, in the file or in the store.

use std::collections::{BTreeMap, BTreeSet};

use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{LegalEntity, Place, PlaceKind};

use super::cell::{CellError, Row};
use super::clean::line_of;
use super::report::{FileError, Reading, Remark, Sourced};
use super::table::{Column, column, read_rows};

/// Columns of a place file.
pub const PLACE_COLUMNS: &[Column] = &[
    column(
        "code",
        true,
        "GLN, or GLN/extension as on the place label (AI 414 and 254)",
    ),
    column("name", true, "name as staff know it"),
    column(
        "kind",
        true,
        "site, zone, bin, dispatch, ward, quarantine or vehicle",
    ),
    column(
        "org_no",
        true,
        "organisation number of the legal person that owns it",
    ),
    column("entity", true, "name of that legal person"),
    column("parent", false, "code of the place it is part of"),
];

/// Reads a place file. `known` are the places the store has already: they may be parents too.
pub fn read_places(content: &[u8], known: &[PlaceCode]) -> Result<Reading<Place>, FileError> {
    let mut first: BTreeMap<PlaceCode, u64> = BTreeMap::new();
    let mut items = Vec::new();
    let (lines, mut refused) = read_rows(content, PLACE_COLUMNS, |row| {
        let item = place(row).map_err(|error| remark(row.line, row.text("code"), error.to_string()))?;
        if let Some(line) = first.get(&item.code) {
            let text =
                format!("column \"code\": stands on line {line} already; take one of the two lines out");
            return Err(remark(row.line, row.text("code"), text));
        }
        first.insert(item.code.clone(), row.line);
        items.push(Sourced { line: row.line, item });
        Ok(())
    })?;
    let items = parents_first(items, known, &mut refused);
    refused.sort_by_key(|remark| remark.line);
    Ok(Reading {
        items,
        refused,
        joined: Vec::new(),
        notes: Vec::new(),
        lines,
    })
}

fn remark(line: u64, code: Option<&str>, text: String) -> Remark {
    Remark {
        line,
        subject: code.unwrap_or_default().to_owned(),
        text,
    }
}

fn place(row: &Row<'_>) -> Result<Place, CellError> {
    let line = |column| {
        line_of(row.need(column)?).ok_or_else(|| CellError::new(column, "has no readable character"))
    };
    Ok(Place {
        code: row.parse("code")?,
        name: line("name")?,
        kind: kind(row.need("kind")?)?,
        parent: row.parse_optional("parent")?,
        entity: LegalEntity {
            org_no: line("org_no")?,
            name: line("entity")?,
        },
        rules: sparhund_shared::reference::PlaceRules::default(),
    })
}

fn kind(word: &str) -> Result<PlaceKind, CellError> {
    Ok(match word {
        "site" => PlaceKind::Site,
        "zone" => PlaceKind::Zone,
        "bin" => PlaceKind::Bin,
        "dispatch" => PlaceKind::Dispatch,
        "ward" => PlaceKind::Ward,
        "quarantine" => PlaceKind::Quarantine,
        "vehicle" => PlaceKind::Vehicle,
        _ => {
            let reason = format!("{word:?} is not known; use site, zone, bin, dispatch or ward");
            return Err(CellError::new("kind", reason));
        }
    })
}

/// Sorts parents before their parts and refuses places whose parent is nowhere or that contain themselves.
fn parents_first(
    items: Vec<Sourced<Place>>,
    known: &[PlaceCode],
    refused: &mut Vec<Remark>,
) -> Vec<Sourced<Place>> {
    // A place of the file replaces its row in the store, so its place in the tree is decided by the file.
    let in_file: BTreeSet<PlaceCode> = items.iter().map(|place| place.item.code.clone()).collect();
    let mut settled: BTreeSet<PlaceCode> = known
        .iter()
        .filter(|code| !in_file.contains(code))
        .cloned()
        .collect();
    let mut sorted = Vec::with_capacity(items.len());
    let mut left = items;
    loop {
        let before = left.len();
        let (ready, waiting): (Vec<_>, Vec<_>) = left.into_iter().partition(|place| {
            place
                .item
                .parent
                .as_ref()
                .is_none_or(|parent| settled.contains(parent))
        });
        settled.extend(ready.iter().map(|place| place.item.code.clone()));
        sorted.extend(ready);
        left = waiting;
        if left.is_empty() || left.len() == before {
            break;
        }
    }
    for place in left {
        let Place { code, parent, .. } = &place.item;
        let parent = parent.as_ref().map(ToString::to_string).unwrap_or_default();
        let text = format!(
            "column \"parent\": {parent} is neither in the file nor in the store, cannot be used itself, or is part \
             of this place; add it first"
        );
        refused.push(remark(place.line, Some(&code.to_string()), text));
    }
    sorted
}
