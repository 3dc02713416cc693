//! The device at the server, and the person at the device.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use clap::Args;
use sparhund_scanner_core::api::{Command as Ask, Hidden, Problem, Reply};

use super::{Outcome, show};
use crate::http;
use crate::session::{Halt, Session, Unexpected};

/// Variable that may hold the password.
const PASSWORD: &str = "SPARHUND_PASSWORD";

/// Variable that may hold a PIN.
const PIN: &str = "SPARHUND_PIN";

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

#[derive(Debug, Args)]
#[command(after_help = "The PIN is read from the variable SPARHUND_PIN, else one line from standard input.")]
pub struct Switch {
    /// Sign-in name of somebody who chose a PIN on this device
    #[arg(long)]
    login: String,
}

#[derive(Debug, Args)]
#[command(after_help = "The PIN is read from the variable SPARHUND_PIN, else one line from standard input.")]
pub struct Pin {
    /// Forget PIN and badge of the person signed in
    #[arg(long)]
    remove: bool,
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
    let password = secret(PASSWORD)?;
    show(
        session,
        Ask::SignIn {
            login: args.login,
            password,
        },
    )
}

/// From one person to another, without network.
pub fn switch(session: &Session, args: &Switch) -> Outcome {
    let Reply::Status(status) = session.ask(Ask::Status)? else {
        return Err(Unexpected("status").into());
    };
    let login = args.login.trim();
    let person = status.people.iter().find(|person| person.login == login);
    let Some(person) = person else {
        return Err(session.tell(&nobody(login)));
    };
    let pin = Hidden(secret(PIN)?.trim().to_owned());
    let Reply::Switched(switched) = session.ask(Ask::SwitchTo { user: person.id, pin })? else {
        return Err(Unexpected("switch_to").into());
    };
    session.say.switched(&switched);
    Ok(())
}

/// The person signed in chooses a PIN, or gives it up.
pub fn pin(session: &Session, args: &Pin) -> Outcome {
    let ask = if args.remove {
        Ask::RemoveQuickSwitch
    } else {
        Ask::SetPin {
            pin: Hidden(secret(PIN)?.trim().to_owned()),
        }
    };
    show(session, ask)
}

fn nobody(login: &str) -> Problem {
    Problem::new(
        "switch-nobody",
        format!(
            "{login:?} has chosen no PIN on this device: sign in with `sign-in` and choose one with `pin`"
        ),
    )
    .with("login", &login)
}

fn secret(variable: &str) -> io::Result<String> {
    std::env::var(variable).or_else(|_| read_line())
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
