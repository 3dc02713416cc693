//! What an HIBC scan says.

use core::fmt;

use super::date::HibcDate;
use super::error::{HibcError, HibcFault};
use super::field::HibcField;
use crate::identity::Precision;

/// The primary data: which device at which packaging level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HibcPrimary<'a> {
    // Invariant: ASCII; a letter and 3 letters or digits, 1 to 18 letters or digits, one digit.
    di: &'a str,
}

impl<'a> HibcPrimary<'a> {
    pub(super) fn read(di: &'a str) -> Option<Self> {
        let bytes = di.as_bytes();
        let alphanumeric = bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let fits = (6..=23).contains(&bytes.len())
            && alphanumeric
            && bytes[0].is_ascii_uppercase()
            && bytes[bytes.len() - 1].is_ascii_digit();
        fits.then_some(Self { di })
    }

    /// The UDI-DI: labeler, product code and packaging level, 6 to 23 characters.
    pub fn di(&self) -> &'a str {
        self.di
    }

    /// Labeler identification code (LIC), 4 characters.
    pub fn labeler(&self) -> &'a str {
        &self.di[..4]
    }

    /// Product or catalogue number (PCN), 1 to 18 characters.
    pub fn product(&self) -> &'a str {
        &self.di[4..self.di.len() - 1]
    }

    /// Unit of measure: 0 the unit of use, 1 to 8 packaging levels, 9 a package of varying quantity.
    pub fn unit_of_measure(&self) -> u8 {
        self.di.as_bytes()[self.di.len() - 1] - b'0'
    }
}

/// One symbol of a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HibcSymbol<'a> {
    pub(super) fields: Vec<HibcField<'a>>,
    pub(super) link: Option<char>,
    /// `None` where the label seems to have none.
    pub(super) check: Option<char>,
}

/// A read HIBC scan. `Display` writes it back in the scanned form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HibcCode<'a> {
    primary: Option<HibcPrimary<'a>>,
    // Invariant: at least one; the primary stands in the first.
    symbols: Vec<HibcSymbol<'a>>,
}

impl<'a> HibcCode<'a> {
    pub(super) fn new(
        primary: Option<HibcPrimary<'a>>,
        symbols: Vec<HibcSymbol<'a>>,
    ) -> Result<Self, HibcError> {
        let code = Self { primary, symbols };
        if code.contradicts_itself() {
            Err(HibcError::at(1, HibcFault::Repeated))
        } else {
            Ok(code)
        }
    }

    fn contradicts_itself(&self) -> bool {
        let one = |of: fn(&HibcField<'a>) -> Option<&'a str>| all_equal(self.fields().filter_map(of));
        let mut expiries = self.fields().filter_map(HibcField::expiry);
        let one_expiry = expiries
            .next()
            .is_none_or(|first| expiries.all(|other| agree(first, other)));
        let one_made = all_equal(self.fields().filter_map(HibcField::made).map(|date| date.date()));
        let one_quantity = all_equal(
            self.fields()
                .filter_map(HibcField::quantity)
                .map(str::parse::<u32>),
        );
        let one_text = one(HibcField::lot) && one(HibcField::serial) && one_quantity;
        !(one_text && one_expiry && one_made)
    }

    /// The device; `None` for a secondary symbol alone, which waits for its primary.
    pub fn primary(&self) -> Option<HibcPrimary<'a>> {
        self.primary
    }

    /// All fields in the order of the label.
    pub fn fields(&self) -> impl Iterator<Item = &HibcField<'a>> {
        self.symbols.iter().flat_map(|symbol| &symbol.fields)
    }

    /// The link character of a secondary symbol that stands alone: the check character its primary symbol has.
    pub fn link(&self) -> Option<char> {
        self.symbols.first().and_then(|symbol| symbol.link)
    }

    /// The check character of the first symbol.
    pub fn check(&self) -> Option<char> {
        self.symbols.first().and_then(|symbol| symbol.check)
    }

    /// Lot.
    pub fn lot(&self) -> Option<&'a str> {
        self.fields().find_map(HibcField::lot)
    }

    /// Serial.
    pub fn serial(&self) -> Option<&'a str> {
        self.fields().find_map(HibcField::serial)
    }

    /// Expiry; of two that agree the more precise one.
    pub fn expiry(&self) -> Option<HibcDate<'a>> {
        self.fields().filter_map(HibcField::expiry).reduce(|one, other| {
            if is_day(one) && one.hour() >= other.hour() {
                one
            } else {
                other
            }
        })
    }

    /// Production date.
    pub fn made(&self) -> Option<HibcDate<'a>> {
        self.fields().find_map(HibcField::made)
    }

    /// Quantity in the package.
    pub fn quantity(&self) -> Option<u32> {
        self.fields().find_map(HibcField::quantity)?.parse().ok()
    }
}

fn is_day(date: HibcDate<'_>) -> bool {
    date.date().is_some_and(|date| date.precision() == Precision::Day)
}

/// Whether two expiries of one label can both be right: a month and a day in it, or the same day and hour.
fn agree(one: HibcDate<'_>, other: HibcDate<'_>) -> bool {
    if one
        .hour()
        .zip(other.hour())
        .is_some_and(|(one, other)| one != other)
    {
        return false;
    }
    let (Some(one), Some(other)) = (one.date(), other.date()) else {
        return true;
    };
    let (one_day, other_day) = (one.last_usable_day(), other.last_usable_day());
    one == other
        || (one.precision() != other.precision()
            && (one_day.year(), one_day.month()) == (other_day.year(), other_day.month()))
}

fn all_equal<T: PartialEq>(mut values: impl Iterator<Item = T>) -> bool {
    values
        .next()
        .is_none_or(|first| values.all(|value| value == first))
}

impl fmt::Display for HibcCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut primary = self.primary;
        for symbol in &self.symbols {
            f.write_str("+")?;
            let mut separator = "";
            if let Some(primary) = primary.take() {
                f.write_str(primary.di())?;
                separator = "/";
            }
            for field in &symbol.fields {
                write!(f, "{separator}{field}")?;
                separator = "/";
            }
            if let Some(link) = symbol.link {
                write!(f, "{link}")?;
            }
            if let Some(check) = symbol.check {
                write!(f, "{check}")?;
            }
        }
        Ok(())
    }
}
