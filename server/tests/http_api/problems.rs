use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::Method;
use http_body::Frame;
use serde_json::json;
use sparhund_server::http::Limits;
use sparhund_shared::reference::Role;

use crate::common::{DeviceSim, TestServer, body_after};

#[tokio::test]
async fn addresses_and_methods_that_are_none_get_a_problem() {
    let server = TestServer::start().await;
    let nowhere = server.get("/nowhere").send().await;
    insta::assert_json_snapshot!("not_found", nowhere.shown());
    let method = server.call(Method::DELETE, "/places").as_role(Role::Admin).await;
    insta::assert_json_snapshot!("method", method.shown());
    assert!(
        method.header("allow").contains("GET"),
        "{}",
        method.header("allow")
    );
    for path in [
        "/!nowhere",
        "/!api/v1",
        "/!api/v1/",
        "/!api/v2/places",
        "/!%00",
        "/!api/v1/places/",
        "/!app/x.js",
    ] {
        assert_eq!(server.get(path).send().await.problem(), "not-found", "{path}");
    }
}

#[tokio::test]
async fn bodies_that_are_no_json_name_the_place() {
    let server = TestServer::start().await;
    let send = async |media_type: &str, body: &'static str| {
        server
            .call(Method::POST, "/auth/sign-in")
            .raw(media_type, body)
            .send()
            .await
    };
    insta::assert_json_snapshot!("cut", send("application/json", "{\"login\": \"a\"").await.shown());
    insta::assert_json_snapshot!(
        "missing",
        send("application/json", "{\"login\": \"a\"}").await.shown()
    );
    insta::assert_json_snapshot!("media_type", send("text/plain", "{}").await.shown());
    for (body, code) in [
        ("", "malformed-json"),
        (r#"{"login":"a","password":"b"}x"#, "malformed-json"),
        ("[]", "invalid-value"),
        ("\u{0}", "malformed-json"),
    ] {
        assert_eq!(
            send("application/json; charset=utf-8", body).await.problem(),
            code,
            "{body:?}"
        );
    }
    let invalid = server
        .call(Method::POST, "/auth/sign-in")
        .raw("application/json", vec![0xff, 0xfe])
        .send()
        .await;
    assert_eq!(invalid.problem(), "malformed-json");
}

