//! What a device holds on its disk, read from its database as it stands.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use sparhund_shared::log::{EventId, Hash, Head, LogId};
use uuid::Uuid;

/// One record of a device.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Held {
    /// Where it stands and what it is.
    pub place: Head,
    /// Its event.
    pub event: EventId,
    /// What the device noted of it: 0 = waits, 1 = acknowledged by the server, 2 = refused by it, 3 = told again in a later
    /// log.
    pub sent: i64,
}

/// Everything on a device.
#[derive(Clone, Debug)]
pub struct Kept {
    /// End of the log in use.
    pub head: Head,
    /// Records of all its logs.
    pub records: Vec<Held>,
}

impl Kept {
    /// Reads it. The device does not run; what lies in its journal counts as it does when it starts.
    ///
    /// # Errors
    /// When the database is damaged: SQLite's own check runs first.
    pub fn read(database: &Path) -> Result<Option<Self>, String> {
        if !database.exists() {
            return Ok(None);
        }
        read(database).map_err(|error| format!("{}: {error}", database.display()))
    }
}

fn read(database: &Path) -> Result<Option<Kept>, Box<dyn std::error::Error>> {
    let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(sound.into());
    }
    let begun: bool = db.query_row(
        "SELECT count(*) > 0 FROM sqlite_master WHERE name = 'device'",
        [],
        |row| row.get(0),
    )?;
    if !begun {
        // Killed before the schema was made.
        return Ok(None);
    }
    let head = db.query_row(
        "SELECT log, seq, hash FROM log WHERE log = (SELECT log FROM device)",
        [],
        place,
    );
    let head = match head {
        Err(rusqlite::Error::QueryReturnedNoRows) => return Ok(None),
        head => head?,
    };
    let mut statement = db.prepare("SELECT log, seq, hash, event_id, sent FROM record")?;
    let records = statement.query_map([], |row| {
        Ok(Held {
            place: place(row)?,
            event: EventId(Uuid::from_bytes(row.get(3)?)),
            sent: row.get(4)?,
        })
    })?;
    let records = records.collect::<Result<_, _>>()?;
    Ok(Some(Kept { head, records }))
}

fn place(row: &rusqlite::Row<'_>) -> rusqlite::Result<Head> {
    Ok(Head {
        log: LogId(Uuid::from_bytes(row.get(0)?)),
        seq: row.get::<_, i64>(1)?.unsigned_abs(),
        hash: Hash(row.get(2)?),
    })
}
