//! A symbol was read within a task.

use sparhund_shared::carrier::{
    Candidate, CarrierWarning, ItemCode, LogisticCode, ProductionCode, Reading, ScanError, Suspicion,
    Symbology, identify, is_calibration, normalise, with_separator,
};
use sparhund_shared::event::{EntryMethod, Item, Unread};
use sparhund_shared::identity::{Agency, UdiDi};
use sparhund_shared::verdict::Judgement;

use super::basket::put;
use super::desk::Desk;
use super::places::choose_place;
use super::state::{LastItem, Part, Symbol, TaskState, Work};
use crate::api::{CandidateView, OpenScan, RawScan, ScanOutcome};
use crate::fault::Fault;
use crate::problems;
use crate::scan::{Found, candidates, either, item_of, merge};
use crate::store::{catalogue, setting};

/// GS, between elements of a GS1 element string (ISO/IEC 646).
const GROUP_SEPARATOR: u8 = 0x1d;

type Judged = (ScanOutcome, Judgement);

/// Takes a scan into the task.
pub(crate) fn scan(
    desk: Desk<'_>,
    task: &mut TaskState,
    raw: RawScan,
    entry: EntryMethod,
) -> Result<Judged, Fault> {
    let symbol = Symbol { raw, entry };
    // The same code again asks the same question.
    if task.asked.as_ref().is_some_and(|open| *open != symbol) {
        return Err(problems::choice_open().into());
    }
    let (readings, as_they_are) = match read(desk, &symbol)? {
        Ok(readings) => readings,
        Err(error) => return unreadable(desk, task, symbol, &error),
    };
    task.damaged = None;
    // A separator may have been lost: nothing is split by itself, and nothing is taken whole by itself.
    let index = match choose(desk, task.work(), &readings[..as_they_are])? {
        Some(index)
            if task.work() != Work::Deliver
                && as_they_are < readings.len()
                && is_suspect(desk, &readings[index])? =>
        {
            None
        }
        index => index,
    };
    let Some(index) = index else {
        task.asked = Some(symbol);
        return Ok((ScanOutcome::Choose, calm()));
    };
    task.asked = None;
    take(desk, task, &readings[index], index, symbol)
}

/// Takes the code that waits for an answer as a person reads it.
pub(crate) fn choose_reading(desk: Desk<'_>, task: &mut TaskState, index: usize) -> Result<Judged, Fault> {
    let symbol = task.asked.take().ok_or_else(problems::no_choice)?;
    let readings = readings(desk, &symbol)?;
    let candidate = readings.get(index).ok_or_else(|| problems::no_candidate(index))?;
    take(desk, task, candidate, index, symbol)
}

fn take(
    desk: Desk<'_>,
    task: &mut TaskState,
    candidate: &Candidate,
    index: usize,
    symbol: Symbol,
) -> Result<Judged, Fault> {
    match &candidate.reading {
        Reading::Item(code) => item(desk, task, code, candidate, index, symbol),
        Reading::Place(place) => choose_place(desk, task, place),
        Reading::Logistic(code) => logistic(desk, task, code, candidate, symbol),
        Reading::ProductionOnly(_) => part(desk, task, candidate, index, symbol),
        Reading::Donation(_) => unread(desk, task, symbol, Some(Agency::Iccbba)),
        Reading::Asset(_) => Err(problems::not_here("asset").into()),
    }
}

/// Reads a symbol by the scanner's profile: all readings, and how many of them take it as it is; in the others a
/// separator that the scanner may have lost is put back.
fn read(desk: Desk<'_>, symbol: &Symbol) -> Result<Result<(Vec<Candidate>, usize), ScanError>, Fault> {
    let profile = setting::profile(desk.db, symbol.entry)?.map(|profile| profile.wedge);
    let profile = profile.unwrap_or_default();
    let normal = normalise(&symbol.raw.0, &profile);
    if std::str::from_utf8(&normal.data).is_ok_and(is_calibration) {
        return Err(problems::calibration_symbol().into());
    }
    Ok(identify(&symbol.raw.0, desk.today, &profile).map(|identified| {
        let mut readings = identified.candidates;
        let as_they_are = readings.len();
        for index in 0..as_they_are {
            let others = with_separator(&readings[index], desk.today);
            readings.extend(others);
        }
        (readings, as_they_are)
    }))
}

/// Whether a separator may have been lost, by what the catalogue knows of the goods.
fn is_suspect(desk: Desk<'_>, candidate: &Candidate) -> Result<bool, Fault> {
    Ok(match &candidate.reading {
        Reading::Item(code) => item_of(desk.db, code, &candidate.warnings)?.suspect,
        // Whose label it is part of is not known yet.
        Reading::ProductionOnly(_) => candidate.warnings.iter().any(|warning| {
            matches!(
                warning,
                CarrierWarning::LostSeparator {
                    suspicion: Suspicion::Strong,
                    ..
                }
            )
        }),
        _ => false,
    })
}

