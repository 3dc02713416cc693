//! What a calibration scan says, from many kinds of scanners.

use super::*;

fn sent(text: &str) -> String {
    format!("]d2{text}")
}

#[test]
fn the_symbol_has_every_character_of_set_82_and_two_separators() {
    for byte in (0..=255).filter(|b| crate::identity::is_cset82(*b)) {
        assert!(CALIBRATION.contains(char::from(byte)), "{}", char::from(byte));
    }
    assert_eq!(CALIBRATION.matches('\u{1d}').count(), 2);
    assert!(is_calibration(CALIBRATION));
    let parsed = crate::carrier::gs1::parse(CALIBRATION, crate::carrier::gs1::BlankDates::Refused);
    assert_eq!(parsed.unwrap().as_slice().len(), 3);
}

#[test]
fn a_scanner_that_is_set_up_right_has_a_plain_profile() {
    let text = sent(CALIBRATION);
    let profile = calibrate(Some(&text), "garbled").unwrap();
    assert_eq!(profile.to_string(), "keys=physical gs=GS aim=sent");
    let profile = calibrate(None, CALIBRATION).unwrap();
    assert_eq!(profile.to_string(), "keys=same gs=GS aim=absent");
}

#[test]
fn a_us_scanner_at_a_swedish_host_is_recognised_and_read() {
    let profile = calibrate(None, &HostLayout::Swedish.encode(&sent(CALIBRATION))).unwrap();
    assert_eq!(profile.to_string(), "keys=swedish gs=GS aim=sent");
    for meant in [
        "]E07351234567890",
        "]d201073564976049281726123110LOT-1/2\u{1d}21SN_9",
        "+A99912345/$$52001510X3/16D20111212/S77DEFG457",
        "=A99991712345600=,000012",
        "]A0+A123BJC5D6E71G",
    ] {
        let came = HostLayout::Swedish.encode(meant);
        assert_ne!(came, meant);
        assert_eq!(profile.meant(&came).unwrap(), meant, "{came}");
    }
    // Physical keys are better where they are known.
    let both = calibrate(
        Some(&sent(CALIBRATION)),
        &HostLayout::Swedish.encode(&sent(CALIBRATION)),
    )
    .unwrap();
    assert_eq!(both.keys(), &Keys::Physical);
}

#[test]
fn another_layout_is_learned_from_the_symbol() {
    // A German host: y and z exchanged, and other signs.
    let german = |text: &str| -> String {
        let map = |c| match c {
            'y' => 'z',
            'z' => 'y',
            'Y' => 'Z',
            'Z' => 'Y',
            '-' => 'ß',
            '/' => '-',
            '&' => '/',
            '(' => ')',
            ')' => '=',
            '*' => '(',
            '+' => '`',
            '=' => '´',
            ';' => 'ö',
            ':' => 'Ö',
            '\'' => 'ä',
            '"' => 'Ä',
            '<' => ';',
            '>' => ':',
            '?' => '_',
            '_' => '?',
            ']' => '+',
            other => other,
        };
        text.chars().map(map).collect()
    };
    let profile = calibrate(None, &german(&sent(CALIBRATION))).unwrap();
    assert_eq!(profile.to_string(), "keys=learned gs=GS aim=sent");
    let meant = "]d210YZ-1/2\u{1d}21zy?";
    assert_eq!(profile.meant(&german(meant)).unwrap(), meant);
}

#[test]
fn what_stands_for_the_separator_is_learned() {
    for (stand_in, shown) in [("|", "gs=|"), ("~", "gs=~"), ("<GS>", "gs=GS"), ("è", "gs=è")] {
        let came = sent(&CALIBRATION.replace('\u{1d}', stand_in));
        let profile = calibrate(Some(&came), &came).unwrap();
        assert_eq!(profile.to_string(), format!("keys=physical {shown} aim=sent"));
    }
    // The scanner sends |, and the Swedish host writes * for it.
    let came = HostLayout::Swedish.encode(&sent(&CALIBRATION.replace('\u{1d}', "|")));
    assert_eq!(
        calibrate(None, &came).unwrap().to_string(),
        "keys=swedish gs=| aim=sent"
    );
    // The FNC1 of the first position sent as data.
    let came = format!("]d2\u{1d}{CALIBRATION}");
    assert!(calibrate(None, &came).is_ok());
}

#[test]
fn what_cannot_be_used_is_said() {
    use CalibrationError as E;
    let symbol = sent(CALIBRATION);
    let swap = |c: char| {
        if c.is_ascii_lowercase() {
            c.to_ascii_uppercase()
        } else {
            c.to_ascii_lowercase()
        }
    };
    for (came, error) in [
        (symbol.replace('\u{1d}', ""), E::SeparatorLost),
        (symbol.replace('\u{1d}', "-"), E::SeparatorAmbiguous("-".into())),
        (symbol.replace('\u{1d}', "29"), E::SeparatorAmbiguous("29".into())),
        (symbol.chars().map(swap).collect(), E::CaseSwapped),
        (symbol.to_uppercase(), E::CaseLost),
        (symbol.replace('/', "-"), E::Confused('-', '/')),
        (symbol.replace('h', ""), E::CharactersLost),
        ("]d2010735000000000910K25-0412".into(), E::AnotherSymbol),
        (String::new(), E::AnotherSymbol),
        ("9".repeat(5_000), E::AnotherSymbol),
    ] {
        assert_eq!(calibrate(Some(&came), &came), Err(error), "{came}");
    }
    // A host that says nothing of dead keys has too few characters; the keys show what is wrong.
    let lost = symbol.replace('\u{1d}', "");
    let host = lost.replace([']', '+', '='], "");
    assert_eq!(calibrate(Some(&lost), &host), Err(E::SeparatorLost));
}
