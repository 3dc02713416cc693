//! Påfyllning: what lies below its minimum is named with where to fetch it; goods are scanned there, and the scan of their
//! shelf books them. From the buffer goes what expires first.

use sparhund_shared::event::{ArticleNo, Product, StockStatus};
use sparhund_shared::identity::{PlaceCode, UdiDi};
use sparhund_shared::reference::{
    Goods as Standing, LotOption, Place, PlaceKind, Role, Rule, StockRule, fefo,
};
use sparhund_shared::verdict::{Judgement, Reason, judge_use};

use super::super::desk::Desk;
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::TaskState;
use super::store::Store;
use super::{Deed, Goods};
use crate::api::{DeedView, HintReason, PlaceHint, Prompt};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::store::{catalogue, feed, from_json, stock};

/// Most places named to go to.
const MOST_HINTS: usize = 20;

/// See the module.
pub(super) struct Replenish;

impl Deed for Replenish {
    fn roles(&self) -> &'static [Role] {
        &[Role::Picker]
    }

    /// Goods that nobody may use fill no shelf, and what expires first goes first.
    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        let mut reasons = judge_use(goods.scanned, goods.known).reasons;
        if !reasons.iter().any(Reason::sets_aside) {
            reasons.extend(later(goods)?);
        }
        Ok(Judgement::of(reasons))
    }

    fn place(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        code: &PlaceCode,
        place: Option<Place>,
    ) -> Result<Judged, Fault> {
        Store.place(desk, task, code, place)
    }

    fn prompt(&self, desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        Store.prompt(desk, task)
    }

    fn at_once(&self) -> bool {
        true
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        Store.draw_up(desk, task)
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let hints = match task.basket.last() {
            None => to_fetch(desk)?,
            Some(entry) => match entry.item.article() {
                Some(article) => to_fill(desk, task, article)?,
                None => Vec::new(),
            },
        };
        Ok(DeedView {
            hints,
            ..Store.view(desk, task)?
        })
    }
}

/// A shelf below its minimum.
struct Need {
    rule: StockRule,
    name: String,
    base: UdiDi,
    /// Base units up to what it is filled to.
    units: i64,
}

/// Shelves that are kept filled, of one article or of all. Two-bin places are filled by their cards.
fn shelves(desk: Desk<'_>, article: Option<&ArticleNo>) -> Result<Vec<StockRule>, Fault> {
    let mut found = Vec::new();
    for body in feed::stock_rules(desk.db, article)? {
        if let Rule::Stock(rule) = from_json("a rule", &body)?
            && rule.max > 0
            && !rule.two_bin
        {
            found.push(rule);
        }
    }
    Ok(found)
}

fn free(goods: &Standing) -> bool {
    goods.status == StockStatus::Available && goods.units > 0
}

/// What a shelf lacks up to its maximum.
fn room(desk: Desk<'_>, rule: &StockRule, base: &UdiDi) -> Result<i64, Fault> {
    let product = Product::Di(base.clone());
    let there = stock::at(desk.db, &rule.place)?.goods;
    let such = there
        .iter()
        .filter(|goods| free(goods) && goods.product == product);
    Ok(i64::from(rule.max) - such.map(|goods| goods.units).sum::<i64>())
}

fn need(desk: Desk<'_>, rule: StockRule) -> Result<Option<Need>, Fault> {
    let article = catalogue::article(desk.db, &rule.article)?;
    let Some((base, name)) = article.and_then(|article| Some((article.base()?.clone(), article.name))) else {
        return Ok(None);
    };
    let units = room(desk, &rule, &base)?;
    Ok(Some(Need {
        rule,
        name,
        base,
        units,
    }))
}

