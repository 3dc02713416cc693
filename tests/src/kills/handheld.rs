//! A browser on one profile, and what is done to it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sparhund_shared::wire::OutboxFile;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::browser::Browser;
use crate::devtools::DevTools;
use crate::page::{enrol_and_sign_in, place_label};
use crate::scenario::Scenario;
use crate::server::Server;

/// So long a page may take to open its store on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_mins(1);

/// Receives and tells; see the file.
const WORK: &str = include_str!("work.js");

/// Taps the button that saves, and gives the bytes that the browser was handed.
const SAVE: &str = "
    const done = arguments[arguments.length - 1];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
        URL.createObjectURL = make;
        const reader = new FileReader();
        reader.onload = () => done(reader.result.split(',')[1]);
        reader.readAsDataURL(blob);
        return make.call(URL, blob);
    };
    document.querySelector('[data-test=\"outbox-save\"]').click();";

/// The device.
#[derive(Debug)]
pub struct Handheld {
    profile: PathBuf,
    address: String,
}

impl Handheld {
    /// A new device: enrolled, somebody signed in, a goods receipt open. `None` with a printed word where there is no browser.
    pub async fn begin(folder: &Path, server: &Server, scenario: &Scenario) -> Option<Self> {
        let profile = folder.join("profile");
        let browser = Browser::open(&profile).await?;
        enrol_and_sign_in(&browser, server, scenario).await;
        browser.click("task-receive").await;
        browser.fill("receive-supplier", "Provbolaget AB").await;
        browser.click("receive-start").await;
        browser.find("typed-open").await;
        // The page itself comes from the device from now on.
        let worker = "const done = arguments[0]; navigator.serviceWorker.ready.then(() => done(true));";
        browser.run_later(worker, Vec::new()).await;
        browser.close().await;
        Some(Self {
            profile,
            address: format!("{}/app/", server.url()),
        })
    }

    /// Starts the browser and gives it the page's address, without waiting for the page.
    pub async fn start(&self) -> Browser {
        let browser = Browser::open(&self.profile).await.expect("the browser again");
        // Files that are saved come another way.
        let denied = json!({"behavior": "deny"});
        browser.cdp("Browser.setDownloadBehavior", denied).await;
        browser
            .client
            .goto(&self.address)
            .await
            .expect("the page comes from the device");
        browser
    }

    /// Begins to receive serials from a number on; what the page shows as booked is heard until the browser dies.
    pub async fn work(
        &self,
        browser: &Browser,
        scenario: &Scenario,
        first: u64,
    ) -> UnboundedReceiver<String> {
        browser.find("typed-open").await;
        let (gtin, place) = (json!(scenario.serial_gtin), json!(place_label(&scenario.bin)));
        let script = format!(
            "({})({first}, {gtin}, {place})",
            WORK.split_once('\n').expect("a comment").1
        );
        DevTools::connect(&self.profile).await.hear("told", &script).await
    }

    /// Whether the page is ready for work before long; what it shows when it is not.
    ///
    /// # Errors
    /// What the page shows.
    pub async fn is_open(&self, browser: &Browser) -> Result<(), String> {
        const READY: &str = "return document.querySelector('[data-test=\"typed-open\"]') !== null";
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if browser.run(READY).await == true {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Err(browser.run("return document.body.innerText").await.to_string())
    }

    /// What the device saves to a file: everything that the server has not acknowledged. `None` when nothing waits.
    pub async fn saved(&self, browser: &Browser) -> Option<OutboxFile> {
        browser.click("settings-open").await;
        browser.find("persisted").await;
        let waits = "return document.querySelector('[data-test=\"outbox-save\"]') !== null";
        if browser.run(waits).await == false {
            browser.click("back").await;
            return None;
        }
        let bytes = browser.run_later(SAVE, Vec::new()).await;
        let bytes = STANDARD.decode(bytes.as_str().expect("base64")).expect("base64");
        // The page takes a tap so soon in the same place for one of the same finger.
        tokio::time::sleep(Duration::from_millis(50)).await;
        browser.click("back").await;
        Some(OutboxFile::read(&bytes).expect("a file as the device writes it"))
    }
}
