//! What verified backups cover.

use rusqlite::params;

use crate::store::sqlite::codes::signed;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::sql;
use crate::store::{Result, VerifiedBackup};

impl Ledger {
    pub(in super::super) fn note_backup(&self, backup: &VerifiedBackup) -> Result<()> {
        self.run(
            sql!("backup/put"),
            params![
                backup.made_at,
                backup.file,
                backup.sha256,
                signed(backup.bytes),
                signed(backup.records)
            ],
        )?;
        for head in &backup.heads {
            self.run(
                sql!("covered/raise"),
                params![head.log.0.as_bytes(), signed(head.seq)],
            )?;
        }
        Ok(())
    }
}
