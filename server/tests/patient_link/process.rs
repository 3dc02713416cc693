//! The service as an operator runs it; and that no identity stands in anything that it, or the server, writes.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use sparhund_shared::privacy::{names_a_person, seal};

use crate::world::{RESERVE, TODAY, TOLVAN, World, somebody};

/// Ends with the test, whatever comes of it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn service(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sparhund-server"));
    command
        .args(["patient-link", "--data"])
        .arg(dir)
        .env("RUST_LOG", "trace")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a command prints, given its input.
fn told(dir: &Path, args: &[&str], input: &str) -> String {
    let mut child = service(dir).args(args).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{args:?}: {errors}");
    String::from_utf8(out.stdout).unwrap() + &errors
}

fn nobody_stands_in(dir: &Path) {
    let mut looked_at = 0;
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        nobody_is_named(&bytes, &path.display().to_string());
        looked_at += 1;
    }
    assert!(looked_at > 0, "{}", dir.display());
}

fn nobody_is_named(bytes: &[u8], what: &str) {
    for text in [TOLVAN, &TOLVAN[2..], RESERVE] {
        let found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!found, "{what} names a patient");
    }
    // Hexadecimal texts of the log's lines hold ten digits in a row now and then: only databases are searched for any number.
    if what.ends_with("patient-link.db") {
        assert!(!names_a_person(bytes, TODAY), "{what} names somebody");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_identity_stands_in_a_database_or_in_a_line_of_the_log() {
    let mut world = World::new().await;
    let dir = tempfile::tempdir().unwrap();
    let printed = told(dir.path(), &["init", "--server", &world.url], &world.token);
    let rule: Value = serde_json::from_str(printed.lines().nth(1).unwrap()).unwrap();
    assert_eq!(rule["rule"], "patient_key");
    let key = rule["key"].as_str().unwrap().parse().unwrap();
    for (patient, random) in [(TOLVAN, 101), (RESERVE, 102)] {
        world
            .tell(seal(&somebody(patient), &key, [random; 32]).unwrap())
            .await;
    }
    #[cfg(unix)]
    for name in [
        "token.key",
        "erasure.key",
        "wrap.key",
        "epoch-1.key",
        "server.json",
        "patient-link.db",
    ] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }

    let mut child = service(dir.path())
        .args([
            "run",
            "--listen",
            "127.0.0.1:0",
            "--every",
            "1",
            "--log-format",
            "json",
        ])
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let mut stderr = child.stderr.take().unwrap();
    let running = Running(child);
    let lines = std::thread::spawn(move || {
        let mut text = Vec::new();
        stderr.read_to_end(&mut text).unwrap();
        text
    });
    let mut address = String::new();
    BufReader::new(out).read_line(&mut address).unwrap();
    assert!(address.starts_with("patient-link on 127.0.0.1:"), "{address}");
    let begun = Instant::now();
    while world.tokens().await.contains(&Value::Null) {
        assert!(begun.elapsed() < Duration::from_secs(30), "no tokens came");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    // While it runs, by the command line: a token, an erasure, another epoch.
    let why = ["--by", "siv", "--purpose", "vård", "--reason", "prov"];
    let of = |command: &'static str| [[command].as_slice(), &why].concat();
    let token = told(dir.path(), &of("look-up-token"), TOLVAN);
    assert!(
        world.tokens().await[0]
            .as_str()
            .is_some_and(|shown| token.starts_with(shown))
    );
    let erased = told(dir.path(), &of("erase"), "19121212-1212\n");
    assert!(
        erased.contains("no token leads to them") && erased.contains("epoch 1"),
        "{erased}"
    );
    let keys = told(dir.path(), &["keys", "--rotate"], "");
    assert!(
        keys.contains("epoch 1: closed") && keys.contains("epoch 2: in use"),
        "{keys}"
    );
    let whole = told(dir.path(), &["verify-access"], "");
    assert!(whole.contains("2 rows"), "{whole}");
    for text in [&token, &erased, &keys, &whole] {
        nobody_is_named(text.as_bytes(), "a command");
    }

    drop(running);
    let lines = lines.join().unwrap();
    assert!(lines.len() > 100, "the loudest level says something");
    nobody_is_named(&lines, "the log");
    nobody_stands_in(dir.path());
    nobody_stands_in(world.server.data_dir().path());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_token_for_the_service_ends_the_one_before() {
    let mut world = World::new().await;
    let data = world.server.data_dir().path().to_owned();
    let make = |end: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_sparhund-server"))
            .args(["patient-link-token", "--data"])
            .arg(&data)
            .args(end)
            .output()
            .unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    };
    let newest = make(&[]);
    let error = world.round().await.unwrap_err().to_string();
    assert!(error.contains("patient-link-token"), "{error}");
    world.token = newest;
    world.round().await.unwrap();
    make(&["--end"]);
    world.round().await.unwrap_err();
}
