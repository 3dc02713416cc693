//! SSCC: the number of a logistic unit.

use super::numeric::numeric_key;

numeric_key! {
    /// Serial Shipping Container Code: one pallet, cage or carton on its way (GS1 General Specifications 2.2.1).
    ///
    /// Text: 18 digits, extension digit first, check digit last. It may be used again one year after shipment.
    Sscc, "SSCC", 18, "18", "an SSCC: 18 digits with a check digit"
}

impl Sscc {
    /// The first digit, which the company chooses freely to get more numbers.
    pub fn extension_digit(self) -> u8 {
        u8::try_from(self.0 / 100_000_000_000_000_000).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::Sscc;

    #[test]
    fn keeps_leading_zeros() {
        let sscc: Sscc = "157035381410375177".parse().unwrap();
        assert_eq!(sscc.to_string(), "157035381410375177");
        assert_eq!(sscc.extension_digit(), 1);
        // Body 00735000000000001: 3*1 + 5*3 + 3*1 + 7*3 = 42, so the check digit is 8.
        let zero: Sscc = "007350000000000018".parse().unwrap();
        assert_eq!(zero.to_string(), "007350000000000018");
        assert_eq!(zero.extension_digit(), 0);
    }

    #[test]
    fn refuses_a_wrong_length_and_says_so() {
        let error = "15703538141037517".parse::<Sscc>().unwrap_err().to_string();
        assert!(
            error.starts_with("a number of type SSCC has 18 digits, this has 17"),
            "{error}"
        );
    }
}
