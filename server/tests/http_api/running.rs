//! The program as it is started: the address it prints, TLS, what it refuses, and how it stops.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use sparhund_server::ops::DataDir;
use sparhund_server::store::sqlite::SqliteStore;
use sparhund_server::store::{AuditQuery, Store as _};

/// A running server that does not outlive its test.
struct Running {
    child: Child,
    address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sparhund-server"));
    command.env("RUST_LOG", "info").env_remove("SPARHUND_DATA");
    command
}

fn data_dir() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    SqliteStore::open(DataDir::new(dir.path()).database()).unwrap();
    dir
}

fn start(data: &Path, more: &[&str]) -> Running {
    let mut child = program()
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--log-format",
            "json",
            "--data",
        ])
        .arg(data)
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .trim()
        .strip_prefix("listening on ")
        .unwrap_or_else(|| panic!("{line:?}"))
        .to_owned();
    Running { child, address }
}

fn refused(data: &Path, more: &[&str]) -> String {
    let Output { status, stderr, .. } = program()
        .args(["serve", "--data"])
        .arg(data)
        .args(more)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!status.success());
    String::from_utf8(stderr).unwrap()
}

/// One request over plain HTTP; the whole answer.
fn get(address: &str, path: &str) -> String {
    get_with(address, path, "")
}

