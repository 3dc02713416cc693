//! Settings.

use rusqlite::params;

use crate::store::Result;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::sql;

impl Ledger {
    pub(in super::super) fn set_setting(&self, name: &str, value: &str) -> Result<()> {
        self.run(sql!("setting/put"), params![name, value])?;
        Ok(())
    }

    /// Writes and commits something without meaning, to see that the disk takes it.
    pub(in super::super) fn prove_writable(&self, now: i64) -> Result<()> {
        self.set_setting("store.proved-writable-at", &now.to_string())
    }
}
