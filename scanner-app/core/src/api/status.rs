//! The status line: always visible.

use serde::{Deserialize, Serialize};
use sparhund_shared::carrier::WedgeProfile;
use sparhund_shared::reference::Role;
use sparhund_shared::text::Lang;

use super::person::PersonView;

/// State of the device.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each tells of a thing of its own, in any combination"
)]
pub struct StatusView {
    /// Device clock, Unix milliseconds, so that ages can be shown.
    pub now: i64,
    /// Whether the server knows this device and its log; when false, ask for `enrol`.
    pub enrolled: bool,
    /// Name of the region.
    pub region: Option<String>,
    /// Server address; empty = the page's own origin.
    pub server: Option<String>,
    /// Name of the device.
    pub device: Option<String>,
    /// Where the device's key is; `None` before it is made, which is at the first enrolment.
    #[serde(default)]
    pub key: Option<KeyPlace>,
    /// Who is signed in.
    pub user: Option<UserView>,
    /// Who may switch to themselves here by PIN, by name.
    #[serde(default)]
    pub people: Vec<PersonView>,
    /// Whether the server answered the last time it was asked and the network has not gone since.
    pub online: bool,
    /// When the server last answered, device clock.
    pub last_contact: Option<i64>,
    /// Age of the hold list: when it was last known to be complete, device clock.
    pub holds_at: Option<i64>,
    /// Records in this device's present log, sent or not.
    pub records: u64,
    /// Records the server has not acknowledged.
    pub unsent: u64,
    /// Whether a sync runs now.
    pub syncing: bool,
    /// Articles on the device.
    pub articles: u64,
    /// Whether every topic of the reference data has been fetched to its end once. Until then goods may be called
    /// unknown that are not.
    #[serde(default)]
    pub complete: bool,
    /// Whether the person signed in works for practice: nothing is booked.
    #[serde(default)]
    pub training: bool,
    /// The browser's promise to keep the store; `None` = not asked, or not a browser.
    pub persisted: Option<bool>,
    /// Whether there is room for more scans.
    #[serde(default)]
    pub room: Room,
    /// Language of the user interface.
    pub lang: Lang,
    /// How the scanner writes; `None` = nobody set it up.
    pub profile: Option<ProfileView>,
    /// Whether the scanner writes what the label says: somebody set it up, or a separator came through in a scan.
    #[serde(default)]
    pub calibrated: bool,
    /// What a person should know of, latest first.
    pub alerts: Vec<Alert>,
}

/// Where a key is. Its sentence stands under `key-<word>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// The machine holds it and gives it to nobody; it only signs with it.
    Platform,
    /// It lies in the store: whoever reads the store has it.
    Store,
}

impl KeyPlace {
    /// Stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Store => "store",
        }
    }
}

/// How much room the device has for scans. Its sentence stands under `room-<word>`.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Room {
    /// Enough, as far as anybody can tell.
    #[default]
    Enough,
    /// For some days more.
    Low,
    /// For booking what lies in the basket and for sending, but for no more goods.
    Out,
}

impl Room {
    /// Key of its sentence; `None` while there is nothing to say.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Self::Enough => None,
            Self::Low => Some("room-low"),
            Self::Out => Some("room-out"),
        }
    }
}

/// The person signed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UserView {
    /// Sign-in name.
    pub login: String,
    /// Name.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// When the session ends, device clock.
    pub until: i64,
    /// Until when they may choose PIN and badge, device clock; `None` when a PIN let them in.
    #[serde(default)]
    pub may_choose_until: Option<i64>,
}

/// How a scanner writes, and how that is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProfileView {
    /// How it writes.
    pub wedge: WedgeProfile,
    /// How that is known.
    pub source: ProfileSource,
}

/// How it is known how a scanner writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileSource {
    /// The scanner read the calibration symbol.
    Calibrated,
    /// Somebody chose it; nothing shows that it is right.
    ByHand,
}

impl ProfileView {
    /// What each record of a scan keeps.
    pub fn note(&self) -> String {
        match self.source {
            ProfileSource::Calibrated => self.wedge.to_string(),
            ProfileSource::ByHand => format!("by-hand {}", self.wedge),
        }
    }
}

/// Something that went wrong without anybody asking. Its sentence stands under `alert-<code>`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Alert {
    /// Kind.
    pub code: AlertCode,
    /// When, device clock.
    pub at: i64,
    /// Details for support, in English.
    pub detail: String,
}

/// Kinds of alerts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertCode {
    /// The server would not take a record; it is kept here.
    RecordRefused,
    /// Reference data differed from the server's and was fetched anew.
    DigestRepaired,
    /// Reference data differs from the server's even after fetching it anew.
    DigestDiffers,
    /// The server knows another life of this device, or its log ran ahead of time: a new log was begun and the device
    /// must be enrolled again.
    LogRestarted,
    /// The server no longer accepts the device; enrol again.
    DeviceRefused,
    /// The device clock differs from the server's by more than the limit.
    ClockSkew,
    /// The server refuses to synchronise with a reason that waiting does not mend.
    SyncRefused,
    /// The device's key is gone from where the machine held it: a new log was begun and the device must be enrolled again.
    KeyLost,
    /// The machine holds the device's key and does not sign with it.
    KeyFailed,
    /// The server tells otherwise than it signed before, and does not say that it was restored from a backup.
    ServerRewrote,
    /// The account of the person who worked here was closed, and their session ended.
    AccountClosed,
}

impl AlertCode {
    /// Stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::RecordRefused => "record-refused",
            Self::DigestRepaired => "digest-repaired",
            Self::DigestDiffers => "digest-differs",
            Self::LogRestarted => "log-restarted",
            Self::DeviceRefused => "device-refused",
            Self::ClockSkew => "clock-skew",
            Self::SyncRefused => "sync-refused",
            Self::KeyLost => "key-lost",
            Self::KeyFailed => "key-failed",
            Self::ServerRewrote => "server-rewrote",
            Self::AccountClosed => "account-closed",
        }
    }
}
