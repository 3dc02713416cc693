//! The browser holds the device's key: no script gets it, the server knows what it signs, and nothing is lost when it is
//! gone.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use sparhund_tests::api::Api;
use sparhund_tests::browser::Browser;
use sparhund_tests::page::{
    enrol_and_sign_in, handheld, place_label, scan_ok, wait_for_unsent, wait_until_sent,
};
use sparhund_tests::scenario::{LOT_A, LOT_B, SERIAL, Scenario};
use sparhund_tests::server::Server;

/// What the page's own scripts get of the pairs that are kept.
const PAIRS: &str = "
    const done = arguments[0];
    const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const open = indexedDB.open('sparhund-keys');
    open.onerror = () => done(String(open.error));
    open.onsuccess = () => {
        const store = open.result.transaction('keys').objectStore('keys');
        const [logs, pairs] = [store.getAllKeys(), store.getAll()];
        store.transaction.oncomplete = async () => {
            open.result.close();
            const found = [];
            for (const [at, pair] of pairs.result.entries()) {
                const { type, extractable, usages, algorithm } = pair.privateKey;
                const given = [];
                for (const format of ['raw', 'pkcs8', 'jwk']) {
                    await crypto.subtle.exportKey(format, pair.privateKey).then(() => given.push(format), () => null);
                }
                const key = hex(await crypto.subtle.exportKey('raw', pair.publicKey));
                found.push({ log: logs.result[at], key, type, extractable, usages, algorithm: algorithm.name, given });
            }
            done(found);
        };
    };";

/// The browser holds one key, gives it to nobody, and the server knows the device by it. Gives back the public half.
async fn holds_one_key(browser: &Browser, server: &Server) -> String {
    let pairs = browser.run_later(PAIRS, Vec::new()).await;
    let pair = &pairs[0];
    assert_eq!(pairs.as_array().map(Vec::len), Some(1), "{pairs}");
    assert_eq!(
        (&pair["type"], &pair["extractable"], &pair["given"]),
        (&json!("private"), &json!(false), &json!([])),
        "{pair}"
    );
    assert_eq!(
        (&pair["algorithm"], &pair["usages"]),
        (&json!("Ed25519"), &json!(["sign"])),
        "{pair}"
    );
    let devices = Api::sign_in(&server.url(), "admin", "admin-nordmark").get("/devices");
    let device = devices
        .as_array()
        .expect("devices")
        .iter()
        .find(|device| device["log"] == pair["log"]);
    let device = device.unwrap_or_else(|| panic!("no device writes {}: {devices}", pair["log"]));
    assert_eq!(
        (&device["state"], &device["key"]),
        (&json!("active"), &pair["key"])
    );
    pair["key"].as_str().expect("a key").to_owned()
}

/// The store of the scanner as it lies in the profile of a browser that was ended: the pool keeps each file behind a page
/// that names it.
fn store(profile: &Path, to: &Path) -> rusqlite::Connection {
    let mut folders = vec![profile.join("Default/File System")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).expect("a file");
            let Some((header, content)) = bytes.split_at_checked(4_096) else {
                continue;
            };
            let name = header[..512].split(|byte| *byte == 0).next().unwrap_or_default();
            let name = String::from_utf8_lossy(name);
            let name = name.trim_start_matches('/');
            if name.starts_with("scanner.db") {
                std::fs::write(to.join(name), content).expect("a copy");
            }
        }
    }
    rusqlite::Connection::open(to.join("scanner.db")).expect("a database")
}

