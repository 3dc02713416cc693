//! Labels that wait go to their printers, by way of the server.

use super::{CallError, Halt, Server};
use crate::app::App;
use crate::env::{Env, Transport, Vault};
use crate::store::label;

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// Prints what waits. A printer that is off keeps its own labels waiting, and nothing else: the sync is done.
    pub(super) async fn print_labels(&self, server: &Server<'_, T>) -> Result<(), Halt> {
        for waits in label::waiting(self.store.read())? {
            let Some(printer) = label::printer_of(self.store.read(), &waits.packed_at)? else {
                continue;
            };
            let problem = match server.print(&printer, &waits).await {
                Ok(()) => None,
                Err(error @ CallError::Refused { .. }) if error.shuts_out() => return Err(error.into()),
                Err(CallError::Refused { code, .. }) => Some(code),
                Err(CallError::Transport(_) | CallError::Unreadable(_)) => break,
            };
            let tx = self.store.begin()?;
            label::settle(&tx, waits.sscc, problem.as_deref())?;
            tx.commit()?;
        }
        Ok(())
    }
}
