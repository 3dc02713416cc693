//! GLN: the number of a place or a party.

use super::numeric::numeric_key;

numeric_key! {
    /// Global Location Number: a party, a building, a store room (GS1 General Specifications 2.4).
    ///
    /// Text: 13 digits, check digit last. A shelf inside is a [`PlaceCode`](super::PlaceCode).
    Gln, "GLN", 13, "13", "a GLN: 13 digits with a check digit"
}

#[cfg(test)]
mod tests {
    use super::Gln;

    #[test]
    fn reads_what_it_writes() {
        assert_eq!(
            "1234567890128".parse::<Gln>().unwrap().to_string(),
            "1234567890128"
        );
        assert!("1234567890127".parse::<Gln>().is_err());
        assert!("0000000000000".parse::<Gln>().is_err(), "zeros only name nothing");
    }
}
