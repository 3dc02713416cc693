//! JSON web tokens (RFC 7519) for people and devices, HS256 under a key that never leaves the data directory.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use sparhund_shared::log::{DeviceId, Hash, UserId};
use uuid::Uuid;

use super::session::{ACCESS_SECONDS, SESSION_SECONDS};
use crate::ops::{DataDir, secret_file};
use crate::store::Account;

/// Clocks of one server only have to agree with themselves.
const LEEWAY_SECONDS: u64 = 5;

/// Who a token names. What they may do is looked up at each use, so that a change holds at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bearer {
    /// A person.
    User {
        /// Who.
        id: UserId,
        /// Fingerprint of the password the token was made under: a new password ends it.
        stamp: String,
    },
    /// A device.
    Device(DeviceId),
}

/// A token that is not believed. It is not said why in detail: that would help only a forger.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TokenError {
    /// Not ours, changed, or expired.
    #[error("the token is wrong or has expired; sign in again")]
    Rejected,
    /// Could not be made.
    #[error("the token could not be signed")]
    Signing,
}

/// Makes and reads tokens.
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens(secret)")
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    User,
    Device,
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    sub: Uuid,
    kind: Kind,
    iat: i64,
    /// Absent for devices: those end by revocation.
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stamp: Option<String>,
    /// When the person signed in, for a session that is made longer page by page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<i64>,
}

impl Tokens {
    /// Tokens under the data directory's key, which is made when missing.
    ///
    /// # Errors
    /// When the key file cannot be read or written, or is not 32 bytes.
    pub fn open(dir: &DataDir) -> std::io::Result<Self> {
        secret_file(&dir.token_key()).map(|key| Self::new(&key))
    }

    /// Tokens under a key of 32 bytes.
    pub fn new(key: &[u8; 32]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = LEEWAY_SECONDS;
        validation.required_spec_claims.clear();
        Self {
            encoding: EncodingKey::from_secret(key),
            decoding: DecodingKey::from_secret(key),
            validation,
        }
    }

    /// An access token for a person, good for [`ACCESS_SECONDS`] from `now` (Unix milliseconds).
    pub fn user(&self, account: &Account, now: i64) -> Result<String, TokenError> {
        self.sign(&Claims {
            sub: account.user.id.0,
            kind: Kind::User,
            iat: now / 1000,
            exp: Some(now / 1000 + ACCESS_SECONDS.cast_signed()),
            stamp: Some(stamp(account)),
            since: None,
        })
    }

    /// A token for a browser's session that began at `since`: good for [`ACCESS_SECONDS`] from `now`, but never
    /// longer than [`SESSION_SECONDS`] after it began. Both are Unix milliseconds.
    pub fn session(&self, account: &Account, now: i64, since: i64) -> Result<String, TokenError> {
        let (now, since) = (now / 1000, since / 1000);
        let end = since.saturating_add(SESSION_SECONDS.cast_signed());
        self.sign(&Claims {
            sub: account.user.id.0,
            kind: Kind::User,
            iat: now,
            exp: Some(now.saturating_add(ACCESS_SECONDS.cast_signed()).min(end)),
            stamp: Some(stamp(account)),
            since: Some(since),
        })
    }

    /// When the session of a token that is believed began, Unix milliseconds; a token without one began with itself.
    pub fn began(&self, token: &str) -> Result<i64, TokenError> {
        let claims = self.claims(token)?;
        Ok(claims.since.unwrap_or(claims.iat).saturating_mul(1000))
    }

    /// A token for a device; it lasts until the device is revoked.
    pub fn device(&self, device: DeviceId, now: i64) -> Result<String, TokenError> {
        self.sign(&Claims {
            sub: device.0,
            kind: Kind::Device,
            iat: now / 1000,
            exp: None,
            stamp: None,
            since: None,
        })
    }

