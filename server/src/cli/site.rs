//! `site`: which sites have servers of their own.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Subcommand;

use super::CliResult;
use crate::island::invite;
use crate::ops::{DataDir, now_ms};
use crate::store::{Store, sqlite::SqliteStore};

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
            What::Add { name } => add(store.as_ref(), &name).await,
            What::List => list(store.as_ref()).await,
        }
    })
}

async fn add(store: &dyn Store, name: &str) -> CliResult {
    let (site, code) = invite(name, now_ms())?;
    store.add_site(site).await?;
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
