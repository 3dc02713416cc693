//! Rows that may be taken away again. That one is gone is a version of it, which the other servers hear of like of any other.

use serde_json::Value;
use sparhund_shared::reference::Rule;
use sparhund_shared::wire::Topic;

use super::value;
use crate::store::sqlite::ledger::Ledger;
use crate::store::{Result, RowKind};

impl Ledger {
    /// Adds or replaces rules, all or nothing.
    pub(in super::super) fn put_rules(&mut self, rules: &[Rule], now: i64) -> Result<()> {
        rules
            .iter()
            .try_for_each(|rule| self.put_rule(&rule.key(), Some(rule), now))
    }

    /// Takes a rule away; whether it was there.
    pub(in super::super) fn remove_rule(&mut self, key: &str, now: i64) -> Result<bool> {
        let there = self.feed_text(Topic::Rules, key)?.is_some();
        if there {
            self.put_rule(key, None, now)?;
        }
        Ok(there)
    }

    /// Puts a rule, or with `None` takes it away.
    pub(super) fn put_rule(&self, key: &str, rule: Option<&Rule>, now: i64) -> Result<()> {
        let body = rule.map(value).transpose()?;
        self.put_removable(RowKind::Rule, Topic::Rules, key, body.as_ref(), now)
    }

    fn put_removable(
        &self,
        kind: RowKind,
        topic: Topic,
        key: &str,
        body: Option<&Value>,
        now: i64,
    ) -> Result<()> {
        match body {
            Some(body) => self.put_row(topic, key, Some(body))?,
            None => self.put_gone(topic, key)?,
        }
        self.touch(kind, key, now)
    }
}
