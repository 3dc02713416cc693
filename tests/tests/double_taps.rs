//! A second tap of the same finger does not fall through to what the first one brought under it.

use std::time::Duration;

use sparhund_tests::browser::Browser;
use sparhund_tests::page::{basket_entries, enrol_and_sign_in, place_label};
use sparhund_tests::scenario::Scenario;
use sparhund_tests::server::Server;

/// Keeps the page busy at the next tap for longer than a finger's second tap takes.
const BUSY: &str = "
    const work = () => {
        const end = performance.now() + 800;
        while (performance.now() < end);
    };
    document.addEventListener('click', work, {once: true, capture: true});";

#[tokio::test(flavor = "multi_thread")]
async fn a_double_tap_on_a_stop_books_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    browser.view(360, 640, "light").await;
    enrol_and_sign_in(&browser, &server, &scenario).await;
    browser.click("task-receive").await;
    browser.fill("receive-supplier", "Provbolaget AB").await;
    browser.click("receive-start").await;
    browser.scan(&format!("]d2{}", scenario.label_b())).await;
    browser.find("item-lot").await;
    browser.scan(&place_label(&scenario.bin)).await;
    browser.find("place-name").await;
    let expired = format!("]d201{}1720013110OLD", scenario.lot_gtin);
    // The last time the page is busy with the first tap while the second comes, and hears of it late.
    for (between, busy) in [(30, false), (300, false), (300, true), (700, true)] {
        browser.scan(&expired).await;
        browser.find("verdict-close").await;
        if busy {
            browser.run(BUSY).await;
        }
        browser
            .double_tap("verdict-close", Duration::from_millis(between))
            .await;
        // A booking would have been drawn by then.
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(
            basket_entries(&browser).await,
            1,
            "the good item waits, {between} ms, busy: {busy}"
        );
        let undo = "return document.querySelector('[data-test=undo]') !== null";
        assert_eq!(
            browser.run(undo).await,
            false,
            "nothing was booked, {between} ms, busy: {busy}"
        );
    }
    // Whoever has looked may go on: the button that books lies just there.
    browser.scan(&expired).await;
    browser.double_tap("verdict-close", Duration::from_secs(3)).await;
    browser.find("undo").await;
    browser.close().await;
}
