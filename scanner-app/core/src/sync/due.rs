//! When to synchronise: at the start, after reconnecting, soon after booking, and by a timer that backs off.

use std::cell::Cell;

/// Between two syncs that went well, milliseconds.
const CALM_MS: i64 = 60_000;
/// After something was booked.
const SOON_MS: i64 = 1_500;
/// After the first failure; doubled with each further one.
const RETRY_MS: i64 = 5_000;
/// Longest pause.
const LONGEST_MS: i64 = 300_000;

/// The timer.
#[derive(Debug, Default)]
pub(crate) struct Due {
    /// Device clock; 0 = at once.
    next: Cell<i64>,
    failures: Cell<u32>,
}

impl Due {
    pub(crate) fn is_due(&self, now: i64) -> bool {
        // A clock that was set back must not silence the device for longer than the longest pause.
        now >= self.next.get() || self.next.get() - now > 2 * LONGEST_MS
    }

    /// There is a network again.
    pub(crate) fn at_once(&self) {
        self.next.set(0);
        self.failures.set(0);
    }

    /// Something waits to be sent. A pause after failures is kept: the network does not get better by booking.
    pub(crate) fn soon(&self, now: i64) {
        if self.failures.get() == 0 {
            self.next.set(self.next.get().min(now + SOON_MS));
        }
    }

    pub(crate) fn went_well(&self, now: i64, jitter: u8) {
        self.failures.set(0);
        self.next.set(now + spread(CALM_MS, jitter));
    }

    /// `wait_ms`: what the server asked for at least.
    pub(crate) fn failed(&self, now: i64, jitter: u8, wait_ms: i64) {
        let pause = RETRY_MS
            .saturating_mul(1 << self.failures.get().min(6))
            .min(LONGEST_MS);
        self.failures.set(self.failures.get().saturating_add(1));
        self.next
            .set(now + spread(pause, jitter).max(wait_ms.min(LONGEST_MS)));
    }
}

/// Between three quarters and all of it, so that a ward full of devices does not call at the same moment.
fn spread(pause: i64, jitter: u8) -> i64 {
    pause - pause / 4 * i64::from(jitter) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let due = Due::default();
        assert!(due.is_due(1_000), "at the start");
        let mut now = 1_000;
        let mut last = 0;
        for _ in 0..10 {
            due.failed(now, 0, 0);
            let pause = due.next.get() - now;
            assert!(pause >= last && pause <= LONGEST_MS);
            assert!(!due.is_due(now + pause - 1) && due.is_due(now + pause));
            last = pause;
            now += pause;
        }
        assert_eq!(last, LONGEST_MS);
        due.at_once();
        assert!(due.is_due(now), "after reconnecting");
        due.went_well(now, 255);
        assert!(!due.is_due(now + 44_000) && due.is_due(now + 46_000));
        due.soon(now);
        assert!(due.is_due(now + SOON_MS));
    }

    #[test]
    fn the_server_may_ask_for_more() {
        let due = Due::default();
        due.failed(0, 255, 60_000);
        assert!(!due.is_due(59_999) && due.is_due(60_000));
    }

    #[test]
    fn a_clock_set_back_does_not_silence() {
        let due = Due::default();
        due.went_well(1_000_000_000, 0);
        assert!(due.is_due(1_000));
    }
}
