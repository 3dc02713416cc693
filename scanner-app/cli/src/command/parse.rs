//! `parse`: what a label says.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use rusqlite::Connection;
use sparhund_decoder::Scanner;
use sparhund_scanner_core::App;
use sparhund_scanner_core::api::{CandidateView, Command, Problem, RawScan, Reply};
use sparhund_scanner_core::env::{Request, Response, Transport, TransportError};
use sparhund_shared::carrier::epc::{EpcReading, decode_epc};
use sparhund_shared::event::{EntryMethod, Item};

use super::{Outcome, lines, table};
use crate::machine::{Machine, block_on};
use crate::say::Say;
use crate::session::Halt;

#[derive(Debug, ClapArgs)]
#[command(group(clap::ArgGroup::new("label").required(true)))]
pub struct Args {
    /// What the label says, or what a scanner sends for it
    #[arg(group = "label")]
    text: Option<String>,
    /// Picture of a label, PNG or JPEG
    #[arg(long, group = "label", value_name = "FILE")]
    image: Option<PathBuf>,
    /// EPC memory of an RFID tag in hexadecimal
    #[arg(long, group = "label", value_name = "HEX")]
    epc: Option<String>,
    /// Questions on standard input, one JSON object a line: {"id", "input", "form", "options"}
    #[arg(long, group = "label")]
    jsonl: bool,
    /// With --jsonl: the verdict of the specifications alone, nothing forgiven
    #[arg(long, requires = "jsonl")]
    strict: bool,
}

/// Reading a label needs no network.
struct NoNetwork;

impl Transport for NoNetwork {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        Err(TransportError::Unreachable {
            url: request.url,
            reason: "reading a label uses no network".to_owned(),
        })
    }
}

pub fn run(args: &Args, say: &Say) -> Outcome {
    if args.jsonl {
        return Ok(lines::run(args.strict, jiff::Zoned::now().date())?);
    }
    if let Some(hex) = &args.epc {
        return epc(hex, say);
    }
    if let Some(text) = args.text.as_deref().filter(|_| !say.is_json()) {
        return table::run(text, jiff::Zoned::now().date(), say);
    }
    let symbols = match &args.image {
        Some(path) => {
            let picture = sparhund_decoder::open(path)?;
            Scanner::default()
                .still(&picture)
                .iter()
                .map(sparhund_decoder::Symbol::wedge_text)
                .collect()
        }
        None => vec![args.text.clone().unwrap_or_default().into_bytes()],
    };
    if symbols.is_empty() {
        say.problem(&Problem::new("nothing-found", say.text("nothing-found")));
        return Err(Halt::Told);
    }
    let labels = Labels::open()?;
    let mut every = true;
    for symbol in symbols {
        match labels.read(symbol) {
            Ok(reading) => {
                if !say.value("identified", &reading) {
                    reading.tell(say);
                }
            }
            Err(problem) => {
                say.problem(&problem);
                every = false;
            }
        }
    }
    if every { Ok(()) } else { Err(Halt::Told) }
}

/// The reader of labels, over a store in memory: the label alone is read, no device is touched.
pub struct Labels(App<Machine, NoNetwork>);

/// What a label may say, and what the scanner had added to it.
#[derive(Debug, serde::Serialize)]
pub struct Reading {
    candidates: Vec<CandidateView>,
    changes: Vec<String>,
}

impl Labels {
    pub fn open() -> Result<Self, Halt> {
        Ok(Self(App::open(
            Connection::open_in_memory()?,
            Machine::default(),
            NoNetwork,
        )?))
    }

    /// Reads what a scanner sends for a label.
    pub fn read(&self, raw: Vec<u8>) -> Result<Reading, Problem> {
        match block_on(self.0.handle(Command::Identify {
            raw: RawScan(raw),
            entry: EntryMethod::Typed,
        })) {
            Reply::Identified { candidates, changes } => Ok(Reading { candidates, changes }),
            Reply::Error { error } => Err(error),
            _ => Err(Problem::new(
                "client",
                "the scanner core gave an unexpected answer".to_owned(),
            )),
        }
    }
}

impl Reading {
    /// Tells it to a person.
    pub fn tell(&self, say: &Say) {
        for candidate in &self.candidates {
            tell(say, candidate);
        }
        for change in &self.changes {
            say.line(&format!("    ~ {change}"));
        }
    }
}

fn tell(say: &Say, candidate: &CandidateView) {
    match candidate {
        CandidateView::Item { item, warnings } => {
            say.line(&say.with("reading-item", &[("name", &item.name)]));
            if let Item::Identified(item) = &item.item {
                let fields = [
                    ("(10)", item.lot.as_ref().map(ToString::to_string)),
                    ("(21)", item.serial.as_ref().map(ToString::to_string)),
                    ("(17)", item.expiry.as_ref().map(ToString::to_string)),
                    ("(11)", item.made.as_ref().map(ToString::to_string)),
                ];
                for (name, value) in fields {
                    if let Some(value) = value {
                        say.line(&format!("    {name} {value}"));
                    }
                }
            }
            for warning in warnings {
                say.line(&format!("    ! {warning}"));
            }
        }
        CandidateView::Logistic { sscc } => {
            say.line(&say.with("reading-logistic", &[("sscc", &sscc.to_string())]));
        }
        CandidateView::Place { place, .. } => {
            say.line(&say.with("reading-place", &[("place", &place.to_string())]));
        }
        CandidateView::Asset { id } => say.line(&say.with("reading-asset", &[("id", id)])),
        CandidateView::Donation => say.line(&say.text("reading-donation")),
        CandidateView::Part => say.line(&say.text("reading-part")),
    }
}

fn epc(hex: &str, say: &Say) -> Outcome {
    let reading = decode_epc(hex)?;
    let (kind, text) = match &reading {
        EpcReading::Item { gtin, serial } => ("item", format!("(01){gtin}(21){serial}")),
        EpcReading::Package(sscc) => ("logistic", format!("(00){sscc}")),
        EpcReading::Asset(grai) => ("asset", format!("(8003){grai}")),
    };
    if !say.value("epc", &serde_json::json!({ "kind": kind, "text": text })) {
        say.line(&text);
    }
    Ok(())
}
