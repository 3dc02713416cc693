//! The device at the server, and the person at the device.

use rusqlite::Connection;
use sparhund_shared::wire::{Enrol, Refresh, SignIn};

use crate::api::{AlertCode, PersonStanding, Problem, Reply};
use crate::app::App;
use crate::env::{Env, Transport, Vault};
use crate::fault::Fault;
use crate::journal;
use crate::problems;
use crate::quick::people;
use crate::store::session::{AtServer, Session, SignedInBy};
use crate::store::{alert, device, log, quick, session, setting, task};
use crate::sync::{CallError, Reach, Server};

/// How long a session lasts without the network, milliseconds.
pub(crate) const SESSION_MS: i64 = 12 * 3_600_000;

/// The session, if it is not over.
pub(crate) fn must_be_signed_in(db: &Connection, now: i64) -> Result<Session, Fault> {
    let session = session::get(db)?.ok_or_else(problems::not_signed_in)?;
    if now < session.until {
        Ok(session)
    } else {
        Err(problems::session_over().into())
    }
}

/// What a refused enrolment means. What the server says of a field is in English, so only which one it is counts.
fn enrolment_problem(error: CallError) -> Problem {
    if let Some(wait_ms) = error.throttled_ms() {
        return problems::too_many_attempts(wait_ms);
    }
    let is_wrong = |field: &str| matches!(&error, CallError::Refused { fields, .. } if fields.iter().any(|wrong| wrong == field));
    match error {
        CallError::Refused { code, .. } if code == "code-unusable" => problems::enrolment_code(),
        _ if is_wrong("/name") => problems::device_name(),
        _ if is_wrong("/code") => problems::enrolment_code_form(),
        CallError::Transport(error) => problems::enrol_offline(&error),
        other => other.into(),
    }
}

/// The server has the log already, from an earlier enrolment or a change of the key.
fn says_log_is_known(error: &CallError) -> bool {
    matches!(error, CallError::Refused { status: 409, code, .. } if code == "conflict")
}

