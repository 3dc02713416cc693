//! Several frames: what one frame shows too weakly, two frames may prove.

use std::collections::VecDeque;

use crate::rule::Verdict;
use crate::symbol::Symbol;

/// Frames that are remembered: a second or so of looking.
const FRAMES: usize = 6;

/// Remembers the weak sightings of the last few frames. Pure: it knows no camera and no clock.
#[derive(Debug, Clone, Default)]
pub struct Consensus {
    weak: VecDeque<Vec<Symbol>>,
}

impl Consensus {
    /// What is read now that this frame has been seen: its own readings, and each weak sighting that an earlier frame of the last
    /// few had too while none of them read or saw something else of that format.
    pub fn next(&mut self, verdict: Verdict) -> Vec<Symbol> {
        let mut read = verdict.symbols;
        for symbol in &verdict.weak {
            let mut before = self.weak.iter().flatten();
            let again = before.any(|earlier| earlier.says_as(symbol));
            let others = self
                .weak
                .iter()
                .flatten()
                .chain(&verdict.weak)
                .chain(&verdict.disputed);
            let contradicted = others
                .chain(&read)
                .any(|other| other.format == symbol.format && !other.says_as(symbol));
            if again && !contradicted {
                read.push(symbol.clone());
            }
        }
        self.weak.push_front(verdict.weak);
        self.weak.truncate(FRAMES);
        read
    }

    /// Forgets what was seen: the next frame shows something else.
    pub fn forget(&mut self) {
        self.weak.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbol::Format;

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
    fn what_one_frame_reads_is_handed_on_at_once() {
        let verdict = Verdict {
            symbols: vec![short("73123453")],
            ..Verdict::default()
        };
        assert_eq!(Consensus::default().next(verdict), [short("73123453")]);
    }
}
