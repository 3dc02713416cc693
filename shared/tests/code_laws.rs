//! The laws of the fuzz targets, run short over generated codes, damaged ones and any text; and no time that grows faster
//! than the text.

mod generators;
mod laws;

use std::time::{Duration, Instant};

use generators::gs1::{elements, near_scan};
use generators::other::{hibc_code, ifa_code, isbt_code};
use jiff::civil::Date;
use proptest::prelude::*;
use sparhund_shared::carrier::gs1::{
    Ai, Associations, Form, LinkRules, Rules, UnknownAis, from_link, read_strictly, render, to_bracketed,
    to_link,
};
use sparhund_shared::carrier::{AskedForm, ScanError, Strictness, WedgeProfile, examine, explain, identify};

const TODAY: Date = laws::TODAY;

fn borrowed(elements: &[(Ai, String)]) -> Vec<(Ai, &str)> {
    elements.iter().map(|(ai, value)| (*ai, value.as_str())).collect()
}

/// A code in any form.
fn code() -> impl Strategy<Value = String> {
    prop_oneof![
        elements().prop_map(|elements| format!("]d2{}", render(borrowed(&elements)))),
        elements().prop_map(|elements| to_bracketed(borrowed(&elements))),
        elements().prop_map(|elements| format!("^{}", render(borrowed(&elements)).replace('\u{1d}', "^"))),
        elements().prop_filter_map("a key", |elements| {
            to_link(&borrowed(&elements), "https://example.org", UnknownAis::Refused).ok()
        }),
        near_scan().prop_map(|raw| String::from_utf8_lossy(&raw).into_owned()),
        // Off the stack, which all of them together are too much for.
        hibc_code().boxed(),
        isbt_code().boxed(),
        ifa_code().boxed(),
    ]
}

