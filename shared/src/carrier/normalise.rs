//! Takes off what scanners add, and says so. Stands before the strict parser, which allows none of it.

use std::borrow::Cow;

use super::gs1::{GS, is_link};
use super::{Change, Symbology, WedgeProfile};

/// Data ready for the strict parser, with all that was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalised<'a> {
    /// The symbology, when the scanner sends its identifier.
    pub symbology: Option<Symbology>,
    /// The data after the identifier.
    pub data: Cow<'a, [u8]>,
    /// What was changed, in order.
    pub changes: Vec<Change>,
}

/// Texts that scanners and host software send for GS. Not one of them can be part of a sensible value.
const STAND_INS: [&str; 8] = [
    "<GS>", "{GS}", "\\x1d", "\\x1D", "\\u001d", "\\u001D", "<0x1D>", "\u{241d}",
];

/// Whether a text is sent for GS by scanners as they come.
pub(super) fn is_stand_in(text: &str) -> bool {
    STAND_INS.contains(&text)
}

/// Prepares the bytes of a scan. The caller keeps `raw`; nothing here can be undone from the result.
pub fn normalise<'a>(raw: &'a [u8], profile: &WedgeProfile) -> Normalised<'a> {
    match core::str::from_utf8(raw)
        .ok()
        .and_then(|text| profile.meant(text))
    {
        None => normalise_meant(raw, profile),
        Some(meant) => {
            let normal = normalise_meant(meant.as_bytes(), profile);
            Normalised {
                symbology: normal.symbology,
                data: Cow::Owned(normal.data.into_owned()),
                changes: [vec![Change::Layout], normal.changes].concat(),
            }
        }
    }
}

/// The same for bytes that are what the scanner meant.
fn normalise_meant<'a>(raw: &'a [u8], profile: &WedgeProfile) -> Normalised<'a> {
    let mut changes = Vec::new();
    let trimmed = trim(raw, &mut changes);
    let (symbology, data) = split_identifier(trimmed, &mut changes);
    let mut data = Cow::Borrowed(data);
    // HIBC, ISBT 128 and DIN 16598 have no separator, or one that is data elsewhere.
    if matches!(&*data, [b'+' | b'=' | b'&' | b'.', ..]) {
        if matches!(&*data, [b'=' | b'&', ..]) {
            close_up(&mut data, b"=&", Change::BlanksBetweenStructures, &mut changes);
        }
        return Normalised {
            symbology,
            data,
            changes,
        };
    }
    // A web address and the printed form of HIBC have no separators at all.
    let without = data.starts_with(b"*+") || core::str::from_utf8(&data).is_ok_and(is_link);
    if let Some(separator) = profile.separator().filter(|_| !without) {
        replace_with_gs(&mut data, separator.encode_utf8(&mut [0; 4]), &mut changes);
    }
    // Nearly every scan has none of their first bytes, and then need not be searched eight times.
    if data.iter().any(|b| matches!(b, b'<' | b'{' | b'\\' | 0xe2)) {
        for stand_in in STAND_INS {
            replace_with_gs(&mut data, stand_in, &mut changes);
        }
    }
    // An IFA envelope (ISO/IEC 15434) has GS of its own, and where they stand matters.
    if data.starts_with(b"[)>") {
        return Normalised {
            symbology,
            data,
            changes,
        };
    }
    if matches!(&*data, [b'(', b'0'..=b'9' | b'A'..=b'Z', ..]) {
        close_up(&mut data, b"(", Change::BlanksBetweenBrackets, &mut changes);
    }
    settle_separators(&mut data, &mut changes);
    if data.starts_with(b"_1") && data.get(2).is_some_and(u8::is_ascii_digit) {
        changes.push(Change::MisprintedFnc1);
    }
    Normalised {
        symbology,
        data,
        changes,
    }
}

