//! Records that a device saved to a file, proved and stored like those that it sends.

use sparhund_shared::log::{LogId, SignatureError};
use sparhund_shared::wire::{MAX_UPLOAD, OutboxFile, OutboxFileError, Refusal, Upload};

use super::prove::prove;
use super::receive::{IngestError, receive};
use crate::store::{Device, DeviceState, Store, StoreError};

/// What became of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TakenIn {
    /// Name of the device here.
    pub device: String,
    /// When it saved the file by its own clock, Unix milliseconds.
    pub saved_at: i64,
    /// Records in the file.
    pub records: u64,
    /// Those that were new here; of a dry run those that were proven.
    pub stored: u64,
    /// Those that were here already.
    pub known: u64,
    /// Those that were put aside, as the device may not sync under this key any more: a quality officer decides about them.
    pub aside: u64,
    /// What became of the device.
    pub state: DeviceState,
}

/// Why nothing of a file was taken, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file.
    #[error("nothing was written: {0}")]
    File(#[from] OutboxFileError),
    /// No device here writes this log.
    #[error(
        "nothing was written: no device here writes log {0}. Is this the server of its region? If the device asks to be \
         enrolled, enrol it: it then sends by itself, or saves a file that fits"
    )]
    UnknownLog(LogId),
    /// A head of the file was signed by nobody here.
    #[error(
        "nothing was written: {0}. The file was damaged or changed on the way: copy it from the device once more, or save \
         it there anew"
    )]
    Signature(#[from] SignatureError),
    /// A record is not what was signed, or no device may write it.
    #[error(
        "nothing was written: record {} was damaged or changed on the way ({}): copy the file from the device once more, or \
         save it there anew",
        .0.seq.map_or_else(|| "?".to_owned(), |seq| seq.to_string()),
        .0.detail
    )]
    Changed(Refusal),
    /// Not what a device writes.
    #[error(
        "nothing was written: {0} records under one head, a device writes at most {MAX_UPLOAD}: save the file anew"
    )]
    TooMany(usize),
    /// The store stopped in the middle.
    #[error(
        "{stored} new records were stored, then the rest could not be: {error}. Import the same file again"
    )]
    Halfway {
        /// Records stored.
        stored: u64,
        /// Why no more.
        error: IngestError,
    },
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Stores what a file proves. Everything in it is proved before the first record is stored, and a file that comes again, or whose
/// records the device sends too, changes nothing. With `dry` nothing is stored at all.
///
/// # Errors
/// When anything in the file is not as a device of this server wrote it; then nothing of it is stored.
pub async fn take_in(store: &dyn Store, bytes: &[u8], now: i64, dry: bool) -> Result<TakenIn, ImportError> {
    let file = OutboxFile::read(bytes)?;
    let devices = store.devices().await?;
    let mut taken = TakenIn {
        device: String::new(),
        saved_at: file.saved_at,
        records: 0,
        stored: 0,
        known: 0,
        aside: 0,
        state: DeviceState::Active,
    };
    for upload in &file.uploads {
        let device = writer_of(&devices, upload)?;
        taken.device.clone_from(&device.name);
        taken.state = device.state;
        taken.records += upload.records.len() as u64;
        let proven = prove(upload.clone(), &device.key)?;
        // A device that sends hears which records it should send again. A file cannot, and which one of them was changed nobody
        // knows: a record that seems to lift a hold may be any other with one byte changed.
        if let Some(refusal) = proven.refused.into_iter().next() {
            return Err(ImportError::Changed(refusal));
        }
        taken.stored += proven.records.len() as u64;
    }
    if dry {
        return Ok(taken);
    }
    taken.stored = 0;
    for upload in file.uploads {
        let log = upload.head.head.log;
        let device = writer_of(&devices, &upload)?;
        let records = upload.records.len() as u64;
        let receipt = receive(store, log, upload, now)
            .await
            .map_err(|error| ImportError::Halfway {
                stored: taken.stored,
                error,
            })?;
        taken.stored += u64::from(receipt.stored);
        taken.known += u64::from(receipt.known);
        if device.state != DeviceState::Active {
            taken.aside += records;
        }
    }
    Ok(taken)
}

/// The device that wrote it.
fn writer_of<'a>(devices: &'a [Device], upload: &Upload) -> Result<&'a Device, ImportError> {
    if upload.records.len() > MAX_UPLOAD {
        return Err(ImportError::TooMany(upload.records.len()));
    }
    let log = upload.head.head.log;
    let device = devices.iter().find(|device| device.log == log);
    device.ok_or(ImportError::UnknownLog(log))
}
