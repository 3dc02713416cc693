//! What holds for every text that a scanner can send: for property tests, and for the fuzz targets.

#![allow(
    dead_code,
    missing_docs,
    clippy::missing_panics_doc,
    reason = "each user asserts some of them, and a broken law is a panic"
)]

use jiff::civil::{Date, date};
use sparhund_shared::carrier::gs1::{
    Ai, Associations, BlankDates, Form, Gs1Error, KeyNames, LinkRules, Rules, ShortGtins, UnknownAis,
    from_bracketed, from_link, parse, read_strictly, render, to_bracketed, to_link,
};
use sparhund_shared::carrier::hibc::HibcReading;
use sparhund_shared::carrier::{
    AskedForm, Explanation, Production, Reading, ScanError, Strictness, WedgeProfile, examine, explain, hibc,
    identify, ifa, isbt128, normalise,
};

pub const TODAY: Date = date(2026, 11, 22);

type Listed = Vec<(Ai, String)>;

fn borrowed(elements: &Listed) -> Vec<(Ai, &str)> {
    elements.iter().map(|(ai, value)| (*ai, value.as_str())).collect()
}

/// Places stand in the text, or just behind it where something is missing.
fn places(error: &Gs1Error, text: &str) {
    assert!(
        error.position >= 1 && error.position <= text.len() + 1,
        "{text}: {error:?}"
    );
    assert!(!error.to_string().is_empty());
}

/// All forms of GS1: what can be read can be written and read again.
pub fn gs1(text: &str) {
    for form in [Form::Scan, Form::Bracketed, Form::Fnc1, Form::Link] {
        for associations in [
            Associations::Unchecked,
            Associations::WithinSymbol,
            Associations::Complete,
        ] {
            if let Err(error) = read_strictly(form, text, LinkRules::default(), associations) {
                places(&error, text);
            }
        }
    }
    for rules in [
        Rules::default(),
        Rules {
            blank_dates: BlankDates::Allowed,
            unknown_ais: UnknownAis::Allowed,
        },
    ] {
        let known = rules == Rules::default();
        if let Ok(elements) = parse(text, rules) {
            let listed: Listed = elements
                .as_slice()
                .iter()
                .map(|e| (e.ai(), e.value().to_owned()))
                .collect();
            if known {
                let again = render(borrowed(&listed));
                let elements = parse(&again, rules).expect("what was written is read");
                let read: Listed = elements
                    .as_slice()
                    .iter()
                    .map(|e| (e.ai(), e.value().to_owned()))
                    .collect();
                assert_eq!(read, listed);
            }
            let bracketed = to_bracketed(borrowed(&listed));
            assert_eq!(
                in_brackets(&bracketed, rules).as_ref(),
                Some(&listed),
                "{bracketed}"
            );
        }
        if let Some(listed) = in_brackets(text, rules) {
            let bracketed = to_bracketed(borrowed(&listed));
            assert_eq!(in_brackets(&bracketed, rules), Some(listed));
        }
    }
}

fn in_brackets(text: &str, rules: Rules) -> Option<Listed> {
    let string = from_bracketed(text, rules).ok()?;
    let elements = string.elements().ok()?;
    Some(
        elements
            .as_slice()
            .iter()
            .map(|e| (e.ai(), e.value().to_owned()))
            .collect(),
    )
}

/// Digital Link: what was read from an address and has a place in one says the same in our own.
pub fn link(text: &str) {
    for rules in [
        LinkRules::default(),
        LinkRules {
            values: BlankDates::Allowed.into(),
            short_gtins: ShortGtins::Padded,
            key_names: KeyNames::Allowed,
            unknown_attributes: UnknownAis::Refused,
        },
    ] {
        let Some(mut listed) = in_link(text, rules) else {
            continue;
        };
        let Ok(address) = to_link(&borrowed(&listed), "", rules.unknown_attributes) else {
            continue;
        };
        let mut again = in_link(&address, rules).unwrap_or_else(|| panic!("{address} is our own"));
        listed.sort();
        again.sort();
        assert_eq!(again, listed, "{address}");
    }
}

fn in_link(text: &str, rules: LinkRules) -> Option<Listed> {
    let string = from_link(text, rules).ok()?;
    let elements = string.elements().ok()?;
    elements.check_together().ok()?;
    Some(
        elements
            .as_slice()
            .iter()
            .map(|e| (e.ai(), e.value().to_owned()))
            .collect(),
    )
}

