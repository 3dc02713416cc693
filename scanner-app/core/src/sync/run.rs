//! One sync from beginning to end.

use std::cell::Cell;

use sparhund_shared::wire::{FEED_ORDER, Peer, Topic};

use super::{CallError, DEVICE_REVOKED, Halt, Pulled, Server, glance, hand_over, pull, push};
use crate::api::{AlertCode, Problem, Reply, SyncView};
use crate::app::App;
use crate::env::{Env, Transport, TransportError, Vault};
use crate::fault::Fault;
use crate::keys::Signer;
use crate::problems;
use crate::quick::forget_the_gone;
use crate::status::status;
use crate::store::device::Device;
use crate::store::{alert, catalogue, device, quick, session};

/// So long a booking waits for the holds, milliseconds: a person holds the goods in the other hand, and the next scan
/// waits behind the booking.
const GLANCE_MS: i64 = 800;

/// Says that a sync runs, until it is dropped: also when the caller gives up waiting.
struct Running<'a>(&'a Cell<bool>);

impl<'a> Running<'a> {
    fn begin(flag: &'a Cell<bool>) -> Option<Self> {
        (!flag.replace(true)).then_some(Self(flag))
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// Synchronises when it is time to.
    pub(crate) async fn sync_if_due(&self) -> Result<Reply, Problem> {
        self.close_choice()?;
        let enrolled = device::must_get(self.store.read())?.token.is_some();
        if enrolled && !self.syncing.get() && self.due.is_due(self.env.now_ms()) {
            self.sync().await
        } else {
            Ok(self.status()?)
        }
    }

    /// Synchronises now, or joins the sync that runs.
    pub(crate) async fn sync(&self) -> Result<Reply, Problem> {
        self.sync_by(async |view| self.exchange(view).await).await
    }

    /// Synchronises with a peer that is at hand, in the same process or over a link of its own, instead of the server
    /// this device is enrolled with.
    ///
    /// # Errors
    /// What stopped it; all that was done until then stays done.
    pub async fn sync_with(&self, peer: &impl Peer<Error = CallError>) -> Result<Reply, Problem> {
        self.sync_by(async |view| self.exchange_with(peer, view).await)
            .await
    }

    async fn sync_by(
        &self,
        exchange: impl AsyncFnOnce(&mut SyncView) -> Result<(), Halt>,
    ) -> Result<Reply, Problem> {
        self.close_choice()?;
        let mut view = SyncView::default();
        match Running::begin(&self.syncing) {
            None => view.joined = true,
            Some(running) => {
                let result = exchange(&mut view).await;
                drop(running);
                self.conclude(result)?;
            }
        }
        view.status = status(self)?;
        Ok(Reply::Synced(view))
    }

    async fn exchange(&self, view: &mut SyncView) -> Result<(), Halt> {
        let result = self.exchange_and_rotate(view).await;
        if let Err(Halt::Call(CallError::Refused { code, .. })) = &result
            && code == DEVICE_REVOKED
        {
            let device = device::must_get(self.store.read())?;
            // What becomes of it is for others to say; here everything is kept as it was.
            drop(self.hand_over(&self.server_of(&device)?).await);
        }
        result
    }

    async fn exchange_and_rotate(&self, view: &mut SyncView) -> Result<(), Halt> {
        // A change of the key that was begun is brought to its end first: the server may not know the old one any more.
        if device::next_life(self.store.read())?.is_some() {
            let device = device::must_get(self.store.read())?;
            self.rotate_if_due(&self.server_of(&device)?).await?;
        }
        let device = device::must_get(self.store.read())?;
        let server = self.server_of(&device)?;
        self.exchange_with(&server, view).await?;
        self.stock_up_on_numbers(&server).await?;
        self.print_labels(&server).await?;
        self.rotate_if_due(&server).await
    }

    async fn hand_over(&self, server: &impl Peer<Error = CallError>) -> Result<(), Halt> {
        let (device, key) = self.device_with_key().await?;
        let signer = Signer::new(&self.vault, device.log, key);
        hand_over(&self.store, &self.env, server, &signer).await
    }

    fn server_of(&self, device: &Device) -> Result<Server<'_, T>, Halt> {
        match (&device.token, &device.server) {
            (Some(token), Some(address)) => Ok(Server::new(&self.transport, address, Some(token.clone()))),
            _ => Err(Fault::from(problems::not_enrolled()).into()),
        }
    }

    async fn exchange_with(
        &self,
        server: &impl Peer<Error = CallError>,
        view: &mut SyncView,
    ) -> Result<(), Halt> {
        // Holds before anything else: they decide what may be done next, and the heads tell which ones are here.
        self.bring(server, Topic::Holds, view).await?;
        let (device, key) = self.device_with_key().await?;
        let signer = Signer::new(&self.vault, device.log, key);
        let pushed = push(&self.store, &self.env, server, &device, &signer).await?;
        view.sent = pushed.sent;
        view.refused = pushed.refused;
        for topic in FEED_ORDER {
            if topic != Topic::Holds {
                self.bring(server, topic, view).await?;
            }
        }
        self.renew_session()?;
        Ok(())
    }

