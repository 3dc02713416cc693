//! Which pages there are. Who may open them stands in [`super::access`].

use axum::http::Method;
use sparhund_shared::reference::Role;

use super::access;

/// A page of the menu.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Address.
    pub path: &'static str,
    /// Key of its name.
    pub name: &'static str,
}

/// The menu in its order.
const MENU: &[Entry] = &[
    entry("/console/", "menu-overview"),
    entry("/console/trace", "menu-trace"),
    entry("/console/holds", "menu-holds"),
    entry("/console/deviations", "menu-deviations"),
    entry("/console/stock", "menu-stock"),
    entry("/console/orders", "menu-orders"),
    entry("/console/articles", "menu-articles"),
    entry("/console/rules", "menu-rules"),
    entry("/console/devices", "menu-devices"),
    entry("/console/sites", "menu-sites"),
    entry("/console/audit", "menu-audit"),
    entry("/console/labels", "menu-labels"),
    entry("/console/code", "menu-code"),
];

const fn entry(path: &'static str, name: &'static str) -> Entry {
    Entry { path, name }
}

/// The entries that somebody with these roles may open.
pub(super) fn entries(has: &[Role]) -> impl Iterator<Item = &'static Entry> {
    MENU.iter()
        .filter(move |entry| access::lets_in(&Method::GET, entry.path, has))
}
