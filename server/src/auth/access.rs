//! Who may call what, in one table. A route that is not in it is refused.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::http::Method;
use sparhund_shared::reference::Role;

use Access::{AnyDevice, Device, DeviceOr, PatientLink, Person, Public, Roles, Site};
use Role::{Admin, Picker, Planner, Quality, Ward};

/// Who may call a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Anyone.
    Public,
    /// Every signed-in person.
    Person,
    /// A signed-in person with one of these roles.
    Roles(&'static [Role]),
    /// An enrolled device.
    Device,
    /// An enrolled device, also one that was revoked.
    AnyDevice,
    /// An enrolled device, or a person with one of these roles.
    DeviceOr(&'static [Role]),
    /// The server of a site.
    Site,
    /// The patient-link service.
    PatientLink,
}

/// Where the API begins.
pub const API: &str = "/api/v1";

const GOODS: Access = Roles(&[Picker, Ward, Quality, Planner]);
const TRACERS: Access = Roles(&[Quality, Planner]);

/// Method, path below [`API`], readers.
pub const TABLE: &[(&str, &str, Access)] = &[
    ("GET", "/openapi.json", Public),
    ("POST", "/auth/sign-in", Public),
    ("POST", "/auth/refresh", Public),
    ("POST", "/auth/sign-out", Public),
    ("GET", "/devices", Roles(&[Admin, Planner, Quality])),
    ("POST", "/devices/codes", Roles(&[Admin, Planner])),
    ("POST", "/devices/enrol", Public),
    ("POST", "/devices/rotate", AnyDevice),
    ("POST", "/devices/{id}/revoke", Roles(&[Admin, Planner])),
    (
        "GET",
        "/devices/{id}/quarantine",
        Roles(&[Admin, Planner, Quality]),
    ),
    ("POST", "/devices/{id}/quarantine", Roles(&[Quality])),
    ("POST", "/sync/heads", Device),
    ("POST", "/sync/records", AnyDevice),
    ("GET", "/sync/records", DeviceOr(&[Quality, Admin])),
    ("GET", "/sync/feed/{topic}", Device),
    ("POST", "/sync/series", Device),
    ("POST", "/sync/labels", Device),
    ("GET", "/sites", Roles(&[Admin, Planner, Quality])),
    ("POST", "/sites", Roles(&[Admin])),
    ("POST", "/sites/{id}/revoke", Roles(&[Admin])),
    ("POST", "/sites/join", Public),
    ("POST", "/sites/greet", Site),
    ("GET", "/sites/logs", Site),
    ("POST", "/sites/logs", Site),
    ("GET", "/sites/heads", Site),
    ("POST", "/sites/lacking", Site),
    ("GET", "/sites/chain", Site),
    ("POST", "/sites/records", Site),
    ("GET", "/sites/rows", Site),
    ("POST", "/sites/rows", Site),
    ("GET", "/conflicts", Roles(&[Admin, Planner, Quality])),
    ("POST", "/conflicts/{id}", Roles(&[Admin, Planner])),
    ("POST", "/identify", Person),
    ("GET", "/articles", Person),
    ("GET", "/articles/{no}", Person),
    ("PUT", "/articles/{no}", Roles(&[Planner])),
    ("GET", "/places", Person),
    ("PUT", "/places/{code}", Roles(&[Planner])),
    ("GET", "/deliveries", GOODS),
    ("DELETE", "/deliveries", Roles(&[Planner])),
    ("POST", "/deliveries/import", Roles(&[Planner])),
    ("GET", "/rules", Person),
    ("PUT", "/rules", Roles(&[Planner, Admin])),
    ("DELETE", "/rules", Roles(&[Planner, Admin])),
    ("GET", "/users", Roles(&[Admin])),
    ("POST", "/users", Roles(&[Admin])),
    ("PUT", "/users/{id}/roles", Roles(&[Admin])),
    ("PUT", "/users/{id}/active", Roles(&[Admin])),
    ("PUT", "/users/{id}/password", Roles(&[Admin])),
    ("GET", "/orders", GOODS),
    ("GET", "/orders/{no}", GOODS),
    ("POST", "/orders", Roles(&[Planner, Ward])),
    ("GET", "/stock", GOODS),
    ("GET", "/deviations", TRACERS),
    ("GET", "/trace", TRACERS),
    ("GET", "/trace.csv", TRACERS),
    ("GET", "/patient-seals", PatientLink),
    ("POST", "/patient-tokens", PatientLink),
    ("GET", "/audit", Roles(&[Admin, Quality])),
    ("GET", "/holds", Person),
    ("POST", "/holds", Roles(&[Quality])),
    ("POST", "/holds/{id}/release", Roles(&[Quality])),
];

type Routes = HashMap<&'static str, HashMap<&'static str, Access>>;

static BY_PATH: LazyLock<Routes> = LazyLock::new(|| {
    let mut routes = Routes::new();
    for (method, path, access) in TABLE {
        routes.entry(path).or_default().insert(method, *access);
    }
    routes
});

/// Who may call the route with this full path template; `None` when the table does not say.
pub fn of(method: &Method, path: &str) -> Option<Access> {
    let method = if method == Method::HEAD {
        &Method::GET
    } else {
        method
    };
    BY_PATH
        .get(path.strip_prefix(API)?)?
        .get(method.as_str())
        .copied()
}

/// Methods that a full path template takes, for the header `Allow`; empty for a path that is not in the table.
pub fn methods(path: &str) -> String {
    let Some(routes) = path.strip_prefix(API).and_then(|path| BY_PATH.get(path)) else {
        return String::new();
    };
    let mut methods: Vec<&str> = routes.keys().copied().collect();
    methods.sort_unstable();
    methods.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_route_stands_once_and_names_roles() {
        let rows: usize = BY_PATH.values().map(HashMap::len).sum();
        assert_eq!(rows, TABLE.len());
        for (method, path, access) in TABLE {
            let empty = matches!(access, Roles(roles) | DeviceOr(roles) if roles.is_empty());
            assert!(!empty, "{method} {path}");
        }
    }

    #[test]
    fn head_is_get_and_the_rest_is_refused() {
        assert_eq!(of(&Method::HEAD, "/api/v1/places"), Some(Person));
        assert_eq!(of(&Method::GET, "/api/v1/nowhere"), None);
        assert_eq!(of(&Method::DELETE, "/api/v1/places"), None);
    }
}
