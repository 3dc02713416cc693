//! The browser's own debugging socket, for input that must not wait for an answer: a scanner presses its keys without looking
//! whether the page has taken the last one, and a busy machine's answers take longer than its pauses.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// How long the page may take to handle a whole scan.
const PATIENCE: Duration = Duration::from_mins(1);

/// Inputs that follow each other so closely go out together.
const FLUENT_MS: u32 = 20;

/// One command to the page.
#[derive(Debug)]
pub struct Input {
    /// Its name, `Input.dispatchKeyEvent` or another.
    pub command: &'static str,
    /// Its parameters without the time.
    pub params: Value,
    /// Milliseconds after the first one at which the event says it happened, however late it is delivered. It is not delivered before.
    pub at_ms: u32,
}

/// The socket of the page that the browser with this profile shows.
#[derive(Debug)]
pub struct DevTools {
    socket: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>,
}

impl DevTools {
    /// Connects.
    pub async fn connect(profile: &Path) -> Self {
        // Chromium writes where it listens into the first line of this file.
        let place =
            std::fs::read_to_string(profile.join("DevToolsActivePort")).expect("a browser that listens");
        let port = place.lines().next().expect("a port");
        let pages: Vec<Value> = ureq::get(format!("http://127.0.0.1:{port}/json/list"))
            .call()
            .expect("a list of pages")
            .body_mut()
            .read_json()
            .expect("JSON");
        let page = pages.iter().find(|page| page["type"] == "page").expect("a page");
        let url = page["webSocketDebuggerUrl"].as_str().expect("the page's socket");
        let (socket, _) = tokio_tungstenite::connect_async(url).await.expect("a connection");
        Self { socket }
    }

    /// Runs a script in the page, which then calls `window.<name>(text)`; the texts come until the page is gone.
    pub async fn hear(mut self, name: &str, script: &str) -> UnboundedReceiver<String> {
        let commands = [
            ("Runtime.enable", json!({})),
            ("Runtime.addBinding", json!({"name": name})),
            ("Runtime.evaluate", json!({"expression": script})),
        ];
        for (id, (method, params)) in commands.iter().enumerate() {
            let message = json!({"id": id, "method": method, "params": params}).to_string();
            self.socket.send(Message::text(message)).await.expect("sent");
        }
        let (said, heard) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(Ok(message)) = self.socket.next().await {
                let Message::Text(text) = message else { continue };
                let event: Value = serde_json::from_str(&text).expect("JSON");
                assert!(event.get("error").is_none(), "{event}");
                assert!(event["result"]["exceptionDetails"].is_null(), "{event}");
                if event["method"] == "Runtime.bindingCalled"
                    && let Some(text) = event["params"]["payload"].as_str()
                {
                    // Nobody hears any more: the test is over.
                    let _ = said.send(text.to_owned());
                }
            }
        });
        heard
    }

    /// Sends all without waiting for answers, then waits until the page has handled the last.
    pub async fn send(mut self, inputs: &[Input]) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        let begun = Instant::now();
        let mut last = 0;
        for (id, input) in inputs.iter().enumerate() {
            if input.at_ms > last + FLUENT_MS {
                self.socket.flush().await.expect("sent");
                tokio::time::sleep_until(begun + Duration::from_millis(input.at_ms.into())).await;
            }
            last = input.at_ms;
            let mut params = input.params.clone();
            params["timestamp"] = json!((now + Duration::from_millis(input.at_ms.into())).as_secs_f64());
            let message = json!({"id": id, "method": input.command, "params": params}).to_string();
            self.socket.feed(Message::text(message)).await.expect("sent");
        }
        self.socket.flush().await.expect("sent");
        let mut open = inputs.len();
        let answered = async {
            while open > 0 {
                let message = self
                    .socket
                    .next()
                    .await
                    .expect("the browser answers")
                    .expect("a message");
                let Message::Text(text) = message else { continue };
                let answer: Value = serde_json::from_str(&text).expect("JSON");
                assert!(answer.get("error").is_none(), "{answer}");
                open -= usize::from(answer.get("id").is_some());
            }
        };
        tokio::time::timeout(PATIENCE, answered)
            .await
            .expect("the page handles its input");
        let _ = self.socket.close(None).await;
    }
}
