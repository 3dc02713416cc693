//! Sealed identities of patients.

use minicbor::bytes::ByteVec;
use rusqlite::{Connection, params};
use sparhund_shared::event::PatientSeal;
use sparhund_shared::log::{EventId, Hash};

use super::{rows, sql};
use crate::store::sqlite::codes::{Id, signed, unsigned};
use crate::store::{Result, SealRow};

pub(in super::super) fn patient_seals(conn: &Connection, after: u64, max: usize) -> Result<Vec<SealRow>> {
    let max = i64::try_from(max).unwrap_or(i64::MAX);
    rows(
        conn,
        sql!("patient_seal/after"),
        params![signed(after), max],
        |row| {
            Ok(SealRow {
                no: unsigned(row.get(0)?),
                event: EventId(row.get::<_, Id>(1)?.0),
                tick: row.get(2)?,
                seal: PatientSeal {
                    key: Hash(row.get(3)?),
                    sealed: ByteVec::from(row.get::<_, Vec<u8>>(4)?),
                },
            })
        },
    )
}
