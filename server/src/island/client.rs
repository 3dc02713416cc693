//! The central server over HTTP. Blocking, on the exchange's own thread: it has one thing to do at a time.

use std::io::Write as _;
use std::time::Duration;

use async_trait::async_trait;
use minicbor::bytes::ByteVec;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sparhund_shared::log::{Head, LogId};
use sparhund_shared::wire::{Receipt, Upload};
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use super::{Credential, Greeted, Greeting, HeadsOfLog, Join, Joined, Neighbour, RowOffers};
use crate::http::{PatientTokens, PatientTokensKept, SealPage};
use crate::store::{LogIntro, LogSum, Offered, SharedRow, TokenRow};

/// Largest answer that is read, bytes.
const LARGEST: u64 = 16 << 20;

/// The central server, as this site reaches it.
pub struct Central {
    agent: Agent,
    url: String,
    token: String,
}

/// Why the central server did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// It was not reached.
    #[error("{url} was not reached ({reason}): check address, network and certificate")]
    Unreachable {
        /// Address.
        url: String,
        /// Why.
        reason: String,
    },
    /// It said no.
    #[error("the central server answered {status}: {detail}")]
    Refused {
        /// Status of HTTP.
        status: u16,
        /// Its words.
        detail: String,
    },
    /// It said more than is read.
    #[error(
        "{0} answered with more than {LARGEST} bytes at once, which are not read: update both servers to one version"
    )]
    TooLarge(String),
    /// It said something that is no answer.
    #[error(
        "{0} answered what this program does not understand ({1}): is it a server of Spårhund, of this version?"
    )]
    NoAnswer(String, String),
    /// The certificate cannot be used.
    #[error(
        "the certificate authority of the central server is not usable ({0}): give the PEM file that its operator gave you"
    )]
    Authority(String),
}

impl Central {
    /// Nothing is asked yet.
    ///
    /// # Errors
    /// When the credential's certificate cannot be read.
    pub fn new(credential: &Credential) -> Result<Self, CallError> {
        Ok(Self {
            agent: agent(credential.authority.as_deref())?,
            url: credential.url.clone(),
            token: credential.token.clone(),
        })
    }

    /// Shows the central server at `url` a one-time code.
    ///
    /// # Errors
    /// When it is not reached or says no.
    pub fn join(url: &str, authority: Option<&str>, join: &Join) -> Result<Joined, CallError> {
        let central = Self {
            agent: agent(authority)?,
            url: url.to_owned(),
            token: String::new(),
        };
        central.post("sites/join", join)
    }

    /// Sealed identities after a number, for the patient-link service.
    ///
    /// # Errors
    /// When it is not reached or says no.
    pub fn patient_seals(&self, after: u64, limit: u32) -> Result<SealPage, CallError> {
        self.get(&format!("patient-seals?after={after}&limit={limit}"))
    }

    /// Sends what the patient-link service made of them.
    ///
    /// # Errors
    /// When it is not reached or says no.
    pub fn keep_patient_tokens(&self, tokens: &[TokenRow]) -> Result<PatientTokensKept, CallError> {
        let tokens = tokens.to_vec();
        self.post("patient-tokens", &PatientTokens { tokens })
    }

    fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, CallError> {
        let request = self.request("GET", path);
        read_json(&self.url, &self.send(request, Vec::new())?)
    }

    fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, CallError> {
        let body = serde_json::to_vec(body).map_err(|error| self.nonsense(&error))?;
        let request = self
            .request("POST", path)
            .header("content-type", "application/json");
        read_json(&self.url, &self.send(request, body)?)
    }

    fn request(&self, method: &str, path: &str) -> ureq::http::request::Builder {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}/api/v1/{path}", self.url));
        if !self.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        request
    }

    fn send(&self, request: ureq::http::request::Builder, body: Vec<u8>) -> Result<Vec<u8>, CallError> {
        let failed = |error: ureq::Error| match error {
            ureq::Error::BodyExceedsLimit(_) => CallError::TooLarge(self.url.clone()),
            error => CallError::Unreachable {
                url: self.url.clone(),
                reason: error.to_string(),
            },
        };
        let request = request.body(body).map_err(|error| failed(error.into()))?;
        let mut response = self.agent.run(request).map_err(failed)?;
        let status = response.status().as_u16();
        let body = response
            .body_mut()
            .with_config()
            .limit(LARGEST)
            .read_to_vec()
            .map_err(failed)?;
        if (200..300).contains(&status) {
            return Ok(body);
        }
        let problem: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        let detail = problem["detail"]
            .as_str()
            .unwrap_or("it gave no reason")
            .to_owned();
        Err(CallError::Refused { status, detail })
    }

    fn nonsense(&self, error: &dyn std::fmt::Display) -> CallError {
        CallError::NoAnswer(self.url.clone(), error.to_string())
    }
}

