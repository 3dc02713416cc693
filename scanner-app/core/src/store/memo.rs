//! Reference data as it was read last. A task has the same thirty articles at every scan, and reading a row again costs more
//! than judging it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

use jiff::civil::Date;
use rusqlite::Connection;
use sparhund_shared::event::{ArticleNo, Hold, OrderNo};
use sparhund_shared::identity::{PlaceCode, UdiDi};
use sparhund_shared::reference::{Article, LotOption, Order, Place, Rule};
use sparhund_shared::wire::Topic;

use super::{catalogue, feed, from_json, sql};
use crate::fault::Fault;

/// So much of a kind is kept; more than a task has, and little beside a page.
const MOST: usize = 1_000;

/// Rows that were read, as long as the reference data are the same.
#[derive(Default)]
pub(crate) struct Memo {
    stamp: RefCell<Vec<Stamp>>,
    change: Cell<i64>,
    articles: Kept<ArticleNo, Option<Rc<Article>>>,
    by_di: Kept<UdiDi, Option<Rc<Article>>>,
    holds: Kept<(UdiDi, UdiDi), Rc<[Hold]>>,
    places: Kept<PlaceCode, Option<Rc<Place>>>,
    orders: Kept<OrderNo, Option<Rc<Order>>>,
    rules: Kept<String, Option<Rc<Rule>>>,
    /// Orders with this device's own work in them.
    now: Kept<OrderNo, Rc<Order>>,
    /// What a line can be picked from on a day, no basket taken off.
    options: Kept<(OrderNo, u32, Date), Rc<[LotOption]>>,
}

/// Topic, cursor, and the digest over its rows: no row changes without it.
type Stamp = (String, i64, i64, i64);

impl Memo {
    /// Forgets what is no longer so: the reference data are others than before, or this device has moved goods. Call it first in
    /// each command, and after events were written.
    pub(crate) fn renew(&self, db: &Connection) -> Result<(), Fault> {
        let mut statement = db.prepare_cached(sql!("feed/stamp"))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let stamp: Vec<Stamp> = rows.collect::<Result<_, _>>()?;
        if *self.stamp.borrow() != stamp {
            self.articles.forget();
            self.by_di.forget();
            self.holds.forget();
            self.places.forget();
            self.orders.forget();
            self.rules.forget();
            self.forget_own_work();
            *self.stamp.borrow_mut() = stamp;
        }
        let change = db
            .prepare_cached(sql!("local/change"))?
            .query_row([], |row| row.get(0))?;
        if self.change.replace(change) != change {
            self.forget_own_work();
        }
        Ok(())
    }

    fn forget_own_work(&self) {
        self.now.forget();
        self.options.forget();
    }

    /// An order with this device's own work in it; worked out by `work_out` when it is not known.
    pub(crate) fn order_now(
        &self,
        no: &OrderNo,
        work_out: impl FnOnce() -> Result<Order, Fault>,
    ) -> Result<Rc<Order>, Fault> {
        self.now.get(no, || Ok(Rc::new(work_out()?)))
    }

    /// What a line can be picked from on a day; worked out by `work_out` when it is not known.
    pub(crate) fn options(
        &self,
        line: &(OrderNo, u32, Date),
        work_out: impl FnOnce() -> Result<Vec<LotOption>, Fault>,
    ) -> Result<Rc<[LotOption]>, Fault> {
        self.options.get(line, || Ok(work_out()?.into()))
    }

    pub(crate) fn article(&self, db: &Connection, no: &ArticleNo) -> Result<Option<Rc<Article>>, Fault> {
        self.articles
            .get(no, || Ok(catalogue::article(db, no)?.map(Rc::new)))
    }

    pub(crate) fn article_by_di(&self, db: &Connection, di: &UdiDi) -> Result<Option<Rc<Article>>, Fault> {
        self.by_di
            .get(di, || Ok(catalogue::article_by_di(db, di)?.map(Rc::new)))
    }

    pub(crate) fn holds(&self, db: &Connection, di: &UdiDi, base: &UdiDi) -> Result<Rc<[Hold]>, Fault> {
        self.holds.get(&(di.clone(), base.clone()), || {
            Ok(catalogue::holds(db, di, base)?.into())
        })
    }

    pub(crate) fn place(&self, db: &Connection, code: &PlaceCode) -> Result<Option<Rc<Place>>, Fault> {
        self.places
            .get(code, || Ok(catalogue::place(db, code)?.map(Rc::new)))
    }

    pub(crate) fn order(&self, db: &Connection, no: &OrderNo) -> Result<Option<Rc<Order>>, Fault> {
        self.orders.get(no, || Ok(catalogue::order(db, no)?.map(Rc::new)))
    }

    pub(crate) fn rule(&self, db: &Connection, key: &str) -> Result<Option<Rc<Rule>>, Fault> {
        self.rules.get(&key.to_owned(), || {
            let body = feed::body(db, Topic::Rules, key)?;
            let rule: Option<Rule> = body.map(|body| from_json("a rule", &body)).transpose()?;
            Ok(rule.map(Rc::new))
        })
    }
}

/// Rows of one kind.
struct Kept<K, V>(RefCell<HashMap<K, V>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Kept<K, V> {
    fn get(&self, key: &K, read: impl FnOnce() -> Result<V, Fault>) -> Result<V, Fault> {
        if let Some(value) = self.0.borrow().get(key) {
            return Ok(value.clone());
        }
        let value = read()?;
        let mut kept = self.0.borrow_mut();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key.clone(), value.clone());
        Ok(value)
    }

    fn forget(&self) {
        self.0.borrow_mut().clear();
    }
}
