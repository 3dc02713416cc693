//! The console's words.

use std::sync::LazyLock;

use sparhund_shared::text::{Lang, Texts};

static SV: LazyLock<Texts> = LazyLock::new(|| Texts::new(Lang::Sv, include_str!("sv.ftl")));
static EN: LazyLock<Texts> = LazyLock::new(|| Texts::new(Lang::En, include_str!("en.ftl")));

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

    /// Every text a page asks for by name is there; names put together at run time are tested by the pages.
    #[test]
    fn no_page_asks_for_a_text_that_is_not_there() {
        let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/src/console");
        let mut files = vec![std::path::PathBuf::from(directory)];
        let texts = super::texts(sparhund_shared::text::Lang::Sv);
        let mut asked = 0;
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                for call in [".t(\"", ".count(\"", ".with(\""] {
                    for part in source.split(call).skip(1) {
                        let key = part.split('"').next().unwrap_or_default();
                        assert!(
                            key.len() < 4 || texts.has(key) || !key.contains(char::is_alphabetic),
                            "{key} in {path:?}"
                        );
                        asked += 1;
                    }
                }
            }
        }
        assert!(asked > 100, "{asked}");
    }
}
