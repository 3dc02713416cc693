//! What a browser that was never here fetches before the page is ready.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::wire::Wire;
use crate::browser::Browser;

/// Files of the camera, which the page fetches when it opens.
const CAMERA: [&str; 3] = ["decode", "second-reader", "zxing/"];
/// After the page is ready the service worker fetches what is not here yet.
const AFTER: Duration = Duration::from_secs(3);

/// Bytes as they came over the wire, head and body.
#[derive(Clone, Default, Debug)]
pub struct Bytes {
    /// By file, without those of the camera.
    pub files: BTreeMap<String, u64>,
    /// Of the camera, and what the service worker asked about again.
    pub afterwards: u64,
    /// How bodies were packed.
    pub packed: BTreeSet<String>,
}

impl Bytes {
    /// All files.
    pub fn sum(&self) -> u64 {
        self.files.values().sum()
    }
}

/// Fetches the page with an empty profile. `None` with a printed word where there is no browser.
pub async fn fetched(profile: &Path, address: &str) -> Option<Bytes> {
    let browser = Browser::open(profile).await?;
    let mut wire = Wire::connect(profile, &["Network", "Runtime"]).await;
    let page = wire.target("page").await;
    let to = json!({"url": address});
    wire.ask(Some(&page.session), "Page.navigate", to)
        .await
        .expect("the page");
    let ready = "document.querySelector('[data-state=\"ready\"] [data-test=\"enrol-code\"]') !== null";
    while wire.run(&page.session, ready).await != true {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(AFTER).await;
    let mut bytes = Bytes::default();
    let mut files = BTreeMap::new();
    while let Ok(heard) = wire.heard.try_recv() {
        let request = (heard.session.clone(), heard.params["requestId"].to_string());
        match heard.method.as_str() {
            "Network.requestWillBeSent" => {
                let url = heard.params["request"]["url"].as_str().unwrap_or_default();
                // A browser that starts has pages of its own.
                if let Some(file) = url.strip_prefix(address) {
                    files.insert(request, file.to_owned());
                }
            }
            "Network.responseReceived" if files.contains_key(&request) => {
                let headers = &heard.params["response"]["headers"];
                let packed = headers["content-encoding"].as_str().unwrap_or("as it is");
                bytes.packed.insert(packed.to_owned());
            }
            "Network.loadingFinished" => {
                let Some(file) = files.get(&request) else { continue };
                let length = heard.params["encodedDataLength"].as_f64().unwrap_or_default();
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a number of bytes"
                )]
                let length = length as u64;
                let by_page = wire
                    .of(&heard.session)
                    .is_some_and(|target| target.kind != "service_worker");
                if by_page && !CAMERA.iter().any(|camera| file.starts_with(camera)) {
                    let name = if file.is_empty() { "(the page)" } else { file };
                    *bytes.files.entry(name.to_owned()).or_default() += length;
                } else {
                    bytes.afterwards += length;
                }
            }
            _ => {}
        }
    }
    browser.close().await;
    Some(bytes)
}
