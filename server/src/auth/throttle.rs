//! Slows down guessing: few attempts for a name from one address, some more for it from all, in a bounded memory.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use sparhund_shared::log::{DeviceId, Hash};

/// Length of a window, milliseconds.
const WINDOW_MS: i64 = 5 * 60_000;
/// Attempts for one subject from one address in a window.
const PER_SUBJECT: u32 = 5;
/// Attempts from one address in a window, whatever the subject; a hospital may share one address.
const PER_ADDRESS: u32 = 100;
/// Attempts for one subject in a window, wherever they come from: enough that one who guesses from some other addresses
/// does not lock a person out.
const FROM_ANYWHERE: u32 = 50;
/// Requests in a window of a device that may not send any more. It hands over all that may wait in some forty.
const PER_REVOKED: u32 = 120;
/// Windows kept. The oldest go first when there are more.
const CAPACITY: usize = 10_000;

/// Come back later.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("too many attempts; wait {seconds} seconds and try again")]
pub struct Wait {
    /// Until the window ends.
    pub seconds: u32,
}

/// From where, and of what. The subject is kept as a hash, because people type passwords into the field for the name.
/// `None` = from anywhere, or of anything.
type Key = (Option<IpAddr>, Option<Hash>);

#[derive(Clone, Copy, Debug)]
struct Window {
    since: i64,
    attempts: u32,
}

/// Counts attempts.
#[derive(Default, Debug)]
pub struct Throttle(Mutex<HashMap<Key, Window>>);

/// What is guessed at.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// The password of whoever signs in under this name.
    Login(&'a str),
    /// Any enrolment code that is open. It has 60 bits and half an hour, so that nobody hits one from anywhere; a limit for all
    /// addresses together would only let one shut out everybody.
    Enrolment,
}

impl Subject<'_> {
    fn hash(self) -> Hash {
        match self {
            Self::Login(login) => Hash::of("sparhund/throttle/1", login.trim().to_lowercase().as_bytes()),
            // No name hashes to it.
            Self::Enrolment => Hash::of("sparhund/throttle/enrolment/1", b""),
        }
    }

    fn most_from_anywhere(self) -> Option<u32> {
        match self {
            Self::Login(_) => Some(FROM_ANYWHERE),
            Self::Enrolment => None,
        }
    }
}

impl Throttle {
    /// Counts an attempt before it is made, so that many at once cannot slip through.
    pub fn attempt(&self, subject: Subject<'_>, address: IpAddr, now: i64) -> Result<(), Wait> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (address, hash) = (Some(network(address)), Some(subject.hash()));
        count(&mut windows, (address, None), PER_ADDRESS, now)?;
        count(&mut windows, (address, hash), PER_SUBJECT, now)?;
        match subject.most_from_anywhere() {
            Some(most) => count(&mut windows, (None, hash), most, now),
            None => Ok(()),
        }
    }

    /// Counts a request of a device that was revoked, or replaced: what it sends costs work, and nobody waits for it.
    pub fn revoked(&self, device: DeviceId, now: i64) -> Result<(), Wait> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = Hash::of("sparhund/throttle/device/1", device.0.as_bytes());
        count(&mut windows, (None, Some(hash)), PER_REVOKED, now)
    }

    /// Forgets the attempts for a subject that succeeded.
    pub fn succeeded(&self, subject: Subject<'_>, address: IpAddr) {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (address, hash) = (Some(network(address)), Some(subject.hash()));
        windows.remove(&(address, hash));
        for key in [(address, None), (None, hash)] {
            if let Some(window) = windows.get_mut(&key) {
                window.attempts = window.attempts.saturating_sub(1);
            }
        }
    }
}

fn count(windows: &mut HashMap<Key, Window>, key: Key, most: u32, now: i64) -> Result<(), Wait> {
    if windows.len() >= CAPACITY && !windows.contains_key(&key) {
        make_room(windows, now);
    }
    let window = windows.entry(key).or_insert(Window {
        since: now,
        attempts: 0,
    });
    if now - window.since >= WINDOW_MS {
        *window = Window {
            since: now,
            attempts: 0,
        };
    }
    if window.attempts >= most {
        let left = (window.since + WINDOW_MS - now).max(0) / 1000 + 1;
        return Err(Wait {
            seconds: u32::try_from(left).unwrap_or(u32::MAX),
        });
    }
    window.attempts += 1;
    Ok(())
}

