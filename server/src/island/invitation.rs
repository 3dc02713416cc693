//! A house may join: its name, and the one-time code for its server.

use crate::auth::Code;
use crate::ops::{NoRandomness, new_uuid};
use crate::store::NewSite;

/// How long a code can be used: time to install the site's server.
const CODE_MS: i64 = 24 * 3_600_000;
/// Most characters of a site's name.
const NAME_MAX: usize = 60;

/// Why nobody is let join.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    /// The name is none.
    #[error("a site's name has 1 to {NAME_MAX} characters; write the name of the house")]
    Name,
    /// There is no code.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

/// A site for the store, and the code to be shown once. `now` is Unix milliseconds.
///
/// # Errors
/// When the name is none, or the system gives no random bytes.
pub fn invite(name: &str, now: i64) -> Result<(NewSite, Code), InvitationError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        return Err(InvitationError::Name);
    }
    let code = Code::random()?;
    let site = NewSite {
        id: new_uuid(now)?,
        name: name.to_owned(),
        code: code.hash(),
        code_until: now + CODE_MS,
    };
    Ok((site, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_sixty_characters() {
        let longest = "ö".repeat(60);
        let (site, code) = invite(&format!(" {longest} "), 5).unwrap();
        assert_eq!((site.name, site.code), (longest.clone(), code.hash()));
        assert_eq!(site.code_until, 5 + CODE_MS);
        for name in ["", " ", "Väster\u{1b}[2J", &format!("{longest}x")] {
            assert!(matches!(invite(name, 5), Err(InvitationError::Name)), "{name}");
        }
    }
}
