//! HTTP by ureq. Blocking: this client has one thing to do at a time.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sparhund_scanner_core::env::{Request, Response, Transport, TransportError};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, http};

/// Largest answer that is read, bytes.
const LARGEST: u64 = 64 * 1024 * 1024;
/// The certificate that was trusted at enrolment, in the data directory.
const CA_FILE: &str = "ca.pem";

/// The network.
pub struct Http {
    agent: Agent,
}

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CaError {
    /// The file cannot be read or kept.
    #[error("the certificate {path} cannot be read or kept ({error}): check path and rights")]
    File {
        /// The file.
        path: PathBuf,
        /// The system's word.
        error: io::Error,
    },
    /// Not a certificate.
    #[error("{path} holds no certificate in PEM form ({reason}): take the file that the server wrote")]
    Pem {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

impl Http {
    /// With the certificate kept in the data directory, or the well-known authorities when there is none.
    pub fn new(data: &Path) -> Result<Self, CaError> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(Duration::from_secs(5)));
        let path = data.join(CA_FILE);
        if path.exists() {
            let certificate = read(&path)?;
            let roots = RootCerts::Specific(std::sync::Arc::new(vec![certificate]));
            config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
        }
        Ok(Self {
            agent: config.build().into(),
        })
    }
}

/// Trusts a server's own certificate from now on.
pub fn trust(data: &Path, path: &Path) -> Result<(), CaError> {
    read(path)?;
    let keep = data.join(CA_FILE);
    fs::create_dir_all(data)
        .and_then(|()| fs::copy(path, &keep))
        .map_err(|error| CaError::File { path: keep, error })?;
    Ok(())
}

fn read(path: &Path) -> Result<Certificate<'static>, CaError> {
    let pem = fs::read(path).map_err(|error| CaError::File {
        path: path.to_owned(),
        error,
    })?;
    Certificate::from_pem(&pem).map_err(|error| CaError::Pem {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

impl Transport for Http {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let url = request.url.clone();
        let timeout_ms = request.timeout_ms;
        self.exchange(request).map_err(|error| match error {
            ureq::Error::Timeout(_) => TransportError::Timeout { url, timeout_ms },
            other => TransportError::Unreachable {
                url,
                reason: other.to_string(),
            },
        })
    }
}

impl Http {
    fn exchange(&self, request: Request) -> Result<Response, ureq::Error> {
        let mut outgoing = http::Request::builder().method(request.method).uri(&request.url);
        for (name, value) in &request.headers {
            outgoing = outgoing.header(name, value);
        }
        let limit = Some(Duration::from_millis(request.timeout_ms.into()));
        let mut response = if request.body.is_empty() {
            let outgoing = outgoing.body(())?;
            let outgoing = self
                .agent
                .configure_request(outgoing)
                .timeout_global(limit)
                .build();
            self.agent.run(outgoing)?
        } else {
            let outgoing = outgoing.body(request.body)?;
            let outgoing = self
                .agent
                .configure_request(outgoing)
                .timeout_global(limit)
                .build();
            self.agent.run(outgoing)?
        };
        let headers = response
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(LARGEST).read_to_vec()?;
        Ok(Response {
            status,
            headers,
            body,
        })
    }
}
