//! One known symbol, and what its scan says about the scanner (the method of Solidsoft's calibrator).

use std::collections::BTreeMap;

use super::super::normalise::is_stand_in;
use super::{AimIdentifier, HostLayout, Keys, LearnedLayout, WedgeProfile};

/// The data of the calibration symbol, GS where it has FNC1: an element string of GS1's internal identifiers with every
/// character of set 82. Each sign stands before a digit, with which no dead key joins.
pub const CALIBRATION: &str = "90SPARHUND1\u{1d}91!0\"1%2&3'4(5)6*7+8,9-0.1/2:3;4<5=6>7?8_9\u{1d}\
                               92ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// What the first value says, by which the symbol is known again.
const NAME: &str = "SPARHUND1";
/// Characters of a symbology identifier.
const IDENTIFIER: usize = 3;
/// The longest text that scanners send for GS: `\u001d`.
const LONGEST_SEPARATOR: usize = 6;

/// Why a scan of the calibration symbol does not make a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalibrationError {
    /// Another symbol, or so damaged that it cannot be known.
    #[error("this is not the calibration symbol: print it from the console, and scan it alone")]
    AnotherSymbol,
    /// The separator does not come through.
    #[error(
        "the scanner loses the separator (GS) between values: set it to send GS as Ctrl+], as Alt+029 or as the character |, and scan again"
    )]
    SeparatorLost,
    /// The separator comes as something that values may contain, or that is not known.
    #[error(
        "the scanner sends {0:?} for the separator (GS), and lots may contain that: set it to send |, and scan again"
    )]
    SeparatorAmbiguous(String),
    /// Capital and small letters are exchanged.
    #[error(
        "capital and small letters are exchanged: switch off Caps Lock on computer and scanner, and scan again"
    )]
    CaseSwapped,
    /// Capital and small letters come as the same.
    #[error(
        "capital and small letters come as the same: set the scanner to keep the case of letters, and scan again"
    )]
    CaseLost,
    /// Two characters arrive as the same one.
    #[error(
        "{0:?} and {1:?} arrive as the same character: set the keyboard of the scanner to that of the computer, and scan again"
    )]
    Confused(char, char),
    /// Characters are missing, or there are too many.
    #[error(
        "characters are lost on the way: set the scanner to send more slowly (5 ms between characters), and scan again"
    )]
    CharactersLost,
}

/// Whether a scan that was read is that of the calibration symbol.
pub fn is_calibration(data: &str) -> bool {
    data.contains(NAME) && data.len() > CALIBRATION.len() / 2
}

/// Derives the profile of a scanner from its scan of [`CALIBRATION`]: `physical` is what the physical keys say on a US
/// keyboard, `text` what the host made of them. Where only one is known, it is the other as well.
pub fn calibrate(physical: Option<&str>, text: &str) -> Result<WedgeProfile, CalibrationError> {
    let by_keys = physical.map(learn);
    if let Some(Ok(learned)) = &by_keys
        && learned.layout == HostLayout::Same
    {
        return learned.profile(Keys::Physical);
    }
    match (learn(text), by_keys) {
        (Ok(learned), _) => learned.profile(Keys::Text(learned.layout.clone())),
        // Where keys are dead, the host's characters are too few: the fault that the keys show says more.
        (Err(fault), Some(Err(by_keys))) if by_keys.says() >= fault.says() => Err(by_keys),
        (Err(fault), _) => Err(fault),
    }
}

impl CalibrationError {
    /// How much it says of the scanner.
    fn says(&self) -> u8 {
        match self {
            Self::AnotherSymbol => 0,
            Self::CharactersLost => 1,
            _ => 2,
        }
    }
}

/// What one way of reading the keys came to.
struct Learned {
    layout: HostLayout,
    separator: Option<char>,
    identifier: AimIdentifier,
}

impl Learned {
    fn profile(&self, keys: Keys) -> Result<WedgeProfile, CalibrationError> {
        WedgeProfile::new(keys, self.identifier)
            .sending(self.separator)
            .map_err(|error| CalibrationError::SeparatorAmbiguous(error.0.to_string()))
    }
}

/// One way to lay the received characters beside those that were sent.
struct Fit {
    /// What arrived, by what was meant.
    came: BTreeMap<char, char>,
    separator: String,
    /// What stands before the data.
    head: String,
}

fn learn(received: &str) -> Result<Learned, CalibrationError> {
    let received: Vec<char> = received.trim_matches([' ', '\t', '\r', '\n']).chars().collect();
    let fits = fits(&received);
    // Fewest changes first: what needs no explanation is the right one.
    let fit = fits
        .into_iter()
        .min_by_key(|fit| fit.came.iter().filter(|(meant, came)| meant != came).count());
    let Some(fit) = fit else {
        let text: String = received.iter().collect();
        let near = text.len() > CALIBRATION.len() / 2 && text.to_uppercase().contains(NAME);
        return Err(if near {
            CalibrationError::CharactersLost
        } else {
            CalibrationError::AnotherSymbol
        });
    };
    fit.check()?;
    let (layout, separator) = fit.layout()?;
    let head = layout.decode(&fit.head);
    let identifier = match head.as_bytes() {
        [] => AimIdentifier::Absent,
        [b']', letter, digit] if letter.is_ascii_alphabetic() && digit.is_ascii_digit() => {
            AimIdentifier::Sent
        }
        _ => return Err(CalibrationError::AnotherSymbol),
    };
    Ok(Learned {
        layout,
        separator,
        identifier,
    })
}

