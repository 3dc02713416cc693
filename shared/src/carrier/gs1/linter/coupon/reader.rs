//! Takes a coupon apart, field by field.

use super::super::prefix::{self, PrefixDirectory};
use super::super::{Finding, LinterError, sets};

/// Digits that are not read yet.
pub struct Reader<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Begins; all must be digits.
    pub fn new(all: &'a [u8]) -> Result<Self, Finding> {
        sets::numeric(all)?;
        Ok(Self { all, at: 0 })
    }

    /// Where the next digit stands.
    pub fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a [u8] {
        &self.all[self.at..]
    }

    /// When nothing is left there is nothing to point at but all of it.
    fn missing(&self, error: LinterError) -> Finding {
        match self.rest() {
            [] => Finding::whole(error, self.all),
            rest => Finding::whole(error, rest).moved(self.at),
        }
    }

    /// One digit.
    pub fn digit(&mut self, missing: LinterError) -> Result<u8, Finding> {
        let digit = self.rest().first().ok_or_else(|| self.missing(missing))?;
        self.at += 1;
        Ok(digit - b'0')
    }

    /// One digit of those that are allowed.
    pub fn digit_of(
        &mut self,
        allowed: &[u8],
        missing: LinterError,
        invalid: LinterError,
    ) -> Result<u8, Finding> {
        let digit = self.digit(missing)?;
        if allowed.contains(&digit) {
            Ok(digit)
        } else {
            Err(Finding::new(invalid, self.at - 1, 1))
        }
    }

    /// That many digits.
    pub fn take(&mut self, count: usize, truncated: LinterError) -> Result<&'a [u8], Finding> {
        let taken = self.rest().get(..count).ok_or_else(|| self.missing(truncated))?;
        self.at += count;
        Ok(taken)
    }

    /// A company prefix (or a location) of that many digits.
    pub fn company(
        &mut self,
        count: usize,
        truncated: LinterError,
        directory: Option<PrefixDirectory<'_>>,
    ) -> Result<(), Finding> {
        let start = self.at;
        let company = self.take(count, truncated)?;
        prefix::first(company, directory).map_err(|finding| finding.moved(start))
    }

    /// Whether the optional field of that number comes next.
    pub fn field(&mut self, number: u8) -> bool {
        let comes = self.rest().first() == Some(&(b'0' + number));
        self.at += usize::from(comes);
        comes
    }

    /// Nothing may be left.
    pub fn end(&self) -> Result<(), Finding> {
        match self.rest() {
            [] => Ok(()),
            _ => Err(self.missing(LinterError::CouponExcessData)),
        }
    }
}
