//! From a receipt to events: checks and differences first, then the goods, which name what they follow from.

use std::collections::BTreeMap;

use sparhund_shared::event::{
    Answer, BizStep, Circumstances, Difference, Event, Item, Movement, Quantity, ReasonCode, ReceivingCheck,
    StockStatus,
};
use sparhund_shared::identity::{PlaceCode, Sscc};

use super::super::desk::Desk;
use super::super::events::{capture, movement};
use super::super::state::{Entry, TaskState};
use super::announced::reference;
use super::tally::{Counted, Tally, tally};
use super::{check, says_none};
use crate::api::{Keep, Mark, Question};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;

/// The events of a receipt.
pub(crate) fn receiving(
    desk: Desk<'_>,
    task: &TaskState,
    supplier: &str,
    no: Option<&str>,
) -> Result<Vec<Draft>, Fault> {
    let place = task.place.as_ref().ok_or_else(problems::place_needed)?;
    if let Some(open) = check::open(desk, task)? {
        return Err(problems::check_open(&open.article.name).into());
    }
    let basket: Vec<&Entry> = task.basket.iter().collect();
    let tally = tally(desk, task, &basket)?;
    if tally.is_none() && says_none(task) {
        return Err(problems::basket_empty().into());
    }
    let supplier = match no {
        Some(no) => format!("{supplier}, {no}"),
        None => supplier.to_owned(),
    };
    let mut drawing = Drawing {
        desk,
        task,
        place,
        supplier,
        drafts: Vec::new(),
    };
    let failed = drawing.checks(tally.is_some())?;
    if let Some(tally) = &tally {
        drawing.differences(tally)?;
    }
    for entry in &task.basket {
        drawing.goods(entry, &failed)?;
    }
    Ok(drawing.drafts)
}

/// What goods are told by in a check: their article, else the goods themselves.
fn subject(item: &Item) -> String {
    let article = item.article().map(ToString::to_string);
    article.unwrap_or_else(|| item.unit().product.to_string())
}

/// Checks that failed, by subject and logistic unit: the event and the reason.
type Failed = BTreeMap<(Option<Sscc>, String), (usize, ReasonCode)>;

struct Drawing<'a> {
    desk: Desk<'a>,
    task: &'a TaskState,
    place: &'a PlaceCode,
    supplier: String,
    drafts: Vec<Draft>,
}

