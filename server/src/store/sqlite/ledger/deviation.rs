//! Deviations: kept by kind and subject, so that seeing one again does not double it.

use std::collections::{HashMap, HashSet};

use rusqlite::params;
use rusqlite::types::Value;
use sparhund_shared::fold::Deviation;
use sparhund_shared::log::{EventId, HoldId, LogId};

use super::Ledger;
use crate::store::Result;
use crate::store::sqlite::codes::{from_json, to_json};
use crate::store::sqlite::sql;

/// What a deviation is found again by.
#[derive(Clone, Copy)]
pub(super) enum About {
    Unit(i64),
    Event(EventId),
    Hold(EventId, HoldId),
    Log(i64),
}

impl About {
    /// Columns unit_no, event, hold, log_no.
    fn columns(self) -> [Value; 4] {
        let id = |id: uuid::Uuid| Value::Blob(id.as_bytes().to_vec());
        match self {
            Self::Unit(unit_no) => [Value::Integer(unit_no), Value::Null, Value::Null, Value::Null],
            Self::Event(event) => [Value::Null, id(event.0), Value::Null, Value::Null],
            Self::Hold(event, hold) => [Value::Null, id(event.0), id(hold.0), Value::Null],
            Self::Log(log_no) => [Value::Null, Value::Null, Value::Null, Value::Integer(log_no)],
        }
    }
}

impl Ledger {
    /// Notes a deviation; when it stood already, its first sighting stays and its content is renewed.
    pub(super) fn note(&self, about: About, deviation: &Deviation) -> Result<()> {
        let [unit_no, event, hold, log_no] = about.columns();
        self.run(
            sql!("deviation/put"),
            params![
                deviation.kind(),
                deviation.subject(),
                to_json(deviation)?,
                self.memory.now,
                unit_no,
                event,
                hold,
                log_no
            ],
        )?;
        Ok(())
    }

    /// Makes `found` all there is of these kinds about a unit or a log.
    pub(super) fn replace_deviations(&self, about: About, kinds: &[&str], found: &[Deviation]) -> Result<()> {
        let [unit_no, _, _, log_no] = about.columns();
        let asked = params![unit_no, log_no, to_json(&kinds)?];
        let kept = self.rows(sql!("deviation/about"), asked, |row| {
            Ok((
                (row.get::<_, String>(0)?, row.get::<_, String>(1)?),
                row.get::<_, String>(2)?,
            ))
        })?;
        let kept: HashMap<(String, String), String> = kept.into_iter().collect();
        let name = |deviation: &Deviation| (deviation.kind().to_owned(), deviation.subject());
        let stands: HashSet<(String, String)> = found.iter().map(name).collect();
        for (kind, subject) in kept.keys() {
            if !stands.contains(&(kind.clone(), subject.clone())) {
                self.run(sql!("deviation/delete"), params![kind, subject])?;
            }
        }
        for deviation in found {
            // A log with many gaps is looked at with each of its records: what stands is not written again.
            if kept.get(&name(deviation)) != Some(&to_json(deviation)?) {
                self.note(about, deviation)?;
            }
        }
        Ok(())
    }

    /// Takes a deviation away, if it stands.
    pub(super) fn drop_deviation(&self, deviation: &Deviation) -> Result<()> {
        self.run(
            sql!("deviation/delete"),
            params![deviation.kind(), deviation.subject()],
        )?;
        Ok(())
    }

    /// Takes away what was wrong with a movement that does not count any more.
    pub(super) fn clear_movement(&self, event: EventId) -> Result<()> {
        self.run(sql!("deviation/delete_movement"), params![event.0.as_bytes()])?;
        Ok(())
    }

    /// Notes a clock that is off. The worst offset of the log stands, whatever order records come in.
    pub(super) fn note_skew(&mut self, log: LogId, log_no: i64, offset: i64) -> Result<()> {
        let rank = |offset: i64| (offset.unsigned_abs(), offset);
        let known = match self.memory.skews.get(&log) {
            Some(known) => Some(*known),
            None => self.kept_skew(log)?,
        };
        if known.is_some_and(|known| rank(known) >= rank(offset)) {
            return Ok(());
        }
        self.memory.skews.insert(log, offset);
        self.note(About::Log(log_no), &Deviation::ClockSkew { log, offset })
    }

    fn kept_skew(&self, log: LogId) -> Result<Option<i64>> {
        let body = self.row(
            sql!("deviation/get"),
            params!["clock-skew", log.to_string()],
            |row| row.get::<_, String>(0),
        )?;
        Ok(match body.map(|body| from_json(&body)).transpose()? {
            Some(Deviation::ClockSkew { offset, .. }) => Some(offset),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, StatementStatus, params};

    use crate::store::sqlite::{migrate, sql};

    /// What a log's gaps cost does not grow with what else is wrong with it.
    #[test]
    fn other_kinds_about_a_log_are_not_looked_at() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate::migrate(&mut conn).unwrap();
        let steps_among = |others: i64| {
            conn.execute(
                "INSERT OR IGNORE INTO deviation (kind, subject, body, found_at, log_no)
                 WITH RECURSIVE place (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM place WHERE n < ?1)
                 SELECT 'tick-back', n, '', 0, 7 FROM place",
                [others],
            )
            .unwrap();
            let mut about = conn.prepare(sql!("deviation/about")).unwrap();
            let kinds = r#"["fork","gap"]"#;
            let found = about.query_map(params![None::<i64>, 7, kinds], |_| Ok(()));
            assert_eq!(found.unwrap().count(), 0);
            about.get_status(StatementStatus::VmStep)
        };
        let few = steps_among(1);
        assert_eq!(steps_among(1_000), few);
    }
}
