//! Clients that connect and then take their time, on purpose or not.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use sparhund_server::ops::{DataDir, Patience, StopHandle, listen, tls_self_signed};

const PATIENCE: Duration = Duration::from_millis(400);
/// By then it must have ended; a build machine may be slow.
const SOON: Duration = Duration::from_secs(8);
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

struct Listening {
    address: SocketAddr,
    data: tempfile::TempDir,
    handle: StopHandle,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

/// A server that waits no longer than [`PATIENCE`].
fn listening(tls: bool) -> Listening {
    let data = tempfile::tempdir().unwrap();
    let dir = DataDir::new(data.path());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let handle = StopHandle::new();
    let stop = handle.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let tls = if tls {
                Some(tls_self_signed(&dir, address.ip()).await.unwrap())
            } else {
                None
            };
            let app = Router::new().route("/", get(async || "here"));
            let patience = Patience { each: PATIENCE };
            listen(listener, tls, app, stop, patience).await.unwrap();
        });
    });
    Listening {
        address,
        data,
        handle,
    }
}

fn connect(server: &Listening) -> TcpStream {
    let stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(SOON)).unwrap();
    stream
}

/// Reads until the server closes, which it does before long; what it said.
fn until_closed(mut stream: impl std::io::Read) -> String {
    let started = Instant::now();
    let mut said = Vec::new();
    if let Err(error) = stream.read_to_end(&mut said) {
        let open = [std::io::ErrorKind::WouldBlock, std::io::ErrorKind::TimedOut];
        assert!(!open.contains(&error.kind()), "it is still open");
    }
    assert!(started.elapsed() < SOON);
    String::from_utf8_lossy(&said).into_owned()
}

#[test]
fn who_says_nothing_is_not_waited_for() {
    let server = listening(false);
    for said in ["", "P", "PRI * HTTP/2.0\r\n", "GET / HTTP/1.1\r\nhost: x\r\n"] {
        let mut stream = connect(&server);
        stream.write_all(said.as_bytes()).unwrap();
        let answer = until_closed(stream);
        assert!(!answer.contains("here"), "{said:?}: {answer}");
    }
}

#[test]
fn headers_that_come_letter_by_letter_are_not_waited_for() {
    let server = listening(false);
    for start in ["GET / HTTP/1.1\r\nx: ", "PRI * HTTP"] {
        let mut stream = connect(&server);
        stream.write_all(start.as_bytes()).unwrap();
        let started = Instant::now();
        // Each letter comes well within the time that the whole has.
        while stream.write_all(b"x").is_ok() {
            assert!(started.elapsed() < SOON, "{start:?}: it is still open");
            std::thread::sleep(PATIENCE / 8);
        }
    }
}

#[test]
fn a_client_with_a_request_is_answered_and_may_be_idle_a_moment() {
    let server = listening(false);
    let mut stream = connect(&server);
    let mut answer = [0; 512];
    for _ in 0..3 {
        stream.write_all(REQUEST).unwrap();
        let count = stream.read(&mut answer).unwrap();
        assert!(String::from_utf8_lossy(&answer[..count]).starts_with("HTTP/1.1 200"));
        std::thread::sleep(PATIENCE / 8);
    }
    assert_eq!(until_closed(stream), "");
}

#[test]
fn a_client_of_http_2_that_does_not_answer_is_not_waited_for() {
    let server = listening(false);
    let mut stream = connect(&server);
    // The preface and an empty SETTINGS frame; then no frame is answered, a ping neither.
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").unwrap();
    stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).unwrap();
    until_closed(stream);
}

#[test]
fn the_same_holds_inside_tls() {
    let server = listening(true);
    // No handshake at all.
    assert_eq!(until_closed(connect(&server)), "");
    let mut roots = RootCertStore::empty();
    let certificate = DataDir::new(server.data.path()).tls().0;
    roots
        .add(CertificateDer::from_pem_file(certificate).unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let config = Arc::new(config);
    for (said, answered) in [(&b""[..], false), (b"P", false), (REQUEST, true)] {
        let name = "127.0.0.1".try_into().unwrap();
        let connection = ClientConnection::new(Arc::clone(&config), name).unwrap();
        let mut stream = StreamOwned::new(connection, connect(&server));
        while stream.conn.is_handshaking() {
            stream.conn.complete_io(&mut stream.sock).unwrap();
        }
        stream.write_all(said).unwrap();
        stream.flush().unwrap();
        assert_eq!(until_closed(stream).contains("here"), answered, "{said:?}");
    }
}
