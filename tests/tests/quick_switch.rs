//! Two people share a handheld without network: one is locked after five wrong PINs, the other comes in by badge and PIN, and
//! nobody's basket gets under another's name.

use std::path::Path;
use std::time::{Duration, Instant};

use sparhund_tests::browser::Browser;
use sparhund_tests::page::{
    basket_entries, enrol_and_sign_in, handheld, pictures, place_label, scan_ok, to_tasks, wait_for_unsent,
};
use sparhund_tests::scenario::{LOGIN, Scenario};
use sparhund_tests::server::Server;

const COLLEAGUE: &str = "plockare";
const PIN: &str = "280571";
const OTHER_PIN: &str = "739164";
const BADGE: &str = "]C0SE232100-4711X";

/// Waits until an element says this.
async fn says(browser: &Browser, name: &str, words: &str) {
    let until = Instant::now() + Duration::from_secs(30);
    let mut said = String::new();
    while Instant::now() < until {
        let script = format!("return document.querySelector('[data-test=\"{name}\"]')?.innerText ?? ''");
        let found = browser.run(&script).await;
        found.as_str().unwrap_or_default().clone_into(&mut said);
        if said.contains(words) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{name} says {said:?}, not {words:?}");
}

async fn choose_pin(browser: &Browser, pin: &str) {
    browser.click("settings-open").await;
    browser.fill("quick-new", pin).await;
    browser.fill("quick-again", pin).await;
    browser.click("quick-save").await;
    says(browser, "quick-state", "med PIN").await;
}

async fn sign_in(browser: &Browser, login: &str, password: &str) {
    browser.fill("login", login).await;
    browser.fill("password", password).await;
    browser.click("sign-in").await;
    browser.find("task-receive").await;
}

async fn give_pin(browser: &Browser, pin: &str) {
    for digit in pin.chars() {
        browser.click(&format!("pin-{digit}")).await;
    }
    // Not before the pause of the last wrong one is over.
    browser.find_css("[data-test=\"pin-send\"]:not([disabled])").await;
    browser.click("pin-send").await;
}

/// The smallest side of the buttons that match, in pixels of the page.
async fn smallest(browser: &Browser, selector: &str) -> f64 {
    let script = format!(
        "return Math.min(...[...document.querySelectorAll('{selector}')].flatMap((button) => {{
            const box = button.getBoundingClientRect();
            return [box.width, box.height];
        }}))"
    );
    browser.run(&script).await.as_f64().expect("a size")
}

