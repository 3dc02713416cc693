//! Every problem and alert has its sentence in every language.
#![allow(clippy::unwrap_used)]

use sparhund_scanner_core::api::{Alert, AlertCode, Problem, texts};
use sparhund_shared::text::Lang;

/// Codes of both `problems.rs` and of `fault.rs`, read from the source so that a new one cannot be forgotten here.
fn codes() -> Vec<String> {
    let sources = [
        include_str!("../src/problems.rs"),
        include_str!("../src/quick/problems.rs"),
        include_str!("../src/fault.rs"),
    ];
    let mut codes = Vec::new();
    for source in sources {
        for (at, _) in source.match_indices("new(") {
            let rest = source[at + 4..].trim_start();
            if let Some(code) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                codes.push(code.to_owned());
            }
        }
        for line in source.lines() {
            for part in line.split('"').skip(1).step_by(2) {
                if part.starts_with("scan-") || part.starts_with("server-") {
                    codes.push(part.to_owned());
                }
            }
        }
    }
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn every_problem_has_its_sentence() {
    let codes = codes();
    assert!(codes.len() > 30, "{codes:?}");
    for lang in [Lang::Sv, Lang::En] {
        let texts = texts(lang);
        for code in &codes {
            assert!(texts.has(&format!("problem-{code}")), "{} {code}", lang.tag());
        }
    }
}

#[test]
fn values_stand_in_the_sentence_and_unknown_codes_fall_back() {
    let problem = Problem::new("unknown-order", "english").with("order", &"O-9");
    assert!(problem.say(&texts(Lang::Sv)).contains("O-9"));
    assert_eq!(
        Problem::new("never-heard", "english").say(&texts(Lang::Sv)),
        "english"
    );
}

#[test]
fn every_alert_has_its_sentence() {
    let all = [
        AlertCode::RecordRefused,
        AlertCode::DigestRepaired,
        AlertCode::DigestDiffers,
        AlertCode::LogRestarted,
        AlertCode::KeyLost,
        AlertCode::KeyFailed,
        AlertCode::DeviceRefused,
        AlertCode::ClockSkew,
        AlertCode::SyncRefused,
        AlertCode::ServerRewrote,
        AlertCode::AccountClosed,
    ];
    for lang in [Lang::Sv, Lang::En] {
        let texts = texts(lang);
        for code in all {
            assert!(texts.has(&format!("alert-{}", code.word())), "{code:?}");
            let alert = Alert {
                code,
                at: 0,
                detail: "DETAIL".to_owned(),
            };
            assert!(!alert.say(&texts).contains("{$"));
        }
    }
}

/// What stands before ` =` at the start of a line.
fn keys(lang: Lang) -> Vec<&'static str> {
    sparhund_scanner_core::api::surface(lang)
        .lines()
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
        .filter(|key| !key.starts_with([' ', '#', '*', '[', '}']))
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_and_every_role_its_word() {
    assert_eq!(keys(Lang::Sv), keys(Lang::En));
    for role in sparhund_shared::reference::Role::ALL {
        assert!(keys(Lang::Sv).contains(&format!("word-role-{}", role.word()).as_str()));
    }
    let odd = Problem::new("scan-unreadable", "english").with("detail", &"NEVER_HEARD");
    assert!(
        odd.say(&texts(Lang::Sv)).contains("NEVER_HEARD"),
        "the code as fallback"
    );
}
