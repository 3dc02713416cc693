//! From elements to a web address.

use core::fmt::Write as _;

use super::text::escape;
use crate::carrier::gs1::ai::{Ai, Qualifiers};
use crate::carrier::gs1::element::UnknownAis;
use crate::carrier::gs1::error::{Gs1Error, Gs1ErrorKind};

/// Where GS1 itself answers.
const CANONICAL: &str = "https://id.gs1.org";
/// Longest address, as in the GS1 Barcode Syntax Engine.
const MOST: usize = 16_382;

/// Writes elements as a web address under `stem`, the canonical one of GS1 where that is empty. Equal repeats are
/// written once. `unknown` tells whether identifiers that GS1 has not given out may go into the query.
///
/// # Errors
/// No element is a key; one has no place in an address; the address would be too long.
pub fn to_link(elements: &[(Ai, &str)], stem: &str, unknown: UnknownAis) -> Result<String, Gs1Error> {
    let fail = |ai, kind| Gs1Error {
        ai,
        position: 1,
        kind,
    };
    let (key, qualifiers) = elements
        .iter()
        .find_map(|(ai, _)| Some((*ai, ai.row()?.key?)))
        .ok_or_else(|| fail(None, Gs1ErrorKind::CannotCreateDlUriWithoutPrimaryKeyAi))?;
    let value = |wanted: Ai| {
        elements
            .iter()
            .find(|(ai, _)| *ai == wanted)
            .map(|(_, value)| *value)
    };
    let order = fullest(qualifiers, elements);
    let stem = if stem.is_empty() {
        CANONICAL
    } else {
        stem.strip_suffix('/').unwrap_or(stem)
    };
    let mut out = stem.to_owned();
    let mut written = Vec::with_capacity(elements.len());
    for ai in [key].iter().chain(order) {
        if let Some(value) = value(*ai) {
            // Writing to a String cannot fail.
            let _ = write!(out, "/{ai}/");
            escape(value, &mut out);
            written.push(*ai);
        }
    }
    // As the engine writes them: values of predefined length first.
    let is_predefined = |ai: Ai| ai.row().is_some_and(|row| row.predefined);
    let (first, then): (Vec<_>, Vec<_>) = elements.iter().partition(|(ai, _)| is_predefined(*ai));
    let mut sign = '?';
    for (ai, value) in first.into_iter().chain(then) {
        if written.contains(&ai) {
            continue;
        }
        let allowed = match ai.row() {
            Some(row) => row.in_query,
            None => unknown == UnknownAis::Allowed,
        };
        if !allowed {
            return Err(fail(Some(ai), Gs1ErrorKind::AiIsNotValidDataAttribute));
        }
        out.push(sign);
        sign = '&';
        let _ = write!(out, "{ai}=");
        escape(value, &mut out);
        written.push(ai);
    }
    if out.len() > MOST {
        return Err(fail(None, Gs1ErrorKind::DlUriTooLong));
    }
    Ok(out)
}

/// The alternative that takes up most of the elements; of equals the first.
fn fullest(qualifiers: Qualifiers, elements: &[(Ai, &str)]) -> &'static [Ai] {
    let count = |order: &[Ai]| {
        order
            .iter()
            .filter(|ai| elements.iter().any(|(e, _)| e == *ai))
            .count()
    };
    qualifiers
        .iter()
        .rev()
        .max_by_key(|order| count(order))
        .copied()
        .unwrap_or_default()
}
