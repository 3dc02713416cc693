//! DevTools of a whole browser on one socket: its pages and their workers, each a session of its own.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::Message;

/// How long an answer may take: memory is counted on a slowed page too.
const PATIENCE: Duration = Duration::from_mins(2);

/// Something a session can be opened to.
#[derive(Clone, Debug)]
pub struct Target {
    /// `page`, `worker`, `service_worker`.
    pub kind: String,
    /// Its session.
    pub session: String,
}

/// Something that a session told.
#[derive(Debug)]
pub struct Heard {
    /// Which session.
    pub session: String,
    /// What.
    pub method: String,
    /// More of it.
    pub params: Value,
}

type Answer = Result<Value, String>;

#[derive(Default)]
struct Shared {
    waiting: HashMap<u64, oneshot::Sender<Answer>>,
    targets: Vec<Target>,
    next: u64,
}

/// The socket.
pub struct Wire {
    shared: Arc<Mutex<Shared>>,
    out: UnboundedSender<String>,
    /// What sessions tell.
    pub heard: UnboundedReceiver<Heard>,
}

impl Wire {
    /// Connects to the browser with this profile. `domains` are switched on in each session before its target runs.
    pub async fn connect(profile: &Path, domains: &'static [&'static str]) -> Self {
        // Port and path, a line each.
        let place =
            std::fs::read_to_string(profile.join("DevToolsActivePort")).expect("a browser that listens");
        let (port, path) = place.split_once('\n').expect("two lines");
        let url = format!("ws://127.0.0.1:{port}{}", path.trim());
        let (socket, _) = tokio_tungstenite::connect_async(url).await.expect("a connection");
        let (mut sink, mut stream) = socket.split();
        let (out, mut orders) = unbounded_channel::<String>();
        let (said, heard) = unbounded_channel();
        let shared = Arc::new(Mutex::new(Shared::default()));
        tokio::spawn(async move {
            while let Some(text) = orders.recv().await {
                if sink.send(Message::text(text)).await.is_err() {
                    break;
                }
            }
        });
        let wire = Self {
            shared: Arc::clone(&shared),
            out: out.clone(),
            heard,
        };
        tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                let Message::Text(text) = message else { continue };
                let message: Value = serde_json::from_str(&text).expect("JSON");
                take_in(&shared, &out, &said, domains, message);
            }
        });
        wire.ask(None, "Target.setAutoAttach", attach())
            .await
            .expect("sessions");
        wire.target("page").await;
        wire
    }

    /// Asks a session, or the browser, and waits for the answer.
    pub async fn ask(&self, session: Option<&str>, method: &str, params: Value) -> Answer {
        let (answered, answer) = oneshot::channel();
        let id = post(&self.shared, &self.out, session, method, &params, Some(answered));
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(answer)) => answer.map_err(|error| format!("{method}: {error}")),
            _ => Err(format!("{method}: no answer to {id}")),
        }
    }

    /// Tells a session without waiting.
    pub fn tell(&self, session: &str, method: &str, params: &Value) {
        post(&self.shared, &self.out, Some(session), method, params, None);
    }

    /// Waits for a target of this kind.
    pub async fn target(&self, kind: &str) -> Target {
        for _ in 0..600 {
            if let Some(target) = self.target_now(kind) {
                return target;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no {kind} in this browser");
    }

    /// A target of this kind, if there is one.
    pub fn target_now(&self, kind: &str) -> Option<Target> {
        let shared = self.shared.lock().expect("one at a time");
        shared
            .targets
            .iter()
            .rev()
            .find(|target| target.kind == kind)
            .cloned()
    }

    /// The target of a session, gone or not.
    pub fn of(&self, session: &str) -> Option<Target> {
        let shared = self.shared.lock().expect("one at a time");
        shared
            .targets
            .iter()
            .find(|target| target.session == session)
            .cloned()
    }

    /// What an expression in a session comes to, waited for when it is a promise.
    pub async fn run(&self, session: &str, expression: &str) -> Value {
        let params = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let answer = self.ask(Some(session), "Runtime.evaluate", params).await;
        let answer = answer.unwrap_or_else(|error| panic!("{expression}: {error}"));
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }
}

fn attach() -> Value {
    json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true})
}

fn post(
    shared: &Mutex<Shared>,
    out: &UnboundedSender<String>,
    session: Option<&str>,
    method: &str,
    params: &Value,
    answered: Option<oneshot::Sender<Answer>>,
) -> u64 {
    let mut shared = shared.lock().expect("one at a time");
    shared.next += 1;
    let id = shared.next;
    if let Some(answered) = answered {
        shared.waiting.insert(id, answered);
    }
    let mut message = json!({"id": id, "method": method, "params": params});
    if let Some(session) = session {
        message["sessionId"] = json!(session);
    }
    // A socket that is closed answers nothing, which whoever waits finds out.
    let _ = out.send(message.to_string());
    id
}

fn take_in(
    shared: &Mutex<Shared>,
    out: &UnboundedSender<String>,
    said: &UnboundedSender<Heard>,
    domains: &[&str],
    mut message: Value,
) {
    if let Some(id) = message["id"].as_u64() {
        let waiting = shared.lock().expect("one at a time").waiting.remove(&id);
        if let Some(waiting) = waiting {
            let answer = match message.get("error") {
                Some(error) => Err(error.to_string()),
                None => Ok(message["result"].take()),
            };
            let _ = waiting.send(answer);
        }
        return;
    }
    let method = message["method"].as_str().unwrap_or_default().to_owned();
    let mut params = message["params"].take();
    if method == "Target.attachedToTarget" {
        let target = Target {
            kind: params["targetInfo"]["type"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            session: params["sessionId"].as_str().unwrap_or_default().to_owned(),
        };
        let session = target.session.clone();
        shared.lock().expect("one at a time").targets.push(target);
        let tell = |method: &str, params: &Value| post(shared, out, Some(&session), method, params, None);
        for domain in domains {
            tell(&format!("{domain}.enable"), &json!({}));
        }
        tell("Target.setAutoAttach", &attach());
        tell("Runtime.runIfWaitingForDebugger", &json!({}));
    }
    let session = message["sessionId"].as_str().unwrap_or_default().to_owned();
    // Nobody listens any more: the test is over.
    let _ = said.send(Heard {
        session,
        method,
        params: params.take(),
    });
}
