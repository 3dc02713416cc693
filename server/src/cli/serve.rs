//! `serve`: the API, the console and the scanner app on one address.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum_server::tls_rustls::RustlsConfig;

use super::CliResult;
use super::banner::Banner;
use crate::auth::Tokens;
use crate::backup::{Schedule, complete, complete_interrupted, keep_backing_up};
use crate::http::{AppState, Site, app};
use crate::ingest::OwnLog;
use crate::island::{Credential, keep_exchanging, settle_central};
use crate::ops::{
    DataDir, LogFormat, Patience, REGION_SETTING, StopHandle, WriterLock, install_metrics, listen,
    metrics_upkeep, now_ms, start_logging, stop, stop_signal, tls_files, tls_self_signed,
};
use crate::store::{Store, sqlite::SqliteStore};

/// How often the figures are folded.
const UPKEEP: Duration = Duration::from_secs(5);

/// Where the certificate comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Tls {
    /// Made here and kept in the data directory
    SelfSigned,
    /// Given with --tls-cert and --tls-key
    Files,
}

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Data directory, made by `init`
    #[arg(long, value_name = "DIR", env = "SPARHUND_DATA")]
    data: PathBuf,
    /// Address to serve on; port 0 = any free port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Files of the scanner app, served under /app/
    #[arg(long, value_name = "DIR")]
    web: Option<PathBuf>,
    /// Serve by HTTPS
    #[arg(long, value_enum)]
    tls: Option<Tls>,
    /// Certificate chain, PEM
    #[arg(long, value_name = "FILE", required_if_eq("tls", "files"))]
    tls_cert: Option<PathBuf>,
    /// Private key, PEM
    #[arg(long, value_name = "FILE", required_if_eq("tls", "files"))]
    tls_key: Option<PathBuf>,
    /// A proxy in front speaks HTTPS with the clients and sets X-Forwarded-For
    #[arg(long, conflicts_with = "tls")]
    behind_proxy: bool,
    /// Address people reach the server at, for links and QR codes
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Folder of scheduled backups, on another disk and of this server alone; without it none are made
    #[arg(long, value_name = "DIR")]
    backup_dir: Option<PathBuf>,
    /// Hours from one backup to the next
    #[arg(long, value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(u64).range(1..=720))]
    backup_every: u64,
    /// Backups that are kept, the newest
    #[arg(long, value_name = "COUNT", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..))]
    backup_keep: u16,
    /// Seconds from one exchange with the central server to the next, on the server of a site
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    exchange_every: u64,
    /// How log lines look
    #[arg(long, value_enum, default_value = "pretty")]
    log_format: LogFormat,
}

/// Runs it until it is told to stop.
pub fn run(args: Args) -> CliResult {
    start_logging(args.log_format);
    check(&args)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(args))
}

fn check(args: &Args) -> CliResult {
    if !args.listen.ip().is_loopback() && args.tls.is_none() && !args.behind_proxy {
        return Err(format!(
            "{} can be reached from other machines, and plain HTTP would show passwords to the network; add \
             --tls self-signed, give your own certificate with --tls files, or say --behind-proxy",
            args.listen
        )
        .into());
    }
    if let Some(web) = &args.web
        && !web.join("index.html").is_file()
    {
        return Err(format!(
            "{} holds no index.html; build the scanner app with `cargo xtask web`, or leave --web out",
            web.display()
        )
        .into());
    }
    if let Some(url) = &args.public_url
        && !(url.starts_with("http://") || url.starts_with("https://"))
    {
        return Err(format!("{url} is no address; write https://name.example").into());
    }
    Ok(())
}

