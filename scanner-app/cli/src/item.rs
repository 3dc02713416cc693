//! `"ITEM *N"` on the command line.

use std::str::FromStr;

/// A label as text, and how many packages with such a label there are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// What the label says; `<GS>` or `\x1d` stands for the separator.
    pub text: String,
    /// Packages; `None` = one scan.
    pub packs: Option<u32>,
}

/// An item that makes no sense.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ItemError {
    /// No text.
    #[error("an item is empty: write what the label says, for instance \"(01)07350000000016(10)A1 *5\"")]
    Empty,
    /// No number of packages.
    #[error("{0:?} packages make no sense: write a number from 1, for instance \" *5\"")]
    Packs(String),
    /// A lot may end so, and so may somebody write a count.
    #[error(
        "{0:?} may be a count or the end of a lot: write \"LABEL *N\" with a blank for N packages, \"LABEL *1\" for one \
         package whose label ends so"
    )]
    Unclear(String),
}

impl FromStr for Item {
    type Err = ItemError;

    /// A blank, `*` and digits at the end are the count. `*` alone is a character of lots and serials (GS1 General
    /// Specifications, character set 82), the blank is none.
    fn from_str(text: &str) -> Result<Self, ItemError> {
        let (label, packs) = match text.rsplit_once('*') {
            Some((label, digits)) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
                if !label.is_empty() && !label.ends_with(' ') {
                    return Err(ItemError::Unclear(format!("*{digits}")));
                }
                let packs = digits
                    .parse()
                    .ok()
                    .filter(|packs| *packs > 0)
                    .ok_or_else(|| ItemError::Packs(digits.to_owned()))?;
                (label, Some(packs))
            }
            _ => (text, None),
        };
        if label.trim().is_empty() {
            return Err(ItemError::Empty);
        }
        Ok(Self {
            text: label.trim_end_matches(' ').to_owned(),
            packs,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(text: &str) -> Result<(String, Option<u32>), ItemError> {
        text.parse::<Item>().map(|item| (item.text, item.packs))
    }

    #[test]
    fn counts_stand_behind_a_blank_and_a_star() {
        assert_eq!(item("(01)1 *5"), Ok(("(01)1".to_owned(), Some(5))));
        assert_eq!(item("(01)1"), Ok(("(01)1".to_owned(), None)));
        assert_eq!(item("(10)A*B"), Ok(("(10)A*B".to_owned(), None)));
        assert_eq!(item("(10)A*7 *1"), Ok(("(10)A*7".to_owned(), Some(1))));
        assert_eq!(item("(10)A *0"), Err(ItemError::Packs("0".to_owned())));
        assert_eq!(
            item("(10)A *99999999999"),
            Err(ItemError::Packs("99999999999".to_owned()))
        );
        assert_eq!(item("*5"), Err(ItemError::Empty));
        assert_eq!(item(" *5"), Err(ItemError::Empty));
    }

    #[test]
    fn a_lot_that_ends_like_a_count_is_never_taken_for_one() {
        assert_eq!(item("(01)1(10)LOT*25"), Err(ItemError::Unclear("*25".to_owned())));
        assert_eq!(
            item("(01)1(10)LOT*25 *3"),
            Ok(("(01)1(10)LOT*25".to_owned(), Some(3)))
        );
    }
}
