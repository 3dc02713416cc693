//! `patient-link`: the service that alone knows which patient a token stands for.

use std::io::BufRead as _;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use clap::Subcommand;
use sparhund_shared::log::Hash;
use sparhund_shared::privacy::Identity;
use sparhund_shared::reference::Rule;

use super::CliResult;
use crate::auth::{generate_password, hash_password};
use crate::http::check_login;
use crate::island::{Central, Credential};
use crate::ops::{
    LogFormat, Patience, StopHandle, listen, now_ms, start_logging, stop, stop_signal, tls_files, today,
};
use crate::patient_link::{
    Asked, Epoch, LinkAccount, LinkDir, LinkService, Purpose, Right, http, keep_fetching,
};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Data directory of the service, on another machine than the server's where that can be
    #[arg(long, value_name = "DIR", env = "SPARHUND_PATIENT_LINK", global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the data directory with its keys, and the first epoch; the server's token comes on standard input
    Init {
        /// Address of the server that has all records
        #[arg(long, value_name = "URL")]
        server: String,
        /// Certificate authority of that server, PEM
        #[arg(long, value_name = "FILE")]
        server_ca: Option<PathBuf>,
        /// Days that the key of a closed epoch is kept for devices that were away
        #[arg(long, value_name = "DAYS", default_value_t = 90)]
        grace_days: u32,
    },
    /// Fetch seals and answer people, until told to stop
    Run(Run),
    /// Show the keys, or begin another epoch
    Keys {
        /// Make a new key, and close the epoch of the old one
        #[arg(long)]
        rotate: bool,
    },
    /// Numbers of seals that were opened, and that were not
    Status,
    /// Look at seals again that did not open, after a key was brought back
    Retry,
    /// Say which token somebody has; the identity comes on standard input
    LookUpToken(Why),
    /// Erase somebody for good; the identity comes on standard input
    Erase(Why),
    /// Let somebody sign in to the service; prints a password once
    AddUser {
        /// Sign-in name
        login: String,
        /// Name as colleagues know it
        #[arg(long)]
        name: String,
        /// Care unit they answer for
        #[arg(long)]
        unit: String,
        /// What they may do; can be given twice
        #[arg(long, required = true, value_enum)]
        may: Vec<Right>,
    },
    /// Close somebody's account
    CloseUser {
        /// Sign-in name
        login: String,
    },
    /// Check the access log from end to end
    VerifyAccess,
}

#[derive(Debug, clap::Args)]
struct Run {
    /// Address to serve on; port 0 = any free port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Certificate chain, PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Private key, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Seconds from one round to the next
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    every: u64,
    /// How log lines look
    #[arg(long, value_enum, default_value = "pretty")]
    log_format: LogFormat,
}

/// What it is done for; kept in the access log.
#[derive(Debug, clap::Args)]
struct Why {
    /// Who does it
    #[arg(long)]
    by: String,
    /// vård, "återkallelse FSN-nr" or kvalitet
    #[arg(long)]
    purpose: String,
    /// Why, in a few words without a personal number
    #[arg(long)]
    reason: String,
}

impl Why {
    fn asked(&self) -> Result<Asked, Box<dyn std::error::Error>> {
        let purpose = Purpose::parse(&self.purpose)?;
        Ok(Asked::new(&self.by, "kommandorad", &purpose, &self.reason)?)
    }
}

/// Runs it.
pub fn run(args: Args) -> CliResult {
    let data = args
        .data
        .ok_or("say which data directory with --data DIR, or set SPARHUND_PATIENT_LINK")?;
    let dir = LinkDir::new(&data);
    if let Command::Init {
        server,
        server_ca,
        grace_days,
    } = args.command
    {
        return init(&dir, &server, server_ca, grace_days);
    }
    if !dir.database().is_file() {
        return Err(format!(
            "{} is no data directory of the patient-link service; make one with `sparhund-server patient-link init`",
            data.display()
        )
        .into());
    }
    if let Command::Run(options) = &args.command {
        start_logging(options.log_format);
    }
    let service = LinkService::open(&dir)?;
    let store = &service.store;
    match args.command {
        Command::Init { .. } => {}
        Command::Run(options) => serve(&dir, service, &options)?,
        Command::Keys { rotate } => {
            if rotate {
                store.rotate(now_ms())?;
            }
            for epoch in store.epochs()? {
                println!("{}", shown(&epoch)?);
            }
        }
        Command::Status => println!("{}", serde_json::to_string_pretty(&store.counts()?)?),
        Command::Retry => store.retry()?,
        Command::LookUpToken(why) => println!("{}", store.find(&identity()?, &why.asked()?, now_ms())?),
        Command::Erase(why) => {
            let erased = store.erase(&identity()?, &why.asked()?, now_ms())?;
            if erased.known {
                println!("the key of this patient is destroyed: no token leads to them any more");
            } else {
                println!("nobody was known under this identity; what comes later of them is not kept either");
            }
            for (epoch, until) in erased.still_open {
                match until {
                    Some(until) => println!(
                        "seals of epoch {epoch} in the log still open with the files of this service, until {}",
                        day(until)
                    ),
                    None => println!(
                        "seals of epoch {epoch} in the log still open with the files of this service: it is in use; \
                         `patient-link keys --rotate` closes it"
                    ),
                }
            }
            println!("backups of this data directory from before still hold the key: destroy them too");
        }
        Command::AddUser {
            login,
            name,
            unit,
            may,
        } => {
            check_login(&login)?;
            let password = generate_password()?;
            store.put_account(&LinkAccount {
                password_hash: hash_password(&password)?,
                login: login.clone(),
                name,
                unit,
                may,
                active: true,
            })?;
            println!("password of {login}, shown this once: {password}");
        }
        Command::CloseUser { login } => {
            if !store.close_account(&login)? {
                return Err(format!("there is no {login}").into());
            }
        }
        Command::VerifyAccess => {
            let (rows, hash) = store.verify_access()?;
            println!("the access log is whole: {rows} rows, the last with the hash {hash}");
        }
    }
    Ok(())
}

