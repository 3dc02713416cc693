//! What is done on the way to a screen.

use std::time::Duration;

use serde_json::json;

use crate::api::Api;
use crate::page::{place_label, to_tasks, wait_for_unsent, wait_until_sent};
use crate::scenario::{LOGIN, ORDER};

use super::Walk;

/// What is scanned.
#[derive(Clone, Copy, Debug)]
pub enum Label {
    /// The first lot of the scenario, its second lot, its serial.
    LotA,
    /// The lot that expires later.
    LotB,
    /// The serial.
    Serial,
    /// A lot of the same article that has expired.
    Expired,
    /// A lot whose scanner seems to have lost the separator behind it.
    LostSeparator,
    /// A bin of the warehouse.
    Bin,
    /// The ward of the order.
    Ward,
    /// Another ward.
    OtherWard,
    /// These characters.
    Text(&'static str),
}

/// One step. Names are those of `data-test`.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Taps it. `ORDER` in the name is the order of the scenario.
    Tap(&'static str),
    /// Types into it, slowly enough not to be a scan.
    Type(&'static str, &'static str),
    /// Types the code that the server gave for this device.
    TypeCode(&'static str),
    /// Pulls the trigger.
    Scan(Label),
    /// Waits until it is there.
    Wait(&'static str),
    /// Waits for a CSS selector.
    See(&'static str),
    /// Brings it to the top of what scrolls.
    Show(&'static str),
    /// Back to the list of tasks.
    Home,
    /// The network goes, and the server with it: the browser cuts off the page and not its worker.
    Offline,
    /// The network comes, and everything is sent.
    Online,
    /// Waits until so many records wait to be sent.
    Unsent(u32),
    /// Waits until the last booking can no longer be taken back.
    BookingIsOld,
    /// Loads the page again.
    Reload,
    /// The administrator closes the account of whoever works here, and the device hears of it.
    CloseAccount,
    /// The administrator revokes the device, and the device hears of it.
    RevokeDevice,
}

impl Label {
    fn text(self, walk: &Walk) -> String {
        let scenario = &walk.scenario;
        match self {
            Self::LotA => format!("]d2{}", scenario.label_a()),
            Self::LotB => format!("]d2{}", scenario.label_b()),
            Self::Serial => format!("]d2{}", scenario.label_serial()),
            Self::Expired => format!("]d201{}1724013110OLD-1", scenario.lot_gtin),
            Self::LostSeparator => format!("]d201{}10EARLY17270331", scenario.lot_gtin),
            Self::Bin => place_label(&scenario.bin),
            Self::Ward => place_label(&scenario.ward),
            Self::OtherWard => place_label(&scenario.other_ward),
            Self::Text(text) => text.to_owned(),
        }
    }
}

/// So long the page says that a booking may be taken back, and a little more.
const OLD: Duration = Duration::from_secs(11);

impl Step {
    /// Does it.
    pub(super) async fn take(self, walk: &Walk) {
        let browser = &walk.browser;
        match self {
            Self::Tap(name) => browser.click(&named(name)).await,
            Self::Type(name, text) => browser.fill(name, text).await,
            Self::TypeCode(name) => browser.fill(name, &walk.scenario.code).await,
            Self::Scan(label) => browser.scan(&label.text(walk)).await,
            Self::Wait(name) => drop(browser.find(&named(name)).await),
            Self::See(selector) => drop(browser.find_css(selector).await),
            Self::Show(name) => {
                browser.find(name).await;
                let script = format!(
                    "const part = document.querySelector('[data-test=\"{name}\"]'); \
                     (part.closest('section') ?? part).scrollIntoView({{block: 'start'}})"
                );
                browser.run(&script).await;
            }
            Self::Home => to_tasks(browser).await,
            Self::Offline => {
                walk.server.lock().expect("one walker").kill_9();
                browser.network(false).await;
                browser
                    .find_css("[data-test=\"status-line\"][data-online=\"false\"]")
                    .await;
            }
            Self::Online => {
                walk.server.lock().expect("one walker").start_again();
                browser.network(true).await;
                wait_until_sent(browser).await;
            }
            Self::Unsent(records) => wait_for_unsent(browser, records).await,
            Self::BookingIsOld => tokio::time::sleep(OLD).await,
            Self::Reload => browser.client.refresh().await.expect("the page again"),
            Self::CloseAccount => {
                let admin = admin(walk);
                let users = admin.get("/users");
                let users = users.as_array().expect("people");
                let own = users.iter().find(|user| user["login"] == LOGIN);
                let id = own.expect("their account")["id"].as_str().expect("an id");
                admin.put(&format!("/users/{id}/active"), &json!({"active": false}));
                sync(walk).await;
            }
            Self::RevokeDevice => {
                let admin = admin(walk);
                let devices = admin.get("/devices");
                let id = devices[0]["id"].as_str().expect("an id");
                admin.post(&format!("/devices/{id}/revoke"), &json!({}));
                sync(walk).await;
            }
        }
    }
}

/// The order of the scenario stands in some names.
fn named(name: &str) -> String {
    name.replace("ORDER", ORDER)
}

fn admin(walk: &Walk) -> Api {
    Api::sign_in(
        &walk.server.lock().expect("one walker").url(),
        "admin",
        "admin-nordmark",
    )
}

/// The device asks the server at once, as after a tunnel.
async fn sync(walk: &Walk) {
    walk.browser.network(false).await;
    walk.browser.network(true).await;
}
