//! The device at the server, and the person at the device.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use clap::Args;
use sparhund_scanner_core::api::Command as Ask;

use super::{Outcome, show};
use crate::http;
use crate::session::{Halt, Session};

/// Variable that may hold the password.
const PASSWORD: &str = "SPARHUND_PASSWORD";

#[derive(Debug, Args)]
pub struct Enrol {
    /// Address of the server, such as https://sparhund.example
    #[arg(long)]
    server: String,
    /// One-time code from the console
    #[arg(long)]
    code: String,
    /// Name of the device as staff know it
    #[arg(long)]
    name: String,
    /// Certificate of the server in PEM form, when it signed its own; kept for later
    #[arg(long)]
    ca: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct SignOut {
    /// Sign out without network too
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "The password is read from the variable SPARHUND_PASSWORD, else one line from standard input."
)]
pub struct SignIn {
    /// Sign-in name
    #[arg(long)]
    login: String,
}

/// Keeps the server's certificate, before the store is opened with it.
pub fn trust(data: &Path, args: &Enrol) -> Result<(), Halt> {
    if let Some(ca) = &args.ca {
        http::trust(data, ca)?;
    }
    Ok(())
}

pub fn enrol(session: &Session, args: Enrol) -> Outcome {
    show(
        session,
        Ask::Enrol {
            server: args.server,
            code: args.code,
            name: args.name,
        },
    )
}

pub fn sign_in(session: &Session, args: SignIn) -> Outcome {
    let password = match std::env::var(PASSWORD) {
        Ok(password) => password,
        Err(_) => read_line()?,
    };
    show(
        session,
        Ask::SignIn {
            login: args.login,
            password,
        },
    )
}

fn read_line() -> io::Result<String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

pub fn sign_out(session: &Session, args: &SignOut) -> Outcome {
    let ask = if args.force {
        Ask::SignOut
    } else {
        Ask::SignOutIfOnline
    };
    show(session, ask)
}
