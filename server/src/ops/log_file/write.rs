//! Writes an export.

use std::collections::HashSet;
use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use sparhund_shared::log::{LogId, RecordError, Sealed};

use super::chain::Chain;
use super::line::{Line, VERSION};
use crate::ops::REGION_SETTING;
use crate::store::{LogState, Store, StoreError};

/// Records read at a time.
const PAGE: usize = 1_000;

/// What was written.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Exported {
    /// Logs.
    pub logs: u64,
    /// Records.
    pub records: u64,
    /// Logs whose signed heads do not reach all that is known of them: writer, last place that is in the file.
    pub cut: Vec<(String, u64)>,
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be written.
    #[error("the file cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// A line cannot be written as JSON.
    #[error("a line cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// A stored record is damaged.
    #[error("record {seq} of the log of {writer} is damaged in the database: {error}; restore a backup")]
    Damaged {
        /// Its place.
        seq: u64,
        /// Whose log.
        writer: String,
        /// What is wrong.
        error: RecordError,
    },
}

struct Out<'a, W> {
    to: &'a mut W,
    digest: Sha256,
}

impl<W: Write> Out<'_, W> {
    fn line(&mut self, line: &Line) -> Result<(), ExportError> {
        let bytes = line.spell()?;
        self.digest.update(&bytes);
        self.to.write_all(&bytes)?;
        Ok(())
    }
}

/// Writes every log to `to`, as of `now` (Unix milliseconds). The server may go on writing meanwhile: each log is
/// cut where its signatures end.
///
/// # Errors
/// When the store or the file fails, or a stored record is damaged.
pub async fn write(
    store: &dyn Store,
    now: i64,
    to: &mut (impl Write + Send),
) -> Result<Exported, ExportError> {
    let mut out = Out {
        to,
        digest: Sha256::new(),
    };
    out.line(&Line::SparhundLogExport {
        version: VERSION,
        region: store.setting(REGION_SETTING).await?.unwrap_or_default(),
        made_at: now,
    })?;
    let mut exported = Exported::default();
    let logs = store.logs().await?;
    let listed: HashSet<LogId> = logs.iter().map(|state| state.log).collect();
    for state in logs {
        write_log(store, state, &listed, &mut out, &mut exported).await?;
    }
    let sha256 = hex(&out.digest.clone().finalize());
    out.line(&Line::End {
        logs: exported.logs,
        records: exported.records,
        sha256,
    })?;
    out.to.flush()?;
    Ok(exported)
}

async fn write_log<W: Write + Send>(
    store: &dyn Store,
    state: LogState,
    listed: &HashSet<LogId>,
    out: &mut Out<'_, W>,
    exported: &mut Exported,
) -> Result<(), ExportError> {
    out.line(&Line::Log {
        id: state.log,
        key: state.key,
        writer: state.writer.clone(),
    })?;
    // Before the heads: nothing that an honest server keeps of a log stands above its end then. Where it does, records were
    // taken away, and whoever checks the file shall see it.
    let seen = store.seen(state.log).await?;
    // A long chain that comes from another server is stored in parts, its signed head with the first: the record comes last, and the
    // log reached no such place before. Where it did, the record was taken away, and whoever checks the file shall see it.
    let mut heads = store.signed_heads(state.log).await?;
    let lacking = store
        .lacking(heads.iter().map(|signed| signed.head).collect())
        .await?;
    let all = heads.len();
    heads.retain(|signed| signed.head.seq <= state.last || !lacking.contains(&signed.head));
    let end = heads.iter().map(|signed| signed.head.seq).max().unwrap_or(0);
    if heads.len() < all || end < state.last {
        exported.cut.push((state.writer.clone(), end));
    }
    for signed in heads {
        out.line(&Line::Head {
            seq: signed.head.seq,
            hash: signed.head.hash,
            signature: signed.signature,
        })?;
    }
    // Whose log came while this is written is not in the file.
    for seen in seen.into_iter().filter(|seen| listed.contains(&seen.by)) {
        out.line(&Line::Seen {
            seq: seen.head.seq,
            hash: seen.head.hash,
            at: seen.at,
            by: seen.by,
            signature: seen.signature,
        })?;
    }
    let mut chain = Chain::of(state.log);
    let mut from = 1;
    while from <= end {
        let mut page = store.log_page(state.log, from, PAGE).await?;
        let whole = page.len() < PAGE;
        // A page may end between two records of one place: that place comes again with the next page.
        let last = page.last().map_or(end, |record| record.seq);
        if !whole && page.first().is_some_and(|first| first.seq < last) {
            page.retain(|record| record.seq < last);
            from = last;
        } else {
            from = last.saturating_add(1);
        }
        for stored in page.into_iter().filter(|record| record.seq <= end) {
            let bytes = STANDARD.encode(&stored.bytes);
            let sealed = Sealed::open(stored.bytes).map_err(|error| ExportError::Damaged {
                seq: stored.seq,
                writer: state.writer.clone(),
                error,
            })?;
            chain.add(&sealed);
            out.line(&Line::Record {
                seq: stored.seq,
                hash: stored.hash,
                bytes,
            })?;
        }
        if whole {
            break;
        }
    }
    chain.finish();
    out.line(&Line::LogEnd {
        records: chain.records,
        gaps: chain.gaps,
        forks: chain.forks,
    })?;
    exported.logs += 1;
    exported.records += chain.records;
    Ok(())
}

/// Hexadecimal digits of bytes.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
