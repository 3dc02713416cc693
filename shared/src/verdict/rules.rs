//! The rules, one function a flow. Each gathers every reason, so that a person sees all of them at once.

use jiff::civil::Date;

use super::{Floor, Judgement, Reason};
use crate::event::{ArticleNo, Hold, HoldMatch, Item, Quantity, ReasonCode};
use crate::reference::{Article, LotOption, ProductionIdentifier, TraceLevel};

/// What the device knows at the moment of the scan.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Catalogue entry of the scanned identifier.
    pub article: Option<&'a Article>,
    /// Holds in force on the device.
    pub holds: &'a [Hold],
    /// Today on the device.
    pub today: Date,
}

/// What was scanned.
#[derive(Clone, Copy, Debug)]
pub struct Scanned<'a> {
    /// The item.
    pub item: &'a Item,
    /// Base units.
    pub quantity: Quantity,
    /// The reader saw that a separator may be missing.
    pub suspect_separator: bool,
    /// A strict reader refuses the label.
    pub lenient_reading: bool,
    /// Whether this very serial was handled already in this task.
    pub handled: bool,
}

/// The order line or expected delivery line a scan is held against.
#[derive(Clone, Copy, Debug)]
pub struct LineView<'a> {
    /// What is wanted.
    pub article: &'a ArticleNo,
    /// Base units left to do.
    pub left: i64,
    /// Goods at hand, first expired first out.
    pub options: &'a [LotOption],
    /// What the site keeps of them.
    pub kept: Option<Kept>,
    /// Why a person with the right to it goes past a rule.
    pub excuse: Option<ReasonCode>,
}

impl<'a> LineView<'a> {
    /// A line that no stock is kept for and no rule is broken for.
    pub fn of(article: &'a ArticleNo, left: i64, options: &'a [LotOption]) -> Self {
        Self {
            article,
            left,
            options,
            kept: None,
            excuse: None,
        }
    }
}

/// What a site has of an article, and what it keeps for worse days.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Base units that may be used now.
    pub usable: i64,
    /// Säkerhetslager, base units.
    pub safety: u32,
    /// Beredskapslager, base units; it lies below the safety stock.
    pub preparedness: u32,
}

impl Kept {
    /// Which floor a pick goes below.
    fn below(self, units: i64) -> Option<Reason> {
        let left = self.usable - units;
        let whole = self.safety.saturating_add(self.preparedness);
        let (floor, keep) = if left < i64::from(self.preparedness) {
            (Floor::Preparedness, self.preparedness)
        } else if left < i64::from(whole) {
            (Floor::Safety, whole)
        } else {
            return None;
        };
        Some(Reason::BelowFloor { floor, left, keep })
    }
}

/// Goods receipt. Held and expired goods may not be booked in as free stock; unknown goods may, flagged.
pub fn judge_receive(scanned: &Scanned<'_>, known: &Known<'_>) -> Judgement {
    Judgement::of(common(scanned, known))
}

/// Goods that are taken into use, lent or go on in another way that no order line wants.
pub fn judge_use(scanned: &Scanned<'_>, known: &Known<'_>) -> Judgement {
    Judgement::of(common(scanned, known))
}

/// Goods that do not go on: stored, set aside, returned, destroyed, counted. Held and expired ones are told, not stopped:
/// this is how they come off the shelf.
pub fn judge_aside(scanned: &Scanned<'_>, known: &Known<'_>) -> Judgement {
    let told = common(scanned, known).into_iter().map(|reason| match reason {
        Reason::Held { text } | Reason::MaybeHeld { text } => Reason::HeldAside { text },
        Reason::Expired { expiry } => Reason::ExpiredAside { expiry },
        other => other,
    });
    Judgement::of(told.collect())
}

