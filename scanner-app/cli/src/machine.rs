//! The machine the core runs on: clock, calendar, randomness, and a way to wait.

use std::path::PathBuf;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::civil::Date;
use sparhund_scanner_core::env::{Env, RandomError};

/// A Linux machine.
#[derive(Default)]
pub struct Machine {
    /// Where the store lies; `None` when it lies in memory.
    pub data: Option<PathBuf>,
}

impl Env for Machine {
    fn now_ms(&self) -> i64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .ok()
            .and_then(|since| i64::try_from(since.as_millis()).ok())
            .unwrap_or(0)
    }

    fn today(&self) -> Date {
        jiff::Zoned::now().date()
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(bytes).map_err(|error| RandomError(error.to_string()))
    }

    #[cfg(unix)]
    fn free_bytes(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(self.data.as_ref()?).ok()?;
        disk.f_bavail.checked_mul(disk.f_frsize)
    }
}

/// Runs a future to its end. The transport of this client blocks by itself, so a future is ready when it is asked.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        std::thread::yield_now();
    }
}
