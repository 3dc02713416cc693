//! Promise by promise in a real Chromium: enrol, lose the network, work, come back, and every unit is where it was
//! put, once.

use std::path::Path;
use std::time::{Duration, Instant};

use sparhund_tests::browser::Browser;
use sparhund_tests::page::{
    basket_entries, enrol_and_sign_in, handheld, pictures, place_label, scan_ok, to_tasks, wait_for_unsent,
    wait_until_sent,
};
use sparhund_tests::scenario::{LOT_A, LOT_B, ORDER, SERIAL, Scenario, UNITS_A, UNITS_B};
use sparhund_tests::server::Server;
use sparhund_tests::symbols::{GS, gs1_datamatrix_png};

async fn set_quantity(browser: &Browser, units: u32) {
    browser.fill("quantity", &units.to_string()).await;
}

async fn receive(browser: &Browser, scenario: &Scenario, picture: &Path) {
    browser.click("task-receive").await;
    browser.fill("receive-supplier", "Provbolaget AB").await;
    // A scan with the cursor still in the field is not a name, and its Enter does not start the receipt.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let field = browser.find("receive-supplier").await;
    field
        .send_keys(&format!("]d2{}\n", scenario.label_serial().replace(GS, "")))
        .await
        .expect("a field");
    browser.find("problem").await;
    let supplier = "return document.querySelector('[data-test=\"receive-supplier\"]').value";
    assert_eq!(browser.run(supplier).await, "Provbolaget AB");
    browser.click("receive-start").await;
    scan_ok(browser, &scenario.label_a()).await;
    set_quantity(browser, UNITS_A).await;
    handheld(browser, "04-receive-ok").await;

    // The second lot by a picture of its DataMatrix, through the decoder module.
    gs1_datamatrix_png(&scenario.label_b(), picture);
    browser.click("camera-open").await;
    let file = browser.find("camera-file").await;
    file.send_keys(&picture.display().to_string())
        .await
        .expect("a picture for the camera");
    browser.find_css("[data-test=\"item-lot\"]").await;
    let end = Instant::now() + Duration::from_secs(20);
    while browser.text("item-lot").await.trim() != LOT_B {
        assert!(
            Instant::now() < end,
            "the picture was not read: {}",
            browser.text("item-lot").await
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    set_quantity(browser, UNITS_B).await;

    scan_ok(browser, &scenario.label_serial()).await;
    assert_eq!(
        browser.text("item-serial").await.trim(),
        SERIAL,
        "the separator came through"
    );

    browser.scan(&place_label(&scenario.bin)).await;
    browser.find("place-name").await;
    handheld(browser, "05-receive-place").await;
    browser.click("book").await;
    wait_for_unsent(browser, 3).await;
    to_tasks(browser).await;
}

async fn pick(browser: &Browser, scenario: &Scenario) {
    browser.click("task-pick").await;
    handheld(browser, "06-orders").await;
    browser.click(&format!("order-{ORDER}")).await;
    handheld(browser, "07-pick-lines").await;

    // Something that is not on the order: STOP over the whole screen, gone only by a deliberate tap.
    browser.scan("]d201040063813339311728013110FEL").await;
    browser
        .find_css("[data-test=\"verdict\"][data-verdict=\"stop\"]")
        .await;
    handheld(browser, "08-stop").await;
    assert_eq!(
        browser.text("verdict-close").await.trim(),
        "Jag har lagt tillbaka varan",
        "sound goods go back, not aside"
    );
    // What is scanned meanwhile is not taken, and the STOP says so.
    browser.scan(&format!("]d2{}", scenario.label_a())).await;
    browser.find("stop-missed").await;
    assert_eq!(basket_entries(browser).await, 0, "nothing gets past a STOP");
    shows_the_code(browser, "]d201040063813339311728013110FEL").await;
    pictures(browser, "08a-stop-code", (1280, 800)).await;
    handheld(browser, "08a-stop-code").await;
    browser.click("verdict-close").await;

    // A code that cannot be read: one sentence, and the code itself one tap away.
    browser.scan("]d20107350000000109").await;
    shows_the_code(browser, "]d20107350000000109").await;
    let said = browser.text("problem").await;
    assert!(said.contains("Koden går inte att läsa"), "{said}");
    assert!(said.contains("skanna igen"), "{said}");
    handheld(browser, "08b-refused").await;
    // One that was typed is put right, not typed again.
    let typed = "(01)07350000000109(10)A";
    browser.click("typed-open").await;
    browser.fill("typed-input", typed).await;
    browser.click("typed-submit").await;
    shows_the_code(browser, typed).await;
    // Whoever has read the sentence closes it first.
    browser
        .run("document.querySelector('.notice-close').click()")
        .await;
    browser.click("typed-open").await;
    let kept = "return document.querySelector('[data-test=typed-input]').value";
    assert_eq!(browser.run(kept).await, typed);

    browser.scan(&place_label(&scenario.bin)).await;
    scan_ok(browser, &scenario.label_a()).await;
    // Too many typed, and the large button at once: the count is stopped, and nothing is booked.
    browser.find("quantity").await;
    browser
        .run(
            "const count = document.querySelector('[data-test=\"quantity\"]');
             count.value = '999';
             count.dispatchEvent(new Event('input', { bubbles: true }));
             document.querySelector('[data-test=\"book\"]').click();",
        )
        .await;
    browser
        .find_css("[data-test=\"verdict\"][data-verdict=\"stop\"]")
        .await;
    browser.click("verdict-close").await;
    wait_for_unsent(browser, 3).await;
    assert_eq!(
        basket_entries(browser).await,
        1,
        "the goods wait for a right count"
    );
    set_quantity(browser, UNITS_A).await;
    scan_ok(browser, &scenario.label_b()).await;
    set_quantity(browser, UNITS_B).await;
    scan_ok(browser, &scenario.label_serial()).await;
    handheld(browser, "09-pick-serial").await;
    browser.click("book").await;
    wait_for_unsent(browser, 6).await;
    to_tasks(browser).await;
}

/// The code that was refused is one tap away.
async fn shows_the_code(browser: &Browser, code: &str) {
    // The notice about the code before may still stand.
    let told = "return document.querySelector('[data-test=refused-code]')?.textContent.trim() ?? ''";
    for _ in 0..100 {
        if browser.run(told).await == code {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // It stays open from one refusal to the next.
    let open = "return document.querySelector('.refused-code').open";
    if browser.run(open).await == false {
        browser.click("show-code").await;
    }
    assert_eq!(browser.text("refused-code").await.trim(), code);
    assert_eq!(
        browser.run(IN_VIEW).await,
        true,
        "whoever tapped sees the code without looking for it"
    );
}

/// Whether the middle of the code is drawn, on the window and under nothing else.
const IN_VIEW: &str = "
    const code = document.querySelector('[data-test=refused-code]');
    const box = code.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return code.contains(at) || at?.contains(code) === true && box.bottom <= innerHeight;
";

async fn deliver(browser: &Browser, scenario: &Scenario) {
    browser.click("task-deliver").await;
    browser.click(&format!("order-{ORDER}")).await;
    browser.scan(&place_label(&scenario.other_ward)).await;
    browser
        .find_css("[data-test=\"verdict\"][data-verdict=\"stop\"]")
        .await;
    handheld(browser, "10-wrong-ward").await;
    browser.click("verdict-close").await;
    browser.scan(&place_label(&scenario.ward)).await;
    handheld(browser, "11-deliver").await;
    browser.click("ship").await;
    wait_for_unsent(browser, 9).await;
    to_tasks(browser).await;
}

async fn confirm(browser: &Browser, scenario: &Scenario) {
    browser.click("task-confirm").await;
    browser.click(&format!("delivery-{ORDER}")).await;
    scan_ok(browser, &scenario.label_serial()).await;
    browser.click("confirm-all").await;
    // Nothing is booked yet: the page says so, and one button is left.
    browser.find("not-booked").await;
    let again = "return document.querySelector('[data-test=\"confirm-all\"]') === null";
    assert_eq!(browser.run(again).await, true);
    handheld(browser, "12-confirm").await;
    browser.click("book").await;
    wait_for_unsent(browser, 12).await;
    to_tasks(browser).await;
}

/// Cells of the table that shows every unit once.
async fn each_unit(browser: &Browser) -> Vec<Vec<String>> {
    let script = "
        const table = [...document.querySelectorAll('table')]
            .find((table) => table.caption && table.caption.textContent === 'Varje enhet');
        return [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));";
    serde_json::from_value(browser.run(script).await).expect("rows of text")
}

async fn trace_page(browser: &Browser, server: &Server, scenario: &Scenario) {
    browser.view(1280, 800, "light").await;
    browser
        .client
        .goto(&format!("{}/console/", server.url()))
        .await
        .expect("the console");
    browser
        .find_css("input[name=login]")
        .await
        .send_keys("kvalitet")
        .await
        .expect("a login");
    browser
        .find_css("input[name=password]")
        .await
        .send_keys("kvalitet-nordmark\n")
        .await
        .expect("a password");
    browser.find_css("form[action$=\"sign-out\"]").await;
    for (gtin, field, value, units) in [
        (&scenario.serial_gtin, "serial", SERIAL, 1),
        (&scenario.lot_gtin, "lot", LOT_B, UNITS_B),
        (&scenario.lot_gtin, "lot", LOT_A, UNITS_A),
    ] {
        let query = format!("product={gtin}&{field}={}", value.replace('/', "%2F"));
        browser
            .client
            .goto(&format!("{}/console/trace?{query}", server.url()))
            .await
            .expect("the trace page");
        browser.find_css("svg").await;
        let rows = each_unit(browser).await;
        assert_eq!(rows.len(), 1, "{value} once: {rows:?}");
        for cell in [value, &scenario.ward_name, "på plats", &units.to_string()] {
            assert!(
                rows[0].iter().any(|shown| shown.contains(cell)),
                "{cell}: {rows:?}"
            );
        }
        let text = browser.run("return document.body.innerText").await;
        assert!(
            text.as_str().is_some_and(|text| text.contains("Summan stämmer")),
            "the figures add up: {text}"
        );
    }
    pictures(browser, "20-trace", (1280, 800)).await;
    handheld(browser, "21-trace").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_unit_survives_a_shift_without_network() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(&folder.path().join("profile")).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;

    // Out of Wi-Fi range, and nobody at the other end either.
    server.kill_9();
    browser.network(false).await;
    browser
        .client
        .refresh()
        .await
        .expect("the page comes from the device");
    browser.find("task-receive").await;
    browser
        .find_css("[data-test=\"status-line\"][data-online=\"false\"]")
        .await;
    handheld(&browser, "03-offline").await;

    receive(&browser, &scenario, &folder.path().join("label.png")).await;
    pick(&browser, &scenario).await;
    // A reload in the middle of the work, still offline.
    browser
        .client
        .refresh()
        .await
        .expect("the page comes from the device");
    deliver(&browser, &scenario).await;
    confirm(&browser, &scenario).await;
    handheld(&browser, "13-unsent").await;

    // Back in range: nobody presses anything.
    server.start_again();
    browser.network(true).await;
    wait_until_sent(&browser).await;
    scenario.check_trace(&server);
    trace_page(&browser, &server, &scenario).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_browser_loses_nothing_it_said_was_booked() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path().join("profile");
    let Some(browser) = Browser::open(&profile).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let scenario = Scenario::prepare(&server);
    enrol_and_sign_in(&browser, &server, &scenario).await;
    server.kill_9();
    receive(&browser, &scenario, &folder.path().join("label.png")).await;
    browser
        .find_css("[data-test=\"status-line\"]:not([data-unsent=\"0\"])")
        .await;
    browser.kill_9();

    server.start_again();
    let browser = Browser::open(&profile).await.expect("the browser again");
    browser
        .client
        .goto(&format!("{}/app/", server.url()))
        .await
        .expect("the page");
    wait_until_sent(&browser).await;
    browser.close().await;
    let received = format!("/trace?di=GS1:{}&serial={SERIAL}", scenario.serial_gtin);
    let quality = sparhund_tests::api::Api::sign_in(&server.url(), "kvalitet", "kvalitet-nordmark");
    let now = quality.get(&received)["now"].clone();
    assert_eq!(now.as_array().map(Vec::len), Some(1), "{now}");
    assert_eq!(
        (&now[0]["units"], &now[0]["place"]),
        (&1.into(), &scenario.bin.as_str().into())
    );
}

#[test]
fn the_serial_label_needs_its_separator() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join("label.png");
    gs1_datamatrix_png(&format!("010400638133393110IMP5{GS}21{SERIAL}"), &picture);
    let luma = sparhund_decoder::open(&picture).expect("a picture");
    let symbols = sparhund_decoder::Scanner::default().still(&luma);
    let texts: Vec<_> = symbols.iter().map(sparhund_decoder::Symbol::wedge_text).collect();
    assert_eq!(
        texts,
        [format!("]d2010400638133393110IMP5{GS}21{SERIAL}").into_bytes()]
    );
}
