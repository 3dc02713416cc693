//! Which taps are meant. A gloved finger often taps twice, and the second tap falls on whatever the first one brought
//! under it: behind a STOP lies the button that books.

/// How long after the screen showed what a tap did another one in the same place is still of the same finger, milliseconds.
const SAME_FINGER_MS: f64 = 500.0;
/// How far from it, CSS pixels: about half the width of a gloved fingertip.
const SAME_PLACE_PX: f64 = 40.0;

/// A tap.
#[derive(Clone, PartialEq, Debug)]
pub struct Tap {
    /// When the finger fell, milliseconds of a clock that is never set. A busy page hears of it later.
    pub at: f64,
    /// Where in the window, CSS pixels.
    pub x: f64,
    /// See `x`.
    pub y: f64,
    /// What it fell on; the same again is the same control, drawn anew or not.
    pub control: String,
}

/// Remembers the last tap.
#[derive(Debug, Default)]
pub struct Taps {
    last: Option<Tap>,
    /// When the screen first showed what the last tap did, by the same clock.
    shown: Option<f64>,
}

impl Taps {
    /// Whether a tap is meant for what it fell on. The same control may be tapped as fast as one likes. Whoever taps before
    /// the screen has shown anything cannot mean what comes.
    pub fn is_meant(&mut self, tap: Tap) -> bool {
        let fell_through = self.last.as_ref().is_some_and(|last| {
            let near = (last.x - tap.x).hypot(last.y - tap.y) <= SAME_PLACE_PX;
            let soon = self.shown.is_none_or(|shown| tap.at < shown + SAME_FINGER_MS);
            near && soon && last.control != tap.control
        });
        if !fell_through {
            self.last = Some(tap);
            self.shown = None;
        }
        !fell_through
    }

    /// The screen was drawn. Only the first time after a tap counts.
    pub fn drawn(&mut self, at: f64) {
        self.shown.get_or_insert(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tap(at: f64, x: f64, control: &str) -> Tap {
        Tap {
            at,
            x,
            y: 600.0,
            control: control.to_owned(),
        }
    }

    #[test]
    fn a_second_tap_does_not_fall_through_to_what_the_first_one_brought() {
        let mut taps = Taps::default();
        assert!(taps.is_meant(tap(0.0, 100.0, "stop-seen")));
        taps.drawn(10.0);
        assert!(!taps.is_meant(tap(150.0, 104.0, "book")));
        taps.drawn(160.0);
        assert!(!taps.is_meant(tap(509.0, 100.0, "book")), "nor does a third");
        assert!(
            taps.is_meant(tap(510.0, 100.0, "book")),
            "who has looked may go on"
        );
    }

    #[test]
    fn nobody_means_what_the_screen_has_not_shown() {
        let mut taps = Taps::default();
        // The page was busy, heard of both at 900 and drew nothing between.
        assert!(taps.is_meant(tap(0.0, 100.0, "stop-seen")));
        assert!(!taps.is_meant(tap(600.0, 100.0, "book")));
        // It drew, and heard then of one that fell before.
        taps.drawn(950.0);
        assert!(!taps.is_meant(tap(890.0, 100.0, "book")));
        assert!(taps.is_meant(tap(1_450.0, 100.0, "book")));
    }

    #[test]
    fn the_same_control_and_another_place_are_free() {
        let mut taps = Taps::default();
        for at in [0.0, 90.0, 180.0, 270.0, 360.0] {
            assert!(taps.is_meant(tap(at, 100.0, "quantity-plus")));
        }
        assert!(taps.is_meant(tap(400.0, 300.0, "book")));
    }
}
