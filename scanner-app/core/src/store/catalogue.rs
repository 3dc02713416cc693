//! Look-ups in the reference data.

use rusqlite::{Connection, params};
use sparhund_shared::event::{ArticleNo, Hold, OrderNo};
use sparhund_shared::identity::{PlaceCode, UdiDi};
use sparhund_shared::log::{HoldId, UserId};
use sparhund_shared::reference::{Article, Order, Place, User};
use sparhund_shared::wire::Topic;

use super::{feed, from_json, sql};
use crate::fault::Fault;

/// Places deeper than this are a loop in the data.
pub(crate) const DEEPEST_PLACE: usize = 16;

/// The article that has an identifier at any packaging level. When several claim it, none has it: a person decides.
pub(crate) fn article_by_di(db: &Connection, di: &UdiDi) -> Result<Option<Article>, Fault> {
    let mut statement = db.prepare_cached(sql!("feed/articles_by_di"))?;
    let bodies: Vec<String> = statement
        .query_map([di.to_string()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    match bodies.as_slice() {
        [body] => from_json("an article", body).map(Some),
        _ => Ok(None),
    }
}

/// An article by its number.
pub(crate) fn article(db: &Connection, no: &ArticleNo) -> Result<Option<Article>, Fault> {
    let body = feed::body(db, Topic::Articles, no.as_str())?;
    body.map(|body| from_json("an article", &body)).transpose()
}

/// Holds in force that name one of two identifiers.
pub(crate) fn holds(db: &Connection, di: &UdiDi, base: &UdiDi) -> Result<Vec<Hold>, Fault> {
    let mut statement = db.prepare_cached(sql!("feed/holds_by_di"))?;
    let bodies = statement.query_map(params![di.to_string(), base.to_string()], |row| {
        row.get::<_, String>(0)
    })?;
    let mut holds = Vec::new();
    for body in bodies {
        let hold: Hold = from_json("a hold", &body?)?;
        if hold.released_at.is_none() {
            holds.push(hold);
        }
    }
    Ok(holds)
}

/// A hold, lifted or not.
pub(crate) fn hold(db: &Connection, id: HoldId) -> Result<Option<Hold>, Fault> {
    let body = feed::body(db, Topic::Holds, &id.to_string())?;
    body.map(|body| from_json("a hold", &body)).transpose()
}

/// Holds in force on products that the book has somewhere.
pub(crate) fn holds_in_stock(db: &Connection) -> Result<Vec<Hold>, Fault> {
    let mut statement = db.prepare_cached(sql!("feed/holds_in_stock"))?;
    let mut holds = Vec::new();
    for body in statement.query_map([], |row| row.get::<_, String>(0))? {
        let hold: Hold = from_json("a hold", &body?)?;
        if hold.released_at.is_none() {
            holds.push(hold);
        }
    }
    Ok(holds)
}

/// A place.
pub(crate) fn place(db: &Connection, code: &PlaceCode) -> Result<Option<Place>, Fault> {
    let body = feed::body(db, Topic::Places, &code.to_string())?;
    body.map(|body| from_json("a place", &body)).transpose()
}

/// Every place.
pub(crate) fn places(db: &Connection) -> Result<Vec<Place>, Fault> {
    feed::bodies(db, Topic::Places)?
        .iter()
        .map(|body| from_json("a place", body))
        .collect()
}

/// Whether a place is another one or part of it.
pub(crate) fn is_within(db: &Connection, inner: &PlaceCode, outer: &PlaceCode) -> Result<bool, Fault> {
    let mut at = Some(inner.clone());
    for _ in 0..DEEPEST_PLACE {
        match at {
            Some(code) if code == *outer => return Ok(true),
            Some(code) => at = place(db, &code)?.and_then(|place| place.parent),
            None => return Ok(false),
        }
    }
    Ok(false)
}

/// A person.
pub(crate) fn user(db: &Connection, id: UserId) -> Result<Option<User>, Fault> {
    let body = feed::body(db, Topic::Users, &id.to_string())?;
    body.map(|body| from_json("a user", &body)).transpose()
}

/// An order as the server told it.
pub(crate) fn order(db: &Connection, no: &OrderNo) -> Result<Option<Order>, Fault> {
    let body = feed::body(db, Topic::Orders, no.as_str())?;
    body.map(|body| from_json("an order", &body)).transpose()
}

/// Every order.
pub(crate) fn orders(db: &Connection) -> Result<Vec<Order>, Fault> {
    feed::bodies(db, Topic::Orders)?
        .iter()
        .map(|body| from_json("an order", body))
        .collect()
}

#[cfg(test)]
mod tests {
    use rusqlite::params_from_iter;

    use super::*;
    use crate::store::Store;

    /// How SQLite goes about a statement, step by step.
    fn plan(statement: &str) -> Vec<String> {
        let store = Store::open(Connection::open_in_memory().unwrap()).unwrap();
        let mut explained = store
            .read()
            .prepare(&format!("EXPLAIN QUERY PLAN {statement}"))
            .unwrap();
        let values = vec![""; explained.parameter_count()];
        let steps = explained.query_map(params_from_iter(values), |row| row.get(3));
        steps.unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_scan_reads_only_what_bears_its_identifier() {
        for statement in [sql!("feed/articles_by_di"), sql!("feed/holds_by_di")] {
            let steps = plan(statement);
            let by_identifier = |step: &String| step.contains("(di=?");
            let by_key = |step: &String| step.contains("(topic=? AND key=?)");
            assert!(
                steps.iter().any(by_identifier) && steps.iter().any(by_key),
                "{statement}: {steps:?}"
            );
            let all = |step: &&String| step.starts_with("SCAN") || step.contains("(topic=?)");
            assert_eq!(steps.iter().find(all), None, "{statement}");
        }
    }
}
