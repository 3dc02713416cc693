//! Who gets in, what they see, and what a foreign site cannot do with their browser.

use axum::body::Body;
use axum::http::Request;
use sparhund_server::auth::{Bearer, Session};
use sparhund_server::http::Site;
use sparhund_server::ops::now_ms;
use sparhund_shared::reference::Role;
use tower::ServiceExt as _;

use crate::PAGES;
use crate::browser::{Page, Served};

#[tokio::test]
async fn nobody_sees_a_page_without_signing_in() {
    let served = Served::demo().await;
    for path in PAGES {
        let page = served.browser().get(path).await;
        assert_eq!(page.status, 303, "{path}");
        assert!(
            page.location().starts_with("/console/sign-in?next="),
            "{}",
            page.location()
        );
    }
    let mut browser = served.browser();
    browser
        .cookies
        .insert("sparhund_session".to_owned(), "forged".to_owned());
    assert_eq!(browser.get("/console/stock").await.status, 303);
}

#[tokio::test]
async fn signing_in_brings_back_to_the_page_and_out_ends_it() {
    let served = Served::demo().await;
    let mut browser = served.browser();
    let wrong = browser
        .post(
            "/console/sign-in",
            &[("login", "kvalitet"), ("password", "fel lösenord")],
        )
        .await;
    assert_eq!(wrong.status, 401);
    assert!(
        wrong.words().contains("Användarnamnet eller lösenordet är fel"),
        "{}",
        wrong.words()
    );
    assert!(!browser.cookies.contains_key("sparhund_session"));
    let fields = [
        ("login", "kvalitet"),
        ("password", "kvalitet-nordmark"),
        ("next", "/console/trace?q=A"),
    ];
    let right = browser.post("/console/sign-in", &fields).await;
    assert_eq!(
        (right.status.as_u16(), right.location()),
        (303, "/console/trace?q=A")
    );
    let cookies: Vec<_> = right
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap())
        .collect();
    let session = cookies
        .iter()
        .find(|cookie| cookie.starts_with("sparhund_session="))
        .unwrap();
    assert!(
        session.contains("HttpOnly") && session.contains("SameSite=Lax"),
        "{session}"
    );
    assert_eq!(browser.get("/console/stock").await.status, 200);
    let mut copied = browser.clone();
    assert_eq!(browser.post("/console/sign-out", &[]).await.status, 303);
    assert_eq!(browser.get("/console/stock").await.status, 303);
    let page = copied.get("/console/stock").await;
    assert_eq!(page.status, 303, "a copy of the cookie ends with it");
}

