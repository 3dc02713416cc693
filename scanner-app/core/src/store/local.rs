//! What this device has done that the server's reference data does not show yet.

use std::str::FromStr;

use rusqlite::{Connection, Params, Row, params};
use sparhund_shared::event::{ArticleNo, BizStep, Movement, OrderNo, Product, StockStatus};
use sparhund_shared::identity::{LabelDate, Lot, PlaceCode, Serial, Sscc};
use sparhund_shared::log::EventId;
use sparhund_shared::wire::Topic;

use super::sql;
use crate::fault::Fault;

/// One movement of this device.
#[derive(Clone, Debug)]
pub(crate) struct LocalMove {
    /// 1 = it happened, −1 = it was taken back.
    pub(crate) sign: i64,
    pub(crate) step: BizStep,
    pub(crate) article: Option<ArticleNo>,
    /// `None` only in rows of earlier versions.
    pub(crate) product: Option<Product>,
    pub(crate) line: Option<u32>,
    pub(crate) source: Option<PlaceCode>,
    pub(crate) target: PlaceCode,
    pub(crate) lot: Option<Lot>,
    pub(crate) serial: Option<Serial>,
    pub(crate) expiry: Option<LabelDate>,
    pub(crate) units: i64,
    /// State the goods were taken in; `None` when they came from outside.
    pub(crate) took: Option<StockStatus>,
    /// State they were left in.
    pub(crate) became: StockStatus,
    /// Logistic unit it was done in.
    pub(crate) sscc: Option<Sscc>,
}

/// Notes a movement told (sign 1) or taken back (sign −1) by an event.
pub(crate) fn insert(tx: &Connection, event: EventId, sign: i64, movement: &Movement) -> Result<(), Fault> {
    let unit = movement.item.unit();
    tx.prepare_cached(sql!("local/insert"))?.execute(params![
        event.0.as_bytes(),
        sign,
        movement.step.word(),
        movement.item.article().map(ArticleNo::as_str),
        movement.order.as_ref().map(|line| line.order.as_str()),
        movement.order.as_ref().map(|line| line.line),
        movement.from.as_ref().map(ToString::to_string),
        movement.to.to_string(),
        unit.lot.as_ref().map(Lot::as_str),
        unit.serial.as_ref().map(Serial::as_str),
        movement.item.expiry().map(ToString::to_string),
        movement.quantity.get(),
        unit.product.to_string(),
        movement.taken().map(StockStatus::word),
        movement.left().word(),
        movement.sscc.map(|sscc| sscc.to_string())
    ])?;
    Ok(())
}

/// Movements for an order.
pub(crate) fn by_order(db: &Connection, order: &OrderNo) -> Result<Vec<LocalMove>, Fault> {
    select(db, sql!("local/by_order"), [order.as_str()])
}

/// Movements of an article.
pub(crate) fn by_article(db: &Connection, article: &ArticleNo) -> Result<Vec<LocalMove>, Fault> {
    select(db, sql!("local/by_article"), [article.as_str()])
}

/// Movements from or to a place that the stock does not show yet.
pub(crate) fn by_place(db: &Connection, place: &PlaceCode) -> Result<Vec<LocalMove>, Fault> {
    select(db, sql!("local/by_place"), [place.to_string()])
}

/// Movements of a product that the stock does not show yet.
pub(crate) fn by_product(db: &Connection, product: &Product) -> Result<Vec<LocalMove>, Fault> {
    select(db, sql!("local/by_product"), [product.to_string()])
}

/// Whether this device moved goods in a logistic unit that the server's reference data does not show yet.
pub(crate) fn has_unit(db: &Connection, sscc: Sscc) -> Result<bool, Fault> {
    let mut statement = db.prepare_cached(sql!("local/by_sscc"))?;
    Ok(statement.exists([sscc.to_string()])?)
}

/// The movements of acknowledged records are in a feed that was fetched after the acknowledgement; when they are in all
/// that show them, they are forgotten. Call it in the transaction that stores the feed.
pub(crate) fn settle(tx: &Connection, topic: Topic) -> Result<(), Fault> {
    let statement = match topic {
        Topic::Orders => sql!("local/settle_orders"),
        Topic::Stock => sql!("local/settle_stock"),
        _ => return Ok(()),
    };
    tx.execute(statement, [])?;
    tx.execute(sql!("local/forget"), [])?;
    Ok(())
}

fn select(db: &Connection, statement: &str, params: impl Params) -> Result<Vec<LocalMove>, Fault> {
    let mut statement = db.prepare_cached(statement)?;
    let mut rows = statement.query(params)?;
    let mut moves = Vec::new();
    while let Some(row) = rows.next()? {
        moves.push(read(row)?);
    }
    Ok(moves)
}

fn read(row: &Row<'_>) -> Result<LocalMove, Fault> {
    let step: String = row.get(1)?;
    let step = BizStep::from_word(&step).ok_or_else(|| Fault::Damaged(format!("step {step:?}")))?;
    // Rows of earlier versions tell no product and no states.
    let told = row.get::<_, Option<String>>(10)?.is_some();
    Ok(LocalMove {
        sign: row.get(0)?,
        step,
        took: if told { status(row, 11)? } else { step.takes() },
        became: status(row, 12)?.unwrap_or(step.leaves()),
        article: parsed(row, 2)?,
        product: parsed(row, 10)?,
        line: row.get(3)?,
        source: parsed(row, 4)?,
        target: parsed(row, 5)?.ok_or_else(|| Fault::Damaged("a movement without a place".to_owned()))?,
        lot: parsed(row, 6)?,
        serial: parsed(row, 7)?,
        expiry: parsed(row, 8)?,
        units: row.get(9)?,
        sscc: parsed(row, 13)?,
    })
}

fn status(row: &Row<'_>, column: usize) -> Result<Option<StockStatus>, Fault> {
    let word: Option<String> = row.get(column)?;
    word.map(|word| StockStatus::from_word(&word).ok_or_else(|| Fault::Damaged(format!("status {word:?}"))))
        .transpose()
}

fn parsed<T: FromStr>(row: &Row<'_>, column: usize) -> Result<Option<T>, Fault>
where
    T::Err: std::fmt::Display,
{
    let text: Option<String> = row.get(column)?;
    text.map(|text| {
        text.parse()
            .map_err(|error| Fault::Damaged(format!("{text:?}: {error}")))
    })
    .transpose()
}
