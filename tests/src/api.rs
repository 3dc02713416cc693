//! The HTTP API as a program would use it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A signed-in person at the API.
#[derive(Debug)]
pub struct Api {
    agent: ureq::Agent,
    base: String,
    token: String,
}

impl Api {
    /// Signs in.
    pub fn sign_in(url: &str, login: &str, password: &str) -> Self {
        let mut api = Self::nobody(url);
        let tokens = api.post("/auth/sign-in", &json!({"login": login, "password": password}));
        tokens["access"]
            .as_str()
            .expect("an access token")
            .clone_into(&mut api.token);
        api
    }

    fn nobody(url: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(20)))
            .http_status_as_error(false)
            .build();
        Self {
            agent: config.into(),
            base: format!("{url}/api/v1"),
            token: String::new(),
        }
    }

    /// Signs in where that can be done: `None` when nobody has that name or password yet.
    pub fn try_sign_in(url: &str, login: &str, password: &str) -> Option<Self> {
        let mut api = Self::nobody(url);
        let request = api.agent.post(format!("{}/auth/sign-in", api.base));
        let (status, tokens) = told(
            "/auth/sign-in",
            request.send_json(json!({"login": login, "password": password})),
        );
        if status != 200 {
            return None;
        }
        tokens["access"].as_str()?.clone_into(&mut api.token);
        Some(api)
    }

    /// Asks until the history of a trace has an event, for twenty seconds: a status line that says that all is sent may say
    /// so of the moment before a booking.
    pub fn traced(&self, path: &str) -> Value {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let trace = self.get(path);
            let told = trace["history"]
                .as_array()
                .is_some_and(|history| !history.is_empty());
            if told || Instant::now() > end {
                return trace;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// `GET`; the body as JSON.
    pub fn get(&self, path: &str) -> Value {
        let request = self
            .agent
            .get(format!("{}{path}", self.base))
            .header("authorization", &self.bearer());
        answer(path, request.call())
    }

    /// `GET`; the body as text.
    pub fn get_text(&self, path: &str) -> String {
        let request = self
            .agent
            .get(format!("{}{path}", self.base))
            .header("authorization", &self.bearer());
        let mut response = request.call().expect("an answer");
        assert!(response.status().is_success(), "{path}: {}", response.status());
        response.body_mut().read_to_string().expect("text")
    }

    /// `POST`.
    pub fn post(&self, path: &str, body: &Value) -> Value {
        let request = self
            .agent
            .post(format!("{}{path}", self.base))
            .header("authorization", &self.bearer());
        answer(path, request.send_json(body))
    }

    /// `PUT`.
    pub fn put(&self, path: &str, body: &Value) -> Value {
        let request = self
            .agent
            .put(format!("{}{path}", self.base))
            .header("authorization", &self.bearer());
        answer(path, request.send_json(body))
    }

    /// `GET`, however it ends: status and body.
    pub fn try_get(&self, path: &str) -> (u16, Value) {
        let request = self
            .agent
            .get(format!("{}{path}", self.base))
            .header("authorization", &self.bearer());
        told(path, request.call())
    }

    /// `PUT`, however it ends: status and body.
    pub fn try_put(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = self
            .agent
            .put(format!("{}{path}", self.base))
            .header("authorization", &self.bearer());
        told(path, request.send_json(body))
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

/// What stands at an address that is open to anyone.
pub fn text_at(url: &str) -> String {
    let mut response = ureq::get(url).call().expect("an answer");
    response.body_mut().read_to_string().expect("text")
}

fn answer(path: &str, result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Value {
    let (status, body) = told(path, result);
    assert!((200..300).contains(&status), "{path}: {status} {body}");
    body
}

fn told(path: &str, result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> (u16, Value) {
    let mut response = result.unwrap_or_else(|error| panic!("{path}: {error}"));
    let status = response.status().as_u16();
    let text = response.body_mut().read_to_string().unwrap_or_default();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}