/// Which reading it is; `None` = a person must choose. What the task cannot use is left out, then the catalogue
/// decides: the first hit never wins by itself.
fn choose(desk: Desk<'_>, work: Work, readings: &[Candidate]) -> Result<Option<usize>, Fault> {
    let usable: Vec<usize> = (0..readings.len())
        .filter(|index| usable(work, &readings[*index].reading))
        .collect();
    match usable.as_slice() {
        // Nothing fits: the first one's error tells what the task wants.
        [] => Ok(Some(0)),
        [only] => Ok(Some(*only)),
        several => {
            let mut known = Vec::new();
            for index in several {
                let is_known = match &readings[*index].reading {
                    Reading::Item(code) => catalogue::article_by_di(desk.db, &code.di)?.is_some(),
                    Reading::Place(place) => catalogue::place(desk.db, place)?.is_some(),
                    _ => false,
                };
                if is_known {
                    known.push(*index);
                }
            }
            Ok(match known.as_slice() {
                [only] => Some(*only),
                _ => None,
            })
        }
    }
}

fn usable(work: Work, reading: &Reading) -> bool {
    match reading {
        Reading::Item(_) | Reading::ProductionOnly(_) => work != Work::Deliver,
        Reading::Place(_) => true,
        Reading::Logistic(code) => work == Work::Deliver || (work == Work::Receive && code.content.is_some()),
        Reading::Donation(_) => work == Work::Receive,
        Reading::Asset(_) => false,
    }
}

