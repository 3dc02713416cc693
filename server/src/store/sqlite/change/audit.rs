//! Reads that tell about people.

use rusqlite::params;

use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::sql;
use crate::store::{NewRead, Result};

impl Ledger {
    pub(in super::super) fn note_read(&self, read: &NewRead) -> Result<()> {
        let user = read.user.as_ref().map(|user| user.0.as_bytes());
        self.run(
            sql!("audit/insert"),
            params![
                read.at,
                user,
                read.what.word(),
                read.asked.as_str(),
                read.purpose.as_str()
            ],
        )?;
        Ok(())
    }
}
