//! The console over the real router and the real store, as a browser without scripts sees it.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may stop at the first surprise"
)]

#[path = "../cut_link/mod.rs"]
mod cut_link;

mod audit;
mod browser;
mod code;
mod deviations;
mod doors;
mod holds;
mod movements;
mod quarantine;
mod questions;
mod rules;
mod sites;
mod work;

use browser::Served;

/// Every page of the menu.
const PAGES: [&str; 12] = [
    "/console/",
    "/console/trace",
    "/console/holds",
    "/console/deviations",
    "/console/stock",
    "/console/orders",
    "/console/articles",
    "/console/rules",
    "/console/devices",
    "/console/audit",
    "/console/labels",
    "/console/code",
];

/// Pages that show something particular.
const MORE: [&str; 9] = [
    "/console/trace?q=V26-310",
    "/console/orders?no=O-1001",
    "/console/orders/new",
    "/console/articles?no=NM-10001",
    "/console/articles?q=kompress",
    "/console/stock?lot=SP-7741",
    "/console/code?q=%5Dd2010735000000010817280131%1D10V26-310",
    "/console/code?q=%5Dd2010735000000010917280131",
    "/console/code?q=10000007",
];

/// Keys of the texts, to find one that was shown instead of its text.
fn keys() -> Vec<&'static str> {
    include_str!("../../src/console/sv.ftl")
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
        .filter(|key| key.contains('-'))
        .collect()
}

#[tokio::test]
async fn every_page_is_drawn_in_both_languages_without_style_or_script_inside() {
    let served = Served::demo().await;
    for login in ["planerare", "kvalitet"] {
        for language in ["sv", "en"] {
            let mut browser = served.signed_in(login).await;
            browser.language = language.to_owned();
            for path in PAGES.iter().chain(&MORE) {
                let page = browser.get(path).await;
                let not_theirs = [
                    ("kvalitet", "/console/orders/new"),
                    ("planerare", "/console/audit"),
                ];
                if not_theirs.contains(&(login, *path)) {
                    assert_eq!(page.status, 403);
                    continue;
                }
                assert_eq!(page.status, 200, "{path}");
                assert!(
                    page.body.contains(&format!("<html lang=\"{language}\">")),
                    "{path}"
                );
                let words = page.words();
                for key in keys() {
                    let shown = words.split_whitespace().any(|word| word == key);
                    assert!(!shown, "{path} shows the key {key} instead of its text");
                }
                assert!(
                    !page.body.contains(" style=") && !page.body.contains("<style"),
                    "{path}"
                );
                assert!(
                    !page.body.contains(" onclick=") && !page.body.contains("javascript:"),
                    "{path}"
                );
                assert_eq!(
                    page.body.matches("<script").count(),
                    1,
                    "{path}: the one script file"
                );
                let policy = page
                    .headers
                    .get("content-security-policy")
                    .unwrap()
                    .to_str()
                    .unwrap();
                assert!(
                    policy.contains("script-src 'self'") && !policy.contains("unsafe"),
                    "{policy}"
                );
                assert_eq!(page.headers.get("cache-control").unwrap(), "no-store", "{path}");
                assert!(words.contains("DEMO"), "{path} says that it is the demo");
            }
        }
    }
}

#[tokio::test]
async fn style_and_script_are_served_under_the_name_of_their_content() {
    let served = Served::demo().await;
    let page = served.browser().get("/console/sign-in").await;
    for (start, media_type) in [
        ("href=\"/console/static/", "text/css"),
        ("src=\"/console/static/", "text/javascript"),
    ] {
        let name = page.body.split(start).nth(1).unwrap().split('"').next().unwrap();
        let file = served.browser().get(&format!("/console/static/{name}")).await;
        assert_eq!(file.status, 200);
        let found = file.headers.get("content-type").unwrap().to_str().unwrap();
        assert!(found.starts_with(media_type), "{found}");
        assert!(
            file.headers
                .get("cache-control")
                .unwrap()
                .to_str()
                .unwrap()
                .contains("immutable")
        );
    }
    let old = served.browser().get("/console/static/style.00000000.css").await;
    assert_eq!(old.status, 404);
}
