//! What waits to be sent, as a file: for when the device cannot reach the server any more.

use sparhund_shared::wire::{OutboxFile, Upload};

use super::outbox::{MOST_RECORDS, portion, upload_of};
use crate::api::{OutboxView, Reply};
use crate::app::App;
use crate::env::{Env, Transport};
use crate::fault::Fault;
use crate::problems;
use crate::store::device::{self, Device};
use crate::store::log;

impl<E: Env, T: Transport> App<E, T> {
    /// Puts every record that waits into a file. Nobody need be signed in, and nothing changes here: the device still
    /// sends them when it can, and a server that gets them both ways has them once.
    pub(crate) fn export_outbox(&self) -> Result<Reply, Fault> {
        let device = device::must_get(self.store.read())?;
        let uploads = self.uploads(&device)?;
        if uploads.is_empty() {
            return Err(problems::nothing_to_export().into());
        }
        let now = self.env.now_ms();
        let records = uploads.iter().map(|upload| upload.records.len() as u64).sum();
        let file = OutboxFile {
            saved_at: now,
            device: device.name,
            uploads,
        };
        Ok(Reply::Outbox(OutboxView {
            name: format!("sparhund-{}-{now}.outbox", device.log.0.simple()),
            records,
            file: file.to_bytes().into(),
        }))
    }

    /// What a sync would send, in the same batches.
    fn uploads(&self, device: &Device) -> Result<Vec<Upload>, Fault> {
        let mut uploads = Vec::new();
        let mut after = 0;
        loop {
            let mut batch = log::waiting(self.store.read(), device.log, after, MOST_RECORDS)?;
            let places = batch
                .iter()
                .map(|sealed| (sealed.record().seq, sealed.bytes().len()));
            let together = portion(places);
            batch.truncate(together);
            let (Some(last), Some(upload)) = (batch.last(), upload_of(&batch, &device.key)) else {
                return Ok(uploads);
            };
            after = last.record().seq;
            uploads.push(upload);
        }
    }
}
