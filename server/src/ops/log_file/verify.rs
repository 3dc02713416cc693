//! Checks an export, line by line, without a database.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, Read as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use sparhund_shared::log::{EventId, Hash, Head, LogId, PublicKey, Sealed, Seen, SignatureBytes, SignedHead};

use super::chain::Chain;
use super::fault::{Fault, FaultKind};
use super::line::{LONGEST, Line, OLDEST, VERSION, place_in, record_in};
use super::verified::{Verified, Writer};
use super::write::hex;

/// Checks an export to its end or to its first fault: form of each line, canonical form, hash and chain of each
/// record, signature of each head and of who saw it, that each record is reached by one, and the digest of the file.
///
/// # Errors
/// The first fault, with line, log, record and event where they can be told.
pub fn verify(file: impl BufRead) -> Result<Verified, Box<Fault>> {
    verify_after(file, &Verified::default())
}

/// The same, and that it holds every log of an earlier export, under the same key and with every signed end.
///
/// # Errors
/// The first fault.
pub fn verify_after(file: impl BufRead, earlier: &Verified) -> Result<Verified, Box<Fault>> {
    let mut check = Check {
        earlier_at: earlier.made_at,
        earlier: earlier
            .writers
            .iter()
            .map(|writer| (writer.log, writer))
            .collect(),
        file,
        line: 0,
        digest: Sha256::new(),
        verified: Verified::default(),
        writers: HashMap::new(),
        seen: Vec::new(),
        open: None,
    };
    check.run()
}

/// The log in work.
struct OpenLog {
    id: LogId,
    key: PublicKey,
    writer: String,
    chain: Chain,
    /// Signed heads, and those of them whose record has not come.
    heads: HashSet<Head>,
    wanted: HashSet<Head>,
    /// Ends of the earlier export whose record has not come.
    earlier: HashSet<Head>,
    /// Who signed for a record that has not come.
    seen: HashMap<Head, LogId>,
}

struct Check<'a, R> {
    file: R,
    earlier_at: i64,
    /// Logs of the earlier export that have not come.
    earlier: HashMap<LogId, &'a Writer>,
    line: u64,
    digest: Sha256,
    verified: Verified,
    /// Key and name of each log so far.
    writers: HashMap<LogId, (PublicKey, String)>,
    /// Countersignatures with their lines: the witness's key may come later.
    seen: Vec<(u64, Seen)>,
    open: Option<OpenLog>,
}

