//! The four issuing entities of the EU (Commission Implementing Decision (EU) 2019/939).

use core::fmt;
use core::str::FromStr;

use super::codec::as_checked_text;

/// Who gives out the device identifier, and so whose rules it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agency {
    /// GS1 AISBL: the UDI-DI is a GTIN.
    Gs1,
    /// Health Industry Business Communications Council: LIC, product code and unit of measure.
    Hibcc,
    /// ICCBBA: ISBT 128 for products of human origin.
    Iccbba,
    /// Informationsstelle für Arzneispezialitäten: PPN or HPC.
    Ifa,
}

/// A text that names none of the four agencies.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no issuing agency: use GS1, HIBCC, ICCBBA or IFA")]
pub struct UnknownAgency(pub String);

impl Agency {
    /// All of them, in the order of how often they are met.
    pub const ALL: [Self; 4] = [Self::Gs1, Self::Hibcc, Self::Iccbba, Self::Ifa];

    /// The name as written in records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gs1 => "GS1",
            Self::Hibcc => "HIBCC",
            Self::Iccbba => "ICCBBA",
            Self::Ifa => "IFA",
        }
    }
}

impl fmt::Display for Agency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Agency {
    type Err = UnknownAgency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|a| a.as_str() == text)
            .ok_or_else(|| UnknownAgency(text.into()))
    }
}

as_checked_text!(Agency, "an issuing agency: GS1, HIBCC, ICCBBA or IFA");
