//! What a person says in a receipt beside scanning.

use sparhund_shared::event::{Answer, Note};
use sparhund_shared::privacy::names_a_person;
use sparhund_shared::verdict::Judgement;

use super::super::basket::put;
use super::super::desk::Desk;
use super::super::scan::{Judged, calm};
use super::super::state::{Entry, TaskState, Work};
use super::announced::awaited;
use super::check::{Checked, REASONS};
use super::tally::tally;
use crate::api::{Mark, ReceiptSay, ScanOutcome};
use crate::fault::Fault;
use crate::problems;
use crate::scan::Found;

/// Takes it in.
pub(crate) fn say(desk: Desk<'_>, task: &mut TaskState, said: ReceiptSay) -> Result<Judged, Fault> {
    if task.work() != Work::Receive {
        return Err(problems::not_here("answer").into());
    }
    match said {
        ReceiptSay::Told { line } => return told(desk, task, |of| of.line == line),
        ReceiptSay::ToldUnit { sscc } => return told(desk, task, |of| of.sscc == Some(sscc)),
        ReceiptSay::Mark { entry, mark } => set_mark(desk, task, entry, mark)?,
        ReceiptSay::Check {
            article,
            question,
            answer,
        } => {
            if answer == Some(Answer::NotSampled) {
                return Err(problems::not_here("answer").into());
            }
            let checked = checked(task, article);
            checked.answers[question as usize] = answer;
            if !checked.failed() {
                checked.reason = None;
            }
        }
        ReceiptSay::CheckReason { article, reason } => {
            if !REASONS.contains(&reason) {
                return Err(problems::not_here("answer").into());
            }
            checked(task, article).reason = Some(reason);
        }
        ReceiptSay::NothingCame if task.basket.is_empty() && awaited(desk.db, task)?.is_some() => {
            task.said.none_found = true;
        }
        ReceiptSay::NothingCame => return Err(problems::not_here("answer").into()),
    }
    Ok((ScanOutcome::Answered, calm()))
}

fn checked(task: &mut TaskState, article: sparhund_shared::event::ArticleNo) -> &mut Checked {
    let checks = &mut task.receipt.checks;
    let at = checks.iter().position(|checked| checked.article == article);
    let at = at.unwrap_or_else(|| {
        checks.push(Checked::of(article));
        checks.len() - 1
    });
    &mut checks[at]
}

/// What was announced of lines and not scanned goes into the basket, without a symbol: it was told, not seen.
fn told(
    desk: Desk<'_>,
    task: &mut TaskState,
    wanted: impl Fn(&sparhund_shared::reference::AnnouncedLine) -> bool,
) -> Result<Judged, Fault> {
    let basket: Vec<&Entry> = task.basket.iter().collect();
    let tally = tally(desk, task, &basket)?.unwrap_or_default();
    let mut reasons = Vec::new();
    let mut last = None;
    for counted in tally.lines.iter().filter(|counted| wanted(&counted.line)) {
        let Some(item) = &counted.item else {
            return Err(problems::line_unknown().into());
        };
        let packs = u32::try_from(counted.missing()).unwrap_or(0);
        last = Some(counted.line.line);
        if packs == 0 {
            continue;
        }
        let found = Found {
            item: item.clone(),
            article: None,
            units_per_pack: 1,
            packs,
            suspect: false,
            lenient: false,
            sscc: counted.line.sscc,
        };
        let (outcome, judgement) = put(desk, task, &found, Vec::new())?;
        if matches!(outcome, ScanOutcome::Stopped { .. }) {
            return Ok((outcome, judgement));
        }
        reasons.extend(judgement.reasons);
    }
    let line = last.ok_or_else(|| problems::no_line(0))?;
    Ok((ScanOutcome::Line { line }, Judgement::of(reasons)))
}

/// Base units of an entry that marks leave.
fn set_mark(desk: Desk<'_>, task: &mut TaskState, at: usize, mark: Mark) -> Result<(), Fault> {
    let note = mark
        .note
        .as_deref()
        .map(str::trim)
        .filter(|note| !note.is_empty());
    if note.is_some_and(|note| names_a_person(note.as_bytes(), desk.today)) {
        return Err(problems::person_in_text().into());
    }
    let note: Option<Note> = note
        .map(|note| note.parse().map_err(|_| problems::note()))
        .transpose()?;
    let entry = task.basket.get_mut(at).ok_or_else(|| problems::no_entry(at))?;
    let others = entry.marks.iter().filter(|other| other.reason != mark.reason);
    let marked: u32 = others.map(|other| other.units).sum();
    if marked.saturating_add(mark.units) > entry.units() {
        return Err(problems::quantity(mark.units).into());
    }
    entry.marks.retain(|other| other.reason != mark.reason);
    if mark.units > 0 {
        entry.marks.push(Mark {
            note: note.map(|note| note.to_string()),
            ..mark
        });
    }
    Ok(())
}