/// Cookies that an answer sets.
fn set_cookies(page: &Page) -> Vec<String> {
    let cookies = page.headers.get_all("set-cookie").iter();
    cookies.map(|value| value.to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn over_https_every_cookie_is_bound_to_this_host_and_hidden_from_scripts() {
    for secure in [true, false] {
        let served = Served::demo_at(Site {
            secure,
            ..Site::default()
        })
        .await;
        let mut browser = served.browser();
        let form = browser.get("/console/sign-in").await;
        let hsts = form.headers.get("strict-transport-security");
        assert_eq!(hsts.is_some(), secure);
        let csrf = form.csrf();
        let fields = [
            ("csrf", csrf.as_str()),
            ("login", "kvalitet"),
            ("password", "kvalitet-nordmark"),
        ];
        let signed = browser.post_raw("/console/sign-in", &fields, &[]).await;
        let language = browser.get("/console/language?to=en").await;
        let out = browser.post("/console/sign-out", &[]).await;
        let cookies: Vec<String> = [&form, &signed, &language, &out]
            .into_iter()
            .flat_map(set_cookies)
            .collect();
        assert!(cookies.len() >= 5, "{cookies:?}");
        for cookie in &cookies {
            let (name, rest) = cookie.split_once('=').unwrap();
            let attributes: Vec<&str> = rest.split("; ").skip(1).collect();
            assert_eq!(name.starts_with("__Host-"), secure, "{cookie}");
            assert_eq!(attributes.contains(&"Secure"), secure, "{cookie}");
            assert!(
                attributes.contains(&"HttpOnly") && attributes.contains(&"Path=/"),
                "{cookie}"
            );
            let same_site = attributes.contains(&"SameSite=Lax") || attributes.contains(&"SameSite=Strict");
            assert!(same_site && !cookie.contains("Domain"), "{cookie}");
        }
        let session = |page: &Page| {
            set_cookies(page)
                .into_iter()
                .find(|cookie| cookie.contains("sparhund_session="))
        };
        let lasting = session(&signed).unwrap();
        assert!(lasting.contains("Max-Age=900"), "{lasting}");
        assert!(session(&out).unwrap().contains("Max-Age=0"));
        // Over HTTPS a cookie that a plain page or another host could have set is none.
        if secure {
            let mut planted = served.signed_in("kvalitet").await;
            assert!(planted.cookies.contains_key("sparhund_session"));
            assert_eq!(planted.get("/console/stock").await.status, 303);
        }
    }
}

#[tokio::test]
async fn signing_in_leaves_nothing_that_was_known_before() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("vard").await;
    browser.get("/console/").await;
    let before = browser.clone();
    let fields = [("login", "kvalitet"), ("password", "kvalitet-nordmark")];
    assert_eq!(browser.post("/console/sign-in", &fields).await.status, 303);
    for name in ["sparhund_session", "sparhund_form"] {
        assert_ne!(browser.cookies[name], before.cookies[name], "{name}");
    }
    let page = before.clone().get("/console/stock").await;
    assert_eq!(page.status, 303, "who was signed in here before is signed out");
    // A form drawn before, or a token that somebody planted, is not believed.
    let planted = [("csrf", before.cookies["sparhund_form"].as_str())];
    let page = browser.post_raw("/console/sign-out", &planted, &[]).await;
    assert_eq!(page.status, 403);
    assert_eq!(browser.get("/console/stock").await.status, 200);
}

#[tokio::test]
async fn a_session_is_made_longer_page_by_page_but_ends_after_twelve_hours() {
    let served = Served::demo().await;
    let account = served.state.store.account("kvalitet").await.unwrap().unwrap();
    let now = now_ms() / 1000 * 1000;
    let began = |minutes: i64| now - minutes * 60_000;
    let mut browser = served.browser();
    for (minutes, status) in [(0, 200), (715, 200), (721, 303)] {
        let session = Session {
            since: began(minutes),
            ..Session::begin(now).unwrap()
        };
        let token = served.state.tokens.page(&account, session, now).unwrap();
        browser.cookies.insert("sparhund_session".to_owned(), token);
        assert_eq!(browser.get("/console/stock").await.status, status, "{minutes}");
        if status == 200 {
            let again = served.state.tokens.read(&browser.cookies["sparhund_session"]);
            assert!(
                matches!(again, Ok(Bearer::Page { session: kept, .. }) if kept == session),
                "it is the same session, and began when it began"
            );
        }
    }
}

#[tokio::test]
async fn an_access_token_is_no_session_of_a_browser_nor_the_other_way_round() {
    let served = Served::demo().await;
    let account = served.state.store.account("kvalitet").await.unwrap().unwrap();
    let session = Session::begin(now_ms()).unwrap();
    let access = served.state.tokens.user(&account, session, now_ms()).unwrap();
    let mut browser = served.browser();
    browser
        .cookies
        .insert("sparhund_session".to_owned(), access.clone());
    let page = browser.get("/console/stock").await;
    assert_eq!(
        page.status, 303,
        "a copied access token does not last on as a cookie"
    );
    let kept = set_cookies(&page)
        .into_iter()
        .any(|cookie| cookie.contains("sparhund_session"));
    assert!(!kept);
    let api = async |token: &str| {
        let request = Request::get("/api/v1/stock").header("authorization", format!("Bearer {token}"));
        let app = sparhund_server::http::app(served.state.clone());
        app.oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(api(&access).await, 200);
    let signed = served.signed_in("kvalitet").await;
    assert_eq!(api(&signed.cookies["sparhund_session"]).await, 401);
}

#[tokio::test]
async fn a_form_without_our_token_changes_nothing() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    let token = browser.get("/console/holds").await.csrf();
    let foreign = served
        .signed_in("kvalitet")
        .await
        .get("/console/holds")
        .await
        .csrf();
    assert_ne!(token, foreign, "each browser has its own");
    let hold = [
        ("product", "NM-10001"),
        ("lot", "K26-0101"),
        ("reason", "prov"),
        ("sure", "1"),
    ];
    let with = |token| {
        let mut fields = vec![("csrf", token)];
        fields.extend(hold);
        fields
    };
    for (fields, headers) in [
        (hold.to_vec(), vec![]),
        (with(""), vec![]),
        (with(foreign.as_str()), vec![]),
        (with(token.as_str()), vec![("origin", "https://evil.example")]),
        (with(token.as_str()), vec![("origin", "null")]),
    ] {
        let page = browser.post_raw("/console/holds", &fields, &headers).await;
        assert_eq!(page.status, 403, "{fields:?} {headers:?}");
        assert!(
            page.words()
                .contains("Formuläret skickades inte från den här sidan"),
            "{}",
            page.words()
        );
    }
    assert_eq!(
        served.state.store.holds().await.unwrap().len(),
        1,
        "the demo's own"
    );
    let headers = [("origin", "http://sparhund.test")];
    let page = browser
        .post_raw("/console/holds", &with(token.as_str()), &headers)
        .await;
    assert_eq!(page.status, 303);
    assert_eq!(served.state.store.holds().await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_menu_shows_exactly_what_a_role_may_open() {
    let served = Served::demo().await;
    let mut refused = 0;
    for (login, role) in [
        ("plockare", Role::Picker),
        ("vard", Role::Ward),
        ("kvalitet", Role::Quality),
        ("planerare", Role::Planner),
        ("admin", Role::Admin),
    ] {
        let mut browser = served.signed_in(login).await;
        let menu = browser.get("/console/").await.body;
        let menu = menu
            .split("class=\"menu\"")
            .nth(1)
            .unwrap()
            .split("</nav>")
            .next()
            .unwrap();
        for path in PAGES {
            let page = browser.get(path).await;
            let shown = menu.contains(&format!("href=\"{path}\""));
            assert_eq!(
                page.status.as_u16(),
                if shown { 200 } else { 403 },
                "{role:?} {path}"
            );
            if !shown {
                refused += 1;
                assert!(page.words().contains("Det kräver rollen"), "{}", page.words());
            }
        }
    }
    assert!(refused > 5, "{refused}");
    let trace = served
        .signed_in("plockare")
        .await
        .get("/console/trace.csv?lot=V26-310")
        .await;
    assert_eq!(trace.status, 403, "the file is guarded like its page");
}

#[tokio::test]
async fn roles_decide_what_forms_do() {
    let served = Served::demo().await;
    for (login, path) in [
        ("planerare", "/console/holds"),
        ("planerare", "/console/holds/release"),
        ("kvalitet", "/console/orders"),
        ("kvalitet", "/console/devices/code"),
        ("kvalitet", "/console/devices/revoke"),
        ("plockare", "/console/orders"),
        ("plockare", "/console/devices/code"),
    ] {
        let page = served.signed_in(login).await.post(path, &[]).await;
        assert_eq!(page.status, 403, "{login} {path}");
        assert!(
            page.words().contains("Det kräver rollen"),
            "{login} {path}: {}",
            page.words()
        );
    }
}

#[tokio::test]
async fn a_language_is_remembered_and_leads_nowhere_else() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    let page = browser
        .get("/console/language?to=en&back=%2Fconsole%2Fstock")
        .await;
    assert_eq!((page.status.as_u16(), page.location()), (303, "/console/stock"));
    assert!(browser.get("/console/stock").await.words().contains("Stock"));
    let page = browser
        .get("/console/language?to=sv&back=https%3A%2F%2Fevil.example")
        .await;
    assert_eq!(page.location(), "/console/");
    assert!(browser.get("/console/stock").await.words().contains("Lager"));
}

#[tokio::test]
async fn an_address_without_a_page_is_a_page_that_says_so() {
    let served = Served::demo().await;
    let page = served
        .signed_in("kvalitet")
        .await
        .get("/console/nothing/here")
        .await;
    assert_eq!(page.status, 404);
    assert!(
        page.words().contains("Det finns ingen sida på den adressen"),
        "{}",
        page.words()
    );
    for path in [
        "/console/articles?no=NM-1",
        "/console/orders?no=O-0",
        "/console/stock?place=x",
        "/console/trace?product=123",
    ] {
        let page = served.signed_in("kvalitet").await.get(path).await;
        assert!(page.status.is_client_error(), "{path}");
        assert!(page.body.starts_with("<!DOCTYPE html>"), "{path}");
    }
}