fn item(
    desk: Desk<'_>,
    task: &mut TaskState,
    code: &ItemCode,
    candidate: &Candidate,
    index: usize,
    symbol: Symbol,
) -> Result<Judged, Fault> {
    if task.work() == Work::Deliver {
        return Err(problems::not_here("item").into());
    }
    let mut code = code.clone();
    let mut warnings = candidate.warnings.clone();
    let mut symbols = vec![symbol.clone()];
    // Lot and expiry were scanned first, from the other symbol of this label.
    if let Some(part) = task.part.take().filter(|part| part.is_open(desk.now))
        && let Some((values, more)) = production_of(desk, &part)?
    {
        code = join(&code, &values).ok_or_else(problems::symbols_differ)?;
        warnings.extend(more);
        symbols.push(part.symbol);
    }
    let found = item_of(desk.db, &code, &warnings)?;
    if !found.suspect && found.article.is_some() && shows_the_keyboard(&symbol) {
        setting::put(desk.db, setting::SEPARATOR_CAME, Some(&true))?;
    }
    let packs = found.packs;
    let judged = put(desk, task, &found, symbols)?;
    task.last = Some(LastItem {
        symbol,
        candidate: index,
        basket: match judged.0 {
            ScanOutcome::InBasket { entry } => Some((entry, packs)),
            _ => None,
        },
        at: desk.now,
    });
    Ok(judged)
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

/// Lot, serial or dates without a product: they join the item scanned last, or wait for the next one.
fn part(
    desk: Desk<'_>,
    task: &mut TaskState,
    candidate: &Candidate,
    index: usize,
    symbol: Symbol,
) -> Result<Judged, Fault> {
    let Reading::ProductionOnly(part) = &candidate.reading else {
        return Err(problems::not_here("part").into());
    };
    if task.work() == Work::Deliver {
        return Err(problems::not_here("part").into());
    }
    if let Some(last) = task.last.take().filter(|last| last.is_open(desk.now))
        && let Ok((readings, _)) = read(desk, &last.symbol)?
        && let Some(Reading::Item(code)) = readings.get(last.candidate).map(|reading| &reading.reading)
        && let Some(code) = join(code, part).filter(|joined| joined != code)
    {
        let mut warnings = readings[last.candidate].warnings.clone();
        warnings.extend(candidate.warnings.clone());
        // What came with the first symbol is the same goods: it leaves the basket before the whole label enters.
        let mut found = item_of(desk.db, &code, &warnings)?;
        if let Some((entry, packs)) = last.basket
            && let Some(there) = task.basket.get_mut(entry)
        {
            found.packs = packs;
            there.packs = there.packs.saturating_sub(packs);
            if there.packs == 0 {
                task.remove(entry);
            }
        }
        return put(desk, task, &found, vec![last.symbol, symbol]);
    }
    task.part = Some(Part {
        symbol,
        candidate: index,
        at: desk.now,
    });
    Ok((ScanOutcome::NeedsMore, calm()))
}

/// The question that a code with several readings asks. Without readings, when the scanner got another profile
/// meanwhile, it can only be given up.
pub(crate) fn open_choice(desk: Desk<'_>, symbol: &Symbol) -> Result<Vec<CandidateView>, Fault> {
    candidates(desk.db, &readings(desk, symbol)?, &symbol.raw.0)
}

fn readings(desk: Desk<'_>, symbol: &Symbol) -> Result<Vec<Candidate>, Fault> {
    Ok(read(desk, symbol)?.map_or_else(|_| Vec::new(), |(readings, _)| readings))
}

/// What is known of a label whose product was not scanned yet.
pub(crate) fn open_scan(desk: Desk<'_>, part: &Part) -> Result<Option<OpenScan>, Fault> {
    Ok(production_of(desk, part)?.map(|(code, _)| OpenScan {
        lot: code.production.lot,
        serial: code.production.serial,
        expiry: code.production.expiry.or(code.production.best_before),
        until: part.until(),
    }))
}

/// The item with the values of another symbol of its label; `None` when they are of another one.
fn join(code: &ItemCode, part: &ProductionCode) -> Option<ItemCode> {
    if !part.may_belong_to(&code.di) {
        return None;
    }
    let mut joined = ItemCode {
        production: merge(&code.production, &part.production)?,
        ..code.clone()
    };
    // With AI 02 the count is of what is inside another package.
    if part.content.is_none() {
        joined.count = either(joined.count.as_ref(), part.count.as_ref())?;
    }
    Some(joined)
}

fn production_of(
    desk: Desk<'_>,
    part: &Part,
) -> Result<Option<(ProductionCode, Vec<CarrierWarning>)>, Fault> {
    let Ok((mut readings, _)) = read(desk, &part.symbol)? else {
        return Ok(None);
    };
    if part.candidate >= readings.len() {
        return Ok(None);
    }
    let candidate = readings.swap_remove(part.candidate);
    Ok(match candidate.reading {
        Reading::ProductionOnly(code) => Some((code, candidate.warnings)),
        _ => None,
    })
}

fn logistic(
    desk: Desk<'_>,
    task: &mut TaskState,
    code: &LogisticCode,
    candidate: &Candidate,
    symbol: Symbol,
) -> Result<Judged, Fault> {
    match (task.work(), code.content) {
        (Work::Deliver, _) => {
            task.sscc = Some(code.sscc);
            let sscc = code.sscc;
            Ok((ScanOutcome::Logistic { sscc }, calm()))
        }
        // A pallet of one product: AI 02 says which and AI 37 how many.
        (Work::Receive, Some(content)) => {
            let inside = ItemCode::new(UdiDi::gs1(content), code.production.clone());
            let mut found: Found = item_of(desk.db, &inside, &candidate.warnings)?;
            found.packs = code.count.unwrap_or(1).max(1);
            found.sscc = Some(code.sscc);
            put(desk, task, &found, vec![symbol])
        }
        _ => Err(problems::not_here("logistic").into()),
    }
}

/// No reader understands it. At goods receipt it is kept raw; a damaged code only when it is scanned twice.
fn unreadable(
    desk: Desk<'_>,
    task: &mut TaskState,
    symbol: Symbol,
    error: &ScanError,
) -> Result<Judged, Fault> {
    let keeps = task.work() == Work::Receive;
    match error {
        ScanError::Empty | ScanError::TooLong { .. } | ScanError::KeyboardLayout => {
            Err(problems::scan(error, false).into())
        }
        ScanError::Unknown | ScanError::NamesNothing if keeps => unread(desk, task, symbol, None),
        _ if keeps && task.damaged.as_ref() == Some(&symbol.raw) => unread(desk, task, symbol, None),
        _ if keeps => {
            task.damaged = Some(symbol.raw);
            let problem = problems::scan(error, true);
            Ok((ScanOutcome::Damaged { problem }, calm()))
        }
        _ => Err(problems::scan(error, false).into()),
    }
}

fn unread(
    desk: Desk<'_>,
    task: &mut TaskState,
    symbol: Symbol,
    agency: Option<Agency>,
) -> Result<Judged, Fault> {
    if task.work() == Work::Deliver {
        return Err(problems::not_here("item").into());
    }
    let found = Found {
        item: Item::Unread(Unread::of(&symbol.raw.0, agency)),
        article: None,
        units_per_pack: 1,
        packs: 1,
        suspect: false,
        lenient: false,
        sscc: None,
    };
    put(desk, task, &found, vec![symbol])
}

/// Nothing to judge.
fn calm() -> Judgement {
    Judgement::of(Vec::new())
}