pub fn hibc(text: &str) {
    if let Ok(code) = hibc::parse(text, TODAY) {
        let written = code.to_string();
        assert_eq!(hibc::parse(&written, TODAY), Ok(code), "{written}");
    }
    match hibc::parse_lenient(text, TODAY) {
        Ok(HibcReading::Strict(found)) => assert!(!found.is_empty()),
        Ok(HibcReading::Lenient(read)) => {
            assert!(!read.flaws.is_empty() && hibc::parse(text, TODAY).is_err());
        }
        Err(error) => assert_eq!(hibc::parse(text, TODAY).map(drop), Err(error)),
    }
}

pub fn isbt128(text: &str) {
    if let Ok(code) = isbt128::parse(text, TODAY) {
        let written = code.to_string();
        assert!(text.ends_with(&written), "{written}");
        assert_eq!(isbt128::parse(&written, TODAY), Ok(code), "{written}");
    }
}

pub fn ifa(text: &str) {
    if let Ok(code) = ifa::parse(text, TODAY) {
        let written = code.to_string();
        assert!(text.ends_with(&written), "{written}");
        assert_eq!(ifa::parse(&written, TODAY), Ok(code), "{written}");
    }
}

/// What a scanner sends for GS, by a number: most send GS itself.
pub fn separator(number: u8) -> Option<char> {
    ['|', '~', '#', '^', '$', 'è'].get(usize::from(number)).copied()
}

/// The whole way of a scan, and what is said of it. `separator` is what the scanner may send for GS.
pub fn scan(raw: &[u8], separator: Option<char>) {
    let profile = separator
        .and_then(|c| WedgeProfile::with_separator(c).ok())
        .unwrap_or_default();
    let normal = normalise(raw, &profile);
    assert!(normal.data.len() <= raw.len());
    match identify(raw, TODAY, &profile) {
        Ok(identified) => {
            assert!(!identified.candidates.is_empty());
            for candidate in &identified.candidates {
                assert_eq!(candidate.symbology, normal.symbology);
                if let Some(string) = &candidate.element_string {
                    parse(string, BlankDates::Allowed).expect("it was read from it");
                }
            }
        }
        Err(error) => assert!(!error.to_string().is_empty() && !error.code().is_empty()),
    }
    let Ok(text) = core::str::from_utf8(raw) else {
        return;
    };
    let examined = examine(text, TODAY, &profile);
    // Beyond what is read in use: what names nothing, and the notation of the engine.
    let read = identify(raw, TODAY, &profile);
    let told = examined.reading.ok;
    assert_eq!(
        told,
        read.is_ok() || read == Err(ScanError::NamesNothing) || (told && text.contains("|^"))
    );
    sound(&examined.reading);
    if let Some(verdict) = &examined.verdict {
        sound(verdict);
    }
    for form in [
        AskedForm::Gs1(Form::Scan),
        AskedForm::Gs1(Form::Bracketed),
        AskedForm::Gs1(Form::Fnc1),
        AskedForm::Gs1(Form::Link),
        AskedForm::Hibc,
        AskedForm::Isbt128,
        AskedForm::Ifa,
    ] {
        sound(&explain(text, form, TODAY, &profile, Strictness::Lenient));
        let strict = Strictness::Strict(LinkRules::default(), Associations::Complete);
        sound(&explain(text, form, TODAY, &profile, strict));
    }
}

/// An answer is one or the other, a device has its agency, and a mark stands in its text.
fn sound(said: &Explanation) {
    assert_eq!(said.ok, said.error.is_none(), "{said:?}");
    assert!(said.di.is_none() || said.agency.is_some(), "{said:?}");
    if let Some(marked) = said.error.as_ref().and_then(|fault| fault.marked.as_ref()) {
        assert!(marked.text.is_char_boundary(marked.at), "{marked:?}");
        let (before, there, after) = marked.parts();
        assert_eq!(format!("{before}{there}{after}"), marked.text);
    }
    said.others.iter().for_each(sound);
}

/// The values that the first reading of a scan gives to a package.
pub fn production(raw: &[u8]) -> Option<Production> {
    let identified = identify(raw, TODAY, &WedgeProfile::default()).ok()?;
    match identified.candidates.into_iter().next()?.reading {
        Reading::Item(item) => Some(item.production),
        Reading::ProductionOnly(code) => Some(code.production),
        Reading::Logistic(code) => Some(code.production),
        Reading::Donation(code) => Some(code.production),
        Reading::Place(_) | Reading::Asset(_) => None,
    }
}
