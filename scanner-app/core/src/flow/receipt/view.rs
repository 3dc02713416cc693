//! A receipt as a person sees it.

use super::super::desk::Desk;
use super::super::state::{Entry, TaskState, Work};
use super::announced::awaited;
use super::check::asked;
use super::tally::tally;
use crate::api::{AskedView, CheckView, Mark, ReceiptLine, ReceiptUnit, ReceiptView};
use crate::fault::Fault;

/// Builds it; `None` in every other task.
pub(crate) fn view(desk: Desk<'_>, task: &TaskState) -> Result<Option<ReceiptView>, Fault> {
    if task.work() != Work::Receive {
        return Ok(None);
    }
    let mut view = ReceiptView::default();
    if let Some(delivery) = awaited(desk.db, task)? {
        let receipt = &task.receipt;
        for line in delivery.lines.iter().filter(|line| delivery.awaits(line)) {
            if let Some(sscc) = line.sscc
                && !view.units.iter().any(|unit| unit.sscc == sscc)
            {
                view.units.push(ReceiptUnit {
                    sscc,
                    open: receipt.units.contains(&sscc),
                    current: receipt.unit == Some(sscc),
                });
            }
        }
        view.announced = true;
        view.order = delivery.order;
        view.may_be_none = task.basket.is_empty() && !task.said.none_found;
    }
    let basket: Vec<&Entry> = task.basket.iter().collect();
    for counted in tally(desk, task, &basket)?.unwrap_or_default().lines {
        let (expected, missing) = (counted.expected(), counted.missing());
        let line = counted.line;
        let known = counted.article.map(|article| (article.no, article.name));
        let (article, name) = match known {
            Some((no, name)) => (Some(no), Some(name)),
            None => (line.article, None),
        };
        let named = name.or(line.name).or_else(|| line.di.map(|di| di.to_string()));
        view.lines.push(ReceiptLine {
            line: line.line,
            article,
            name: named.unwrap_or_default(),
            lot: line.lot,
            serial: line.serial,
            expiry: line.expiry,
            sscc: line.sscc,
            expected,
            scanned: counted.scanned,
            told: counted.told,
            missing,
            surplus: counted.surplus,
        });
    }
    for asked in asked(desk, task)? {
        let done = asked.is_done();
        let checked = asked.checked;
        view.checks.push(CheckView {
            article: asked.article.no,
            name: asked.article.name,
            questions: asked
                .questions
                .into_iter()
                .map(|question| AskedView {
                    question,
                    answer: checked.answers[question as usize],
                })
                .collect(),
            failed: checked.failed(),
            reason: checked.reason,
            done,
        });
    }
    Ok(Some(view))
}

/// Marks of an entry, as far as there are goods for them.
pub(crate) fn marks(entry: &Entry) -> Vec<Mark> {
    let mut left = entry.units();
    let mut marks = Vec::new();
    for mark in &entry.marks {
        let units = mark.units.min(left);
        left -= units;
        if units > 0 {
            marks.push(Mark {
                units,
                ..mark.clone()
            });
        }
    }
    marks
}
