//! Symbols of one label: a product in one, lot, serial or dates in others, in any order.
//!
//! An absent value never blanks a known one and a repeated symbol changes nothing; values that differ are of different
//! labels.

use sparhund_shared::carrier::{Candidate, CarrierWarning, ItemCode, ProductionCode, Reading, Symbology};
use sparhund_shared::event::EntryMethod;

use super::basket::put;
use super::desk::Desk;
use super::scan::{Judged, calm, read};
use super::state::{LastItem, ReadSymbol, Symbol, Symbols, TaskState, Work};
use crate::api::{OpenScan, ScanOutcome};
use crate::fault::Fault;
use crate::problems;
use crate::scan::{Found, item_of, join, merge_parts};
use crate::store::setting;

/// GS, between elements of a GS1 element string (ISO/IEC 646).
const GROUP_SEPARATOR: u8 = 0x1d;

/// The product: what was read of its label before joins it.
pub(super) fn item(
    desk: Desk<'_>,
    task: &mut TaskState,
    code: &ItemCode,
    warnings: &[CarrierWarning],
    symbol: ReadSymbol,
) -> Result<Judged, Fault> {
    if task.work() == Work::Deliver {
        return Err(problems::not_here("item").into());
    }
    let mut code = code.clone();
    let mut warnings = warnings.to_vec();
    let mut label = Symbols::of(symbol, desk.now);
    let half = task.half.take().filter(|half| half.is_open(desk.now));
    let half = match (half, task.repeated.take()) {
        (None, Some(repeated)) if of_next_package(desk, task, &repeated, &code)? => Some(repeated),
        (half, _) => half,
    };
    if let Some(half) = half
        && let Some((values, more)) = production_of(desk, &half)?
    {
        code = join(&code, &values).ok_or_else(problems::symbols_differ)?;
        warnings.extend(more);
        label.symbols.extend(half.symbols);
    }
    let found = item_of(desk.db, &code, &warnings)?;
    if !found.suspect
        && found.article.is_some()
        && label.symbols.iter().any(|read| shows_the_keyboard(&read.symbol))
    {
        setting::put(desk.db, setting::SEPARATOR_CAME, Some(&true))?;
    }
    take(desk, task, &found, label)
}

/// Lot, serial or dates without a product: they join the item scanned last, or wait for the next one.
pub(super) fn part(
    desk: Desk<'_>,
    task: &mut TaskState,
    part: &ProductionCode,
    warnings: &[CarrierWarning],
    symbol: ReadSymbol,
) -> Result<Judged, Fault> {
    if task.work() == Work::Deliver {
        return Err(problems::not_here("part").into());
    }
    if let Some(last) = task.last_item.clone().filter(|last| last.label.is_open(desk.now))
        && let Some((code, known)) = item_code_of(desk, &last.label)?
        && let Some(joined) = join(&code, part)
    {
        if joined == code {
            let known = task.repeated.take().filter(|repeated| repeated.is_open(desk.now));
            task.repeated = Some(match known {
                Some(known) => known.with(symbol),
                None => Symbols::of(symbol, desk.now),
            });
            return Ok((ScanOutcome::KnownAlready, calm()));
        }
        task.repeated = None;
        let warnings = [known, warnings.to_vec()].concat();
        return complete(desk, task, last, &item_of(desk.db, &joined, &warnings)?, symbol);
    }
    // What differs from the label before is of another one, and so was what came just before it.
    let waits = task.half.take().or(task.repeated.take());
    let half = match waits.filter(|half| half.is_open(desk.now)) {
        Some(half) => {
            if let Some((values, _)) = production_of(desk, &half)? {
                let both = merge_parts(&values, part).ok_or_else(problems::symbols_differ)?;
                if both == values {
                    task.half = Some(half);
                    return Ok((ScanOutcome::KnownAlready, calm()));
                }
            }
            half.with(symbol)
        }
        None => Symbols::of(symbol, desk.now),
    };
    task.half = Some(half);
    Ok((ScanOutcome::NeedsMore, calm()))
}

/// Whether symbols that said nothing new of the label before are of the one that begins now: another package of the
/// same product. Of any other product they were scanned twice.
fn of_next_package(
    desk: Desk<'_>,
    task: &TaskState,
    repeated: &Symbols,
    code: &ItemCode,
) -> Result<bool, Fault> {
    let Some(last) = task.last_item.as_ref().filter(|_| repeated.is_open(desk.now)) else {
        return Ok(false);
    };
    let of_last = item_code_of(desk, &last.label)?;
    Ok(of_last.is_some_and(|(last, _)| last.di == code.di))
}

