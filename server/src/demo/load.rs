//! Books the demo region in: reference data into its tables, everything that happened through the server's own log.

use sparhund_shared::event::{BizStep, Capture, Event, Identified, Item, Movement, Quantity};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::log::UserId;

use super::people::user_id;
use super::{Delivery, DemoError, Receipt, Region, people, places};
use crate::auth::hash_password;
use crate::ingest::{OwnLog, Told};
use crate::store::{Account, Store};

/// One after the other, in milliseconds.
const APART: i64 = 3 * 60_000;
const DAY: i64 = 86_400_000;

/// Stores the region. Goods came in during the weeks before `now` (Unix milliseconds), a lot went to wards some days
/// before, the hold was set the day before.
pub async fn load(store: &dyn Store, log: &OwnLog, region: Region, now: i64) -> Result<(), DemoError> {
    store.put_places(region.places).await?;
    store.put_articles(region.articles).await?;
    store.put_rules(region.rules).await?;
    store.put_deliveries(region.announced).await?;
    for person in people() {
        let password_hash =
            hash_password(&person.password).map_err(|error| DemoError::Password(error.to_string()))?;
        store
            .put_account(Account {
                user: person.user,
                password_hash,
                active: true,
            })
            .await?;
    }
    let picker = user_id("plockare");
    let mut told = Vec::new();
    let mut at = now - 20 * DAY;
    for receipt in &region.receipts {
        told.push(received(receipt, picker, at));
        at += APART;
    }
    at = at.max(now - 5 * DAY);
    for delivery in &region.deliveries {
        told.extend(delivered(delivery, &region.receipts, at)?);
        at += 20 * APART;
    }
    told.push(Told {
        event: Event::Hold(region.hold),
        user: user_id("kvalitet2"),
        at: now - DAY,
    });
    log.append_all(told, now)
        .await
        .map_err(|error| DemoError::Log(error.to_string()))?;
    for order in region.orders {
        store.add_order(order).await?;
    }
    store.set_setting(super::SETTING, "1").await?;
    Ok(())
}

fn received(receipt: &Receipt, user: UserId, at: i64) -> Told {
    let movement = Movement {
        step: BizStep::Receiving,
        item: Item::Identified(receipt.item.clone()),
        quantity: receipt.quantity,
        from: None,
        to: receipt.to.clone(),
        supplier: Some(receipt.supplier.clone()),
        order: None,
        sscc: None,
        capture: Capture::confirmed(0, 0),
        circumstances: None,
    };
    Told {
        event: Event::Move(movement),
        user,
        at,
    }
}

/// Pick, ship and confirm, as far as the delivery has come.
fn delivered(delivery: &Delivery, receipts: &[Receipt], at: i64) -> Result<Vec<Told>, DemoError> {
    let lot = |receipt: &&Receipt| {
        let lot = receipt.item.lot.as_ref();
        lot.is_some_and(|lot| lot.as_str() == delivery.lot)
    };
    let receipt = receipts
        .iter()
        .find(lot)
        .ok_or_else(|| DemoError::Value(delivery.lot.clone()))?;
    let dispatch = places::dispatch()?;
    let steps: [(BizStep, &PlaceCode, &PlaceCode, &str); 3] = [
        (BizStep::Picking, &receipt.to, &dispatch, "plockare"),
        (BizStep::Shipping, &dispatch, &delivery.ward, "plockare"),
        (BizStep::Accepting, &delivery.ward, &delivery.ward, "vard"),
    ];
    let last = steps
        .iter()
        .position(|(step, ..)| *step == delivery.until)
        .unwrap_or(0);
    Ok((0..)
        .zip(&steps[..=last])
        .map(|(number, (step, from, to, login))| Told {
            event: Event::Move(moved(*step, &receipt.item, delivery.quantity, from, to)),
            user: user_id(login),
            at: at + number * 5 * APART,
        })
        .collect())
}

fn moved(step: BizStep, item: &Identified, quantity: Quantity, from: &PlaceCode, to: &PlaceCode) -> Movement {
    Movement {
        step,
        item: Item::Identified(item.clone()),
        quantity,
        from: Some(from.clone()),
        to: to.clone(),
        supplier: None,
        order: None,
        sscc: None,
        capture: Capture::confirmed(0, 0),
        circumstances: None,
    }
}
