//! How far each log reaches: its head, its gaps, its forks.

use std::collections::HashSet;

use rusqlite::params;
use sparhund_shared::fold::Deviation;
use sparhund_shared::log::{Hash, Head, LogId, PublicKey, Record};

use super::Ledger;
use super::deviation::About;
use crate::store::sqlite::codes::{Id, mark, signed, unsigned};
use crate::store::sqlite::entry::Entry;
use crate::store::sqlite::sql;
use crate::store::{LogKind, MOST_TOLD, Result, StoreError};

/// A log as the writer remembers it.
#[derive(Clone, Copy)]
pub(in super::super) struct LogEntry {
    pub(in super::super) log_no: i64,
    pub(in super::super) key: PublicKey,
    /// End of the longest chain from the first record; the smaller hash when two are equally long.
    pub(in super::super) head: Head,
    /// Logical time of the head; `None` when it must be read first.
    head_tick: Option<i64>,
    pub(super) last: u64,
    /// Places in the gaps that are told.
    pub(super) missing: u64,
    pub(super) forks: u64,
    /// Records held, and the wrapping sum of their marks.
    records: u64,
    sum: i64,
    /// Newest signed head.
    pub(super) signed: Option<Head>,
    /// The lowest record that came and did not simply follow the head: head and gaps are to be found anew.
    tangled: Option<u64>,
    changed: bool,
}

impl Ledger {
    pub(super) fn remember_logs(&mut self) -> Result<()> {
        let logs = self.rows(sql!("log/states"), [], |row| {
            let log = LogId(row.get::<_, Id>(1)?.0);
            let signed_seq: Option<i64> = row.get(8)?;
            let signed_hash: Option<[u8; 32]> = row.get(9)?;
            let (records, sum) = (unsigned(row.get(10)?), row.get(11)?);
            Ok((
                log,
                LogEntry {
                    log_no: row.get(0)?,
                    key: PublicKey(row.get(2)?),
                    head: Head {
                        log,
                        seq: unsigned(row.get(3)?),
                        hash: Hash(row.get(4)?),
                    },
                    head_tick: None,
                    last: unsigned(row.get(5)?),
                    missing: unsigned(row.get(6)?),
                    forks: unsigned(row.get(7)?),
                    records,
                    sum,
                    signed: signed_seq.zip(signed_hash).map(|(seq, hash)| Head {
                        log,
                        seq: unsigned(seq),
                        hash: Hash(hash),
                    }),
                    tangled: None,
                    changed: false,
                },
            ))
        })?;
        self.memory.logs = logs.into_iter().collect();
        let devices = self.rows(sql!("log/of_devices"), [], |row| row.get(0))?;
        self.memory.devices = devices.into_iter().collect();
        Ok(())
    }

    /// Learns which devices may not sync any more.
    pub(in super::super) fn remember_silenced(&mut self) -> Result<()> {
        let logs = self.rows(sql!("log/silenced"), [], |row| Ok(LogId(row.get::<_, Id>(0)?.0)))?;
        self.memory.silenced = logs.into_iter().collect();
        Ok(())
    }

    /// Whether a device writes the log: it has fewer rights than the server's own.
    pub(super) fn is_device(&self, log_no: i64) -> bool {
        self.memory.devices.contains(&log_no)
    }

    /// Registers a log; idempotent for the same key.
    pub(in super::super) fn open_log(
        &mut self,
        log: LogId,
        key: PublicKey,
        name: &str,
        writer: LogKind,
    ) -> Result<i64> {
        if let Some(known) = self.memory.logs.get(&log) {
            if known.key == key {
                return Ok(known.log_no);
            }
            return Err(StoreError::Conflict(format!(
                "log {log} is written under another key; begin a new log"
            )));
        }
        let by_device = writer == LogKind::Device;
        self.run(
            sql!("log/insert"),
            params![log.0.as_bytes(), key.0, name, by_device],
        )?;
        let log_no = self.conn.last_insert_rowid();
        if by_device {
            self.memory.devices.insert(log_no);
        }
        let head = Head {
            log,
            seq: 0,
            hash: Hash::ZERO,
        };
        self.run(sql!("log/insert_state"), params![log_no, head.hash.0])?;
        self.memory.logs.insert(
            log,
            LogEntry {
                log_no,
                key,
                head,
                head_tick: None,
                last: 0,
                missing: 0,
                forks: 0,
                records: 0,
                sum: 0,
                signed: None,
                tangled: None,
                changed: false,
            },
        );
        Ok(log_no)
    }

