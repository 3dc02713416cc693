//! Goods by place, article, lot, serial and status.

use std::collections::HashMap;

use rusqlite::{Connection, Row, named_params, params};
use sparhund_shared::event::{Hold, Product};
use sparhund_shared::identity::{Lot, UdiDi};
use sparhund_shared::reference::Article;

use super::{article, article_by_di, row, rows, sql};
use crate::store::sqlite::codes::{date_of, from_json, parse, status_of, unit_key};
use crate::store::{Result, StockLine, StockQuery};

/// A stock row as it is kept.
pub(super) struct Kept {
    product: String,
    lot: String,
    serial: String,
    expiry: Option<i64>,
    place: String,
    status: i64,
    units: i64,
}

pub(super) fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        product: row.get(0)?,
        lot: row.get(1)?,
        serial: row.get(2)?,
        expiry: row.get(3)?,
        place: row.get(4)?,
        status: row.get(5)?,
        units: row.get(6)?,
    })
}

/// Fills stock rows out with article and hold.
pub(super) struct Lines<'a> {
    conn: &'a Connection,
    /// Holds in force by the identifier they name, as far as they were needed.
    holds: HashMap<UdiDi, Vec<Hold>>,
    articles: HashMap<UdiDi, Option<Article>>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(conn: &'a Connection) -> Self {
        Self {
            conn,
            holds: HashMap::new(),
            articles: HashMap::new(),
        }
    }

    /// Holds in force that may meet goods of a product.
    pub(super) fn holds(&mut self, product: &Product) -> Result<&[Hold]> {
        let Product::Di(di) = product else { return Ok(&[]) };
        if !self.holds.contains_key(di) {
            let bodies = rows(
                self.conn,
                sql!("hold_di/naming"),
                params![di.to_string()],
                |row| row.get::<_, String>(0),
            )?;
            let holds = bodies.iter().map(|body| from_json(body)).collect::<Result<_>>()?;
            self.holds.insert(di.clone(), holds);
        }
        Ok(self.holds.get(di).map_or(&[], Vec::as_slice))
    }

    pub(super) fn line(&mut self, kept: &Kept) -> Result<StockLine> {
        let unit = unit_key(&kept.product, &kept.lot, &kept.serial)?;
        let holds = self.holds(&unit.product)?;
        let held = holds.iter().any(|hold| hold.meets_unit(&unit).is_some());
        let article = match &unit.product {
            Product::Di(di) => self.article(di)?,
            Product::Raw(_) => None,
        };
        let (no, name) = article
            .map(|article| (article.no.clone(), article.name.clone()))
            .unzip();
        Ok(StockLine {
            held,
            article: no,
            name,
            expiry: kept.expiry.map(date_of).transpose()?,
            place: parse(&kept.place)?,
            status: status_of(kept.status)?,
            units: kept.units,
            unit,
        })
    }

    fn article(&mut self, di: &UdiDi) -> Result<Option<&Article>> {
        if !self.articles.contains_key(di) {
            let article = article_by_di(self.conn, di)?;
            self.articles.insert(di.clone(), article);
        }
        Ok(self.articles.get(di).and_then(Option::as_ref))
    }
}

pub(in super::super) fn stock(conn: &Connection, query: &StockQuery) -> Result<Vec<StockLine>> {
    let products = match &query.article {
        None => None,
        Some(no) => match article(conn, no)? {
            Some(article) => Some(
                article
                    .packagings
                    .iter()
                    .map(|packaging| packaging.di.to_string())
                    .collect::<Vec<_>>(),
            ),
            None => return Ok(Vec::new()),
        },
    };
    let products = products.map(|products| serde_json::Value::from(products).to_string());
    let place = query.place.as_ref().map(ToString::to_string);
    let lot = query.lot.as_ref().map(Lot::as_str);
    let limit = i64::try_from(query.limit).unwrap_or(i64::MAX);
    let offset = i64::try_from(query.offset).unwrap_or(i64::MAX);
    // One statement for each way in, so that each uses the index made for it.
    let found = match (&place, &products) {
        (Some(place), _) => rows(
            conn,
            sql!("stock/at_place"),
            named_params! {":place": place, ":products": products, ":lot": lot, ":limit": limit, ":offset": offset},
            kept,
        )?,
        (None, Some(products)) => rows(
            conn,
            sql!("stock/of_article"),
            named_params! {":products": products, ":lot": lot, ":limit": limit, ":offset": offset},
            kept,
        )?,
        (None, None) => rows(
            conn,
            sql!("stock/everywhere"),
            named_params! {":lot": lot, ":limit": limit, ":offset": offset},
            kept,
        )?,
    };
    let mut lines = Lines::new(conn);
    found.iter().map(|kept| lines.line(kept)).collect()
}

/// Whether the stock of some place changed since devices were told of it.
pub(in super::super) fn stock_stale(conn: &Connection) -> Result<bool> {
    let stale = row(conn, sql!("place_mark/any"), [], |row| row.get(0))?;
    Ok(stale.unwrap_or(false))
}

pub(in super::super) fn stock_of(
    conn: &Connection,
    products: &[UdiDi],
    lot: Option<&Lot>,
) -> Result<Vec<StockLine>> {
    let products: Vec<String> = products.iter().map(ToString::to_string).collect();
    let products = serde_json::Value::from(products).to_string();
    let params = named_params! {":products": products, ":lot": lot.map(Lot::as_str)};
    let found = rows(conn, sql!("stock/of_products"), params, kept)?;
    let mut lines = Lines::new(conn);
    found.iter().map(|kept| lines.line(kept)).collect()
}