fn trim<'a>(raw: &'a [u8], changes: &mut Vec<Change>) -> &'a [u8] {
    let leading = raw.iter().take_while(|b| is_blank(**b)).count();
    let mut trailing = raw[leading..].iter().rev().take_while(|b| is_blank(**b)).count();
    // In HIBC a blank may be the check character, and the link before it.
    if Symbology::split(&raw[leading..]).1.starts_with(b"+") {
        let after = &raw[raw.len() - trailing..];
        trailing -= after.iter().take(2).take_while(|b| **b == b' ').count();
    }
    if leading > 0 {
        changes.push(Change::LeadingBlanks { bytes: leading });
    }
    if trailing > 0 {
        changes.push(Change::TrailingBlanks { bytes: trailing });
    }
    &raw[leading..raw.len() - trailing]
}

fn split_identifier<'a>(data: &'a [u8], changes: &mut Vec<Change>) -> (Option<Symbology>, &'a [u8]) {
    let (symbology, rest) = Symbology::split(data);
    let Some(Symbology::Other { code, modifier }) = symbology else {
        return match symbology {
            // EAN-13 is 13 digits, perhaps with the rest of a composite; another string that begins like an element string is a DataBar's.
            Some(Symbology::Ean13)
                if rest.len() > 15 && matches!(rest, [b'0', b'0' | b'1', ..]) && !is_composite(rest) =>
            {
                changes.push(Change::CaseOfIdentifier {
                    found: Symbology::Ean13.identifier(),
                });
                (Some(Symbology::Gs1DataBar), rest)
            }
            _ => (symbology, rest),
        };
    };
    let swapped = code ^ 0x20;
    match Symbology::from_parts(swapped, modifier) {
        // `]e3` is an identifier of its own: a composite with the escape mechanism.
        Symbology::Other { .. } | Symbology::Ean13AddOn => (symbology, rest),
        meant => {
            changes.push(Change::CaseOfIdentifier {
                found: [b']', code, modifier],
            });
            (Some(meant), rest)
        }
    }
}

/// Whether the second part of a composite stands behind thirteen digits, or twelve of a scanner that cuts the first.
fn is_composite(data: &[u8]) -> bool {
    let begins = |at: usize| data.get(at..).is_some_and(|rest| rest.starts_with(b"|]e0"));
    begins(12) || begins(13)
}

fn replace_with_gs(data: &mut Cow<'_, [u8]>, stand_in: &str, changes: &mut Vec<Change>) {
    let wanted = stand_in.as_bytes();
    let mut out = Vec::new();
    let mut times = 0;
    let mut kept = 0;
    let mut at = 0;
    while at + wanted.len() <= data.len() {
        if data[at..].starts_with(wanted) {
            out.extend_from_slice(&data[kept..at]);
            out.push(GS);
            times += 1;
            at += wanted.len();
            kept = at;
        } else {
            at += 1;
        }
    }
    if times > 0 {
        out.extend_from_slice(&data[kept..]);
        *data = Cow::Owned(out);
        changes.push(Change::SeparatorReplaced {
            stand_in: stand_in.into(),
            times,
        });
    }
}

/// What scanners and people put around and between values; no value of GS1 or ISBT 128 holds one.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Takes out blanks before a character that begins a value, and those behind a bracket.
fn close_up(data: &mut Cow<'_, [u8]>, begins: &[u8], change: Change, changes: &mut Vec<Change>) {
    if !data.iter().copied().any(is_blank) {
        return;
    }
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    for byte in data.iter().copied() {
        if begins.contains(&byte) {
            while out.last().copied().is_some_and(is_blank) {
                out.pop();
            }
        }
        let after_bracket = out.last() == Some(&b')') && begins == b"(";
        if !(after_bracket && is_blank(byte)) {
            out.push(byte);
        }
    }
    if out.len() < data.len() {
        *data = Cow::Owned(out);
        changes.push(change);
    }
}

