//! Goods are received and booked without a touch of the screen.

use sparhund_tests::browser::Browser;
use sparhund_tests::page::{basket_entries, enrol_and_sign_in, handheld, scan_ok, wait_until_sent};
use sparhund_tests::scenario::Scenario;
use sparhund_tests::server::Server;

/// Moves down until this has the focus, and is seen to have it.
async fn down_to(browser: &Browser, name: &str) {
    const FOCUSED: &str =
        "return document.activeElement.matches(':focus-visible') && document.activeElement.dataset.test";
    browser.find(name).await;
    let mut passed = Vec::new();
    for _ in 0..30 {
        browser.key("ArrowDown").await;
        let focused = browser.run(FOCUSED).await;
        if focused == name {
            return;
        }
        passed.push(focused);
    }
    panic!("arrows do not come by {name}: {passed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_alone_receive_and_book() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    let touched = "addEventListener('pointerdown', () => { window.touched = true; }, true)";
    browser.run(touched).await;

    down_to(&browser, "task-receive").await;
    browser.key("Enter").await;
    down_to(&browser, "receive-supplier").await;
    for letter in ["P", "r", "o", "v"] {
        browser.key(letter).await;
    }
    browser.key("F1").await;
    browser.find("typed-open").await;

    // A scan while a button has the focus presses none.
    down_to(&browser, "camera-open").await;
    scan_ok(&browser, &scenario.label_a()).await;
    assert_eq!(basket_entries(&browser).await, 1);
    let camera = "return document.querySelector('.camera') === null";
    assert_eq!(
        browser.run(camera).await,
        true,
        "the end of the scan was no press"
    );
    handheld(&browser, "keys-1-receive").await;

    // A code by fingers.
    browser.key("F2").await;
    browser.find("typed-input").await;
    for letter in ["(", "0", "1", ")"] {
        browser.key(letter).await;
    }
    let typed = "return document.querySelector('[data-test=typed-input]').value";
    assert_eq!(browser.run(typed).await, "(01)", "slow keys are no scan");
    browser.key("Enter").await;
    browser.find("show-code").await;

    // STOP: nothing under it is reached, and the key on its button acknowledges it.
    let expired = format!("]d201{}1724013110OLD-1", scenario.lot_gtin);
    browser.scan(&expired).await;
    browser
        .find_css("[data-test=\"verdict\"][data-verdict=\"stop\"]")
        .await;
    for _ in 0..4 {
        browser.key("ArrowDown").await;
        let inside = "return document.activeElement.closest('.halt') !== null";
        assert_eq!(browser.run(inside).await, true);
    }
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    browser.key("F1").await;
    let gone = "return document.querySelector('.halt') === null";
    assert_eq!(browser.run(gone).await, true);

    down_to(&browser, "place-choose").await;
    browser.key("Enter").await;
    browser.find("place-search").await;
    down_to(&browser, &format!("place-{}", scenario.bin)).await;
    browser.key("Enter").await;
    browser.find("place-name").await;
    handheld(&browser, "keys-2-place").await;
    browser.key("F1").await;
    browser.find("undo").await;
    wait_until_sent(&browser).await;
    assert_eq!(basket_entries(&browser).await, 0);
    assert_eq!(browser.run("return window.touched === undefined").await, true);
    browser.close().await;
}
