//! Several frames: what one frame shows too weakly, two frames may prove.

use std::collections::VecDeque;

use crate::place;
use crate::rule::Verdict;
use crate::symbol::Symbol;

/// Frames that are remembered: a second or so of looking.
const FRAMES: usize = 6;

/// Remembers the verdicts of the last few frames. Pure: it knows no camera and no clock.
#[derive(Debug, Clone, Default)]
pub struct Consensus {
    frames: VecDeque<Verdict>,
}

impl Consensus {
    /// What is read now that this frame has been seen: its own readings, and each weak sighting that an earlier frame of the last
    /// few had too while none of them read or saw something else of that format in that place.
    pub fn next(&mut self, verdict: Verdict) -> Vec<Symbol> {
        let mut read = verdict.symbols.clone();
        for symbol in &verdict.weak {
            let mut before = self
                .frames
                .iter()
                .flat_map(|frame| frame.symbols.iter().chain(&frame.weak));
            let again = before.any(|earlier| earlier.says_as(symbol));
            let mut all = self.frames.iter().chain([&verdict]).flat_map(Verdict::all);
            let contradicted = all.any(|other| {
                other.format == symbol.format
                    && !other.says_as(symbol)
                    && place::overlap(&other.corners, &symbol.corners)
            });
            if again && !contradicted {
                read.push(symbol.clone());
            }
        }
        self.frames.push_front(verdict);
        self.frames.truncate(FRAMES);
        read
    }

    /// Forgets what was seen: the next frame shows something else.
    pub fn forget(&mut self) {
        self.frames.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbol::{Corner, Format};

    fn short(text: &str) -> Symbol {
        Symbol {
            symbology: "]E4".to_owned(),
            text: text.to_owned(),
            format: Format::Ean8,
            corners: Vec::new(),
        }
    }

    fn weak(texts: &[&str]) -> Verdict {
        Verdict {
            weak: texts.iter().map(|text| short(text)).collect(),
            ..Verdict::default()
        }
    }

    #[test]
    fn a_weak_sighting_counts_when_it_comes_again() {
        let mut consensus = Consensus::default();
        assert_eq!(consensus.next(weak(&["73123453"])), []);
        assert_eq!(consensus.next(weak(&[])), []);
        assert_eq!(consensus.next(weak(&["73123453"])), [short("73123453")]);
        consensus.forget();
        assert_eq!(consensus.next(weak(&["73123453"])), []);
    }

    #[test]
    fn what_changes_from_frame_to_frame_is_noise() {
        let mut consensus = Consensus::default();
        assert_eq!(consensus.next(weak(&["73123453"])), []);
        assert_eq!(consensus.next(weak(&["95388366"])), []);
        assert_eq!(
            consensus.next(weak(&["73123453"])),
            [],
            "another was seen between"
        );
        for _ in 0..FRAMES {
            assert_eq!(consensus.next(weak(&[])), []);
        }
        assert_eq!(consensus.next(weak(&["73123453"])), [], "too long ago");
        assert_eq!(consensus.next(weak(&["73123453"])), [short("73123453")]);
    }

    #[test]
    fn what_an_earlier_frame_read_or_disputed_speaks_against_something_else() {
        let read = Verdict {
            symbols: vec![short("95388366")],
            ..Verdict::default()
        };
        let disputed = Verdict {
            disputed: vec![short("95388366")],
            ..Verdict::default()
        };
        for between in [read, disputed] {
            let mut consensus = Consensus::default();
            assert_eq!(consensus.next(weak(&["73123453"])), []);
            consensus.next(between);
            assert_eq!(consensus.next(weak(&["73123453"])), []);
        }
    }

    #[test]
    fn a_neighbour_is_no_contradiction() {
        let at = |x: f32, text| {
            let corner = |x, y| Corner { x, y };
            Symbol {
                corners: vec![
                    corner(x, 0.0),
                    corner(x + 90.0, 0.0),
                    corner(x + 90.0, 40.0),
                    corner(x, 40.0),
                ],
                ..short(text)
            }
        };
        let both = || Verdict {
            weak: vec![at(0.0, "73123453"), at(200.0, "95388366")],
            ..Verdict::default()
        };
        let mut consensus = Consensus::default();
        assert_eq!(consensus.next(both()), []);
        assert_eq!(consensus.next(both()), both().weak);
    }

    #[test]
    fn what_one_frame_reads_is_handed_on_at_once() {
        let verdict = Verdict {
            symbols: vec![short("73123453")],
            ..Verdict::default()
        };
        assert_eq!(Consensus::default().next(verdict), [short("73123453")]);
    }
}
