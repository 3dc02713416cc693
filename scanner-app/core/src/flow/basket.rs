//! Putting things into the basket. A STOP never gets in.

use sparhund_shared::event::Quantity;
use sparhund_shared::verdict::{Judgement, Verdict};

use super::bins::{Carried, carry};
use super::desk::Desk;
use super::expected::item_of_line;
use super::goods::order_now;
use super::receipt::stamp;
use super::state::{Entry, Symbol, TaskState, Work};
use super::weigh::{Label, tell_basket, weigh};
use crate::api::{ItemView, ScanOutcome};
use crate::fault::Fault;
use crate::problems;
use crate::scan::{Found, item_view};

/// Most different symbols kept of one entry: a label has a handful, a count by scanning repeats the same.
const MOST_SYMBOLS: usize = 16;

/// Puts an item in. The same item again adds to its count, it never replaces it.
pub(crate) fn put(
    desk: Desk<'_>,
    task: &mut TaskState,
    found: &Found,
    symbols: Vec<Symbol>,
) -> Result<(ScanOutcome, Judgement), Fault> {
    let Carried { place, passed_over } = match task.work() {
        Work::Pick => carry(desk, task, &found.item)?,
        Work::Receive | Work::Deliver | Work::Confirm | Work::Deed => Carried::default(),
    };
    let sscc = stamp(task, found.sscc);
    let at = task.basket.iter().position(|entry| {
        // A serial is one piece: the same one again is judged as a new entry and stopped.
        entry.item.unit().serial.is_none()
            && entry.item == found.item
            && entry.place == place
            && entry.units_per_pack == found.units_per_pack
            && entry.sscc == sscc
            // What a person confirmed without scanning is not told as scanned.
            && entry.symbols.is_empty() == symbols.is_empty()
    });
    let mut entry = match at {
        Some(at) => task.basket[at].clone(),
        None => Entry {
            item: found.item.clone(),
            line: None,
            packs: 0,
            units_per_pack: found.units_per_pack,
            place,
            passed_over: None,
            named_after: false,
            sscc,
            symbols: Vec::new(),
            suspect: false,
            lenient: false,
            marks: Vec::new(),
            judgement: Judgement::of(Vec::new()),
        },
    };
    entry.packs = entry.packs.saturating_add(found.packs);
    entry.suspect |= found.suspect;
    entry.lenient |= found.lenient;
    entry.passed_over = passed_over;
    for symbol in symbols {
        if entry.symbols.len() < MOST_SYMBOLS && !entry.symbols.contains(&symbol) {
            entry.symbols.push(symbol);
        }
    }
    settle(desk, task, entry, at, Change::Scanned)
}

/// How a count came about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    /// A scan added to it.
    Scanned,
    /// A person said it.
    Counted,
}

/// Weighs an entry and keeps it unless it is stopped.
fn settle(
    desk: Desk<'_>,
    task: &mut TaskState,
    mut entry: Entry,
    at: Option<usize>,
    change: Change,
) -> Result<(ScanOutcome, Judgement), Fault> {
    if Quantity::of_packs(entry.packs, entry.units_per_pack).is_err() {
        return Err(problems::quantity(entry.packs).into());
    }
    let mut weighed = weigh(desk, task, &entry, at, Label::MayGoOn)?;
    if change == Change::Scanned {
        tell_basket(task, &entry, at, &mut weighed);
    }
    if weighed.judgement.verdict == Verdict::Stop {
        let outcome = ScanOutcome::Stopped {
            item: view_of(desk, &entry)?,
        };
        return Ok((outcome, weighed.judgement));
    }
    entry.line = weighed.line;
    entry.judgement = weighed.judgement.clone();
    let index = at.unwrap_or(task.basket.len());
    match at {
        Some(at) => task.basket[at] = entry,
        None => task.basket.push(entry),
    }
    task.newest = Some(index);
    Ok((ScanOutcome::InBasket { entry: index }, weighed.judgement))
}

/// An entry as a person sees it.
pub(crate) fn view_of(desk: Desk<'_>, entry: &Entry) -> Result<ItemView, Fault> {
    let article = match entry.item.article() {
        Some(no) => desk.article(no)?,
        None => None,
    };
    Ok(item_view(
        &entry.item,
        article.as_deref(),
        entry.units_per_pack,
        entry.raw(),
    ))
}

/// What lies at a place of the basket.
pub(crate) fn item_at(desk: Desk<'_>, task: &TaskState, at: usize) -> Result<Option<ItemView>, Fault> {
    task.basket.get(at).map(|entry| view_of(desk, entry)).transpose()
}

/// Corrects a count; 0 takes the entry out.
pub(crate) fn set_count(
    desk: Desk<'_>,
    task: &mut TaskState,
    at: usize,
    packs: u32,
) -> Result<(ScanOutcome, Judgement), Fault> {
    let mut entry = task
        .basket
        .get(at)
        .cloned()
        .ok_or_else(|| problems::no_entry(at))?;
    if packs == 0 {
        let item = view_of(desk, &entry)?;
        task.remove(at);
        return Ok((ScanOutcome::TakenOut { item }, Judgement::of(Vec::new())));
    }
    let before = entry.packs;
    entry.packs = packs;
    let judged = settle(desk, task, entry, Some(at), Change::Counted)?;
    if judged.1.verdict != Verdict::Stop {
        recount(task, at, before, packs);
    }
    Ok(judged)
}

/// A count was typed between two symbols of a label: it is of all that the first one brought, or, when other scans
/// brought the same too, of goods that nobody can tell apart any more.
fn recount(task: &mut TaskState, at: usize, before: u32, packs: u32) {
    let Some(last) = &mut task.last_item else { return };
    match &mut last.basket {
        Some((entry, brought)) if *entry == at && *brought == before => *brought = packs,
        Some((entry, _)) if *entry == at => task.last_item = None,
        _ => {}
    }
}

/// Ward receipt without scanning: everything of a line that is on its way and that nothing stops.
pub(crate) fn expect_line(
    desk: Desk<'_>,
    task: &mut TaskState,
    line: u32,
) -> Result<(ScanOutcome, Judgement), Fault> {
    let (Work::Confirm, Some(no)) = (task.work(), task.order()) else {
        return Err(problems::not_here("line").into());
    };
    let order = order_now(desk, no)?;
    let wanted = order
        .lines
        .iter()
        .find(|wanted| wanted.line == line && !wanted.shipped.is_empty())
        .ok_or_else(|| problems::no_line(line))?;
    let mut reasons = Vec::new();
    for unit in &wanted.shipped {
        let item = item_of_line(desk, wanted, unit)?;
        let there: i64 = task
            .basket
            .iter()
            .filter(|entry| entry.item.is_same_unit(&item))
            .map(|entry| i64::from(entry.units()))
            .sum();
        let packs = u32::try_from(unit.units - there).unwrap_or(0);
        if packs == 0 {
            continue;
        }
        let found = Found {
            item,
            article: None,
            units_per_pack: 1,
            packs,
            suspect: false,
            lenient: false,
            sscc: None,
        };
        let (_, judgement) = put(desk, task, &found, Vec::new())?;
        reasons.extend(judgement.reasons);
    }
    Ok((ScanOutcome::Line { line }, Judgement::of(reasons)))
}
