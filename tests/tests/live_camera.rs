//! A label held before the live camera of a handheld: read once, booked once.

use std::time::Duration;

use sparhund_tests::browser::Browser;
use sparhund_tests::page::{basket_entries, enrol_and_sign_in, handheld, place_label};
use sparhund_tests::scenario::{SERIAL, Scenario};
use sparhund_tests::server::Server;
use sparhund_tests::symbols::film_of_a_label;

#[tokio::test(flavor = "multi_thread")]
async fn a_label_before_the_live_camera_is_taken_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let film = folder.path().join("film.y4m");
    // The camera's film must be there when the browser starts; the label is known once the server is.
    let server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    film_of_a_label(&scenario.label_serial(), &film);
    let Some(browser) = Browser::open_with_camera(&folder.path().join("profile"), &film).await else {
        return;
    };
    enrol_and_sign_in(&browser, &server, &scenario).await;
    browser.click("task-receive").await;
    browser.fill("receive-supplier", "Provbolaget AB").await;
    browser.click("receive-start").await;
    browser.click("camera-open").await;
    browser.find_css(".camera video").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    handheld(&browser, "30-live-camera").await;

    browser.find("item-serial").await;
    assert_eq!(
        browser.text("item-serial").await.trim(),
        SERIAL,
        "the separator came through"
    );
    // The film goes on and shows the label again: the camera has closed and takes nothing more.
    let film_again = Duration::from_secs(4);
    tokio::time::sleep(film_again).await;
    let open = "return document.querySelector('.camera') !== null";
    assert_eq!(
        browser.run(open).await,
        false,
        "one label, then the camera closes"
    );
    assert_eq!(basket_entries(&browser).await, 1, "taken once");

    browser.scan(&place_label(&scenario.bin)).await;
    browser.find("place-name").await;
    browser.click("book").await;
    let quality = sparhund_tests::api::Api::sign_in(&server.url(), "kvalitet", "kvalitet-nordmark");
    let trace = quality.traced(&format!("/trace?di=GS1:{}&serial={SERIAL}", scenario.serial_gtin));
    browser.close().await;
    let history = trace["history"].as_array().expect("history");
    assert_eq!(history.len(), 1, "{trace}");
    assert_eq!(history[0]["entry"], "camera", "{}", history[0]);
}
