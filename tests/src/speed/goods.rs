//! The articles and holds of a whole region, the same ones each time, and labels for them.

use std::fmt::Write as _;

use sparhund_shared::identity::check_digit;

use crate::symbols::GS;

/// Every fifth article has a hold, every fifth has serials; the rest is let through by its lot.
const KINDS: usize = 5;
/// Of ten holds so many name a lot, the others every lot.
const BY_LOT: usize = 7;
/// Base units in a package.
const PACKED: u32 = 10;

/// An article of the generator; numbers from 0 on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Goods(pub usize);

impl Goods {
    /// The number-th of those that a hold is on.
    pub fn held(number: usize) -> Self {
        Self(number * KINDS)
    }

    /// The number-th that nothing holds, traced by lot.
    pub fn free(number: usize) -> Self {
        Self(number * KINDS + 1)
    }

    /// The number-th that nothing holds, traced by serial.
    pub fn by_serial(number: usize) -> Self {
        Self(number * KINDS + 3)
    }

    /// How many of each kind there are among so many articles.
    pub fn of_each_kind(articles: usize) -> usize {
        articles / KINDS
    }

    /// Its number in the region.
    pub fn no(self) -> String {
        format!("HAST-{:06}", self.0)
    }

    /// GTIN-14 of its base unit.
    pub fn gtin(self) -> String {
        numbered("0735998", self.0)
    }

    /// The lot that its hold names; `None` = every lot.
    pub fn held_lot(self) -> Option<String> {
        let number = self.0 / KINDS;
        (number % 10 < BY_LOT).then(|| letters(number))
    }

    /// What the label of a lot of it says, with the AIM identifier of a GS1 DataMatrix.
    pub fn label(self, lot: &str, serial: Option<&str>) -> String {
        label(&self.gtin(), lot, serial)
    }

    fn is_by_serial(self) -> bool {
        self.0 % KINDS == 3
    }
}

/// The label of goods that no catalogue has.
pub fn unknown_label(number: usize, lot: &str) -> String {
    label(&numbered("0735997", number), lot, None)
}

fn label(gtin: &str, lot: &str, serial: Option<&str>) -> String {
    let serial = serial.map(|serial| format!("{GS}21{serial}")).unwrap_or_default();
    format!("]d201{gtin}1730123110{lot}{serial}")
}

fn numbered(prefix: &str, number: usize) -> String {
    let digits = format!("{prefix}{number:06}");
    let check = check_digit(digits.as_bytes()).expect("digits");
    format!("{digits}{check}")
}

/// Letters only: a figure might be taken for the next element of a label that lost its separator.
pub fn letters(number: usize) -> String {
    let digits = std::iter::successors(Some(9_176 * number + 7), |rest| Some(rest / 26)).take(7);
    digits
        .map(|rest| char::from(b'A' + u8::try_from(rest % 26).expect("a letter")))
        .collect()
}

/// The catalogue as a file for `sparhund-server import articles`.
pub fn articles_csv(articles: usize) -> String {
    const WHAT: [&str; 8] = [
        "Perifer venkateter",
        "Infusionsaggregat med filter",
        "Kirurghandske steril latexfri",
        "Höftledsprotes ocementerad",
        "Sårförband silikon",
        "Uretrakateter hydrofil",
        "Sutur resorberbar",
        "Blodprovsrör EDTA",
    ];
    let mut csv = "no;name;di;manufacturer;ref;emdn;trace;label;di2;units2\n".to_owned();
    for number in 0..articles {
        let goods = Goods(number);
        let (trace, label) = if goods.is_by_serial() {
            ("serial", "lot serial expiry")
        } else {
            ("lot", "lot expiry")
        };
        let (no, gtin, package) = (goods.no(), goods.gtin(), numbered("1735998", number));
        let what = WHAT[number % WHAT.len()];
        writeln!(
            csv,
            "{no};{what} {number};{gtin};Tillverkare {} AB;REF-{number};A0101;{trace};{label};{package};{PACKED}",
            number % 900,
        )
        .expect("a string grows");
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_article_is_of_one_kind() {
        assert_eq!(Goods::of_each_kind(100_000), 20_000);
        assert!(Goods::by_serial(3).is_by_serial() && !Goods::free(3).is_by_serial());
        assert_ne!(Goods::held(1), Goods::free(1));
        assert_ne!(letters(1), letters(2));
        assert_eq!(articles_csv(10).lines().count(), 11);
    }
}
