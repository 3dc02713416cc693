//! `verify-log`: checks an exported log. Needs no database and no server.
//!
//! It ends with 0 when the log is whole, 3 when the file is as it was written but records are missing or tell what cannot
//! be, 1 when the file was changed or does not go on from an earlier one.

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::ops::log_file::{self, Fault, Verified};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// File made by `export-log`
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// An earlier export that is known to be right: every log of it must be in FILE, under the same key and to its end
    #[arg(long, value_name = "OLD")]
    earlier: Option<PathBuf>,
}

/// What an export that is as it was written tells of its logs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// Everything that was ever signed is there and in order.
    Whole,
    /// Records are missing, and the file says so.
    Incomplete,
    /// A writer's logical clock went back, or two histories of one log are signed.
    Suspect,
}

impl Outcome {
    fn of(verified: &Verified) -> Self {
        if !verified.back.is_empty() || !verified.forks.is_empty() {
            Self::Suspect
        } else if verified.gaps.is_empty() {
            Self::Whole
        } else {
            Self::Incomplete
        }
    }

    /// Exit code 3 tells an unsound log from a file that was changed (1).
    fn code(self) -> ExitCode {
        match self {
            Self::Whole => ExitCode::SUCCESS,
            Self::Incomplete | Self::Suspect => ExitCode::from(3),
        }
    }
}

/// Runs it.
pub fn run(args: &Args) -> Result<ExitCode, Box<dyn Error>> {
    let begun = Instant::now();
    let earlier = args
        .earlier
        .as_deref()
        .map(|old| check(old, &Verified::default()));
    let earlier = earlier.transpose()?.unwrap_or_default();
    let verified = check(&args.file, &earlier)?;
    let outcome = Outcome::of(&verified);
    print!("{}", report(&verified, outcome, begun.elapsed()));
    Ok(outcome.code())
}

fn check(path: &Path, earlier: &Verified) -> Result<Verified, Box<dyn Error>> {
    let name = path.display();
    let file = File::open(path).map_err(|error| format!("{name}: {error}"))?;
    let checked = log_file::verify_after(BufReader::new(file), earlier);
    Ok(checked.map_err(|fault| refusal(&name.to_string(), &fault))?)
}

/// A file that does not go on from another one may be just as it was written.
fn refusal(name: &str, fault: &Fault) -> String {
    if fault.kind.is_about_earlier() {
        format!("{name} does NOT go on from the earlier export: {fault}")
    } else {
        format!("{name} is NOT as it was written: {fault}")
    }
}

fn report(verified: &Verified, outcome: Outcome, took: Duration) -> String {
    let mut lines = Vec::new();
    for writer in &verified.writers {
        lines.push(format!(
            "log: {}, key {}: {}",
            writer.log, writer.key, writer.name
        ));
    }
    for (writer, from, to) in &verified.gaps {
        lines.push(format!("missing: records {from} to {to} of {writer}"));
    }
    for (writer, seq, event) in &verified.back {
        lines.push(format!(
            "suspect: record {seq} of {writer}, event {event}, is signed but not later than the one before it: the \
             clock of the writer was tampered with"
        ));
    }
    for (writer, seq) in &verified.forks {
        lines.push(format!(
            "suspect: {writer} has more than one record {seq}, all signed: its key was copied, or its device restored"
        ));
    }
    if verified.unreadable > 0 {
        lines.push(format!(
            "note: {} records tell of events that this version cannot read",
            verified.unreadable
        ));
    }
    // What was there by then cannot have been changed since by its writer alone.
    let until = verified.seen_until.as_ref();
    let until = until
        .and_then(|(at, by)| Some((jiff::Timestamp::from_millisecond(*at).ok()?, by)))
        .map_or_else(String::new, |(until, by)| {
            format!(", the last of {until:.0} by the clock of {by}")
        });
    let checked = format!(
        "{} records of {} logs under {} signatures and {} countersignatures{until}, checked in {:.2} s",
        verified.records,
        verified.logs,
        verified.heads,
        verified.seen,
        took.as_secs_f64()
    );
    let missing = missing(verified);
    lines.push(match outcome {
        Outcome::Whole => format!("OK: {checked}"),
        Outcome::Incomplete => format!(
            "INCOMPLETE: {missing} records had not reached the server, or were not there, when the file was made; \
             what they tell nobody can check. The others are as they were written: {checked}"
        ),
        Outcome::Suspect => format!(
            "SUSPECT: {}. The file is as it was written: {checked}",
            found(verified, missing)
        ),
    });
    lines.push(String::new());
    lines.join("\n")
}

