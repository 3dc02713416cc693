//! What another server's row says: read and checked before anything is written, so that one that cannot stand leaves nothing behind.

use serde_json::Value;
use sparhund_shared::reference::{AnnouncedDelivery, Article, Order, Place, Rule, User};

use super::value;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::read;
use crate::store::{Account, Conflict, Result, RowKind, StoreError};

/// A row of one of the tables.
pub(super) enum RowBody {
    Article(Box<Article>),
    Place(Place),
    Account(Account),
    Order(Box<Order>),
    Rule(Removable<Rule>),
    Delivery(Removable<AnnouncedDelivery>),
    Conflict(Box<Conflict>),
}

/// A row that may have been taken away, with its key.
pub(super) struct Removable<T> {
    key: String,
    row: Option<T>,
}

impl<T: serde::Serialize + serde::de::DeserializeOwned> Removable<T> {
    fn read(body: &Value, key_of: fn(&T) -> String) -> std::result::Result<Self, String> {
        if let Some(key) = body.get("gone").and_then(Value::as_str) {
            let key = key.to_owned();
            return Ok(Self { key, row: None });
        }
        let row: T = parse(body)?;
        Ok(Self {
            key: key_of(&row),
            row: Some(row),
        })
    }

    fn written(&self) -> Result<Value> {
        self.row.as_ref().map_or_else(|| Ok(read::gone(&self.key)), value)
    }
}

fn parse<T: serde::de::DeserializeOwned>(body: &Value) -> std::result::Result<T, String> {
    serde_json::from_value(body.clone()).map_err(|error| format!("this program cannot read it: {error}"))
}

/// Of an account.
#[derive(serde::Deserialize)]
struct AccountBody {
    user: User,
    password_hash: String,
    active: bool,
}

impl RowBody {
    /// Reads the row that is said to have this key; why not, in words.
    pub(super) fn read(kind: RowKind, key: &str, body: &Value) -> std::result::Result<Self, String> {
        let read = match kind {
            RowKind::Article => Self::Article(parse(body)?),
            RowKind::Place => Self::Place(parse(body)?),
            RowKind::Account => {
                let body: AccountBody = parse(body)?;
                Self::Account(Account {
                    user: body.user,
                    password_hash: body.password_hash,
                    active: body.active,
                })
            }
            RowKind::Order => Self::Order(parse(body)?),
            RowKind::Rule => Self::Rule(Removable::read(body, Rule::key)?),
            RowKind::Delivery => Self::Delivery(Removable::read(body, AnnouncedDelivery::key)?),
            RowKind::Conflict => Self::Conflict(parse(body)?),
        };
        if read.key() != key {
            return Err(format!("it is not the row {key} that it is said to be"));
        }
        Ok(read)
    }

    /// The row as this program writes it.
    pub(super) fn written(&self) -> Result<Value> {
        match self {
            Self::Article(article) => value(article),
            Self::Place(place) => value(place),
            Self::Account(account) => Ok(read::account_body(account)),
            Self::Order(order) => value(&read::as_placed(*order.clone())),
            Self::Rule(rule) => rule.written(),
            Self::Delivery(delivery) => delivery.written().map(read::as_announced),
            Self::Conflict(conflict) => value(conflict),
        }
    }

    fn key(&self) -> String {
        match self {
            Self::Article(article) => article.no.to_string(),
            Self::Place(place) => place.code.to_string(),
            Self::Account(account) => account.user.id.to_string(),
            Self::Order(order) => order.no.to_string(),
            Self::Rule(rule) => rule.key.clone(),
            Self::Delivery(delivery) => delivery.key.clone(),
            Self::Conflict(conflict) => conflict.id.clone(),
        }
    }
}

impl Ledger {
    /// Why a row cannot stand beside what is here; `None` = it can.
    pub(super) fn refused(&self, body: &RowBody) -> Result<Option<String>> {
        let checked = match body {
            RowBody::Article(article) => self.check_article(article),
            RowBody::Account(account) => self.check_login_free(&account.user),
            RowBody::Order(order) => super::order::check_lines(order),
            RowBody::Place(_) | RowBody::Rule(_) | RowBody::Delivery(_) | RowBody::Conflict(_) => Ok(()),
        };
        match checked {
            Ok(()) => Ok(None),
            Err(StoreError::Conflict(why)) => Ok(Some(why)),
            Err(error) => Err(error),
        }
    }

    /// Puts a row that was checked.
    pub(super) fn put_body(&mut self, body: RowBody, now: i64) -> Result<()> {
        match body {
            RowBody::Article(article) => self.put_articles(&[*article], now),
            RowBody::Place(place) => self.put_places(&[place], now),
            RowBody::Account(account) => self.put_account(&account),
            RowBody::Order(order) => self.put_order(*order, now),
            RowBody::Rule(rule) => self.put_rule(&rule.key, rule.row.as_ref(), now),
            RowBody::Delivery(delivery) => self.put_delivery(&delivery.key, delivery.row.as_ref(), now),
            RowBody::Conflict(conflict) => self.put_conflict(&conflict),
        }
    }
}