/// What a refused sign-in means.
fn sign_in_problem(error: CallError) -> Problem {
    if let Some(wait_ms) = error.throttled_ms() {
        return problems::too_many_attempts(wait_ms);
    }
    match error {
        CallError::Refused {
            status: 401, detail, ..
        } => problems::wrong_password(&detail),
        CallError::Transport(error) => problems::sign_in_offline(&error),
        other => other.into(),
    }
}

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// Shows the server a one-time code and this device's key.
    pub(crate) async fn enrol(&self, server: &str, code: &str, name: &str) -> Result<Reply, Problem> {
        let server = server.trim().trim_end_matches('/');
        let called = Server::new(&self.transport, server, None);
        let mut request = self.prepare_enrolment(code, name).await?;
        let mut answer = called.enrol(&request).await;
        if answer.as_ref().is_err_and(says_log_is_known) {
            // It stays shown, so that the next one is of another log.
            request = self.prepare_enrolment(code, name).await?;
            answer = called.enrol(&request).await;
        }
        self.note_contact(answer.as_ref().err())?;
        if answer
            .as_ref()
            .is_err_and(|error| matches!(error, CallError::Refused { .. }) && !says_log_is_known(error))
        {
            // A clear no: the server did not take the log, so it may be shown again.
            self.unshow()?;
        }
        let answer = answer.map_err(enrolment_problem)?;
        self.keep_enrolment(&answer, server, &request.name)?;
        self.due.at_once();
        Ok(self.status()?)
    }

    /// One life = one key = one log: a log the server may know already is never shown to it as a new one.
    async fn prepare_enrolment(&self, code: &str, name: &str) -> Result<Enrol, Fault> {
        self.leave_shown_log()?;
        let (device, key) = self.device_with_key().await?;
        let tx = self.store.begin()?;
        setting::put(&tx, setting::SHOWN_LOG, Some(&device.log))?;
        tx.commit()?;
        Ok(Enrol {
            code: code.trim().to_owned(),
            name: name.trim().to_owned(),
            key: key.public(),
            log: device.log,
        })
    }

    fn leave_shown_log(&self) -> Result<(), Fault> {
        let tx = self.store.begin()?;
        if setting::get(&tx, setting::SHOWN_LOG)? == Some(device::must_get(&tx)?.log) {
            journal::begin_again(&tx, &self.env, None)?;
        }
        tx.commit()?;
        Ok(())
    }

    fn unshow(&self) -> Result<(), Fault> {
        let tx = self.store.begin()?;
        setting::put::<()>(&tx, setting::SHOWN_LOG, None)?;
        tx.commit()?;
        Ok(())
    }

    fn keep_enrolment(
        &self,
        answer: &sparhund_shared::wire::Enrolled,
        server: &str,
        name: &str,
    ) -> Result<(), Fault> {
        let tx = self.store.begin()?;
        device::enrolled(&tx, answer, server, name)?;
        alert::clear(&tx, AlertCode::LogRestarted)?;
        alert::clear(&tx, AlertCode::DeviceRefused)?;
        alert::clear(&tx, AlertCode::KeyLost)?;
        alert::clear(&tx, AlertCode::KeyFailed)?;
        tx.commit()?;
        Ok(())
    }

    pub(crate) async fn sign_in(&self, login: &str, password: String) -> Result<Reply, Problem> {
        let server = self.server_address()?.ok_or_else(problems::not_enrolled)?;
        let request = SignIn {
            login: login.trim().to_owned(),
            password,
        };
        let answer = Server::new(&self.transport, &server, None)
            .sign_in(&request)
            .await;
        self.note_contact(answer.as_ref().err())?;
        let tokens = answer.map_err(sign_in_problem)?;
        let now = self.env.now_ms();
        self.keep_session(&Session {
            user: tokens.user,
            until: now.saturating_add(SESSION_MS),
            by: SignedInBy::Password(AtServer {
                at: now,
                access: tokens.access,
                refresh: tokens.refresh,
            }),
        })?;
        self.due.at_once();
        Ok(self.status()?)
    }

    fn keep_session(&self, session: &Session) -> Result<(), Fault> {
        let tx = self.store.begin()?;
        session::put(&tx, session)?;
        alert::clear(&tx, AlertCode::AccountClosed)?;
        quick::proved(&tx, session.user.id, self.env.now_ms())?;
        // Whoever comes next begins at the list; the basket stays for the one who scanned it.
        if task::current(&tx)?.is_some_and(|task| task.owner != Some(session.user.id)) {
            task::leave(&tx)?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Ends the session here at once; the server is told if it can be reached.
    pub(crate) async fn sign_out(&self) -> Result<Reply, Problem> {
        let ended = self.end_session()?;
        if let Some((server, there)) = self.server_address()?.zip(ended) {
            // Without an answer the token ends by itself; nobody here can do more.
            drop(self.end_at_server(&server, there).await);
        }
        Ok(self.status()?)
    }

    /// Ends the session, unless the server cannot be reached and nobody has a PIN here: then nobody could sign in again, so
    /// the person is asked before [`Command::SignOut`](crate::api::Command::SignOut) is given.
    pub(crate) async fn sign_out_if_online(&self) -> Result<Reply, Problem> {
        let session = session::get(self.store.read()).map_err(Problem::from)?;
        let there = session.and_then(|session| session.at_server().cloned());
        let unreached: Option<String> = match self.server_address()?.zip(there) {
            Some((address, there)) => {
                let answer = self.end_at_server(&address, there).await;
                self.note_contact(answer.as_ref().err())?;
                match answer {
                    Err(CallError::Transport(error)) => Some(error.to_string()),
                    Ok(()) | Err(_) => None,
                }
            }
            // There is nothing to ask the server for.
            None => (!self.reach.get().is_online()).then(|| "it was not reached lately".to_owned()),
        };
        if let Some(reason) = unreached
            && !self.somebody_has_a_pin()?
        {
            return Err(problems::sign_out_offline(&reason));
        }
        self.end_session()?;
        Ok(self.status()?)
    }

    /// Ends this session at the server, and no other.
    async fn end_at_server(&self, address: &str, there: AtServer) -> Result<(), CallError> {
        let server = Server::new(&self.transport, address, Some(there.access));
        let refresh = Refresh {
            refresh: there.refresh,
        };
        server.sign_out(&refresh).await
    }

    fn somebody_has_a_pin(&self) -> Result<bool, Fault> {
        let people = people(self.store.read(), self.env.now_ms())?;
        Ok(people
            .iter()
            .any(|person| person.standing == PersonStanding::Ready))
    }

    /// Ends the session here; what is to be ended at the server comes back.
    fn end_session(&self) -> Result<Option<AtServer>, Fault> {
        let tx = self.store.begin()?;
        let session = session::get(&tx)?;
        session::delete(&tx)?;
        tx.commit()?;
        Ok(session.and_then(|session| session.at_server().cloned()))
    }

    pub(crate) fn server_address(&self) -> Result<Option<String>, Fault> {
        Ok(device::must_get(self.store.read())?.server)
    }

    /// Notes whether the server answered.
    pub(crate) fn note_contact(&self, error: Option<&CallError>) -> Result<(), Fault> {
        let answered = error.is_none_or(CallError::was_answered);
        self.reach
            .set(if answered { Reach::Reached } else { Reach::Away });
        if answered {
            let tx = self.store.begin()?;
            setting::put(&tx, setting::LAST_CONTACT, Some(&self.env.now_ms()))?;
            tx.commit()?;
        }
        Ok(())
    }

    /// Records that wait to be sent.
    pub(crate) fn unsent(&self) -> Result<u64, Fault> {
        log::count_waiting(self.store.read())
    }
}