    async fn bring(
        &self,
        server: &impl Peer<Error = CallError>,
        topic: Topic,
        view: &mut SyncView,
    ) -> Result<(), Halt> {
        let Pulled { rows, repaired } = pull(&self.store, &self.env, server, topic).await?;
        view.rows += rows;
        if repaired {
            view.repaired.push(topic);
        }
        Ok(())
    }

    /// Brings the holds before goods move on, if the server answers at once; else what is known here decides, as it
    /// does without network.
    pub(crate) async fn glance_at_holds(&self) -> Result<(), Fault> {
        let device = device::must_get(self.store.read())?;
        let asks = self.reach.get().is_worth_waiting();
        let (true, Some(token), Some(address)) = (asks, device.token, device.server) else {
            return Ok(());
        };
        let server = Server::new(&self.transport, &address, Some(token));
        match glance(&self.store, &self.env, &server, Topic::Holds, GLANCE_MS).await {
            Ok(()) => self.note_contact(None),
            // Whoever books next does not wait again; the sync after booking finds out how the server is.
            Err(Halt::Call(CallError::Transport(TransportError::Timeout { .. }))) => {
                self.reach.set(self.reach.get().was_late());
                Ok(())
            }
            Err(Halt::Call(error)) => self.note_contact(Some(&error)),
            Err(Halt::Fault(fault)) => Err(fault),
            Err(Halt::Restarted | Halt::Key(_)) => Ok(()),
        }
    }

    /// Roles may have changed, and a person may have been shut out.
    fn renew_session(&self) -> Result<(), Fault> {
        let tx = self.store.begin()?;
        if let Some(session) = session::get(&tx)? {
            match catalogue::user(&tx, session.user.id)? {
                Some(user) if user != session.user => session::set_user(&tx, &user)?,
                Some(_) => {}
                None => {
                    session::delete(&tx)?;
                    // Else whoever works here is at the sign-in all of a sudden, and nothing says why.
                    let name = &session.user.name;
                    alert::raise(&tx, AlertCode::AccountClosed, name, self.env.now_ms())?;
                }
            }
        }
        forget_the_gone(&tx)?;
        tx.commit()?;
        Ok(())
    }

    /// Sets the timer and the state of the network by how it went.
    fn conclude(&self, result: Result<(), Halt>) -> Result<(), Problem> {
        let now = self.env.now_ms();
        let mut jitter = [0];
        // Without randomness every device waits the same time: a nuisance, no fault.
        drop(self.env.random(&mut jitter));
        match &result {
            Ok(()) => {
                self.note_contact(None)?;
                self.note_refusal(None)?;
                self.due.went_well(now, jitter[0]);
            }
            Err(Halt::Call(error)) => {
                self.note_contact(Some(error))?;
                self.due.failed(now, jitter[0], error.wait_ms());
                if error.shuts_out() {
                    self.note_shut_out(error)?;
                } else if let Some(reason) = error.for_good() {
                    self.note_refusal(Some(&reason))?;
                }
            }
            Err(Halt::Key(fault)) => {
                self.note_key_fault(fault)?;
                self.due.failed(now, jitter[0], 0);
            }
            Err(Halt::Fault(_) | Halt::Restarted) => self.due.failed(now, jitter[0], 0),
        }
        result.map_err(Problem::from)
    }

    /// Why the server would not synchronise, in place of what it said before.
    fn note_refusal(&self, reason: Option<&str>) -> Result<(), Fault> {
        let tx = self.store.begin()?;
        alert::clear(&tx, AlertCode::SyncRefused)?;
        if let Some(reason) = reason {
            alert::raise(&tx, AlertCode::SyncRefused, reason, self.env.now_ms())?;
        } else {
            // All that was sent was signed.
            alert::clear(&tx, AlertCode::KeyFailed)?;
        }
        tx.commit()?;
        Ok(())
    }

    fn note_shut_out(&self, error: &CallError) -> Result<(), Fault> {
        let (code, detail) = match error {
            CallError::Refused { code, detail, .. } => (code.as_str(), detail.as_str()),
            CallError::Transport(_) | CallError::Unreadable(_) => ("", ""),
        };
        let tx = self.store.begin()?;
        device::refuse(&tx)?;
        if code == DEVICE_REVOKED {
            // Perhaps it was stolen: nobody's PIN is to be found out on it.
            quick::delete_all(&tx)?;
        }
        alert::raise(&tx, AlertCode::DeviceRefused, detail, self.env.now_ms())?;
        tx.commit()?;
        self.store.overwrite_deleted()
    }
}
