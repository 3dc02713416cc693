//! Walks the router: every route there is, asked by everybody, must answer as `policy.txt` says; and a route that does not
//! stand there fails the test.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may stop at the first surprise"
)]

mod callers;
#[allow(unused_imports, reason = "this test uses a part of it")]
#[path = "../common/mod.rs"]
mod common;
mod walk;

use std::fmt::Write as _;

use axum::http::StatusCode;

use self::callers::{Caller, Doors, KNOWN, WITHOUT};
use self::common::Answer;
use sparhund_server::http::Site;

/// What stands in the table for somebody who is let in.
const IN: &str = "in";

/// Whether a caller got past the door, and how they were sent away if not.
fn word(answer: &Answer) -> &'static str {
    match answer.status {
        StatusCode::UNAUTHORIZED => "401",
        StatusCode::FORBIDDEN => "403",
        StatusCode::SEE_OTHER if answer.header("location").starts_with("/console/sign-in?next=") => "sign-in",
        // Whoever signs in with a wrong password is let in to try.
        _ => IN,
    }
}

/// The table as the server has it, in the form of the file.
async fn found(doors: &Doors) -> String {
    let mut table = format!("{:<7}{:<34}", "", "");
    for (name, _) in KNOWN {
        write!(table, " {name:<8}").unwrap();
    }
    table = table.trim_end().to_owned() + "\n";
    for (method, path) in walk::routes(doors.server.router()) {
        let asked = if method == "ANY" { "GET" } else { method.as_str() };
        let mut row = format!("{method:<7}{path:<34}");
        for (_, caller) in KNOWN {
            let answer = doors.ask(caller, asked, &path).await;
            assert!(
                answer.status.as_u16() < 500 && answer.status != StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path} as {caller:?}: {}",
                answer.status
            );
            // A sign-in that fails is no refusal by the door.
            let tried = method == "POST" && path == "/console/sign-in";
            let word = if tried { IN } else { word(&answer) };
            write!(row, " {word:<8}").unwrap();
        }
        table += row.trim_end();
        table += "\n";
    }
    table
}

#[tokio::test]
async fn every_route_answers_everybody_as_the_policy_says() {
    let doors = Doors::open().await;
    let found = found(&doors).await;
    let policy: Vec<&str> = include_str!("policy.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    let policy = policy.join("\n") + "\n";
    let more = |one: &str, other: &str| -> Vec<String> {
        one.lines()
            .filter(|line| !other.lines().any(|known| known == *line))
            .map(ToOwned::to_owned)
            .collect()
    };
    let (new, gone) = (more(&found, &policy), more(&policy, &found));
    assert!(
        found == policy,
        "server/tests/routes/policy.txt says otherwise. Who may do what is decided there, by a person.\n\
         the server has:\n{}\nthe policy has:\n{}",
        new.join("\n"),
        gone.join("\n")
    );
}

/// What every answer says to browsers, whoever asks and whatever comes of it.
#[track_caller]
fn says_what_browsers_may_do(answer: &Answer, path: &str) {
    let policy = answer.header("content-security-policy");
    for part in ["default-src 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{path}: {policy}");
    }
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'") && !policy.contains('*'),
        "{path}: {policy}"
    );
    if path.starts_with("/console") || path.starts_with("/app") {
        for part in ["script-src 'self'", "style-src 'self'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
    } else {
        assert!(!policy.contains("script-src"), "{path}: {policy}");
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{path}: {name}");
    }
    assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    let kept = answer.header("cache-control");
    if !path.starts_with("/app") && !path.starts_with("/console/static/") {
        assert_eq!(kept, "no-store", "{path}");
    }
    if !answer.bytes.is_empty() {
        assert_ne!(answer.header("content-type"), "", "{path}");
    }
}

#[tokio::test]
async fn every_answer_tells_browsers_what_they_may_do_with_it() {
    let doors = Doors::open().await;
    let server = &doors.server;
    let mut refused = 0;
    for (method, path) in walk::routes(server.router()) {
        let asked = if method == "ANY" { "GET" } else { method.as_str() };
        for (_, caller) in KNOWN {
            let answer = doors.ask(caller, asked, &path).await;
            says_what_browsers_may_do(&answer, &path);
            refused += usize::from(!answer.status.is_success());
        }
        // Methods nobody takes. TRACE would show a page what the browser hides from it.
        let answer = doors.ask(Caller::Nobody, "TRACE", &path).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let answer = doors.ask(Caller::Nobody, "PATCH", &path).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert!(answer.header("allow").contains(asked), "{path}");
        says_what_browsers_may_do(&answer, &path);
    }
    assert!(refused > 100, "{refused}");
    for path in [
        "/nowhere",
        "/console/static/none.js",
        "/console/static/",
        "/app/none.js",
        "/api/v1/",
        "/%00",
    ] {
        let answer = server.get(&format!("/!{}", &path[1..])).send().await;
        assert!(!answer.status.is_success(), "{path}");
        says_what_browsers_may_do(&answer, path);
    }
    // Style and script of the console as they are served.
    let page = server.get("/!console/sign-in").send().await.text();
    let files: Vec<&str> = page
        .split('"')
        .filter(|part| part.starts_with("/console/static/"))
        .collect();
    assert_eq!(files.len(), 2, "{page}");
    for path in files {
        let answer = server.get(&format!("/!{}", &path[1..])).send().await;
        assert_eq!(answer.status, StatusCode::OK);
        says_what_browsers_may_do(&answer, path);
    }
}

