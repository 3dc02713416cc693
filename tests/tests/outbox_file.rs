//! What a device cannot send any more is saved to a file, carried to the server, and counted once.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sparhund_tests::api::Api;
use sparhund_tests::browser::Browser;
use sparhund_tests::page::{
    enrol_and_sign_in, handheld, place_label, scan_ok, wait_for_unsent, wait_until_sent,
};
use sparhund_tests::process::program;
use sparhund_tests::scenario::{LOGIN, PASSWORD, SERIAL, Scenario};
use sparhund_tests::server::Server;
use sparhund_tests::torture::served::{command, text};

/// Imports; what the command said.
fn import(server: &Server, file: &Path) -> Result<String, String> {
    command(&["import", "outbox", text(file), "--data", text(server.data())])
}

/// The unit stands in the books once, received once.
fn is_there_once(server: &Server, scenario: &Scenario) {
    let quality = Api::sign_in(&server.url(), "kvalitet", "kvalitet-nordmark");
    let trace = quality.get(&format!("/trace?di=GS1:{}&serial={SERIAL}", scenario.serial_gtin));
    let now = trace["now"].as_array().expect("where it is");
    assert_eq!(now.len(), 1, "{trace}");
    assert_eq!(
        (&now[0]["units"], &now[0]["place"]),
        (&json!(1), &json!(scenario.bin))
    );
    let history = trace["history"].as_array().expect("history");
    assert_eq!(history.len(), 1, "{history:?}");
    for log in trace["logs"].as_array().expect("logs") {
        assert_eq!(log["signed"], log["last"], "every record is proven: {log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_server_and_without_anybody_signed_in_saves_what_waits() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    let downloads = folder.path().join("downloads");
    let allowed = json!({"behavior": "allow", "downloadPath": downloads.display().to_string()});
    browser.cdp("Browser.setDownloadBehavior", allowed).await;
    server.kill_9();
    browser.click("task-receive").await;
    browser.fill("receive-supplier", "Provbolaget AB").await;
    browser.click("receive-start").await;
    browser.find("typed-open").await;
    scan_ok(&browser, &scenario.label_serial()).await;
    browser.scan(&place_label(&scenario.bin)).await;
    browser.find("place-name").await;
    browser.click("book").await;
    wait_for_unsent(&browser, 1).await;

    browser.click("settings-open").await;
    browser.find("outbox-save").await;
    handheld(&browser, "14-outbox").await;
    browser.find_css("[data-test=\"sign-out\"]:not([disabled])").await;
    browser.click("sign-out").await;
    browser.click("sign-out-anyway").await;
    browser.find("login").await;
    // On the smallest screen it lies below the fields.
    browser
        .run("document.querySelector('.form').scrollTo(0, 10_000)")
        .await;
    browser.click("outbox-save").await;
    browser.find("done").await;
    handheld(&browser, "15-outbox-saved").await;
    let file = downloaded(&downloads).await;

    // The file goes in while nobody serves the directory, and again while somebody does.
    let told = import(&server, &file).expect("imported");
    assert!(
        told.starts_with("Handdator 7: 1 records went in, 0 were here already"),
        "{told}"
    );
    server.start_again();
    is_there_once(&server, &scenario);
    let told = import(&server, &file).expect("imported again");
    assert!(
        told.starts_with("Handdator 7: 0 records went in, 1 were here already"),
        "{told}"
    );
    // The device finds the server again and sends the same, by itself.
    wait_until_sent(&browser).await;
    is_there_once(&server, &scenario);
    let button = "return document.querySelector('[data-test=\"outbox-save\"]') === null";
    assert_eq!(browser.run(button).await, true, "nothing waits any more");
    browser.close().await;
}

/// The one file, when it is whole.
async fn downloaded(folder: &Path) -> PathBuf {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let files = std::fs::read_dir(folder).into_iter().flatten();
        let paths: Vec<PathBuf> = files.filter_map(Result::ok).map(|file| file.path()).collect();
        let whole = |path: &&PathBuf| path.extension().is_some_and(|kind| kind == "outbox");
        if let Some(path) = paths.iter().find(whole) {
            return path.clone();
        }
        assert!(Instant::now() < end, "no file came: {paths:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[test]
fn a_terminal_saves_what_waits_and_a_bad_file_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    let client = folder.path().join("client");
    let scan = |args: &[&str]| {
        let done = Command::new(program("sparhund-scan"))
            .args(["--json", "--data", text(&client)])
            .args(args)
            .env("SPARHUND_PASSWORD", PASSWORD)
            .output()
            .expect("run sparhund-scan");
        let out = String::from_utf8_lossy(&done.stdout).into_owned();
        (done.status.success(), out)
    };
    let url = server.url();
    let (done, told) = scan(&[
        "enrol",
        "--server",
        &url,
        "--code",
        &scenario.code,
        "--name",
        "Terminal 3",
    ]);
    assert!(done, "{told}");
    assert!(scan(&["sign-in", "--login", LOGIN]).0);
    assert!(scan(&["sync"]).0);
    let file = folder.path().join("kvar.outbox");
    let (done, told) = scan(&["save-outbox", text(&file)]);
    assert!(
        !done && told.contains("nothing-to-export") && !file.exists(),
        "{told}"
    );
    server.kill_9();
    let label = format!("]d2{}", scenario.label_serial());
    let (done, told) = scan(&[
        "receive",
        "--supplier",
        "Provbolaget AB",
        "--place",
        &scenario.bin,
        &label,
    ]);
    assert!(done, "{told}");
    let (done, told) = scan(&["save-outbox", text(&file)]);
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert!(done && told["saved"]["records"] == 1, "{told}");
    let (done, told) = scan(&["save-outbox", text(&file)]);
    assert!(!done && told.contains("exists already"), "{told}");

    let bytes = std::fs::read(&file).expect("the file");
    let bad = folder.path().join("bad.outbox");
    let mut changed = bytes.clone();
    let middle = changed.len() - 40;
    changed[middle] ^= 4;
    for (content, advice) in [
        (&bytes[..bytes.len() - 9], "ends in the middle"),
        (b"no;name;di\r\n", "no file of saved scans"),
        (&changed[..], "damaged or changed on the way"),
    ] {
        std::fs::write(&bad, content).expect("a bad file");
        let told = import(&server, &bad).expect_err("refused");
        assert!(
            told.contains(advice) && told.contains("nothing was written"),
            "{told}"
        );
    }
    let told = import(&server, &file).expect("imported");
    assert!(
        told.contains("1 records went in"),
        "nothing was there before: {told}"
    );
    server.start_again();
    assert!(scan(&["sync"]).0);
    is_there_once(&server, &scenario);
}
