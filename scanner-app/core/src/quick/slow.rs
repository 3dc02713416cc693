//! Slow hashes of short secrets (Argon2id, RFC 9106).
//!
//! 32 MiB and eight passes take about half a second in a browser: long for whoever tries a million PINs on a copy of the
//! store, short for a person with gloves. More memory a handheld's browser may not have beside the camera, and what a wasm
//! module has once taken it never gives back.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};

use crate::env::Env;
use crate::fault::Fault;
use crate::store::quick::BadgeHash;

/// Memory, KiB.
const MEMORY: u32 = 32 * 1024;
/// Passes over it.
const PASSES: u32 = 8;

/// What makes two hashes of the same secret differ.
pub(super) type Salt = [u8; 16];

pub(super) fn salt(env: &impl Env) -> Result<Salt, Fault> {
    let mut salt = [0; 16];
    env.random(&mut salt)?;
    Ok(salt)
}

fn hasher() -> Result<Argon2<'static>, Fault> {
    let params = Params::new(MEMORY, PASSES, 1, None).map_err(|error| failed(&error))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hash, salt and parameters in PHC form, so that later parameters leave earlier verifiers good.
pub(super) fn verifier(secret: &[u8], salt: &Salt) -> Result<String, Fault> {
    let hash = hasher()?
        .hash_password_with_salt(secret, salt)
        .map_err(|error| failed(&error))?;
    Ok(hash.to_string())
}

/// Whether a verifier was made of this secret; compared in constant time.
pub(super) fn fits(secret: &[u8], verifier: &str) -> Result<bool, Fault> {
    let verifier = PasswordHash::new(verifier).map_err(|error| failed(&error))?;
    match hasher()?.verify_password(secret, &verifier) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(failed(&error)),
    }
}

/// The hash alone, to find a row by.
pub(super) fn mark(secret: &[u8], salt: &Salt) -> Result<BadgeHash, Fault> {
    let mut mark = BadgeHash::default();
    hasher()?
        .hash_password_into(secret, salt, &mut mark)
        .map_err(|error| failed(&error))?;
    Ok(mark)
}

fn failed(error: &dyn std::fmt::Display) -> Fault {
    Fault::Damaged(format!("the hash of a PIN or badge: {error}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_fits_its_verifier_and_the_verifier_says_how_it_was_made() {
        let begun = std::time::Instant::now();
        let verifier = verifier(b"280571", &[7; 16]).unwrap();
        println!("one hash: {:?}", begun.elapsed());
        assert!(
            verifier.starts_with("$argon2id$v=19$m=32768,t=8,p=1$"),
            "{verifier}"
        );
        assert!(!verifier.contains("280571"));
        assert!(fits(b"280571", &verifier).unwrap());
        assert!(!fits(b"280572", &verifier).unwrap());
        assert!(fits(b"280571", "no verifier").is_err());
    }

    #[test]
    fn the_same_secret_has_another_hash_under_another_salt() {
        assert_eq!(mark(b"K-1", &[1; 16]).unwrap(), mark(b"K-1", &[1; 16]).unwrap());
        assert_ne!(mark(b"K-1", &[1; 16]).unwrap(), mark(b"K-1", &[2; 16]).unwrap());
    }
}