#[tokio::test]
async fn deep_nesting_and_huge_bodies_are_refused() {
    let server = TestServer::start().await;
    let deep = "[".repeat(100_000);
    let answer = server
        .call(Method::POST, "/auth/sign-in")
        .raw("application/json", deep)
        .send()
        .await;
    assert!(["malformed-json", "invalid-value"].contains(&answer.problem().as_str()));
    let huge = vec![b' '; (1 << 20) + 1];
    let answer = server
        .call(Method::POST, "/auth/sign-in")
        .raw("application/json", huge)
        .send()
        .await;
    insta::assert_json_snapshot!("too_large", answer.shown());
    let device = DeviceSim::enrolled(&server, 1).await;
    let upload = async |size: usize| {
        let body = vec![0; size];
        let call = server
            .call(Method::POST, "/sync/records")
            .raw("application/cbor", body);
        call.token(&device.token).send().await.problem()
    };
    assert_eq!(upload(4 << 20).await, "malformed-cbor");
    assert_eq!(upload((4 << 20) + 1).await, "too-large");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_failure_of_ours() {
    let server = TestServer::start().await;
    let answer = server
        .call(Method::POST, "/auth/sign-in")
        .raw("application/json", Body::new(Broken { sent: false }))
        .send()
        .await;
    assert_eq!(answer.problem(), "bad-request");
}

#[tokio::test]
async fn a_body_that_does_not_come_and_an_answer_that_does_not_end_are_given_up() {
    assert_eq!(
        Limits::default(),
        Limits {
            request: Duration::from_secs(30),
            body: Duration::from_secs(20),
            turn: Duration::from_secs(5),
        }
    );
    let limits = Limits {
        request: Duration::from_millis(900),
        body: Duration::from_millis(300),
        ..Limits::default()
    };
    let server = TestServer::within(limits).await;
    // Somebody keeps the answer of /ready from being worked out, for ever.
    let readiness = server.state.readiness.lock().await;
    let started = Instant::now();
    let slow = server
        .call(Method::POST, "/auth/sign-in")
        .raw("application/json", Body::new(Silent))
        .send()
        .await;
    assert_eq!(
        (slow.problem(), slow.status.as_u16()),
        ("slow-body".to_owned(), 408)
    );
    assert!(started.elapsed() >= limits.body);
    let started = Instant::now();
    let late = server.get("/!ready").send().await;
    assert_eq!(
        (late.problem(), late.status.as_u16()),
        ("timeout".to_owned(), 503)
    );
    assert!(started.elapsed() >= limits.request);
    drop(readiness);
}

#[tokio::test]
async fn uploads_take_turns_before_their_bodies_are_read() {
    let limits = Limits {
        turn: Duration::from_millis(300),
        ..Limits::default()
    };
    let server = Arc::new(TestServer::within(limits).await);
    let mut devices = Vec::new();
    for number in 1..=20 {
        devices.push(DeviceSim::enrolled(&server, number).await);
    }
    let site = super::sites::joined(&server, "Väster", 7).await;
    let begun = Arc::new(AtomicUsize::new(0));
    let (over, held) = tokio::sync::watch::channel(false);
    let send = |device: &DeviceSim, slow: bool| {
        let (mut held, begun, server) = (held.clone(), Arc::clone(&begun), Arc::clone(&server));
        let (token, upload) = (device.token.clone(), device.upload());
        let first = async move {
            begun.fetch_add(1, Ordering::SeqCst);
            if slow {
                held.wait_for(|over| *over).await.unwrap();
            }
        };
        tokio::spawn(async move {
            let call = server.call(Method::POST, "/sync/records");
            let call = call.raw("application/cbor", body_after(first, upload));
            let answer = call.token(&token).send().await;
            if answer.status == 200 {
                return true;
            }
            let said = (answer.problem(), answer.header("retry-after"));
            assert_eq!(said, ("busy".to_owned(), "5"));
            false
        })
    };
    // Forty bodies that do not end, two of each device.
    let slow: Vec<_> = devices
        .iter()
        .chain(&devices)
        .map(|device| send(device, true))
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!send(&devices[0], false).await.unwrap(), "a third of one device");
    // Whoever sends a few records, or asks for something else, is answered meanwhile.
    let upload = devices[19].upload();
    let length = upload.len().to_string();
    let few = server
        .call(Method::POST, "/sync/records")
        .token(&devices[19].token);
    let few = few
        .raw("application/cbor", upload)
        .header("content-length", &length);
    few.send().await.expect(200);
    let feed = server.get("/sync/feed/holds").token(&devices[0].token);
    feed.send().await.expect(200);
    // A house goes on exchanging.
    let rows = server.call(Method::POST, "/sites/rows").token(&site);
    let rows = rows.raw(
        "application/json",
        body_after(async {}, br#"{"rows":[]}"#.to_vec()),
    );
    rows.send().await.expect(200);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(
        begun.load(Ordering::SeqCst),
        16,
        "no more bodies are read at one time"
    );
    over.send_replace(true);
    let mut taken = 0;
    for answer in slow {
        taken += usize::from(answer.await.unwrap());
    }
    assert_eq!(taken, 16);
    // Every turn was given back.
    for device in &devices {
        assert!(send(device, false).await.unwrap());
    }
}

/// A body of which nothing comes.
struct Silent;

impl HttpBody for Silent {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Poll::Pending
    }
}

/// A body whose second part never comes.
struct Broken {
    sent: bool,
}

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(Some(if std::mem::replace(&mut self.sent, true) {
            Err(std::io::Error::other("cut"))
        } else {
            Ok(Frame::data(Bytes::from_static(b"{")))
        }))
    }
}