fn settle_separators(data: &mut Cow<'_, [u8]>, changes: &mut Vec<Change>) {
    let leading = data.first() == Some(&GS);
    let trailing = data.len() > 1 && data.last() == Some(&GS);
    let inner = data.windows(2).any(|pair| pair == [GS, GS]);
    if leading {
        changes.push(Change::LeadingSeparator);
    }
    if inner {
        changes.push(Change::RepeatedSeparator);
    }
    if trailing {
        changes.push(Change::TrailingSeparator);
    }
    if leading || trailing || inner {
        let mut out: Vec<u8> = Vec::with_capacity(data.len());
        for byte in data.iter() {
            // An empty output counts as a separator: that drops the leading ones.
            if *byte != GS || out.last().is_some_and(|last| *last != GS) {
                out.push(*byte);
            }
        }
        if out.last() == Some(&GS) {
            out.pop();
        }
        *data = Cow::Owned(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(raw: &str) -> (String, Vec<Change>) {
        let normalised = normalise(raw.as_bytes(), &WedgeProfile::default());
        (
            String::from_utf8(normalised.data.into_owned()).unwrap(),
            normalised.changes,
        )
    }

    #[test]
    fn clean_data_is_neither_changed_nor_copied() {
        let normalised = normalise(b"]d20112312312312333", &WedgeProfile::default());
        assert_eq!(normalised.changes, []);
        assert!(matches!(normalised.data, Cow::Borrowed(_)));
        assert_eq!(normalised.symbology, Some(Symbology::Gs1DataMatrix));
    }

    #[test]
    fn line_ends_and_blanks_go() {
        assert_eq!(
            seen("10A\r\n"),
            ("10A".into(), vec![Change::TrailingBlanks { bytes: 2 }])
        );
        assert_eq!(
            seen(" \t10A"),
            ("10A".into(), vec![Change::LeadingBlanks { bytes: 2 }])
        );
        assert_eq!(
            seen("  "),
            (String::new(), vec![Change::LeadingBlanks { bytes: 2 }])
        );
    }

    #[test]
    fn separators_settle() {
        let (data, changes) = seen("]C1\u{1d}10A\u{1d}\u{1d}21B\u{1d}\r");
        assert_eq!(data, "10A\u{1d}21B");
        assert_eq!(
            changes,
            [
                Change::TrailingBlanks { bytes: 1 },
                Change::LeadingSeparator,
                Change::RepeatedSeparator,
                Change::TrailingSeparator
            ]
        );
        assert_eq!(seen("\u{1d}\u{1d}").0, "");
    }

    #[test]
    fn stand_ins_become_the_separator() {
        for stand_in in STAND_INS {
            let (data, changes) = seen(&format!("10A{stand_in}21B"));
            assert_eq!(data, "10A\u{1d}21B");
            assert_eq!(
                changes,
                [Change::SeparatorReplaced {
                    stand_in: stand_in.into(),
                    times: 1
                }]
            );
        }
    }

    #[test]
    fn the_agreed_character_only_for_the_device_that_sends_it() {
        assert_eq!(seen("10A|21B").0, "10A|21B");
        for separator in ['|', 'è'] {
            let profile = WedgeProfile::with_separator(separator).unwrap();
            let raw = format!("10A{separator}21B");
            assert_eq!(*normalise(raw.as_bytes(), &profile).data, *b"10A\x1d21B");
        }
    }

    #[test]
    fn caps_lock_shows_in_the_identifier() {
        for (raw, meant) in [
            ("]D20112312312312333", Symbology::Gs1DataMatrix),
            ("]c110a", Symbology::Gs1Code128),
            ("]q310a", Symbology::Gs1QrCode),
            ("]E0011231231231233310a", Symbology::Gs1DataBar),
        ] {
            let normalised = normalise(raw.as_bytes(), &WedgeProfile::default());
            assert_eq!(normalised.symbology, Some(meant), "{raw}");
            assert!(normalised.changes[0].needs_attention());
        }
        let ean = normalise(b"]E07355154420956", &WedgeProfile::default());
        assert_eq!((ean.symbology, ean.changes.len()), (Some(Symbology::Ean13), 0));
        for raw in ["]E00012345678905|]e010A1", "]E0012345678905|]e010A1"] {
            let composite = normalise(raw.as_bytes(), &WedgeProfile::default());
            assert_eq!(
                (composite.symbology, composite.changes.len()),
                (Some(Symbology::Ean13), 0),
                "{raw}"
            );
        }
    }

    #[test]
    fn misprinted_fnc1_is_seen_but_left() {
        assert_eq!(
            seen("_10112312312312333"),
            ("_10112312312312333".into(), vec![Change::MisprintedFnc1])
        );
    }

    #[test]
    fn blanks_between_brackets_go() {
        for raw in ["(01) 123 (10)A", "(01)123\n(10)A", "(01)\t123\r\n\t(10)A"] {
            let expected = ("(01)123(10)A".into(), vec![Change::BlanksBetweenBrackets]);
            assert_eq!(seen(raw), expected, "{raw:?}");
        }
        assert_eq!(
            seen("(01)123(10)A B").0,
            "(01)123(10)A B",
            "inside a value it is wrong"
        );
    }

    #[test]
    fn blanks_between_structures_of_isbt_128_go() {
        for raw in [
            "=/A9999XYZ100T0944 =,000025",
            "=/A9999XYZ100T0944\r\n=,000025",
            "]C0=/A9999XYZ100T0944\t =,000025",
        ] {
            let expected = (
                "=/A9999XYZ100T0944=,000025".into(),
                vec![Change::BlanksBetweenStructures],
            );
            assert_eq!(seen(raw), expected, "{raw:?}");
        }
        assert_eq!(seen("+A123 =B").0, "+A123 =B", "in HIBC a blank is data");
    }

    #[test]
    fn a_blank_may_be_a_check_character() {
        let (data, changes) = seen("]A0+A123AA40 \r\n");
        assert_eq!(
            (data.as_str(), changes),
            ("+A123AA40 ", vec![Change::TrailingBlanks { bytes: 2 }])
        );
        assert_eq!(
            seen("]A0+$$4AVQ19HA   \r").0,
            "+$$4AVQ19HA  ",
            "and so may the link before it"
        );
        assert_eq!(seen("10A \r").0, "10A");
        assert_eq!(seen("+A123AA40\r ").0, "+A123AA40");
    }

    #[test]
    fn the_separator_of_a_device_is_data_for_other_agencies() {
        for (separator, raw) in [('$', "+A123BJC5D6E71/$LOT"), ('^', ".9N1312345MED777094^1TABC")] {
            let profile = WedgeProfile::with_separator(separator).unwrap();
            assert_eq!(*normalise(raw.as_bytes(), &profile).data, *raw.as_bytes());
        }
        for (separator, raw) in [
            ('~', "https://x.se/~med/01/07350000000009/10/K25"),
            ('$', "*+A123BJC5D6E71/$LOT*"),
        ] {
            let profile = WedgeProfile::with_separator(separator).unwrap();
            assert_eq!(*normalise(raw.as_bytes(), &profile).data, *raw.as_bytes());
        }
        let profile = WedgeProfile::with_separator('|').unwrap();
        assert_eq!(
            *normalise(b"[)>\x1e06|9N1|1TA\x1e\x04", &profile).data,
            *b"[)>\x1e06\x1d9N1\x1d1TA\x1e\x04"
        );
    }

    #[test]
    fn the_envelope_of_another_agency_is_left_alone() {
        let raw = "[)>\u{1e}06\u{1d}9N111234\u{1d}\u{1d}\u{1e}\u{4}";
        assert_eq!(seen(raw), (raw.into(), vec![]));
    }
}
