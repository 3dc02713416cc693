//! What is scanned: baskets of goods as a warehouse meets them, never the same unit twice.

use super::goods::{Goods, letters, unknown_label};
use super::region::{LINES, SERIALS, held_on_order, serial_on_shelf};
use super::tally::Unit;

/// Scans of a basket, the place included.
pub const BASKET: usize = 20;

/// What a label is, for the device that scans it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A lot of a known article.
    Lot,
    /// Lot and serial of a known article.
    Serial,
    /// Held.
    Held,
    /// No catalogue has it.
    Unknown,
    /// A shelf.
    Place,
}

impl Kind {
    /// Its name in the figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lot => "known, lot",
            Self::Serial => "known, lot and serial",
            Self::Held => "held",
            Self::Unknown => "not in the catalogue",
            Self::Place => "shelf",
        }
    }
}

/// The task it is scanned in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Task {
    /// Goods receipt.
    Receive,
    /// A pick for an order.
    Pick,
}

impl Task {
    /// Its name in the figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Receive => "receipt",
            Self::Pick => "pick",
        }
    }
}

/// A scan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scan {
    /// What the scanner types.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// What it puts into the basket.
    pub unit: Option<Unit>,
    /// The verdict that it must get.
    pub verdict: &'static str,
}

/// Makes baskets.
#[derive(Debug)]
pub struct Work {
    /// Articles of each kind.
    articles: usize,
    /// Held ones.
    holds: usize,
    /// Label of the shelf that goods are received to.
    shelf: String,
    made: usize,
    serials_picked: usize,
}

impl Work {
    /// Nothing made yet.
    pub fn new(articles: usize, holds: usize, shelf: String) -> Self {
        let articles = Goods::of_each_kind(articles);
        Self {
            articles,
            holds: holds.min(articles),
            shelf,
            made: 0,
            serials_picked: 0,
        }
    }

    /// A basket for a task. `calm`: nothing in it is stopped.
    pub fn basket(&mut self, task: Task, calm: bool) -> Vec<Scan> {
        match task {
            Task::Receive => {
                let mut basket: Vec<Scan> = (1..BASKET).map(|at| self.received(at, calm)).collect();
                basket.push(Scan {
                    text: self.shelf.clone(),
                    kind: Kind::Place,
                    unit: None,
                    verdict: "ok",
                });
                basket
            }
            Task::Pick => (0..BASKET).map(|at| self.picked(at)).collect(),
        }
    }

    fn received(&mut self, at: usize, calm: bool) -> Scan {
        self.made += 1;
        // Far apart in the catalogue, as goods on a pallet are.
        let far = self.made * 7_919;
        let lot = letters(1_000_000 + self.made);
        match at % 6 {
            5 if !calm => {
                let goods = Goods::held(far % self.holds);
                let lot = goods.held_lot().unwrap_or(lot);
                stopped(Kind::Held, goods.label(&lot, None))
            }
            3 => {
                let text = unknown_label(self.made, &lot);
                taken(Kind::Unknown, text, lot, None, "warn")
            }
            1 => {
                let (goods, serial) = (Goods::by_serial(far % self.articles), format!("T{}", self.made));
                let text = goods.label(&lot, Some(&serial));
                taken(Kind::Serial, text, lot, Some(serial), "ok")
            }
            _ => {
                let text = Goods::free(far % self.articles).label(&lot, None);
                taken(Kind::Lot, text, lot, None, "ok")
            }
        }
    }

    fn picked(&mut self, at: usize) -> Scan {
        self.made += 1;
        let [by_lot, by_serial, held] = LINES;
        match at % 6 {
            5 => {
                let goods = held_on_order(self.made % held);
                stopped(Kind::Held, goods.label(&letters(goods.0), None))
            }
            3 if at > 6 => stopped(Kind::Unknown, unknown_label(self.made, "LOTT")),
            1 if self.serials_picked < by_serial * SERIALS => {
                let number = self.serials_picked;
                self.serials_picked += 1;
                let goods = Goods::by_serial(number % by_serial);
                let (lot, serial) = (letters(goods.0), serial_on_shelf(goods, number / by_serial));
                let text = goods.label(&lot, Some(&serial));
                taken(Kind::Serial, text, lot, Some(serial), "ok")
            }
            _ => {
                let goods = Goods::free(self.made % by_lot);
                let lot = letters(goods.0);
                taken(Kind::Lot, goods.label(&lot, None), lot, None, "ok")
            }
        }
    }
}

fn taken(kind: Kind, text: String, lot: String, serial: Option<String>, verdict: &'static str) -> Scan {
    let unit = Unit {
        // Behind AIM identifier and AI 01.
        gtin: text[5..19].to_owned(),
        lot,
        serial,
    };
    Scan {
        text,
        kind,
        unit: Some(unit),
        verdict,
    }
}

fn stopped(kind: Kind, text: String) -> Scan {
    Scan {
        text,
        kind,
        unit: None,
        verdict: "stop",
    }
}
