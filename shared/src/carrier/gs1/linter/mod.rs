//! The checks of a part's content that GS1 calls linters, named as in the GS1 Barcode Syntax Dictionary.

mod account;
mod check;
mod coupon;
mod dates;
mod error;
mod finding;
mod geography;
mod iso;
mod numbers;
mod package;
mod pair;
mod prefix;
mod sequence;
mod sets;
mod times;

pub use error::LinterError;
pub use finding::Finding;
pub use prefix::{PrefixAnswer, PrefixDirectory};

/// Writes the linters down once, each with its name in the dictionary.
macro_rules! linters {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// One check. What each expects and where its finding points is the practice of the GS1 Barcode Syntax
        /// Engine for release 2026-01-27 of its dictionary.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Linter {
            $($(#[$doc])* $variant,)+
        }

        impl Linter {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name in the dictionary.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The linter of that name; `None` for names the dictionary does not use.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

linters! {
    /// Digits.
    Digits = "csetnumeric",
    /// The 39 characters of component part identifiers.
    Cset39 = "cset39",
    /// The 64 characters of file-safe base 64, with `=` at the end where needed.
    Cset64 = "cset64",
    /// The 82 characters of lots and serials.
    Cset82 = "cset82",
    /// The last digit is the modulo-10 check digit.
    CheckDigit = "csum",
    /// The last two characters are the check pair of a model number.
    CheckPair = "csumalpha",
    /// Begins with a company prefix, at least four digits.
    CompanyPrefixFirst = "gcppos1",
    /// The same from the second character on.
    CompanyPrefixSecond = "gcppos2",
    /// Not digits alone.
    NonDigit = "hasnondigit",
    /// A number from 1.
    NonZero = "nonzero",
    /// Zeros only.
    Zero = "zero",
    /// A number that does not begin with 0.
    NoLeadingZero = "nozeroprefix",
    /// A day that exists.
    Day = "yymmdd",
    /// A day that exists, or `00` for the whole month.
    DayOrMonth = "yymmd0",
    /// A day that exists, in a year of four digits.
    LongDay = "yyyymmdd",
    /// The same, or `00` for the whole month.
    LongDayOrMonth = "yyyymmd0",
    /// Hours.
    Hour = "hh",
    /// Minutes.
    Minute = "mi",
    /// Seconds.
    Second = "ss",
    /// Hours and minutes.
    HourMinute = "hhmi",
    /// Number of a piece, and of how many, in equally many digits.
    PieceOfTotal = "pieceoftotal",
    /// `2/3`: a position in a sequence.
    PositionInSequence = "posinseqslash",
    /// Each `%` is followed by two hexadecimal digits.
    PercentEncoding = "pcenc",
    /// The minus sign.
    Hyphen = "hyphen",
    /// 0 for no or 1 for yes.
    YesOrNo = "yesno",
    /// The number of a country.
    Country = "iso3166",
    /// The number of a country, or 999 for several.
    CountryOr999 = "iso3166999",
    /// The two letters of a country.
    CountryLetters = "iso3166alpha2",
    /// The number of a currency.
    Currency = "iso4217",
    /// A biological sex.
    Sex = "iso5218",
    /// A bank account.
    Iban = "iban",
    /// Degrees from the south pole, times 10 million.
    Latitude = "latitude",
    /// Degrees east, times 10 million.
    Longitude = "longitude",
    /// What carries the code.
    MediaType = "mediatype",
    /// A kind of package.
    PackageType = "packagetype",
    /// Winding direction of a roll.
    Winding = "winding",
    /// The importer of tobacco, one character.
    ImporterIndex = "importeridx",
    /// A North American coupon.
    Coupon = "couponcode",
    /// A North American coupon offer file.
    CouponOffer = "couponposoffer",
}

impl Linter {
    /// Checks a part of a value by itself, in time linear in its length.
    pub fn check(self, part: &[u8]) -> Result<(), Finding> {
        self.check_with(part, None)
    }

    /// The same, and asks a directory whether company prefixes exist.
    pub fn check_with(self, part: &[u8], directory: Option<PrefixDirectory<'_>>) -> Result<(), Finding> {
        match self {
            Self::Digits => sets::numeric(part),
            Self::Cset39 => sets::cset39(part),
            Self::Cset64 => sets::cset64(part),
            Self::Cset82 => sets::cset82(part),
            Self::CheckDigit => check::digit(part),
            Self::CheckPair => pair::check_pair(part),
            Self::CompanyPrefixFirst => prefix::first(part, directory),
            Self::CompanyPrefixSecond => prefix::second(part, directory),
            Self::NonDigit => sets::has_non_digit(part),
            Self::NonZero => numbers::non_zero(part),
            Self::Zero => numbers::zero(part),
            Self::NoLeadingZero => numbers::no_leading_zero(part),
            Self::Day => dates::day(part),
            Self::DayOrMonth => dates::day_or_month(part),
            Self::LongDay => dates::long_day(part),
            Self::LongDayOrMonth => dates::long_day_or_month(part),
            Self::Hour => times::hour(part),
            Self::Minute => times::minute(part),
            Self::Second => times::second(part),
            Self::HourMinute => times::hour_minute(part),
            Self::PieceOfTotal => sequence::piece_of_total(part),
            Self::PositionInSequence => sequence::position(part),
            Self::PercentEncoding => geography::percent_encoding(part),
            Self::Hyphen => sets::hyphen(part),
            Self::YesOrNo => numbers::yes_or_no(part),
            Self::Country => iso::country(part),
            Self::CountryOr999 => iso::country_or_999(part),
            Self::CountryLetters => iso::country_letters(part),
            Self::Currency => iso::currency(part),
            Self::Sex => iso::sex(part),
            Self::Iban => account::iban(part),
            Self::Latitude => geography::latitude(part),
            Self::Longitude => geography::longitude(part),
            Self::MediaType => numbers::media_type(part),
            Self::PackageType => package::package_type(part),
            Self::Winding => numbers::winding(part),
            Self::ImporterIndex => sets::importer_index(part),
            Self::Coupon => coupon::code(part, directory),
            Self::CouponOffer => coupon::offer(part, directory),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Linter, LinterError};

    #[test]
    fn every_name_leads_back() {
        for linter in Linter::ALL {
            assert_eq!(Linter::from_name(linter.name()), Some(*linter));
        }
        assert_eq!(Linter::from_name("hhmm"), None);
    }

    #[test]
    fn no_two_errors_share_a_name() {
        let mut codes: Vec<_> = LinterError::ALL.iter().map(|error| error.code()).collect();
        codes.sort_unstable();
        assert!(codes.is_sorted_by(|a, b| a < b));
    }
}
