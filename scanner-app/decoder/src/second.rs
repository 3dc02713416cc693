//! What zxing-cpp says, as a sighting. Pure, so that its wasm build in a browser is heard by the same rules.

use serde::Deserialize;

use crate::check::digit_fits;
use crate::sighting::{Reader, Sighting};
use crate::symbol::{Corner, Format, Symbol};

/// A result of zxing-cpp, from its crate or from its wasm build.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SecondReading {
    /// The AIM symbology identifier as it tells it.
    pub identifier: String,
    /// The text in plain mode: GS where the symbol has a separator.
    pub text: String,
    /// Whether its format is UPC-E, which it widens to 13 digits before it hands it over.
    pub upc_e: bool,
    /// Rows that said the same; 1 or less for matrix symbols.
    pub rows: u32,
    /// The four corners.
    pub corners: Vec<Corner>,
}

impl SecondReading {
    /// The sighting, or none for symbols that no rule here knows.
    pub fn sighting(self) -> Option<Sighting> {
        let format = match self.identifier.get(..2)? {
            "]d" => Format::DataMatrix,
            "]Q" => Format::QrCode,
            "]C" => Format::Code128,
            "]A" => Format::Code39,
            "]E" if self.text.len() == 8 => Format::Ean8,
            "]E" => Format::Ean13,
            "]I" => Format::Itf14,
            "]e" => Format::DataBar,
            _ => return None,
        };
        let symbology = match format {
            Format::Ean13 => "]E0".to_owned(),
            Format::Ean8 => "]E4".to_owned(),
            // ITF has no check of its own; only ITF-14's check digit tells a reading from noise.
            Format::Itf14 if self.text.len() == 14 && digit_fits(&self.text) => "]I1".to_owned(),
            Format::Itf14 => return None,
            // A rectangular extension symbol says d7 to d9 where the other sizes say d1 to d3. What is in it is the same.
            Format::DataMatrix => match self.identifier.as_str() {
                "]d7" => "]d1".to_owned(),
                "]d8" => "]d2".to_owned(),
                "]d9" => "]d3".to_owned(),
                _ => self.identifier,
            },
            _ => self.identifier,
        };
        (!self.text.is_empty()).then(|| Sighting {
            symbol: Symbol {
                symbology,
                text: self.text,
                format,
                corners: self.corners,
            },
            reader: Reader::ZxingCpp,
            rows: self.rows.max(1),
            short: self.upc_e || format == Format::Ean8,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is made of a reading: identifier, text, and whether it is short.
    fn heard(identifier: &str, text: &str, upc_e: bool) -> Option<(String, String, bool)> {
        let reading = SecondReading {
            identifier: identifier.to_owned(),
            text: text.to_owned(),
            upc_e,
            rows: 2,
            corners: Vec::new(),
        };
        reading
            .sighting()
            .map(|s| (s.symbol.symbology, s.symbol.text, s.short))
    }

    #[test]
    fn identifiers_are_those_of_the_project() {
        assert_eq!(
            heard("]I0", "17312345678906", false),
            Some(("]I1".to_owned(), "17312345678906".to_owned(), false))
        );
        assert_eq!(heard("]I1", "17312345678900", false), None);
        assert_eq!(heard("]I1", "123456", false), None);
        assert_eq!(
            heard("]E0", "0036000291452", false),
            Some(("]E0".to_owned(), "0036000291452".to_owned(), false))
        );
        assert_eq!(
            heard("]E0", "0012100004574", true),
            Some(("]E0".to_owned(), "0012100004574".to_owned(), true))
        );
        assert_eq!(
            heard("]E4", "73123453", false),
            Some(("]E4".to_owned(), "73123453".to_owned(), true))
        );
        assert_eq!(
            heard("]e0", "0107312345678909", false),
            Some(("]e0".to_owned(), "0107312345678909".to_owned(), false))
        );
        assert_eq!(
            heard("]d8", "10A", false),
            Some(("]d2".to_owned(), "10A".to_owned(), false))
        );
        assert_eq!(heard("]d2", "", false), None);
        assert_eq!(heard("]F0", "A123A", false), None);
        assert_eq!(heard("", "1", false), None);
    }
}
