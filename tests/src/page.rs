//! What a person does on the handheld page, step by step.

use std::path::PathBuf;
use std::time::Duration;

use crate::browser::Browser;
use crate::scenario::{LOGIN, PASSWORD, Scenario};
use crate::server::Server;

/// Saves the view as it is, light and dark, into the folder that `SPARHUND_PICTURES` names, if any.
pub async fn pictures(browser: &Browser, name: &str, (width, height): (u32, u32)) {
    let Some(folder) = std::env::var_os("SPARHUND_PICTURES").map(PathBuf::from) else {
        return;
    };
    for scheme in ["dark", "light"] {
        browser.view(width, height, scheme).await;
        browser
            .picture(&folder.join(format!("{name}-{width}-{scheme}.png")))
            .await;
    }
}

/// Pictures at the size of a handheld.
pub async fn handheld(browser: &Browser, name: &str) {
    pictures(browser, name, (360, 640)).await;
}

/// Scans an item and expects it to be let through.
pub async fn scan_ok(browser: &Browser, label: &str) {
    browser.scan(&format!("]d2{label}")).await;
    browser
        .find_css("[data-test=\"verdict\"][data-verdict=\"ok\"]")
        .await;
}

/// The scanner sends the place label of a `GLN/EXT` code.
pub fn place_label(code: &str) -> String {
    match code.split_once('/') {
        Some((gln, extension)) => format!("]d2414{gln}254{extension}"),
        None => format!("]d2414{code}"),
    }
}

/// Goes back to the list of tasks, from wherever the last booking left the page.
pub async fn to_tasks(browser: &Browser) {
    for _ in 0..3 {
        let script = "return document.querySelector('[data-test=\"task-receive\"]') !== null";
        if browser.run(script).await == serde_json::Value::Bool(true) {
            return;
        }
        browser.click("back").await;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    browser.find("task-receive").await;
}

/// Waits until the status line counts this many records that are not sent.
pub async fn wait_for_unsent(browser: &Browser, records: u32) {
    browser
        .find_css(&format!("[data-test=\"status-line\"][data-unsent=\"{records}\"]"))
        .await;
}

/// Waits until the status line says that everything is sent.
pub async fn wait_until_sent(browser: &Browser) {
    browser
        .find_css("[data-test=\"status-line\"][data-online=\"true\"][data-unsent=\"0\"]")
        .await;
}

/// Enrols the device after a wrong code and signs a person in.
pub async fn enrol_and_sign_in(browser: &Browser, server: &Server, scenario: &Scenario) {
    browser.view(360, 640, "light").await;
    browser
        .client
        .goto(&format!("{}/app/", server.url()))
        .await
        .expect("the page");
    browser.find("enrol-code").await;
    let shown = browser.run("return document.body.innerText").await;
    assert!(
        !shown.to_string().contains("väntar"),
        "nothing was ever to be sent: {shown}"
    );
    browser.fill("enrol-code", "FEL0-FEL0-FEL0").await;
    browser.fill("enrol-name", "Handdator 7").await;
    browser.click("enrol-submit").await;
    browser.find("problem").await;
    browser.fill("enrol-code", &scenario.code).await;
    handheld(browser, "01-enrol").await;
    browser.click("enrol-submit").await;
    browser.fill("login", LOGIN).await;
    let problem = "return document.querySelector('[data-test=\"problem\"]') === null";
    assert_eq!(browser.run(problem).await, true, "the wrong code is over");
    browser.fill("password", PASSWORD).await;
    handheld(browser, "02-sign-in").await;
    browser.click("sign-in").await;
    browser.find("task-receive").await;
    let complete = "[data-test=\"status-line\"][data-complete=\"true\"]";
    browser.find_css(complete).await;
    wait_until_sent(browser).await;
}

/// Entries of the basket that the screen shows: the one at work, and a button for each of the others.
pub async fn basket_entries(browser: &Browser) -> u64 {
    let script = "
        const others = [...document.querySelectorAll('[data-test^=\"basket-\"]')];
        const numbered = others.filter((button) => /^basket-[0-9]+$/.test(button.dataset.test));
        return document.querySelectorAll('[data-entry]').length + numbered.length;";
    browser.run(script).await.as_u64().expect("a number")
}

/// What an element says; nothing while it is not there.
pub async fn said(browser: &Browser, name: &str) -> String {
    let script = format!("return document.querySelector('[data-test=\"{name}\"]')?.innerText ?? ''");
    let text = browser.run(&script).await;
    text.as_str().unwrap_or_default().trim().to_owned()
}

/// Opens a goods receipt.
pub async fn begin_receipt(browser: &Browser) {
    browser.click("task-receive").await;
    browser.fill("receive-supplier", "Provbolaget AB").await;
    browser.click("receive-start").await;
    browser.find("typed-open").await;
}
