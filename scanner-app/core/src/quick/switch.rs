//! From one person to another by PIN.

use sparhund_shared::carrier::WedgeProfile;
use sparhund_shared::event::EntryMethod;
use sparhund_shared::log::UserId;
use sparhund_shared::reference::User;

use super::lock::PASSWORD_MS;
use super::pin::Pin;
use super::{badge, problems, slow};
use crate::account::SESSION_MS;
use crate::api::{AlertCode, LeftBasket, PersonStanding, Problem, RawScan, Reply, Switched};
use crate::app::App;
use crate::env::{Env, Transport, Vault};
use crate::fault::Fault;
use crate::flow::TaskState;
use crate::problems::not_enrolled;
use crate::status::status;
use crate::store::quick::QuickUser;
use crate::store::session::{Session, SignedInBy};
use crate::store::{alert, catalogue, device, quick, session, setting, task};

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// Signs a person in by their PIN.
    pub(crate) fn switch_to(&self, user: UserId, pin: &str) -> Result<Reply, Fault> {
        let pin = Pin::parse(pin)?;
        // The count is on disk before anybody can know whether the PIN was right: whoever kills the client meanwhile has
        // used a try up.
        let verifier = self.use_a_try_up(user)?;
        if slow::fits(pin.bytes(), &verifier)? {
            self.let_in(user)
        } else {
            Err(self.why_not(user)?.into())
        }
    }

    fn use_a_try_up(&self, user: UserId) -> Result<String, Fault> {
        let now = self.env.now_ms();
        let tx = self.store.begin()?;
        let (person, known, verifier) = candidate(&tx, user)?;
        match known.standing(now) {
            PersonStanding::Ready => {}
            PersonStanding::Locked => return Err(problems::quick_locked(&person.name).into()),
            PersonStanding::PasswordDue => return Err(problems::quick_password_due(&person.name).into()),
        }
        if known.clock_went_back(now) {
            quick::set_tried(&tx, user, now)?;
            tx.commit()?;
            return Err(self.wait(user)?.into());
        }
        let wait = known.wait_ms(now);
        if wait > 0 {
            return Err(problems::quick_wait(wait).into());
        }
        quick::count_try(&tx, user, now)?;
        tx.commit()?;
        Ok(verifier)
    }

    fn wait(&self, user: UserId) -> Result<Problem, Fault> {
        let (_, known, _) = candidate(self.store.read(), user)?;
        Ok(problems::quick_wait(known.wait_ms(self.env.now_ms())))
    }

    /// A wrong PIN: what comes next.
    fn why_not(&self, user: UserId) -> Result<Problem, Fault> {
        let now = self.env.now_ms();
        let (person, known, _) = candidate(self.store.read(), user)?;
        Ok(match known.standing(now) {
            PersonStanding::Locked => problems::quick_locked(&person.name),
            PersonStanding::Ready | PersonStanding::PasswordDue => {
                problems::wrong_pin(known.tries_left(), known.wait_ms(now))
            }
        })
    }

    fn let_in(&self, user: UserId) -> Result<Reply, Fault> {
        let now = self.env.now_ms();
        let tx = self.store.begin()?;
        let (person, known, _) = candidate(&tx, user)?;
        quick::pin_fitted(&tx, user)?;
        alert::clear(&tx, AlertCode::AccountClosed)?;
        session::put(
            &tx,
            &Session {
                user: person,
                until: now
                    .saturating_add(SESSION_MS)
                    .min(known.password_at.saturating_add(PASSWORD_MS)),
                by: SignedInBy::Pin,
            },
        )?;
        let others = task::current(&tx)?.filter(|task| task.owner != Some(user));
        if others.is_some() {
            task::leave(&tx)?;
        }
        let left = match &others {
            Some(task) => left_basket(&tx, task)?,
            None => None,
        };
        tx.commit()?;
        self.due.at_once();
        let status = status(self)?;
        Ok(Reply::Switched(Switched { status, left }))
    }

    /// Whose badge a symbol is.
    pub(crate) fn find_badge(&self, raw: &RawScan, entry: EntryMethod) -> Result<Reply, Fault> {
        let db = self.store.read();
        if device::must_get(db)?.token.is_none() {
            return Err(not_enrolled().into());
        }
        let profile = setting::profile(db, entry)?
            .map(|profile| profile.wedge)
            .unwrap_or_default();
        let owner = owner_of(db, &raw.0, &profile)?.ok_or_else(problems::badge_unknown)?;
        let (person, known, _) = candidate(db, owner)?;
        Ok(Reply::Person(known.view(person, self.env.now_ms())))
    }
}

/// Whose badge a code is on this device.
pub(super) fn owner_of(
    db: &rusqlite::Connection,
    raw: &[u8],
    profile: &WedgeProfile,
) -> Result<Option<UserId>, Fault> {
    let salt: Option<slow::Salt> = setting::get(db, setting::BADGE_SALT)?;
    match salt {
        Some(salt) => quick::by_badge(db, &slow::mark(&badge::bytes(raw, profile), &salt)?),
        None => Ok(None),
    }
}

/// Somebody who may be let in, as the users have them now.
fn candidate(db: &rusqlite::Connection, user: UserId) -> Result<(User, QuickUser, String), Fault> {
    if device::must_get(db)?.token.is_none() {
        return Err(not_enrolled().into());
    }
    let person = catalogue::user(db, user)?.ok_or_else(problems::quick_gone)?;
    let (known, verifier) = quick::get(db, user)?.ok_or_else(problems::quick_none)?;
    Ok((person, known, verifier))
}

fn left_basket(db: &rusqlite::Connection, task: &TaskState) -> Result<Option<LeftBasket>, Fault> {
    let units: u64 = task.basket.iter().map(|entry| u64::from(entry.units())).sum();
    if units == 0 {
        return Ok(None);
    }
    let owner = match task.owner {
        Some(owner) => catalogue::user(db, owner)?.map_or_else(|| owner.to_string(), |owner| owner.name),
        None => String::new(),
    };
    Ok(Some(LeftBasket { owner, units }))
}
