//! Announced deliveries, and what of them was received, as the server told it and this device's unsent work changed it.

use rusqlite::{Connection, params};
use sparhund_shared::event::DeliveryRef;
use sparhund_shared::identity::Sscc;
use sparhund_shared::log::EventId;
use sparhund_shared::reference::AnnouncedDelivery;
use sparhund_shared::wire::Topic;

use super::{feed, from_json, sql};
use crate::fault::Fault;

/// Notes that an event told of a delivery.
pub(crate) fn insert(tx: &Connection, event: EventId, delivery: &DeliveryRef) -> Result<(), Fault> {
    if let Some(key) = delivery.key() {
        let unit = delivery.sscc.map(|unit| unit.to_string());
        tx.prepare_cached(sql!("receipt/insert"))?
            .execute(params![event.0.as_bytes(), key, unit])?;
    }
    Ok(())
}

/// The event was taken back.
pub(crate) fn delete(tx: &Connection, event: EventId) -> Result<(), Fault> {
    tx.prepare_cached(sql!("receipt/delete"))?
        .execute([event.0.as_bytes()])?;
    Ok(())
}

/// Forgets what the server knows, of deliveries that it tells no more.
pub(crate) fn settle(tx: &Connection) -> Result<(), Fault> {
    tx.execute(sql!("receipt/settle"), [])?;
    Ok(())
}

/// An announced delivery.
pub(crate) fn delivery(db: &Connection, key: &str) -> Result<Option<AnnouncedDelivery>, Fault> {
    let body = feed::body(db, Topic::Deliveries, key)?;
    body.map(|body| read(db, &body)).transpose()
}

/// Every announced delivery.
pub(crate) fn deliveries(db: &Connection) -> Result<Vec<AnnouncedDelivery>, Fault> {
    let bodies = feed::bodies(db, Topic::Deliveries)?;
    bodies.iter().map(|body| read(db, body)).collect()
}

fn read(db: &Connection, body: &str) -> Result<AnnouncedDelivery, Fault> {
    let mut delivery: AnnouncedDelivery = from_json("a delivery", body)?;
    let mut statement = db.prepare_cached(sql!("receipt/of_delivery"))?;
    for unit in statement.query_map([delivery.key()], |row| row.get::<_, Option<String>>(0))? {
        let unit: Option<Sscc> = unit?
            .map(|text| {
                text.parse()
                    .map_err(|error| Fault::Damaged(format!("unit {text:?}: {error}")))
            })
            .transpose()?;
        delivery.received.add(unit);
    }
    Ok(delivery)
}