impl<R: BufRead> Check<'_, R> {
    fn run(&mut self) -> Result<Verified, Box<Fault>> {
        match self.next()? {
            Line::SparhundLogExport {
                version: OLDEST..=VERSION,
                region,
                made_at,
            } => {
                if made_at < self.earlier_at {
                    return Err(self.fault(FaultKind::NotLater));
                }
                self.verified.region = region;
                self.verified.made_at = made_at;
            }
            Line::SparhundLogExport { version, .. } => {
                return Err(self.fault(FaultKind::Version(version)));
            }
            _ => return Err(self.fault(FaultKind::Order("the file does not begin as an export"))),
        }
        loop {
            let before = hex(&self.digest.clone().finalize());
            match (self.next()?, self.open.take()) {
                (Line::Log { id, key, writer }, None) => self.begin(id, key, writer)?,
                (Line::Head { seq, hash, signature }, Some(log)) if log.chain.records == 0 => {
                    self.open = Some(log);
                    self.head(seq, hash, signature)?;
                }
                (
                    Line::Seen {
                        seq,
                        hash,
                        at,
                        by,
                        signature,
                    },
                    Some(mut log),
                ) if log.chain.records == 0 => {
                    let head = Head {
                        log: log.id,
                        seq,
                        hash,
                    };
                    log.seen.insert(head, by);
                    self.open = Some(log);
                    let seen = Seen {
                        head,
                        at,
                        by,
                        signature,
                    };
                    self.seen.push((self.line, seen));
                }
                (Line::Record { seq, hash, bytes }, Some(log)) => {
                    self.open = Some(log);
                    self.record(seq, hash, &bytes)?;
                }
                (Line::LogEnd { records, gaps, forks }, Some(log)) => {
                    self.log_end(log, records, &gaps, &forks)?;
                }
                (
                    Line::End {
                        logs,
                        records,
                        sha256,
                    },
                    None,
                ) => return self.end(logs, records, sha256, before),
                (_, open) => {
                    self.open = open;
                    return Err(self.fault(FaultKind::Order("this line may not stand here")));
                }
            }
        }
    }

    /// A log begins.
    fn begin(&mut self, id: LogId, key: PublicKey, writer: String) -> Result<(), Box<Fault>> {
        let earlier = self.earlier.remove(&id);
        self.open = Some(OpenLog {
            id,
            key,
            writer: writer.clone(),
            chain: Chain::of(id),
            heads: HashSet::new(),
            wanted: HashSet::new(),
            earlier: earlier
                .iter()
                .flat_map(|before| before.ends.iter().copied())
                .collect(),
            seen: HashMap::new(),
        });
        if self.writers.insert(id, (key, writer)).is_some() {
            let kind = FaultKind::Order("the file holds this log already");
            return Err(self.of_record(None, None, kind));
        }
        match earlier.map(|before| before.key) {
            Some(before) if before != key => Err(self.of_record(None, None, FaultKind::OtherKey(before))),
            _ => Ok(()),
        }
    }

    /// The next line, in its one spelling.
    fn next(&mut self) -> Result<Line, Box<Fault>> {
        self.line += 1;
        let mut bytes = Vec::new();
        let read = (&mut self.file).take(LONGEST).read_until(b'\n', &mut bytes);
        let read = read.map_err(|error| self.fault(error.into()))?;
        if read == 0 {
            return Err(self.fault(FaultKind::Cut));
        }
        let line: Line = match serde_json::from_slice(&bytes) {
            Ok(line) => line,
            Err(error) => return Err(self.unreadable(bytes, &error)),
        };
        if line.spell().ok().as_ref() != Some(&bytes) {
            let record = match &line {
                Line::Record { seq, .. } => Some(*seq),
                _ => None,
            };
            return Err(self.of_record(record, None, FaultKind::Spelling));
        }
        self.digest.update(&bytes);
        Ok(line)
    }

    fn head(&mut self, seq: u64, hash: Hash, signature: SignatureBytes) -> Result<(), Box<Fault>> {
        let Some(log) = &mut self.open else { return Ok(()) };
        let head = Head {
            log: log.id,
            seq,
            hash,
        };
        if let Err(error) = (SignedHead { head, signature }).verify(&log.key) {
            return Err(self.of_record(Some(seq), None, error.into()));
        }
        log.heads.insert(head);
        log.wanted.insert(head);
        self.verified.heads += 1;
        Ok(())
    }

    fn record(&mut self, seq: u64, hash: Hash, text: &str) -> Result<(), Box<Fault>> {
        let bytes = STANDARD
            .decode(text)
            .map_err(|error| self.of_record(Some(seq), None, FaultKind::Unreadable(error.to_string())))?;
        let sealed = Sealed::open(bytes).map_err(|error| self.of_record(Some(seq), None, error.into()))?;
        let record = sealed.record();
        let event = Some(record.event_id);
        if sealed.hash() != hash {
            let found = sealed.hash();
            return Err(self.of_record(Some(seq), event, FaultKind::Hash { found, said: hash }));
        }
        // The content fits its hash, so the content is right about its place.
        if record.seq != seq {
            let found = record.seq;
            return Err(self.of_record(Some(found), event, FaultKind::Place { found, said: seq }));
        }
        let Some(log) = &mut self.open else { return Ok(()) };
        if record.log != log.id {
            let other = record.log;
            return Err(self.of_record(Some(seq), event, FaultKind::OtherLog(other)));
        }
        if !log.chain.comes_next(seq, hash) {
            let kind = FaultKind::Order("the records of a log stand in order, each once");
            return Err(self.of_record(Some(seq), event, kind));
        }
        log.chain.add(&sealed);
        let head = Head::of(&sealed);
        log.wanted.remove(&head);
        log.earlier.remove(&head);
        log.seen.remove(&head);
        self.verified.unreadable += u64::from(record.event().is_err());
        Ok(())
    }

    fn log_end(
        &mut self,
        mut log: OpenLog,
        records: u64,
        gaps: &[(u64, u64)],
        forks: &[u64],
    ) -> Result<(), Box<Fault>> {
        log.chain.finish();
        let fault = |record: Option<u64>, kind| {
            Box::new(Fault {
                line: self.line,
                log: Some(log.id),
                record,
                event: None,
                kind,
            })
        };
        if let Some((from, to)) = log.chain.gaps.iter().find(|gap| !gaps.contains(gap)) {
            return Err(fault(Some(*from), FaultKind::Missing { from: *from, to: *to }));
        }
        if let Some(head) = log.wanted.iter().min() {
            return Err(fault(Some(head.seq), FaultKind::HeadWithoutRecord(head.hash)));
        }
        if let Some(head) = log.earlier.iter().min() {
            return Err(fault(Some(head.seq), FaultKind::EarlierWithoutRecord(head.hash)));
        }
        if let Some((head, by)) = log.seen.iter().min() {
            let kind = FaultKind::SeenWithoutRecord {
                hash: head.hash,
                by: self.name(*by),
            };
            return Err(fault(Some(head.seq), kind));
        }
        if let Some(tip) = log.chain.tips.iter().find(|tip| !log.heads.contains(tip)) {
            return Err(fault(Some(tip.seq), FaultKind::Unsigned));
        }
        if records != log.chain.records || gaps != log.chain.gaps || forks != log.chain.forks {
            return Err(fault(None, FaultKind::Summary));
        }
        self.verified.logs += 1;
        self.verified.records += records;
        let named = |(from, to): &(u64, u64)| (log.writer.clone(), *from, *to);
        self.verified.gaps.extend(gaps.iter().map(named));
        let back = log.chain.back.iter();
        self.verified
            .back
            .extend(back.map(|(seq, event)| (log.writer.clone(), *seq, *event)));
        self.verified
            .forks
            .extend(forks.iter().map(|seq| (log.writer.clone(), *seq)));
        self.verified.writers.push(Writer {
            log: log.id,
            key: log.key,
            name: log.writer,
            ends: log.chain.tips,
        });
        Ok(())
    }

    /// Checks the countersignatures, now that every key is known.
    fn countersignatures(&mut self) -> Result<(), Box<Fault>> {
        for (line, seen) in &self.seen {
            let kind = match self.writers.get(&seen.by) {
                _ if seen.by == seen.head.log => Some(FaultKind::OwnWitness),
                Some((key, _)) if seen.verify(key).is_ok() => None,
                Some((_, writer)) => Some(FaultKind::BadSeen { by: writer.clone() }),
                None => Some(FaultKind::UnknownWitness(seen.by)),
            };
            if let Some(kind) = kind {
                return Err(Box::new(Fault {
                    line: *line,
                    log: Some(seen.head.log),
                    record: Some(seen.head.seq),
                    event: None,
                    kind,
                }));
            }
        }
        self.verified.seen = self.seen.len() as u64;
        let last = self.seen.iter().map(|(_, seen)| (seen.at, seen.by)).max();
        self.verified.seen_until = last.map(|(at, by)| (at, self.name(by)));
        Ok(())
    }

    /// What a writer is called, as far as the file has told.
    fn name(&self, log: LogId) -> String {
        let writer = self.writers.get(&log);
        writer.map_or_else(|| format!("log {log}"), |(_, writer)| writer.clone())
    }

    fn end(&mut self, logs: u64, records: u64, said: String, found: String) -> Result<Verified, Box<Fault>> {
        // Before the digest, which names no place.
        self.countersignatures()?;
        if let Some(gone) = self.earlier.values().min_by_key(|writer| writer.log) {
            let (log, writer) = (gone.log, gone.name.clone());
            return Err(self.fault(FaultKind::LogGone { log, writer }));
        }
        if said != found {
            return Err(self.fault(FaultKind::Digest { found, said }));
        }
        if (logs, records) != (self.verified.logs, self.verified.records) {
            return Err(self.fault(FaultKind::Summary));
        }
        let mut byte = [0];
        let more = self
            .file
            .read(&mut byte)
            .map_err(|error| self.fault(error.into()))?;
        if more > 0 {
            self.line += 1;
            return Err(self.fault(FaultKind::Trailing));
        }
        Ok(std::mem::take(&mut self.verified))
    }

    /// A line that is no JSON of an export. The record is named by what is left of the line, or by what follows
    /// when a line break was put into it.
    fn unreadable(&mut self, mut bytes: Vec<u8>, error: &serde_json::Error) -> Box<Fault> {
        let kind = FaultKind::Unreadable(error.to_string());
        if self.open.is_none() {
            return self.fault(kind);
        }
        if place_in(&bytes).is_none() && record_in(&bytes).is_none() {
            // When nothing more can be read the line itself is all there is.
            let _ = (&mut self.file).take(LONGEST).read_until(b'\n', &mut bytes);
        }
        match (record_in(&bytes), place_in(&bytes)) {
            (Some(sealed), _) => {
                let record = sealed.record();
                self.of_record(Some(record.seq), Some(record.event_id), kind)
            }
            (None, Some(seq)) => self.of_record(Some(seq), None, kind),
            (None, None) => self.fault(kind),
        }
    }

    /// A fault of the line in work; inside a log's records the line stands where the next record should.
    fn fault(&self, kind: FaultKind) -> Box<Fault> {
        let record = self.open.as_ref().map(|log| log.chain.expected());
        self.of_record(record, None, kind)
    }

    fn of_record(&self, record: Option<u64>, event: Option<EventId>, kind: FaultKind) -> Box<Fault> {
        Box::new(Fault {
            line: self.line,
            log: self.open.as_ref().map(|log| log.id),
            record,
            event,
            kind,
        })
    }
}
