//! Who is signed in. Kept in memory: whoever restarts the service signs everybody out.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use sparhund_shared::log::Hash;

use crate::ops::{NoRandomness, random_bytes};

/// How long a session lasts.
const LASTS_MS: i64 = 30 * 60_000;
/// Most sessions; the one that ends first makes room.
const MOST: usize = 1_000;

/// Sessions by the hash of their token.
#[derive(Default)]
pub(super) struct Sessions(Mutex<HashMap<Hash, (String, i64)>>);

impl Sessions {
    /// Begins one: its token, and until when.
    pub(super) fn begin(&self, login: &str, now: i64) -> Result<(String, i64), NoRandomness> {
        let token = Hash(random_bytes()?).to_string();
        let until = now + LASTS_MS;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (_, until)| *until > now);
        if kept.len() >= MOST
            && let Some(first) = kept
                .iter()
                .min_by_key(|(_, (_, until))| *until)
                .map(|(hash, _)| *hash)
        {
            kept.remove(&first);
        }
        kept.insert(hash(&token), (login.to_owned(), until));
        Ok((token, until))
    }

    /// Whose it is.
    pub(super) fn login(&self, token: &str, now: i64) -> Option<String> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (login, until) = kept.get(&hash(token))?;
        (*until > now).then(|| login.clone())
    }

    /// Ends it.
    pub(super) fn end(&self, token: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(&hash(token));
    }
}

fn hash(token: &str) -> Hash {
    Hash::of("sparhund/patient-link-session/1", token.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_time_and_by_word() {
        let sessions = Sessions::default();
        let (token, until) = sessions.begin("siv", 0).unwrap();
        assert_eq!(sessions.login(&token, until - 1).as_deref(), Some("siv"));
        assert_eq!(sessions.login(&token, until), None);
        assert_eq!(sessions.login("other", 0), None);
        sessions.end(&token);
        assert_eq!(sessions.login(&token, 0), None);
    }
}
