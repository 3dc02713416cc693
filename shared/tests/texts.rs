//! Every word the program can say exists in both languages.

use sparhund_shared::carrier::gs1::Ai;
use sparhund_shared::carrier::{Fault, Remark};
use sparhund_shared::event::{BizStep, ReasonCode, StockStatus};
use sparhund_shared::reference::Role;
use sparhund_shared::text::{Lang, Texts};
use sparhund_shared::verdict::{Reason, Verdict};

/// Keys of a Fluent source: what stands before ` = ` at the start of a line.
fn keys(source: &str) -> Vec<&str> {
    source
        .lines()
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key)
        .filter(|key| !key.starts_with([' ', '#', '*', '[', '}']))
        .collect()
}

#[test]
fn both_languages_have_the_same_keys() {
    for (sv, en, least) in [
        (
            include_str!("../src/text/sv.ftl"),
            include_str!("../src/text/en.ftl"),
            40,
        ),
        (
            include_str!("../src/text/codes.sv.ftl"),
            include_str!("../src/text/codes.en.ftl"),
            200,
        ),
        (
            include_str!("../src/text/fields.sv.ftl"),
            include_str!("../src/text/fields.en.ftl"),
            250,
        ),
    ] {
        assert_eq!(keys(sv), keys(en));
        assert!(keys(sv).len() > least, "{}", keys(sv).len());
    }
}

/// Names of errors, warnings and changes, read from the sources so that a new one cannot be forgotten here.
fn names(source: &str) -> Vec<&str> {
    let is_name = |text: &&str| {
        text.len() > 3
            && text
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    code.split('"').skip(1).step_by(2).filter(is_name).collect()
}

#[test]
fn every_fault_of_a_code_is_one_sentence_in_both_languages() {
    let sources = [
        include_str!("../src/carrier/gs1/error.rs"),
        include_str!("../src/carrier/gs1/linter/error.rs"),
        include_str!("../src/carrier/hibc/error.rs"),
        include_str!("../src/carrier/isbt128/error.rs"),
        include_str!("../src/carrier/ifa/error.rs"),
        include_str!("../src/carrier/scan_error.rs"),
    ];
    let mut all: Vec<&str> = sources.iter().flat_map(|source| names(source)).collect();
    // The class of a wrong content, whose own name stands beside it.
    all.retain(|name| *name != "AI_LINTER_ERROR");
    assert!(all.len() > 200, "{}", all.len());
    for lang in [Lang::Sv, Lang::En] {
        let texts = Texts::new(lang, "");
        for name in &all {
            assert!(
                texts.has(&format!("word-detail-{name}")),
                "{lang:?} lacks word-detail-{name}"
            );
            let fault = Fault {
                code: (*name).to_owned(),
                linter: None,
                ai: None,
                at: None,
                message: String::new(),
                marked: None,
            };
            let said = texts.refusal(&fault);
            let asked = ["word-", "advice-", "{", name];
            assert!(
                said.ends_with('.') && !asked.iter().any(|key| said.contains(key)),
                "{said}"
            );
        }
    }
}

#[test]
fn every_oddity_of_a_code_has_its_words() {
    let sources = [
        include_str!("../src/carrier/warning.rs"),
        include_str!("../src/carrier/change.rs"),
    ];
    let all: Vec<&str> = sources.iter().flat_map(|source| names(source)).collect();
    assert!(all.len() > 15, "{all:?}");
    for lang in [Lang::Sv, Lang::En] {
        let texts = Texts::new(lang, "");
        for name in &all {
            let remark = Remark {
                code: (*name).to_owned(),
                message: "MESSAGE".to_owned(),
                details: ["ai", "swallowed", "stand_in", "times", "digits"]
                    .map(|name| (name, "7".to_owned()))
                    .to_vec(),
            };
            let said = texts.oddity(&remark);
            assert!(
                said.ends_with('.') && !said.contains('{'),
                "{lang:?} {name}: {said}"
            );
        }
    }
}

#[test]
fn every_application_identifier_has_a_name() {
    for lang in [Lang::Sv, Lang::En] {
        let texts = Texts::new(lang, "").with_fields();
        let mut count = 0;
        for number in 0..10_000u16 {
            let digits = [
                format!("{number:02}"),
                format!("{number:03}"),
                format!("{number:04}"),
            ];
            let rows = digits.iter().filter_map(|digits| Ai::from_digits(digits)?.row());
            for row in rows {
                let key = format!("ai-{}", row.span.low);
                assert!(texts.has(&key), "{lang:?} lacks {key}");
                count += 1;
            }
        }
        assert!(count >= 541, "{count}");
    }
}

#[test]
fn steps_statuses_roles_and_verdicts_have_words() {
    for lang in [Lang::Sv, Lang::En] {
        let texts = Texts::new(lang, "");
        let keys = BizStep::ALL
            .iter()
            .map(|step| format!("step-{}", step.word()))
            .chain(
                StockStatus::ALL
                    .iter()
                    .map(|status| format!("status-{}", status.word())),
            )
            .chain(
                ReasonCode::ALL
                    .iter()
                    .map(|reason| format!("cause-{}", reason.word())),
            )
            .chain(Role::ALL.iter().map(|role| format!("role-{}", role.word())))
            .chain(
                [Verdict::Ok, Verdict::Warn, Verdict::Stop]
                    .iter()
                    .map(|verdict| format!("verdict-{}", verdict.word())),
            );
        for key in keys {
            assert!(texts.has(&key), "{lang:?} lacks {key}");
        }
    }
}

#[test]
fn a_reason_is_one_whole_sentence() {
    let texts = Texts::new(Lang::Sv, "");
    let wrong_item = texts.reason(&Reason::WrongItem {
        scanned: "A-7".parse().ok(),
    });
    assert_eq!(
        wrong_item,
        "Fel artikel (A-7). Lägg tillbaka den och ta artikeln på plocklistan."
    );
    let unknown = texts.reason(&Reason::WrongItem { scanned: None });
    assert_eq!(
        unknown,
        "Fel artikel. Lägg tillbaka den och ta artikeln på plocklistan."
    );
    let expired = texts.reason(&Reason::Expired {
        expiry: "2026-10".parse().expect("a month"),
    });
    assert_eq!(expired, "Utgången 2026-10. Ställ varan åt sidan för kassation.");
}

#[test]
fn a_missing_text_shows_its_key_and_a_surface_adds_its_own() {
    let texts = Texts::new(Lang::En, "greeting = Hello { $name }");
    assert_eq!(texts.get("no-such-key"), "no-such-key");
    assert_eq!(texts.with("greeting", &[("name", "Ada")]), "Hello Ada");
}

#[test]
fn the_language_of_a_browser_is_found() {
    assert_eq!(Lang::negotiate("en-GB,en;q=0.9,sv;q=0.8"), Lang::En);
    assert_eq!(Lang::negotiate("de, sv-SE;q=0.5"), Lang::Sv);
    assert_eq!(Lang::negotiate(""), Lang::Sv);
}
