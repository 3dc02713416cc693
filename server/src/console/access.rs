//! Who may open which page and send which form, in one table. A route that is not in it is not run.

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sparhund_shared::reference::Role::{self, Admin, Picker, Planner, Quality, Ward};

use super::context::Visitor;
use super::failure::Failure;
use crate::auth::access::Access::{self, Person, Public, Roles};
use crate::http::Code;

const GOODS: Access = Roles(&[Picker, Ward, Quality, Planner]);
const TRACERS: Access = Roles(&[Quality, Planner]);
const HOLDERS: Access = Roles(&[Quality]);
const ORDERERS: Access = Roles(&[Planner, Ward]);
const ENROLLERS: Access = Roles(&[Admin, Planner]);

/// Method, path template, readers.
const TABLE: &[(&str, &str, Access)] = &[
    ("GET", "/console", Public),
    ("GET", "/console/sign-in", Public),
    ("POST", "/console/sign-in", Public),
    ("POST", "/console/sign-out", Public),
    ("GET", "/console/language", Public),
    ("GET", "/console/", Person),
    ("GET", "/console/trace", TRACERS),
    ("GET", "/console/trace.csv", TRACERS),
    ("GET", "/console/implant-card", TRACERS),
    ("GET", "/console/holds", Person),
    ("POST", "/console/holds", HOLDERS),
    ("POST", "/console/holds/release", HOLDERS),
    ("GET", "/console/deviations", TRACERS),
    ("GET", "/console/conflicts", Roles(&[Admin, Planner, Quality])),
    ("POST", "/console/conflicts", Roles(&[Admin, Planner])),
    ("GET", "/console/sites", Roles(&[Admin, Planner, Quality])),
    ("POST", "/console/sites", Roles(&[Admin])),
    ("POST", "/console/sites/revoke", Roles(&[Admin])),
    ("GET", "/console/stock", GOODS),
    ("GET", "/console/orders", GOODS),
    ("GET", "/console/orders/new", ORDERERS),
    ("POST", "/console/orders", ORDERERS),
    ("GET", "/console/articles", Person),
    ("GET", "/console/rules", Roles(&[Planner, Admin, Quality])),
    ("POST", "/console/rules", Roles(&[Planner, Admin])),
    ("POST", "/console/rules/remove", Roles(&[Planner, Admin])),
    ("GET", "/console/devices", Roles(&[Admin, Planner, Quality])),
    ("POST", "/console/devices/code", ENROLLERS),
    ("POST", "/console/devices/revoke", ENROLLERS),
    (
        "GET",
        "/console/devices/quarantine",
        Roles(&[Admin, Planner, Quality]),
    ),
    ("POST", "/console/devices/quarantine", HOLDERS),
    ("GET", "/console/audit", Roles(&[Admin, Quality])),
    ("GET", "/console/labels", Person),
    ("GET", "/console/code", Person),
    ("GET", "/console/{*path}", Person),
];

fn of(method: &Method, path: &str) -> Option<Access> {
    let method = if method == Method::HEAD {
        &Method::GET
    } else {
        method
    };
    TABLE
        .iter()
        .find(|(takes, known, _)| *takes == method.as_str() && *known == path)
        .map(|(_, _, access)| *access)
}

/// Whether somebody with these roles may open a page or send a form. Nobody may where the table does not say.
pub(super) fn lets_in(method: &Method, path: &str, has: &[Role]) -> bool {
    of(method, path).is_some_and(|access| missing(access, has).is_none())
}

/// The roles one of which is wanted, when they have none of them.
fn missing(access: Access, has: &[Role]) -> Option<&'static [Role]> {
    match access {
        Public | Person => None,
        Roles(wanted) => (!wanted.iter().any(|role| has.contains(role))).then_some(wanted),
        // No page is for devices or other servers.
        Access::Device | Access::AnyDevice | Access::DeviceOr(_) | Access::Site | Access::PatientLink => {
            Some(&[])
        }
    }
}

/// The answer to who may not; `None` lets them through.
pub(super) fn refusal(method: &Method, path: &str, visitor: &Visitor) -> Option<Response> {
    let Some(access) = of(method, path) else {
        let takes: Vec<&str> = TABLE
            .iter()
            .filter(|(_, known, _)| *known == path)
            .map(|(takes, ..)| *takes)
            .collect();
        let allow = [(header::ALLOW, takes.join(", "))];
        return Some((StatusCode::METHOD_NOT_ALLOWED, allow).into_response());
    };
    if access == Public {
        return None;
    }
    let Some(account) = &visitor.account else {
        return Some(Failure::SignIn(visitor.here.clone()).into_response());
    };
    let wanted = missing(access, &account.user.roles)?;
    tracing::warn!(user.id = %account.user.id, http.route = path, "refused for want of a role");
    let words: Vec<String> = wanted
        .iter()
        .map(|role| visitor.t(&format!("role-{}", role.word())))
        .collect();
    let words = words.join(", ");
    let why = visitor.texts.with("forbidden-roles", &[("roles", &words)]);
    Some(Failure::said(Code::Forbidden, why).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_route_stands_once() {
        for (at, (method, path, _)) in TABLE.iter().enumerate() {
            let again = TABLE[at + 1..]
                .iter()
                .any(|row| (row.0, row.1) == (*method, *path));
            assert!(!again, "{method} {path}");
        }
    }

    #[test]
    fn what_the_table_leaves_out_is_open_to_nobody() {
        assert!(lets_in(&Method::HEAD, "/console/trace", &[Quality]));
        assert!(!lets_in(&Method::GET, "/console/trace", &[Admin, Picker, Ward]));
        assert!(!lets_in(&Method::GET, "/console/secret", &Role::ALL));
        assert!(!lets_in(&Method::DELETE, "/console/holds", &Role::ALL));
    }
}