#[tokio::test]
async fn odd_paths_and_queries_never_fail_on_our_side() {
    let server = TestServer::with_world().await;
    let long = "x".repeat(5_000);
    let parts = [
        "%00", "%ff", "..%2f..", "%2F", "å", "'", "\"", "%25", "1e9", "-1", &long,
    ];
    for part in parts {
        let part: String = part
            .chars()
            .map(|c| {
                if c.is_ascii() && c != '"' {
                    c.to_string()
                } else {
                    "%C3%A5".to_owned()
                }
            })
            .collect();
        for path in [
            format!("/articles/{part}"),
            format!("/orders/{part}"),
            format!("/sync/feed/{part}"),
            format!("/articles?text={part}&limit={part}"),
            format!("/stock?lot={part}&place={part}"),
            format!("/trace?scan={part}"),
            format!("/trace?di={part}&lot={part}"),
        ] {
            let answer = server.get(&path).as_role(Role::Planner).await;
            assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text());
            if !answer.status.is_success() {
                answer.problem();
            }
        }
    }
}

#[tokio::test]
async fn every_answer_says_what_browsers_may_do_with_it() {
    let server = TestServer::start().await;
    for path in ["/!health", "/places", "/!nowhere", "/openapi.json"] {
        let answer = server.get(path).send().await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'"
        );
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert!(answer.header("x-request-id").starts_with("urn:uuid:"));
        assert_eq!(answer.header("strict-transport-security"), "");
    }
    let claimed = server.get("/!health").header("x-request-id", "mine").send().await;
    assert_ne!(claimed.header("x-request-id"), "mine");
}

#[tokio::test]
async fn those_who_run_it_see_its_health() {
    let server = TestServer::start().await;
    sparhund_server::ops::install_metrics();
    assert_eq!(server.get("/!health").send().await.text(), "ok\n");
    assert_eq!(server.get("/!ready").send().await.text(), "ready\n");
    server
        .post(
            "/auth/sign-in",
            json!({ "login": "geheim", "password": "geheim" }),
        )
        .send()
        .await;
    let metrics = server.get("/!metrics").send().await.text();
    let line = "sparhund_http_requests_total{method=\"POST\",route=\"/api/v1/auth/sign-in\",status=\"401\"}";
    assert!(metrics.contains(line), "{metrics}");
    assert!(
        metrics.contains("sparhund_http_request_seconds_bucket"),
        "{metrics}"
    );
    assert!(
        metrics.contains("sparhund_store_file_bytes{file=\"database\"}"),
        "{metrics}"
    );
    assert!(metrics.contains("\nsparhund_store_waiting 0\n"), "{metrics}");
    assert!(!metrics.contains("geheim"));
}

#[tokio::test]
async fn a_method_that_somebody_invented_is_not_kept() {
    let server = TestServer::start().await;
    sparhund_server::ops::install_metrics();
    for method in ["TRASSEL", "get", "ABRAKADABRA"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let answer = server.call(method, "/places").send().await;
        assert_eq!(answer.problem(), "method-not-allowed");
    }
    let metrics = server.get("/!metrics").send().await.text();
    let line = "sparhund_http_requests_total{method=\"other\",route=\"/api/v1/places\",status=\"405\"} 3";
    assert!(metrics.contains(line), "{metrics}");
    for invented in ["TRASSEL", "\"get\"", "ABRAKADABRA"] {
        assert!(!metrics.contains(invented), "{metrics}");
    }
}

#[tokio::test]
async fn asking_for_readiness_often_costs_one_commit_a_second() {
    let server = TestServer::start().await;
    let proved = async || {
        assert_eq!(server.get("/!ready").send().await.text(), "ready\n");
        let setting = server.state.store.setting("store.proved-writable-at").await;
        setting.unwrap().unwrap()
    };
    let first = proved().await;
    for _ in 0..5 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        assert_eq!(proved().await, first);
    }
    tokio::time::sleep(std::time::Duration::from_millis(1_050)).await;
    assert_ne!(proved().await, first);
}
