//! Every word the program can say exists in both languages.

use sparhund_shared::event::{BizStep, StockStatus};
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
    let (sv, en) = (
        include_str!("../src/text/sv.ftl"),
        include_str!("../src/text/en.ftl"),
    );
    assert_eq!(keys(sv), keys(en));
    assert!(keys(sv).len() > 40);
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
