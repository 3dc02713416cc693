//! The HTTP surface: [`app`] puts the API, the console and the scanner app's files under one router.
//!
//! [`router`] lists every route of the API on one page; each resource has a file of its own. A failure of any kind is
//! a [`Problem`].

mod articles;
mod audit;
mod auth;
mod client;
mod conflicts;
mod deliveries;
mod deviations;
mod devices;
mod extract;
mod health;
mod holds;
mod identify;
mod observe;
mod openapi;
mod orders;
mod page;
mod patients;
mod places;
mod print;
mod problem;
mod problem_code;
mod quarantine;
mod records;
mod router;
mod rules;
mod security_headers;
mod series;
mod sites;
mod state;
mod stock;
mod sync;
mod trace;
mod trace_csv;
mod upload_turns;
mod users;
mod web;

pub use audit::{asked_goods, note_read, read_audit};
pub use client::{BaseUrl, ClientIp};
pub use conflicts::{
    ChooseConflict, ShownConflict, all as all_conflicts, chosen_by, open as open_conflicts,
    resolve as resolve_conflict,
};
pub use devices::{IssuedCode, issue_code, revoke};
pub use extract::{Body, Cbor, Path, Query};
pub use holds::{NewHold, lift_hold, planned_hold, set_hold};
pub(crate) use observe::observe;
pub use openapi::document;
pub use orders::{NewLine, NewOrder, place_order};
pub use page::Slice;
pub use patients::{SealPage, Tokens as PatientTokens, TokensKept as PatientTokensKept};
pub use problem::{ApiResult, FieldError, Problem};
pub use problem_code::Code;
pub use quarantine::{
    DecideQuarantine, QuarantineView, SHOWN as QUARANTINE_SHOWN, Waiting, decide as decide_quarantine,
    waiting as quarantined,
};
pub use router::{Limits, app, app_within};
pub use rules::{RuleRow, rules, set_rule, setter as setter_of_rule, take_rule_away};
pub use sites::{SiteCode, add as add_site, shut_out as shut_site_out};
pub use state::{AppState, Site};
pub use users::check_login;
