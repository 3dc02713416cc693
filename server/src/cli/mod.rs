//! Subcommands of `sparhund-server`, one file each.

mod backup;
mod banner;
mod export_log;
mod import;
mod import_outbox;
mod init;
mod join;
mod patient_link;
mod patient_link_token;
mod rebuild;
mod restore;
mod serve;
mod site;
mod user;
mod verify_log;

use std::error::Error;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::ops::now_ms;
use crate::store::{AuditText, NewRead, ReadOf};

/// What a subcommand ends with. The error's text is for the person at the terminal.
pub type CliResult = Result<(), Box<dyn Error>>;

#[derive(Debug, Parser)]
#[command(
    name = "sparhund-server",
    version,
    about = "Traces medical devices from goods receipt to the ward"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, the console and the scanner app
    Serve(serve::Args),
    /// Make a data directory, empty or with the demo region
    Init(init::Args),
    /// Add people, list them, set passwords
    User(user::Args),
    /// Import articles, places, rules, announced deliveries, or what a device saved to a file
    Import(import::Args),
    /// Let the servers of sites join this one, and list them
    Site(site::Args),
    /// Make this server the one of a site that exchanges with a central server
    Join(join::Args),
    /// Run the service that alone knows which patient a token stands for
    PatientLink(patient_link::Args),
    /// Make the token by which the patient-link service fetches sealed identities
    PatientLinkToken(patient_link_token::Args),
    /// Compute all projections anew from the log and say whether they were right
    Rebuild(rebuild::Args),
    /// Copy the database while it is served, and check the copy
    Backup(backup::Args),
    /// Make a backup the database again
    Restore(restore::Args),
    /// Write the log to a file that anyone can check
    ExportLog(export_log::Args),
    /// Check an exported log: every record, chain and signature
    VerifyLog(verify_log::Args),
}

/// A read of somebody whom the server does not know: who may open its files may read them all.
fn at_the_command_line(what: ReadOf) -> NewRead {
    NewRead {
        at: now_ms(),
        user: None,
        what,
        asked: AuditText::default(),
        purpose: AuditText::default(),
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("sparhund-server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Serve(args) => serve::run(args)?,
        Command::Init(args) => init::run(args)?,
        Command::User(args) => user::run(args)?,
        Command::Import(args) => import::run(args)?,
        Command::Site(args) => site::run(args)?,
        Command::Join(args) => join::run(args)?,
        Command::PatientLink(args) => patient_link::run(args)?,
        Command::PatientLinkToken(args) => patient_link_token::run(args)?,
        Command::Rebuild(args) => rebuild::run(&args)?,
        Command::Backup(args) => backup::run(&args)?,
        Command::Restore(args) => restore::run(&args)?,
        Command::ExportLog(args) => export_log::run(&args)?,
        Command::VerifyLog(args) => return verify_log::run(&args),
    }
    Ok(ExitCode::SUCCESS)
}