/// `headers`: further lines, each with its end.
fn get_with(address: &str, path: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(address.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn terminate(child: &Child) {
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn a_site_that_goes_on_from_an_older_database_knows_that_it_is_one() {
    use sparhund_server::island::{CENTRAL_SETTING, Credential};

    let data = data_dir();
    let dir = DataDir::new(data.path());
    let credential = Credential {
        url: "http://127.0.0.1:1".to_owned(),
        authority: None,
        name: "Väster".to_owned(),
        token: "token".to_owned(),
    };
    credential.keep(&dir.central()).unwrap();
    let server = start(data.path(), &[]);
    assert!(get(&server.address, "/health").starts_with("HTTP/1.1 200"));
    drop(server);
    let store = SqliteStore::open(dir.database()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let known = runtime.block_on(store.setting(CENTRAL_SETTING)).unwrap();
    assert_eq!(known.as_deref(), Some("http://127.0.0.1:1"));
}

#[test]
fn it_prints_its_address_serves_the_app_and_stops_when_told() {
    let data = data_dir();
    let web = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("index.html", "<!doctype html>"),
        ("page_bg.wasm", "\0asm"),
        ("page_bg.wasm.br", "packed beforehand"),
        ("manifest.webmanifest", "{}"),
        ("page-0f3a9c1d.js", "1"),
    ] {
        std::fs::write(web.path().join(name), content).unwrap();
    }
    let mut server = start(data.path(), &["--web", web.path().to_str().unwrap()]);
    assert!(get(&server.address, "/health").starts_with("HTTP/1.1 200"));
    assert!(get(&server.address, "/").contains("location: /console/"));
    let page = get(&server.address, "/app/");
    assert!(
        page.contains("content-type: text/html") && page.contains("cache-control: no-cache"),
        "{page}"
    );
    assert!(
        page.contains("'wasm-unsafe-eval'") && page.contains("worker-src 'self'"),
        "{page}"
    );
    let bare = get(&server.address, "/app/page_bg.wasm");
    assert!(
        bare.contains("content-type: application/wasm") && !bare.contains("packed beforehand"),
        "{bare}"
    );
    let packed = get_with(
        &server.address,
        "/app/page_bg.wasm",
        "accept-encoding: gzip, br\r\n",
    );
    assert!(
        packed.contains("content-type: application/wasm")
            && packed.contains("content-encoding: br")
            && packed.contains("cache-control: no-cache")
            && packed.contains("packed beforehand"),
        "{packed}"
    );
    assert!(
        get(&server.address, "/app/manifest.webmanifest").contains("content-type: application/manifest+json")
    );
    assert!(get(&server.address, "/app/page-0f3a9c1d.js").contains("immutable"));
    assert!(get(&server.address, "/app/none.js").contains("\"code\":\"not-found\""));
    for outside in [
        "/app/../sparhund.db",
        "/app/%2e%2e/sparhund.db",
        "/app/..%2fsparhund.db",
    ] {
        assert!(
            !get(&server.address, outside).starts_with("HTTP/1.1 200"),
            "{outside}"
        );
    }

    get(&server.address, "/api/v1/trace?lot=HEMLIG-LOT");
    let started = Instant::now();
    terminate(&server.child);
    assert!(server.child.wait().unwrap().success());
    assert!(started.elapsed() < Duration::from_secs(10));
    let mut log = String::new();
    server
        .child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    assert!(
        log.lines()
            .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()),
        "{log}"
    );
    assert!(
        log.contains("\"http.route\":\"/api/v1/trace\"") && !log.contains("HEMLIG"),
        "{log}"
    );
}

/// What a device hears that trusts this certificate and nothing else.
fn get_by_tls(address: &str, certificate: &Path) -> String {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(certificate).unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = address.rsplit_once(':').unwrap().0.to_owned().try_into().unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut stream = StreamOwned::new(connection, socket);
    stream
        .write_all(b"GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    // A server may close without saying goodbye.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn it_makes_a_certificate_and_speaks_tls() {
    let data = data_dir();
    let server = start(data.path(), &["--tls", "self-signed"]);
    assert!(
        server.address.starts_with("https://127.0.0.1:"),
        "{}",
        server.address
    );
    let answer = get_by_tls(
        server.address.strip_prefix("https://").unwrap(),
        &DataDir::new(data.path()).tls().0,
    );
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let mut plain = TcpStream::connect(server.address.strip_prefix("https://").unwrap()).unwrap();
    plain.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    plain
        .write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"), "plain HTTP was answered");
}

#[test]
fn what_would_be_unsafe_or_cannot_work_is_refused_with_advice() {
    let data = data_dir();
    let open = refused(data.path(), &["--listen", "0.0.0.0:0"]);
    assert!(
        open.contains("--tls self-signed") && open.contains("--behind-proxy"),
        "{open}"
    );
    let nothing = tempfile::tempdir().unwrap();
    let empty = refused(nothing.path(), &[]);
    assert!(empty.contains("sparhund-server init"), "{empty}");
    let web = refused(data.path(), &["--web", nothing.path().to_str().unwrap()]);
    assert!(web.contains("index.html"), "{web}");
    let files = refused(data.path(), &["--tls", "files"]);
    assert!(files.contains("--tls-cert"), "{files}");
    let taken = start(data_dir().path(), &[]);
    let address = taken.address.strip_prefix("http://").unwrap();
    let busy = refused(data.path(), &["--listen", address]);
    assert!(
        busy.contains("cannot listen on") && busy.contains("--listen"),
        "{busy}"
    );
}

#[test]
fn people_are_managed_from_the_command_line() {
    let data = data_dir();
    let run = |args: &[&str], input: &str| {
        let mut child = program()
            .arg("user")
            .args(args)
            .arg("--data")
            .arg(data.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let Output {
            status,
            stdout,
            stderr,
        } = child.wait_with_output().unwrap();
        let text = String::from_utf8([stdout, stderr].concat()).unwrap();
        (status.success(), text)
    };
    let (good, text) = run(
        &[
            "add", "siv", "--name", "Siv", "--role", "admin", "--role", "picker",
        ],
        "",
    );
    assert!(good && text.contains("shown this once: "), "{text}");
    let (good, text) = run(&["add", "siv", "--name", "Siv", "--role", "admin"], "");
    assert!(!good && text.contains("exists already"), "{text}");
    let (good, text) = run(&["add", "bo", "--name", "Bo", "--role", "boss"], "");
    assert!(
        !good && text.contains("picker, ward, quality, planner, admin"),
        "{text}"
    );
    let (good, text) = run(&["password", "siv", "--password-stdin"], "kort\n");
    assert!(!good && text.contains("10 to 200"), "{text}");
    let (good, text) = run(&["password", "siv", "--password-stdin"], "tio små möss\n");
    assert!(good && !text.contains("möss"), "{text}");
    assert!(run(&["disable", "siv"], "").0);
    let (_, text) = run(&["list"], "");
    assert!(
        text.contains("siv") && text.contains("picker,admin") && text.contains("(closed)"),
        "{text}"
    );
    assert!(run(&["enable", "siv"], "").0);
    let (good, text) = run(&["disable", "nobody"], "");
    assert!(!good && text.contains("user list"), "{text}");
}

#[tokio::test]
async fn what_is_read_at_the_command_line_is_noted() {
    let data = data_dir();
    let out = data.path().join("log.jsonl");
    for args in [
        &["user", "list"][..],
        &["export-log", "--out", out.to_str().unwrap()],
    ] {
        let done = program()
            .args(args)
            .arg("--data")
            .arg(data.path())
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    }
    let store = SqliteStore::open(DataDir::new(data.path()).database()).unwrap();
    let query = AuditQuery {
        before: None,
        user: None,
        limit: 10,
    };
    let rows = store.reads(&query).await.unwrap();
    let rows: Vec<_> = rows.iter().map(|row| (row.what.word(), row.user)).collect();
    assert_eq!(rows, [("log_export", None), ("people", None)]);
}

#[test]
fn a_data_directory_is_served_by_one_server_at_a_time() {
    let dir = data_dir();
    let first = start(dir.path(), &[]);
    let told = refused(dir.path(), &["--listen", "127.0.0.1:0"]);
    assert!(told.contains("another sparhund-server"), "{told}");
    assert!(told.contains("stop it"), "{told}");
    // Who is locked out can be let in while the server runs.
    let listed = program()
        .args(["user", "list", "--data"])
        .arg(dir.path())
        .output()
        .unwrap();
    assert!(listed.status.success());
    drop(first);
    // Even a killed server leaves nothing to clear away.
    drop(start(dir.path(), &[]));
}
