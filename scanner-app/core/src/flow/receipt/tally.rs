//! What came of what was announced, in base units.

use sparhund_shared::event::{Identified, Item, Product, UnitKey};
use sparhund_shared::reference::{AnnouncedLine, Article};

use super::super::desk::Desk;
use super::super::state::{Entry, TaskState};
use super::announced::{awaited, lines};
use crate::fault::Fault;
use crate::store::catalogue;

/// An announced line and what came of it.
pub(super) struct Counted {
    pub(super) line: AnnouncedLine,
    pub(super) article: Option<Article>,
    /// The goods as they were announced; `None` when the sender named them by nothing that is known here.
    pub(super) item: Option<Item>,
    pub(super) scanned: i64,
    pub(super) told: i64,
    pub(super) surplus: i64,
}

impl Counted {
    pub(super) fn expected(&self) -> i64 {
        i64::from(self.line.units)
    }

    pub(super) fn missing(&self) -> i64 {
        (self.expected() - self.scanned - self.told).max(0)
    }

    fn product(&self) -> Option<Product> {
        self.item.as_ref().map(|item| item.unit().product)
    }
}

/// How an entry of the basket fits.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Beyond {
    /// Base units that nobody announced.
    pub(super) units: i64,
    /// Whether nothing of such goods was announced at all.
    pub(super) stranger: bool,
}

/// What was announced and what lies in the basket, held against each other.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) lines: Vec<Counted>,
    /// By entry, in the order given.
    pub(super) beyond: Vec<Beyond>,
}

/// The tally of a receipt; `None` when nothing was announced, or nothing is left of it.
pub(super) fn tally(desk: Desk<'_>, task: &TaskState, basket: &[&Entry]) -> Result<Option<Tally>, Fault> {
    let Some(delivery) = awaited(desk.db, task)? else {
        return Ok(None);
    };
    let mut tally = Tally::default();
    for line in lines(&delivery, task) {
        tally.lines.push(counted(desk, line)?);
    }
    let by_unit = !task.receipt.units.is_empty();
    let mut left: Vec<i64> = basket.iter().map(|entry| i64::from(entry.units())).collect();
    // What says its lot and serial is counted first: what does not takes what is left.
    for exactly in [true, false] {
        for (entry, left) in basket.iter().zip(&mut left) {
            let unit = entry.item.unit();
            for counted in &mut tally.lines {
                let fits = if exactly {
                    counted.line.lot == unit.lot && counted.line.serial == unit.serial
                } else {
                    may_be(&counted.line, &unit)
                };
                let of_unit = !by_unit || counted.line.sscc == entry.sscc;
                if !fits || !of_unit || counted.product().as_ref() != Some(&unit.product) {
                    continue;
                }
                let taken = counted.missing().min(*left);
                *left -= taken;
                if entry.symbols.is_empty() {
                    counted.told += taken;
                } else {
                    counted.scanned += taken;
                }
            }
        }
    }
    for (entry, left) in basket.iter().zip(left) {
        let unit = entry.item.unit();
        // Too many of a lot are told where that lot was announced.
        let lines = tally.lines.iter_mut();
        let same = lines
            .filter(|counted| counted.product().as_ref() == Some(&unit.product))
            .min_by_key(|counted| (!may_be(&counted.line, &unit), counted.line.line));
        tally.beyond.push(Beyond {
            units: left,
            stranger: same.is_none(),
        });
        if let Some(counted) = same {
            counted.surplus += left;
        }
    }
    Ok(Some(tally))
}

/// Whether goods may be of a line: neither says another lot or serial than the other.
fn may_be(line: &AnnouncedLine, unit: &UnitKey) -> bool {
    let lot = line.lot.is_none() || unit.lot.is_none() || line.lot == unit.lot;
    let serial = line.serial.is_none() || unit.serial.is_none() || line.serial == unit.serial;
    lot && serial
}

fn counted(desk: Desk<'_>, line: AnnouncedLine) -> Result<Counted, Fault> {
    let by_di = match &line.di {
        Some(di) => catalogue::article_by_di(desk.db, di)?,
        None => None,
    };
    let article = match (by_di, &line.article) {
        (None, Some(no)) => catalogue::article(desk.db, no)?,
        (found, _) => found,
    };
    let base = article.as_ref().and_then(Article::base).or(line.di.as_ref());
    // Announced units are base units, and so is what is named here.
    let item = base.map(|base| {
        Item::Identified(Identified {
            di: base.clone(),
            base: base.clone(),
            article: article.as_ref().map(|article| article.no.clone()),
            lot: line.lot.clone(),
            serial: line.serial.clone(),
            expiry: line.expiry,
            made: None,
        })
    });
    Ok(Counted {
        line,
        article,
        item,
        scanned: 0,
        told: 0,
        surplus: 0,
    })
}