    /// Number of a registered log.
    pub(in super::super) fn log_no(&self, log: LogId) -> Option<i64> {
        self.memory.logs.get(&log).map(|entry| entry.log_no)
    }

    pub(super) fn log(&self, log: LogId) -> Result<&LogEntry> {
        self.memory.logs.get(&log).ok_or_else(|| no_log(log))
    }

    pub(super) fn log_mut(&mut self, log: LogId) -> Result<&mut LogEntry> {
        self.memory.logs.get_mut(&log).ok_or_else(|| no_log(log))
    }

    /// Places a stored record in its chain. In the usual case it follows the head and nothing is looked up.
    pub(super) fn link(&mut self, log: LogId, entry: &Entry) -> Result<()> {
        let record = entry.sealed.record();
        let hash = entry.sealed.hash();
        let state = self.log_mut(log)?;
        if !state.changed {
            state.changed = true;
            self.memory.pending.logs.push(log);
        }
        let state = self.log_mut(log)?;
        state.records += 1;
        state.sum = state.sum.wrapping_add(mark(hash));
        let follows = state.tangled.is_none()
            && state.head.seq == state.last
            && record.seq == state.last.saturating_add(1)
            && record.prev == state.head.hash;
        state.last = state.last.max(record.seq);
        if follows {
            let before = *state;
            let tick = match before.head_tick {
                Some(tick) => Some(tick),
                None => self.tick_at(before.log_no, before.head.seq, before.head.hash)?,
            };
            self.judge_tick(before.log_no, tick, record, hash)?;
            let state = self.log_mut(log)?;
            state.head.seq = record.seq;
            state.head.hash = hash;
            state.head_tick = Some(record.tick);
            return Ok(());
        }
        state.tangled = Some(state.tangled.map_or(record.seq, |lowest| lowest.min(record.seq)));
        let log_no = state.log_no;
        let seq = signed(record.seq);
        let starts = record.seq == 1 && record.prev == Hash::ZERO;
        let before = self.tick_at(log_no, record.seq.saturating_sub(1), record.prev)?;
        self.judge_tick(log_no, before, record, hash)?;
        if !starts && before.is_none() {
            self.run(sql!("orphan/insert"), params![log_no, seq, hash.0, record.prev.0])?;
        }
        for (above, bytes) in self.rows(sql!("record/at"), params![log_no, seq.saturating_add(1)], |row| {
            Ok((Hash(row.get(0)?), row.get::<_, Vec<u8>>(1)?))
        })? {
            let next = decoded(&bytes)?;
            if next.prev == hash {
                self.judge_tick(log_no, Some(record.tick), &next, above)?;
            }
        }
        self.run(
            sql!("orphan/delete"),
            params![log_no, seq.saturating_add(1), hash.0],
        )?;
        self.run(sql!("fork/insert"), params![log_no, seq])?;
        Ok(())
    }

    /// Logical time of a held record.
    fn tick_at(&self, log_no: i64, seq: u64, hash: Hash) -> Result<Option<i64>> {
        let bytes = self.row(sql!("record/get"), params![log_no, signed(seq), hash.0], |row| {
            row.get::<_, Vec<u8>>(0)
        })?;
        bytes.map(|bytes| Ok(decoded(&bytes)?.tick)).transpose()
    }

    /// Every writer makes a record later than the one before it: else its clock was tampered with, perhaps to put
    /// a movement before a hold.
    fn judge_tick(&self, log_no: i64, before: Option<i64>, record: &Record, hash: Hash) -> Result<()> {
        if before.is_none_or(|before| record.tick > before) {
            return Ok(());
        }
        let (log, seq) = (record.log, record.seq);
        self.note(About::Log(log_no), &Deviation::TickBack { log, seq, hash })
    }

