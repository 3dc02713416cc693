//! `image`: what pictures of labels say.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde_json::{Value, json};
use sparhund_decoder::{Scanner, Symbol};

use super::Outcome;
use super::parse::Labels;
use crate::out::outln;
use crate::say::Say;
use crate::session::Halt;

#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Pictures, PNG or JPEG
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object a file, one a line; with --json the same
    #[arg(long)]
    jsonl: bool,
}

pub fn run(args: &Args, say: &Say) -> Outcome {
    let scanner = Scanner::default();
    let labels = Labels::open()?;
    let as_lines = args.jsonl || say.is_json();
    let mut every = true;
    for file in &args.files {
        let found = sparhund_decoder::open(file).map(|picture| scanner.still(&picture));
        every &= found.as_ref().is_ok_and(|symbols| !symbols.is_empty());
        match (found, as_lines) {
            (Ok(symbols), true) => outln!("{}", line(file, &symbols, &labels, say)),
            (Err(error), true) => {
                outln!("{}", without_symbol(file, "file", &error.to_string()));
            }
            (Ok(symbols), false) => tell(file, &symbols, &labels, say),
            (Err(error), false) => say.error(&error),
        }
    }
    if every { Ok(()) } else { Err(Halt::Told) }
}

/// A picture as a line of JSON: under each symbol what [`Labels::read`] makes of it, or why not.
fn line(file: &Path, symbols: &[Symbol], labels: &Labels, say: &Say) -> Value {
    if symbols.is_empty() {
        return without_symbol(file, "nothing-found", &say.text("nothing-found"));
    }
    let symbols: Vec<Value> = symbols
        .iter()
        .map(|symbol| {
            let mut shown = json!(symbol);
            let read = match labels.read(symbol.wedge_text()) {
                Ok(reading) => json!(reading),
                Err(problem) => json!({ "error": problem }),
            };
            if let (Value::Object(shown), Value::Object(read)) = (&mut shown, read) {
                shown.extend(read);
            }
            shown
        })
        .collect();
    json!({ "file": file.to_string_lossy(), "symbols": symbols, "error": null })
}

fn without_symbol(file: &Path, code: &str, message: &str) -> Value {
    json!({
        "file": file.to_string_lossy(),
        "symbols": [],
        "error": { "code": code, "message": message },
    })
}

fn tell(file: &Path, symbols: &[Symbol], labels: &Labels, say: &Say) {
    say.line(&format!("{}:", file.display()));
    if symbols.is_empty() {
        say.line(&format!("  {}", say.text("nothing-found")));
    }
    for symbol in symbols {
        // A person sees where a separator stands.
        let text = symbol.text.replace('\u{1d}', "<GS>");
        say.line(&format!("  {} {text}", symbol.symbology));
        match labels.read(symbol.wedge_text()) {
            Ok(reading) => reading.tell(say),
            Err(problem) => say.problem(&problem),
        }
    }
}
