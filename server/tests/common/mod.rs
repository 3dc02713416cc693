//! A real router over a real store in a directory of its own, and the little that tests say to it.

#![allow(
    dead_code,
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    clippy::wrong_self_convention,
    missing_docs,
    reason = "each test binary uses a part; calls read as sentences; a test may stop at the first surprise"
)]

mod redact;
mod world;

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body::Frame;
use serde_json::{Value, json};
use sparhund_server::auth::{Session, Tokens, hash_password};
use sparhund_server::http::{AppState, Limits, Site, app_within};
use sparhund_server::ingest::OwnLog;
use sparhund_server::ops::{DataDir, now_ms};
use sparhund_server::store::{Account, Store, sqlite::SqliteStore};
use sparhund_shared::log::UserId;
use sparhund_shared::reference::{Role, User};
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

pub use redact::redact;
pub use world::{DeviceSim, article, base_di, bin, box_di, other_article, site, ward};

/// Password of everybody.
pub const PASSWORD: &str = "tre små tomtar";

pub struct TestServer {
    dir: TempDir,
    pub state: AppState,
    app: Router,
}

impl TestServer {
    /// A server with one person per role and nothing else.
    pub async fn start() -> Self {
        Self::within(Limits::default()).await
    }

    /// The same with other limits of time.
    pub async fn within(limits: Limits) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::new(dir.path());
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data.database()).unwrap());
        let site = Site {
            region: "Region Prov".to_owned(),
            database: Some(data.database()),
            ..Site::default()
        };
        let own_log = OwnLog::open(Arc::clone(&store), &data, now_ms()).await.unwrap();
        let state = AppState::new(store, own_log, Tokens::open(&data).unwrap(), site).unwrap();
        let hash = hash_password(PASSWORD).unwrap();
        for role in Role::ALL {
            state.store.put_account(account(role, &hash)).await.unwrap();
        }
        let app = app_within(state.clone(), limits);
        Self { dir, state, app }
    }

    /// The same with two articles, a warehouse with a bin, and a ward.
    pub async fn with_world() -> Self {
        let server = Self::start().await;
        server.state.store.put_places(world::places()).await.unwrap();
        let articles = vec![article(), other_article()];
        server.state.store.put_articles(articles).await.unwrap();
        server
    }

    /// The same, installed in another way.
    pub fn installed(self, site: Site) -> Self {
        let state = AppState {
            site: Arc::new(site),
            ..self.state.clone()
        };
        self.in_state(state)
    }

    /// The same with another state.
    pub fn in_state(self, state: AppState) -> Self {
        let app = app_within(state.clone(), Limits::default());
        Self { state, app, ..self }
    }

    /// Everything it answers.
    pub fn router(&self) -> &Router {
        &self.app
    }

    pub fn data_dir(&self) -> DataDir {
        DataDir::new(self.dir.path())
    }

    /// Access token of the person with this role.
    pub async fn token(&self, role: Role) -> String {
        let account = self.state.store.account(role.word()).await.unwrap().unwrap();
        self.state.tokens.user(&account, session(), now_ms()).unwrap()
    }

    pub fn get(&self, path: &str) -> Call<'_> {
        self.call(Method::GET, path)
    }

    pub fn post(&self, path: &str, body: Value) -> Call<'_> {
        self.call(Method::POST, path).json(body)
    }

    pub fn put(&self, path: &str, body: Value) -> Call<'_> {
        self.call(Method::PUT, path).json(body)
    }

    pub fn call(&self, method: Method, path: &str) -> Call<'_> {
        let path = if path.starts_with('/') && !path.starts_with("/!") {
            format!("/api/v1{path}")
        } else {
            path.replacen("/!", "/", 1)
        };
        Call {
            server: self,
            request: Request::builder().method(method).uri(path),
            body: Body::empty(),
        }
    }
}

/// A body that comes when `first` is over.
pub fn body_after(first: impl Future<Output = ()> + Send + 'static, bytes: Vec<u8>) -> Body {
    Body::new(After {
        first: Some(Box::pin(first)),
        bytes: Some(bytes.into()),
    })
}

struct After {
    first: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    bytes: Option<Bytes>,
}

impl http_body::Body for After {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(first) = &mut self.first {
            ready!(first.as_mut().poll(context));
            self.first = None;
        }
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// A session that begins now.
pub fn session() -> Session {
    Session::begin(now_ms()).unwrap()
}

/// Somebody with one role, whose sign-in name is the role's word.
pub fn account(role: Role, hash: &str) -> Account {
    Account {
        user: User {
            id: user_id(role),
            login: role.word().to_owned(),
            name: format!("Prov {}", role.word()),
            roles: vec![role],
        },
        password_hash: hash.to_owned(),
        active: true,
    }
}

pub fn user_id(role: Role) -> UserId {
    UserId(Uuid::from_u128(0x1000 + role as u128))
}

/// A request that is being put together.
pub struct Call<'a> {
    server: &'a TestServer,
    request: axum::http::request::Builder,
    body: Body,
}

impl Call<'_> {
    pub fn json(mut self, body: Value) -> Self {
        self.request = self.request.header(header::CONTENT_TYPE, "application/json");
        self.body = Body::from(body.to_string());
        self
    }

    pub fn raw(mut self, media_type: &str, body: impl Into<Body>) -> Self {
        self.request = self.request.header(header::CONTENT_TYPE, media_type);
        self.body = body.into();
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub async fn as_role(self, role: Role) -> Answer {
        let token = self.server.token(role).await;
        self.token(&token).send().await
    }

    pub async fn send(self) -> Answer {
        let request = self.request.body(self.body).unwrap();
        let response = self.server.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: bytes.to_vec(),
        }
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The word of the problem this is.
    #[track_caller]
    pub fn problem(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.text()
        );
        let body = self.json();
        assert_eq!(body["status"], self.status.as_u16());
        assert_eq!(body["instance"], self.header("x-request-id"));
        assert!(
            body["detail"].as_str().is_some_and(|detail| detail.len() > 10),
            "{body}"
        );
        body["code"].as_str().unwrap().to_owned()
    }

    /// The body, which must come with this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        if self.bytes.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    /// Status and body without what differs from run to run.
    pub fn shown(&self) -> Value {
        let body = if self.bytes.is_empty() {
            Value::Null
        } else {
            self.json()
        };
        json!({ "status": self.status.as_u16(), "type": self.header("content-type"), "body": redact(body) })
    }
}
