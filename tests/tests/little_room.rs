//! A browser that lets the page keep little more: the page says so in time, stops before a booking could fail, and loses nothing.

use serde_json::{Value, json};
use sparhund_tests::api::Api;
use sparhund_tests::browser::Browser;
use sparhund_tests::page::{
    basket_entries, enrol_and_sign_in, handheld, place_label, scan_ok, wait_until_sent,
};
use sparhund_tests::scenario::{SERIAL, Scenario};
use sparhund_tests::server::Server;

const MB: u64 = 1 << 20;

/// The browser lets the page keep so many bytes more than it keeps now.
async fn leave(browser: &Browser, server: &Server, bytes: u64) {
    let script =
        "const done = arguments[0]; navigator.storage.estimate().then((found) => done(found.usage));";
    let usage = browser.run_later(script, Vec::new()).await;
    let quota = usage.as_u64().expect("bytes") + bytes;
    let params = json!({"origin": server.url(), "quotaSize": quota});
    browser.cdp("Storage.overrideQuotaForOrigin", params).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_little_room_warns_then_stops_and_books_what_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open_with_true_quota(&folder.path().join("profile")).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    let room = "return document.querySelector('[data-test=room]') === null";
    assert_eq!(browser.run(room).await, Value::Bool(true), "there is room");
    server.kill_9();

    leave(&browser, &server, 40 * MB).await;
    browser.find("room").await;
    browser.click("task-receive").await;
    browser.fill("receive-supplier", "Provbolaget AB").await;
    browser.click("receive-start").await;
    browser.find("typed-open").await;
    scan_ok(&browser, &scenario.label_serial()).await;
    handheld(&browser, "16-little-room").await;

    leave(&browser, &server, 8 * MB).await;
    let words = "return document.querySelector('[data-test=room]').textContent";
    for _ in 0..150 {
        if browser
            .run(words)
            .await
            .as_str()
            .is_some_and(|words| words.contains("slut"))
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    browser.scan(&format!("]d2{}", scenario.label_a())).await;
    let told = browser.text("problem-stop").await;
    assert!(told.starts_with("STOPP") && told.contains("Bokför"), "{told}");
    handheld(&browser, "17-no-room").await;
    assert_eq!(
        basket_entries(&browser).await,
        1,
        "the goods were not taken, the others are there"
    );
    // What finishes the work goes on.
    browser.scan(&place_label(&scenario.bin)).await;
    browser.find("place-name").await;
    browser.click("book").await;
    browser.find("undo").await;

    server.start_again();
    wait_until_sent(&browser).await;
    let quality = Api::sign_in(&server.url(), "kvalitet", "kvalitet-nordmark");
    let trace = quality.traced(&format!("/trace?di=GS1:{}&serial={SERIAL}", scenario.serial_gtin));
    assert_eq!(trace["now"].as_array().map(Vec::len), Some(1), "{trace}");
    leave(&browser, &server, 400 * MB).await;
    for _ in 0..150 {
        if browser.run(room).await == true {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    scan_ok(&browser, &scenario.label_a()).await;
    browser.close().await;
}