    /// Finds head, gaps and forks of a log anew, when a record came out of line.
    pub(super) fn settle(&mut self, log: LogId) -> Result<()> {
        let state = *self.log(log)?;
        let Some(lowest) = state.tangled else {
            return Ok(());
        };
        let forks = self.rows(
            sql!("fork/list"),
            params![state.log_no, signed(MOST_TOLD)],
            |row| row.get::<_, i64>(0),
        )?;
        // What lies farther above reaches no chain from the first record, and makes none longer.
        let head = if lowest <= state.head.seq.saturating_add(1) {
            self.longest_chain(&state, forks.first().copied())?
        } else {
            state.head
        };
        let gaps = self.rows(
            sql!("orphan/gaps"),
            params![state.log_no, signed(MOST_TOLD)],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )?;
        let mut found: Vec<Deviation> = forks
            .iter()
            .map(|seq| Deviation::Fork {
                log,
                seq: unsigned(*seq),
            })
            .collect();
        let mut missing = 0;
        for (held, orphan) in gaps {
            // The record right below is held, but it is another one than the orphan names.
            let from = if held == orphan - 1 { held } else { held + 1 };
            let to = orphan - 1;
            missing += unsigned(to - from + 1);
            found.push(Deviation::Gap {
                log,
                from: unsigned(from),
                to: unsigned(to),
            });
        }
        self.replace_deviations(About::Log(state.log_no), &["fork", "gap"], &found)?;
        let forks = self.row(sql!("fork/count"), params![state.log_no], |row| {
            row.get::<_, i64>(0)
        })?;
        let state = self.log_mut(log)?;
        state.head = head;
        state.head_tick = None;
        state.missing = missing;
        state.forks = forks.map_or(0, unsigned);
        state.tangled = None;
        Ok(())
    }

    /// Follows the chain upwards from the last place where there is no choice. Where two histories stand side by side that is all of
    /// both, each time.
    fn longest_chain(&self, state: &LogEntry, first_fork: Option<i64>) -> Result<Head> {
        let mut seq = signed(state.head.seq);
        let mut reached: HashSet<Hash> = HashSet::from([state.head.hash]);
        if let Some(below) = first_fork.map(|fork| fork - 1).filter(|below| *below < seq) {
            seq = below;
            reached = match below {
                0 => HashSet::from([Hash::ZERO]),
                _ => self
                    .rows(sql!("record/at"), params![state.log_no, below], |row| {
                        Ok(Hash(row.get(0)?))
                    })?
                    .into_iter()
                    .collect(),
            };
        }
        // Below the lowest fork, at its foot, and at an undisputed head there is one record.
        let mut sole = true;
        loop {
            if sole
                && let Some((last, hash)) =
                    self.row(sql!("record/straight"), params![state.log_no, seq], |row| {
                        Ok((row.get(0)?, Hash(row.get(1)?)))
                    })?
            {
                seq = last;
                reached = HashSet::from([hash]);
            }
            let above = self.rows(sql!("record/at"), params![state.log_no, seq + 1], |row| {
                Ok((Hash(row.get(0)?), row.get::<_, Vec<u8>>(1)?))
            })?;
            let mut next = HashSet::new();
            sole = above.len() == 1;
            for (hash, bytes) in above {
                if reached.contains(&decoded(&bytes)?.prev) {
                    next.insert(hash);
                }
            }
            if next.is_empty() {
                let hash = reached.into_iter().min().unwrap_or(Hash::ZERO);
                return Ok(Head {
                    log: state.head.log,
                    seq: unsigned(seq),
                    hash,
                });
            }
            reached = next;
            seq += 1;
        }
    }

    pub(super) fn flush_logs(&mut self) -> Result<()> {
        for log in std::mem::take(&mut self.memory.pending.logs) {
            let state = self.log_mut(log)?;
            state.changed = false;
            let state = *state;
            self.run(
                sql!("log/update_state"),
                params![
                    state.log_no,
                    signed(state.head.seq),
                    state.head.hash.0,
                    signed(state.last),
                    signed(state.missing),
                    signed(state.forks),
                    signed(state.records),
                    state.sum
                ],
            )?;
        }
        Ok(())
    }
}

fn decoded(bytes: &[u8]) -> Result<Record> {
    minicbor::decode(bytes).map_err(|error| StoreError::Damaged(format!("a record: {error}")))
}

fn no_log(log: LogId) -> StoreError {
    StoreError::Damaged(format!("log {log} is not registered"))
}
