//! The data structures: identifier, length, content.

use core::fmt;

use jiff::civil::Date;

use super::check::mod_37_2;
use super::date::IsbtDate;
use super::error::Isbt128Fault;

/// One data structure with its value as scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isbt128Structure<'a> {
    /// `=/` device identifier [034].
    Device(ProcessorDi<'a>),
    /// `=` donation identification number [001].
    Donation(Din<'a>),
    /// `=,` serial or division number [032], 6 characters.
    Serial(&'a str),
    /// `=>` or, with a time, `&>` expiry [004, 005]; `=]` a month [026].
    Expiry(IsbtDate<'a>),
    /// `=}` or, with a time, `&}` production date [008, 009].
    Made(IsbtDate<'a>),
    /// `&,1` lot of the processor [035], 18 characters, filled with zeros from the left.
    Lot(&'a str),
    /// `=)` manufacturer and catalogue number of a blood container [017], 10 characters.
    Container(&'a str),
    /// `&)` lot of a blood container [018], 10 characters.
    ContainerLot(&'a str),
    /// `=<` product code [003], 8 characters.
    ProductCode(&'a str),
    /// `=%` blood groups [002], 4 characters.
    BloodGroups(&'a str),
    /// `&,4` Single European Code [038], 40 characters.
    SingleEuropeanCode(&'a str),
}

/// The device identifier [034]: who processed it, which product, and its description code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessorDi<'a>(&'a str);

impl<'a> ProcessorDi<'a> {
    /// The UDI-DI, 16 characters.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// Facility identification number of the processor, 5 characters.
    pub fn processor(self) -> &'a str {
        &self.0[..5]
    }

    /// Product code of the facility, 6 characters.
    pub fn facility_product(self) -> &'a str {
        &self.0[5..11]
    }

    /// Product description code, 5 characters.
    pub fn description(self) -> &'a str {
        &self.0[11..]
    }
}

/// The donation identification number [001] with its flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Din<'a>(&'a str);

impl<'a> Din<'a> {
    /// The number, 13 characters: facility, year, sequence.
    pub fn as_str(self) -> &'a str {
        &self.0[..13]
    }

    /// The two flags, digits or letters.
    pub fn flags(self) -> &'a str {
        &self.0[13..]
    }

    /// Whether the flags agree with the number, where they carry its check (60 to 96).
    pub fn check_holds(self) -> Option<bool> {
        let flags: u8 = self
            .flags()
            .parse()
            .ok()
            .filter(|flags| (60..=96).contains(flags))?;
        Some(mod_37_2(self.as_str())? + 60 == flags)
    }
}

/// What a character of a value may be.
#[derive(Clone, Copy)]
enum Set {
    /// 0–9.
    Digit,
    /// A–Z, 0–9.
    Alphanumeric,
    /// A–Z, a–z, 0–9.
    AnyCase,
    /// A–Z, 0–9 without O.
    Facility,
    /// First character of a facility that collects: neither O nor 0.
    FacilityFirst,
    /// Flags of a donation: letters that no digit is taken for, without Z.
    Flag,
    /// Place of a container in its set: A–Z, 0–9; `y` the set, `z` the carton.
    Container,
}

impl Set {
    fn holds(self, byte: u8) -> bool {
        match self {
            Self::Digit => byte.is_ascii_digit(),
            Self::Alphanumeric => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::AnyCase => byte.is_ascii_alphanumeric(),
            Self::Facility => Self::Alphanumeric.holds(byte) && byte != b'O',
            Self::FacilityFirst => Self::Facility.holds(byte) && byte != b'0',
            Self::Flag => Self::Alphanumeric.holds(byte) && !matches!(byte, b'I' | b'O' | b'Q' | b'Z'),
            Self::Container => Self::Alphanumeric.holds(byte) || matches!(byte, b'y' | b'z'),
        }
    }
}

/// The facility that processes may begin with 0 (ICCBBA ST-017, 2.1).
const DEVICE: [(usize, Set); 2] = [(5, Set::Facility), (11, Set::Alphanumeric)];
/// The type of donation and the second division may be small letters (ST-001, data structure 003).
const PRODUCT: [(usize, Set); 4] = [
    (5, Set::Alphanumeric),
    (1, Set::AnyCase),
    (1, Set::Alphanumeric),
    (1, Set::AnyCase),
];
/// Facility of five characters, year, sequence; flags.
const DONATION: [(usize, Set); 4] = [
    (1, Set::FacilityFirst),
    (2, Set::Facility),
    (10, Set::Digit),
    (2, Set::Flag),
];
const CONTAINER: [(usize, Set); 2] = [(1, Set::Container), (9, Set::Alphanumeric)];
/// ABO and `RhD` may be a small letter.
const BLOOD_GROUPS: [(usize, Set); 2] = [(2, Set::AnyCase), (2, Set::Alphanumeric)];

/// Where in the text that was given, counted from 0, and which rule.
pub(super) type Wrong = (usize, Isbt128Fault);

impl<'a> Isbt128Structure<'a> {
    /// Takes one structure off the head of `text`, which is ASCII.
    pub(super) fn take(text: &'a str, today: Date) -> Result<(Self, &'a str), Wrong> {
        use Isbt128Structure as S;
        let text_of =
            |identifier: usize, length: usize| value(text, identifier, &[(length, Set::Alphanumeric)]);
        let date_of = |length: usize| {
            let (digits, rest) = value(text, 2, &[(length, Set::Digit)])?;
            let date = IsbtDate::read(digits, today).ok_or((2, Isbt128Fault::Date))?;
            Ok((date, rest))
        };
        Ok(match text.as_bytes() {
            [b'=', b'/', ..] => map(value(text, 2, &DEVICE)?, |di| S::Device(ProcessorDi(di))),
            [b'=', b',', ..] => map(text_of(2, 6)?, S::Serial),
            [b'=', b'>', ..] => map(date_of(6)?, S::Expiry),
            [b'&', b'>', ..] => map(date_of(10)?, S::Expiry),
            [b'=', b']', ..] => {
                let (digits, rest) = value(text, 2, &[(6, Set::Digit)])?;
                let date = IsbtDate::read_month(digits).ok_or((2, Isbt128Fault::Date))?;
                (S::Expiry(date), rest)
            }
            [b'=', b'}', ..] => map(date_of(6)?, S::Made),
            [b'&', b'}', ..] => map(date_of(10)?, S::Made),
            [b'&', b',', b'1', ..] => map(text_of(3, 18)?, S::Lot),
            [b'&', b',', b'4', ..] => map(text_of(3, 40)?, S::SingleEuropeanCode),
            [b'=', b')', ..] => map(value(text, 2, &CONTAINER)?, S::Container),
            [b'&', b')', ..] => map(text_of(2, 10)?, S::ContainerLot),
            [b'=', b'<', ..] => map(value(text, 2, &PRODUCT)?, S::ProductCode),
            [b'=', b'%', ..] => map(value(text, 2, &BLOOD_GROUPS)?, S::BloodGroups),
            [b'=', b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9', ..] => {
                map(value(text, 1, &DONATION)?, |din| S::Donation(Din(din)))
            }
            _ => return Err((0, Isbt128Fault::UnknownIdentifier)),
        })
    }

    /// The number of the data structure in the standard.
    pub fn number(&self) -> &'static str {
        match self {
            Self::Donation(_) => "001",
            Self::BloodGroups(_) => "002",
            Self::ProductCode(_) => "003",
            Self::Expiry(date) if date.is_month() => "026",
            Self::Expiry(date) if date.time().is_none() => "004",
            Self::Expiry(_) => "005",
            Self::Made(date) if date.time().is_none() => "008",
            Self::Made(_) => "009",
            Self::Container(_) => "017",
            Self::ContainerLot(_) => "018",
            Self::Serial(_) => "032",
            Self::Device(_) => "034",
            Self::Lot(_) => "035",
            Self::SingleEuropeanCode(_) => "038",
        }
    }

    /// Identifier and value.
    pub(in crate::carrier) fn parts(&self) -> (&'static str, &'a str) {
        match self {
            Self::Device(di) => ("=/", di.0),
            Self::Donation(din) => ("=", din.0),
            Self::Serial(text) => ("=,", text),
            Self::Expiry(date) if date.is_month() => ("=]", date.digits()),
            Self::Expiry(date) => (if date.time().is_none() { "=>" } else { "&>" }, date.digits()),
            Self::Made(date) => (if date.time().is_none() { "=}" } else { "&}" }, date.digits()),
            Self::Lot(text) => ("&,1", text),
            Self::Container(text) => ("=)", text),
            Self::ContainerLot(text) => ("&)", text),
            Self::ProductCode(text) => ("=<", text),
            Self::BloodGroups(text) => ("=%", text),
            Self::SingleEuropeanCode(text) => ("&,4", text),
        }
    }
}

fn map<T, U>((value, rest): (T, &str), make: impl FnOnce(T) -> U) -> (U, &str) {
    (make(value), rest)
}

/// The characters after the identifier, checked part by part, and the rest of the text.
fn value<'a>(text: &'a str, identifier: usize, parts: &[(usize, Set)]) -> Result<(&'a str, &'a str), Wrong> {
    let mut at = identifier;
    for (length, set) in parts {
        for _ in 0..*length {
            let byte = *text.as_bytes().get(at).ok_or((at, Isbt128Fault::CutOff))?;
            // What begins another value shows that the end of this one is missing.
            if matches!(byte, b'=' | b'&') {
                return Err((at, Isbt128Fault::CutOff));
            }
            if !set.holds(byte) {
                let fault = if byte.is_ascii_lowercase() {
                    Isbt128Fault::LowerCase
                } else {
                    Isbt128Fault::Character(char::from(byte))
                };
                return Err((at, fault));
            }
            at += 1;
        }
    }
    Ok((&text[identifier..at], &text[at..]))
}

impl fmt::Display for Isbt128Structure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (identifier, value) = self.parts();
        write!(f, "{identifier}{value}")
    }
}
