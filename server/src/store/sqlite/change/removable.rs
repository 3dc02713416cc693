//! Rows that may be taken away again. That one is gone is a version of it, which the other servers hear of like of any other.

use rusqlite::params;
use serde_json::Value;
use sparhund_shared::civil::swedish_day;
use sparhund_shared::reference::{AnnouncedDelivery, Rule};
use sparhund_shared::wire::Topic;

use super::value;
use crate::store::sqlite::codes::from_json;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::{read, sql};
use crate::store::{Result, RowKind};

/// How long a delivery is told of after it was expected, or announced if that was later.
const TOLD_MS: i64 = 30 * 24 * 3_600_000;

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

    /// Adds or replaces announced deliveries, all or nothing.
    pub(in super::super) fn put_deliveries(
        &mut self,
        deliveries: &[AnnouncedDelivery],
        now: i64,
    ) -> Result<()> {
        deliveries
            .iter()
            .try_for_each(|delivery| self.put_delivery(&delivery.key(), Some(delivery), now))
    }

    /// Takes an announced delivery away; whether it was there.
    pub(in super::super) fn remove_delivery(&mut self, key: &str, now: i64) -> Result<bool> {
        let there = self.feed_text(Topic::Deliveries, key)?.is_some();
        if there {
            self.put_delivery(key, None, now)?;
        }
        Ok(there)
    }

    /// Puts a delivery, or with `None` takes it away. What was received of it the records say, not who announces it.
    pub(super) fn put_delivery(
        &self,
        key: &str,
        delivery: Option<&AnnouncedDelivery>,
        now: i64,
    ) -> Result<()> {
        let body = match delivery {
            Some(delivery) => Some(value(&AnnouncedDelivery {
                received: self.received(key)?,
                ..delivery.clone()
            })?),
            None => None,
        };
        self.put_removable(RowKind::Delivery, Topic::Deliveries, key, body.as_ref(), now)
    }

    /// Takes deliveries away that were expected long ago. Every server comes to the same by itself.
    pub(in super::super) fn drop_old_deliveries(&mut self, now: i64) -> Result<()> {
        let told = self.rows(
            sql!("shared_row/of_kind"),
            params![RowKind::Delivery.word()],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)),
        )?;
        for (key, told_at) in told {
            let Some(body) = self.feed_text(Topic::Deliveries, &key)? else {
                continue;
            };
            let delivery: AnnouncedDelivery = from_json(&body)?;
            let since = delivery.expected_at.unwrap_or(told_at).max(told_at);
            if since.saturating_add(TOLD_MS) < now {
                self.put_delivery(&key, None, now)?;
            }
        }
        let today = swedish_day(now).map(|day| day.to_string()).unwrap_or_default();
        self.set_setting(read::DELIVERIES_SEEN, &today)
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
