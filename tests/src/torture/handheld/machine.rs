//! The machine of a simulated device: its clock is as wrong as it is told to be.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sparhund_scanner_core::env::{Env, RandomError};

/// Clock and randomness.
#[derive(Clone, Debug)]
pub struct Machine(Arc<AtomicI64>);

impl Machine {
    /// A clock so many milliseconds ahead of the true time.
    pub fn ahead_by(ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(ms)))
    }

    /// Sets it anew.
    pub fn set(&self, ms: i64) {
        self.0.store(ms, Ordering::Relaxed);
    }

    fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.0.load(Ordering::Relaxed));
        Timestamp::now().checked_add(ahead).expect("a time near now")
    }
}

impl Env for Machine {
    fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }

    fn today(&self) -> Date {
        self.now().to_zoned(TimeZone::UTC).date()
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(bytes).map_err(|error| RandomError(error.to_string()))
    }
}