fn init(dir: &LinkDir, server: &str, ca: Option<PathBuf>, grace_days: u32) -> CliResult {
    let url = server.trim_end_matches('/');
    let here = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    if !url.starts_with("https://") && !here.iter().any(|here| url.starts_with(here)) {
        return Err(format!("{url} is not reached by HTTPS; the token would be shown to the network").into());
    }
    if dir.database().exists() {
        return Err("the data directory is made already; remove server.json and its line by hand to change the server".into());
    }
    let mut token = String::new();
    std::io::stdin().lock().read_line(&mut token)?;
    let token = token.trim();
    if token.is_empty() {
        return Err("give the token of `sparhund-server patient-link-token` on standard input".into());
    }
    dir.create()?;
    Credential {
        url: url.to_owned(),
        authority: ca.map(std::fs::read_to_string).transpose()?,
        name: "patient-link".to_owned(),
        token: token.to_owned(),
    }
    .keep(&dir.server())?;
    let service = LinkService::open(dir)?;
    service.store.set_grace(grace_days)?;
    println!("{}", shown(&service.store.rotate(now_ms())?)?);
    Ok(())
}

/// An epoch, with the rule that devices must get while it is the newest.
fn shown(epoch: &Epoch) -> Result<String, serde_json::Error> {
    let rule = Rule::PatientKey {
        key: epoch.public.to_string(),
        from: epoch.made_at,
    };
    Ok(match (epoch.closed_at, epoch.destroyed_at) {
        (_, Some(at)) => format!("epoch {}: its private key was destroyed {}", epoch.no, day(at)),
        (Some(at), None) => format!(
            "epoch {}: closed {}; its key opens what comes late",
            epoch.no,
            day(at)
        ),
        (None, None) => format!(
            "epoch {}: in use. Give devices this rule:\n{}",
            epoch.no,
            serde_json::to_string(&rule)?
        ),
    })
}

fn day(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms)
        .map_or_else(|_| ms.to_string(), |time| time.strftime("%Y-%m-%d").to_string())
}

/// From standard input: what stands on the command line is shown to everybody on the machine.
fn identity() -> Result<Identity, Box<dyn std::error::Error>> {
    let mut line = zeroize::Zeroizing::new(String::new());
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(Identity::scanned(&line, today())?)
}

fn serve(dir: &LinkDir, service: LinkService, options: &Run) -> CliResult {
    if !options.listen.ip().is_loopback() && options.tls_cert.is_none() {
        return Err(format!(
            "{} can be reached from other machines, and plain HTTP would show identities to the network; give --tls-cert and \
             --tls-key",
            options.listen
        )
        .into());
    }
    let credential =
        Credential::read(&dir.server())?.ok_or("server.json is missing; restore it from a backup")?;
    let server = Central::new(&credential)?;
    let service = Arc::new(service);
    let (rows, hash): (i64, Hash) = service.store.verify_access()?;
    tracing::info!(access.rows = rows, access.hash = %hash, "the access log is whole");
    let (end, ended) = channel();
    let every = Duration::from_secs(options.every);
    let fetched = Arc::clone(&service);
    let fetching = std::thread::spawn(move || keep_fetching(&fetched, &server, every, &ended));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        let tls = match (&options.tls_cert, &options.tls_key) {
            (Some(certificate), Some(key)) => Some(tls_files(certificate, key).await?),
            _ => None,
        };
        let listener = TcpListener::bind(options.listen)
            .map_err(|error| format!("cannot listen on {}: {error}", options.listen))?;
        println!("patient-link on {}", listener.local_addr()?);
        let handle = StopHandle::new();
        let stopped = handle.clone();
        tokio::spawn(async move {
            stop_signal().await;
            stop(&stopped);
        });
        listen(listener, tls, http::app(service), handle, Patience::default()).await?;
        Ok::<(), Box<dyn std::error::Error>>(())
    });
    let _ = end.send(());
    fetching
        .join()
        .map_err(|_| "fetching ended by a defect; see the log")?;
    outcome
}
