//! What may be a badge.

use jiff::civil::Date;
use sparhund_shared::carrier::{
    Candidate, Reading, ScanError, WedgeProfile, identify, is_calibration, normalise,
};

use super::problems;
use crate::api::Problem;
use crate::problems::scan;

/// Fewest and most bytes.
const BYTES: std::ops::RangeInclusive<usize> = 4..=200;

/// The bytes of a badge without what scanners add: the camera and another scanner read the same.
pub(super) fn bytes(raw: &[u8], profile: &WedgeProfile) -> Vec<u8> {
    normalise(raw, profile).data.into_owned()
}

/// A badge is a code that hangs on one person: none of goods, parcels, places or assets, which anybody can scan.
pub(super) fn choose(raw: &[u8], today: Date, profile: &WedgeProfile) -> Result<Vec<u8>, Problem> {
    let calibration = std::str::from_utf8(raw).is_ok_and(is_calibration);
    let of_goods = match identify(raw, today, profile) {
        Ok(identified) => identified.candidates.iter().any(names_goods),
        Err(
            ScanError::Unknown
            | ScanError::NamesNothing
            | ScanError::WebAddress
            | ScanError::NotADevice
            | ScanError::NotText { .. }
            | ScanError::Number(_)
            | ScanError::Empty
            | ScanError::TooLong { .. },
        ) => false,
        Err(ScanError::KeyboardLayout) => return Err(scan(&ScanError::KeyboardLayout, false)),
        // The broken code of a device is one of goods.
        Err(_) => true,
    };
    if calibration || of_goods {
        return Err(problems::badge_of_goods());
    }
    let badge = bytes(raw, profile);
    if BYTES.contains(&badge.len()) {
        Ok(badge)
    } else {
        Err(problems::badge_length())
    }
}

/// A number on a badge may read like a lot by chance, unless its symbol says that it is one.
fn names_goods(candidate: &Candidate<'_>) -> bool {
    match candidate.reading {
        Reading::Item(_)
        | Reading::Logistic(_)
        | Reading::Place(_)
        | Reading::Asset(_)
        | Reading::Donation(_) => true,
        Reading::ProductionOnly(_) => candidate
            .symbology
            .is_some_and(sparhund_shared::carrier::Symbology::is_gs1_element_string),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn word(raw: &str) -> Option<String> {
        choose(raw.as_bytes(), date(2026, 11, 22), &WedgeProfile::default())
            .err()
            .map(|problem| problem.code)
    }

    #[test]
    fn codes_that_anybody_can_scan_are_no_badges() {
        for goods in [
            "]d20107350000000016",
            "(01)07350000000016(10)A1",
            "]d20107350000000017",
            "]C100373500000000000019",
            "(414)7350000001009",
            "]d210A1",
            "+A99912345/9901510X3G",
            sparhund_shared::carrier::CALIBRATION,
        ] {
            assert_eq!(word(goods).as_deref(), Some("badge-of-goods"), "{goods:?}");
        }
        assert_eq!(word("K1").as_deref(), Some("badge-length"));
        assert_eq!(word("").as_deref(), Some("badge-length"));
    }

    #[test]
    fn numbers_and_words_are_badges_and_every_reader_reads_them_alike() {
        for badge in [
            "SE232100-1A2B",
            "48213077",
            "10483",
            "https://region.example/p/77",
            "]C048213077",
        ] {
            assert_eq!(word(badge), None, "{badge}");
        }
        let profile = WedgeProfile::default();
        assert_eq!(bytes(b"]C048213077", &profile), bytes(b"48213077", &profile));
    }
}
