//! Keys that came close together, and the two ways to read them.

use super::{Focus, Layout};

/// A key that gave a character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// When it came, in milliseconds.
    pub at: f64,
    /// What a US keyboard makes of it; `None` where that makes no sense.
    pub us: Option<char>,
    /// What the host makes of it; `None` for a dead key.
    pub host: Option<char>,
}

/// Keys without a pause between them.
#[derive(Debug)]
pub(super) struct Burst {
    pub keys: Vec<Key>,
    pub focus: Focus,
    /// A key was held down, which no scanner does.
    pub held: bool,
    /// When a key last came, also one that is not kept: a key that repeats, one too many.
    pub last_at: f64,
}

impl Burst {
    pub fn new(focus: Focus, at: f64) -> Self {
        Self {
            keys: Vec::new(),
            focus,
            held: false,
            last_at: at,
        }
    }

    pub fn hold(&mut self, at: f64) {
        self.held = true;
        self.last_at = at;
    }

    /// Begins with an AIM identifier, whichever way it is read.
    pub fn named(&self) -> bool {
        is_identifier(&self.keys)
    }

    pub fn begins_with_bracket(&self) -> bool {
        self.keys
            .first()
            .is_some_and(|key| [key.us, key.host].contains(&Some(']')))
    }

    /// Cuts off an identifier that has just come in the middle, and gives back the burst it begins.
    pub fn split_at_identifier(&mut self) -> Option<Self> {
        let at = self.keys.len().checked_sub(3).filter(|at| *at > 0)?;
        is_identifier(&self.keys[at..]).then(|| Self {
            keys: self.keys.split_off(at),
            focus: self.focus,
            held: false,
            last_at: self.last_at,
        })
    }

    /// Median milliseconds between keys; for ever, if there is but one.
    pub fn median_gap(&self) -> f64 {
        let mut gaps: Vec<f64> = self.keys.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
        gaps.sort_by(f64::total_cmp);
        gaps.get(gaps.len() / 2).copied().unwrap_or(f64::MAX)
    }

    /// What the physical keys say, where each is known.
    pub fn physical(&self) -> Option<String> {
        self.keys.iter().map(|key| key.us).collect()
    }

    /// What the host made of the keys.
    pub fn text(&self) -> String {
        self.keys.iter().filter_map(|key| key.host).collect()
    }

    /// The characters by a layout. Where it is a guess, a reading that makes sense and begins with an identifier is the
    /// right one; where both or neither do, that of the physical keys.
    pub fn read(&self, layout: Layout) -> String {
        match layout {
            Layout::Guess => self.guess(),
            Layout::Physical => self.physical().unwrap_or_else(|| self.text()),
            Layout::Text => self.text(),
        }
    }

    fn guess(&self) -> String {
        let rank = |of: fn(&Key) -> Option<char>| {
            let whole = self.keys.iter().all(|key| of(key).is_some());
            (whole && begins_with_aim(self.keys.iter().map(of)), whole)
        };
        let us = rank(|key| key.us) >= rank(|key| key.host);
        let of = |key: &Key| if us { key.us } else { key.host };
        self.keys.iter().filter_map(of).collect()
    }
}

fn is_identifier(keys: &[Key]) -> bool {
    begins_with_aim(keys.iter().map(|key| key.us)) || begins_with_aim(keys.iter().map(|key| key.host))
}

/// `]`, letter, digit (ISO/IEC 15424).
fn begins_with_aim(mut characters: impl Iterator<Item = Option<char>>) -> bool {
    let mut next = || characters.next().flatten();
    next() == Some(']')
        && next().is_some_and(|c| c.is_ascii_alphabetic())
        && next().is_some_and(|c| c.is_ascii_digit())
}
