//! Tells the scans of a keyboard wedge from the typing of fingers. A pure state machine over keys and inserted
//! text; the page feeds it from the document.
//!
//! A scan is a burst of characters without a pause of [`SILENCE_MS`] that either begins with an AIM symbology
//! identifier (ISO/IEC 15424: `]`, letter, digit) or comes faster than fingers, and that ends with Enter, Tab or
//! silence. Within a field where somebody may be typing it must be fast *and* carry the identifier or the end key;
//! within a field for a number the identifier is enough.
//! The group separator is kept in every form scanners send it: as the character, as Ctrl+], as Alt+029, or in
//! inserted text. A printable stand-in is kept as it came; the profile of the reader knows it.

mod burst;
mod us_layout;

#[cfg(test)]
mod tests;

use burst::{Burst, Key};
use sparhund_shared::carrier::Keys;

/// A pause of this many milliseconds ends a scan.
pub const SILENCE_MS: f64 = 100.0;
/// A scan that began with an identifier may pause this long where the scanner ends with a key: a radio link or a busy
/// device stutters, and half a label is worse than a late one. The end key comes at once, so nobody waits for this.
const STUTTER_MS: f64 = 3_000.0;
/// The same where the last scan ended without a key, and every scan waits for it.
const KEYLESS_STUTTER_MS: f64 = 300.0;
/// Median gap in milliseconds above which an identifier was typed by fingers.
const SLOWEST_MS: f64 = 100.0;
/// Median gap in milliseconds below which no fingers type.
const FAST_MS: f64 = 35.0;
/// Fewer characters are never a scan by speed.
const FEWEST: usize = 6;
/// No symbol holds more; what is longer is a cat on the keyboard.
const MOST: usize = 8_000;

/// Where the characters of a scan are taken from.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Layout {
    /// Nobody has calibrated the scanner: the reading that makes sense counts, and where both do the physical keys of a
    /// US keyboard, which is how scanners leave the factory.
    #[default]
    Guess,
    /// From the physical keys of a US keyboard.
    Physical,
    /// From what the host makes of the keys.
    Text,
}

impl From<&Keys> for Layout {
    fn from(keys: &Keys) -> Self {
        match keys {
            Keys::Physical => Self::Physical,
            Keys::Text(_) => Self::Text,
        }
    }
}

/// Where the characters would go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Focus {
    /// Into a field in which somebody may be typing.
    Field,
    /// Into a field for a number, where letters and brackets have no business.
    Number,
    /// Nowhere.
    Elsewhere,
}

/// A `keydown`.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "as the browser's event has them")]
pub struct Press<'a> {
    /// Time of the event in milliseconds, from any fixed point.
    pub at: f64,
    /// `KeyboardEvent.code`: the physical key; empty from an on-screen keyboard.
    pub code: &'a str,
    /// `KeyboardEvent.key`: what the host's layout makes of it.
    pub key: &'a str,
    /// Shift is held.
    pub shift: bool,
    /// Control is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
    /// AltGr is held; browsers report it as Ctrl and Alt too.
    pub alt_graph: bool,
    /// The key repeats because it is held down.
    pub repeat: bool,
    /// Where it would go.
    pub focus: Focus,
}

/// What to do about an event.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Taken {
    /// The event must do nothing else: no shortcut, no button, no form.
    pub prevent: bool,
    /// A burst begins with this event: remember what stands in the field now.
    pub began: bool,
    /// A scan ended, before or with this event.
    pub scan: Option<Scan>,
}

/// A scan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scan {
    /// Its bytes by the layout in force.
    pub raw: Vec<u8>,
    /// What the physical keys of a US keyboard say, where each is known.
    pub physical: Option<String>,
    /// What the host made of the keys.
    pub text: String,
    /// Its characters went into a field: put back what stood there.
    pub in_field: bool,
}

/// The state between events.
#[derive(Debug)]
pub struct Wedge {
    layout: Layout,
    burst: Option<Burst>,
    /// Digits of an Alt+number under way.
    alt_digits: String,
    /// The last key already gave its character, so the text that follows from it is the same one again.
    echo: bool,
    /// The last scan ended without a key.
    keyless: bool,
}