    /// Who a token names.
    pub fn read(&self, token: &str) -> Result<Bearer, TokenError> {
        let claims = self.claims(token)?;
        match (claims.kind, claims.exp, claims.stamp) {
            (Kind::User, Some(_), Some(stamp)) => Ok(Bearer::User {
                id: UserId(claims.sub),
                stamp,
            }),
            (Kind::Device, _, None) => Ok(Bearer::Device(DeviceId(claims.sub))),
            _ => Err(TokenError::Rejected),
        }
    }

    fn claims(&self, token: &str) -> Result<Claims, TokenError> {
        decode::<Claims>(token, &self.decoding, &self.validation)
            .map(|data| data.claims)
            .map_err(|_| TokenError::Rejected)
    }

    fn sign(&self, claims: &Claims) -> Result<String, TokenError> {
        encode(&Header::new(Algorithm::HS256), claims, &self.encoding).map_err(|_| TokenError::Signing)
    }
}

/// Fingerprint of the password hash an account has now.
pub(super) fn stamp(account: &Account) -> String {
    Hash::of("sparhund/password/1", account.password_hash.as_bytes()).short()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sparhund_shared::reference::User;

    fn account(password_hash: &str) -> Account {
        Account {
            user: User {
                id: UserId(Uuid::from_u128(7)),
                login: "siv".to_owned(),
                name: "Siv".to_owned(),
                roles: Vec::new(),
            },
            password_hash: password_hash.to_owned(),
            active: true,
        }
    }

    #[test]
    fn a_token_names_its_bearer_and_its_kind() {
        let tokens = Tokens::new(&[1; 32]);
        let now = crate::ops::now_ms();
        let user = tokens.user(&account("a"), now).unwrap();
        assert!(matches!(tokens.read(&user), Ok(Bearer::User { id, .. }) if id.0 == Uuid::from_u128(7)));
        let device = DeviceId(Uuid::from_u128(8));
        let token = tokens.device(device, now).unwrap();
        assert_eq!(tokens.read(&token), Ok(Bearer::Device(device)));
    }

    #[test]
    fn expired_foreign_and_unsigned_tokens_are_rejected() {
        let tokens = Tokens::new(&[1; 32]);
        let now = crate::ops::now_ms();
        let old = tokens.user(&account("a"), now - 3_600_000).unwrap();
        assert_eq!(tokens.read(&old), Err(TokenError::Rejected));
        let foreign = Tokens::new(&[2; 32]).user(&account("a"), now).unwrap();
        assert_eq!(tokens.read(&foreign), Err(TokenError::Rejected));
        let user = tokens.user(&account("a"), now).unwrap();
        let (signed, _) = user.rsplit_once('.').unwrap();
        let (_, body) = signed.split_once('.').unwrap();
        // {"alg":"none","typ":"JWT"}
        let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}.");
        assert_eq!(tokens.read(&unsigned), Err(TokenError::Rejected));
    }

    #[test]
    fn a_session_ends_twelve_hours_after_it_began() {
        let tokens = Tokens::new(&[1; 32]);
        let now = crate::ops::now_ms() / 1000 * 1000;
        let hours = |hours: i64| hours * 3_600_000;
        let young = tokens.session(&account("a"), now, now - hours(3)).unwrap();
        assert_eq!(tokens.began(&young), Ok(now - hours(3)));
        let whole = tokens.claims(&young).unwrap().exp.unwrap();
        assert_eq!(whole, now / 1000 + ACCESS_SECONDS.cast_signed());
        let late = tokens
            .session(&account("a"), now, now - hours(12) + 60_000)
            .unwrap();
        assert_eq!(tokens.claims(&late).unwrap().exp.unwrap(), now / 1000 + 60);
        let over = tokens
            .session(&account("a"), now, now - hours(12) - 60_000)
            .unwrap();
        assert_eq!(tokens.read(&over), Err(TokenError::Rejected));
        let plain = tokens.user(&account("a"), now).unwrap();
        assert_eq!(tokens.began(&plain), Ok(now));
    }

    #[test]
    fn another_password_gives_another_stamp() {
        assert_ne!(stamp(&account("a")), stamp(&account("b")));
    }
}
