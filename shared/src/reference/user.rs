//! People and what they may do.

use serde::{Deserialize, Serialize};

use crate::log::UserId;

/// What somebody may do. Least privilege: a person has the roles the work needs, not more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Plockare: receives, stores, picks, delivers.
    Picker,
    /// Vårdpersonal: confirms deliveries.
    Ward,
    /// Kvalitetsansvarig: traces, sets and lifts holds.
    Quality,
    /// Försörjningsplanerare: articles, places, orders.
    Planner,
    /// IT: users and devices.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [
        Self::Picker,
        Self::Ward,
        Self::Quality,
        Self::Planner,
        Self::Admin,
    ];

    /// Stable word, also the key of its translation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Picker => "picker",
            Self::Ward => "ward",
            Self::Quality => "quality",
            Self::Planner => "planner",
            Self::Admin => "admin",
        }
    }

    /// The role of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A person who works with the system.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// Identity in the log.
    pub id: UserId,
    /// Sign-in name.
    pub login: String,
    /// Name as colleagues know it.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
}
