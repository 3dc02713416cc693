//! Numbers for logistic units: asked for in time, so that a device away from the network never lacks them.

use super::{CallError, Halt, Server};
use crate::app::App;
use crate::env::{Env, Transport, Vault};
use crate::store::series;

/// Most series asked for in one sync.
const MOST: usize = 10;

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// Asks for series until there are numbers enough. A server that hands out none is no fault: printed labels do as well.
    pub(super) async fn stock_up_on_numbers(&self, server: &Server<'_, T>) -> Result<(), Halt> {
        for _ in 0..MOST {
            let Some((prefix, after)) = series::wanted(self.store.read())? else {
                break;
            };
            match server.series(&prefix, after).await {
                Ok(given) => {
                    let tx = self.store.begin()?;
                    series::keep(&tx, &given)?;
                    tx.commit()?;
                }
                Err(error @ CallError::Refused { .. }) if !error.shuts_out() => break,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}
