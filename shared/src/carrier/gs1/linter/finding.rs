//! Where in a part something is wrong.

use super::LinterError;

/// What is wrong with a part, and which of its bytes show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The broken rule.
    pub error: LinterError,
    /// First byte concerned, counted from 0 in the part.
    pub at: usize,
    /// Bytes concerned; 0 when something is missing altogether.
    pub len: usize,
}

impl Finding {
    pub(super) const fn new(error: LinterError, at: usize, len: usize) -> Self {
        Self { error, at, len }
    }

    /// One about all of the part.
    pub(super) const fn whole(error: LinterError, part: &[u8]) -> Self {
        Self::new(error, 0, part.len())
    }

    /// The same of a part that begins `by` bytes further on.
    pub(super) const fn moved(self, by: usize) -> Self {
        Self::new(self.error, self.at + by, self.len)
    }
}

/// `Ok` when `holds`, else the finding is the whole part.
pub(super) const fn whole_unless(holds: bool, error: LinterError, part: &[u8]) -> Result<(), Finding> {
    if holds {
        Ok(())
    } else {
        Err(Finding::whole(error, part))
    }
}
