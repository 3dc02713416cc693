//! What somebody chose of colours and letters holds, and what a form misses is said in the language of the page.

use sparhund_tests::browser::Browser;
use sparhund_tests::page::{enrol_and_sign_in, said};
use sparhund_tests::scenario::Scenario;
use sparhund_tests::server::Server;

/// Ground and ink of the page, and the size of its letters.
const LOOKS: &str = "
    const style = getComputedStyle(document.body);
    return [style.backgroundColor, style.color, getComputedStyle(document.documentElement).fontSize].join(' ');";

#[tokio::test(flavor = "multi_thread")]
async fn looks_are_chosen_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    let light = "rgb(242, 246, 247) rgb(16, 36, 44) 16px";
    assert_eq!(browser.run(LOOKS).await, light);
    browser.view(360, 640, "dark").await;
    let dark = "rgb(12, 25, 31) rgb(238, 245, 247) 16px";
    assert_eq!(browser.run(LOOKS).await, dark, "as the device");
    browser.click("settings-open").await;
    browser.click("colours-light").await;
    assert_eq!(browser.run(LOOKS).await, light);
    browser.click("colours-contrast").await;
    browser.click("letters-largest").await;
    let chosen = "rgb(0, 0, 0) rgb(255, 255, 255) 20.8px";
    assert_eq!(browser.run(LOOKS).await, chosen);
    browser.client.refresh().await.expect("the page again");
    browser.find("task-receive").await;
    assert_eq!(browser.run(LOOKS).await, chosen, "it is kept");

    // The browser's own words for this would come in its own language.
    browser.click("settings-open").await;
    browser.click("lang-en").await;
    browser.click("back").await;
    browser.click("task-receive").await;
    browser.click("receive-start").await;
    browser.find("problem").await;
    assert_eq!(
        said(&browser, "problem").await.lines().next(),
        Some("Fill in: Supplier.")
    );
    let focused = "return document.activeElement.dataset.test";
    assert_eq!(browser.run(focused).await, "receive-supplier");
    browser.close().await;
}
