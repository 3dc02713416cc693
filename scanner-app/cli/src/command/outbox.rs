//! `save-outbox FILE`: what waits to be sent, for somebody to carry to the server.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use sparhund_scanner_core::api::{Command as Ask, Reply};

use super::Outcome;
use crate::session::{Session, Unexpected};

#[derive(Debug, Args)]
#[command(
    after_help = "Nobody need be signed in. The records stay on the device and are sent when it reaches the server again; \
                  the server counts them once. There: sparhund-server import outbox FILE"
)]
pub struct Save {
    /// File to write; it must not exist
    file: PathBuf,
}

/// The file cannot be written.
#[derive(Debug, thiserror::Error)]
enum FileError {
    #[error("{0} exists already and was not touched: give another name")]
    Exists(String),
    #[error(
        "{0} cannot be written ({1}): check the path, its rights and the room there; nothing on the device changed"
    )]
    Write(String, std::io::Error),
}

/// Saves, and prints how much.
pub fn save(session: &Session, args: &Save) -> Outcome {
    let Reply::Outbox(view) = session.ask(Ask::ExportOutbox)? else {
        return Err(Unexpected("export_outbox").into());
    };
    write(&args.file, &view.file.0)?;
    session.say.saved(view.records, &args.file);
    Ok(())
}

/// The file has its name only when it is whole and on the disk.
fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let shown = path.display().to_string();
    if path.exists() {
        return Err(FileError::Exists(shown));
    }
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = File::create(&part)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&part, path));
    written.map_err(|error| {
        // The message is about the file; what is left of it may stay when it cannot be removed either.
        let _ = fs::remove_file(&part);
        FileError::Write(shown, error)
    })
}
