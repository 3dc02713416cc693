//! Tokens that the patient-link service made.

use rusqlite::params;

use crate::store::sqlite::codes::signed;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::sql;
use crate::store::{Result, TokenRow};

impl Ledger {
    pub(in super::super) fn keep_patient_tokens(&self, tokens: &[TokenRow]) -> Result<u64> {
        let mut kept = 0;
        for row in tokens {
            let place = params![signed(row.no), row.event.0.as_bytes(), row.token.0];
            kept += u64::try_from(self.run(sql!("patient_token/put"), place)?).unwrap_or(0);
        }
        Ok(kept)
    }
}