impl Wedge {
    /// Nothing typed yet.
    pub fn new(layout: Layout) -> Self {
        Self {
            layout,
            burst: None,
            alt_digits: String::new(),
            echo: false,
            keyless: false,
        }
    }

    /// Believes another keyboard from the next scan on.
    pub fn set_layout(&mut self, layout: Layout) {
        self.layout = layout;
    }

    /// A key went down.
    pub fn press(&mut self, press: &Press<'_>) -> Taken {
        self.echo = false;
        if matches!(
            press.key,
            "Shift" | "Control" | "Alt" | "AltGraph" | "CapsLock" | "NumLock" | "Meta"
        ) {
            return Taken::default();
        }
        let before = self.end_if_silent(press.at);
        let mut taken = self.press_in_time(press);
        taken.scan = taken.scan.or(before);
        taken
    }

    /// Alt went up: the number typed meanwhile is a character.
    pub fn alt_released(&mut self, at: f64, focus: Focus) -> Taken {
        let digits = std::mem::take(&mut self.alt_digits);
        let Some(character) = digits.parse::<u8>().ok().filter(u8::is_ascii).map(char::from) else {
            return Taken::default();
        };
        // The host may insert the character by itself now.
        let taken = self.put_plain(at, character, focus);
        self.echo = true;
        taken
    }

    /// Text was inserted by an input method, or as the consequence of a key.
    pub fn text(&mut self, at: f64, text: &str, focus: Focus) -> Taken {
        let before = self.end_if_silent(at);
        if std::mem::take(&mut self.echo) && text.chars().count() <= 1 {
            return Taken {
                prevent: self.is_scan(false),
                scan: before,
                ..Taken::default()
            };
        }
        let mut all = Taken {
            scan: before,
            ..Taken::default()
        };
        for character in text.chars() {
            let one = if matches!(character, '\r' | '\n' | '\t') {
                self.end(true)
            } else {
                self.put_plain(at, character, focus)
            };
            all.began |= one.began;
            all.prevent = one.prevent;
            all.scan = one.scan.or(all.scan);
        }
        all
    }

    /// How long a pause the scan under way may make, in milliseconds.
    pub fn patience_ms(&self) -> f64 {
        match &self.burst {
            Some(burst) if burst.begins_with_bracket() && self.keyless => KEYLESS_STUTTER_MS,
            Some(burst) if burst.begins_with_bracket() => STUTTER_MS,
            _ => SILENCE_MS,
        }
    }

    /// The clock says `at` and no event came: is a scan complete?
    pub fn silence(&mut self, at: f64) -> Option<Scan> {
        self.end_if_silent(at)
    }

    fn press_in_time(&mut self, press: &Press<'_>) -> Taken {
        if let Some(end) = ends(press) {
            return if end { self.end_by_key() } else { Taken::default() };
        }
        if press.repeat {
            if let Some(burst) = &mut self.burst {
                burst.hold(press.at);
            }
            return Taken::default();
        }
        if press.alt && !press.alt_graph {
            if let Some(digit) = us_layout::numpad_digit(press.code) {
                self.alt_digits.push_str(&digit.to_string());
                return Taken {
                    prevent: true,
                    ..Taken::default()
                };
            }
        } else if !self.alt_digits.is_empty() {
            // Some hosts never tell that Alt went up.
            let first = self.alt_released(press.at, press.focus);
            let mut rest = self.press_in_time(press);
            rest.began |= first.began;
            return rest;
        }
        if press.ctrl && !press.alt_graph {
            return self.control(press);
        }
        // How some scanners send GS to hosts without control characters; by hand it is pressed alone.
        if press.key == "F8" && self.burst.is_some() {
            let taken = self.put_plain(press.at, '\u{1d}', press.focus);
            return Taken {
                prevent: true,
                ..taken
            };
        }
        // A dead key has no character of its own on the host, and a US keyboard has no AltGr.
        let host = single(press.key);
        let us = if press.alt_graph {
            None
        } else {
            us_layout::character(press.code, press.shift).or(host)
        };
        let Some(any) = us.or(host) else {
            return Taken::default();
        };
        let key = Key {
            at: press.at,
            us,
            host,
        };
        let taken = self.put(key, any, press.focus);
        self.echo = true;
        taken
    }

