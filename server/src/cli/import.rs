//! `import`: articles, places and rules from files, and what devices saved.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use clap::{Subcommand, ValueEnum};

use super::{CliResult, import_outbox};
use crate::backup::complete_interrupted;
use crate::catalogue::{
    ARTICLE_COLUMNS, Column, DESPATCH_COLUMNS, Loaded, PLACE_COLUMNS, RULE_COLUMNS, Reading, Remark,
    load_articles, load_places, load_rules, looks_like_json, read_articles, read_despatch, read_eudamed,
    read_places, read_rules,
};
use crate::ops::{DataDir, now_ms};
use crate::store::Store;
use crate::store::sqlite::SqliteStore;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Articles from CSV, or devices as EUDAMED publishes them in JSON lines
    #[command(after_long_help = columns_help(ARTICLE_COLUMNS))]
    Articles(Articles),
    /// Places from CSV
    #[command(after_long_help = columns_help(PLACE_COLUMNS))]
    Places(From),
    /// Rules of stock and of sampling from CSV
    #[command(after_long_help = columns_help(RULE_COLUMNS))]
    Rules(From),
    /// Announced deliveries from CSV, or as Peppol BIS Despatch Advice 3
    #[command(after_long_help = columns_help(DESPATCH_COLUMNS))]
    Deliveries(From),
    /// Records that a device saved to a file because it could not send them
    Outbox(import_outbox::Args),
}

#[derive(Debug, clap::Args)]
struct Articles {
    #[command(flatten)]
    from: From,
    /// Kind of file; seen from the content when not given
    #[arg(long)]
    format: Option<Format>,
}

#[derive(Debug, clap::Args)]
struct From {
    /// The file
    file: PathBuf,
    /// Data directory of the server
    #[arg(long, env = "SPARHUND_DATA", default_value = "data")]
    data: PathBuf,
    /// Read and report, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print every note, not only how many there are of each
    #[arg(long)]
    notes: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Comma, semicolon or tab between the cells, UTF-8, column names in the first line
    Csv,
    /// One JSON object a line
    Eudamed,
}

/// Runs it.
pub fn run(args: Args) -> CliResult {
    let runtime = tokio::runtime::Runtime::new()?;
    match args.what {
        What::Articles(articles) => runtime.block_on(import_articles(articles)),
        What::Places(from) => runtime.block_on(import_places(&from)),
        What::Rules(from) => runtime.block_on(import_rules(&from)),
        What::Deliveries(from) => runtime.block_on(import_deliveries(&from)),
        What::Outbox(args) => runtime.block_on(import_outbox::run(&args)),
    }
}

async fn import_articles(args: Articles) -> CliResult {
    let began = Instant::now();
    let content = content(&args.from)?;
    let format = args.format.unwrap_or(if looks_like_json(&content) {
        Format::Eudamed
    } else {
        Format::Csv
    });
    let mut reading = match format {
        Format::Csv => read_articles(&content)?,
        Format::Eudamed => read_eudamed(&content),
    };
    let items = std::mem::take(&mut reading.items);
    let loaded = if args.from.dry_run {
        dry(items.len())
    } else {
        load_articles(&open(&args.from)?, items).await?
    };
    report(&args.from, &reading, &loaded, "articles", began);
    Ok(())
}

async fn import_places(from: &From) -> CliResult {
    let began = Instant::now();
    let content = content(from)?;
    let store = open(from)?;
    let known: Vec<_> = store
        .places()
        .await?
        .into_iter()
        .map(|place| place.code)
        .collect();
    let mut reading = read_places(&content, &known)?;
    let items = std::mem::take(&mut reading.items);
    let loaded = if from.dry_run {
        dry(items.len())
    } else {
        load_places(&store, items).await?
    };
    report(from, &reading, &loaded, "places", began);
    Ok(())
}

async fn import_rules(from: &From) -> CliResult {
    let began = Instant::now();
    let mut reading = read_rules(&content(from)?)?;
    let items = std::mem::take(&mut reading.items);
    let loaded = if from.dry_run {
        dry(items.len())
    } else {
        load_rules(&open(from)?, items).await?
    };
    report(from, &reading, &loaded, "rules", began);
    Ok(())
}

async fn import_deliveries(from: &From) -> CliResult {
    let content = content(from)?;
    let store = open(from)?;
    let name = from.file.display();
    let read = read_despatch(&store, &content, now_ms()).await;
    let read = read.map_err(|error| format!("{name}: {error}; nothing was written"))?;
    for note in &read.notes {
        println!("note: {note}");
    }
    let lines: usize = read.deliveries.iter().map(|delivery| delivery.lines.len()).sum();
    let deliveries = read.deliveries.len();
    let done = if from.dry_run {
        "would go in (nothing was written)"
    } else {
        store.put_deliveries(read.deliveries).await?;
        "went in"
    };
    println!("deliveries: {deliveries} {done}, with {lines} lines");
    Ok(())
}

fn dry(stored: usize) -> Loaded {
    Loaded {
        stored,
        refused: Vec::new(),
    }
}

fn content(from: &From) -> Result<Vec<u8>, String> {
    std::fs::read(&from.file).map_err(|error| {
        format!(
            "{} cannot be read: {error}; check its path and rights",
            from.file.display()
        )
    })
}

fn open(from: &From) -> Result<SqliteStore, Box<dyn std::error::Error>> {
    let data = DataDir::new(&from.data);
    complete_interrupted(&data)?;
    let database = data.database();
    if !database.is_file() {
        return Err(format!(
            "{} is no data directory; make one with `sparhund-server init --data {0}`, or name it by --data",
            from.data.display()
        )
        .into());
    }
    Ok(SqliteStore::open(&database)?)
}

/// Refused lines go to standard error, so that they can be kept in a file of their own.
fn report<T>(from: &From, reading: &Reading<T>, loaded: &Loaded, what: &str, began: Instant) {
    let mut refused: Vec<&Remark> = reading.refused.iter().chain(&loaded.refused).collect();
    refused.sort_by_key(|remark| remark.line);
    for remark in &refused {
        eprintln!("not used: {remark}");
    }
    if from.notes {
        reading
            .joined
            .iter()
            .for_each(|joined| println!("joined: {joined}"));
        reading.notes.iter().for_each(|note| println!("note: {note}"));
    } else {
        for (text, count) in reading.note_counts() {
            println!("note: {count} × {text}");
        }
    }
    println!(
        "{what}: {} {}, {} lines joined with another of the same, {} not used, of {} lines, in {:.1} s",
        loaded.stored,
        if from.dry_run {
            "would go in (nothing was written)"
        } else {
            "went in"
        },
        reading.joined.len(),
        refused.len(),
        reading.lines,
        began.elapsed().as_secs_f64(),
    );
}

fn columns_help(columns: &[Column]) -> String {
    let mut help = String::from("CSV columns, in any order; the first line names them:\n");
    for column in columns {
        let must = if column.required { " (must be there)" } else { "" };
        // Writing to a String cannot fail.
        let _ = writeln!(help, "  {:<13}{}{must}", column.name, column.help);
    }
    help
}
