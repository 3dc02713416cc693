//! An aid goes round without network: lent, fetched, cleaned, inspected, repaired, lent no more.

use sparhund_tests::browser::Browser;
use sparhund_tests::deeds::{place, quality, says, stands, unit};
use sparhund_tests::page::{enrol_and_sign_in, handheld, place_label, wait_for_unsent, wait_until_sent};
use sparhund_tests::scenario::Scenario;
use sparhund_tests::server::Server;

const NUMBER: &str = "191212121212";

#[tokio::test(flavor = "multi_thread")]
async fn an_aid_goes_round_and_is_scrapped_without_network() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    let articles = quality(&server).get("/articles?text=Rullstol&limit=10");
    let chairs = articles["rows"].as_array();
    let chair = chairs.expect("articles")[0]["no"]
        .as_str()
        .expect("a number")
        .to_owned();
    let number: u32 = chair["NM-".len()..].parse().expect("digits");
    let chair = unit(&server, &chair, &format!("SN{:03}-0001", number - 10_001));
    let back = place(&server, "C-01-01");
    assert_eq!(stands(&server, &chair).len(), 1);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    server.kill_9();
    browser.network(false).await;

    browser.click("deed-aid").await;
    // Each: the state the scan shows, the step that is chosen, and how many records there are then.
    let steps = [
        ("I lager", "lend"),
        ("Utlånat", "order-pick-up"),
        ("Hämtning beställd", "take-back"),
        ("Tillbaka, ska rengöras", "clean"),
        ("Rengörs", "inspect"),
        ("Väntar på kontroll", "repair"),
        ("På verkstad", "inspect"),
        ("Väntar på kontroll", "to-stock"),
        ("I lager", "repair"),
        ("På verkstad", "scrap"),
    ];
    for (at, (state, way)) in (1..).zip(steps) {
        // One unit scanned twice within a second is one scan.
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        browser.scan(&chair.label).await;
        // The status line above has a state too.
        let shown = "return document.querySelector('.work [data-test=state]')?.innerText ?? ''";
        let mut said = String::new();
        for _ in 0..100 {
            said = browser.run(shown).await.as_str().unwrap_or_default().to_owned();
            if said == state {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_eq!(said, state, "before step {at}");
        if at == 1 {
            handheld(&browser, "70-aid-ways").await;
        }
        browser.click(&format!("way-{way}")).await;
        match way {
            "lend" => {
                says(&browser, "asked", "Skanna brukarens armband").await;
                browser.scan(NUMBER).await;
            }
            "take-back" | "to-stock" => {
                says(&browser, "asked", "Skanna platsen").await;
                browser.scan(&place_label(&back)).await;
            }
            "scrap" => browser.click("reason-worn_out").await,
            _ => {}
        }
        wait_for_unsent(&browser, at).await;
    }
    handheld(&browser, "71-aid-scrapped").await;
    let page = browser.run("return document.documentElement.outerHTML").await;
    assert!(!page.to_string().contains("1212121212"));

    server.start_again();
    browser.network(true).await;
    wait_until_sent(&browser).await;
    assert_eq!(stands(&server, &chair), [(back, "destroyed".to_owned())]);
    let trace = quality(&server).get(&format!("/trace?di=GS1:{}&serial={}", chair.gtin, chair.serial));
    let history = trace["history"].as_array().expect("history");
    let told: Vec<&str> = history[1..]
        .iter()
        .filter_map(|event| event["step"].as_str())
        .collect();
    assert_eq!(
        told,
        [
            "lending",
            "collecting",
            "collecting",
            "cleaning",
            "inspecting",
            "repairing",
            "inspecting",
            "inspecting",
            "repairing",
            "destroying",
        ]
    );
    browser.close().await;
}
