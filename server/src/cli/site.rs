//! `site`: which sites have servers of their own.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Subcommand;

use super::CliResult;
use crate::auth::Code;
use crate::ops::{DataDir, new_uuid, now_ms};
use crate::store::{NewSite, Store, sqlite::SqliteStore};

/// How long a code can be used: time to install the site's server.
const CODE_MS: i64 = 24 * 3_600_000;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Data directory of the central server
    #[arg(long, value_name = "DIR", env = "SPARHUND_DATA")]
    data: PathBuf,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Let a site join: prints its one-time code
    Add {
        /// Name of the site
        name: String,
    },
    /// List the sites
    List,
}

/// Runs it; the server may be serving meanwhile.
pub fn run(args: Args) -> CliResult {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(DataDir::new(args.data).database())?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match args.what {
            What::Add { name } => add(store.as_ref(), name.trim()).await,
            What::List => list(store.as_ref()).await,
        }
    })
}

async fn add(store: &dyn Store, name: &str) -> CliResult {
    if name.is_empty() {
        return Err("a site needs a name: write the name of the house".into());
    }
    let code = Code::random()?;
    let now = now_ms();
    store
        .add_site(NewSite {
            id: new_uuid(now)?,
            name: name.to_owned(),
            code: code.hash(),
            code_until: now + CODE_MS,
        })
        .await?;
    println!("{code}");
    Ok(())
}

async fn list(store: &dyn Store) -> CliResult {
    for site in store.sites().await? {
        let state = match (site.joined_at, site.revoked_at) {
            (_, Some(_)) => "shut out",
            (None, None) => "its code is not used",
            (Some(_), None) => "joined",
        };
        println!("{}: {state}", site.name);
    }
    Ok(())
}
