//! Goods receipt against an announced delivery, without a network: the label of a logistic unit, goods, and what nobody saw.

use std::time::Duration;

use serde_json::Value;
use sparhund_tests::api::Api;
use sparhund_tests::browser::Browser;
use sparhund_tests::page::{enrol_and_sign_in, handheld, place_label, scan_ok, to_tasks, wait_until_sent};
use sparhund_tests::scenario::Scenario;
use sparhund_tests::server::Server;

/// The announced lines of a logistic unit that holds one of them alone.
fn alone(deliveries: &Value) -> (Value, Value) {
    let rows = deliveries["rows"].as_array().expect("deliveries");
    for delivery in rows {
        let lines = delivery["lines"].as_array().expect("lines");
        for line in lines {
            let same = lines.iter().filter(|other| other["sscc"] == line["sscc"]).count();
            if same == 1 && line["units"].as_u64() > Some(1) {
                return (delivery.clone(), line.clone());
            }
        }
    }
    panic!("no unit with one line: {deliveries}");
}

/// Answers every question of the receiving check with yes.
async fn answer_checks(browser: &Browser) {
    let there = "return document.querySelector('[data-test=check-yes]') !== null";
    for _ in 0..8 {
        if browser.run(there).await != true {
            return;
        }
        browser.click("check-yes").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_received_offline_and_awaited_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    let api = Api::sign_in(&server.url(), "planerare", "planerare-nordmark");
    let (delivery, line) = alone(&api.get("/deliveries"));
    enrol_and_sign_in(&browser, &server, &scenario).await;
    server.kill_9();

    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let (no, unit) = (text(&delivery["no"]), text(&line["sscc"]));
    let units = line["units"].as_u64().expect("units");
    browser.click("task-receive").await;
    browser.find(&format!("announced-{no}")).await;
    handheld(&browser, "receipt-announced").await;
    browser.scan(&format!("]C100{unit}")).await;
    browser.find("receipt-unit").await;
    let gtin = text(&line["di"]).split_once(':').expect("an agency").1.to_owned();
    let expiry = text(&line["expiry"]).replace('-', "")[2..].to_owned();
    scan_ok(&browser, &format!("01{gtin}17{expiry}10{}", text(&line["lot"]))).await;
    let counts = |scanned: u64, told: u64, missing: u64| {
        format!(
            "[data-test=expected-{}][data-scanned=\"{scanned}\"][data-told=\"{told}\"][data-missing=\"{missing}\"]",
            line["line"]
        )
    };
    browser.find_css(&counts(1, 0, units - 1)).await;
    handheld(&browser, "receipt-lines").await;
    browser.click("told-unit").await;
    browser.find_css(&counts(1, units - 1, 0)).await;
    answer_checks(&browser).await;
    browser.scan(&place_label(&scenario.bin)).await;
    browser.find("place-name").await;
    browser.click("book").await;
    browser.find("undo").await;
    to_tasks(&browser).await;

    server.start_again();
    wait_until_sent(&browser).await;
    let api = Api::sign_in(&server.url(), "planerare", "planerare-nordmark");
    let (after, _) = alone(&api.get("/deliveries"));
    assert_eq!(after["received"]["units"], serde_json::json!([unit]), "{after}");
    let lot = text(&line["lot"]);
    let stock = api.get(&format!("/stock?lot={lot}"));
    let there: u64 = stock["rows"]
        .as_array()
        .expect("stock")
        .iter()
        .filter_map(|row| row["units"].as_u64())
        .sum();
    assert_eq!(there, units, "{stock}");
    browser.close().await;
}
