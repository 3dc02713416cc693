//! Which sightings are readings. A wrong reading is worse than none.

use std::collections::HashSet;

use crate::Family;
use crate::check::{self, Check};
use crate::place;
use crate::sighting::{Reader, Sighting};
use crate::symbol::{Format, Symbol};

/// Rows of one reader that must say the same before a linear symbol counts.
const ROWS: u32 = 3;
/// The same where a check digit is all that proves it: EAN-13, UPC-A and ITF-14. zxing-cpp read another EAN-13 in three rows.
const ROWS_DIGIT: u32 = 6;
/// Rows of one of two readers that agree on a code that a check digit alone proves: rxing and zxing-cpp took one blurred EAN-13, at
/// half its size, for the same other one, in one row and in three.
const ROWS_DIGIT_BOTH: u32 = 4;
/// The same for EAN-8, UPC-E, and Code 39 without a check character: a stretch of an EAN-13 passes as a UPC-E, and one
/// of a QR code as an EAN-8.
const ROWS_UNPROVED: u32 = 8;
/// The same for DataBar, of which two rows of another DataBar may pass for a short one.
const ROWS_DATA_BAR: u32 = 6;

/// What a set of sightings of one picture comes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// What is read: well witnessed, the check digits of bars right, and contradicted by nobody.
    pub symbols: Vec<Symbol>,
    /// What one reader saw in too few rows. The same again in another frame makes it a reading.
    pub weak: Vec<Symbol>,
    /// What was well witnessed, but as two things in one place: no reading.
    pub disputed: Vec<Symbol>,
}

impl Verdict {
    /// Everything that was seen.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Symbol> {
        self.symbols.iter().chain(&self.weak).chain(&self.disputed)
    }

    /// Whether it has read a symbol that the other has not.
    pub(crate) fn says_more_than(&self, other: &Self) -> bool {
        let known = |symbol: &Symbol| other.symbols.iter().any(|one| one.says_as(symbol));
        self.symbols.iter().any(|symbol| !known(symbol))
    }
}

/// All sightings that say the same.
struct Claim {
    symbol: Symbol,
    /// Who made it, those that share their errors as one.
    witnesses: HashSet<Reader>,
    /// The most rows that one reader saw in one view: views of one picture share their errors, so they do not add up.
    rows: u32,
    short: bool,
    check: Check,
}

/// Weighs what readers saw in one picture, in all its views.
///
/// Check digits that fail (EAN, UPC, ITF-14, SSCC, and the GTIN in AI 01 and 02) end a claim of bars. A matrix symbol corrects its
/// errors: what it says stands on the label, and who parses it tells what is wrong, unless another claim is sound. A claim counts when two
/// readers that share no errors make it, in enough rows where a check digit alone proves it, or one of them in more. Two claims that count, in one place, end each other, unless
/// one of them is made by two such readers and the other is not. A short code at the rim of longer bars is a stretch of them.
pub fn judge(sightings: &[Sighting]) -> Verdict {
    let mut verdict = Verdict::default();
    let claims = claims(sightings);
    let (strong, weak): (Vec<&Claim>, Vec<&Claim>) = claims.iter().partition(|claim| claim.counts());
    for claim in &strong {
        let contradicted = strong.iter().any(|other| {
            claim.is_rim_of(other) || other.contradicts(claim) && other.weight() >= claim.weight()
        });
        if contradicted {
            verdict.disputed.push(claim.symbol.clone());
        } else {
            verdict.symbols.push(claim.symbol.clone());
        }
    }
    verdict.weak = weak
        .iter()
        .filter(|claim| {
            let known = |other: &&Claim| claim.is_rim_of(other) || other.contradicts(claim);
            claim.may_count_again() && !strong.iter().any(known)
        })
        .map(|claim| claim.symbol.clone())
        .collect();
    verdict
}

fn claims(sightings: &[Sighting]) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for sighting in sightings {
        match claims.iter_mut().find(|c| c.symbol.says_as(&sighting.symbol)) {
            Some(claim) => {
                claim.witnesses.insert(sighting.reader.witness());
                claim.rows = claim.rows.max(sighting.rows);
                claim.short |= sighting.short;
            }
            None => claims.push(Claim {
                check: check::symbol(&sighting.symbol),
                symbol: sighting.symbol.clone(),
                witnesses: HashSet::from([sighting.reader.witness()]),
                rows: sighting.rows,
                short: sighting.short,
            }),
        }
    }
    claims.retain(|claim| claim.sound() || Family::of(claim.symbol.format) == Family::Matrix);
    claims
}

impl Claim {
    fn sound(&self) -> bool {
        self.check != Check::Fails
    }

    /// What counts between claims, the first first.
    fn weight(&self) -> (bool, bool) {
        (self.sound(), self.agreed())
    }

    fn agreed(&self) -> bool {
        self.witnesses.len() > 1
    }

    /// Rows of one reader that this kind of symbol needs.
    fn needed(&self) -> u32 {
        match self.symbol.format {
            Format::DataMatrix | Format::QrCode => 1,
            Format::DataBar => ROWS_DATA_BAR,
            Format::Code39 if self.check == Check::None => ROWS_UNPROVED,
            _ if self.short => ROWS_UNPROVED,
            Format::Ean13 | Format::Itf14 => ROWS_DIGIT,
            _ => ROWS,
        }
    }

    fn counts(&self) -> bool {
        let both = match self.symbol.format {
            Format::Ean13 | Format::Ean8 | Format::Itf14 => ROWS_DIGIT_BOTH,
            _ => 1,
        };
        self.agreed() && self.rows >= both || self.rows >= self.needed()
    }

    /// Whether seeing it again proves anything: not where one or two rows of an unproved code may repeat their error.
    fn may_count_again(&self) -> bool {
        let least = if self.needed() > ROWS {
            ROWS_DIGIT_BOTH
        } else {
            self.needed() - 1
        };
        self.rows >= least
    }

    /// Whether it is a short code beside the bars of a longer one, of which it is a stretch: the rows at the rim of a symbol
    /// are the worst.
    fn is_rim_of(&self, other: &Self) -> bool {
        let linear = Family::of(other.symbol.format) == Family::Linear;
        let lies = place::within_reach(&self.symbol.corners, &other.symbol.corners);
        self.short && linear && !other.short && lies
    }

    fn contradicts(&self, other: &Self) -> bool {
        !self.symbol.says_as(&other.symbol) && place::overlap(&self.symbol.corners, &other.symbol.corners)
    }
}
