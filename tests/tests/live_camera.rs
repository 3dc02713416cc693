//! A label held before the live camera of a handheld: read once, booked once.

use std::path::Path;
use std::time::Duration;

use image::{GrayImage, Luma};
use sparhund_tests::browser::Browser;
use sparhund_tests::frames::data_bar_label;
use sparhund_tests::page::{basket_entries, enrol_and_sign_in, handheld, place_label};
use sparhund_tests::scenario::{SERIAL, Scenario};
use sparhund_tests::server::Server;
use sparhund_tests::symbols::{film, film_of_a_label};

/// A handheld at goods receipt whose camera sees the film; none where there is no browser.
async fn before_the_camera(
    folder: &Path,
    draw: impl FnOnce(&Scenario, &Path),
) -> Option<(Browser, Server, Scenario)> {
    let film = folder.join("film.y4m");
    // The camera's film must be there when the browser starts; the label is known once the server is.
    let server = Server::demo(&folder.join("data"));
    let scenario = Scenario::prepare(&server);
    draw(&scenario, &film);
    let browser = Browser::open_with_camera(&folder.join("profile"), &film).await?;
    enrol_and_sign_in(&browser, &server, &scenario).await;
    browser.click("task-receive").await;
    browser.fill("receive-supplier", "Provbolaget AB").await;
    browser.click("receive-start").await;
    Some((browser, server, scenario))
}

async fn open_the_camera(browser: &Browser) {
    browser.click("camera-open").await;
    browser.find_css(".camera video").await;
}

/// GS1 DataBar: rxing loses its separator, so only the second reader in the browser can have read it.
#[tokio::test(flavor = "multi_thread")]
async fn the_second_reader_reads_in_the_browser_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let draw = |scenario: &Scenario, path: &Path| {
        let elements = format!("[01]{}[10]L-7[21]{SERIAL}", scenario.serial_gtin);
        film(&data_bar_label(&elements, 4), path);
    };
    let Some((browser, _server, _scenario)) = before_the_camera(folder.path(), draw).await else {
        return;
    };
    open_the_camera(&browser).await;
    browser.find("item-serial").await;
    assert_eq!(browser.text("item-serial").await.trim(), SERIAL);
    assert_eq!(browser.text("item-lot").await.trim(), "L-7");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_before_the_live_camera_is_taken_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let draw = |scenario: &Scenario, path: &Path| film_of_a_label(&scenario.label_serial(), path);
    let Some((browser, server, scenario)) = before_the_camera(folder.path(), draw).await else {
        return;
    };
    open_the_camera(&browser).await;
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

/// Chromium's test camera has neither lamp nor zoom, so its word of what it can is replaced; what it is asked is real.
#[tokio::test(flavor = "multi_thread")]
async fn lamp_and_zoom_are_offered_where_the_camera_has_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let nothing = GrayImage::from_pixel(8, 8, Luma([110]));
    let Some((browser, _server, _scenario)) =
        before_the_camera(folder.path(), |_, path| film(&nothing, path)).await
    else {
        return;
    };
    open_the_camera(&browser).await;
    let lamp = "return document.querySelector('[data-test=camera-torch]') !== null";
    assert_eq!(browser.run(lamp).await, false, "none where there is none");
    browser.click("camera-close").await;
    let able = "window.asked = []; \
                MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true, zoom: { min: 0.5, max: 8, step: 0.1 } }); \
                MediaStreamTrack.prototype.getSettings = () => ({ zoom: 1 }); \
                MediaStreamTrack.prototype.applyConstraints = async (wish) => { window.asked.push(wish.advanced[0]); }";
    browser.run(able).await;
    open_the_camera(&browser).await;
    browser.click("camera-torch").await;
    browser
        .find_css("[data-test=camera-torch][aria-pressed=true]")
        .await;
    browser.click("camera-zoom").await;
    browser
        .find_css("[data-test=camera-zoom][aria-pressed=true]")
        .await;
    handheld(&browser, "31-camera-tools").await;
    browser.click("camera-torch").await;
    browser
        .find_css("[data-test=camera-torch][aria-pressed=false]")
        .await;
    // Each call takes the place of the one before, so it says both.
    assert_eq!(
        browser.run("return JSON.stringify(window.asked)").await,
        r#"[{"torch":true,"zoom":1},{"torch":true,"zoom":2},{"torch":false,"zoom":2}]"#
    );
    browser.close().await;
}
