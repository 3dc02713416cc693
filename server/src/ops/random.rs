//! The one place the server asks for randomness.

use sparhund_shared::log::uuid_v7;
use uuid::Uuid;

/// The system has no randomness to give; nothing secret may be made then.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the operating system gives no random numbers; nothing secret can be made without them")]
pub struct NoRandomness;

/// `N` random bytes.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// A new UUIDv7 of the time `now` (Unix milliseconds).
pub fn new_uuid(now: i64) -> Result<Uuid, NoRandomness> {
    random_bytes().map(|random| uuid_v7(now, random))
}
