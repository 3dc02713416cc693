//! What a person does in a deed on the handheld page, and goods of the demo region to do it with.

use std::time::Duration;

use serde_json::Value;

use crate::api::Api;
use crate::browser::Browser;
use crate::page::said;
use crate::server::Server;
use crate::symbols::GS;

/// A serial of the demo region.
#[derive(Debug)]
pub struct Unit {
    /// Its article's name.
    pub name: String,
    /// GTIN of its base unit.
    pub gtin: String,
    /// Its serial.
    pub serial: String,
    /// Element string on its label, with the AIM identifier.
    pub label: String,
}

/// A unit of an article of the demo region, labelled as it was received.
pub fn unit(server: &Server, article: &str, serial: &str) -> Unit {
    let quality = quality(server);
    let article = quality.get(&format!("/articles/{article}"));
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let di = text(&article["packagings"][0]["di"]);
    let gtin = di.strip_prefix("GS1:").expect("a GTIN").to_owned();
    let trace = quality.get(&format!("/trace?di={di}&serial={serial}"));
    let came = &trace["history"][0];
    let expiry = came["expiry"].as_str().map_or_else(String::new, |date| {
        format!("17{}", date.get(2..).expect("a date").replace('-', ""))
    });
    let lot = came["unit"]["lot"]
        .as_str()
        .map_or_else(String::new, |lot| format!("10{lot}{GS}"));
    Unit {
        name: text(&article["name"]),
        label: format!("]d201{gtin}{expiry}{lot}21{serial}"),
        gtin,
        serial: serial.to_owned(),
    }
}

/// Code of a place of the demo region by its name.
pub fn place(server: &Server, name: &str) -> String {
    let places = quality(server).get("/places");
    let mut all = places.as_array().expect("places").iter();
    let found = all.find(|place| place["name"] == name);
    found
        .and_then(|place| place["code"].as_str())
        .unwrap_or_else(|| panic!("no place {name}"))
        .to_owned()
}

/// A quality officer, who may trace.
pub fn quality(server: &Server) -> Api {
    Api::sign_in(&server.url(), "kvalitet", "kvalitet-nordmark")
}

/// Where a unit is by the books, and in what state.
pub fn stands(server: &Server, unit: &Unit) -> Vec<(String, String)> {
    let trace = quality(server).get(&format!("/trace?di=GS1:{}&serial={}", unit.gtin, unit.serial));
    let now = trace["now"].as_array().expect("where it is now").iter();
    now.filter(|row| row["units"] != 0)
        .map(|row| (row["place"].as_str(), row["status"].as_str()))
        .map(|(place, status)| {
            (
                place.expect("a place").to_owned(),
                status.expect("a state").to_owned(),
            )
        })
        .collect()
}

/// Waits until an element says this.
pub async fn says(browser: &Browser, name: &str, words: &str) {
    let mut text = String::new();
    for _ in 0..150 {
        text = said(browser, name).await;
        if text.contains(words) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let page = browser.run("return document.body.innerText").await;
    panic!("{name} says {text:?}, not {words:?}; the page shows {page}");
}
