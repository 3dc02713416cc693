//! A scanner is calibrated by the keys it presses, and read by its profile from then on.

use std::time::{Duration, Instant};

use sparhund_shared::carrier::{CALIBRATION, HostLayout};
use sparhund_tests::api::Api;
use sparhund_tests::browser::Browser;
use sparhund_tests::page::{enrol_and_sign_in, handheld, place_label, to_tasks, wait_until_sent};
use sparhund_tests::scenario::Scenario;
use sparhund_tests::server::Server;

/// A lot with signs that a Swedish host makes others of.
const LOT: &str = "A-1/2_B&C";

/// Scans of one code at most.
const SCANS: usize = 4;

/// How the keys of a scan come.
#[derive(Clone, Copy)]
enum By {
    /// With their place on the keyboard.
    Keys,
    /// As what the host made of them.
    Text,
}

async fn scan(browser: &Browser, by: By, text: &str) {
    match by {
        By::Keys => browser.scan(text).await,
        By::Text => browser.scan_as_text(&HostLayout::Swedish.encode(text)).await,
    }
}

/// Opens the settings and scans the symbol until an element says this.
async fn calibrate(browser: &Browser, by: By, symbol: &str, told: (&str, &str)) {
    browser.click("settings-open").await;
    browser.click("calibrate").await;
    browser.find("calibration-wait").await;
    scan_until(browser, by, symbol, told).await;
}

/// Scans until an element says this, again like a person where a code came in pieces: without an identifier at its beginning a scan
/// may not pause for a tenth of a second, and a busy machine's keys do.
async fn scan_until(browser: &Browser, by: By, text: &str, (name, words): (&str, &str)) {
    for _ in 0..SCANS - 1 {
        scan(browser, by, text).await;
        if says_within(browser, name, words, Duration::from_secs(6))
            .await
            .is_ok()
        {
            return;
        }
    }
    scan(browser, by, text).await;
    says(browser, name, words).await;
}

/// Waits until an element says this.
async fn says(browser: &Browser, name: &str, words: &str) {
    let said = says_within(browser, name, words, Duration::from_secs(20)).await;
    said.unwrap_or_else(|text| panic!("{name} says {text:?}, not {words:?}"));
}

/// What it says instead, if it does not say this in time.
async fn says_within(browser: &Browser, name: &str, words: &str, limit: Duration) -> Result<(), String> {
    let end = Instant::now() + limit;
    loop {
        let script = format!("return document.querySelector('[data-test=\"{name}\"]')?.innerText ?? ''");
        let text = browser.run(&script).await.as_str().unwrap_or_default().to_owned();
        if text.contains(words) {
            return Ok(());
        }
        if Instant::now() > end {
            return Err(text);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Receives one unit and reads the lot that stands on the screen.
async fn receive(browser: &Browser, by: By, scenario: &Scenario, lot: &str) {
    browser.click("task-receive").await;
    browser.fill("receive-supplier", "Provbolaget AB").await;
    browser.click("receive-start").await;
    let label = format!("]d201{}1728013110{lot}", scenario.lot_gtin);
    scan_until(browser, by, &label, ("item-lot", lot)).await;
    scan(browser, by, &place_label(&scenario.bin)).await;
    browser.find("place-name").await;
    browser.click("book").await;
    wait_until_sent(browser).await;
    to_tasks(browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanner_shows_how_it_writes_and_is_read_by_that() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;

    // A scanner that loses the separator is told what to set.
    let symbol = format!("]d2{CALIBRATION}");
    let lost = symbol.replace('\u{1d}', "");
    calibrate(&browser, By::Keys, &lost, ("problem", "tappar skiljetecknet")).await;
    says(&browser, "scanner-profile", "inte kalibrerad").await;
    handheld(&browser, "20-calibration-refused").await;
    // It still waits for the symbol.
    let physical = ("scanner-profile", "Tangenterna läses som skannern menar dem");
    scan_until(&browser, By::Keys, &symbol, physical).await;
    handheld(&browser, "21-calibrated").await;
    browser.click("back").await;
    receive(&browser, By::Keys, &scenario, LOT).await;

    // The same scanner through an input method, which tells characters and no keys.
    let swedish = ("scanner-profile", "svenskt tangentbord");
    calibrate(&browser, By::Text, &symbol, swedish).await;
    browser.click("back").await;
    receive(&browser, By::Text, &scenario, "B-3/4_D").await;

    // Each record says by which profile it was read.
    let quality = Api::sign_in(&server.url(), "kvalitet", "kvalitet-nordmark");
    for (lot, profile) in [
        (LOT, "keys=physical gs=GS aim=sent"),
        ("B-3/4_D", "keys=swedish gs=GS aim=sent"),
    ] {
        let trace = quality.traced(&format!(
            "/trace?di=GS1:{}&lot={}",
            scenario.lot_gtin,
            lot.replace('&', "%26")
        ));
        assert_eq!(trace["history"][0]["scanner"], profile, "{lot}: {trace}");
        assert_eq!(trace["history"][0]["units"], 1);
    }
    browser.close().await;
}
