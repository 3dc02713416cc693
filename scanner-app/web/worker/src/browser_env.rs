//! Clock and randomness of the browser.

use jiff::civil::Date;
use sparhund_scanner_core::env::{Env, RandomError};

use crate::lock::describe;
use crate::messages::scope;

/// `crypto.getRandomValues` gives at most this many bytes a call (W3C Web Cryptography API).
const RANDOM_AT_ONCE: usize = 65_536;

/// The browser as the core sees it.
pub struct BrowserEnv;

impl Env for BrowserEnv {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds, below 2^53 for 285 000 years"
    )]
    fn now_ms(&self) -> i64 {
        js_sys::Date::now() as i64
    }

    fn today(&self) -> Date {
        let now = js_sys::Date::new_0();
        // JavaScript counts months from 0. A clock that is off by more than jiff's 9999 years reads as the last day
        // there is: everything has expired then, which stops a scan rather than letting it through.
        let part = |number: u32| i8::try_from(number).unwrap_or(0);
        let year = i16::try_from(now.get_full_year()).unwrap_or(i16::MAX);
        Date::new(year, part(now.get_month() + 1), part(now.get_date())).unwrap_or(Date::MAX)
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        let crypto = scope().crypto().map_err(|e| RandomError(describe(&e)))?;
        for chunk in bytes.chunks_mut(RANDOM_AT_ONCE) {
            crypto
                .get_random_values_with_u8_array(chunk)
                .map_err(|e| RandomError(describe(&e)))?;
        }
        Ok(())
    }

    fn free_bytes(&self) -> Option<u64> {
        crate::room::free_bytes()
    }
}
