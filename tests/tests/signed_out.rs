//! Nobody is signed out without a word: not with goods in the basket, and not when their account was closed.

use serde_json::json;
use sparhund_tests::api::Api;
use sparhund_tests::browser::Browser;
use sparhund_tests::page::{basket_entries, begin_receipt, enrol_and_sign_in, said, scan_ok};
use sparhund_tests::scenario::{LOGIN, Scenario};
use sparhund_tests::server::Server;

#[tokio::test(flavor = "multi_thread")]
async fn a_basket_and_a_closed_account_are_told_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    begin_receipt(&browser).await;
    scan_ok(&browser, &scenario.label_a()).await;
    browser.click("settings-open").await;
    browser.click("sign-out").await;
    browser.find("sign-out-question").await;
    let asked = said(&browser, "sign-out-question").await;
    assert!(asked.contains("1 st i korgen är inte bokfört"), "{asked}");
    browser.click("sign-out-stay").await;
    browser.click("back").await;
    browser.find("item-lot").await;
    assert_eq!(basket_entries(&browser).await, 1, "nobody was signed out");

    let admin = Api::sign_in(&server.url(), "admin", "admin-nordmark");
    let users = admin.get("/users");
    let users = users.as_array().expect("people");
    let own = users
        .iter()
        .find(|user| user["login"] == LOGIN)
        .expect("an account");
    let id = own["id"].as_str().expect("an id");
    admin.put(&format!("/users/{id}/active"), &json!({"active": false}));
    browser.click("settings-open").await;
    browser.click("sync-now").await;
    browser.find("account-closed").await;
    let told = said(&browser, "account-closed").await;
    assert!(
        told.contains("Spår Hundsson") && told.contains("stängt"),
        "{told}"
    );
    browser.find("login").await;
    browser.close().await;
}
