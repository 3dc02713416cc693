//! What waits to be sent, as a file: for when the device cannot reach the server any more.

use sparhund_shared::wire::{OutboxFile, Upload};

use super::Halt;
use super::outbox::{MOST_RECORDS, portion, upload_of};
use crate::api::{OutboxView, Problem, Reply};
use crate::app::App;
use crate::env::{Env, Transport, Vault};
use crate::keys::Signer;
use crate::problems;
use crate::store::log;

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// Puts every record that waits into a file. Nobody need be signed in, and nothing changes here: the device still
    /// sends them when it can, and a server that gets them both ways has them once.
    pub(crate) async fn export_outbox(&self) -> Result<Reply, Problem> {
        let (device, key) = self.device_with_key().await?;
        let signer = Signer::new(&self.vault, device.log, key);
        let uploads = match self.uploads(&signer).await {
            Err(Halt::Key(fault)) => {
                self.note_key_fault(&fault)?;
                return Err(fault.into());
            }
            other => other?,
        };
        if uploads.is_empty() {
            return Err(problems::nothing_to_export());
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
    async fn uploads(&self, signer: &Signer<'_, V>) -> Result<Vec<Upload>, Halt> {
        let mut uploads = Vec::new();
        let mut after = 0;
        loop {
            let mut batch = log::waiting(self.store.read(), signer.log, after, MOST_RECORDS)?;
            let places = batch
                .iter()
                .map(|sealed| (sealed.record().seq, sealed.bytes().len()));
            let together = portion(places);
            batch.truncate(together);
            let (Some(last), Some(upload)) = (batch.last(), upload_of(&batch, signer).await?) else {
                return Ok(uploads);
            };
            after = last.record().seq;
            uploads.push(upload);
        }
    }
}
