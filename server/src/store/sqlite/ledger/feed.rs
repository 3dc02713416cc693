//! Reference data as devices see it: each change of a row moves it to the end of its topic.

use rusqlite::params;
use serde_json::Value;
use sparhund_shared::wire::{Topic, TopicDigest};

use super::Ledger;
use crate::store::Result;
use crate::store::sqlite::codes::{from_json, signed, unsigned};
use crate::store::sqlite::sql;

impl Ledger {
    /// Puts or, with `None`, takes away a row. Nothing moves when the row is the same as before.
    pub(in super::super) fn put_row(&self, topic: Topic, key: &str, body: Option<&Value>) -> Result<()> {
        let text = body.map(Value::to_string);
        let kept = self.feed_text(topic, key)?;
        if kept == text {
            return Ok(());
        }
        self.write_row(topic, key, kept, body)
    }

    /// Takes a row away. Nobody needs to have had it here: what was taken away elsewhere is known by that.
    pub(in super::super) fn put_gone(&self, topic: Topic, key: &str) -> Result<()> {
        let known = self.row(sql!("feed/get"), params![topic.word(), key], |row| {
            row.get::<_, Option<String>>(0)
        })?;
        match known {
            Some(None) => Ok(()),
            known => self.write_row(topic, key, known.flatten(), None),
        }
    }

    fn write_row(&self, topic: Topic, key: &str, kept: Option<String>, body: Option<&Value>) -> Result<()> {
        let (rev, mut digest) = self
            .row(sql!("feed/topic"), params![topic.word()], |row| {
                let digest = TopicDigest {
                    count: unsigned(row.get(1)?),
                    sum: row.get::<_, i64>(2)?.cast_unsigned(),
                };
                Ok((unsigned(row.get(0)?), digest))
            })?
            .unwrap_or_default();
        if let Some(old) = kept {
            digest.remove(key, &from_json(&old)?);
        }
        if let Some(new) = body {
            digest.add(key, new);
        }
        let rev = signed(rev + 1);
        self.run(
            sql!("feed/put_topic"),
            params![topic.word(), rev, signed(digest.count), digest.sum.cast_signed()],
        )?;
        self.run(
            sql!("feed/put"),
            params![topic.word(), key, rev, body.map(Value::to_string)],
        )?;
        Ok(())
    }

    /// A row as it stands; `None` when it never was or is gone.
    pub(in super::super) fn feed_text(&self, topic: Topic, key: &str) -> Result<Option<String>> {
        let body = self.row(sql!("feed/get"), params![topic.word(), key], |row| row.get(0))?;
        Ok(body.flatten())
    }
}
