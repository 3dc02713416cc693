//! Application identifiers: their numbers, their rules, and how to find them at the head of a string.

use core::fmt;

use super::component::Component;
use super::table::TABLE;

/// A GS1 application identifier such as 01 or 8003: two, three or four digits.
///
/// The number alone is enough: the first two digits decide how many follow (GS1 General Specifications 7.8.2), so
/// `01` and `1` cannot both exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ai(pub(super) u16);

impl Ai {
    /// SSCC of the logistic unit.
    pub const SSCC: Self = Self(0);
    /// GTIN of the trade item.
    pub const GTIN: Self = Self(1);
    /// GTIN of the items inside a logistic unit.
    pub const CONTENT: Self = Self(2);
    /// Batch or lot.
    pub const LOT: Self = Self(10);
    /// Production date.
    pub const PRODUCTION_DATE: Self = Self(11);
    /// Packaging date.
    pub const PACKAGING_DATE: Self = Self(13);
    /// Best-before date.
    pub const BEST_BEFORE: Self = Self(15);
    /// Expiry date.
    pub const EXPIRY: Self = Self(17);
    /// Serial number.
    pub const SERIAL: Self = Self(21);
    /// Document.
    pub const GDTI: Self = Self(253);
    /// Coupon.
    pub const GCN: Self = Self(255);
    /// Variable count.
    pub const VARIABLE_COUNT: Self = Self(30);
    /// Count of items in a logistic unit.
    pub const COUNT: Self = Self(37);
    /// Additional identification by the manufacturer.
    pub const ADDITIONAL_ID: Self = Self(240);
    /// Customer part number.
    pub const CUSTOMER_PART: Self = Self(241);
    /// Secondary serial number.
    pub const SECONDARY_SERIAL: Self = Self(250);
    /// GLN extension component.
    pub const EXTENSION: Self = Self(254);
    /// Customer's purchase order number.
    pub const ORDER: Self = Self(400);
    /// Ship to: GLN.
    pub const SHIP_TO: Self = Self(410);
    /// Physical location: GLN.
    pub const LOCATION: Self = Self(414);
    /// Expiry date and time.
    pub const EXPIRY_TIME: Self = Self(7003);
    /// Returnable asset.
    pub const GRAI: Self = Self(8003);
    /// Individual asset.
    pub const GIAI: Self = Self(8004);
    /// Software version.
    pub const SOFTWARE: Self = Self(8012);
    /// Digital signature.
    pub const DIGITAL_SIGNATURE: Self = Self(8030);

    /// Digits in the identifier: 2, 3 or 4.
    pub const fn digits(self) -> usize {
        match self.0 {
            0..=99 => 2,
            100..=999 => 3,
            _ => 4,
        }
    }

    /// The rules of this identifier, when GS1 has given it out.
    pub fn row(self) -> Option<&'static AiRow> {
        bucket(usize::from(self.first_two()))
            .iter()
            .find(|row| row.span.contains(self))
    }

    /// The identifier that is written with these digits and nothing else, whether it is given out or not.
    pub fn from_digits(text: &str) -> Option<Self> {
        let wanted = match text.as_bytes() {
            [b'0', _, _, ..] => return None,
            digits @ ([_, _] | [_, _, _] | [_, _, _, _]) => digits,
            _ => return None,
        };
        wanted.iter().try_fold(Self(0), |ai, byte| {
            byte.is_ascii_digit()
                .then(|| Self(ai.0 * 10 + u16::from(byte - b'0')))
        })
    }

    /// The text behind this identifier, where the text begins with it.
    pub(in crate::carrier) fn strip_from(self, text: &str) -> Option<&str> {
        let (head, rest) = text.split_at_checked(self.digits())?;
        (Self::from_digits(head) == Some(self)).then_some(rest)
    }

    pub(super) const fn first_two(self) -> u16 {
        match self.0 {
            0..=99 => self.0,
            100..=999 => self.0 / 10,
            _ => self.0 / 100,
        }
    }
}

impl fmt::Display for Ai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

/// A range of identifiers, both ends included: `35nn` of the GS1 dictionary is 3500 to 3599.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AiSpan {
    /// The lowest.
    pub low: Ai,
    /// The highest.
    pub high: Ai,
}

impl AiSpan {
    /// Whether the identifier lies in the range.
    pub fn contains(self, ai: Ai) -> bool {
        (self.low..=self.high).contains(&ai)
    }
}

/// Alternatives, one of which must be there in full: `req=01+21,02` is `[[01, 21], [02]]`.
pub type Requirement = &'static [&'static [AiSpan]];

/// Path qualifiers of a Digital Link key: alternatives, each in the order in which they stand in the path, each
/// qualifier optional: `22,10,21|235` is `[[22, 10, 21], [235]]` (GS1 Digital Link: URI Syntax 4.7).
pub type Qualifiers = &'static [&'static [Ai]];

