use std::fmt::Write as _;

use proptest::prelude::*;

use super::{EpcError, EpcReading, decode_epc};

fn piece(gtin: &str, serial: &str) -> EpcReading {
    EpcReading::Item {
        gtin: gtin.parse().unwrap(),
        serial: serial.parse().unwrap(),
    }
}

fn hex(bytes: impl Iterator<Item = u8>) -> String {
    bytes.fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02X}").unwrap();
        text
    })
}

/// Bits from (value, width) pairs, filled up with zeros to `bytes`.
fn tag(fields: &[(u64, u32)], bytes: usize) -> String {
    let mut text = String::new();
    for (value, width) in fields {
        write!(text, "{value:0w$b}", w = *width as usize).unwrap();
    }
    text.extend(std::iter::repeat_n('0', bytes * 8 - text.len()));
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 8], 2).unwrap();
    hex((0..bytes).map(|at| byte(at * 8)))
}

#[test]
fn examples_of_the_tag_data_standard() {
    // urn:epc:id:sgtin:0614141.812345.6789
    assert_eq!(
        decode_epc("3074257BF7194E4000001A85"),
        Ok(piece("80614141123458", "6789"))
    );
    // urn:epc:id:sgtin:0614141.712345.32a%2Fb
    let sgtin198 = "3674257BF6B7A659B2C2BF100000000000000000000000000000";
    assert_eq!(decode_epc(sgtin198), Ok(piece("70614141123451", "32a/b")));
    assert_eq!(decode_epc(&sgtin198[..50]), Ok(piece("70614141123451", "32a/b")));
    // urn:epc:id:sscc:0614141.1234567890
    let package = EpcReading::Package("106141412345678908".parse().unwrap());
    assert_eq!(decode_epc("3174257BF4499602D2000000"), Ok(package));
    // urn:epc:id:grai:9521141.12345.5678
    let asset = EpcReading::Asset("095211411234545678".parse().unwrap());
    assert_eq!(decode_epc("3376451FD40C0E400000162E"), Ok(asset));
}

#[test]
fn zeros_of_a_grai_stay() {
    // Prefix 0614141, type 00012, serial 7: body 061414100012, check digit 8.
    let hex = tag(&[(0x33, 8), (0, 3), (5, 3), (614_141, 24), (12, 20), (7, 38)], 12);
    assert_eq!(
        decode_epc(&hex),
        Ok(EpcReading::Asset("006141410001287".parse().unwrap()))
    );
}

#[test]
fn six_digit_prefix_of_an_sscc() {
    // Prefix 614141, extension 1 and serial 0234567890: 16141410234567890 weighs 110, so the check digit is 0.
    let hex = tag(
        &[(0x31, 8), (0, 3), (6, 3), (614_141, 20), (10_234_567_890, 38)],
        12,
    );
    let expected = "161414102345678900";
    assert_eq!(
        decode_epc(&hex),
        Ok(EpcReading::Package(expected.parse().unwrap()))
    );
}

#[test]
fn twelve_digit_prefix_of_an_sgtin() {
    let hex = tag(
        &[(0x30, 8), (0, 3), (0, 3), (703_206_980_498, 40), (0, 4), (42, 38)],
        12,
    );
    assert_eq!(decode_epc(&hex), Ok(piece("07032069804988", "42")));
}

#[test]
fn what_cannot_be_read_is_told_apart() {
    assert_eq!(decode_epc(""), Err(EpcError::NotHex));
    assert_eq!(decode_epc("3"), Err(EpcError::NotHex));
    assert_eq!(decode_epc("3X"), Err(EpcError::NotHex));
    assert_eq!(decode_epc("00"), Err(EpcError::Scheme(0)));
    assert_eq!(
        decode_epc("3500E86F8000A9E000000586"),
        Err(EpcError::Scheme(0x35))
    );
    assert_eq!(
        decode_epc("3074"),
        Err(EpcError::Length {
            expected: 12,
            found: 2
        })
    );
    // Company 16,777,215 does not fit seven digits.
    let hex = tag(
        &[(0x30, 8), (0, 3), (5, 3), (16_777_215, 24), (0, 20), (1, 38)],
        12,
    );
    assert_eq!(decode_epc(&hex), Err(EpcError::Partition));
    // Serial "A", a hole, "B".
    let hex = tag(
        &[
            (0x36, 8),
            (0, 3),
            (5, 3),
            (614_141, 24),
            (712_345, 20),
            (65, 7),
            (0, 7),
            (66, 7),
        ],
        26,
    );
    assert_eq!(decode_epc(&hex), Err(EpcError::Serial));
}

proptest! {
    #[test]
    fn never_panics_on_bytes(
        header in prop::sample::select(vec![0x30u8, 0x31, 0x33, 0x36, 0x00, 0x35, 0xff]),
        rest in prop::collection::vec(any::<u8>(), 0..30),
    ) {
        let _ = decode_epc(&hex(std::iter::once(header).chain(rest)));
    }

    #[test]
    fn never_panics_on_text(text in ".*") {
        let _ = decode_epc(&text);
    }

    #[test]
    fn every_item_number_survives(
        partition in 0u64..7, company in 0u64..1_000_000, item in 0u64..9, serial in 0u64..1 << 38,
    ) {
        let company_bits = [40, 37, 34, 30, 27, 24, 20][usize::try_from(partition).unwrap()];
        let fields =
            [(0x30, 8), (1, 3), (partition, 3), (company, company_bits), (item, 44 - company_bits), (serial, 38)];
        let read = decode_epc(&tag(&fields, 12));
        let digits = usize::try_from(12 - partition).unwrap();
        let rest = format!("{item:0w$}", w = 13 - digits);
        let body = format!("{}{company:0digits$}{}", &rest[..1], &rest[1..]);
        if body.bytes().any(|b| b != b'0') {
            let check = crate::identity::check_digit(body.as_bytes()).unwrap();
            prop_assert_eq!(read, Ok(piece(&format!("{body}{check}"), &serial.to_string())));
        } else {
            prop_assert!(read.is_err());
        }
    }
}
