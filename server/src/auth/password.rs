//! Passwords, kept as Argon2id hashes (RFC 9106).

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Argon2, PasswordHash};
use tokio::sync::Semaphore;

use super::code::crockford;
use crate::ops::NoRandomness;

/// Fewest characters of a password.
pub const MIN_PASSWORD: usize = 10;
/// Most characters; more would only cost work.
const MAX_PASSWORD: usize = 200;
/// Hashes computed at one time: each takes a core and 19 MiB for a while, and records must go on coming in.
const AT_ONCE: usize = 2;

/// Why a password was not taken or not checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short or too long.
    #[error("a password has {MIN_PASSWORD} to {MAX_PASSWORD} characters; a sentence is easy to keep in mind")]
    Length,
    /// Easy to guess.
    #[error("the password is the sign-in name; choose another")]
    SameAsLogin,
    /// No randomness or no memory.
    #[error("the password could not be hashed; the machine lacks memory or random numbers")]
    Failed,
}

/// Checks what can be asked of a password.
pub fn check_password(password: &str, login: &str) -> Result<(), PasswordError> {
    if !(MIN_PASSWORD..=MAX_PASSWORD).contains(&password.chars().count()) {
        return Err(PasswordError::Length);
    }
    if password.eq_ignore_ascii_case(login) {
        return Err(PasswordError::SameAsLogin);
    }
    Ok(())
}

/// A random password of 80 bits, such as `k7mq-2xrd-9f4t-0a1b`.
pub fn generate_password() -> Result<String, NoRandomness> {
    let letters: [u8; 16] = crockford()?;
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).to_lowercase())
        .collect();
    Ok(groups.join("-"))
}

/// Argon2id hash in PHC form with a random salt; takes tens of milliseconds.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|_| PasswordError::Failed)
}

fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

/// Hashes and checks passwords away from the threads that answer requests, a few at a time.
#[derive(Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    nobody: String,
}

impl Passwords {
    /// Ready to check; computes one hash.
    pub fn new() -> Result<Self, PasswordError> {
        Ok(Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            nobody: hash_password("a password nobody has")?,
        })
    }

    /// Hash of a new password.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let hash = self.in_turn(move || hash_password(&password)).await;
        hash.unwrap_or(Err(PasswordError::Failed))
    }

    /// Whether the password fits the hash. Without a hash it does the same work and says no, so that time does not
    /// tell which names exist.
    pub async fn verify(&self, password: String, hash: Option<String>) -> bool {
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        let matched = self.in_turn(move || matches(&password, &hash)).await;
        exists && matched.unwrap_or(false)
    }

    /// Does the work on a thread that may block, when it is its turn; `None` when that failed.
    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok()?;
        let done = tokio::task::spawn_blocking(move || {
            // Goes with the work, not with whoever asked: they may have hung up, and the work goes on.
            let _turn = turn;
            work()
        });
        done.await.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let passwords = Passwords::new().unwrap();
        let hash = passwords.hash("tio små möss".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(
            passwords
                .verify("tio små möss".to_owned(), Some(hash.clone()))
                .await
        );
        assert!(!passwords.verify("tio sma moss".to_owned(), Some(hash)).await);
        assert!(!passwords.verify("a password nobody has".to_owned(), None).await);
        assert!(
            !passwords
                .verify("x".to_owned(), Some("not a hash".to_owned()))
                .await
        );
    }

    #[tokio::test]
    async fn a_hash_that_nobody_waits_for_still_has_its_turn() {
        let passwords = Passwords::new().unwrap();
        let (busy, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        for _ in 0..4 * AT_ONCE {
            let (busy, most) = (Arc::clone(&busy), Arc::clone(&most));
            let work = passwords.in_turn(move || {
                most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(60));
                busy.fetch_sub(1, Ordering::SeqCst);
            });
            // Whoever asked hangs up at once.
            let _ = tokio::time::timeout(Duration::from_millis(1), work).await;
        }
        passwords.in_turn(|| ()).await.unwrap();
        let most = most.load(Ordering::SeqCst);
        assert!((1..=AT_ONCE).contains(&most), "{most} at once");
    }

    #[test]
    fn short_and_obvious_passwords_are_refused() {
        assert_eq!(check_password("kort", "siv"), Err(PasswordError::Length));
        assert_eq!(
            check_password("siv.svensson", "Siv.Svensson"),
            Err(PasswordError::SameAsLogin)
        );
        assert_eq!(check_password(&generate_password().unwrap(), "siv"), Ok(()));
    }
}