/// All rules of one identifier or of a run of them, one line of the GS1 Barcode Syntax Dictionary.
#[derive(Debug)]
pub struct AiRow {
    /// The identifiers.
    pub span: AiSpan,
    /// GS1's short title as printed beside the bar code.
    pub title: &'static str,
    /// Of predefined length: no separator is needed after it (GS1 General Specifications 7.8.5).
    pub predefined: bool,
    /// The parts of the value, in order. Only the last may vary in length.
    pub components: &'static [Component],
    /// Each of these must hold, over all symbols on the item.
    pub requires: &'static [Requirement],
    /// None of these may occur beside it; it does not exclude itself.
    pub excludes: &'static [AiSpan],
    /// May stand in the query of a Digital Link URI.
    pub in_query: bool,
    /// Primary key of a Digital Link URI, with its qualifiers.
    pub key: Option<Qualifiers>,
}

impl AiRow {
    pub(super) const fn key(self, qualifiers: Qualifiers) -> Self {
        Self {
            key: Some(qualifiers),
            ..self
        }
    }

    pub(super) const fn not_in_query(self) -> Self {
        Self {
            in_query: false,
            ..self
        }
    }

    /// Fewest characters a value may have.
    pub fn min_len(&self) -> usize {
        self.components
            .iter()
            .filter(|c| !c.optional)
            .map(|c| c.min)
            .sum()
    }

    /// Most characters a value may have.
    pub fn max_len(&self) -> usize {
        self.components.iter().map(|c| c.max).sum()
    }
}

/// Where the rows that share their first two digits begin, and how long their identifiers are (0: none known).
struct Index {
    start: [u16; 101],
    digits: [u8; 100],
}

const INDEX: Index = {
    let mut index = Index {
        start: [0; 101],
        digits: [0; 100],
    };
    let mut first_two = 0;
    let mut at = 0;
    while first_two < 100 {
        #[expect(clippy::cast_possible_truncation, reason = "the table has 541 rows at most")]
        let start = at as u16;
        index.start[first_two] = start;
        while at < TABLE.len() && TABLE[at].span.low.first_two() as usize == first_two {
            #[expect(clippy::cast_possible_truncation, reason = "2, 3 or 4")]
            let digits = TABLE[at].span.low.digits() as u8;
            index.digits[first_two] = digits;
            at += 1;
        }
        first_two += 1;
        index.start[first_two] = {
            #[expect(clippy::cast_possible_truncation, reason = "the table has 541 rows at most")]
            let end = at as u16;
            end
        };
    }
    // A row out of order would never be found: better no build.
    assert!(at == TABLE.len(), "the rows are sorted by their text");
    index
};

fn bucket(first_two: usize) -> &'static [AiRow] {
    &TABLE[usize::from(INDEX.start[first_two])..usize::from(INDEX.start[first_two + 1])]
}

/// How many digits an identifier has that begins with these two; `None` where GS1 has given out none yet (General
/// Specifications 7.8.2).
pub(super) fn digits_after(first_two: u16) -> Option<usize> {
    INDEX
        .digits
        .get(usize::from(first_two))
        .map(|digits| usize::from(*digits))
        .filter(|digits| *digits != 0)
}

/// The identifier at the head of `data`, when its first two digits tell how long it is, given out or not.
pub(super) fn ai_at(data: &[u8]) -> Option<Ai> {
    let digit = |at: usize| {
        data.get(at)
            .filter(|b| b.is_ascii_digit())
            .map(|b| u16::from(b - b'0'))
    };
    let first_two = digit(0)? * 10 + digit(1)?;
    match digits_after(first_two)? {
        2 => Some(Ai(first_two)),
        3 => Some(Ai(first_two * 10 + digit(2)?)),
        _ => Some(Ai(first_two * 100 + digit(2)? * 10 + digit(3)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Ai, TABLE, ai_at};

    #[test]
    fn every_row_is_found_by_its_text() {
        let mut all = 0;
        for row in &TABLE {
            for number in row.span.low.0..=row.span.high.0 {
                let ai = ai_at(format!("{}XYZ", Ai(number)).as_bytes()).unwrap();
                assert_eq!(ai, Ai(number));
                assert_eq!(ai.row().unwrap().span, row.span);
                assert_eq!(Ai::from_digits(&ai.to_string()), Some(ai));
                all += 1;
            }
        }
        assert_eq!(all, 541);
    }

    #[test]
    fn rows_of_predefined_length_have_one() {
        for row in TABLE.iter().filter(|row| row.predefined) {
            assert_eq!(row.min_len(), row.max_len(), "({})", row.span.low);
        }
    }

    #[test]
    fn identifiers_of_one_beginning_have_one_length() {
        for pair in TABLE.windows(2) {
            let (last, next) = (pair[0].span.high, pair[1].span.low);
            assert!(last.to_string() < next.to_string());
            if last.first_two() == next.first_two() {
                assert_eq!(last.digits(), next.digits());
            }
        }
    }

    #[test]
    fn unknown_heads_are_unknown() {
        for head in ["18", "1", "", "A1", "0A", "8Z03", "800"] {
            assert!(ai_at(head.as_bytes()).and_then(Ai::row).is_none(), "{head}");
        }
        assert_eq!(ai_at(b"8003"), Some(Ai::GRAI));
        assert_eq!(
            ai_at(b"2361"),
            Some(Ai(236)),
            "not given out, but of known length"
        );
        for text in ["", "1", "001", "12345", "1A", "１２"] {
            assert_eq!(Ai::from_digits(text), None, "{text}");
        }
    }
}