/// Wrong PINs lock, also when the browser is killed between them.
async fn lock(mut browser: Browser, server: &Server, profile: &Path) -> Browser {
    browser.click("switch-open").await;
    for left in [4, 3, 2, 1] {
        browser.click(&format!("person-{COLLEAGUE}")).await;
        give_pin(&browser, "918273").await;
        says(&browser, "problem", &format!("{left} försök kvar")).await;
        if left == 3 {
            browser.kill_9();
            browser = Browser::open(profile).await.expect("the browser again");
            browser.view(360, 640, "light").await;
            let address = format!("{}/app/", server.url());
            browser.client.goto(&address).await.expect("the page");
            browser.click("switch-open").await;
            continue;
        }
        handheld(&browser, "quick-6-wrong").await;
        browser.click("back").await;
    }
    browser.click(&format!("person-{COLLEAGUE}")).await;
    give_pin(&browser, "918273").await;
    says(&browser, "problem", "låst").await;
    // The password is asked in place of the PIN, for the same person.
    let login = "return document.querySelector('[data-test=\"login\"]').value";
    assert_eq!(browser.run(login).await, COLLEAGUE);
    handheld(&browser, "quick-7-locked").await;
    pictures(&browser, "quick-7-locked", (1280, 800)).await;
    browser.view(360, 640, "light").await;
    browser.click("back").await;
    says(&browser, &format!("person-{COLLEAGUE}"), "låst").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn people_switch_offline_by_badge_and_pin_and_wrong_pins_lock() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path().join("profile");
    let Some(mut browser) = Browser::open(&profile).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    handheld(&browser, "quick-0-tasks").await;
    choose_pin(&browser, PIN).await;
    browser.click("badge-add").await;
    browser.find("badge-wait").await;
    browser.scan(BADGE).await;
    says(&browser, "quick-state", "bricka och PIN").await;
    handheld(&browser, "quick-1-settings").await;
    // The colleague signs in by password once, in place of the other.
    browser.click("settings-switch").await;
    browser.click("by-password").await;
    sign_in(&browser, COLLEAGUE, "plockare-nordmark").await;
    choose_pin(&browser, OTHER_PIN).await;
    browser.click("back").await;
    wait_for_unsent(&browser, 0).await;

    server.kill_9();
    browser.click("switch-open").await;
    browser.find(&format!("person-{LOGIN}")).await;
    assert!(smallest(&browser, ".person").await >= 64.0, "for gloves");
    handheld(&browser, "quick-2-people").await;
    pictures(&browser, "quick-2-people", (1280, 800)).await;
    browser.view(360, 640, "light").await;
    // Nobody is out before somebody else is in.
    browser.click("back").await;
    browser.find("task-receive").await;
    browser.click("switch-open").await;
    browser.scan(BADGE).await;
    says(&browser, "pin-person", "Spår Hundsson").await;
    assert!(smallest(&browser, ".keys button").await >= 64.0, "for gloves");
    let whole = "const pad = document.querySelector('main'); return pad.scrollHeight <= pad.clientHeight";
    assert_eq!(browser.run(whole).await, true, "no key is out of sight");
    browser.click("pin-2").await;
    handheld(&browser, "quick-3-pin").await;
    pictures(&browser, "quick-3-pin", (1280, 800)).await;
    browser.view(360, 640, "light").await;
    browser.click("pin-back").await;
    give_pin(&browser, PIN).await;
    let begun = Instant::now();
    browser.find("task-receive").await;
    println!("one PIN: {:?}", begun.elapsed());

    // Their goods stay theirs.
    browser.click("task-receive").await;
    browser.fill("receive-supplier", "Provbolaget AB").await;
    browser.click("receive-start").await;
    scan_ok(&browser, &scenario.label_b()).await;
    browser.click("settings-open").await;
    browser.click("settings-switch").await;
    says(&browser, "switch-basket", "inte").await;
    handheld(&browser, "quick-4-basket").await;
    browser.click(&format!("person-{COLLEAGUE}")).await;
    give_pin(&browser, OTHER_PIN).await;
    says(&browser, "problem", "Spår Hundsson").await;
    browser.find("task-receive").await;
    let resume = "return document.querySelector('[data-test=\"resume\"]') === null";
    assert_eq!(
        browser.run(resume).await,
        true,
        "somebody else's basket is not shown"
    );
    handheld(&browser, "quick-5-left").await;

    browser = lock(browser, &server, &profile).await;

    // The other comes back to their basket and books it under their own name.
    browser.scan(BADGE).await;
    give_pin(&browser, PIN).await;
    browser.click("resume").await;
    browser.find("item-lot").await;
    assert_eq!(basket_entries(&browser).await, 1);
    browser.scan(&place_label(&scenario.bin)).await;
    browser.find("place-name").await;
    browser.click("book").await;
    browser.find("undo").await;
    wait_for_unsent(&browser, 1).await;

    // The password opens it again, with network.
    server.start_again();
    to_tasks(&browser).await;
    browser.click("switch-open").await;
    browser.click(&format!("person-{COLLEAGUE}")).await;
    sign_in(&browser, COLLEAGUE, "plockare-nordmark").await;
    browser.click("switch-open").await;
    browser.scan(BADGE).await;
    give_pin(&browser, PIN).await;
    browser.find("task-receive").await;
    browser.click("switch-open").await;
    browser.click(&format!("person-{COLLEAGUE}")).await;
    give_pin(&browser, OTHER_PIN).await;
    browser.find("task-receive").await;
    browser.close().await;
}
