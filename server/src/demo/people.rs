//! People of the demo region: one for each role, and a second quality officer, because nobody lifts a hold they set.

use sparhund_shared::log::{Hash, UserId, uuid_v7};
use sparhund_shared::reference::{Role, User};

/// Somebody who can sign in to the demo.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DemoUser {
    /// Who.
    pub user: User,
    /// Fixed and printed by `init`: the demo only.
    pub password: String,
}

const PEOPLE: [(&str, &str, Role); 6] = [
    ("plockare", "Elif Sandström", Role::Picker),
    ("vard", "Johan Myrberg", Role::Ward),
    ("kvalitet", "Margareta Åkerlund", Role::Quality),
    ("kvalitet2", "Tomas Björkvall", Role::Quality),
    ("planerare", "Nadia Hedlund", Role::Planner),
    ("admin", "Oskar Frisk", Role::Admin),
];

/// Everyone.
pub fn people() -> Vec<DemoUser> {
    PEOPLE
        .iter()
        .map(|(login, name, role)| DemoUser {
            user: User {
                id: user_id(login),
                login: (*login).to_owned(),
                name: (*name).to_owned(),
                roles: vec![*role],
            },
            password: format!("{login}-nordmark"),
        })
        .collect()
}

/// The same id at every init, so that a demo made anew knows its devices' records.
pub(super) fn user_id(login: &str) -> UserId {
    let hash = Hash::of("sparhund/demo/user", login.as_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&hash.0[..10]);
    // 2026-01-01T00:00:00Z
    UserId(uuid_v7(1_767_225_600_000, random))
}
