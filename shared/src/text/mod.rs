//! Words for people, in Swedish first and English second, by Project Fluent.
//!
//! Shared words (verdicts, reasons, steps, deviations) live here; each surface adds its own file.

mod code;
mod reason;

use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

const SHARED_SV: [&str; 2] = [include_str!("sv.ftl"), include_str!("codes.sv.ftl")];
const SHARED_EN: [&str; 2] = [include_str!("en.ftl"), include_str!("codes.en.ftl")];

/// A language of the user interface.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Svenska.
    #[default]
    Sv,
    /// English.
    En,
}

impl Lang {
    /// BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// The first language of an `Accept-Language` header that there are texts in; Swedish otherwise.
    pub fn negotiate(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| part.split([';', '-']).next())
            .find_map(|tag| match tag.trim() {
                "sv" => Some(Self::Sv),
                "en" => Some(Self::En),
                _ => None,
            })
            .unwrap_or_default()
    }

    fn id(self) -> LanguageIdentifier {
        // Both tags are well-formed; the default (no language) only changes plural rules.
        self.tag().parse().unwrap_or_default()
    }
}

/// The texts of one language. A missing text shows its key, so that a person can report it.
pub struct Texts {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts")
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

impl Texts {
    /// The shared texts and those of a surface, given as the content of its Fluent file in the same language.
    pub fn new(lang: Lang, surface: &str) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.id()]);
        // Isolation marks would show up in scanned values that people compare and copy.
        bundle.set_use_isolating(false);
        let shared = match lang {
            Lang::Sv => SHARED_SV,
            Lang::En => SHARED_EN,
        };
        let mut texts = Self { lang, bundle };
        for source in shared.into_iter().chain([surface]) {
            texts.add(source);
        }
        texts
    }

    /// The same with the names of the fields of codes, for surfaces that show codes field by field.
    #[must_use]
    pub fn with_fields(mut self) -> Self {
        self.add(match self.lang {
            Lang::Sv => include_str!("fields.sv.ftl"),
            Lang::En => include_str!("fields.en.ftl"),
        });
        self
    }

    fn add(&mut self, source: &str) {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        self.bundle.add_resource_overriding(resource);
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A text without arguments.
    pub fn get(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// A text with arguments.
    pub fn with<'a>(&'a self, key: &str, args: &[(&'a str, &'a str)]) -> String {
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set(*name, FluentValue::from(*value));
        }
        self.format(key, Some(&fluent))
    }

    /// A text with one number, for plurals.
    pub fn count(&self, key: &str, count: i64) -> String {
        let mut fluent = FluentArgs::new();
        fluent.set("count", count);
        self.format(key, Some(&fluent))
    }

    /// A text whose plural goes by `count`, with other arguments; the number is shown as one of them says.
    pub fn counted<'a>(&'a self, key: &str, count: i64, args: &[(&'a str, &'a str)]) -> String {
        let mut fluent = FluentArgs::new();
        fluent.set("count", count);
        for (name, value) in args {
            fluent.set(*name, FluentValue::from(*value));
        }
        self.format(key, Some(&fluent))
    }

    /// Whether there is a text.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, args, &mut errors)
            .into_owned()
    }
}
