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

    /// Digits in the identifier: 2, 3 or 4.
    pub const fn digits(self) -> usize {
        match self.0 {
            0..=99 => 2,
            100..=999 => 3,
            _ => 4,
        }
    }

    /// The rules of this identifier, when it is in the table.
    pub fn row(self) -> Option<&'static AiRow> {
        bucket(self.first_two()).iter().find(|row| row.ai == self)
    }

    pub(super) const fn first_two(self) -> usize {
        (match self.0 {
            0..=99 => self.0,
            100..=999 => self.0 / 10,
            _ => self.0 / 100,
        }) as usize
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

/// All rules of one identifier, one line of the GS1 Barcode Syntax Dictionary.
#[derive(Debug)]
pub struct AiRow {
    /// The identifier.
    pub ai: Ai,
    /// GS1's short title as printed beside the bar code.
    pub title: &'static str,
    /// Of predefined length: no separator is needed after it (GS1 General Specifications 7.8.5).
    pub predefined: bool,
    /// The parts of the value, in order. Only the last may vary in length.
    pub components: &'static [Component],
    /// Each of these must hold, over all symbols on the item.
    pub requires: &'static [Requirement],
    /// None of these may occur beside it.
    pub excludes: &'static [AiSpan],
}

impl AiRow {
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
        while at < TABLE.len() && TABLE[at].ai.first_two() == first_two {
            #[expect(clippy::cast_possible_truncation, reason = "2, 3 or 4")]
            let digits = TABLE[at].ai.digits() as u8;
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

/// The row whose identifier stands at the head of `data`.
pub(super) fn row_at(data: &[u8]) -> Option<&'static AiRow> {
    let digit = |at: usize| {
        data.get(at)
            .filter(|b| b.is_ascii_digit())
            .map(|b| u16::from(b - b'0'))
    };
    let first_two = digit(0)? * 10 + digit(1)?;
    let ai = match INDEX.digits[usize::from(first_two)] {
        2 => Ai(first_two),
        3 => Ai(first_two * 10 + digit(2)?),
        4 => Ai(first_two * 100 + digit(2)? * 10 + digit(3)?),
        _ => return None,
    };
    bucket(usize::from(first_two)).iter().find(|row| row.ai == ai)
}

#[cfg(test)]
mod tests {
    use super::{Ai, TABLE, row_at};

    #[test]
    fn every_row_is_found_by_its_text() {
        for row in &TABLE {
            let found = row_at(format!("{}XYZ", row.ai).as_bytes()).unwrap();
            assert_eq!(found.ai, row.ai);
            assert_eq!(row.ai.row().unwrap().title, row.title);
        }
    }

    #[test]
    fn rows_of_predefined_length_have_one() {
        for row in TABLE.iter().filter(|row| row.predefined) {
            assert_eq!(row.min_len(), row.max_len(), "({})", row.ai);
        }
    }

    #[test]
    fn identifiers_of_one_beginning_have_one_length() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].ai.to_string() < pair[1].ai.to_string());
            if pair[0].ai.first_two() == pair[1].ai.first_two() {
                assert_eq!(pair[0].ai.digits(), pair[1].ai.digits());
            }
        }
    }

    #[test]
    fn unknown_heads_are_unknown() {
        for head in ["18", "1", "", "A1", "0A", "8Z03", "800"] {
            assert!(row_at(head.as_bytes()).is_none(), "{head}");
        }
        assert_eq!(row_at(b"8003").map(|row| row.ai), Some(Ai::GRAI));
    }
}
