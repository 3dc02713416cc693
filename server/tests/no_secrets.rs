//! A server that is asked for everything secret there is, with its log as loud as it can be: nothing of it stands in the
//! log afterwards, nor readable in the data directory.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sparhund_server::ops::DataDir;
use sparhund_server::store::sqlite::SqliteStore;
use sparhund_shared::event::{Event, Voiding};
use sparhund_shared::identity::check_digit;
use sparhund_shared::log::{EventId, Head, LogId, Moment, PublicKey, Tail, UserId};
use sparhund_shared::wire::Upload;

const PASSWORD: &str = "sju-hemliga-tomtar";
const WRONG: &str = "fel-men-nastan-hemligt";
const IN_THE_WRONG_FIELD: &str = "losenord-dar-namnet-hor-hemma";
const NEW: &str = "atta-hemliga-tomtar";
const SHORT: &str = "kort-hml";
const CUT: &str = "hemligt-i-avbruten-text";
const PERSON: &str = "191212121212";
const REASON: &str = "121212-1212";
/// Stands in the table of decisions, and nowhere else.
const DECIDED: &str = "funnen hos nagon 131313-1313";

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
    command.env("RUST_LOG", "trace").env_remove("SPARHUND_DATA");
    command
}

fn start(data: &Path, format: &str, log: &Path) -> Running {
    let mut child = program()
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--log-format",
            format,
            "--data",
        ])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(File::create(log).unwrap())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .trim()
        .strip_prefix("listening on http://")
        .unwrap()
        .to_owned();
    Running { child, address }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn cookies(&self) -> BTreeMap<String, String> {
        self.head
            .lines()
            .filter_map(|line| line.strip_prefix("set-cookie: "))
            .filter_map(|cookie| cookie.split(';').next()?.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

/// One request over a connection of its own.
fn ask(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    ask_bytes(address, method, path, headers, body.as_bytes())
}

fn ask_bytes(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let headers: String = headers
        .iter()
        .flat_map(|(name, value)| [*name, ": ", *value, "\r\n"])
        .collect();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
        body.len()
    )
    .unwrap();
    stream.write_all(body).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer {
        status,
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

/// Everything secret that was said or heard.
#[derive(Default)]
struct Secrets(Vec<String>);

impl Secrets {
    fn keep(&mut self, secret: &str) -> String {
        assert!(secret.len() >= 8, "{secret:?} could stand there by chance");
        self.0.push(secret.to_owned());
        // A token without what everybody knows of it.
        if let Some((_, signature)) = secret.rsplit_once('.') {
            self.0.push(signature.to_owned());
        }
        secret.to_owned()
    }
}

/// Asks the API with a token in the header.
fn api(address: &str, method: &str, path: &str, token: &str, body: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [
        ("content-type", "application/json"),
        ("authorization", bearer.as_str()),
    ];
    ask(address, method, &format!("/api/v1{path}"), &headers, body)
}

fn sign_in(address: &str, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    api(address, "POST", "/auth/sign-in", "", &body.to_string())
}

/// Somebody signs in and out, wrongly and rightly; devices are enrolled; people scan what they should not.
fn work(address: &str, data: &Path) -> Vec<String> {
    let mut secrets = Secrets::default();
    for secret in [
        PASSWORD,
        WRONG,
        IN_THE_WRONG_FIELD,
        NEW,
        SHORT,
        CUT,
        PERSON,
        REASON,
    ] {
        secrets.keep(secret);
    }
    wrong_passwords(address, &mut secrets);
    let tokens = sign_in(address, "siv", PASSWORD).json();
    let access = secrets.keep(tokens["access"].as_str().unwrap());
    let refresh = secrets.keep(tokens["refresh"].as_str().unwrap());
    assert_eq!(
        api(address, "GET", &format!("/users?access_token={access}"), "", "").status,
        401
    );
    assert_eq!(api(address, "GET", "/users", &access, "").status, 200);
    assert_eq!(
        api(address, "GET", "/users", &format!("{access}x"), "").status,
        401
    );
    assert_eq!(
        api(address, "GET", &format!("/nowhere/{access}"), &access, "").status,
        404
    );
    assert_eq!(api(address, "POST", "/orders", &access, "{}").status, 403);
    devices(address, &access, &mut secrets);

    let again = json!({ "refresh": refresh }).to_string();
    let newer = api(address, "POST", "/auth/refresh", "", &again).json();
    let newer_access = secrets.keep(newer["access"].as_str().unwrap());
    secrets.keep(newer["refresh"].as_str().unwrap());
    people_scanned(address, &newer_access, &mut secrets);
    // Shown again: its session is over.
    assert_eq!(api(address, "POST", "/auth/refresh", "", &again).status, 401);
    let third = sign_in(address, "siv", PASSWORD).json();
    let third = secrets.keep(third["access"].as_str().unwrap());
    let path = format!("/users/{}/password", tokens["user"]["id"].as_str().unwrap());
    for (password, status) in [(SHORT, 422), (NEW, 200)] {
        let body = json!({ "password": password }).to_string();
        assert_eq!(api(address, "PUT", &path, &third, &body).status, status);
    }
    console(address, &mut secrets);

    let key = std::fs::read(DataDir::new(data).token_key()).unwrap();
    secrets.keep(&STANDARD.encode(&key));
    secrets.keep(&URL_SAFE_NO_PAD.encode(&key));
    let hex: Vec<String> = key.iter().map(|byte| format!("{byte:02x}")).collect();
    secrets.keep(&hex.concat());
    secrets.0
}

/// Passwords that are wrong, in the wrong field, in a body that breaks off, in another header.
fn wrong_passwords(address: &str, secrets: &mut Secrets) {
    assert_eq!(sign_in(address, "siv", WRONG).status, 401);
    assert_eq!(sign_in(address, IN_THE_WRONG_FIELD, PASSWORD).status, 401);
    let cut = format!(r#"{{"login":"siv","password":"{CUT}"#);
    assert_eq!(api(address, "POST", "/auth/sign-in", "", &cut).status, 400);
    let odd = json!({ "login": "siv", "password": { "is": CUT } }).to_string();
    assert_eq!(api(address, "POST", "/auth/sign-in", "", &odd).status, 422);
    let basic = secrets.keep(&STANDARD.encode(format!("siv:{PASSWORD}")));
    let basic = format!("Basic {basic}");
    let headers = [("authorization", basic.as_str())];
    assert_eq!(ask(address, "GET", "/api/v1/users", &headers, "").status, 401);
}

/// A device is enrolled, after somebody guessed, and sends what is none.
fn devices(address: &str, access: &str, secrets: &mut Secrets) {
    let code = api(address, "POST", "/devices/codes", access, "").json();
    let code = secrets.keep(code["code"].as_str().unwrap());
    secrets.keep(&code.replace('-', ""));
    let key = SigningKey::from_bytes(&[7; 32]);
    let log = LogId("00000000-0000-7000-8000-00000000beef".parse().unwrap());
    let enrol = |code: &str| {
        let key = PublicKey::of(&key);
        let body = json!({ "code": code, "name": "Handdator", "key": key, "log": log });
        api(address, "POST", "/devices/enrol", "", &body.to_string())
    };
    assert_eq!(enrol(&secrets.keep("K7MQ-2XRD-9F4T")).status, 409);
    let enrolled = enrol(&code).json();
    let device = secrets.keep(enrolled["token"].as_str().unwrap());
    assert_eq!(api(address, "GET", "/sync/feed/holds", &device, "").status, 200);
    let bearer = format!("Bearer {device}");
    let headers = [
        ("content-type", "application/cbor"),
        ("authorization", bearer.as_str()),
    ];
    assert_eq!(
        ask(address, "POST", "/api/v1/sync/records", &headers, CUT).status,
        400
    );
    let device = format!("/devices/{}", enrolled["device"].as_str().unwrap());
    assert_eq!(
        api(address, "POST", &format!("{device}/revoke"), access, "").status,
        204
    );
    let late = late_record(log, &key);
    assert_eq!(
        ask_bytes(address, "POST", "/api/v1/sync/records", &headers, &late).status,
        200
    );
    let quarantine = format!("{device}/quarantine");
    let shown = api(address, "GET", &quarantine, access, "").json();
    let decision = json!({
        "verdict": "reject", "reason": DECIDED, "records": shown["records"], "received_at": shown["received_at"],
    });
    assert_eq!(
        api(address, "POST", &quarantine, access, &decision.to_string()).status,
        200
    );
}

/// An upload of one record.
fn late_record(log: LogId, key: &SigningKey) -> Vec<u8> {
    let id = || "00000000-0000-7000-8000-00000000cafe".parse().unwrap();
    let moment = Moment {
        at: 1,
        offset: Some(0),
    };
    let event = Event::Void(Voiding {
        target: EventId(id()),
        reason: "prov".to_owned(),
    });
    let sealed = Tail::empty(log).next(EventId(id()), moment, UserId(id()), &event);
    let upload = Upload {
        head: Head::of(&sealed).sign(key),
        records: vec![sealed.bytes().to_vec().into()],
    };
    minicbor::to_vec(upload).unwrap()
}

/// The number of a patient: on a wristband, or typed where the lot belongs.
fn people_scanned(address: &str, token: &str, secrets: &mut Secrets) {
    let patient = patient();
    secrets.keep(&patient);
    let body = json!({ "text": format!("(8018){patient}") }).to_string();
    let identified = api(address, "POST", "/identify", token, &body).body;
    assert!(identified.contains("SCAN_NAMES_NOTHING"), "{identified}");
    for path in [
        format!("/trace?scan=(8018){patient}"),
        format!("/trace?lot={PERSON}&purpose={REASON}"),
        format!("/articles?text={PERSON}"),
        format!("/orders/{PERSON}"),
    ] {
        let answer = api(address, "GET", &path, token, "");
        assert!(
            answer.status < 500 && answer.status != 401,
            "{path}: {}",
            answer.body
        );
    }
}

/// GSRN of a patient.
fn patient() -> String {
    let body = "73500000000004711";
    format!("{body}{}", check_digit(body.as_bytes()).unwrap())
}

/// A browser signs in, looks at codes, and signs out.
fn console(address: &str, secrets: &mut Secrets) {
    let form = ask(address, "GET", "/console/sign-in", &[], "");
    let csrf = secrets.keep(&form.cookies()["sparhund_form"]);
    let send = |path: &str, cookie: &str, body: &str| {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("cookie", cookie),
        ];
        ask(address, "POST", path, &headers, body)
    };
    let cookie = format!("sparhund_form={csrf}");
    let body = |password: &str| format!("csrf={csrf}&login=siv&password={password}");
    assert_eq!(send("/console/sign-in", &cookie, &body(WRONG)).status, 401);
    assert_eq!(send("/console/sign-in", "", &body(NEW)).status, 403);
    let signed = send("/console/sign-in", &cookie, &body(NEW));
    assert_eq!(signed.status, 303);
    let cookies = signed.cookies();
    let session = secrets.keep(&cookies["sparhund_session"]);
    let csrf = secrets.keep(&cookies["sparhund_form"]);
    let cookie = format!("sparhund_form={csrf}; sparhund_session={session}");
    let patient = patient();
    for path in [
        format!("/console/code?q=(8018){patient}"),
        format!("/console/trace?q=(8018){patient}"),
        format!("/console/trace?q={PERSON}"),
        format!("/console/trace?lot={PERSON}"),
        format!("/console/nowhere/{PERSON}"),
        format!("/console/sign-in?next=/console/trace?q={PERSON}"),
    ] {
        let answer = ask(address, "GET", &path, &[("cookie", &cookie)], "");
        assert!(answer.status < 500, "{path}");
        for (name, value) in answer.cookies() {
            if name == "sparhund_session" {
                secrets.keep(&value);
            }
        }
    }
    assert_eq!(
        send("/console/sign-out", &cookie, &format!("csrf={csrf}")).status,
        303
    );
}

/// A line of the log is one object of ours, whatever people send.
#[test]
fn nobody_writes_a_line_into_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    std::fs::create_dir(&data).unwrap();
    SqliteStore::open(DataDir::new(&data).database()).unwrap();
    let log = dir.path().join("server.log");
    let server = start(&data, "json", &log);
    let address = &server.address;
    let planted = r#"{"level":"ERROR","fields":{"message":"planted"}}"#;
    let login = format!("siv\n{planted}\n");
    assert_eq!(sign_in(address, &login, &login).status, 401);
    let escaped = planted
        .replace('"', "%22")
        .replace('{', "%7b")
        .replace('}', "%7d");
    for path in [
        format!("/api/v1/nowhere%0a{escaped}%0a"),
        format!("/console/trace?q=%0a{escaped}%0a"),
    ] {
        let headers = [
            ("x-request-id", planted),
            ("user-agent", planted),
            ("x-forwarded-for", planted),
        ];
        assert!(ask(address, "GET", &path, &headers, "").status < 500, "{path}");
    }
    assert_eq!(ask(address, "PLANTED", "/api/v1/places", &[], "").status, 405);
    drop(server);
    let log = std::fs::read_to_string(&log).unwrap();
    assert!(log.contains("sign-in refused"), "{log}");
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_ne!(line["fields"]["message"], "planted", "{line}");
        assert!(line["timestamp"].is_string(), "{line}");
    }
}

#[test]
fn nothing_secret_stands_in_the_log_or_readable_on_the_disk() {
    for format in ["json", "pretty"] {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        std::fs::create_dir(&data).unwrap();
        SqliteStore::open(DataDir::new(&data).database()).unwrap();
        let mut add = program()
            .args(["user", "add", "siv", "--name", "Siv", "--password-stdin"])
            .args([
                "--role", "admin", "--role", "quality", "--role", "picker", "--data",
            ])
            .arg(&data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(add.stdin.take().unwrap(), "{PASSWORD}").unwrap();
        let added = add.wait_with_output().unwrap();
        assert!(added.status.success());
        let said = [added.stdout, added.stderr].concat();

        let log = dir.path().join("server.log");
        let server = start(&data, format, &log);
        let secrets = work(&server.address, &data);
        drop(server);

        let log = std::fs::read_to_string(&log).unwrap();
        // It did speak of all this, so it could have said too much.
        for word in [
            "signed in",
            "refused for want of a role",
            "sign-in refused",
            "device enrolled",
            "shown again",
            "/api/v1/trace",
            "/console/code",
            "unauthenticated",
            "quarantine decided",
        ] {
            assert!(log.contains(word), "{word}: {log}");
        }
        assert!(!log.contains(DECIDED), "{log}");
        assert!(secrets.len() > 25, "{}", secrets.len());
        let mut places: Vec<(String, Vec<u8>)> = vec![
            ("the log".to_owned(), log.into_bytes()),
            ("user add".to_owned(), said),
        ];
        for file in std::fs::read_dir(&data).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() {
                places.push((path.display().to_string(), std::fs::read(&path).unwrap()));
            }
        }
        assert!(places.iter().any(|(name, _)| name.contains("sparhund.db")));
        for (place, content) in &places {
            for secret in &secrets {
                let found = content
                    .windows(secret.len())
                    .any(|part| part.eq_ignore_ascii_case(secret.as_bytes()));
                assert!(!found, "{place} holds {secret}");
            }
        }
    }
}
