//! A server, a browser, and the walk itself.

use std::path::Path;
use std::sync::Mutex;

use sparhund_shared::text::Lang;

use crate::browser::Browser;
use crate::scenario::Scenario;
use crate::server::Server;

use super::look::USUAL;
use super::rows::{ROWS, Row};
use super::step::Step;

/// Somebody on their way through the page.
#[derive(Debug)]
pub struct Walk {
    /// The browser.
    pub browser: Browser,
    /// The demo region.
    pub server: Mutex<Server>,
    /// What was added to it.
    pub scenario: Scenario,
}

/// The row at which somebody can choose a language.
const SIGNED_IN: &str = "tasks";

const IN_ENGLISH: [Step; 4] = [
    Step::Tap("settings-open"),
    Step::Tap("lang-en"),
    Step::Tap("back"),
    Step::Wait("task-receive"),
];

impl Walk {
    /// At the door: a page that is not enrolled yet. `None` with a printed word where there is no browser.
    pub async fn begin(folder: &Path) -> Option<Self> {
        let browser = Browser::open(&folder.join("profile")).await?;
        let server = Server::demo(&folder.join("data"));
        let scenario = Scenario::prepare(&server);
        USUAL.put_on(&browser).await;
        let page = format!("{}/app/", server.url());
        browser.client.goto(&page).await.expect("the page");
        Some(Self {
            browser,
            server: Mutex::new(server),
            scenario,
        })
    }

    /// Goes through every row in a language and calls `look` at each.
    pub async fn go(&self, language: Lang, mut look: impl AsyncFnMut(&Self, &Row)) {
        for row in ROWS {
            for step in row.way {
                step.take(self).await;
            }
            if (row.name, language) == (SIGNED_IN, Lang::En) {
                for step in IN_ENGLISH {
                    step.take(self).await;
                }
            }
            look(self, row).await;
        }
    }
}