/// Every way in which lengths and repeated characters agree.
fn fits(received: &[char]) -> Vec<Fit> {
    let values: Vec<Vec<char>> = CALIBRATION
        .split('\u{1d}')
        .map(|value| value.chars().collect())
        .collect();
    let sent: usize = values.iter().map(Vec::len).sum();
    let mut fits = Vec::new();
    for head in [IDENTIFIER, 0] {
        for separator in 0..=LONGEST_SEPARATOR {
            // Some scanners send the FNC1 of the first position too.
            for leading in [0, separator] {
                if received.len() != head + leading + sent + 2 * separator {
                    continue;
                }
                fits.extend(
                    fit(&values, &received[head + leading..], separator).map(|fit| Fit {
                        head: received[..head].iter().collect(),
                        ..fit
                    }),
                );
            }
        }
    }
    fits
}

fn fit(values: &[Vec<char>], received: &[char], separator: usize) -> Option<Fit> {
    let mut came = BTreeMap::new();
    let mut separators = Vec::new();
    let mut rest = received;
    for (number, value) in values.iter().enumerate() {
        if number > 0 {
            let (between, behind) = rest.split_at_checked(separator)?;
            separators.push(between);
            rest = behind;
        }
        let (now, behind) = rest.split_at_checked(value.len())?;
        rest = behind;
        for (meant, arrived) in value.iter().zip(now) {
            if *came.entry(*meant).or_insert(*arrived) != *arrived {
                return None;
            }
        }
    }
    let alike = separators.windows(2).all(|pair| pair[0] == pair[1]);
    (rest.is_empty() && alike).then(|| Fit {
        came,
        separator: separators.first().into_iter().copied().flatten().collect(),
        head: String::new(),
    })
}

impl Fit {
    fn check(&self) -> Result<(), CalibrationError> {
        let letters: Vec<_> = self
            .came
            .iter()
            .filter(|(meant, _)| meant.is_ascii_alphabetic())
            .collect();
        let swapped = |(meant, came): &&(&char, &char)| {
            came.is_ascii() && **came != **meant && came.eq_ignore_ascii_case(meant)
        };
        let swaps = letters.iter().filter(swapped).count();
        if swaps == letters.len() {
            return Err(CalibrationError::CaseSwapped);
        }
        if swaps == letters.len() / 2 {
            return Err(CalibrationError::CaseLost);
        }
        let mut meant_by: BTreeMap<char, char> = BTreeMap::new();
        for (meant, came) in &self.came {
            if let Some(other) = meant_by.insert(*came, *meant) {
                return Err(CalibrationError::Confused(other, *meant));
            }
        }
        if self.separator.is_empty() {
            return Err(CalibrationError::SeparatorLost);
        }
        Ok(())
    }

    /// The layout, and what stands for GS where that is a character of its own.
    fn layout(&self) -> Result<(HostLayout, Option<char>), CalibrationError> {
        let mut characters = self.separator.chars();
        let single = characters.next().filter(|_| characters.next().is_none());
        let is_data = |came: char| self.came.values().any(|one| *one == came);
        let ambiguous = || CalibrationError::SeparatorAmbiguous(self.separator.clone());
        if single.is_some_and(is_data) {
            return Err(ambiguous());
        }
        let stands = single.filter(|c| *c != '\u{1d}');
        let known = [HostLayout::Same, HostLayout::Swedish];
        // A layout that is known by name says more than the characters of the symbol.
        if let Some(layout) = known.into_iter().find(|layout| self.is_by(layout)) {
            if single.is_none() && !is_stand_in(&layout.decode(&self.separator)) {
                return Err(ambiguous());
            }
            let separator = stands.map(|came| layout.meant(came).unwrap_or(came));
            return Ok((layout, separator));
        }
        if single.is_none() && !is_stand_in(&self.separator) {
            return Err(ambiguous());
        }
        let pairs = self.came.iter().map(|(meant, came)| (*came, *meant));
        let bracket = self.head.chars().next().map(|came| (came, ']'));
        // Nobody knows what it was meant to be; that it stands for GS is enough.
        let separator = stands.map(|came| (came, '\u{1d}'));
        let learned = LearnedLayout::new(bracket.into_iter().chain(separator).chain(pairs));
        Ok((HostLayout::Learned(learned), None))
    }

    fn is_by(&self, layout: &HostLayout) -> bool {
        let mut all = self.came.iter();
        all.all(|(meant, came)| layout.meant(*came).unwrap_or(*came) == *meant)
    }
}
