//! People and devices as the store keeps them.

use serde::Serialize;
use sparhund_shared::log::{DeviceId, LogId, PublicKey, UserId};
use sparhund_shared::reference::{Role, User};
use uuid::Uuid;

/// A person with what only the server may know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Who.
    pub user: User,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// Whether they may sign in.
    pub active: bool,
}

/// What came of asking for numbers of logistic units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NewSeries {
    /// A series of them.
    Given(u32),
    /// None is left under the prefix.
    UsedUp,
    /// The device got many today.
    TooMany,
}

/// One thing that changes about a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AccountChange {
    /// What they may do; sorted, each once.
    Roles(Vec<Role>),
    /// Whether they may sign in.
    Active(bool),
    /// Argon2id hash of their new password in PHC form.
    PasswordHash(String),
}

/// One stay of a person, from signing in to signing out: every token that is made for it names it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SessionId(pub Uuid);

/// A one-time code for one device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EnrolmentCode {
    /// SHA-256 of the normalised code; the code itself is shown once and not kept.
    pub hash: [u8; 32],
    /// Who made it.
    pub created_by: UserId,
    /// Until when it can be used, Unix milliseconds.
    pub expires_at: i64,
}

/// A device that wants to be enrolled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewDevice {
    /// Identity the server gives it.
    pub id: DeviceId,
    /// Name as staff know it.
    pub name: String,
    /// Key of its heads.
    pub key: PublicKey,
    /// Log it writes.
    pub log: LogId,
}

/// Whether a device may sync.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// It may.
    Active,
    /// It may not any more.
    Revoked,
    /// It changed its key and goes on as another device of the same name; under the old key it may not any more.
    Replaced,
}

/// An enrolled device.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct Device {
    /// Identity.
    pub id: DeviceId,
    /// Name as staff know it.
    pub name: String,
    /// Key of its heads.
    pub key: PublicKey,
    /// Log it writes.
    pub log: LogId,
    /// Whether it may sync.
    pub state: DeviceState,
    /// When it was enrolled, Unix milliseconds.
    pub enrolled_at: i64,
    /// When it was last heard, Unix milliseconds.
    pub seen_at: Option<i64>,
    /// Its clock minus the server's, milliseconds.
    pub offset: Option<i64>,
    /// Cursor of the hold list it had when last heard.
    pub holds: u64,
}
