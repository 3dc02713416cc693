//! Where goods are and everything that happened to them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, Row, named_params};
use sparhund_shared::event::{Hold, OrderLineRef, Product, UnitKey};
use sparhund_shared::identity::{Lot, PlaceCode, Serial, UdiDi};
use sparhund_shared::log::{EventId, Hash, HoldId, LogId, UserId};
use sparhund_shared::reference::Article;

use super::stock::{Lines, kept};
use super::{article_by_di, logs, rows, sql};
use crate::store::sqlite::codes::{
    Id, date_of, entry_of, from_json, parse, status_of, step_of, unit_key, unsigned,
};
use crate::store::{LastSeen, Result, Trace, TraceEvent, TraceQuery};

pub(in super::super) fn trace(conn: &Connection, query: &TraceQuery) -> Result<Trace> {
    let units = units(conn, query)?;
    let unit_nos = serde_json::Value::from(units.keys().copied().collect::<Vec<_>>()).to_string();
    let mut lines = Lines::new(conn);
    let now = rows(conn, sql!("trace/now"), named_params! {":units": unit_nos}, kept)?
        .iter()
        .map(|kept| lines.line(kept))
        .collect::<Result<Vec<_>>>()?;
    let (history, told_by) = history(conn, &units, &unit_nos)?;
    let keys: Vec<&UnitKey> = units.values().collect();
    // By id, each once.
    let mut holds: BTreeMap<HoldId, Hold> = BTreeMap::new();
    for unit in &keys {
        for hold in lines.holds(&unit.product)? {
            if !holds.contains_key(&hold.id) && hold.meets_unit(unit).is_some() {
                holds.insert(hold.id, hold.clone());
            }
        }
    }
    let mut trace = Trace {
        articles: articles(conn, query, &keys)?,
        now,
        seen: LastSeen::of(&history),
        history,
        logs: logs(conn)?,
        holds: holds.into_values().collect(),
    };
    trace.logs.retain(|state| told_by.contains(&state.log));
    Ok(trace)
}

/// The units asked for, by number.
fn units(conn: &Connection, query: &TraceQuery) -> Result<BTreeMap<i64, UnitKey>> {
    let lot = query.lot.as_ref().map(Lot::as_str);
    let serial = query.serial.as_ref().map(Serial::as_str);
    let read = |row: &Row<'_>| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, String>(3)?,
        ))
    };
    let found = match (&query.product, lot, serial) {
        (Some(product), _, _) => {
            let article = match product {
                Product::Di(di) => article_by_di(conn, di)?,
                Product::Raw(_) => None,
            };
            let products: Vec<String> = match article {
                Some(article) => article
                    .packagings
                    .iter()
                    .map(|packaging| packaging.di.to_string())
                    .collect(),
                None => vec![product.to_string()],
            };
            let products = serde_json::Value::from(products).to_string();
            let params = named_params! {":products": products, ":lot": lot, ":serial": serial};
            rows(conn, sql!("trace/units_of_product"), params, read)?
        }
        (None, _, Some(serial)) => {
            let params = named_params! {":serial": serial, ":lot": lot};
            rows(conn, sql!("trace/units_of_serial"), params, read)?
        }
        (None, Some(lot), None) => rows(
            conn,
            sql!("trace/units_of_lot"),
            named_params! {":lot": lot},
            read,
        )?,
        (None, None, None) => Vec::new(),
    };
    found
        .iter()
        .map(|(unit_no, product, lot, serial)| Ok((*unit_no, unit_key(product, lot, serial)?)))
        .collect()
}

fn articles(conn: &Connection, query: &TraceQuery, units: &[&UnitKey]) -> Result<Vec<Article>> {
    let mut dis: BTreeSet<&UdiDi> = query.di().into_iter().collect();
    dis.extend(units.iter().filter_map(|unit| match &unit.product {
        Product::Di(di) => Some(di),
        Product::Raw(_) => None,
    }));
    let mut articles: BTreeMap<_, Article> = BTreeMap::new();
    for di in dis {
        if let Some(article) = article_by_di(conn, di)? {
            articles.insert(article.no.clone(), article);
        }
    }
    Ok(articles.into_values().collect())
}

/// Events of the units, oldest first, and the logs that tell of them.
fn history(
    conn: &Connection,
    units: &BTreeMap<i64, UnitKey>,
    unit_nos: &str,
) -> Result<(Vec<TraceEvent>, BTreeSet<LogId>)> {
    let mut statement = conn.prepare_cached(sql!("trace/history"))?;
    let mut cursor = statement.query(named_params! {":units": unit_nos})?;
    let mut history = Vec::new();
    let mut told_by = BTreeSet::new();
    let mut places: HashMap<String, PlaceCode> = HashMap::new();
    let mut place = |code: String| -> Result<PlaceCode> {
        if let Some(place) = places.get(&code) {
            return Ok(place.clone());
        }
        let place: PlaceCode = parse(&code)?;
        places.insert(code, place.clone());
        Ok(place)
    };
    while let Some(row) = cursor.next()? {
        let Some(unit) = units.get(&row.get::<_, i64>(0)?) else {
            continue;
        };
        let order: Option<String> = row.get(12)?;
        let line: Option<u32> = row.get(13)?;
        let order = match order.zip(line) {
            Some((order, line)) => Some(OrderLineRef {
                order: parse(&order)?,
                line,
            }),
            None => None,
        };
        let log = LogId(row.get::<_, Id>(14)?.0);
        told_by.insert(log);
        let step = step_of(row.get(4)?)?;
        history.push(TraceEvent {
            event: EventId(row.get::<_, Id>(1)?.0),
            tick: row.get(2)?,
            at: row.get(3)?,
            step,
            left: row
                .get::<_, Option<i64>>(20)?
                .map_or(Ok(step.leaves()), status_of)?,
            unit: unit.clone(),
            units: row.get(5)?,
            from: row.get::<_, Option<String>>(6)?.map(&mut place).transpose()?,
            to: place(row.get(7)?)?,
            supplier: row.get(8)?,
            order,
            user: UserId(row.get::<_, Id>(9)?.0),
            user_name: row.get(10)?,
            entry: entry_of(row.get(11)?)?,
            log,
            seq: unsigned(row.get(15)?),
            voided: row.get(16)?,
            expiry: row.get::<_, Option<i64>>(17)?.map(date_of).transpose()?,
            scanner: row.get(18)?,
            seen: row
                .get::<_, Option<String>>(19)?
                .as_deref()
                .map(words)
                .unwrap_or_default(),
            sscc: row
                .get::<_, Option<String>>(22)?
                .map(|sscc| parse(&sscc))
                .transpose()?,
            told: row
                .get::<_, Option<String>>(21)?
                .map(|told| from_json(&told))
                .transpose()?,
            patient: row.get::<_, Option<_>>(23)?.map(Hash),
        });
    }
    history.sort_by_key(|event| (event.tick, event.event));
    Ok((history, told_by))
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
