//! A symbol was read within a task.

use sparhund_shared::carrier::{
    Candidate, CarrierWarning, ItemCode, LogisticCode, Reading, ScanError, Suspicion, Symbology, identify,
    is_calibration, normalise, with_separator,
};
use sparhund_shared::event::{EntryMethod, Item, Unread};
use sparhund_shared::identity::{Agency, Sscc, UdiDi};
use sparhund_shared::privacy::PersonalNumber;
use sparhund_shared::verdict::{Judgement, Reason};

use super::basket::put;
use super::desk::Desk;
use super::label;
use super::parcel::order_of;
use super::places::{choose_place, place_view};
use super::receipt::take_unit;
use super::state::{ReadSymbol, Symbol, TaskState, Work};
use crate::api::{CandidateView, DeedKind, RawScan, ScanOutcome, TaskKind};
use crate::fault::Fault;
use crate::problems;
use crate::scan::{Found, candidates, item_of, names_person};
use crate::store::{self, catalogue, setting};

/// What came of a step, and how it was weighed.
pub(crate) type Judged = (ScanOutcome, Judgement);

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
        // Before anything is kept of it.
        Err(_) if is_a_person(desk, &symbol)? => return Err(problems::person().into()),
        Err(error) => return unreadable(desk, task, symbol, &error),
    };
    if is_a_number_by_chance(desk, &symbol, &readings)? {
        return Err(problems::person().into());
    }
    task.damaged = None;
    // A separator may have been lost: nothing is split by itself, and nothing is taken whole by itself.
    let index = match choose(desk, task, &readings[..as_they_are])? {
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

fn is_a_person(desk: Desk<'_>, symbol: &Symbol) -> Result<bool, Fault> {
    let profile = setting::profile(desk.db, symbol.entry)?.map(|profile| profile.wedge);
    Ok(names_person(
        &symbol.raw.0,
        &profile.unwrap_or_default(),
        desk.today,
    ))
}

/// Whether bare digits are a personal number, and a product by the chance of a check digit alone: the catalogue knows none
/// by it.
fn is_a_number_by_chance(desk: Desk<'_>, symbol: &Symbol, readings: &[Candidate<'_>]) -> Result<bool, Fault> {
    let (_, text) = Symbology::split(&symbol.raw.0);
    let text = std::str::from_utf8(text).unwrap_or_default();
    if PersonalNumber::parse(text, desk.today).is_none() {
        return Ok(false);
    }
    for candidate in readings {
        let chance = match &candidate.reading {
            Reading::Item(code) => catalogue::article_by_di(desk.db, &code.di)?.is_none(),
            _ => false,
        };
        if !chance {
            return Ok(false);
        }
    }
    Ok(true)
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
    candidate: &Candidate<'_>,
    index: usize,
    symbol: Symbol,
) -> Result<Judged, Fault> {
    match &candidate.reading {
        Reading::Item(code) => {
            let read = ReadSymbol::new(symbol, index);
            label::item(desk, task, code, &candidate.warnings, read)
        }
        Reading::Place(place) => choose_place(desk, task, place),
        Reading::Logistic(code) => logistic(desk, task, code, candidate, symbol),
        Reading::ProductionOnly(part) => {
            let read = ReadSymbol::new(symbol, index);
            label::part(desk, task, part, &candidate.warnings, read)
        }
        Reading::Donation(_) => unread(desk, task, symbol, Some(Agency::Iccbba)),
        Reading::Asset(_) => Err(problems::not_here("asset").into()),
    }
}

/// Reads a symbol by the scanner's profile: all readings, and how many of them take it as it is; in the others a
/// separator that the scanner may have lost is put back.
pub(super) fn read(
    desk: Desk<'_>,
    symbol: &Symbol,
) -> Result<Result<(Vec<Candidate<'static>>, usize), ScanError>, Fault> {
    let profile = setting::profile(desk.db, symbol.entry)?.map(|profile| profile.wedge);
    let profile = profile.unwrap_or_default();
    let normal = normalise(&symbol.raw.0, &profile);
    if std::str::from_utf8(&normal.data).is_ok_and(is_calibration) {
        return Err(problems::calibration_symbol().into());
    }
    Ok(identify(&symbol.raw.0, desk.today, &profile).map(|identified| {
        // The task keeps the symbol while it looks at its readings.
        let readings = identified.candidates.into_iter().map(Candidate::into_owned);
        let mut readings: Vec<_> = readings.collect();
        let as_they_are = readings.len();
        for index in 0..as_they_are {
            let others = with_separator(&readings[index], desk.today);
            readings.extend(others);
        }
        (readings, as_they_are)
    }))
}

