//! What is known of damage to the database's pages.

use std::sync::OnceLock;

use crate::store::{Result, StoreError};

/// Set when the engine first meets a page that is not as it was written, by whoever meets it; kept until the program starts anew. Writing on
/// would spread the damage and reach the next backup.
#[derive(Debug, Default)]
pub(super) struct Damage(OnceLock<String>);

impl Damage {
    /// Remembers what the engine found, if it found that.
    pub(super) fn notice<T>(&self, result: &Result<T>) {
        if let Err(StoreError::Corrupt(what)) = result
            && self.0.set(what.clone()).is_ok()
        {
            tracing::error!(what, "the database is damaged: nothing more is written");
        }
    }

    /// An error once damage is known.
    pub(super) fn refuse(&self) -> Result<()> {
        match self.0.get() {
            Some(what) => Err(StoreError::Corrupt(what.clone())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_damage_is_kept_and_other_failures_are_none() {
        let damage = Damage::default();
        damage.notice(&Ok(()));
        damage.notice::<()>(&Err(StoreError::DiskFull));
        assert!(damage.refuse().is_ok());
        for what in ["first", "second"] {
            damage.notice::<()>(&Err(StoreError::Corrupt(what.to_owned())));
        }
        assert!(matches!(damage.refuse(), Err(StoreError::Corrupt(what)) if what == "first"));
    }
}
