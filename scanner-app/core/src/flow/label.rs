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
    let mut alone = None;
    let repeated = task.repeated.take().filter(|repeated| repeated.is_open(desk.now));
    if let Some(half) = task.half.take().filter(|half| half.is_open(desk.now)) {
        if let Some((values, more)) = production_of(desk, &half)? {
            code = join(&code, &values).ok_or_else(problems::symbols_differ)?;
            warnings.extend(more);
            label.symbols.extend(half.symbols);
        }
    } else if let Some(repeated) = repeated
        && let Some((joined, more)) = as_next_package(desk, task, &repeated, &code)?
    {
        alone = Some(label.clone());
        code = joined;
        warnings.extend(more);
        label.symbols.extend(repeated.symbols);
    }
    let found = item_of(desk.db, &code, &warnings)?;
    if !found.suspect
        && found.article.is_some()
        && label.symbols.iter().any(|read| shows_the_keyboard(&read.symbol))
    {
        setting::put(desk.db, setting::SEPARATOR_CAME, Some(&true))?;
    }
    take(desk, task, &found, label, alone)
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
    // What was booked at once waits for no more of its label, and the next product is another one. What was stopped does:
    // the STOP may be for what this symbol says.
    let waits = !task.basket.is_empty() || task.last_item.is_some();
    if task.deed().is_some_and(super::deed::Deed::at_once) && !waits {
        return Err(problems::product_first().into());
    }
    if let Some(last) = task.last_item.clone().filter(|last| last.label.is_open(desk.now)) {
        // What the label took from the one before gives way to what stands on its own.
        let with_it = last.alone.clone().map(|alone| alone.with(symbol.clone()));
        let labels = [(Some(last.label.clone()), with_it), (last.alone.clone(), None)];
        for (label, alone) in labels
            .into_iter()
            .filter_map(|(label, alone)| Some((label?, alone)))
        {
            let Some((code, known)) = item_code_of(desk, &label)? else {
                continue;
            };
            match join(&code, part) {
                Some(joined) if joined == code => return known_already(desk, task, last, symbol),
                Some(joined) => {
                    task.repeated = None;
                    let warnings = [known, warnings.to_vec()].concat();
                    let found = item_of(desk.db, &joined, &warnings)?;
                    let label = label.with(symbol);
                    return complete(desk, task, last.basket, &found, label, alone);
                }
                None => {}
            }
        }
    }
    if let Some(half) = task.half.take().filter(|half| half.is_open(desk.now)) {
        if let Some((values, _)) = production_of(desk, &half)? {
            let both = merge_parts(&values, part).ok_or_else(problems::symbols_differ)?;
            if both == values {
                task.half = Some(half);
                return Ok((ScanOutcome::KnownAlready, calm()));
            }
        }
        task.half = Some(half.with(symbol));
        return Ok((ScanOutcome::NeedsMore, calm()));
    }
    // What differs from the label before is of another one, and so is what came just before it, if they fit.
    let before = task.repeated.take().filter(|repeated| repeated.is_open(desk.now));
    let fits = |repeated: &Symbols| -> Result<bool, Fault> {
        Ok(production_of(desk, repeated)?.is_some_and(|(values, _)| merge_parts(&values, part).is_some()))
    };
    task.half = Some(match before {
        Some(repeated) if fits(&repeated)? => repeated.with(symbol),
        _ => Symbols::of(symbol, desk.now),
    });
    Ok((ScanOutcome::NeedsMore, calm()))
}

/// A symbol that says nothing new of the label before. It is of it, or of the next package of the same goods. What was
/// stopped is stopped again, and what was doubtful stays so.
fn known_already(
    desk: Desk<'_>,
    task: &mut TaskState,
    last: LastItem,
    symbol: ReadSymbol,
) -> Result<Judged, Fault> {
    let Some(entry) = last.basket.and_then(|(entry, _)| task.basket.get(entry)) else {
        let Some((code, warnings)) = item_code_of(desk, &last.label)? else {
            return Ok((ScanOutcome::KnownAlready, calm()));
        };
        let found = item_of(desk.db, &code, &warnings)?;
        return take(desk, task, &found, last.label, last.alone);
    };
    let judgement = entry.judgement.clone();
    let before = task.repeated.take().filter(|repeated| repeated.is_open(desk.now));
    task.repeated = Some(match before {
        Some(repeated) => repeated.with(symbol),
        None => Symbols::of(symbol, desk.now),
    });
    Ok((ScanOutcome::KnownAlready, judgement))
}

/// A product with what said nothing new of the label before, when that is of another package of the same product. Of any
/// other product it was scanned twice, and a serial always was.
fn as_next_package(
    desk: Desk<'_>,
    task: &TaskState,
    repeated: &Symbols,
    code: &ItemCode,
) -> Result<Option<(ItemCode, Vec<CarrierWarning>)>, Fault> {
    let Some(last) = &task.last_item else {
        return Ok(None);
    };
    let same = item_code_of(desk, &last.label)?.is_some_and(|(last, _)| last.di == code.di);
    Ok(production_of(desk, repeated)?
        .filter(|(values, _)| same && values.production.serial.is_none())
        .and_then(|(values, warnings)| Some((join(code, &values)?, warnings))))
}

/// What came with the first symbols is the same goods: it leaves the basket before the whole label enters.
fn complete(
    desk: Desk<'_>,
    task: &mut TaskState,
    basket: Option<(usize, u32)>,
    found: &Found,
    label: Symbols,
    alone: Option<Symbols>,
) -> Result<Judged, Fault> {
    let mut found = found.clone();
    if let Some((entry, packs)) = basket
        && let Some(there) = task.basket.get_mut(entry)
    {
        found.packs = packs;
        there.packs = there.packs.saturating_sub(packs);
        if there.packs == 0 {
            task.remove(entry);
        }
    }
    take(desk, task, &found, label, alone)
}

/// Puts the goods of a label into the basket, and keeps the label open for a further symbol.
fn take(
    desk: Desk<'_>,
    task: &mut TaskState,
    found: &Found,
    label: Symbols,
    alone: Option<Symbols>,
) -> Result<Judged, Fault> {
    if task.was_just_scanned(&found.item, desk.now) {
        return Ok((ScanOutcome::KnownAlready, calm()));
    }
    let symbols = label.symbols.iter().map(|read| read.symbol.clone()).collect();
    let judged = put(desk, task, found, symbols)?;
    let basket = match judged.0 {
        ScanOutcome::InBasket { entry } => Some((entry, found.packs)),
        _ => None,
    };
    task.last_item = Some(LastItem { label, alone, basket });
    Ok(judged)
}

/// What is known of a label whose product was not scanned yet; nothing, when the scanner got another profile meanwhile.
pub(super) fn open_scan(desk: Desk<'_>, half: &Symbols) -> Result<OpenScan, Fault> {
    let production = production_of(desk, half)?.map(|(code, _)| code.production);
    let production = production.unwrap_or_default();
    Ok(OpenScan {
        lot: production.lot,
        serial: production.serial,
        expiry: production.expiry.or(production.best_before),
        until: half.until(),
    })
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

fn candidate_of(desk: Desk<'_>, read_symbol: &ReadSymbol) -> Result<Option<Candidate<'static>>, Fault> {
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