#[tokio::test]
async fn serving_the_handhelds_page_adds_its_folder_and_nothing_else() {
    let server = common::TestServer::start().await;
    let before = walk::routes(server.router());
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
    std::fs::create_dir(folder.path().join("icons")).unwrap();
    std::fs::write(folder.path().join("icons/a.svg"), "<svg/>").unwrap();
    let server = server.installed(Site {
        web: Some(folder.path().to_owned()),
        ..Site::default()
    });
    let mut after = walk::routes(server.router());
    after.retain(|route| !before.contains(route));
    assert!(!after.is_empty());
    for (method, path) in after {
        assert!(method == "ANY" && path.starts_with("/app/"), "{method} {path}");
    }
    for (path, status) in [
        ("/app/", 200),
        ("/app/index.html", 200),
        ("/app/icons/a.svg", 200),
        // A folder is not listed.
        ("/app/icons/", 404),
        ("/app/none.js", 404),
        ("/app/..%2fsparhund.db", 404),
    ] {
        let answer = server.get(&format!("/!{}", &path[1..])).send().await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        says_what_browsers_may_do(&answer, path);
    }
}

/// What looks at a device that may not sync itself: its records are put aside, and a change of its key is asked for again.
const REVOKED_TOO: [(&str, &str); 2] = [
    ("POST", "/api/v1/sync/records"),
    ("POST", "/api/v1/devices/rotate"),
];

#[tokio::test]
async fn whoever_could_once_is_nobody_now() {
    let doors = Doors::open().await;
    for (method, path) in walk::routes(doors.server.router()) {
        let asked = if method == "ANY" { "GET" } else { method.as_str() };
        let nobody = doors.ask(Caller::Nobody, asked, &path).await;
        for caller in WITHOUT {
            let answer = doors.ask(caller, asked, &path).await;
            assert_eq!(
                (answer.status, word(&answer)),
                (nobody.status, word(&nobody)),
                "{method} {path} as {caller:?}"
            );
        }
        // A device hears that it was revoked; it is let in nowhere that is not open to all.
        let answer = doors.ask(Caller::Revoked, asked, &path).await;
        let open = word(&nobody) == IN || REVOKED_TOO.contains(&(method.as_str(), path.as_str()));
        assert_eq!(word(&answer) == IN, open, "{method} {path} as a revoked device");
    }
}

/// What the patient-link service is for, and nothing else.
const OF_PATIENTS: [&str; 2] = ["/api/v1/patient-seals", "/api/v1/patient-tokens"];

#[tokio::test]
async fn the_patient_link_service_reaches_its_two_routes_and_by_its_newest_token_only() {
    let doors = Doors::open().await;
    let mut reached = 0;
    for (method, path) in walk::routes(doors.server.router()) {
        let asked = if method == "ANY" { "GET" } else { method.as_str() };
        let nobody = doors.ask(Caller::Nobody, asked, &path).await;
        let open = word(&nobody) == IN;
        let its = OF_PATIENTS.contains(&path.as_str());
        reached += usize::from(its);
        let answer = doors.ask(Caller::PatientLink, asked, &path).await;
        assert_eq!(
            word(&answer) == IN,
            open || its,
            "{method} {path}: {}",
            answer.status
        );
        let answer = doors.ask(Caller::OldPatientLink, asked, &path).await;
        assert_eq!(word(&answer) == IN, open, "{method} {path}: {}", answer.status);
    }
    assert_eq!(reached, OF_PATIENTS.len());
}

#[tokio::test]
async fn no_form_of_the_console_is_taken_without_its_token_or_from_elsewhere() {
    let doors = Doors::open().await;
    let server = &doors.server;
    let form = "a-token-of-this-browser";
    let ours = format!("csrf={form}");
    let mut forms = 0;
    for (method, path) in walk::routes(server.router()) {
        if !path.starts_with("/console") || method == "GET" {
            continue;
        }
        assert_eq!(method, "POST", "{path}: a form can send nothing else");
        forms += 1;
        for (body, origin) in [
            ("", None),
            ("csrf=", None),
            ("csrf=a-token-of-another-one", None),
            (ours.as_str(), Some("https://evil.example")),
            (ours.as_str(), Some("null")),
            (ours.as_str(), Some("https://localhost.evil.example")),
        ] {
            for role in sparhund_shared::reference::Role::ALL {
                let token = doors.token(Caller::Person(role), true).await.unwrap();
                let cookie = format!("sparhund_form={form}; sparhund_session={token}");
                let mut call = server
                    .call(method.parse().unwrap(), &format!("/!{}", &path[1..]))
                    .header("cookie", &cookie)
                    .header("host", "localhost")
                    .raw("application/x-www-form-urlencoded", body.to_owned());
                if let Some(origin) = origin {
                    call = call.header("origin", origin);
                }
                let answer = call.send().await;
                assert_eq!(
                    answer.status,
                    StatusCode::FORBIDDEN,
                    "{path} {body:?} {origin:?} as {role:?}"
                );
            }
        }
    }
    assert!(forms > 5, "{forms}");
}
