//! A person chooses PIN and badge, or gives them up.

use rusqlite::Connection;
use sparhund_shared::event::EntryMethod;

use super::pin::Pin;
use super::{badge, may_choose_until, problems, slow};
use crate::account::must_be_signed_in;
use crate::api::{RawScan, Reply};
use crate::app::App;
use crate::env::{Env, Transport, Vault};
use crate::fault::Fault;
use crate::problems::not_enrolled;
use crate::store::session::{self, AtServer, Session};
use crate::store::{catalogue, device, quick, setting};

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// Chooses the PIN of the person signed in.
    pub(crate) fn set_pin(&self, pin: &str) -> Result<Reply, Fault> {
        let pin = Pin::choose(pin)?;
        let tx = self.store.begin()?;
        let (session, there) = self.just_signed_in(&tx)?;
        let verifier = slow::verifier(pin.bytes(), &slow::salt(&self.env)?)?;
        quick::put_pin(&tx, session.user.id, &verifier, there.at)?;
        tx.commit()?;
        self.status()
    }

    /// Makes a symbol the badge of the person signed in.
    pub(crate) fn set_badge(&self, raw: &RawScan, entry: EntryMethod) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let (session, _) = self.just_signed_in(&tx)?;
        let user = session.user.id;
        quick::get(&tx, user)?.ok_or_else(problems::badge_needs_pin)?;
        let profile = setting::profile(&tx, entry)?
            .map(|profile| profile.wedge)
            .unwrap_or_default();
        let badge = badge::choose(&raw.0, self.env.today(), &profile)?;
        let salt = match setting::get(&tx, setting::BADGE_SALT)? {
            Some(salt) => salt,
            None => slow::salt(&self.env)?,
        };
        setting::put(&tx, setting::BADGE_SALT, Some(&salt))?;
        let mark = slow::mark(&badge, &salt)?;
        if quick::by_badge(&tx, &mark)?.is_some_and(|owner| owner != user) {
            return Err(problems::badge_taken().into());
        }
        quick::set_badge(&tx, user, Some(&mark))?;
        tx.commit()?;
        self.status()
    }

    pub(crate) fn remove_badge(&self) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let session = must_be_signed_in(&tx, self.env.now_ms())?;
        quick::set_badge(&tx, session.user.id, None)?;
        tx.commit()?;
        self.status()
    }

    pub(crate) fn remove_quick_switch(&self) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let session = must_be_signed_in(&tx, self.env.now_ms())?;
        quick::delete(&tx, session.user.id)?;
        tx.commit()?;
        self.status()
    }

    /// Notes that the time to choose is over: a clock that is set back does not bring it again.
    pub(crate) fn close_choice(&self) -> Result<(), Fault> {
        let db = self.store.read();
        let Some(session) = session::get(db)? else {
            return Ok(());
        };
        let now = self.env.now_ms();
        if may_choose_until(db, &session, now)?.is_some_and(|until| now >= until) {
            let over = session.at_server().map(|there| there.at);
            let tx = self.store.begin()?;
            setting::put(&tx, setting::CHOICE_OVER, over.as_ref())?;
            tx.commit()?;
        }
        Ok(())
    }

    /// The session, if it began by password a short while ago on a device that the server accepts.
    fn just_signed_in(&self, db: &Connection) -> Result<(Session, AtServer), Fault> {
        let now = self.env.now_ms();
        let session = must_be_signed_in(db, now)?;
        if device::must_get(db)?.token.is_none() {
            return Err(not_enrolled().into());
        }
        let fresh = may_choose_until(db, &session, now)?.is_some_and(|until| now < until);
        let there = session.at_server().cloned();
        let there = there
            .filter(|_| fresh)
            .ok_or_else(problems::quick_password_first)?;
        catalogue::user(db, session.user.id)?.ok_or_else(problems::quick_gone)?;
        Ok((session, there))
    }
}
