//! AIM symbology identifiers: the three bytes `]cm` a scanner puts before the data (ISO/IEC 15424).

use core::fmt;

/// The kind of symbol the data came from, as far as it decides how the data is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Symbology {
    /// `]A0` Code 39.
    Code39,
    /// `]C0` Code 128 without GS1 structure.
    Code128,
    /// `]C1` GS1-128.
    Gs1Code128,
    /// `]E0` EAN-13, UPC-A and UPC-E, sent as 13 digits.
    Ean13,
    /// `]E3` the same with an add-on symbol beside it, whose two or five digits follow the 13.
    Ean13AddOn,
    /// `]E4` EAN-8.
    Ean8,
    /// `]I0` Interleaved 2 of 5 without check.
    Itf,
    /// `]I1` Interleaved 2 of 5 with its check digit verified and sent: ITF-14.
    ItfChecked,
    /// `]L0` PDF417.
    Pdf417,
    /// `]Q1` QR Code.
    QrCode,
    /// `]Q3` GS1 QR Code.
    Gs1QrCode,
    /// `]J0` DotCode.
    DotCode,
    /// `]J1` GS1 DotCode.
    Gs1DotCode,
    /// `]d1` Data Matrix ECC 200.
    DataMatrix,
    /// `]d2` GS1 DataMatrix.
    Gs1DataMatrix,
    /// `]e0` GS1 DataBar, and every GS1 Composite.
    Gs1DataBar,
    /// `]z0` Aztec Code.
    Aztec,
    /// Any other identifier.
    Other {
        /// The letter after the bracket.
        code: u8,
        /// The modifier after the letter.
        modifier: u8,
    },
}

use Symbology as S;

/// Every named symbology with its code character and modifier.
const NAMED: [(Symbology, [u8; 2]); 17] = [
    (S::Code39, *b"A0"),
    (S::Code128, *b"C0"),
    (S::Gs1Code128, *b"C1"),
    (S::Ean13, *b"E0"),
    (S::Ean13AddOn, *b"E3"),
    (S::Ean8, *b"E4"),
    (S::Itf, *b"I0"),
    (S::ItfChecked, *b"I1"),
    (S::Pdf417, *b"L0"),
    (S::QrCode, *b"Q1"),
    (S::Gs1QrCode, *b"Q3"),
    (S::DotCode, *b"J0"),
    (S::Gs1DotCode, *b"J1"),
    (S::DataMatrix, *b"d1"),
    (S::Gs1DataMatrix, *b"d2"),
    (S::Gs1DataBar, *b"e0"),
    (S::Aztec, *b"z0"),
];

impl Symbology {
    /// Takes the identifier off the head of scanned data. `None` and all of the data when there is none.
    pub fn split(data: &[u8]) -> (Option<Self>, &[u8]) {
        match data {
            [b']', code, modifier, rest @ ..]
                if code.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() =>
            {
                (Some(Self::from_parts(*code, *modifier)), rest)
            }
            _ => (None, data),
        }
    }

    /// The symbology with this code character and modifier.
    pub fn from_parts(code: u8, modifier: u8) -> Self {
        let known = NAMED.iter().find(|(_, parts)| *parts == [code, modifier]);
        known.map_or(Self::Other { code, modifier }, |(symbology, _)| *symbology)
    }

    /// The three bytes.
    pub fn identifier(self) -> [u8; 3] {
        if let Self::Other { code, modifier } = self {
            return [b']', code, modifier];
        }
        let parts = NAMED
            .iter()
            .find(|(symbology, _)| *symbology == self)
            .map_or([b'X', b'0'], |(_, parts)| *parts);
        [b']', parts[0], parts[1]]
    }

    /// Whether the symbol says by itself that it holds a GS1 element string.
    pub fn is_gs1_element_string(self) -> bool {
        matches!(
            self,
            Self::Gs1Code128 | Self::Gs1DataBar | Self::Gs1DataMatrix | Self::Gs1QrCode | Self::Gs1DotCode
        )
    }
}

impl fmt::Display for Symbology {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.identifier()
            .iter()
            .try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMED, Symbology};

    #[test]
    fn identifiers_round_trip() {
        for (symbology, _) in NAMED {
            let [_, code, modifier] = symbology.identifier();
            assert_eq!(Symbology::from_parts(code, modifier), symbology);
        }
        assert_eq!(Symbology::Gs1DataMatrix.to_string(), "]d2");
        assert_eq!(
            Symbology::Other {
                code: b'X',
                modifier: b'9'
            }
            .to_string(),
            "]X9"
        );
    }

    #[test]
    fn data_without_identifier_is_left_whole() {
        assert_eq!(
            Symbology::split(b"]d2017"),
            (Some(Symbology::Gs1DataMatrix), &b"017"[..])
        );
        for data in [&b"017"[..], b"]d", b"]", b"", b"]\x1d2A", b"]1d2"] {
            assert_eq!(Symbology::split(data), (None, data));
        }
    }
}
