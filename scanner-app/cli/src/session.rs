//! One run of the program: the core over the data directory, and what is printed.

use std::error::Error;
use std::path::Path;

use sparhund_scanner_core::api::{Command, Problem, RawScan, Reply, ScanOutcome, ScanView, TaskView};
use sparhund_scanner_core::{App, native};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::verdict::Verdict;

use crate::http::Http;
use crate::item::Item;
use crate::machine::{Machine, block_on};
use crate::say::Say;

/// Why a command ends early.
#[derive(Debug)]
pub enum Halt {
    /// STOP; it was printed.
    Stop,
    /// An error to print.
    Error(Box<dyn Error>),
    /// A problem the core told of; it was printed.
    Told,
}

impl<E: Error + 'static> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Error(Box::new(error))
    }
}

/// The reply does not fit the command: program and core do not match.
#[derive(Debug, thiserror::Error)]
#[error("the scanner core gave an unexpected answer to {0}: install matching versions")]
pub struct Unexpected(pub &'static str);

/// The open client.
pub struct Session {
    app: App<Machine, Http>,
    /// How to speak.
    pub say: Say,
}

impl Session {
    /// Opens the data directory.
    pub fn open(data: &Path, say: Say) -> Result<Self, Halt> {
        let connection = native::open_dir(data)?;
        let machine = Machine {
            data: Some(data.to_owned()),
        };
        Ok(Self {
            app: App::open(connection, machine, Http::new(data)?)?,
            say,
        })
    }

    /// Asks the core; a problem is printed and ends the command.
    pub fn ask(&self, command: Command) -> Result<Reply, Halt> {
        match block_on(self.app.handle(command)) {
            Reply::Error { error } => Err(self.tell(&error)),
            reply => Ok(reply),
        }
    }

    /// Prints a problem that ends the command.
    pub fn tell(&self, error: &Problem) -> Halt {
        self.say.problem(error);
        Halt::Told
    }

    /// Begins a task with an empty basket. What an interrupted run left in the basket was never booked; the
    /// command line names everything anew.
    pub fn begin(&self, start: Command) -> Result<TaskView, Halt> {
        self.ask(start)?;
        match self.ask(Command::ClearBasket)? {
            Reply::Task(view) => Ok(view),
            _ => Err(Unexpected("clear_basket").into()),
        }
    }

    /// Asks something that is judged; a STOP is printed and ends the command.
    pub fn judge(&self, command: Command) -> Result<ScanView, Halt> {
        match self.ask(command)? {
            Reply::Scanned(view) => {
                self.say.judged(&view);
                if view.judgement.verdict == Verdict::Stop {
                    Err(Halt::Stop)
                } else {
                    Ok(view)
                }
            }
            _ => Err(Unexpected("scan").into()),
        }
    }

    /// Scans items with their counts. With `keep`, damaged labels are kept raw as goods receipt may. `bin`: each of
    /// them is taken from there, whatever the book says; to the core that is a shelf scanned after the goods.
    pub fn scan_items(&self, items: &[Item], keep: bool, bin: Option<&PlaceCode>) -> Result<(), Halt> {
        let mut half = None;
        for item in items {
            let scan = || Command::Scan {
                raw: RawScan::from(item.text.as_str()),
                entry: EntryMethod::Typed,
            };
            let mut view = self.judge(scan())?;
            if keep && matches!(view.outcome, ScanOutcome::Damaged { .. }) {
                view = self.judge(scan())?;
            }
            if view.task.open.is_none() {
                half = None;
            }
            match view.outcome {
                ScanOutcome::InBasket { entry } => {
                    self.count(&view, entry, item.packs)?;
                    if let Some(place) = bin.cloned() {
                        self.judge(Command::ChoosePlace { place })?;
                    }
                }
                ScanOutcome::Damaged { problem } => return Err(self.tell(&problem)),
                ScanOutcome::NeedsMore => half = Some(item),
                ScanOutcome::KnownAlready => {}
                ScanOutcome::Choose => return Err(self.tell(&ambiguous(&item.text))),
                _ => return Err(self.tell(&no_item(&item.text))),
            }
        }
        // Booking would refuse it too, and could not say which item it is.
        half.map_or(Ok(()), |item| Err(self.tell(&half_read(&item.text))))
    }

    /// One scan counted one package already; an item named twice adds up.
    fn count(&self, view: &ScanView, entry: usize, packs: Option<u32>) -> Result<(), Halt> {
        let there = view.task.basket.get(entry).map_or(1, |entry| entry.packs);
        match packs {
            None | Some(1) => Ok(()),
            Some(packs) => self
                .judge(Command::SetCount {
                    entry,
                    packs: there.saturating_add(packs - 1),
                })
                .map(drop),
        }
    }

    /// Books; a STOP, or goods that must be left behind, end the command with code 2.
    pub fn book(&self) -> Result<(), Halt> {
        match self.ask(Command::Book)? {
            Reply::Booked(booked) => {
                self.say.booked(&booked);
                if booked.kept_back.is_empty() {
                    Ok(())
                } else {
                    Err(Halt::Stop)
                }
            }
            Reply::Scanned(view) => {
                self.say.judged(&view);
                Err(Halt::Stop)
            }
            _ => Err(Unexpected("book").into()),
        }
    }
}

fn ambiguous(text: &str) -> Problem {
    Problem::new(
        "scan-ambiguous",
        format!(
            "{text:?} can be read in several ways: write it with its identifiers, such as (01)… or (00)…"
        ),
    )
    .with("text", &text)
}

fn half_read(text: &str) -> Problem {
    Problem::new(
        "scan-open",
        format!("{text:?} does not say which product it is: write the other code of its label beside it"),
    )
    .with("text", &text)
}

fn no_item(text: &str) -> Problem {
    Problem::new(
        "not-here",
        format!("{text:?} names no product: write what the product's label says"),
    )
    .with("kind", &text)
}
