//! What every step of a task needs to know.

use std::rc::Rc;

use jiff::civil::Date;
use rusqlite::Connection;
use sparhund_shared::event::{ArticleNo, Hold, OrderNo};
use sparhund_shared::identity::{PlaceCode, UdiDi};
use sparhund_shared::log::UserId;
use sparhund_shared::reference::{Article, Order, Place, Role, Rule};

use crate::fault::Fault;
use crate::store::memo::Memo;

/// The moment, the person, and the store.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    /// Inside a transaction.
    pub(crate) db: &'a Connection,
    /// Reference data read before.
    pub(crate) memo: &'a Memo,
    /// Device clock.
    pub(crate) now: i64,
    pub(crate) today: Date,
    pub(crate) user: UserId,
    /// What the person may do.
    pub(crate) roles: &'a [Role],
}

/// Look-ups that every scan makes for every line and entry; the same as those of [`crate::store::catalogue`].
impl Desk<'_> {
    pub(crate) fn article(self, no: &ArticleNo) -> Result<Option<Rc<Article>>, Fault> {
        self.memo.article(self.db, no)
    }

    pub(crate) fn article_by_di(self, di: &UdiDi) -> Result<Option<Rc<Article>>, Fault> {
        self.memo.article_by_di(self.db, di)
    }

    pub(crate) fn holds(self, di: &UdiDi, base: &UdiDi) -> Result<Rc<[Hold]>, Fault> {
        self.memo.holds(self.db, di, base)
    }

    pub(crate) fn place(self, code: &PlaceCode) -> Result<Option<Rc<Place>>, Fault> {
        self.memo.place(self.db, code)
    }

    /// As the server told it.
    pub(crate) fn order(self, no: &OrderNo) -> Result<Option<Rc<Order>>, Fault> {
        self.memo.order(self.db, no)
    }

    pub(crate) fn rule(self, key: &str) -> Result<Option<Rc<Rule>>, Fault> {
        self.memo.rule(self.db, key)
    }
}
