//! Time to look at one frame.

use std::time::Duration;

/// Time that a live camera gives a frame: the picture on the screen must not stutter behind the hand.
pub const FRAME_TIME: Duration = Duration::from_millis(40);

/// How long one frame may be looked at, and the clock that tells. The clock comes from outside: a browser's worker has another
/// one than the system.
pub struct Budget<'a> {
    most: Duration,
    clock: Box<dyn Fn() -> Duration + 'a>,
}

impl<'a> Budget<'a> {
    /// At most `most`, by a clock that tells the time since the frame came.
    pub fn new(most: Duration, clock: impl Fn() -> Duration + 'a) -> Self {
        Self {
            most,
            clock: Box::new(clock),
        }
    }

    /// At most `most` from now on by the system's clock, which traps in a browser.
    #[cfg(not(target_family = "wasm"))]
    pub fn from_now(most: Duration) -> Self {
        let start = std::time::Instant::now();
        Self::new(most, move || start.elapsed())
    }

    /// All the time that it takes: the same picture gives the same result on every machine.
    pub fn unlimited() -> Self {
        Self::new(Duration::MAX, || Duration::ZERO)
    }

    /// Whether nothing new may be begun.
    pub fn spent(&self) -> bool {
        (self.clock)() >= self.most
    }
}

impl std::fmt::Debug for Budget<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Budget")
            .field("most", &self.most)
            .finish_non_exhaustive()
    }
}
