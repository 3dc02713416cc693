//! Goods that were not scanned here but are known from the order: picked and waiting, or on their way.

use std::rc::Rc;

use sparhund_shared::event::{Identified, Item};
use sparhund_shared::reference::{LotOption, OrderLine};
use sparhund_shared::verdict::{Judgement, Known, LineView, Scanned, judge_accept};

use super::desk::Desk;
use crate::api::ItemView;
use crate::fault::Fault;
use crate::problems;
use crate::scan::item_view;

/// Goods of a line, named by the base unit the catalogue has for the article.
pub(crate) fn item_of_line(desk: Desk<'_>, line: &OrderLine, unit: &LotOption) -> Result<Item, Fault> {
    let article = desk.article(&line.article)?;
    let base = article
        .as_ref()
        .and_then(|article| article.base())
        .ok_or_else(|| problems::article_gone(line.article.as_str()))?;
    Ok(Item::Identified(Identified {
        di: base.clone(),
        base: base.clone(),
        article: Some(line.article.clone()),
        lot: unit.lot.clone(),
        serial: unit.serial.clone(),
        expiry: unit.expiry,
        made: None,
    }))
}

/// Such goods as a person sees them.
pub(crate) fn view_of_unit(desk: Desk<'_>, line: &OrderLine, unit: &LotOption) -> Result<ItemView, Fault> {
    let article = desk.article(&line.article)?;
    Ok(item_view(
        &item_of_line(desk, line, unit)?,
        article.as_deref(),
        1,
        &[],
    ))
}

/// Whether such goods may go on. Only reasons that lie in the goods themselves count: nobody scanned a label that
/// could lack something.
pub(crate) fn judge_unit(desk: Desk<'_>, line: &OrderLine, unit: &LotOption) -> Result<Judgement, Fault> {
    let article = desk.article(&line.article)?;
    let item = item_of_line(desk, line, unit)?;
    let holds = match article.as_ref().and_then(|article| article.base()) {
        Some(base) => desk.holds(base, base)?,
        None => Rc::from([]),
    };
    let scanned = Scanned {
        item: &item,
        quantity: sparhund_shared::event::Quantity::ONE,
        suspect_separator: false,
        lenient_reading: false,
        handled: false,
    };
    let known = Known {
        article: article.as_deref(),
        holds: &holds,
        today: desk.today,
    };
    let view = LineView::of(&line.article, unit.units, &[]);
    Ok(judge_accept(&scanned, &known, Some(&view)))
}
