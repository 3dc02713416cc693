//! A browser without pictures: it keeps cookies, fills in forms and follows no script.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use sparhund_server::auth::{Session, Tokens};
use sparhund_server::demo::{self, Region};
use sparhund_server::http::{AppState, Site, app};
use sparhund_server::ingest::OwnLog;
use sparhund_server::ops::{DataDir, now_ms, today};
use sparhund_server::store::{Store, sqlite::SqliteStore};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::cut_link::cut_off;

/// The demo region, served.
pub struct Served {
    _dir: TempDir,
    pub state: AppState,
    app: Router,
}

impl Served {
    pub async fn demo() -> Self {
        Self::demo_at(Site::default()).await
    }

    /// The same, installed in another way.
    pub async fn demo_at(site: Site) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::new(dir.path());
        let now = now_ms();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data.database()).unwrap());
        let log = OwnLog::open(Arc::clone(&store), &data, now).await.unwrap();
        let region = Region::new(today(), now).unwrap();
        demo::load(store.as_ref(), &log, region, now).await.unwrap();
        let site = Site {
            region: demo::NAME.to_owned(),
            ..site
        };
        let state = AppState::new(store, log, Tokens::open(&data).unwrap(), site).unwrap();
        let app = app(state.clone());
        Self {
            _dir: dir,
            state,
            app,
        }
    }

    /// The same as a site's server that reaches no central one.
    pub async fn cut_off(self) -> Self {
        let state = cut_off(self.state).await;
        let app = app(state.clone());
        Self { state, app, ..self }
    }

    /// A browser nobody has signed in with.
    pub fn browser(&self) -> Browser {
        Browser {
            app: self.app.clone(),
            cookies: BTreeMap::new(),
            language: "sv".to_owned(),
        }
    }

    /// A browser with a session of this person, made without the slow password.
    pub async fn signed_in(&self, login: &str) -> Browser {
        let account = self.state.store.account(login).await.unwrap().unwrap();
        let mut browser = self.browser();
        let session = Session::begin(now_ms()).unwrap();
        let token = self.state.tokens.page(&account, session, now_ms()).unwrap();
        browser.cookies.insert("sparhund_session".to_owned(), token);
        browser
    }
}

#[derive(Clone)]
pub struct Browser {
    app: Router,
    pub cookies: BTreeMap<String, String>,
    pub language: String,
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Page {
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The words of the page, without its tags.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut inside = false;
        for c in self.body.chars() {
            match c {
                '<' => {
                    inside = true;
                    words.push(' ');
                }
                '>' => inside = false,
                c if !inside => words.push(c),
                _ => {}
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Value of the hidden field in the first form.
    pub fn csrf(&self) -> String {
        let after = self
            .body
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form with the token of a page of ours.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.get("/console/holds").await.csrf();
        let token = if token.is_empty() {
            self.get("/console/sign-in").await.csrf()
        } else {
            token
        };
        let mut all = vec![("csrf", token.as_str())];
        all.extend(fields);
        self.post_raw(path, &all, &[]).await
    }

    /// Sends a form as given.
    pub async fn post_raw(&mut self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Page {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", escape(value)))
            .collect();
        let mut request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request, Body::from(body.join("&"))).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = request
            .header(header::COOKIE, cookies.join("; "))
            .header(header::HOST, "sparhund.test")
            .header(header::ACCEPT_LANGUAGE, &self.language)
            .body(body)
            .unwrap();
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(body, 8 << 20).await.unwrap();
        Page {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
}

pub fn escape(value: &str) -> String {
    value
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
