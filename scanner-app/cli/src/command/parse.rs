//! `parse`: what a label says.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use rusqlite::Connection;
use sparhund_decoder::{Decode, RxingDecoder};
use sparhund_scanner_core::App;
use sparhund_scanner_core::api::{CandidateView, Command, RawScan, Reply};
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
            RxingDecoder
                .decode(&picture)
                .iter()
                .map(sparhund_decoder::Symbol::wedge_text)
                .collect()
        }
        None => vec![args.text.clone().unwrap_or_default().into_bytes()],
    };
    if symbols.is_empty() {
        say.line(&say.text("nothing-found"));
        return Err(Halt::Told);
    }
    // A store in memory: the label alone is read, no device is touched.
    let app = App::open(Connection::open_in_memory()?, Machine, NoNetwork)?;
    for symbol in symbols {
        let reply = block_on(app.handle(Command::Identify {
            raw: RawScan(symbol),
            entry: EntryMethod::Typed,
        }));
        match reply {
            Reply::Identified { candidates, changes } => {
                let value = serde_json::json!({ "candidates": candidates, "changes": changes });
                if !say.value("identified", &value) {
                    for candidate in &candidates {
                        tell(say, candidate);
                    }
                    for change in &changes {
                        say.line(&format!("    ~ {change}"));
                    }
                }
            }
            Reply::Error { error } => {
                say.problem(&error);
                return Err(Halt::Told);
            }
            _ => return Err(Halt::Told),
        }
    }
    Ok(())
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
        CandidateView::OtherAgency { agency } => {
            say.line(&say.with("reading-other", &[("agency", &agency.to_string())]));
        }
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
