//! What is wrong with an export, and where.

use std::fmt;

use sparhund_shared::log::{EventId, Hash, LogId, PublicKey, RecordError, SignatureError};

/// The first thing that is wrong.
#[derive(Debug)]
pub struct Fault {
    /// Line, from 1.
    pub line: u64,
    /// Log the line belongs to.
    pub log: Option<LogId>,
    /// Place of the record concerned; for a line that cannot be read, the place that should come there.
    pub record: Option<u64>,
    /// Its event, where it can be read.
    pub event: Option<EventId>,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum FaultKind {
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// Not a line of the format.
    #[error("the line cannot be read: {0}")]
    Unreadable(String),
    /// The right content in other bytes.
    #[error("the line is not written as an export writes it")]
    Spelling,
    /// A line that may not stand here.
    #[error("{0}")]
    Order(&'static str),
    /// Written by a later program.
    #[error("the file has version {0} of the format, this program knows versions 1 and 2")]
    Version(u16),
    /// The bytes are no record.
    #[error("{0}")]
    Record(#[from] RecordError),
    /// Content and hash differ.
    #[error("its content has the hash {found}, the line says {said}: one of the two was changed")]
    Hash {
        /// Hash of the bytes.
        found: Hash,
        /// Hash in the line.
        said: Hash,
    },
    /// Content and place differ.
    #[error("its content says it is record {found}, the line says {said}")]
    Place {
        /// Place in the bytes.
        found: u64,
        /// Place in the line.
        said: u64,
    },
    /// Another log's record.
    #[error("it belongs to log {0}")]
    OtherLog(LogId),
    /// The signature is wrong.
    #[error("{0}")]
    Signature(#[from] SignatureError),
    /// A signed record is not in the file.
    #[error("a head was signed for this record with hash {0}, and the file does not hold it")]
    HeadWithoutRecord(Hash),
    /// A record that somebody signed for is not in the file.
    #[error(
        "{by} signed that record with hash {hash} was there, and the file does not hold it: the log was rewritten"
    )]
    SeenWithoutRecord {
        /// What was seen.
        hash: Hash,
        /// Who saw it.
        by: String,
    },
    /// A countersignature is wrong.
    #[error("the countersignature by {by} does not fit that writer's key: it was changed")]
    BadSeen {
        /// Who is said to have signed.
        by: String,
    },
    /// Somebody signed whose key is not in the file.
    #[error("log {0} signed for it, and the file holds no log of that id")]
    UnknownWitness(LogId),
    /// A writer is no witness of its own log.
    #[error("the log's own writer signed as if another had seen it")]
    OwnWitness,
    /// No signature reaches a record.
    #[error("no signed head reaches it: records after it were taken away, or it was put in")]
    Unsigned,
    /// What is missing differs from what the server said was missing.
    #[error("records {from} to {to} are missing, and the server did not say so: they were taken away")]
    Missing {
        /// First missing.
        from: u64,
        /// Last missing.
        to: u64,
    },
    /// Counts, gaps or forks differ from the log's last line.
    #[error("the log's last line does not say what the file holds")]
    Summary,
    /// The two were given the wrong way round.
    #[error("it was made before the export that it is compared with")]
    NotLater,
    /// The key of a log is not what it was.
    #[error("in the earlier export its key is {0}: somebody else wrote this one")]
    OtherKey(PublicKey),
    /// What an earlier export ends with is not there.
    #[error(
        "the earlier export holds this record with hash {0}, and the file does not: the log was rewritten or cut"
    )]
    EarlierWithoutRecord(Hash),
    /// A log of an earlier export is not there.
    #[error("the earlier export holds log {log} of {writer}, and the file does not: it was left out")]
    LogGone {
        /// The log.
        log: LogId,
        /// Whose.
        writer: String,
    },
    /// The digest is wrong.
    #[error("the file has the SHA-256 {found}, its last line says {said}: it was changed")]
    Digest {
        /// Of the bytes.
        found: String,
        /// In the line.
        said: String,
    },
    /// It ends too early.
    #[error("the file ends before its last line: it was cut")]
    Cut,
    /// Something follows the last line.
    #[error("something follows the last line")]
    Trailing,
}

impl FaultKind {
    /// Whether the file was compared with an earlier one, and may be sound in itself.
    pub fn is_about_earlier(&self) -> bool {
        matches!(
            self,
            Self::NotLater | Self::OtherKey(_) | Self::EarlierWithoutRecord(_) | Self::LogGone { .. }
        )
    }

    /// What whoever checks the file does now.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Io(_) => "check the path and its rights, and try again",
            Self::Version(_) => "update this program, or check the file with the one that wrote it",
            Self::Cut | Self::Digest { .. } | Self::Trailing => {
                "it may have been damaged on the way: fetch the file again and compare its SHA-256 with the one at the \
                 server; if it is the same, export the log anew"
            }
            Self::Unreadable(_) | Self::Spelling | Self::Order(_) | Self::Summary => {
                "no export writes this: fetch the file again from whoever made it, or export the log anew"
            }
            Self::NotLater => "give the older file after --earlier",
            Self::OtherKey(_) | Self::EarlierWithoutRecord(_) | Self::LogGone { .. } => {
                "keep both files as they are: they are of different servers, or one of them was made up, or the server lost \
                 what it had; ask whoever runs it whether a backup was restored"
            }
            Self::Record(_)
            | Self::Hash { .. }
            | Self::Place { .. }
            | Self::OtherLog(_)
            | Self::Signature(_)
            | Self::HeadWithoutRecord(_)
            | Self::SeenWithoutRecord { .. }
            | Self::BadSeen { .. }
            | Self::UnknownWitness(_)
            | Self::OwnWitness
            | Self::Unsigned
            | Self::Missing { .. } => {
                "keep the file as it is and export the log anew: a new export that verifies shows that the file was \
                 changed; if it fails at the same place, the server's data were: restore a backup beside it and compare"
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(log) = self.log {
            write!(f, ", log {log}")?;
        }
        if let Some(record) = self.record {
            write!(f, ", record {record}")?;
        }
        if let Some(event) = self.event {
            write!(f, ", event {event}")?;
        }
        write!(f, ": {}; {}", self.kind, self.kind.advice())
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.kind)
    }
}
