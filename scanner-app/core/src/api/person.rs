//! People who share the device.

use std::fmt::{self, Debug, Formatter};

use serde::{Deserialize, Serialize};
use sparhund_shared::log::UserId;

use super::status::StatusView;

/// Something that no log and no message of an error may show: a PIN, a badge.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hidden<T>(pub T);

impl<T> Debug for Hidden<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("hidden")
    }
}

/// Somebody who may switch to themselves on this device.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PersonView {
    /// Who.
    pub id: UserId,
    /// Sign-in name.
    pub login: String,
    /// Name.
    pub name: String,
    /// Whether a PIN would let them in.
    pub standing: PersonStanding,
    /// Wrong PINs until it is locked.
    pub tries_left: u32,
    /// Until when no PIN is looked at, device clock; `None` = none has to wait.
    pub wait_until: Option<i64>,
    /// Whether a badge picks them.
    pub badge: bool,
}

/// Whether a PIN would let somebody in. Its sentence stands under `standing-<word>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonStanding {
    /// The right one would.
    Ready,
    /// Too many wrong ones: the password is needed.
    Locked,
    /// The last sign-in by password is too long ago.
    PasswordDue,
}

impl PersonStanding {
    /// Key of its sentence; `None` while there is nothing to say.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Self::Ready => None,
            Self::Locked => Some("standing-locked"),
            Self::PasswordDue => Some("standing-password-due"),
        }
    }
}

/// Another person is signed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Switched {
    /// State of the device.
    pub status: StatusView,
    /// A basket of somebody else that waits for them.
    pub left: Option<LeftBasket>,
}

/// Goods in the basket of somebody else: nothing of it is booked, and only they go on with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LeftBasket {
    /// Name of the one who scanned them; their identity when the device does not know them.
    pub owner: String,
    /// Base units.
    pub units: u64,
}