async fn serve(args: Args) -> CliResult {
    let dir = DataDir::new(&args.data);
    complete_interrupted(&dir)?;
    if !dir.database().is_file() {
        return Err(format!(
            "{} holds no database; make one with `sparhund-server init --data {}`",
            args.data.display(),
            args.data.display()
        )
        .into());
    }
    // First: what another server serves is not brought to a newer version beneath it, and no restore comes between.
    let lock = WriterLock::take(&dir)?;
    complete(&dir, &lock)?;
    let store = SqliteStore::open(dir.database())?;
    let writer_ended = store.writer_ended();
    let store: Arc<dyn Store> = Arc::new(store);
    let tls = tls(&args, &dir).await?;
    install_metrics();
    let credential = Credential::read(&dir.central())?;
    settle_central(store.as_ref(), credential.as_ref()).await?;
    let site = site(&args, &dir, store.as_ref()).await?;
    let demo = store.setting(crate::demo::SETTING).await?.is_some();
    let backups = schedule(&args, &dir).map(|schedule| keep_backing_up(schedule, Arc::clone(&store)));
    let own_log = OwnLog::open_locked(Arc::clone(&store), &dir, lock, now_ms()).await?;
    let mut state = AppState::new(store, own_log, Tokens::open(&dir)?, site)?;
    if let Some(credential) = credential {
        let every = Duration::from_secs(args.exchange_every);
        let (store, own_log) = (Arc::clone(&state.store), Arc::clone(&state.own_log));
        state.link = Some(keep_exchanging(&credential, store, own_log, every)?);
    }
    let listener = TcpListener::bind(args.listen).map_err(|error| {
        format!(
            "cannot listen on {}: {error}; choose another with --listen, or stop what uses it",
            args.listen
        )
    })?;
    announce(&Banner {
        address: listener.local_addr()?,
        secure: tls.is_some(),
        web: args.web.is_some(),
        demo,
    })?;

    let handle = StopHandle::new();
    tokio::spawn(stop_on_signal(handle.clone()));
    tokio::spawn(upkeep());
    if let Some(backups) = backups {
        tokio::spawn(backups);
    } else {
        tracing::warn!(
            "no backups are made: say --backup-dir, or call `sparhund-server backup` by the clock"
        );
    }
    while_it_writes(
        listen(listener, tls, app(state), handle, Patience::default()),
        writer_ended,
    )
    .await?;
    // The store is dropped with the last request: its writer commits what is queued.
    tracing::info!("stopped");
    Ok(())
}

/// Serves as long as the store can write. A server that takes no scan any more must not look alive: it ends, and the
/// service manager starts it anew.
async fn while_it_writes(
    served: impl Future<Output = std::io::Result<()>>,
    writer_ended: impl Future<Output = ()>,
) -> CliResult {
    tokio::select! {
        served = served => Ok(served?),
        () = writer_ended => Err("the store's writer ended by a defect, see the log above; nothing that was \
            acknowledged is lost: start the server again, and report it"
            .into()),
    }
}

async fn tls(args: &Args, dir: &DataDir) -> Result<Option<RustlsConfig>, Box<dyn std::error::Error>> {
    Ok(match (args.tls, &args.tls_cert, &args.tls_key) {
        (None, ..) => None,
        (Some(Tls::Files), Some(certificate), Some(key)) => Some(tls_files(certificate, key).await?),
        (Some(Tls::Files), ..) => return Err("--tls files needs --tls-cert and --tls-key".into()),
        (Some(Tls::SelfSigned), ..) => Some(tls_self_signed(dir, args.listen.ip()).await?),
    })
}

async fn site(args: &Args, dir: &DataDir, store: &dyn Store) -> Result<Site, Box<dyn std::error::Error>> {
    let plain_proxy = args
        .public_url
        .as_ref()
        .is_some_and(|url| url.starts_with("http://"));
    Ok(Site {
        region: store.setting(REGION_SETTING).await?.unwrap_or_default(),
        web: args.web.clone(),
        public_url: args
            .public_url
            .as_ref()
            .map(|url| url.trim_end_matches('/').to_owned()),
        secure: args.tls.is_some() || args.behind_proxy && !plain_proxy,
        behind_proxy: args.behind_proxy,
        database: Some(dir.database()),
    })
}

fn announce(banner: &Banner) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    out.write_all(banner.text().as_bytes())?;
    out.flush()
}

async fn stop_on_signal(handle: StopHandle) {
    stop_signal().await;
    tracing::info!("stopping: requests under way have ten seconds");
    stop(&handle);
}

fn schedule(args: &Args, dir: &DataDir) -> Option<Schedule> {
    args.backup_dir.as_ref().map(|folder| Schedule {
        database: dir.database(),
        folder: folder.clone(),
        every: Duration::from_hours(args.backup_every),
        keep: usize::from(args.backup_keep),
    })
}

async fn upkeep() {
    let mut turns = tokio::time::interval(UPKEEP);
    loop {
        turns.tick().await;
        metrics_upkeep();
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::while_it_writes;

    #[tokio::test]
    async fn a_server_that_cannot_write_any_more_ends_with_an_error() {
        let ended = while_it_writes(pending(), ready(())).await;
        assert!(ended.unwrap_err().to_string().contains("start the server again"));
        assert!(while_it_writes(ready(Ok(())), pending()).await.is_ok());
    }
}