fn agent(authority: Option<&str>) -> Result<Agent, CallError> {
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_connect(Some(Duration::from_secs(5)))
        .timeout_global(Some(Duration::from_secs(40)));
    if let Some(pem) = authority {
        let certificate =
            Certificate::from_pem(pem.as_bytes()).map_err(|error| CallError::Authority(error.to_string()))?;
        let roots = RootCerts::Specific(std::sync::Arc::new(vec![certificate]));
        config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
    }
    Ok(config.build().into())
}

fn read_json<T: DeserializeOwned>(url: &str, body: &[u8]) -> Result<T, CallError> {
    serde_json::from_slice(body).map_err(|error| CallError::NoAnswer(url.to_owned(), error.to_string()))
}

fn place(head: Head) -> String {
    format!("log={}&seq={}&hash={}", head.log, head.seq, head.hash)
}

#[async_trait]
impl Neighbour for Central {
    type Error = CallError;

    fn refused(&self, error: &CallError) -> bool {
        match error {
            // Who may not come, or comes too soon, need not ask for the next thing.
            CallError::Refused { status, .. } => !matches!(status, 401 | 403 | 408 | 429 | 502..=504),
            CallError::TooLarge(_) => true,
            _ => false,
        }
    }

    async fn greet(&self, greeting: &Greeting) -> Result<Greeted, CallError> {
        self.post("sites/greet", greeting)
    }

    async fn logs(&self, after: Option<LogId>) -> Result<Vec<LogSum>, CallError> {
        self.get(&after.map_or_else(
            || "sites/logs".to_owned(),
            |after| format!("sites/logs?after={after}"),
        ))
    }

    async fn introduce(&self, logs: &[LogIntro]) -> Result<(), CallError> {
        self.post("sites/logs", &logs)
    }

    async fn heads(&self, after: Head) -> Result<HeadsOfLog, CallError> {
        self.get(&format!("sites/heads?{}", place(after)))
    }

    async fn lacking(&self, records: &[Head]) -> Result<Vec<Head>, CallError> {
        self.post("sites/lacking", &records)
    }

    async fn chain(&self, from: Head, until: Head) -> Result<Vec<Vec<u8>>, CallError> {
        let path = format!(
            "sites/chain?{}&until_seq={}&until_hash={}",
            place(from),
            until.seq,
            until.hash
        );
        let body = self.send(self.request("GET", &path), Vec::new())?;
        let records: Vec<ByteVec> = minicbor::decode(&body).map_err(|error| self.nonsense(&error))?;
        Ok(records.into_iter().map(Into::into).collect())
    }

    async fn take(&self, upload: &Upload) -> Result<Receipt, CallError> {
        let body = minicbor::to_vec(upload).map_err(|error| self.nonsense(&error))?;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&body).map_err(|error| self.nonsense(&error))?;
        let packed = packed.finish().map_err(|error| self.nonsense(&error))?;
        let request = self
            .request("POST", "sites/records")
            .header("content-type", "application/cbor")
            .header("content-encoding", "gzip");
        read_json(&self.url, &self.send(request, packed)?)
    }

    async fn rows(&self, after: u64) -> Result<Vec<SharedRow>, CallError> {
        self.get(&format!("sites/rows?after={after}"))
    }

    async fn offer(&self, rows: &[SharedRow]) -> Result<Vec<Offered>, CallError> {
        self.post("sites/rows", &RowOffers { rows: rows.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use super::{CallError, Central, Credential, Neighbour as _};

    #[tokio::test]
    async fn an_answer_that_is_too_large_is_not_called_a_lost_network() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n");
            let page = vec![b' '; 1 << 20];
            // It hangs up when it has read enough.
            while stream.write_all(&page).is_ok() {}
        });
        let central = Central::new(&Credential {
            url,
            authority: None,
            name: "Väster".to_owned(),
            token: "token".to_owned(),
        })
        .unwrap();
        let error = central.rows(0).await.unwrap_err();
        assert!(matches!(error, CallError::TooLarge(_)), "{error}");
        assert!(central.refused(&error), "another question may be answered");
        drop(central);
        server.join().unwrap();
    }
}
