//! What stands where, as the server told it and this device's unsent work changed it.

use std::collections::BTreeSet;

use rusqlite::Connection;
use sparhund_shared::event::{Product, StockStatus};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Goods, PlaceStock};
use sparhund_shared::wire::Topic;

use super::local::{self, LocalMove};
use super::{feed, from_json, sql};
use crate::fault::Fault;

/// All that is known of a place; empty where nothing was ever told.
pub(crate) fn at(db: &Connection, place: &PlaceCode) -> Result<PlaceStock, Fault> {
    let mut stock = told(db, place)?;
    for moved in local::by_place(db, place)? {
        apply(&mut stock, &moved);
    }
    stock.goods.retain(|goods| goods.units != 0);
    Ok(stock)
}

/// Where goods of a product stand, place by place.
pub(crate) fn of_product(db: &Connection, product: &Product) -> Result<Vec<(PlaceCode, Goods)>, Fault> {
    let mut places: BTreeSet<PlaceCode> = BTreeSet::new();
    let mut statement = db.prepare_cached(sql!("feed/places_of_product"))?;
    for place in statement.query_map([product.to_string()], |row| row.get::<_, String>(0))? {
        let place = place?;
        let parsed = place.parse();
        places.insert(parsed.map_err(|error| Fault::Damaged(format!("{place:?}: {error}")))?);
    }
    for moved in local::by_product(db, product)? {
        places.extend(moved.source);
        places.insert(moved.target);
    }
    let mut found = Vec::new();
    for place in places {
        let goods = at(db, &place)?.goods.into_iter();
        let such = goods.filter(|goods| goods.product == *product);
        found.extend(such.map(|goods| (place.clone(), goods)));
    }
    Ok(found)
}

/// Places with counts that wait for another person, as the server told them.
pub(crate) fn with_counts(db: &Connection) -> Result<Vec<PlaceStock>, Fault> {
    let mut statement = db.prepare_cached(sql!("feed/rows_with_counts"))?;
    let bodies = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for body in bodies {
        found.push(from_json("the stock of a place", &body?)?);
    }
    Ok(found)
}

fn told(db: &Connection, place: &PlaceCode) -> Result<PlaceStock, Fault> {
    match feed::body(db, Topic::Stock, &place.to_string())? {
        Some(body) => from_json("the stock of a place", &body),
        None => Ok(PlaceStock {
            place: place.clone(),
            goods: Vec::new(),
            counts: Vec::new(),
            searched: Vec::new(),
        }),
    }
}

fn apply(stock: &mut PlaceStock, moved: &LocalMove) {
    let Some(product) = &moved.product else { return };
    let place = stock.place.clone();
    let mut add = |status: StockStatus, units: i64| {
        let there = stock.goods.iter_mut().find(|goods| {
            goods.product == *product
                && goods.lot == moved.lot
                && goods.serial == moved.serial
                && goods.status == status
        });
        match there {
            Some(goods) => goods.units += units,
            None => stock.goods.push(Goods {
                product: product.clone(),
                article: moved.article.clone(),
                lot: moved.lot.clone(),
                serial: moved.serial.clone(),
                expiry: moved.expiry,
                status,
                units,
            }),
        }
    };
    if let Some(took) = moved.took
        && moved.source.as_ref() == Some(&place)
    {
        add(took, -moved.sign * moved.units);
    }
    if moved.target == place && !moved.became.is_gone() {
        add(moved.became, moved.sign * moved.units);
    }
}
