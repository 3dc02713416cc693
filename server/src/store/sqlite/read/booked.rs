//! What was ever booked: lots and serials by their text, goods by the event that moved them.

use rusqlite::{Connection, named_params, params};
use sparhund_shared::event::{Event, Product, UnitKey, Unread};
use sparhund_shared::identity::UdiDi;
use sparhund_shared::log::{EventId, Hash, Sealed};

use super::{rows, sql};
use crate::store::sqlite::codes::{mark, unit_key};
use crate::store::{Result, StoreError};

pub(in super::super) fn booked_as(
    conn: &Connection,
    products: &[UdiDi],
    texts: &[String],
    max: usize,
) -> Result<Vec<UnitKey>> {
    let products: Vec<String> = products.iter().map(ToString::to_string).collect();
    let products = (!products.is_empty()).then(|| serde_json::Value::from(products).to_string());
    let texts = serde_json::Value::from(texts).to_string();
    let most = i64::try_from(max).unwrap_or(i64::MAX);
    let read = |sql: &str| {
        rows(
            conn,
            sql,
            named_params! {":texts": texts, ":products": products, ":max": most},
            |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                ))
            },
        )
    };
    let mut found = Vec::new();
    for (order, product, lot) in read(sql!("lot/booked_as"))? {
        found.push((order, unit_key(&product, &lot, "")?));
    }
    for (order, product, serial) in read(sql!("unit/booked_as"))? {
        found.push((order, unit_key(&product, "", &serial)?));
    }
    found.sort_by_key(|(order, _)| *order);
    found.truncate(max);
    Ok(found.into_iter().map(|(_, key)| key).collect())
}

pub(in super::super) fn goods_of_event(conn: &Connection, event: EventId) -> Result<Option<UnitKey>> {
    let records = rows(
        conn,
        sql!("record/claiming"),
        params![event.0.as_bytes()],
        |row| {
            Ok((
                Hash(row.get(0)?),
                row.get::<_, i64>(1)?,
                row.get::<_, Vec<u8>>(2)?,
            ))
        },
    )?;
    // The place may be forked, even into two records of this event: one of them counts.
    for (_, _, bytes) in records
        .into_iter()
        .filter(|(hash, wanted, _)| mark(*hash) == *wanted)
    {
        let sealed = Sealed::open(bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
        if let Ok(Event::Move(movement)) = sealed.record().event() {
            return Ok(Some(movement.item.unit()));
        }
    }
    Ok(None)
}

/// The first record of the goods has the scan that the goods are kept by.
pub(in super::super) fn unread_scan(conn: &Connection, raw: Hash) -> Result<Option<Vec<u8>>> {
    let product = Product::Raw(raw).to_string();
    let records = rows(conn, sql!("record/of_product"), params![product], |row| {
        row.get::<_, Vec<u8>>(0)
    })?;
    for bytes in records {
        let sealed = Sealed::open(bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
        if let Ok(Event::Move(movement)) = sealed.record().event() {
            let mut scans = movement.capture.raw.into_iter().map(Vec::from);
            let scan = scans.find(|scan| Unread::of(scan, None).raw == raw);
            if scan.is_some() {
                return Ok(scan);
            }
        }
    }
    Ok(None)
}
