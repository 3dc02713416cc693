//! Who did what with a patient's identity, when, for what: a chain of rows that is kept.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use sparhund_shared::log::Hash;
use sparhund_shared::privacy::names_a_person;

use super::LinkError;
use crate::ops::today;

const TAG: &str = "sparhund/patient-access/1";
/// Longest purpose or reason, characters.
const LONGEST: usize = 200;

/// What somebody wants to know an identity for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Care of the patient.
    Care,
    /// A recall, by the number of its safety notice.
    Recall(String),
    /// Quality work.
    Quality,
}

impl Purpose {
    /// Reads `vård`, `återkallelse` with the number of the notice, or `kvalitet`.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let text = text.trim();
        match text.split_once(' ').map(|(word, rest)| (word, rest.trim())) {
            None if text == "vård" => Ok(Self::Care),
            None if text == "kvalitet" => Ok(Self::Quality),
            Some(("återkallelse", notice)) if !notice.is_empty() && fits(notice) => {
                Ok(Self::Recall(notice.to_owned()))
            }
            _ => Err(LinkError::Refused(
                "say what it is for: vård, återkallelse with the number of the safety notice, or kvalitet"
                    .to_owned(),
            )),
        }
    }
}

impl std::fmt::Display for Purpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Care => f.write_str("vård"),
            Self::Recall(notice) => write!(f, "återkallelse {notice}"),
            Self::Quality => f.write_str("kvalitet"),
        }
    }
}

fn fits(text: &str) -> bool {
    text.chars().count() <= LONGEST && !names_a_person(text.as_bytes(), today())
}

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Asked whom a token stands for.
    LookUp,
    /// Asked which token somebody has.
    Find,
    /// Erased somebody.
    Erase,
    /// Read this log.
    ReadLog,
}

impl Deed {
    fn word(self) -> &'static str {
        match self {
            Self::LookUp => "look_up",
            Self::Find => "find",
            Self::Erase => "erase",
            Self::ReadLog => "read_log",
        }
    }
}

/// Who asks, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    login: String,
    unit: String,
    purpose: String,
    reason: String,
}

impl Asked {
    /// # Errors
    /// When there is no reason, or a personal number stands in it.
    pub fn new(login: &str, unit: &str, purpose: &Purpose, reason: &str) -> Result<Self, LinkError> {
        let reason = reason.trim();
        if reason.is_empty() || !fits(reason) {
            return Err(LinkError::Refused(format!(
                "say why in 1 to {LONGEST} characters, without a personal number: it is kept"
            )));
        }
        Ok(Self {
            login: login.to_owned(),
            unit: unit.to_owned(),
            purpose: purpose.to_string(),
            reason: reason.to_owned(),
        })
    }
}

/// A row of the log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Access {
    /// Its place, from 1 without holes.
    pub no: i64,
    /// When, Unix milliseconds.
    pub at: i64,
    /// Who.
    pub login: String,
    /// Their care unit.
    pub unit: String,
    /// What.
    pub deed: String,
    /// Whose identity.
    pub token: Option<Hash>,
    /// What for.
    pub purpose: String,
    /// Why.
    pub reason: String,
    /// Hash of the row before.
    pub before: Hash,
    /// Hash of this row.
    pub hash: Hash,
}

impl Access {
    fn hashed(&self) -> Hash {
        let told = serde_json::json!([
            self.no,
            self.at,
            self.login,
            self.unit,
            self.deed,
            self.token,
            self.purpose,
            self.reason,
            self.before
        ]);
        Hash::of(TAG, told.to_string().as_bytes())
    }
}

/// Writes a row; to be called before anything is answered.
pub(super) fn write(
    conn: &Connection,
    asked: &Asked,
    deed: Deed,
    token: Option<Hash>,
    now: i64,
) -> Result<(), LinkError> {
    let last = conn
        .query_row(
            "SELECT no, hash FROM access ORDER BY no DESC LIMIT 1",
            [],
            |row| Ok((row.get::<_, i64>(0)?, Hash(row.get(1)?))),
        )
        .optional()?;
    let (no, before) = last.unwrap_or((0, Hash::ZERO));
    let mut row = Access {
        no: no + 1,
        at: now,
        login: asked.login.clone(),
        unit: asked.unit.clone(),
        deed: deed.word().to_owned(),
        token,
        purpose: asked.purpose.clone(),
        reason: asked.reason.clone(),
        before,
        hash: Hash::ZERO,
    };
    row.hash = row.hashed();
    conn.execute(
        "INSERT INTO access (no, at, login, unit, deed, token, purpose, reason, before, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            row.no,
            row.at,
            row.login,
            row.unit,
            row.deed,
            row.token.map(|token| token.0),
            row.purpose,
            row.reason,
            row.before.0,
            row.hash.0
        ],
    )?;
    // Whoever keeps the lines of the program elsewhere sees when the end of the log is cut off.
    tracing::info!(access.no = row.no, access.hash = %row.hash, access.deed = row.deed, "identity accessed");
    Ok(())
}

/// Rows after a number, of one patient or of all.
pub(super) fn page(
    conn: &Connection,
    token: Option<Hash>,
    after: i64,
    max: usize,
) -> Result<Vec<Access>, LinkError> {
    let mut statement = conn.prepare(
        "SELECT no, at, login, unit, deed, token, purpose, reason, before, hash FROM access
         WHERE no > ?1 AND (?2 IS NULL OR token = ?2) ORDER BY no LIMIT ?3",
    )?;
    let max = i64::try_from(max).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![after, token.map(|token| token.0), max], |row| {
        Ok(Access {
            no: row.get(0)?,
            at: row.get(1)?,
            login: row.get(2)?,
            unit: row.get(3)?,
            deed: row.get(4)?,
            token: row.get::<_, Option<_>>(5)?.map(Hash),
            purpose: row.get(6)?,
            reason: row.get(7)?,
            before: Hash(row.get(8)?),
            hash: Hash(row.get(9)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Checks the whole chain: how many rows there are and the hash of the last.
pub(super) fn verify(conn: &Connection) -> Result<(i64, Hash), LinkError> {
    let (mut no, mut hash) = (0, Hash::ZERO);
    loop {
        let rows = page(conn, None, no, 1_000)?;
        if rows.is_empty() {
            return Ok((no, hash));
        }
        for row in rows {
            if row.no != no + 1 || row.before != hash || row.hashed() != row.hash {
                return Err(LinkError::Damaged(format!(
                    "row {} of the access log is not as it was written, or one before it is gone",
                    row.no
                )));
            }
            (no, hash) = (row.no, row.hash);
        }
    }
}