/// What was found, each where there is any of it.
fn found(verified: &Verified, missing: u64) -> String {
    let found = [
        (
            verified.back.len() as u64,
            "records that tell a time that cannot be",
        ),
        (
            verified.forks.len() as u64,
            "places in a log that have more than one record",
        ),
        (missing, "missing records"),
    ];
    let found = found.iter().filter(|(count, _)| *count > 0);
    let found: Vec<String> = found.map(|(count, what)| format!("{what}: {count}")).collect();
    found.join("; ")
}

/// How many records the gaps want. A writer may sign any place in its log, so the sum may be more than a number holds.
fn missing(verified: &Verified) -> u64 {
    let gaps = verified.gaps.iter();
    gaps.map(|(_, from, to)| to.saturating_sub(*from).saturating_add(1))
        .fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Outcome, missing, refusal, report};
    use crate::ops::log_file::{Fault, FaultKind, Verified, Writer};
    use sparhund_shared::log::PublicKey;

    #[test]
    fn gaps_that_no_number_holds_are_answered() {
        let gap = |writer: &str| (writer.to_owned(), 2, u64::MAX - 1);
        let verified = Verified {
            gaps: vec![gap("Handdator 7"), gap("Handdator 8")],
            ..Verified::default()
        };
        assert_eq!(missing(&verified), u64::MAX);
    }

    #[test]
    fn a_file_that_does_not_go_on_from_another_is_not_called_changed() {
        let told = |kind| {
            let fault = Fault {
                line: 1,
                log: None,
                record: None,
                event: None,
                kind,
            };
            refusal("new.jsonl", &fault)
        };
        let not_later = told(FaultKind::NotLater);
        assert!(
            not_later
                .starts_with("new.jsonl does NOT go on from the earlier export: line 1: it was made before"),
            "{not_later}"
        );
        assert!(told(FaultKind::Cut).starts_with("new.jsonl is NOT as it was written: "));
    }

    #[test]
    fn only_a_whole_log_is_called_ok() {
        let whole = Verified {
            records: 9,
            logs: 2,
            heads: 2,
            writers: vec![Writer {
                log: "01920000-0000-7000-8000-000000000002".parse().unwrap(),
                key: PublicKey([7; 32]),
                name: "Handdator 7".to_owned(),
                ends: Vec::new(),
            }],
            ..Verified::default()
        };
        let fork = Verified {
            forks: vec![("Handdator 7".to_owned(), 4)],
            ..whole.clone()
        };
        let gap = Verified {
            gaps: vec![("Handdator 7".to_owned(), 5, 7)],
            ..whole.clone()
        };
        let back = Verified {
            back: vec![(
                "Handdator 7".to_owned(),
                8,
                "01920000-0000-7000-8000-000000000001".parse().unwrap(),
            )],
            ..gap.clone()
        };
        for (verified, outcome, last, line) in [
            (
                whole,
                Outcome::Whole,
                "OK: 9 records",
                "log: 01920000-0000-7000-8000-000000000002, key 0707",
            ),
            (
                fork,
                Outcome::Suspect,
                "SUSPECT: places in a log that have more than one record: 1. The file is as",
                "suspect: Handdator 7 has more than one record 4",
            ),
            (
                gap,
                Outcome::Incomplete,
                "INCOMPLETE: 3 records",
                "missing: records 5 to 7 of Handdator 7",
            ),
            (
                back,
                Outcome::Suspect,
                "SUSPECT: records that tell a time that cannot be: 1; missing records: 3. The file is as",
                "suspect: record 8 of Handdator 7, event 0192",
            ),
        ] {
            assert_eq!(Outcome::of(&verified), outcome);
            let told = report(&verified, outcome, Duration::ZERO);
            assert!(told.lines().last().unwrap().starts_with(last), "{told}");
            assert!(told.contains(line), "{told}");
        }
    }
}
