//! UDI-DI: which device, at which packaging level.

use core::fmt;
use core::str::FromStr;

use arrayvec::ArrayString;

use super::codec::as_checked_text;
use super::cset::{TextError, check_text};
use super::{Agency, Gtin, NumericKeyError, UnknownAgency};

/// A device identifier with the agency that issued it (MDR Annex VI Part C 1).
///
/// The two are never apart: an IFA code of 14 digits can look like a GTIN. Text: `GS1:07312345678909`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UdiDi {
    agency: Agency,
    code: Code,
}

/// The code of an agency. A GTIN stands in place: the way of a scan asks for no memory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Code {
    /// Of GS1.
    Gtin(ArrayString<14>),
    /// Of any other agency.
    Text(Box<str>),
}

/// Why a text is not a UDI-DI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UdiDiError {
    /// There is no colon between agency and code.
    #[error(
        "a UDI-DI is written as agency, colon, code (GS1:07312345678909), this has no colon: add the agency"
    )]
    NoAgency,
    /// The part before the colon is not an agency.
    #[error(transparent)]
    Agency(#[from] UnknownAgency),
    /// The GTIN is wrong.
    #[error(transparent)]
    Gtin(#[from] NumericKeyError),
    /// The code of another agency is wrong.
    #[error(transparent)]
    Code(#[from] TextError),
}

/// Longest code of an agency other than GS1, in characters; the longest known, IFA's, has 28.
const MOST: usize = 40;

impl UdiDi {
    /// The UDI-DI that is this GTIN.
    pub fn gs1(gtin: Gtin) -> Self {
        let mut code = ArrayString::new();
        for digit in gtin.digits() {
            // Fourteen fit.
            let _ = code.try_push(char::from(digit));
        }
        Self {
            agency: Agency::Gs1,
            code: Code::Gtin(code),
        }
    }

    /// A code of an agency: for GS1 a GTIN of any length, else 1 to 40 printable characters, without lower case but for
    /// ICCBBA.
    pub fn new(agency: Agency, code: &str) -> Result<Self, UdiDiError> {
        if agency == Agency::Gs1 {
            return Ok(Self::gs1(code.parse()?));
        }
        // ISBT 128 tells sets of bags and cartons apart from single ones by a small letter.
        let small_letters = agency == Agency::Iccbba;
        check_text("device identifier", code, MOST, |b| {
            b.is_ascii_graphic() && (small_letters || !b.is_ascii_lowercase())
        })?;
        Ok(Self {
            agency,
            code: Code::Text(code.into()),
        })
    }

    /// Who issued it.
    pub fn agency(&self) -> Agency {
        self.agency
    }

    /// The code without the agency; for GS1 always 14 digits.
    pub fn code(&self) -> &str {
        match &self.code {
            Code::Gtin(digits) => digits,
            Code::Text(text) => text,
        }
    }

    /// The GTIN, when GS1 issued it.
    pub fn as_gtin(&self) -> Option<Gtin> {
        if self.agency == Agency::Gs1 {
            self.code().parse().ok()
        } else {
            None
        }
    }
}

impl From<Gtin> for UdiDi {
    fn from(gtin: Gtin) -> Self {
        Self::gs1(gtin)
    }
}

impl fmt::Display for UdiDi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.agency, self.code())
    }
}

impl FromStr for UdiDi {
    type Err = UdiDiError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (agency, code) = text.split_once(':').ok_or(UdiDiError::NoAgency)?;
        Self::new(agency.parse()?, code)
    }
}

as_checked_text!(UdiDi, "a UDI-DI: agency, colon, code, such as GS1:07312345678909");

#[cfg(test)]
mod tests {
    use super::{Agency, UdiDi, UdiDiError};

    #[test]
    fn the_agency_is_part_of_the_identity() {
        let gs1: UdiDi = "GS1:7032069804988".parse().unwrap();
        assert_eq!(gs1.to_string(), "GS1:07032069804988");
        assert_eq!(gs1.as_gtin().unwrap().to_string(), "07032069804988");
        let ifa = UdiDi::new(Agency::Ifa, "07032069804988").unwrap();
        assert_ne!(gs1, ifa);
        assert_eq!(ifa.as_gtin(), None);
        assert_eq!(ifa.to_string().parse::<UdiDi>().unwrap(), ifa);
    }

    #[test]
    fn wrong_texts_are_told_apart() {
        assert_eq!("07032069804988".parse::<UdiDi>(), Err(UdiDiError::NoAgency));
        assert!(matches!("GSI:1".parse::<UdiDi>(), Err(UdiDiError::Agency(_))));
        assert!(matches!("GS1:1".parse::<UdiDi>(), Err(UdiDiError::Gtin(_))));
        assert!(matches!("HIBCC:a123".parse::<UdiDi>(), Err(UdiDiError::Code(_))));
        assert!("ICCBBA:yTE123456A".parse::<UdiDi>().is_ok(), "a set of bags");
    }
}
