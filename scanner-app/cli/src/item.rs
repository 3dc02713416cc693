//! `ITEM[*N]` on the command line.

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
    #[error("an item is empty: write what the label says, for instance \"(01)07350000000017(10)A1*5\"")]
    Empty,
    /// No number of packages.
    #[error("{0:?} packages make no sense: write a number from 1, for instance *5")]
    Packs(String),
}

impl FromStr for Item {
    type Err = ItemError;

    /// The last `*` followed by digits only is the count. A lot that ends so is written with `*1` behind it.
    fn from_str(text: &str) -> Result<Self, ItemError> {
        let (label, packs) = match text.rsplit_once('*') {
            Some((label, digits)) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
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
            text: label.to_owned(),
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
    fn counts_stand_behind_the_last_star() {
        assert_eq!(item("(01)1*5"), Ok(("(01)1".to_owned(), Some(5))));
        assert_eq!(item("(01)1"), Ok(("(01)1".to_owned(), None)));
        assert_eq!(item("(10)A*B"), Ok(("(10)A*B".to_owned(), None)));
        assert_eq!(item("(10)A*7*1"), Ok(("(10)A*7".to_owned(), Some(1))));
        assert_eq!(item("(10)A*0"), Err(ItemError::Packs("0".to_owned())));
        assert_eq!(
            item("(10)A*99999999999"),
            Err(ItemError::Packs("99999999999".to_owned()))
        );
        assert_eq!(item("*5"), Err(ItemError::Empty));
    }
}
