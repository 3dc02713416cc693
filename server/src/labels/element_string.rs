//! GS1 element strings for labels (GS1 General Specifications 7.8).

use std::fmt::Write as _;

use sparhund_shared::carrier::CALIBRATION;
use sparhund_shared::event::Identified;
use sparhund_shared::identity::{Gtin, LabelDate, PlaceCode, Sscc};

/// Separator after a value of variable length (FNC1 as a character).
const GS: char = '\u{1d}';

/// Application identifiers and their values, in the order they are printed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ElementString(Vec<(&'static str, String)>);

impl ElementString {
    /// Adds a value; callers give identifiers of predefined length first, so that fewest separators are needed.
    #[must_use]
    pub fn with(mut self, ai: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        self.0.push((ai, value.to_string()));
        self
    }

    /// Adds a value that may be absent.
    #[must_use]
    pub fn with_optional(self, ai: &'static str, value: Option<&(impl ToString + ?Sized)>) -> Self {
        match value {
            Some(value) => self.with(ai, value),
            None => self,
        }
    }

    /// As a scanner sends it, without symbology identifier: GS after each value of variable length but the last.
    pub fn scan_form(&self) -> String {
        let mut text = String::new();
        for (at, (ai, value)) in self.0.iter().enumerate() {
            text.push_str(ai);
            text.push_str(value);
            if !is_predefined(ai) && at + 1 < self.0.len() {
                text.push(GS);
            }
        }
        text
    }

    /// As people read it: identifiers in brackets (human readable interpretation, section 4.14).
    pub fn hri(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, (ai, value)| {
            // Writing to a String cannot fail.
            let _ = write!(text, "({ai}){value}");
            text
        })
    }
}

/// Whether readers know the length from the identifier (figure 7.8.5-2, as far as labels here use it).
fn is_predefined(ai: &str) -> bool {
    matches!(
        ai.get(..2),
        Some("00" | "01" | "02" | "11" | "13" | "15" | "17" | "41")
    )
}

/// A unit or package: GTIN, expiry, lot, serial.
pub fn unit_label(gtin: Gtin, item: &Identified) -> ElementString {
    ElementString::default()
        .with("01", &gtin)
        .with_optional("17", item.expiry.map(LabelDate::gs1_digits).as_ref())
        .with_optional("11", item.made.map(LabelDate::gs1_digits).as_ref())
        .with_optional("10", item.lot.as_ref())
        .with_optional("21", item.serial.as_ref())
}

/// The symbol by which a scanner shows how it writes.
pub fn calibration_label() -> ElementString {
    CALIBRATION
        .split(GS)
        .fold(ElementString::default(), |label, value| {
            let (ai, value) = value.split_at(2);
            label.with(ai, value)
        })
}

/// A logistic unit.
pub fn sscc_label(sscc: Sscc) -> ElementString {
    ElementString::default().with("00", &sscc)
}

/// A place: GLN and, for a bin, its extension.
pub fn place_label(place: &PlaceCode) -> ElementString {
    ElementString::default()
        .with("414", &place.gln())
        .with_optional("254", place.extension())
}

#[cfg(test)]
mod tests {
    use super::{ElementString, calibration_label, place_label};

    #[test]
    fn separators_stand_after_variable_values_only() {
        let label = ElementString::default()
            .with("01", "07312345678909")
            .with("17", "270228")
            .with("10", "AB(1)")
            .with("21", "S9");
        assert_eq!(label.scan_form(), "01073123456789091727022810AB(1)\u{1d}21S9");
        assert_eq!(label.hri(), "(01)07312345678909(17)270228(10)AB(1)(21)S9");
    }

    #[test]
    fn the_calibration_symbol_is_the_one_that_scanners_are_measured_by() {
        assert_eq!(
            calibration_label().scan_form(),
            sparhund_shared::carrier::CALIBRATION
        );
    }

    #[test]
    fn a_bin_carries_its_location() {
        let place = "7350000000016/A-01-02".parse().unwrap();
        assert_eq!(place_label(&place).scan_form(), "4147350000000016254A-01-02");
    }
}
