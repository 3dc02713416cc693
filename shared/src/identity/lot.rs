//! Lot: the batch a product was made in.

use super::cset::cset82_text;

cset82_text! {
    /// Batch or lot number, AI 10 (GS1 General Specifications 3.4.1): 1 to 20 characters of CSET 82.
    ///
    /// Case is kept and lots compare byte for byte: `a1` and `A1` may be two batches.
    Lot, "lot", 20, "a lot: 1 to 20 characters of GS1 character set 82"
}

#[cfg(test)]
mod tests {
    use super::Lot;
    use crate::identity::TextError;

    fn lot(text: &str) -> Lot {
        text.parse().unwrap()
    }

    #[test]
    fn case_is_part_of_the_lot() {
        assert_ne!(lot("AB1"), lot("ab1"));
        assert!(lot("AB1").differs_only_in_case(&lot("ab1")));
        assert!(!lot("AB1").differs_only_in_case(&lot("AB1")));
        assert!(!lot("AB1").differs_only_in_case(&lot("AB2")));
    }

    #[test]
    fn limits_hold() {
        assert_eq!("".parse::<Lot>(), Err(TextError::Empty { name: "lot" }));
        assert!("12345678901234567890".parse::<Lot>().is_ok());
        assert!("123456789012345678901".parse::<Lot>().is_err());
        assert_eq!(
            "AB C".parse::<Lot>(),
            Err(TextError::Character {
                name: "lot",
                position: 3,
                character: ' '
            })
        );
        assert!("ÅÄÖ".parse::<Lot>().is_err());
    }

    #[test]
    fn a_wrong_stored_value_is_refused_with_the_reason() {
        let error = serde_json::from_str::<Lot>("\"A B\"").unwrap_err().to_string();
        assert!(error.contains("character 2 of the lot"), "{error}");
        let cbor = minicbor::to_vec("A B").unwrap();
        assert!(minicbor::decode::<Lot>(&cbor).is_err());
        let cbor = minicbor::to_vec(lot("A-B")).unwrap();
        assert_eq!(minicbor::decode::<&str>(&cbor).unwrap(), "A-B");
        assert_eq!(minicbor::decode::<Lot>(&cbor).unwrap(), lot("A-B"));
    }
}
