//! While the screen is wiped nothing on it is pressed, nothing is scanned and nothing is lost.

use std::time::{Duration, Instant};

use sparhund_tests::browser::Browser;
use sparhund_tests::page::{
    basket_entries, begin_receipt, enrol_and_sign_in, handheld, place_label, scan_ok, wait_for_unsent,
};
use sparhund_tests::scenario::Scenario;
use sparhund_tests::server::Server;

#[tokio::test(flavor = "multi_thread")]
async fn a_wet_cloth_does_no_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    server.kill_9();
    begin_receipt(&browser).await;
    scan_ok(&browser, &scenario.label_a()).await;
    browser.scan(&place_label(&scenario.bin)).await;
    browser.find("place-name").await;

    browser.click("wipe-lock").await;
    let locked = Instant::now();
    handheld(&browser, "wipe-lock").await;
    // Cloth on the large button, on the key for it, and on the trigger.
    browser.touch("book").await;
    browser.touch("quantity-plus").await;
    browser.key("F1").await;
    browser.key("Enter").await;
    browser.scan(&format!("]d2{}", scenario.label_b())).await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let left = browser.text("wipe-left").await;
    let left: u64 = left.trim().parse().expect("seconds");
    assert!(left < 15 && left > 0, "it counts: {left}");
    let gone = "return document.querySelector('[data-test=wiping]') === null";
    while browser.run(gone).await == false {
        assert!(locked.elapsed() < Duration::from_secs(25), "it ends by itself");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(locked.elapsed() >= Duration::from_secs(14));
    let count = "return document.querySelector('[data-test=quantity]').dataset.packs";
    assert_eq!(browser.run(count).await, "1");
    assert_eq!(basket_entries(&browser).await, 1);
    wait_for_unsent(&browser, 0).await;

    // The work goes on where it was.
    scan_ok(&browser, &scenario.label_b()).await;
    assert_eq!(basket_entries(&browser).await, 2);
    browser.click("book").await;
    wait_for_unsent(&browser, 2).await;
    browser.close().await;
}
