//! JSON web tokens (RFC 7519) for people and devices, HS256 under a key that never leaves the data directory.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use sparhund_shared::log::{DeviceId, Hash, UserId};
use uuid::Uuid;

use super::session::{ACCESS_SECONDS, SESSION_SECONDS};
use crate::ops::{DataDir, NoRandomness, new_uuid, random_bytes, secret_file};
use crate::store::{Account, SessionId};

/// Clocks of one server only have to agree with themselves.
const LEEWAY_SECONDS: u64 = 5;

/// A stay of somebody who signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Session {
    /// Which one.
    pub id: SessionId,
    /// When it began, Unix milliseconds, to the second.
    pub since: i64,
}

impl Session {
    /// A session that begins now.
    pub fn begin(now: i64) -> Result<Self, NoRandomness> {
        Ok(Self {
            id: SessionId(new_uuid(now)?),
            since: now / 1000 * 1000,
        })
    }
}

/// Who a token names. What they may do is looked up at each use, so that a change holds at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bearer {
    /// A person.
    User {
        /// Who.
        id: UserId,
        /// Fingerprint of the password the token was made under: a new password ends it.
        stamp: String,
        /// The stay it was made for: signing out ends it.
        session: Session,
    },
    /// A person's browser, which carries the token in a cookie.
    Page {
        /// Who.
        id: UserId,
        /// As with [`Bearer::User`].
        stamp: String,
        /// The stay it was made for.
        session: Session,
    },
    /// A device.
    Device(DeviceId),
    /// The server of a site.
    Site(Uuid),
    /// The patient-link service.
    PatientLink(Uuid),
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
    Page,
    Refresh,
    Device,
    Site,
    PatientLink,
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
    /// The session, of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<Uuid>,
    /// When the session began.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<i64>,
    /// Tells refresh tokens of one session apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    jti: Option<Uuid>,
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
    pub fn user(&self, account: &Account, session: Session, now: i64) -> Result<String, TokenError> {
        let end = now / 1000 + ACCESS_SECONDS.cast_signed();
        self.stamped(account, Kind::User, session, now, end)
    }

    /// A token for a browser's session: good for [`ACCESS_SECONDS`] from `now` (Unix milliseconds), but never longer
    /// than [`SESSION_SECONDS`] after the session began. The API does not take it, nor pages an access token: a copied one would
    /// be made to last there.
    pub fn page(&self, account: &Account, session: Session, now: i64) -> Result<String, TokenError> {
        let most = (session.since / 1000).saturating_add(SESSION_SECONDS.cast_signed());
        let end = (now / 1000)
            .saturating_add(ACCESS_SECONDS.cast_signed())
            .min(most);
        self.stamped(account, Kind::Page, session, now, end)
    }

    fn stamped(
        &self,
        account: &Account,
        kind: Kind,
        session: Session,
        now: i64,
        end: i64,
    ) -> Result<String, TokenError> {
        self.sign(&Claims {
            stamp: Some(stamp(account)),
            ..of_session(account, kind, session, now, end)
        })
    }

    /// A token to get a new pair with, good until `end` (Unix milliseconds). That it is used once is for the store to say.
    pub fn refresh(
        &self,
        account: &Account,
        session: Session,
        now: i64,
        end: i64,
    ) -> Result<String, TokenError> {
        let random: [u8; 16] = random_bytes().map_err(|_| TokenError::Signing)?;
        self.sign(&Claims {
            jti: Some(Uuid::from_bytes(random)),
            ..of_session(account, Kind::Refresh, session, now, end / 1000)
        })
    }

    /// Whose refresh token this is, and of which session.
    pub fn read_refresh(&self, token: &str) -> Result<(UserId, Session), TokenError> {
        let claims = self.claims(token)?;
        match (claims.kind, claims.exp, claims.session()) {
            (Kind::Refresh, Some(_), Some(session)) => Ok((UserId(claims.sub), session)),
            _ => Err(TokenError::Rejected),
        }
    }

    /// A token for a device; it lasts until the device is revoked.
    pub fn device(&self, device: DeviceId, now: i64) -> Result<String, TokenError> {
        self.lasting(device.0, Kind::Device, now)
    }

    /// A token for the server of a site; it lasts until the site is shut out.
    pub fn site(&self, site: Uuid, now: i64) -> Result<String, TokenError> {
        self.lasting(site, Kind::Site, now)
    }

    /// A token for the patient-link service; it lasts until another one is made for it.
    pub fn patient_link(&self, service: Uuid, now: i64) -> Result<String, TokenError> {
        self.lasting(service, Kind::PatientLink, now)
    }

    fn lasting(&self, sub: Uuid, kind: Kind, now: i64) -> Result<String, TokenError> {
        self.sign(&Claims {
            sub,
            kind,
            iat: now / 1000,
            exp: None,
            stamp: None,
            sid: None,
            since: None,
            jti: None,
        })
    }

    /// Who a token names.
    pub fn read(&self, token: &str) -> Result<Bearer, TokenError> {
        let claims = self.claims(token)?;
        let session = claims.session();
        match (claims.kind, claims.exp, claims.stamp, session) {
            (Kind::User, Some(_), Some(stamp), Some(session)) => Ok(Bearer::User {
                id: UserId(claims.sub),
                stamp,
                session,
            }),
            (Kind::Page, Some(_), Some(stamp), Some(session)) => Ok(Bearer::Page {
                id: UserId(claims.sub),
                stamp,
                session,
            }),
            (Kind::Device, _, None, None) => Ok(Bearer::Device(DeviceId(claims.sub))),
            (Kind::Site, _, None, None) => Ok(Bearer::Site(claims.sub)),
            (Kind::PatientLink, _, None, None) => Ok(Bearer::PatientLink(claims.sub)),
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

impl Claims {
    fn session(&self) -> Option<Session> {
        let (id, since) = self.sid.zip(self.since)?;
        Some(Session {
            id: SessionId(id),
            since: since.saturating_mul(1000),
        })
    }
}

/// What every token of a person says; `end` in seconds.
fn of_session(account: &Account, kind: Kind, session: Session, now: i64, end: i64) -> Claims {
    Claims {
        sub: account.user.id.0,
        kind,
        iat: now / 1000,
        exp: Some(end),
        stamp: None,
        sid: Some(session.id.0),
        since: Some(session.since / 1000),
        jti: None,
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
        let session = Session::begin(now).unwrap();
        let user = tokens.user(&account("a"), session, now).unwrap();
        assert!(matches!(tokens.read(&user), Ok(Bearer::User { id, .. }) if id.0 == Uuid::from_u128(7)));
        let device = DeviceId(Uuid::from_u128(8));
        let token = tokens.device(device, now).unwrap();
        assert_eq!(tokens.read(&token), Ok(Bearer::Device(device)));
    }

    #[test]
    fn a_token_of_one_kind_is_no_other() {
        let tokens = Tokens::new(&[1; 32]);
        let now = crate::ops::now_ms();
        let session = Session::begin(now).unwrap();
        let account = account("a");
        let refresh = tokens.refresh(&account, session, now, now + 60_000).unwrap();
        assert_eq!(tokens.read_refresh(&refresh), Ok((account.user.id, session)));
        assert_eq!(tokens.read(&refresh), Err(TokenError::Rejected));
        let access = tokens.user(&account, session, now).unwrap();
        assert_eq!(tokens.read_refresh(&access), Err(TokenError::Rejected));
        assert!(matches!(tokens.read(&access), Ok(Bearer::User { .. })));
        let page = tokens.page(&account, session, now).unwrap();
        assert_eq!(tokens.read_refresh(&page), Err(TokenError::Rejected));
        assert!(matches!(tokens.read(&page), Ok(Bearer::Page { .. })));
        let device = tokens.device(DeviceId(Uuid::from_u128(8)), now).unwrap();
        assert_eq!(tokens.read_refresh(&device), Err(TokenError::Rejected));
        let site = tokens.site(Uuid::from_u128(9), now).unwrap();
        assert_eq!(tokens.read_refresh(&site), Err(TokenError::Rejected));
        assert_eq!(tokens.read(&site), Ok(Bearer::Site(Uuid::from_u128(9))));
        let service = tokens.patient_link(Uuid::from_u128(10), now).unwrap();
        assert_eq!(tokens.read_refresh(&service), Err(TokenError::Rejected));
        assert_eq!(
            tokens.read(&service),
            Ok(Bearer::PatientLink(Uuid::from_u128(10)))
        );
        let over = tokens.refresh(&account, session, now, now - 60_000).unwrap();
        assert_eq!(tokens.read_refresh(&over), Err(TokenError::Rejected));
    }

    #[test]
    fn expired_foreign_and_unsigned_tokens_are_rejected() {
        let tokens = Tokens::new(&[1; 32]);
        let now = crate::ops::now_ms();
        let session = Session::begin(now).unwrap();
        let old = tokens.user(&account("a"), session, now - 3_600_000).unwrap();
        assert_eq!(tokens.read(&old), Err(TokenError::Rejected));
        let foreign = Tokens::new(&[2; 32]).user(&account("a"), session, now).unwrap();
        assert_eq!(tokens.read(&foreign), Err(TokenError::Rejected));
        let user = tokens.user(&account("a"), session, now).unwrap();
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
        let began = |since| Session {
            id: SessionId(Uuid::from_u128(9)),
            since,
        };
        let page = |since| tokens.page(&account("a"), began(since), now).unwrap();
        let young = page(now - hours(3));
        assert!(
            matches!(tokens.read(&young), Ok(Bearer::Page { session, .. }) if session == began(now - hours(3)))
        );
        let whole = tokens.claims(&young).unwrap().exp.unwrap();
        assert_eq!(whole, now / 1000 + ACCESS_SECONDS.cast_signed());
        let late = page(now - hours(12) + 60_000);
        assert_eq!(tokens.claims(&late).unwrap().exp.unwrap(), now / 1000 + 60);
        let over = page(now - hours(12) - 60_000);
        assert_eq!(tokens.read(&over), Err(TokenError::Rejected));
    }

    #[test]
    fn another_password_gives_another_stamp() {
        assert_ne!(stamp(&account("a")), stamp(&account("b")));
    }
}