/// Whether a separator may have been lost, by what the catalogue knows of the goods.
fn is_suspect(desk: Desk<'_>, candidate: &Candidate<'_>) -> Result<bool, Fault> {
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
fn choose(desk: Desk<'_>, task: &TaskState, readings: &[Candidate<'_>]) -> Result<Option<usize>, Fault> {
    let usable: Vec<usize> = (0..readings.len())
        .filter(|index| usable(task, &readings[*index].reading))
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

fn usable(task: &TaskState, reading: &Reading) -> bool {
    if let Some(deed) = task.deed() {
        return deed.takes(reading);
    }
    let work = task.work();
    match reading {
        Reading::Item(_) | Reading::ProductionOnly(_) => work != Work::Deliver,
        Reading::Place(_) => true,
        Reading::Logistic(_) => matches!(work, Work::Deliver | Work::Confirm | Work::Receive),
        Reading::Donation(_) => work == Work::Receive,
        Reading::Asset(_) => false,
    }
}

/// The question that a code with several readings asks. Without readings, when the scanner got another profile
/// meanwhile, it can only be given up.
pub(crate) fn open_choice(desk: Desk<'_>, symbol: &Symbol) -> Result<Vec<CandidateView>, Fault> {
    candidates(desk.db, &readings(desk, symbol)?, &symbol.raw.0)
}

fn readings(desk: Desk<'_>, symbol: &Symbol) -> Result<Vec<Candidate<'static>>, Fault> {
    Ok(read(desk, symbol)?.map_or_else(|_| Vec::new(), |(readings, _)| readings))
}

fn logistic(
    desk: Desk<'_>,
    task: &mut TaskState,
    code: &LogisticCode,
    candidate: &Candidate<'_>,
    symbol: Symbol,
) -> Result<Judged, Fault> {
    if let Some(deed) = task.deed() {
        return deed.unit(desk, task, code.sscc);
    }
    if let Some(led) = lead_to_unit(desk, task, code.sscc)? {
        return Ok(led);
    }
    let announced = task.work() == Work::Receive && take_unit(desk, task, code.sscc)?;
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
        (Work::Receive, None) if announced => {
            let sscc = code.sscc;
            Ok((ScanOutcome::Logistic { sscc }, calm()))
        }
        (Work::Receive, None) => Err(problems::unit_not_announced().into()),
        _ => Err(problems::not_here("logistic").into()),
    }
}

/// Where a unit that was packed here belongs: at a ward it is received as a whole, by the task for that; a delivery takes
/// only the units of its order.
fn lead_to_unit(desk: Desk<'_>, task: &mut TaskState, sscc: Sscc) -> Result<Option<Judged>, Fault> {
    if !matches!(task.work(), Work::Confirm | Work::Deliver) {
        return Ok(None);
    }
    let Some(order) = order_of(desk.db, sscc)? else {
        return Ok(None);
    };
    if task.work() == Work::Confirm {
        let kind = TaskKind::Deed {
            kind: DeedKind::Accept,
        };
        // The basket of the confirmation stays where it is kept.
        let mut fresh = TaskState::new(kind, desk.user);
        fresh.training = task.training;
        *task = store::task::get(desk.db, &fresh.key())?.unwrap_or(fresh);
        return match task.deed() {
            Some(deed) => deed.unit(desk, task, sscc).map(Some),
            None => Ok(None),
        };
    }
    if task.order() == Some(&order.no) {
        return Ok(None);
    }
    let expected = place_view(desk.db, &order.to)?.name;
    let judgement = Judgement::of(vec![Reason::WrongStop { expected }]);
    Ok(Some((ScanOutcome::Logistic { sscc }, judgement)))
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
pub(super) fn calm() -> Judgement {
    Judgement::of(Vec::new())
}

/// The logistic unit that a label names.
pub(crate) fn unit_of(desk: Desk<'_>, raw: RawScan, entry: EntryMethod) -> Result<Sscc, Fault> {
    let symbol = Symbol { raw, entry };
    let (readings, _) = match read(desk, &symbol)? {
        Ok(readings) => readings,
        Err(_) if is_a_person(desk, &symbol)? => return Err(problems::person().into()),
        Err(error) => return Err(problems::scan(&error, false).into()),
    };
    let unit = readings.iter().find_map(|candidate| match &candidate.reading {
        Reading::Logistic(code) => Some(code.sscc),
        _ => None,
    });
    Ok(unit.ok_or_else(problems::no_unit)?)
}