/// Ends old windows; if all are new, the older half goes, so that a flood of addresses is sorted once in a while and
/// not at each attempt.
fn make_room(windows: &mut HashMap<Key, Window>, now: i64) {
    windows.retain(|_, window| now - window.since < WINDOW_MS);
    if windows.len() > CAPACITY / 2 {
        let mut since: Vec<i64> = windows.values().map(|window| window.since).collect();
        let (_, median, _) = since.select_nth_unstable(windows.len() / 2);
        let median = *median;
        let mut left = CAPACITY / 2;
        windows.retain(|_, window| {
            let keep = window.since >= median && left > 0;
            left -= usize::from(keep);
            keep
        });
    }
}

/// One subscriber has a whole /64 of IPv6 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn the_sixth_attempt_waits_until_the_window_ends() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(throttle.attempt(Subject::Login("siv"), HERE, 0), Ok(()));
        }
        assert_eq!(
            throttle.attempt(Subject::Login("SIV "), HERE, 60_000),
            Err(Wait { seconds: 241 })
        );
        assert_eq!(throttle.attempt(Subject::Login("bo"), HERE, 60_000), Ok(()));
        assert_eq!(throttle.attempt(Subject::Login("siv"), HERE, WINDOW_MS), Ok(()));
    }

    #[test]
    fn success_gives_the_attempts_back() {
        let throttle = Throttle::default();
        for _ in 0..300 {
            assert_eq!(throttle.attempt(Subject::Login("siv"), HERE, 0), Ok(()));
            throttle.succeeded(Subject::Login("siv"), HERE);
        }
    }

    #[test]
    fn trying_many_names_ends_too() {
        let throttle = Throttle::default();
        let refused = (0..200)
            .filter(|n| throttle.attempt(Subject::Login(&n.to_string()), HERE, 0).is_err())
            .count();
        assert_eq!(refused, 100);
    }

    #[test]
    fn trying_from_many_addresses_ends_too_and_a_few_lock_nobody_out() {
        let throttle = Throttle::default();
        let tries = |from: u32| (0..9).map(move |_| IpAddr::V4(from.into()));
        let mut taken = 0;
        for address in (1..=9).flat_map(tries) {
            taken += u32::from(throttle.attempt(Subject::Login("siv"), address, 0).is_ok());
        }
        assert_eq!(taken, 45, "five from each");
        assert_eq!(throttle.attempt(Subject::Login("siv"), HERE, 0), Ok(()));
        throttle.succeeded(Subject::Login("siv"), HERE);
        for address in (10..=90).flat_map(tries) {
            taken += u32::from(throttle.attempt(Subject::Login("siv"), address, 0).is_ok());
        }
        assert_eq!(taken, FROM_ANYWHERE);
        assert!(
            throttle
                .attempt(Subject::Login("siv"), HERE, WINDOW_MS - 1)
                .is_err()
        );
        assert_eq!(throttle.attempt(Subject::Login("siv"), HERE, WINDOW_MS), Ok(()));
    }

    #[test]
    fn nobody_is_kept_from_enrolling_by_guesses_from_elsewhere_or_by_a_name() {
        let throttle = Throttle::default();
        for n in 1..=200_u32 {
            let _ = throttle.attempt(Subject::Enrolment, IpAddr::V4(n.into()), 0);
        }
        for name in ["enrol", "enrolment", ""] {
            for _ in 0..9 {
                let _ = throttle.attempt(Subject::Login(name), HERE, 0);
            }
        }
        for _ in 0..5 {
            assert_eq!(throttle.attempt(Subject::Enrolment, HERE, 0), Ok(()));
        }
        assert!(
            throttle.attempt(Subject::Enrolment, HERE, 0).is_err(),
            "from one address"
        );
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = Throttle::default();
        for n in 0..3 * u32::try_from(CAPACITY).unwrap() {
            let _ = throttle.attempt(Subject::Login("siv"), IpAddr::V4(n.into()), i64::from(n));
        }
        assert!(throttle.0.lock().unwrap().len() <= CAPACITY + 2);
    }

    #[test]
    fn a_whole_ipv6_network_counts_as_one() {
        let throttle = Throttle::default();
        let address = |host: u128| IpAddr::V6(Ipv6Addr::from_bits((0x2001_0db8 << 96) | host));
        for host in 0..5 {
            assert_eq!(throttle.attempt(Subject::Login("siv"), address(host), 0), Ok(()));
        }
        assert!(throttle.attempt(Subject::Login("siv"), address(9), 0).is_err());
    }
}