impl Drawing<'_> {
    /// One check of each article of each logistic unit. Of an announced delivery there is one where nothing was asked
    /// too: that it was received, and not looked at, is told.
    fn checks(&mut self, announced: bool) -> Result<Failed, Fault> {
        let asked = check::asked(self.desk, self.task)?;
        let mut failed = Failed::new();
        let mut done: Vec<(Option<Sscc>, String)> = Vec::new();
        for entry in &self.task.basket {
            let key = (entry.sscc, subject(&entry.item));
            if done.contains(&key) {
                continue;
            }
            let asked = asked
                .iter()
                .find(|asked| Some(&asked.article.no) == entry.item.article());
            if asked.is_none() && !announced {
                continue;
            }
            let answer = |question: Question| {
                let asked = asked.filter(|asked| asked.questions.contains(&question));
                asked
                    .and_then(|asked| asked.checked.answers[question as usize])
                    .unwrap_or(Answer::NotSampled)
            };
            if let Some(reason) = asked.and_then(|asked| asked.checked.reason) {
                failed.insert(key.clone(), (self.drafts.len(), reason));
            }
            self.drafts.push(Draft::from(Event::Check(ReceivingCheck {
                delivery: reference(self.task, entry.sscc),
                place: self.place.clone(),
                item: entry.item.clone(),
                conformity: answer(Question::Conformity),
                information: answer(Question::Information),
                importer: answer(Question::Importer),
                udi: answer(Question::Udi),
                photos: None,
                capture: capture(self.desk, &entry.symbols, Some(&entry.judgement))?,
            })));
            done.push(key);
        }
        Ok(failed)
    }

    /// What is missing, and what nobody announced.
    fn differences(&mut self, tally: &Tally) -> Result<(), Fault> {
        for counted in tally.lines.iter().filter(|counted| counted.missing() > 0) {
            let Counted {
                line, article, item, ..
            } = counted;
            self.drafts.push(Draft::from(Event::Differ(Difference {
                delivery: reference(self.task, line.sscc),
                place: self.place.clone(),
                article: article
                    .as_ref()
                    .map(|article| article.no.clone())
                    .or_else(|| line.article.clone()),
                item: item.clone(),
                reason: ReasonCode::Missing,
                units: units(counted.missing())?,
                note: None,
                photos: None,
                capture: capture(self.desk, &[], None)?,
            })));
        }
        for (entry, beyond) in self.task.basket.iter().zip(&tally.beyond) {
            if beyond.units > 0 {
                let reason = if beyond.stranger {
                    ReasonCode::WrongItem
                } else {
                    ReasonCode::Surplus
                };
                let difference = self.difference(entry, reason, units(beyond.units)?)?;
                self.drafts.push(Draft::from(Event::Differ(difference)));
            }
        }
        Ok(())
    }

    /// The goods of an entry: what was marked, then the rest.
    fn goods(&mut self, entry: &Entry, failed: &Failed) -> Result<(), Fault> {
        let mut left = i64::from(entry.units());
        for mark in &entry.marks {
            // Whoever lowers the count afterwards means the goods that are left.
            let marked = i64::from(mark.units).min(left);
            if marked == 0 {
                continue;
            }
            left -= marked;
            self.marked(entry, mark, units(marked)?)?;
        }
        if left == 0 {
            return Ok(());
        }
        let failed = failed.get(&(entry.sscc, subject(&entry.item)));
        let mut movement = self.movement(entry, units(left)?)?;
        if let Some((_, reason)) = failed {
            movement.circumstances = set_aside(*reason, None);
        }
        self.drafts.push(Draft {
            event: Event::Move(movement),
            cause: failed.map(|(check, _)| *check),
        });
        Ok(())
    }

    fn marked(&mut self, entry: &Entry, mark: &Mark, units: Quantity) -> Result<(), Fault> {
        let note = mark.note.as_deref().and_then(|note| note.parse().ok());
        let photos = (!mark.photos.is_empty()).then(|| mark.photos.clone());
        let difference = Difference {
            note,
            photos,
            ..self.difference(entry, mark.reason, units)?
        };
        let cause = Some(self.drafts.len());
        self.drafts.push(Draft::from(Event::Differ(difference)));
        if mark.keep == Keep::Quarantine {
            let mut movement = self.movement(entry, units)?;
            movement.circumstances = set_aside(mark.reason, mark.note.as_deref());
            self.drafts.push(Draft {
                event: Event::Move(movement),
                cause,
            });
        }
        Ok(())
    }

    fn movement(&self, entry: &Entry, units: Quantity) -> Result<Movement, Fault> {
        Ok(Movement {
            quantity: units,
            supplier: Some(self.supplier.clone()),
            ..movement(self.desk, BizStep::Receiving, entry, None, self.place)?
        })
    }

    fn difference(&self, entry: &Entry, reason: ReasonCode, units: Quantity) -> Result<Difference, Fault> {
        Ok(Difference {
            delivery: reference(self.task, entry.sscc),
            place: self.place.clone(),
            article: entry.item.article().cloned(),
            item: Some(entry.item.clone()),
            reason,
            units,
            note: None,
            photos: None,
            capture: capture(self.desk, &entry.symbols, Some(&entry.judgement))?,
        })
    }
}

fn set_aside(reason: ReasonCode, note: Option<&str>) -> Option<Box<Circumstances>> {
    Circumstances {
        becomes: Some(StockStatus::Quarantined),
        reason: Some(reason),
        note: note.and_then(|note| note.parse().ok()),
        ..Circumstances::default()
    }
    .told()
}

fn units(units: i64) -> Result<Quantity, Fault> {
    let wide = u32::try_from(units).unwrap_or(u32::MAX);
    Ok(Quantity::new(wide).map_err(|_| problems::quantity(wide))?)
}
