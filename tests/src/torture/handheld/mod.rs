//! The device's side: the real client core over its native store, worked by somebody who acts by chance.

pub mod http;
pub mod machine;
mod work;

use std::io::{BufRead, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use sparhund_scanner_core::api::{Command, Problem, Reply};
use sparhund_scanner_core::{App, native};
use sparhund_shared::log::EventId;

use super::dice::Dice;
use super::region::{PASSWORD, Region};
use super::words::{Said, Told};
use http::Http;
use machine::Machine;

/// How a device begins.
#[derive(Clone, Debug, clap::Parser)]
#[command(about = "A handheld of the fault suite: works by chance until it is killed.")]
pub struct Begin {
    /// Data directory.
    #[arg(long)]
    pub data: PathBuf,
    /// Address of the server, as the device sees it.
    #[arg(long)]
    pub server: String,
    /// Name of the device and sign-in name of whoever works with it.
    #[arg(long)]
    pub name: String,
    /// Seed of what it does.
    #[arg(long)]
    pub seed: u64,
    /// How far its clock is ahead, milliseconds.
    #[arg(long, allow_negative_numbers = true)]
    pub skew: i64,
    /// The region as JSON.
    #[arg(long)]
    pub region: PathBuf,
}

/// A device at work.
pub struct Handheld {
    app: App<Machine, Http>,
    clock: Machine,
    runtime: tokio::runtime::Runtime,
    told: Receiver<Told>,
    region: Region,
    begin: Begin,
    dice: Dice,
    quiet: bool,
}

/// Opens the client. A disk that is full just then is waited for, as a person who starts the device again does.
fn open_client(data: &Path, clock: &Machine) -> App<Machine, Http> {
    let mut tries = 0;
    loop {
        let opened = native::open_dir(data)
            .and_then(|connection| App::open(connection, clock.clone(), Http::default()));
        match opened {
            Ok(app) => return app,
            Err(error) => assert!(tries < 100, "the client: {error}"),
        }
        tries += 1;
        std::thread::sleep(Duration::from_millis(100));
    }
}

impl Handheld {
    /// Opens the store of a device and begins to listen to the harness.
    pub fn open(begin: Begin) -> Self {
        let region = std::fs::read(&begin.region).expect("the region");
        let clock = Machine::ahead_by(begin.skew);
        Self {
            app: open_client(&begin.data, &clock),
            clock,
            runtime: tokio::runtime::Builder::new_current_thread()
                .build()
                .expect("a runtime"),
            told: listen(),
            region: serde_json::from_slice(&region).expect("a region"),
            dice: Dice::new(begin.seed),
            begin,
            quiet: false,
        }
    }

    /// Works until the harness kills the process or goes away.
    pub fn run(mut self) {
        let mut wait = Duration::ZERO;
        loop {
            match self.told.recv_timeout(wait) {
                Ok(Told::Code { code }) => self.enrol(code),
                Ok(Told::Skew { ms }) => self.clock.set(ms),
                Ok(Told::BeQuiet) => self.quiet = true,
                Err(RecvTimeoutError::Timeout) => wait = self.step(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Does one thing; how long the person then waits.
    fn step(&mut self) -> Duration {
        let done = match self.ask(Command::Status) {
            Ok(Reply::Status(status)) if !status.enrolled => {
                say(&Said::NeedsCode);
                return Duration::from_secs(2);
            }
            Ok(Reply::Status(_)) if self.quiet => self.send_all(),
            Ok(Reply::Status(status)) if status.user.is_none() => self.sign_in(),
            Ok(Reply::Status(status)) if !status.complete => self.sync().map(drop),
            Ok(_) if self.dice.happens(150) => self.sync().map(drop),
            Ok(_) => self.work(),
            Err(problem) => Err(problem),
        };
        match done {
            Ok(()) => Duration::from_millis(self.dice.between(0, 60).unsigned_abs()),
            Err(problem) => {
                say(&Said::Trouble {
                    code: problem.code,
                    message: problem.message,
                });
                Duration::from_millis(self.dice.between(50, 400).unsigned_abs())
            }
        }
    }

    fn enrol(&self, code: String) {
        // Whoever asked twice, because the first code was long in coming, does not begin another life with the second.
        if matches!(self.ask(Command::Status), Ok(Reply::Status(status)) if status.enrolled) {
            return;
        }
        let enrol = Command::Enrol {
            server: self.begin.server.clone(),
            code,
            name: self.begin.name.clone(),
        };
        if let Err(problem) = self.ask(enrol) {
            let (code, message) = (problem.code, problem.message);
            say(&Said::Trouble { code, message });
        }
    }

    fn sign_in(&self) -> Result<(), Problem> {
        let sign_in = Command::SignIn {
            login: self.begin.name.clone(),
            password: PASSWORD.to_owned(),
        };
        self.ask(sign_in).map(drop)
    }

    fn sync(&self) -> Result<u64, Problem> {
        say(&Said::Syncing);
        match self.ask(Command::Sync)? {
            Reply::Synced(view) => {
                say(&Said::Synced);
                Ok(view.status.unsent)
            }
            _ => Ok(u64::MAX),
        }
    }

    fn send_all(&self) -> Result<(), Problem> {
        // The second one finds every head equal.
        if self.sync()? == 0 && self.sync()? == 0 {
            say(&Said::Quiet);
        }
        Ok(())
    }

    fn ask(&self, command: Command) -> Result<Reply, Problem> {
        match self.runtime.block_on(self.app.handle(command)) {
            Reply::Error { error } => Err(error),
            reply => Ok(reply),
        }
    }
}

/// Tells the harness that the client told that these are booked.
fn booked(events: Vec<EventId>) {
    if !events.is_empty() {
        say(&Said::Booked { events });
    }
}

/// One line to the harness, out of this process before anything else is done. A harness that is gone hears nothing, and the
/// process ends when it listens next.
fn say(said: &Said) {
    let mut line = serde_json::to_vec(said).expect("JSON");
    line.push(b'\n');
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(&line).and_then(|()| out.flush());
}

fn listen() -> Receiver<Told> {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if let Ok(word) = serde_json::from_str(&line) {
                let _ = tell.send(word);
            }
        }
    });
    told
}
