//! `init`: a data directory to begin with.

use std::error::Error;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sparhund_shared::log::UserId;
use sparhund_shared::reference::{Role, User};

use super::CliResult;
use crate::auth::{Tokens, generate_password, hash_password};
use crate::demo::{self, Region};
use crate::ingest::OwnLog;
use crate::ops::{DataDir, REGION_SETTING, new_uuid, now_ms, today};
use crate::store::sqlite::SqliteStore;
use crate::store::{Account, Store};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Directory to make; it must be missing or empty
    #[arg(long, env = "SPARHUND_DATA", default_value = "data")]
    data: PathBuf,
    /// Fill it with the demo region: places, 200 articles, stock, orders, users with fixed passwords
    #[arg(long)]
    demo: bool,
    /// Name of the region, shown on every page and device
    #[arg(long)]
    region: Option<String>,
}

/// Runs it. The directory appears under its name only when everything is in it, so that a broken-off `init` leaves
/// nothing that looks finished.
pub fn run(args: Args) -> CliResult {
    let Args { data, demo, region } = args;
    refuse_if_used(&data)?;
    let making = beside(&data)?;
    remove(&making)?;
    let directory = DataDir::new(&making);
    directory.create()?;
    let region = region.unwrap_or_else(|| {
        let name = if demo { demo::NAME } else { "Min region" };
        name.to_owned()
    });
    let made = tokio::runtime::Runtime::new()?.block_on(fill(&directory, demo, &region));
    let password = match made {
        Ok(password) => password,
        Err(error) => {
            // What was begun is of no use to anyone; the first error is the one to tell.
            let _ = remove(&making);
            return Err(error);
        }
    };
    finish(&making, &data)?;
    println!("{region}: data directory {} made", data.display());
    if let Some(password) = password {
        println!("user admin, password {password} (shown only now; change it after signing in)");
    }
    println!("next: sparhund-server serve --data {}", data.display());
    Ok(())
}

/// Fills the directory; the administrator's password when one was made.
async fn fill(directory: &DataDir, demo: bool, region: &str) -> Result<Option<String>, Box<dyn Error>> {
    let now = now_ms();
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(directory.database())?);
    Tokens::open(directory)?;
    let log = OwnLog::open(Arc::clone(&store), directory, now).await?;
    store.set_setting(REGION_SETTING, region).await?;
    if demo {
        demo::load(store.as_ref(), &log, Region::new(today(), now)?, now).await?;
        return Ok(None);
    }
    let password = generate_password()?;
    store
        .put_account(Account {
            user: User {
                id: UserId(new_uuid(now)?),
                login: "admin".to_owned(),
                name: "Administratör".to_owned(),
                roles: vec![Role::Admin],
            },
            password_hash: hash_password(&password)?,
            active: true,
        })
        .await?;
    Ok(Some(password))
}

fn refuse_if_used(data: &Path) -> CliResult {
    let used = match fs::read_dir(data) {
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => {
            return Err(format!(
                "{} cannot be used: {error}; choose another --data",
                data.display()
            )
            .into());
        }
        Ok(mut entries) => entries.next().is_some(),
    };
    if used {
        let text =
            "is not empty and nothing was changed; serve it, or move it away, or choose another --data";
        return Err(format!("{} {text}", data.display()).into());
    }
    Ok(())
}

/// The name the directory has until it is finished.
fn beside(data: &Path) -> Result<PathBuf, String> {
    let name = data.file_name().ok_or_else(|| {
        format!(
            "{} names no directory that can be made; choose another --data",
            data.display()
        )
    })?;
    let mut unfinished = name.to_owned();
    unfinished.push(".unfinished");
    Ok(data.with_file_name(unfinished))
}

fn remove(directory: &Path) -> std::io::Result<()> {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn finish(making: &Path, data: &Path) -> std::io::Result<()> {
    // An empty directory may be there; one that is not empty stays and the rename fails.
    match fs::remove_dir(data) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::rename(making, data)?;
    let parent = data.parent().filter(|parent| !parent.as_os_str().is_empty());
    fs::File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}
