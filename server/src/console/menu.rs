//! Which pages there are and who may open them: one table for the menu and for the guard.

use sparhund_shared::reference::Role::{self, Admin, Picker, Planner, Quality, Ward};

/// A page of the menu.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Address.
    pub path: &'static str,
    /// Key of its name.
    pub name: &'static str,
    /// Who may open it; empty = everyone who is signed in.
    pub roles: &'static [Role],
}

const GOODS: &[Role] = &[Picker, Ward, Quality, Planner];

/// The menu in its order.
pub(super) const MENU: &[Entry] = &[
    entry("/console/", "menu-overview", &[]),
    entry("/console/trace", "menu-trace", &[Quality, Planner]),
    entry("/console/holds", "menu-holds", &[]),
    entry("/console/deviations", "menu-deviations", &[Quality, Planner]),
    entry("/console/stock", "menu-stock", GOODS),
    entry("/console/orders", "menu-orders", GOODS),
    entry("/console/articles", "menu-articles", &[]),
    entry("/console/devices", "menu-devices", &[Admin, Planner, Quality]),
    entry("/console/labels", "menu-labels", &[]),
    entry("/console/code", "menu-code", &[]),
];

/// Who may set and lift holds.
pub(super) const HOLDERS: &[Role] = &[Quality];
/// Who may place orders.
pub(super) const ORDERERS: &[Role] = &[Planner, Ward];
/// Who may enrol and revoke devices.
pub(super) const ENROLLERS: &[Role] = &[Admin, Planner];

const fn entry(path: &'static str, name: &'static str, roles: &'static [Role]) -> Entry {
    Entry { path, name, roles }
}

/// Who may open a page of the menu; a page that is not in it is open to nobody.
pub(super) fn roles_of(path: &str) -> Option<&'static [Role]> {
    MENU.iter()
        .find(|entry| entry.path == path)
        .map(|entry| entry.roles)
}

/// Whether somebody with these roles is let in.
pub(super) fn lets_in(wanted: &[Role], has: &[Role]) -> bool {
    wanted.is_empty() || wanted.iter().any(|role| has.contains(role))
}