/// What came with the first symbols is the same goods: it leaves the basket before the whole label enters.
fn complete(
    desk: Desk<'_>,
    task: &mut TaskState,
    last: LastItem,
    found: &Found,
    symbol: ReadSymbol,
) -> Result<Judged, Fault> {
    let mut found = found.clone();
    if let Some((entry, packs)) = last.basket
        && let Some(there) = task.basket.get_mut(entry)
    {
        found.packs = packs;
        there.packs = there.packs.saturating_sub(packs);
        if there.packs == 0 {
            task.remove(entry);
        }
    }
    take(desk, task, &found, last.label.with(symbol))
}

/// Puts the goods of a label into the basket, and keeps the label open for a further symbol.
fn take(desk: Desk<'_>, task: &mut TaskState, found: &Found, label: Symbols) -> Result<Judged, Fault> {
    let symbols = label.symbols.iter().map(|read| read.symbol.clone()).collect();
    let judged = put(desk, task, found, symbols)?;
    let basket = match judged.0 {
        ScanOutcome::InBasket { entry } => Some((entry, found.packs)),
        _ => None,
    };
    task.last_item = Some(LastItem { label, basket });
    Ok(judged)
}

/// What is known of a label whose product was not scanned yet.
pub(super) fn open_scan(desk: Desk<'_>, half: &Symbols) -> Result<Option<OpenScan>, Fault> {
    Ok(production_of(desk, half)?.map(|(code, _)| OpenScan {
        lot: code.production.lot,
        serial: code.production.serial,
        expiry: code.production.expiry.or(code.production.best_before),
        until: half.until(),
    }))
}

/// What the symbols say together of a product that is not among them.
fn production_of(
    desk: Desk<'_>,
    half: &Symbols,
) -> Result<Option<(ProductionCode, Vec<CarrierWarning>)>, Fault> {
    let mut known: Option<(ProductionCode, Vec<CarrierWarning>)> = None;
    for symbol in &half.symbols {
        let Some(candidate) = candidate_of(desk, symbol)? else {
            continue;
        };
        let Reading::ProductionOnly(code) = candidate.reading else {
            continue;
        };
        known = match known {
            None => Some((code, candidate.warnings)),
            Some((before, warnings)) => match merge_parts(&before, &code) {
                Some(both) => Some((both, [warnings, candidate.warnings].concat())),
                None => Some((before, warnings)),
            },
        };
    }
    Ok(known)
}

/// What the symbols of a label say together of its product.
fn item_code_of(desk: Desk<'_>, label: &Symbols) -> Result<Option<(ItemCode, Vec<CarrierWarning>)>, Fault> {
    let mut item = None;
    for symbol in &label.symbols {
        if let Some(candidate) = candidate_of(desk, symbol)?
            && let Reading::Item(code) = candidate.reading
        {
            item = Some((code, candidate.warnings));
        }
    }
    Ok(match (item, production_of(desk, label)?) {
        (Some((code, warnings)), Some((values, more))) => {
            join(&code, &values).map(|code| (code, [warnings, more].concat()))
        }
        (item, _) => item,
    })
}

fn candidate_of(desk: Desk<'_>, read_symbol: &ReadSymbol) -> Result<Option<Candidate>, Fault> {
    let readings = read(desk, &read_symbol.symbol)?;
    Ok(readings
        .ok()
        .and_then(|(readings, _)| readings.into_iter().nth(read_symbol.candidate)))
}

/// Whether a scan through the keyboard shows that the scanner is set up: a group separator came within it, for one in
/// front is FNC1 and proves nothing, and an AIM identifier did, which tells on which keyboard it was typed. Without
/// that a `-` may have come as `/`, and a lot that is wrong in this way looks like any other.
fn shows_the_keyboard(symbol: &Symbol) -> bool {
    let (symbology, text) = Symbology::split(&symbol.raw.0);
    symbol.entry == EntryMethod::Wedge
        && symbology.is_some()
        && text.iter().skip(1).any(|byte| *byte == GROUP_SEPARATOR)
}
