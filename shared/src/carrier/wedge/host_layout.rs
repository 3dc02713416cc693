//! From the characters a host made of a scanner's keys back to those the scanner meant.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::composed;

/// How the host reads the keys that the scanner presses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostLayout {
    /// As the scanner means them.
    #[default]
    Same,
    /// A scanner on a US layout at a host with the Swedish one, Windows' own.
    Swedish,
    /// As a calibration scan showed.
    Learned(LearnedLayout),
}

/// Characters that arrive otherwise than they were meant, by what arrives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize)]
pub struct LearnedLayout {
    meant: BTreeMap<char, char>,
}

/// What a US scanner means by what a Swedish host writes: first what arrives, then what was meant. Dead keys (`` ` ``,
/// `´`, `¨`, `^`) arrive alone before what does not join with them.
const SWEDISH: [(char, char); 28] = [
    ('Ä', '"'),
    ('/', '&'),
    ('ä', '\''),
    (')', '('),
    ('=', ')'),
    ('(', '*'),
    ('+', '-'),
    ('-', '/'),
    ('Ö', ':'),
    ('ö', ';'),
    (';', '<'),
    (':', '>'),
    ('_', '?'),
    ('?', '_'),
    ('¤', '$'),
    ('"', '@'),
    ('å', '['),
    ('\'', '\\'),
    ('&', '^'),
    ('§', '`'),
    ('Å', '{'),
    ('*', '|'),
    ('½', '~'),
    ('`', '+'),
    ('´', '='),
    ('¨', ']'),
    ('^', '}'),
    // What a Mac with the Swedish layout writes for the key of the currency sign.
    ('€', '$'),
];

impl HostLayout {
    /// A short name for records and people.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Swedish => "swedish",
            Self::Learned(_) => "learned",
        }
    }

    /// What was meant by what arrived. What the layout does not know stays as it is.
    pub fn decode<'a>(&self, received: &'a str) -> Cow<'a, str> {
        if *self == Self::Same {
            return Cow::Borrowed(received);
        }
        let mut out = String::with_capacity(received.len());
        let mut rest = received.chars();
        if let Some((head, behind)) = self.identifier(received) {
            out.extend(head);
            rest = behind.chars();
        }
        for character in rest {
            self.put(character, &mut out);
        }
        Cow::Owned(out)
    }

    /// What one character was meant to be, when it stands for another.
    pub(super) fn meant(&self, character: char) -> Option<char> {
        match self {
            Self::Same => None,
            Self::Swedish => SWEDISH
                .iter()
                .find(|(came, _)| *came == character)
                .map(|(_, meant)| *meant),
            Self::Learned(learned) => learned.meant.get(&character).copied(),
        }
    }

    /// What the host writes for what a scanner means, with dead keys joined to the letter after them where there is such
    /// a letter: the other way round than [`Self::decode`], to try a scanner's text without a scanner.
    pub fn encode(&self, meant: &str) -> String {
        let mut out = String::with_capacity(meant.len());
        let mut dead: Option<char> = None;
        for character in meant.chars() {
            let pressed = self.came(character);
            let came = pressed.unwrap_or(character);
            if let Some(accent) = dead.take() {
                if let Some(joined) = composed::join(accent, came) {
                    out.push(joined);
                    continue;
                }
                out.push(accent);
            }
            if pressed.is_some_and(composed::is_accent) {
                dead = pressed;
            } else {
                out.push(came);
            }
        }
        out.extend(dead);
        out
    }

    /// What arrives for one character that is meant, when it is another.
    fn came(&self, character: char) -> Option<char> {
        match self {
            Self::Same => None,
            Self::Swedish => {
                let mut pairs = SWEDISH.iter();
                pairs
                    .find(|(_, meant)| *meant == character)
                    .map(|(came, _)| *came)
            }
            Self::Learned(learned) => {
                let mut pairs = learned.meant.iter();
                pairs
                    .find(|(_, meant)| **meant == character)
                    .map(|(came, _)| *came)
            }
        }
    }

    fn put(&self, character: char, out: &mut String) {
        if let Some(meant) = self.meant(character) {
            out.push(meant);
        } else if let Some((accent, letter)) = composed::parts(character)
            && let Some(meant) = self.meant(accent)
        {
            out.push(meant);
            self.put(letter, out);
        } else {
            out.push(character);
        }
    }

    /// `]` joined with the letter of a symbology identifier, which may look like a character of its own: `Ä0` is `]A0`.
    fn identifier<'a>(&self, received: &'a str) -> Option<([char; 2], &'a str)> {
        let mut characters = received.chars();
        let (accent, letter) = composed::parts(characters.next()?)?;
        let behind = characters.as_str();
        let digit = characters.next()?;
        let is_one = self.meant(accent) == Some(']') && self.meant(digit).unwrap_or(digit).is_ascii_digit();
        is_one.then_some(([']', letter], behind))
    }
}

impl LearnedLayout {
    /// Keeps the pairs that differ: what arrives, and what was meant.
    pub(super) fn new(pairs: impl IntoIterator<Item = (char, char)>) -> Self {
        let meant = pairs.into_iter().filter(|(came, meant)| came != meant).collect();
        Self { meant }
    }
}
