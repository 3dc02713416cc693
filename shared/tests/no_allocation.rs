//! The way of a scan asks for no memory: neither parsing nor the reading in types.

use jiff::civil::date;
use sparhund_shared::carrier::gs1::{BlankDates, parse};
use sparhund_shared::carrier::{Reading, WedgeProfile, identify};

/// GTIN, expiry, lot and serial, as scanners with a symbology identifier send them.
const SCANS: [&str; 5] = [
    "]d201073550009876571727022810K25-0412\u{1d}21SN0012345",
    "]C101073550009876571727022810K25-0412",
    "]Q301073550009876572112345678901234567890\u{1d}1012345678901234567890",
    "]e00107355000987657",
    "]C100373500001234567895",
];

#[test]
fn a_label_is_parsed_and_read_without_the_allocator() {
    let today = date(2026, 11, 22);
    let profile = WedgeProfile::default();
    for scan in SCANS {
        let parsing = allocation_counter::measure(|| {
            let elements = parse(&scan[3..], BlankDates::Refused).unwrap();
            elements.check_together().unwrap();
            assert!(elements.missing_association().is_none());
        });
        assert_eq!(parsing.count_total, 0, "parse {scan:?}");
        let reading = allocation_counter::measure(|| {
            let identified = identify(scan.as_bytes(), today, &profile).unwrap();
            assert_eq!(identified.candidates.len(), 1);
            assert!(matches!(
                identified.candidates[0].reading,
                Reading::Item(_) | Reading::Logistic(_)
            ));
        });
        assert_eq!(reading.count_total, 0, "identify {scan:?}");
    }
}
