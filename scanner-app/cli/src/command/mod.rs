//! The subcommands.

mod account;
mod flows;
mod image;
mod lines;
mod outbox;
mod parse;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use sparhund_scanner_core::api::{Command as Ask, Reply};
use sparhund_shared::text::Lang;

use crate::say::Say;
use crate::session::{Halt, Session, Unexpected};

/// What a subcommand ends with.
type Outcome = Result<(), Halt>;

#[derive(Debug, Parser)]
#[command(
    name = "sparhund-scan",
    version,
    about = "Receives, picks, delivers and confirms goods from a terminal, online or not",
    after_help = "Exit code 0 = done, 1 = it could not be done, 2 = STOP: the goods may not be handled so.\n\
                  ITEM is what a label says: \"(01)07350000000016(17)280131(10)A1\" or an element string with <GS> or \
                  \\x1d for the separator; \" *N\" behind it, with the blank, = N packages."
)]
struct Cli {
    /// Directory of the device's store: its key, its log, its reference data
    #[arg(
        long,
        env = "SPARHUND_SCAN_DATA",
        default_value = "scanner-data",
        global = true
    )]
    data: PathBuf,
    /// Language of the output
    #[arg(long, env = "SPARHUND_LANG", default_value = "sv", global = true)]
    lang: Language,
    /// Print answers as JSON, one a line
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Language {
    /// Svenska
    Sv,
    /// English
    En,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Register this device with a server by a one-time code
    Enrol(account::Enrol),
    /// Sign a person in; needs the network
    SignIn(account::SignIn),
    /// Sign another person in by PIN, without network
    Switch(account::Switch),
    /// Choose the PIN of the person signed in, within 15 minutes after sign-in
    Pin(account::Pin),
    /// End the session; asks for --force without network when nobody has a PIN, for nobody can sign in before it is back
    SignOut(account::SignOut),
    /// Read a label without doing anything
    Parse(parse::Args),
    /// Read the codes in pictures of labels; exit code 0 when every picture gave one
    Image(image::Args),
    /// Receive goods into a place
    Receive(flows::Receive),
    /// Pick goods for an order
    Pick(flows::Pick),
    /// Deliver what was picked to the ward
    Deliver(flows::Deliver),
    /// Confirm a delivery at the ward
    Confirm(flows::Confirm),
    /// Take the last booking back, within ten seconds
    Undo,
    /// Show what there is to do
    Tasks,
    /// Send and fetch now
    Sync,
    /// Save what waits to be sent to a file that the server imports
    SaveOutbox(outbox::Save),
    /// Show the state of the device
    Status,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // clap's own code for a wrong command line is 2, which means STOP here.
            let code = u8::from(error.use_stderr());
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    let lang = match cli.lang {
        Language::Sv => Lang::Sv,
        Language::En => Lang::En,
    };
    let say = Say::new(lang, cli.json);
    let errors = Say::new(lang, cli.json);
    match run(cli, say) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Halt::Stop) => ExitCode::from(2),
        Err(Halt::Told) => ExitCode::FAILURE,
        Err(Halt::Error(error)) => {
            errors.error(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli, say: Say) -> Outcome {
    let open = |say| Session::open(&cli.data, say);
    match cli.command {
        Command::Parse(args) => parse::run(&args, &say),
        Command::Image(args) => image::run(&args, &say),
        Command::Enrol(args) => {
            // Before the store is opened: the connection is made with it.
            account::trust(&cli.data, &args)?;
            account::enrol(&open(say)?, args)
        }
        Command::SignIn(args) => account::sign_in(&open(say)?, args),
        Command::Switch(args) => account::switch(&open(say)?, &args),
        Command::Pin(args) => account::pin(&open(say)?, &args),
        Command::SignOut(args) => account::sign_out(&open(say)?, &args),
        Command::Receive(args) => flows::receive(&open(say)?, args),
        Command::Pick(args) => flows::pick(&open(say)?, args),
        Command::Deliver(args) => flows::deliver(&open(say)?, args),
        Command::Confirm(args) => flows::confirm(&open(say)?, args),
        Command::Undo => show(&open(say)?, Ask::Undo),
        Command::Tasks => show(&open(say)?, Ask::Tasks),
        Command::Sync => show(&open(say)?, Ask::Sync),
        Command::SaveOutbox(args) => outbox::save(&open(say)?, &args),
        Command::Status => show(&open(say)?, Ask::Status),
    }
}

/// Asks the core and prints the answer.
fn show(session: &Session, ask: Ask) -> Outcome {
    match session.ask(ask)? {
        Reply::Status(status) => session.say.status(&status),
        Reply::Synced(view) => session.say.synced(&view),
        Reply::Tasks(tasks) => session.say.tasks(&tasks),
        Reply::Undone(undone) => session.say.undone(&undone),
        _ => return Err(Unexpected("this command").into()),
    }
    Ok(())
}