/// The store knows the public half and nothing more.
fn store_has_no_key(profile: &Path, to: &Path, key: &str) {
    std::fs::create_dir_all(to).expect("a folder");
    let kept: (Option<Vec<u8>>, String, i64) = store(profile, to)
        .query_row(
            "SELECT seed, lower(hex(public)), (SELECT count(*) FROM next_life) FROM device",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .expect("the device");
    assert_eq!(kept, (None, key.to_owned(), 0));
}

async fn begin_receipt(browser: &Browser) {
    browser.click("task-receive").await;
    browser.fill("receive-supplier", "Provbolaget AB").await;
    browser.click("receive-start").await;
    browser.find("typed-open").await;
}

async fn book(browser: &Browser, scenario: &Scenario, label: &str) {
    scan_ok(browser, label).await;
    browser.scan(&place_label(&scenario.bin)).await;
    browser.find("place-name").await;
    browser.click("book").await;
    browser.find("undo").await;
}

/// The one event of a lot or serial is there once, and the head of each log that tells it is signed.
fn is_there_once(server: &Server, gtin: &str, what: &str) {
    let quality = Api::sign_in(&server.url(), "kvalitet", "kvalitet-nordmark");
    let trace = quality.traced(&format!("/trace?di=GS1:{gtin}&{what}"));
    assert_eq!(trace["history"].as_array().map(Vec::len), Some(1), "{trace}");
    assert_eq!(trace["now"].as_array().map(Vec::len), Some(1), "{trace}");
    for log in trace["logs"].as_array().expect("logs") {
        assert_eq!(log["signed"], log["last"], "every record is proven: {log}");
    }
}

fn lot(lot: &str) -> String {
    format!("lot={}", lot.replace('/', "%2F"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_stays_in_the_browser_and_the_server_knows_what_it_signs() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path().join("profile");
    let Some(browser) = Browser::open(&profile).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    let key = holds_one_key(&browser, &server).await;
    begin_receipt(&browser).await;
    book(&browser, &scenario, &scenario.label_serial()).await;
    wait_until_sent(&browser).await;
    is_there_once(&server, &scenario.serial_gtin, &format!("serial={SERIAL}"));

    browser.client.refresh().await.expect("the page again");
    browser.find("typed-open").await;
    book(&browser, &scenario, &scenario.label_a()).await;
    wait_until_sent(&browser).await;
    is_there_once(&server, &scenario.lot_gtin, &lot(LOT_A));
    browser.click("settings-open").await;
    browser.find_css("[data-test=key][data-key=platform]").await;
    assert!(browser.text("key").await.contains("inte lämnar ut den"));
    let show = "document.querySelector('[data-test=key]').scrollIntoView()";
    browser.run(show).await;
    handheld(&browser, "18-held-key").await;

    browser.kill_9();
    store_has_no_key(&profile, &folder.path().join("killed"), &key);
    let browser = Browser::open(&profile).await.expect("the browser again");
    browser.view(360, 640, "light").await;
    let page = format!("{}/app/", server.url());
    browser.client.goto(&page).await.expect("the page");
    browser.find("typed-open").await;
    assert_eq!(holds_one_key(&browser, &server).await, key, "the same key");

    // Somebody clears the keys while something waits to be sent.
    server.kill_9();
    book(&browser, &scenario, &scenario.label_b()).await;
    wait_for_unsent(&browser, 1).await;
    let clear = "
        const gone = indexedDB.deleteDatabase('sparhund-keys');
        gone.onsuccess = () => arguments[0](true);
        gone.onerror = gone.onblocked = () => arguments[0](false);";
    assert_eq!(browser.run_later(clear, Vec::new()).await, true);
    server.start_again();
    browser.find("enrol-code").await;
    let shown = browser.run("return document.body.innerText").await;
    assert!(shown.to_string().contains("nyckel är borta"), "{shown}");
    handheld(&browser, "19-lost-key").await;
    let admin = Api::sign_in(&server.url(), "admin", "admin-nordmark");
    let code = admin.post("/devices/codes", &json!({}))["code"].clone();
    browser.fill("enrol-code", code.as_str().expect("a code")).await;
    browser.fill("enrol-name", "Handdator 7").await;
    browser.click("enrol-submit").await;
    browser.find("typed-open").await;
    wait_until_sent(&browser).await;
    assert_ne!(holds_one_key(&browser, &server).await, key, "another key");
    is_there_once(&server, &scenario.lot_gtin, &lot(LOT_B));
    is_there_once(&server, &scenario.lot_gtin, &lot(LOT_A));
    is_there_once(&server, &scenario.serial_gtin, &format!("serial={SERIAL}"));
    browser.close().await;
}

/// A browser that makes no such keys until it is told to, as after an update.
const NO_KEYS_YET: &str = "
const generate = SubtleCrypto.prototype.generateKey;
let updated = false;
new BroadcastChannel('updated').onmessage = () => { updated = true; };
SubtleCrypto.prototype.generateKey = function (...given) {
  if (!updated) return Promise.reject(new DOMException('no Ed25519', 'NotSupportedError'));
  return generate.apply(this, given);
};
";

/// The built page with a worker whose browser makes no keys yet.
fn page_of_an_old_browser(to: &Path) {
    let built = PathBuf::from(std::env::var_os("SPARHUND_WEB_DIST").expect("a page"));
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        std::fs::create_dir_all(to.join(&folder)).expect("a folder");
        for entry in std::fs::read_dir(built.join(&folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else {
                std::fs::copy(entry.path(), to.join(path)).expect("a copy");
            }
        }
    }
    let boot = to.join("worker-boot.js");
    let text = std::fs::read_to_string(&boot).expect("the worker's beginning");
    let changed = text.replacen("\ntry {", &format!("{NO_KEYS_YET}\ntry {{"), 1);
    assert_ne!(changed, text);
    std::fs::write(&boot, changed).expect("written");
    // Only the files as they were built have the hashes that the cache asks for.
    for packed in [to.join("worker-boot.js.gz"), to.join("worker-boot.js.br")] {
        let _ = std::fs::remove_file(packed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_such_keys_keeps_it_in_the_store_until_it_has_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path().join("profile");
    let Some(browser) = Browser::open(&profile).await else {
        return;
    };
    let page = folder.path().join("page");
    page_of_an_old_browser(&page);
    let server = Server::demo_with_page(&folder.path().join("data"), Some(page));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    begin_receipt(&browser).await;
    book(&browser, &scenario, &scenario.label_serial()).await;
    wait_until_sent(&browser).await;
    browser.click("settings-open").await;
    browser.find_css("[data-test=key][data-key=store]").await;
    let admin = Api::sign_in(&server.url(), "admin", "admin-nordmark");
    let before = admin.get("/devices")[0].clone();

    let update = "new BroadcastChannel('updated').postMessage(true)";
    browser.run(update).await;
    // No key is changed as long as the booking can be taken back.
    tokio::time::sleep(Duration::from_secs(11)).await;
    browser.click("sync-now").await;
    browser.find_css("[data-test=key][data-key=platform]").await;
    browser.click("sync-now").await;
    wait_until_sent(&browser).await;
    let key = holds_one_key(&browser, &server).await;
    let devices = admin.get("/devices");
    let old: Vec<&Value> = devices
        .as_array()
        .expect("devices")
        .iter()
        .filter(|device| device["log"] == before["log"])
        .collect();
    assert_eq!(old[0]["state"], "replaced", "{devices}");
    is_there_once(&server, &scenario.serial_gtin, &format!("serial={SERIAL}"));
    browser.kill_9();
    store_has_no_key(&profile, &folder.path().join("killed"), &key);
}
