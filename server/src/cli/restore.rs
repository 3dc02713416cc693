//! `restore`: a backup becomes the database again.

use std::path::PathBuf;

use jiff::Timestamp;

use super::CliResult;
use crate::backup::{Consent, restore};
use crate::ops::{DataDir, now_ms};
use crate::store::{Carried, ShutOut};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The backup: its .db file, with the manifest beside it
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// Data directory to restore into
    #[arg(long, value_name = "DIR", env = "SPARHUND_DATA")]
    data: PathBuf,
    #[command(flatten)]
    agreed: Agreed,
}

#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word at the terminal; inside they are a list"
)]
struct Agreed {
    /// Put aside the database that is there
    #[arg(long)]
    replace: bool,
    /// Restore an older backup than the newest: devices may have forgotten what came between
    #[arg(long)]
    older: bool,
    /// Restore a backup of another server's database
    #[arg(long)]
    other_server: bool,
    /// Put the key of the tokens aside: people sign in anew at once, and every device must be enrolled anew
    #[arg(long)]
    new_tokens: bool,
}

impl Agreed {
    fn list(&self) -> Vec<Consent> {
        [
            (self.replace, Consent::Replace),
            (self.older, Consent::Older),
            (self.other_server, Consent::OtherServer),
            (self.new_tokens, Consent::NewTokens),
        ]
        .into_iter()
        .filter_map(|(said, consent)| said.then_some(consent))
        .collect()
    }
}

/// What to do where the server's own records since the backup are not to be had.
const GONE: &str = "what the server itself wrote after that is gone, holds and releases among it: BEFORE ANYBODY PICKS, look for notices \
     since then and set their holds again; goods booked at the console must be booked again";

/// Runs it.
pub fn run(args: &Args) -> CliResult {
    let data = DataDir::new(&args.data);
    let restored = restore(&args.from, &data, &args.agreed.list(), now_ms())?;
    if let Some(reason) = restored.unread {
        println!(
            "the database that was there cannot be read, so only the folder of the backup was looked at for a newer one: {reason}"
        );
    }
    if let Some(before) = restored.before {
        println!("the database that was there is now {}", before.display());
    }
    println!(
        "{} records are as they were at {}",
        restored.verified.records,
        Timestamp::from_millisecond(restored.verified.made_at)?
    );
    println!("what devices told after that comes back when they connect");
    match restored.carried {
        Carried::Records(0) => {}
        Carried::Records(records) => println!(
            "{records} records that the server itself wrote after that (holds, goods booked at the console) were taken over from the \
             database that was there"
        ),
        Carried::NoDatabase => println!("{GONE}"),
        Carried::Lost(reason) => println!("{GONE}; they could not be taken over: {reason}"),
    }
    println!(
        "everybody must sign in anew, and codes for devices and sites must be made anew; people, devices, sites, articles, places and \
         orders are as they were then, so revoke again what was revoked since, and import again what was imported"
    );
    match restored.shut_out {
        ShutOut::Known => println!("sites that were shut out stay so"),
        ShutOut::Unknown { let_in, why } => println!(
            "ANY SITE THAT WAS SHUT OUT AFTER THE BACKUP IS LET IN AGAIN, for it is not known which were: {why}. Look at the page of \
             servers at once; let in are {}",
            let_in.join(", ")
        ),
    }
    if restored.without_token_key {
        println!(
            "there is no token.key in the data directory: every device must be enrolled anew before it brings anything. If you have \
             the file of the server that was, put it there before you serve"
        );
    }
    Ok(())
}
