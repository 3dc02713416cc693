//! The line of the state says the same three things always, and at once.

use std::time::{Duration, Instant};

use sparhund_tests::browser::Browser;
use sparhund_tests::page::{begin_receipt, enrol_and_sign_in, handheld, place_label, said, scan_ok};
use sparhund_tests::scenario::Scenario;
use sparhund_tests::server::Server;

/// So soon a person who looks up sees it, on a busy machine too.
const SOON: Duration = Duration::from_secs(4);

/// Waits until the line reads so, with `0` for each digit of a time.
async fn reads(browser: &Browser, wanted: &str) {
    let begun = Instant::now();
    loop {
        let line = said(browser, "state").await;
        // Of the count, not of times.
        let parts: Vec<String> = line
            .split(" · ")
            .map(|part| match part.split_once(" väntar") {
                Some(_) => part.to_owned(),
                None => part.replace(|digit: char| digit.is_ascii_digit(), "0"),
            })
            .collect();
        if parts.join(" · ") == wanted {
            return;
        }
        assert!(begun.elapsed() < SOON, "it reads {line:?} and not {wanted:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_line_tells_of_the_network_of_what_waits_and_of_the_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    let online = "Online · 0 väntar · spärrlista 00:00";
    reads(&browser, online).await;

    // The browser says that the network went; nobody has called the server since.
    browser.network(false).await;
    reads(&browser, "Offline sedan 00:00 · 0 väntar · spärrlista 00:00").await;
    // What the browser cuts off is the page alone; its worker must not reach anybody either.
    server.kill_9();
    begin_receipt(&browser).await;
    scan_ok(&browser, &scenario.label_a()).await;
    browser.scan(&place_label(&scenario.bin)).await;
    browser.find("place-name").await;
    browser.click("book").await;
    reads(&browser, "Offline sedan 00:00 · 1 väntar · spärrlista 00:00").await;
    handheld(&browser, "state-line-offline").await;
    let dialogs = "return document.querySelectorAll('[role=alertdialog], dialog').length";
    assert_eq!(browser.run(dialogs).await, 0, "never a modal about the network");
    server.start_again();
    browser.network(true).await;
    sparhund_tests::page::wait_until_sent(&browser).await;
    reads(&browser, online).await;

    // The network is there and the server is not: the first call that fails tells.
    server.kill_9();
    browser.click("settings-open").await;
    browser.click("sync-now").await;
    reads(&browser, "Offline sedan 00:00 · 0 väntar · spärrlista 00:00").await;
    browser.close().await;
}