/// Pick for an order line.
pub fn judge_pick(scanned: &Scanned<'_>, known: &Known<'_>, line: &LineView<'_>) -> Judgement {
    let mut reasons = common(scanned, known);
    let article = known.article.map(|article| &article.no);
    // One instruction at a time: what must be set aside is not put back on the shelf.
    if reasons.iter().any(Reason::sets_aside) {
        return Judgement::of(reasons);
    }
    if article == Some(line.article) {
        reasons.extend(too_many(scanned, line.left));
        let kept = line.kept;
        let below = kept.and_then(|kept| kept.below(i64::from(scanned.quantity.get())));
        let rules = later_lot(scanned.item, line.options).into_iter().chain(below);
        reasons.extend(rules.map(|reason| match line.excuse {
            Some(why) => reason.excused(why),
            None => reason,
        }));
    } else {
        // That it will be matched later is no comfort: nothing is kept of goods that are not picked.
        reasons.retain(|reason| *reason != Reason::UnknownArticle);
        reasons.push(Reason::WrongItem {
            scanned: article.cloned(),
        });
    }
    Judgement::of(reasons)
}

/// Ward receipt against what was sent; `line` is `None` when nothing like it was sent.
pub fn judge_accept(scanned: &Scanned<'_>, known: &Known<'_>, line: Option<&LineView<'_>>) -> Judgement {
    let mut reasons = common(scanned, known);
    match line {
        Some(line) => reasons.extend(too_many(scanned, line.left)),
        None => reasons.push(Reason::NotExpected),
    }
    Judgement::of(reasons)
}

fn too_many(scanned: &Scanned<'_>, left: i64) -> Option<Reason> {
    match i64::from(scanned.quantity.get()) > left {
        false => None,
        // A count that is changed to nothing is no count.
        true if left <= 0 => Some(Reason::LineFull),
        true => Some(Reason::TooMany { left }),
    }
}

/// First expired first out: stops when goods that expire earlier than the scanned ones are at hand. A lot the
/// books do not know is judged by its own date: the book may be wrong, the shelf is right.
fn later_lot(item: &Item, options: &[LotOption]) -> Option<Reason> {
    let scanned = item.expiry().map(|date| date.last_usable_day());
    let first = options.iter().find(|option| option.units > 0)?;
    let first_day = first.expiry.as_ref().map(|date| date.last_usable_day())?;
    let later = scanned.is_none_or(|day| day > first_day);
    let same_lot = matches!(item, Item::Identified(item) if item.lot == first.lot);
    (later && !same_lot).then(|| Reason::WrongLot {
        lot: first.lot.clone(),
        place: first.place.clone(),
        expiry: first.expiry,
    })
}

/// What every flow asks.
fn common(scanned: &Scanned<'_>, known: &Known<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let Item::Identified(item) = scanned.item else {
        return vec![Reason::UnreadCode];
    };
    for hold in known.holds.iter().filter(|hold| hold.released_at.is_none()) {
        let lot = item.lot.as_ref();
        let serial = item.serial.as_ref();
        let met = hold
            .meets(&item.di, lot, serial)
            .or_else(|| hold.meets(&item.base, lot, serial));
        match met {
            Some(HoldMatch::Exact) => reasons.push(Reason::Held {
                text: hold.reason.clone(),
            }),
            Some(HoldMatch::CaseOnly | HoldMatch::Possible) => {
                reasons.push(Reason::MaybeHeld {
                    text: hold.reason.clone(),
                });
            }
            None => {}
        }
    }
    if let Some(expiry) = &item.expiry
        && known.today > expiry.last_usable_day()
    {
        reasons.push(Reason::Expired { expiry: *expiry });
    }
    if item.serial.is_some() {
        if scanned.handled {
            reasons.push(Reason::SerialAgain);
        }
        if scanned.quantity.get() > 1 {
            reasons.push(Reason::SerialCount);
        }
    }
    if scanned.suspect_separator {
        reasons.push(Reason::SuspectSeparator);
    }
    if scanned.lenient_reading {
        reasons.push(Reason::LenientReading);
    }
    match known.article {
        None => reasons.push(Reason::UnknownArticle),
        Some(article) => {
            if article.trace == TraceLevel::Serial && item.serial.is_none() {
                reasons.push(Reason::NoSerial);
            }
            if article.trace >= TraceLevel::Lot && item.lot.is_none() && item.serial.is_none() {
                reasons.push(Reason::NoLot);
            }
            if article.identifiers.contains(&ProductionIdentifier::Expiry) && item.expiry.is_none() {
                reasons.push(Reason::NoExpiry);
            }
        }
    }
    reasons
}
