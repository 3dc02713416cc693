//! A server that was restored from an older backup gets back from the devices what it lost.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sparhund_tests::process::program;
use sparhund_tests::scenario::{LOGIN, PASSWORD, Scenario};
use sparhund_tests::server::Server;

fn ended_well(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{told}");
    text
}

fn server(args: &[&str]) -> String {
    let output = Command::new(program("sparhund-server")).args(args).output();
    ended_well(&output.expect("run sparhund-server"))
}

/// `sparhund-scan` with a data directory of its own.
struct Handheld(String);

impl Handheld {
    fn scan(&self, args: &[&str]) -> String {
        let output = Command::new(program("sparhund-scan"))
            .args(["--json", "--data", &self.0])
            .args(args)
            .output();
        ended_well(&output.expect("run sparhund-scan"))
    }

    fn sign_in(&self) {
        use std::io::Write as _;
        let mut signing = Command::new(program("sparhund-scan"))
            .args(["--data", &self.0, "sign-in", "--login", LOGIN])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("run sparhund-scan");
        let mut keys = signing.stdin.take().expect("its keyboard");
        writeln!(keys, "{PASSWORD}").expect("a password typed");
        drop(keys);
        ended_well(&signing.wait_with_output().expect("its end"));
    }

    fn receive(&self, scenario: &Scenario, label: &str) {
        self.scan(&[
            "receive",
            "--supplier",
            "Provbolaget AB",
            "--place",
            &scenario.bin,
            label,
        ]);
    }
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// The hashes of all records, from an export that was verified.
fn records(data: &Path, out: &Path) -> Vec<String> {
    server(&["export-log", "--data", path(data), "--out", path(out)]);
    let told = server(&["verify-log", path(out)]);
    assert!(told.contains("OK"), "{told}");
    let text = std::fs::read_to_string(out).expect("the export");
    text.lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|line| line["record"]["hash"].as_str().map(str::to_owned))
        .collect()
}

fn refused(args: &[&str]) -> String {
    let output = Command::new(program("sparhund-server")).args(args).output();
    let output = output.expect("run sparhund-server");
    assert!(!output.status.success(), "refused");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn enrolled(serving: &Server, scenario: &Scenario, folder: &Path) -> Handheld {
    let handheld = Handheld(path(&folder.join("client")).to_owned());
    handheld.scan(&[
        "enrol",
        "--server",
        &serving.url(),
        "--code",
        &scenario.code,
        "--name",
        "Terminal 3",
    ]);
    handheld.sign_in();
    handheld.scan(&["sync"]);
    handheld
}

/// Makes a backup beside the running server; its file.
fn backup(data: &Path, into: &Path) -> String {
    let told = server(&["backup", "--data", path(data), "--into", path(into)]);
    told.split(": ").next().expect("the file").to_owned()
}

#[test]
fn what_came_after_the_backup_comes_back_from_the_devices() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, backups) = (folder.path().join("data"), folder.path().join("backups"));
    let mut serving = Server::demo(&data);
    let scenario = Scenario::prepare(&serving);
    let handheld = enrolled(&serving, &scenario, folder.path());
    let [first, second, third] =
        [scenario.label_a(), scenario.label_b(), scenario.label_serial()].map(|label| format!("]d2{label}"));
    handheld.receive(&scenario, &first);
    handheld.scan(&["sync"]);

    // While it serves.
    let backup = backup(&data, &backups);
    let kept = records(&data, &folder.path().join("kept.log"));

    handheld.receive(&scenario, &second);
    handheld.scan(&["sync"]);
    handheld.receive(&scenario, &third);
    handheld.scan(&["sync"]);
    let before = records(&data, &folder.path().join("before.log"));
    assert_eq!(before.len(), kept.len() + 2, "two scans came after the backup");

    let port = serving.port();
    serving.kill_9();
    let told = server(&["restore", "--from", &backup, "--data", path(&data), "--replace"]);
    assert!(told.contains("comes back when they connect"), "{told}");
    let restored = records(&data, &folder.path().join("restored.log"));
    assert_eq!(restored, kept);

    let serving = Server::serve(&data, port);
    handheld.scan(&["sync"]);
    let after = records(serving.data(), &folder.path().join("after.log"));
    assert_eq!(after, before, "the very same records, each of them once");
    let state: Value = serde_json::from_str(&handheld.scan(&["status"])).expect("JSON");
    assert_eq!(state["status"]["unsent"], 0, "{state}");
}

/// What the device keeps.
fn kept(handheld: &Handheld) -> i64 {
    let store = rusqlite::Connection::open(Path::new(&handheld.0).join("scanner.db")).expect("its store");
    store
        .query_row("SELECT count(*) FROM record", [], |row| row.get(0))
        .expect("a number")
}

/// Weeks pass on the device.
fn all_becomes_old(handheld: &Handheld) {
    let store = rusqlite::Connection::open(Path::new(&handheld.0).join("scanner.db")).expect("its store");
    store
        .execute("UPDATE record SET at = 0", [])
        .expect("older records");
}

#[test]
fn a_device_that_was_told_covered_heals_an_older_backup_as_far_as_it_can() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, backups) = (folder.path().join("data"), folder.path().join("backups"));
    let mut serving = Server::demo(&data);
    let scenario = Scenario::prepare(&serving);
    let handheld = enrolled(&serving, &scenario, folder.path());
    let [first, second, third] =
        [scenario.label_a(), scenario.label_b(), scenario.label_serial()].map(|label| format!("]d2{label}"));
    handheld.receive(&scenario, &first);
    handheld.scan(&["sync"]);
    let older = backup(&data, &backups);
    handheld.receive(&scenario, &second);
    handheld.scan(&["sync"]);
    let newest = backup(&data, &backups);
    // Now it is told that both are covered.
    handheld.scan(&["sync"]);
    let before = records(&data, &folder.path().join("before.log"));
    let port = serving.port();
    serving.kill_9();

    let restore = ["restore", "--from", &older, "--data", path(&data), "--replace"];
    let told = refused(&restore);
    assert!(told.contains("--older") && told.contains(&newest), "{told}");
    let agreed: Vec<&str> = restore.into_iter().chain(["--older"]).collect();
    server(&agreed);
    let mut serving = Server::serve(&data, port);
    handheld.scan(&["sync"]);
    let after = records(&data, &folder.path().join("after.log"));
    assert_eq!(after, before, "it still had what it was told it may forget");

    // Once more, and this time it forgets in between.
    handheld.receive(&scenario, &third);
    handheld.scan(&["sync"]);
    backup(&data, &backups);
    handheld.scan(&["sync"]);
    all_becomes_old(&handheld);
    handheld.scan(&["sync"]);
    assert_eq!(kept(&handheld), 0, "covered and old");
    handheld.receive(&scenario, &first);
    handheld.scan(&["sync"]);
    serving.kill_9();
    server(&agreed);
    let serving = Server::serve(&data, port);
    handheld.scan(&["sync"]);
    let out = folder.path().join("gap.log");
    server(&["export-log", "--data", path(serving.data()), "--out", path(&out)]);
    let output = Command::new(program("sparhund-server"))
        .args(["verify-log", path(&out)])
        .output()
        .expect("run sparhund-server");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("missing: records 2 to 3 of Terminal 3"), "{told}");
    assert!(told.contains("INCOMPLETE: 2 records"), "{told}");
}
