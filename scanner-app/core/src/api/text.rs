//! Sentences for problems and alerts, in every language.

use sparhund_shared::text::{Lang, Texts};

use super::{Alert, Problem};

const SV: &str = include_str!("sv.ftl");
const EN: &str = include_str!("en.ftl");

/// The client's texts as Fluent source, for a user interface that adds its own.
pub fn surface(lang: Lang) -> &'static str {
    match lang {
        Lang::Sv => SV,
        Lang::En => EN,
    }
}

/// The client's texts and the shared ones.
pub fn texts(lang: Lang) -> Texts {
    Texts::new(lang, surface(lang))
}

impl Problem {
    /// The sentence in the language of `texts`; English where there is no translation.
    pub fn say(&self, texts: &Texts) -> String {
        let key = format!("problem-{}", self.code);
        if !texts.has(&key) {
            return self.message.clone();
        }
        let said: Vec<(&str, String)> = self
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), in_words(texts, name, value)))
            .collect();
        // What to do goes by what is wrong.
        let advice = self.args.get("detail").map(|word| texts.advice_on(word));
        let mut args: Vec<(&str, &str)> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
        args.extend(advice.as_deref().map(|advice| ("advice", advice)));
        texts.with(&key, &args)
    }
}

/// A stable word in the language of a person, by the text `word-<argument>-<value>`; anything else as it is.
fn in_words(texts: &Texts, name: &str, value: &str) -> String {
    let key = format!("word-{name}-{value}");
    if texts.has(&key) {
        texts.get(&key)
    } else {
        value.to_owned()
    }
}

impl Alert {
    /// The sentence in the language of `texts`.
    pub fn say(&self, texts: &Texts) -> String {
        texts.with(
            &format!("alert-{}", self.code.word()),
            &[("detail", &self.detail)],
        )
    }
}
