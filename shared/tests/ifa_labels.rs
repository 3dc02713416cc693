//! What IFA labels hold (IFA UDI specification 2.5), with the strict reader and on the way of a scan.

use jiff::civil::{Date, date};
use sparhund_shared::carrier::ifa::{self, IfaCode};

const TODAY: Date = date(2026, 11, 22);

/// In the envelope of format 06, the fields parted by GS, written here as `|`.
fn enveloped(fields: &str) -> String {
    format!("[)>\u{1e}06\u{1d}{}\u{1e}\u{4}", fields.replace('|', "\u{1d}"))
}

fn read(text: &str) -> Result<IfaCode<'_>, &'static str> {
    let code = ifa::parse(text, TODAY).map_err(|error| error.code())?;
    assert_eq!(code.to_string(), text, "written as it was read");
    Ok(code)
}

#[test]
fn a_lot_or_serial_has_the_characters_of_set_82() {
    for value in ["AB.12", "AB/12", "A:B", "AB+12", "!\"%&'*+,-./;<=>?_)", "aB-9"] {
        for mark in ["1T", "S"] {
            for text in [
                enveloped(&format!("9N111234567842|{mark}{value}")),
                format!(".9N111234567842^{mark}{value}"),
                format!("(9N)111234567842({mark}){value}"),
            ] {
                let code = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
                let found = if mark == "S" { code.serial() } else { code.lot() };
                assert_eq!(found, Some(value), "{text}");
            }
        }
    }
    for stranger in ["AB#12", "AB 12", "A]B", "A^B", "A{B", "AåB"] {
        assert_eq!(
            read(&enveloped(&format!("9N111234567842|1T{stranger}"))),
            Err("IFA_CHARACTER"),
            "{stranger}"
        );
    }
    assert_eq!(
        read(&enveloped("9N111234567842|1TA(B")).unwrap().lot(),
        Some("A(B")
    );
}

#[test]
fn a_health_product_code_has_letters_in_its_supplier_and_may_lack_a_level() {
    for code in ["13ABCDEMED777089", "1312345MEDX31", "1312345A.B-C019"] {
        let text = enveloped(&format!("9N{code}"));
        assert_eq!(read(&text).unwrap().device(), Some(code));
    }
    assert_eq!(read(&enveloped("9N13ABCDEMED777088")), Err("IFA_CHECK_DIGITS"));
    assert_eq!(read(&enveloped("9N1312345MED777935")), Err("IFA_CODE"));
}