/// Goods of the buffer: free, usable, on shelves of a store that are not themselves kept filled; first expired first out.
fn buffer(desk: Desk<'_>, base: &UdiDi, filled: &[StockRule]) -> Result<Vec<LotOption>, Fault> {
    let holds = catalogue::holds(desk.db, base, base)?;
    let mut found = Vec::new();
    for (code, goods) in stock::of_product(desk.db, &Product::Di(base.clone()))? {
        let kept = filled.iter().any(|rule| rule.place == code);
        let shelf = catalogue::place(desk.db, &code)?.is_some_and(|place| place.kind == PlaceKind::Bin);
        let usable = goods
            .expiry
            .is_none_or(|expiry| desk.today <= expiry.last_usable_day());
        let held = holds.iter().any(|hold| {
            hold.meets(base, goods.lot.as_ref(), goods.serial.as_ref())
                .is_some()
        });
        if free(&goods) && shelf && usable && !kept && !held {
            found.push(LotOption {
                place: code,
                lot: goods.lot,
                serial: goods.serial,
                expiry: goods.expiry,
                units: goods.units,
            });
        }
    }
    fefo(&mut found);
    Ok(found)
}

/// That the buffer has goods that expire earlier than the scanned ones.
fn later(goods: &Goods<'_>) -> Result<Option<Reason>, Fault> {
    let Some((article, base)) = goods
        .known
        .article
        .and_then(|article| Some((article, article.base()?)))
    else {
        return Ok(None);
    };
    let filled = shelves(goods.desk, Some(&article.no))?;
    let buffer = buffer(goods.desk, base, &filled)?;
    let Some((first, day)) = buffer
        .first()
        .and_then(|first| Some((first, first.expiry?.last_usable_day())))
    else {
        return Ok(None);
    };
    let unit = goods.entry.item.unit();
    let scanned = goods.entry.item.expiry().map(|date| date.last_usable_day());
    let is_later = scanned.is_none_or(|scanned| scanned > day) && unit.lot != first.lot;
    // Of half a label nobody knows the lot yet.
    let is_half = scanned.is_none() && unit.is_unlotted();
    Ok((is_later && !is_half).then(|| Reason::WrongLot {
        lot: first.lot.clone(),
        place: first.place.clone(),
        expiry: first.expiry,
    }))
}

/// Where to fetch goods for the shelves below their minimum, in the order to walk.
fn to_fetch(desk: Desk<'_>) -> Result<Vec<PlaceHint>, Fault> {
    let filled = shelves(desk, None)?;
    let mut hints = Vec::new();
    for rule in &filled {
        let Some(need) = need(desk, rule.clone())? else {
            continue;
        };
        if need.units <= i64::from(rule.max.saturating_sub(rule.min)) {
            continue;
        }
        let of_article: Vec<_> = filled
            .iter()
            .filter(|other| other.article == need.rule.article)
            .cloned()
            .collect();
        let mut left = need.units;
        for option in buffer(desk, &need.base, &of_article)? {
            if left <= 0 {
                break;
            }
            let units = left.min(option.units);
            left -= units;
            hints.push(PlaceHint {
                place: place_view(desk.db, &option.place)?,
                name: Some(need.name.clone()),
                units,
                lot: option.lot,
                serial: option.serial,
                expiry: option.expiry,
                why: HintReason::ByRule,
                done: false,
            });
        }
    }
    hints.sort_by(|a, b| a.place.code.cmp(&b.place.code));
    hints.truncate(MOST_HINTS);
    Ok(hints)
}

/// Shelves that goods at hand fill, the emptiest first.
fn to_fill(desk: Desk<'_>, task: &TaskState, article: &ArticleNo) -> Result<Vec<PlaceHint>, Fault> {
    let mut hints = Vec::new();
    for rule in shelves(desk, Some(article))? {
        let Some(need) = need(desk, rule)?.filter(|need| need.units > 0) else {
            continue;
        };
        if task.from.as_ref() == Some(&need.rule.place) {
            continue;
        }
        hints.push(PlaceHint {
            place: place_view(desk.db, &need.rule.place)?,
            name: None,
            units: need.units,
            lot: None,
            serial: None,
            expiry: None,
            why: HintReason::ByRule,
            done: false,
        });
    }
    hints.sort_by(|a, b| (b.units, &a.place.code).cmp(&(a.units, &b.place.code)));
    hints.truncate(MOST_HINTS);
    Ok(hints)
}
