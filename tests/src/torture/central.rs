//! The central server that the site under test exchanges with, behind a faulty network of its own.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;
use sparhund_shared::log::Head;

use super::export::Export;
use super::proxy::Proxy;
use super::served::{Served, command, command_told, text};
use crate::api::Api;

/// The longest the two may take to hold the same once nothing is at fault.
const PATIENCE: Duration = Duration::from_mins(2);

/// Of the administrator that it begins with; the site brings its own people with it.
const ADMIN: (&str, &str) = ("chef", "chefen-har-en-lång-mening");

/// The central server.
#[derive(Debug)]
pub struct Central {
    /// Its process and data.
    pub served: Served,
    /// The network between the site and it.
    pub link: Proxy,
    /// Its backups, the oldest first.
    pub backups: Vec<PathBuf>,
}

impl Central {
    /// Makes an empty region and lets the site join it through the network that `link` makes to a port.
    pub fn joined_by(site: &Served, folder: &Path, link: impl FnOnce(u16) -> Proxy) -> Self {
        let data = folder.join("central");
        let mut served = Served::made(&data, &["--region", "Region Nordmark"]);
        let (login, password) = ADMIN;
        command_told(
            &[
                "user",
                "add",
                "--data",
                text(&data),
                "--name",
                "Chef",
                "--role",
                "admin",
                "--password-stdin",
                login,
            ],
            password,
        )
        .expect("an administrator");
        served.start();
        let link = link(served.port());
        let admin = Api::sign_in(&served.url(), login, password);
        let issued = admin.post("/sites", &json!({"name": "Väster"}));
        let code = issued["code"].as_str().expect("a code");
        let join = [
            "join",
            "--data",
            text(site.data()),
            "--central",
            &link.url(),
            "--code",
            code,
        ];
        // The link may be cut in the middle, before or after the code was used up: the same command goes on.
        let joined = (0..20).find_map(|_| match command(&join) {
            Err(told) if told.contains("was not reached") => None,
            ended => Some(ended),
        });
        joined
            .expect("the link is not always cut")
            .expect("the site joins");
        Self {
            served,
            link,
            backups: Vec::new(),
        }
    }

    /// Waits until both say that they hold the same, a while after the last fault.
    ///
    /// # Errors
    /// What it says of the site when they do not come to it.
    pub fn settle(&self) -> Result<(), String> {
        let begun = Instant::now();
        let admin = Api::sign_in(&self.served.url(), ADMIN.0, ADMIN.1);
        let heard_after = admin.get("/sites")[0]["seen_at"].as_i64().unwrap_or(0);
        let mut same = 0;
        loop {
            let sites = admin.get("/sites");
            let site = &sites[0];
            let heard = site["seen_at"].as_i64().unwrap_or(0) > heard_after;
            same = if heard && site["behind"] == 0 { same + 1 } else { 0 };
            if same >= 10 {
                return Ok(());
            }
            if begun.elapsed() > PATIENCE {
                return Err(format!("the two servers do not come to hold the same: {site}"));
            }
            std::thread::sleep(Duration::from_millis(300));
        }
    }

    /// What it holds in the end; it is killed for that.
    ///
    /// # Errors
    /// What `verify-log` or `rebuild` said against it.
    pub fn told(&mut self, folder: &Path) -> Result<HashSet<Head>, String> {
        self.served.kill_9();
        let export = Export::of(self.served.data(), &folder.join("central.log"))?;
        match command(&["rebuild", "--data", text(self.served.data())])? {
            told if told.contains("every table was as it should be") => Ok(export.places()),
            told => Err(format!("rebuild of the central server: {told}")),
        }
    }
}
