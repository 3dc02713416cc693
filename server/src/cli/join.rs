//! `join`: this server becomes the one of a site.

use std::path::PathBuf;
use std::sync::Arc;

use super::CliResult;
use crate::ingest::OwnLog;
use crate::island::{CENTRAL_SETTING, Central, Credential, Join};
use crate::ops::{DataDir, REGION_SETTING, now_ms};
use crate::store::{LogIntro, LogKind, Store, StoreError, sqlite::SqliteStore};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Data directory of this server, made by `init`; nobody may serve it now
    #[arg(long, value_name = "DIR", env = "SPARHUND_DATA")]
    data: PathBuf,
    /// Address of the central server
    #[arg(long, value_name = "URL")]
    central: String,
    /// One-time code from the central server's console
    #[arg(long, value_name = "CODE")]
    code: String,
    /// Certificate authority of the central server, PEM; without it those of the web
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
}

/// Joins; `serve` then exchanges.
pub fn run(args: Args) -> CliResult {
    let url = args.central.trim_end_matches('/').to_owned();
    let is_near = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"]
        .iter()
        .any(|near| url.starts_with(near));
    if !url.starts_with("https://") && !is_near {
        return Err(format!(
            "{url} would show this site's token to the network: give the address with https://"
        )
        .into());
    }
    let authority = args.authority.as_ref().map(std::fs::read_to_string).transpose()?;
    let dir = DataDir::new(&args.data);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (own_log, store) = runtime.block_on(open(&dir))?;
    let join = Join {
        code: args.code,
        log: LogIntro {
            log: own_log.log(),
            key: own_log.key(),
            kind: LogKind::Server,
            name: String::new(),
        },
    };
    let joined = Central::join(&url, authority.as_deref(), &join)?;
    // First: from the moment it exchanges only the central server's backups let devices forget.
    runtime.block_on(store.set_setting(CENTRAL_SETTING, &url))?;
    Credential {
        url: url.clone(),
        authority,
        name: joined.name.clone(),
        token: joined.token,
    }
    .keep(&dir.central())?;
    let administrator = runtime.block_on(async {
        store.set_setting(REGION_SETTING, &joined.region).await?;
        make_way(store.as_ref(), &own_log).await
    })?;
    if let Some(login) = administrator {
        println!(
            "People sign in here as at the central server, once they have come. The administrator that was made here signs in as \
             {login} from now on, and goes up as everybody does: an administrator at every server of the region. When people have come, \
             close that account or take its role away."
        );
    }
    println!(
        "{} has joined {url}. Start it with `sparhund-server serve --data {}`: it exchanges from then on.",
        joined.name,
        args.data.display()
    );
    Ok(())
}

async fn open(dir: &DataDir) -> Result<(OwnLog, Arc<dyn Store>), Box<dyn std::error::Error>> {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(dir.database())?);
    let own_log = OwnLog::open(Arc::clone(&store), dir, now_ms()).await?;
    Ok((own_log, store))
}

/// The administrator that `init` made here has the name of the one it made there: theirs would never come. The new name of the one
/// here, where that is the only person.
async fn make_way(store: &dyn Store, own_log: &OwnLog) -> Result<Option<String>, StoreError> {
    let users = store.users().await?;
    let [alone] = users.as_slice() else {
        return Ok(None);
    };
    let Some(mut account) = store.account_by_id(alone.id).await? else {
        return Ok(None);
    };
    let mark: String = own_log.log().to_string().chars().rev().take(6).collect();
    account.user.login = format!("{}-{mark}", account.user.login);
    let login = account.user.login.clone();
    store.put_account(account).await?;
    Ok(Some(login))
}
