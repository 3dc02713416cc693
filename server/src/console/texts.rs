//! The console's words.

use std::sync::LazyLock;

use sparhund_shared::text::{Lang, Texts};

static SV: LazyLock<Texts> = LazyLock::new(|| Texts::new(Lang::Sv, include_str!("sv.ftl")).with_fields());
static EN: LazyLock<Texts> = LazyLock::new(|| Texts::new(Lang::En, include_str!("en.ftl")).with_fields());

/// The texts of a language.
pub(super) fn texts(lang: Lang) -> &'static Texts {
    match lang {
        Lang::Sv => &SV,
        Lang::En => &EN,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    fn keys(source: &str) -> BTreeSet<&str> {
        source
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_texts() {
        let (sv, en) = (keys(include_str!("sv.ftl")), keys(include_str!("en.ftl")));
        assert!(sv.len() > 100, "{}", sv.len());
        assert_eq!(sv.difference(&en).collect::<Vec<_>>(), Vec::<&&str>::new());
        assert_eq!(en.difference(&sv).collect::<Vec<_>>(), Vec::<&&str>::new());
    }

    /// Names of texts in a source file: those asked for by name, and the heads of tables. Names put together at run
    /// time are tested by drawing the pages.
    fn asked(source: &str) -> Vec<&str> {
        let first = |part| str::split(part, '"').next().unwrap_or_default();
        let calls = [".t(\"", ".count(\"", ".with(\""];
        let mut asked: Vec<&str> = calls
            .iter()
            .flat_map(|call| source.split(call).skip(1))
            .map(first)
            .collect();
        for list in source.split("let head = [").skip(1) {
            let words = list.split(']').next().unwrap_or_default().split('"');
            asked.extend(words.skip(1).step_by(2).map(|word| word.trim_start_matches('#')));
        }
        asked
    }

    #[test]
    fn no_page_asks_for_a_text_that_is_not_there() {
        let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/src/console/pages");
        let texts = super::texts(sparhund_shared::text::Lang::Sv);
        let mut count = 0;
        for entry in std::fs::read_dir(pages).unwrap() {
            let path = entry.unwrap().path();
            let source = std::fs::read_to_string(&path).unwrap();
            for key in asked(&source)
                .into_iter()
                .filter(|key| !key.chars().all(|c| c.is_ascii_digit()))
            {
                assert!(texts.has(key), "{key} in {path:?}");
                count += 1;
            }
        }
        assert!(count > 100, "{count}");
    }

    /// The reasons are those that the handheld has sentences for.
    #[test]
    fn whatever_a_record_says_of_doubts_has_words_at_the_desk() {
        use sparhund_shared::text::Lang;

        let shared = keys(include_str!("../../../shared/src/text/sv.ftl"));
        let reasons: Vec<_> = shared
            .iter()
            .filter_map(|key| key.strip_prefix("reason-"))
            .collect();
        assert!(
            reasons.contains(&"suspect-separator") && reasons.len() > 20,
            "{reasons:?}"
        );
        for lang in [Lang::Sv, Lang::En] {
            let bare: Vec<_> = reasons
                .iter()
                .filter(|word| !super::texts(lang).has(&format!("doubt-{word}")))
                .collect();
            assert!(bare.is_empty(), "{lang:?}: {bare:?}");
        }
    }
}