    fn control(&mut self, press: &Press<'_>) -> Taken {
        let character = match single(press.key) {
            Some(character) if character.is_ascii_control() => Some(character),
            _ => us_layout::control(press.code),
        };
        match character {
            // Ctrl+M, Ctrl+J, Ctrl+I: how some scanners send the end.
            Some('\r' | '\n' | '\t') if self.burst.is_some() => self.end(true),
            // Nobody presses Ctrl+] by hand; anything else is a shortcut unless a scan is under way.
            Some(character) if character == '\u{1d}' || self.burst.is_some() => {
                let taken = self.put_plain(press.at, character, press.focus);
                Taken {
                    prevent: true,
                    ..taken
                }
            }
            _ => Taken::default(),
        }
    }

    /// Adds a character that is the same in both readings.
    fn put_plain(&mut self, at: f64, character: char, focus: Focus) -> Taken {
        let key = Key {
            at,
            us: Some(character),
            host: Some(character),
        };
        self.put(key, character, focus)
    }

    fn put(&mut self, key: Key, any: char, focus: Focus) -> Taken {
        let began = self.burst.is_none();
        let burst = self.burst.get_or_insert_with(|| Burst::new(focus, key.at));
        burst.last_at = key.at;
        if burst.keys.len() < MOST {
            burst.keys.push(key);
        }
        let next = burst.split_at_identifier();
        // Outside of fields a second fast key may do nothing: Space would press the button under the thumb.
        let elsewhere = burst.focus == Focus::Elsewhere && !began;
        let no_number = burst.focus == Focus::Number && !any.is_ascii_digit();
        let scan = next.and_then(|next| {
            let scan = self.end(false).scan;
            self.burst = Some(next);
            scan
        });
        Taken {
            prevent: elsewhere || no_number || any.is_ascii_control() || self.is_scan(false),
            began,
            scan,
        }
    }

    fn end_if_silent(&mut self, at: f64) -> Option<Scan> {
        let last = self.burst.as_ref()?.last_at;
        if at - last < self.patience_ms() {
            return None;
        }
        self.end(false).scan
    }

    /// An end key came. Behind characters that go nowhere it is no finger's either, whether or not they make a scan: it must not
    /// press the button that has the focus.
    fn end_by_key(&mut self) -> Taken {
        let nowhere = self
            .burst
            .as_ref()
            .is_some_and(|burst| burst.focus == Focus::Elsewhere && burst.keys.len() > 1 && !burst.held);
        let taken = self.end(true);
        Taken {
            prevent: taken.prevent || nowhere,
            ..taken
        }
    }

    /// The burst is over, by an end key or by silence.
    fn end(&mut self, key: bool) -> Taken {
        self.alt_digits.clear();
        let layout = self.layout;
        let whole = self.is_scan(key);
        if whole {
            self.keyless = !key;
        }
        let scan = self.burst.take().filter(|_| whole).map(|burst| Scan {
            in_field: burst.focus != Focus::Elsewhere,
            raw: burst.read(layout).into_bytes(),
            physical: burst.physical(),
            text: burst.text(),
        });
        Taken {
            prevent: scan.is_some(),
            began: false,
            scan,
        }
    }

    /// Whether the burst so far is a scan.
    fn is_scan(&self, ended_by_key: bool) -> bool {
        let Some(burst) = &self.burst else { return false };
        if burst.held || burst.keys.len() < FEWEST || burst.keys.len() >= MOST {
            return false;
        }
        let named = burst.named() && burst.median_gap() <= SLOWEST_MS;
        let fast = burst.median_gap() < FAST_MS;
        match burst.focus {
            Focus::Elsewhere => named || fast,
            Focus::Number => named || (fast && ended_by_key),
            Focus::Field => fast && (named || ended_by_key),
        }
    }
}

/// Whether a key ends a scan; `None` for keys that may belong to it.
fn ends(press: &Press<'_>) -> Option<bool> {
    match (press.key, press.code) {
        ("Enter" | "Tab", _) | (_, "Enter" | "NumpadEnter" | "Tab") => Some(true),
        ("\r" | "\n" | "\t", _) if !press.ctrl => Some(true),
        _ => None,
    }
}

/// `Shift`, `Dead`, `Unidentified` and the like are names, not characters.
fn single(key: &str) -> Option<char> {
    let mut characters = key.chars();
    let first = characters.next()?;
    characters.next().is_none().then_some(first)
}
