//! How often and how fast PINs may be tried.

use crate::api::{PersonStanding, PersonView};
use crate::store::quick::QuickUser;
use sparhund_shared::reference::User;

/// Wrong PINs in a row that lock.
const TRIES: u32 = 5;

/// How long nobody is heard after so many wrong ones, milliseconds.
const PAUSES_MS: [i64; TRIES as usize] = [0, 1_000, 2_000, 5_000, 15_000];

const DAY_MS: i64 = 86_400_000;

/// So long after a sign-in by password a PIN is enough: whoever has left is heard of by then, also on a device that
/// has no network.
pub(super) const PASSWORD_MS: i64 = 14 * DAY_MS;

impl QuickUser {
    pub(super) fn standing(&self, now: i64) -> PersonStanding {
        // A day back: the clock was set right. More: it was set wrong, and nobody knows how long ago it is.
        let since = now.saturating_sub(self.password_at);
        if self.wrong >= TRIES {
            PersonStanding::Locked
        } else if (-DAY_MS..PASSWORD_MS).contains(&since) {
            PersonStanding::Ready
        } else {
            PersonStanding::PasswordDue
        }
    }

    pub(super) fn tries_left(&self) -> u32 {
        TRIES.saturating_sub(self.wrong)
    }

    /// Milliseconds until the next try is heard.
    pub(super) fn wait_ms(&self, now: i64) -> i64 {
        let left = self.pause_until().map_or(0, |until| until.saturating_sub(now));
        left.clamp(0, self.pause_ms())
    }

    /// The clock stands before the last try, so it was set back since: the pause begins anew instead of never to end.
    pub(super) fn clock_went_back(&self, now: i64) -> bool {
        self.tried_at.is_some_and(|at| now < at)
    }

    fn pause_until(&self) -> Option<i64> {
        self.tried_at.map(|at| at.saturating_add(self.pause_ms()))
    }

    fn pause_ms(&self) -> i64 {
        let wrong = usize::try_from(self.wrong).unwrap_or(usize::MAX);
        PAUSES_MS.get(wrong).copied().unwrap_or(0)
    }

    pub(super) fn view(&self, user: User, now: i64) -> PersonView {
        let wait = self.wait_ms(now);
        PersonView {
            id: user.id,
            login: user.login,
            name: user.name,
            standing: self.standing(now),
            tries_left: self.tries_left(),
            // The same moment however often it is asked.
            wait_until: self.pause_until().filter(|_| wait > 0),
            badge: self.has_badge,
        }
    }
}