/// The same with one character changed, left out, or repeated.
fn damaged() -> impl Strategy<Value = String> {
    let strange = prop_oneof![
        any::<char>(),
        prop::sample::select("()^|\u{1d}%/+=&.]0 ".chars().collect::<Vec<_>>())
    ];
    (code(), any::<prop::sample::Index>(), strange, 0..4u8).prop_map(|(code, at, character, how)| {
        let mut characters: Vec<char> = code.chars().collect();
        if characters.is_empty() {
            return code;
        }
        let at = at.index(characters.len());
        match how {
            0 => characters[at] = character,
            1 => drop(characters.remove(at)),
            2 => characters.insert(at, character),
            _ => characters.truncate(at),
        }
        characters.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn an_address_says_what_it_was_made_of(elements in elements()) {
        let Ok(address) = to_link(&borrowed(&elements), "", UnknownAis::Refused) else {
            return Ok(());
        };
        let string = from_link(&address, LinkRules::default()).map_err(|e| TestCaseError::fail(format!("{address}: {e}")))?;
        let read = string.elements().map_err(|e| TestCaseError::fail(format!("{address}: {e}")))?;
        let mut read: Vec<(Ai, String)> = read.as_slice().iter().map(|e| (e.ai(), e.value().to_owned())).collect();
        let mut made = elements;
        read.sort();
        made.sort();
        prop_assert_eq!(read, made, "{}", address);
    }

    #[test]
    fn every_form_of_gs1_gives_the_same_elements(elements in elements()) {
        let string = render(borrowed(&elements));
        for (form, text) in [
            (Form::Scan, format!("]d2{string}")),
            (Form::Bracketed, to_bracketed(borrowed(&elements))),
            (Form::Fnc1, format!("^{}", string.replace('\u{1d}', "^"))),
        ] {
            let held = read_strictly(form, &text, LinkRules::default(), Associations::Unchecked);
            let held = held.map_err(|e| TestCaseError::fail(format!("{text}: {e}")))?;
            prop_assert_eq!(held.into_elements(), elements.clone(), "{}", text);
        }
    }

    #[test]
    fn the_laws_hold_for_codes(code in code()) {
        all_laws(&code);
    }

    #[test]
    fn the_laws_hold_for_damaged_codes(code in damaged()) {
        all_laws(&code);
    }

    #[test]
    fn the_laws_hold_for_any_text(text in "\\PC{0,120}", separator in prop::option::of(any::<char>())) {
        all_laws(&text);
        laws::scan(text.as_bytes(), separator);
    }

    #[test]
    fn the_laws_hold_for_any_bytes(raw in prop::collection::vec(any::<u8>(), 0..120)) {
        laws::scan(&raw, None);
    }
}

fn all_laws(text: &str) {
    laws::gs1(text);
    laws::link(text);
    laws::hibc(text);
    laws::isbt128(text);
    laws::ifa(text);
    laws::scan(text.as_bytes(), None);
}

/// A target, and the law that it asserts.
type Target = (&'static str, fn(&[u8]));

#[test]
fn what_fuzzing_kept_obeys_the_laws() {
    fn text(law: fn(&str), bytes: &[u8]) {
        // The fuzz targets take no other bytes.
        if let Ok(text) = core::str::from_utf8(bytes) {
            law(text);
        }
    }
    const TARGETS: [Target; 6] = [
        ("gs1", |bytes| text(laws::gs1, bytes)),
        ("link", |bytes| text(laws::link, bytes)),
        ("hibc", |bytes| text(laws::hibc, bytes)),
        ("isbt128", |bytes| text(laws::isbt128, bytes)),
        ("ifa", |bytes| text(laws::ifa, bytes)),
        ("scan", |bytes| {
            if let Some((first, raw)) = bytes.split_first() {
                laws::scan(raw, laws::separator(*first));
            }
        }),
    ];
    for (target, law) in TARGETS {
        let folder = format!("{}/../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
        let kept = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
        let mut read = 0;
        for file in kept {
            law(&std::fs::read(file.unwrap().path()).unwrap());
            read += 1;
        }
        assert!(read > 0, "{folder} is empty");
    }
}

/// A megabyte in a second, in a build without optimisation too; what is quadratic takes hours.
const BOUND: Duration = Duration::from_secs(1);
/// Longest scan that is read at all; a longer one is refused before anybody looks at it.
const LONGEST: usize = 8191;
/// What looks at each pair of that many bytes takes longer in a build without optimisation: 33 million steps.
const AT_ONCE: Duration = Duration::from_millis(20);

const HEADS: [&str; 4] = ["", "]d2", "(10)", "https://id.gs1.org/"];
const CHARACTERS: [char; 12] = ['0', '(', ')', '1', '\u{1d}', 'A', '+', '=', '/', '%', 'é', '<'];

/// The head and as much of one character as so many bytes hold.
fn filled(head: &str, character: char, bytes: usize) -> String {
    let times = (bytes - head.len()) / character.len_utf8();
    head.chars()
        .chain(core::iter::repeat_n(character, times))
        .collect()
}

fn time<T>(run: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Twice as long a text takes twice the time, and not four times. The machine does other things too: the least time of several
/// runs counts, and one so short that it may be spent on them tells nothing.
fn linear<T>(what: &str, [short, long]: [&str; 2], run: impl Fn(&str) -> T) {
    let mut least = [Duration::MAX; 2];
    for _ in 0..20 {
        for (least, text) in least.iter_mut().zip([short, long]) {
            *least = time(|| run(text)).min(*least);
        }
        if least[1] < AT_ONCE.max(least[0] * 3) {
            return;
        }
    }
    panic!("{what}: {least:?}");
}

#[test]
fn a_scan_of_one_character_takes_no_quadratic_time() {
    let strict = Strictness::Strict(LinkRules::default(), Associations::Complete);
    let profile = WedgeProfile::default();
    for (character, head) in CHARACTERS.into_iter().flat_map(|c| HEADS.map(|head| (c, head))) {
        let texts = [LONGEST / 2, LONGEST].map(|bytes| filled(head, character, bytes));
        let texts = texts.each_ref().map(String::as_str);
        assert!(!matches!(
            identify(texts[1].as_bytes(), TODAY, &profile),
            Err(ScanError::TooLong { .. })
        ));
        linear(&format!("identify {head}{character:?}"), texts, |text| {
            identify(text.as_bytes(), TODAY, &profile).map(|read| read.changes)
        });
        for strictness in [Strictness::Lenient, strict] {
            linear(
                &format!("explain {strictness:?} {head}{character:?}"),
                texts,
                |text| explain(text, AskedForm::Auto, TODAY, &profile, strictness),
            );
        }
        linear(&format!("examine {head}{character:?}"), texts, |text| {
            examine(text, TODAY, &profile)
        });
    }
}

#[test]
fn a_megabyte_of_one_character_takes_no_quadratic_time() {
    let profile = WedgeProfile::default();
    let strict = Strictness::Strict(LinkRules::default(), Associations::Complete);
    let allowing = LinkRules {
        values: Rules {
            unknown_ais: UnknownAis::Allowed,
            ..Rules::default()
        },
        ..LinkRules::default()
    };
    for (character, head) in CHARACTERS.into_iter().flat_map(|c| HEADS.map(|head| (c, head))) {
        let text = filled(head, character, 1 << 20);
        let timed =
            |what: &str, took: Duration| assert!(took < BOUND, "{what} {head}{character:?} took {took:?}");
        for form in [Form::Scan, Form::Bracketed, Form::Fnc1, Form::Link] {
            let read = || read_strictly(form, &text, LinkRules::default(), Associations::Complete);
            timed(&format!("{form:?}"), time(read));
        }
        let read = || read_strictly(Form::Bracketed, &text, allowing, Associations::Complete);
        timed("allowing", time(read));
        timed(
            "explain",
            time(|| explain(&text, AskedForm::Auto, TODAY, &profile, strict)),
        );
    }
}
