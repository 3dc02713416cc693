//! An implant without network: the wristband is sealed at once, the card says what is known, and only the patient-link service
//! makes a token of the seal.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use sparhund_tests::api::Api;
use sparhund_tests::browser::Browser;
use sparhund_tests::deeds::{Unit, place, quality, says, stands, unit};
use sparhund_tests::page::{
    enrol_and_sign_in, handheld, pictures, place_label, scan_ok, to_tasks, wait_for_unsent, wait_until_sent,
};
use sparhund_tests::personal::files_that_name_a_person;
use sparhund_tests::process::{Process, program};
use sparhund_tests::scenario::Scenario;
use sparhund_tests::server::Server;

/// A number that belongs to nobody: the tax agency's own example.
const NUMBER: &str = "191212121212";
/// Its digits that stand in every way of writing it without a hyphen.
const SHORT: &str = "1212121212";

/// What the server's program prints, given its input.
fn told(args: &[&str], data: &Path, input: &str) -> String {
    let mut command = Command::new(program("sparhund-server"));
    command.arg(args[0]).arg("--data").arg(data).args(&args[1..]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("sparhund-server");
    let mut stdin = child.stdin.take().expect("stdin");
    stdin.write_all(input.as_bytes()).expect("its input");
    drop(stdin);
    let out = child.wait_with_output().expect("its output");
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(
        out.status.success(),
        "{args:?}: {text} {}",
        String::from_utf8_lossy(&out.stderr)
    );
    text
}

/// Sets the patient-link service up, and gives devices its key.
fn link(server: &Server, dir: &Path) {
    let token = told(&["patient-link-token"], server.data(), "");
    let token = token.lines().find(|line| !line.contains(' ')).expect("a token");
    let printed = told(&["patient-link", "init", "--server", &server.url()], dir, token);
    let rule = printed
        .lines()
        .find(|line| line.starts_with('{'))
        .expect("the rule of its key");
    let rule: Value = serde_json::from_str(rule).expect("JSON");
    let admin = Api::sign_in(&server.url(), "admin", "admin-nordmark");
    admin.put("/rules", &rule);
}

/// Runs the service; its lines go to a file.
fn serve_link(dir: &Path, lines: &Path) -> Process {
    let mut command = Command::new(program("sparhund-server"));
    command.args(["patient-link", "--data"]).arg(dir);
    command.args(["run", "--listen", "127.0.0.1:0", "--every", "1"]);
    command.env("RUST_LOG", "debug").stdout(Stdio::piped());
    command.stderr(std::fs::File::create(lines).expect("a file for its lines"));
    let mut process = Process::start(&mut command);
    let mut said = String::new();
    let out = process.child().stdout.take().expect("its output");
    BufReader::new(out)
        .read_line(&mut said)
        .expect("where it listens");
    assert!(said.starts_with("patient-link on 127.0.0.1:"), "{said}");
    process
}

/// Waits until the movements of the implant that stand have a token.
fn token_of(server: &Server, implant: &Unit) -> String {
    let api = quality(server);
    let end = Instant::now() + Duration::from_secs(40);
    loop {
        let trace = api.get(&format!(
            "/trace?di=GS1:{}&serial={}",
            implant.gtin, implant.serial
        ));
        let history = trace["history"].as_array().expect("history");
        let implanted: Vec<&Value> = history
            .iter()
            .filter(|event| event["step"] == "installing" && event["voided"] == false)
            .collect();
        assert_eq!(implanted.len(), 1, "one stands: {history:?}");
        if let Some(token) = implanted[0]["patient"].as_str() {
            return token.to_owned();
        }
        assert!(Instant::now() < end, "no token came: {history:?}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Files below a folder that hold these bytes, as text or as JavaScript keeps it.
fn holding(dir: &Path, text: &str) -> Vec<PathBuf> {
    let wide: Vec<u8> = text.bytes().flat_map(|byte| [byte, 0]).collect();
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let kind = entry.file_type().expect("its kind");
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                let bytes = std::fs::read(entry.path()).expect("a file");
                let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
                if has(text.as_bytes()) || has(&wide) {
                    found.push(entry.path());
                }
            }
        }
    }
    found
}

/// At the console the trace leads to the card, and reading it is noted.
async fn console_card(browser: &Browser, server: &Server, implant: &Unit) {
    browser.view(1280, 800, "light").await;
    let go = async |path: String| {
        let address = format!("{}{path}", server.url());
        browser.client.goto(&address).await.expect("the console");
    };
    go("/console/".to_owned()).await;
    let login = browser.find_css("input[name=login]").await;
    login.send_keys("kvalitet").await.expect("a login");
    let password = browser.find_css("input[name=password]").await;
    password
        .send_keys("kvalitet-nordmark\n")
        .await
        .expect("a password");
    browser.find_css("form[action$=\"sign-out\"]").await;
    go(format!(
        "/console/trace?product={}&serial={}",
        implant.gtin, implant.serial
    ))
    .await;
    let links = "return document.querySelectorAll('a[href^=\"/console/implant-card\"]').length";
    assert_eq!(browser.run(links).await, 1, "what was taken back has no card");
    let card = browser.find_css("a[href^=\"/console/implant-card\"]").await;
    card.click().await.expect("the card");
    browser.find_css("section.sheet dl").await;
    let page = browser.run("return document.body.innerText").await.to_string();
    for words in [
        implant.name.as_str(),
        &implant.serial,
        "Aurora Implants GmbH",
        "Västerhamns sjukhus, Region Nordmark",
        "Saknas i registret",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    pictures(browser, "64-console-card", (1280, 800)).await;
    let admin = Api::sign_in(&server.url(), "admin", "admin-nordmark");
    let reads = admin.get("/audit").to_string();
    assert!(reads.contains(&implant.serial), "the reading is noted: {reads}");
}

async fn page_names_nobody(browser: &Browser) {
    let page = browser.run("return document.documentElement.outerHTML").await;
    assert!(!page.to_string().contains(SHORT), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_implant_leads_to_its_patient_by_the_patient_link_service_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path().join("profile");
    let Some(browser) = Browser::open(&profile).await else {
        return;
    };
    let mut server = Server::demo(&folder.path().join("data"));
    let link_dir = folder.path().join("link");
    link(&server, &link_dir);
    let scenario = Scenario::prepare(&server);
    let implant = unit(&server, "NM-10019", "IM018-0001");
    let theatre = place(&server, "Operation 1");
    assert_eq!(
        stands(&server, &implant),
        [(theatre.clone(), "available".to_owned())]
    );
    enrol_and_sign_in(&browser, &server, &scenario).await;
    server.kill_9();
    browser.network(false).await;

    // The wristband first: told, and not shown.
    browser.click("deed-implant").await;
    says(&browser, "asked", "Skanna avdelningens").await;
    browser.scan(&place_label(&theatre)).await;
    says(&browser, "asked", "Skanna implantatets etikett").await;
    browser.scan(NUMBER).await;
    browser.find("problem").await;
    handheld(&browser, "60-implant-wristband-first").await;
    page_names_nobody(&browser).await;
    scan_ok(&browser, &implant.label["]d2".len()..]).await;
    says(&browser, "asked", "Skanna patientens armband").await;
    // A badge is no wristband.
    browser.scan("]C18017735000000000000018").await;
    says(&browser, "problem", "tjänstekort").await;
    handheld(&browser, "61-implant-badge").await;
    browser.scan(NUMBER).await;
    browser.find("patient-read").await;
    page_names_nobody(&browser).await;
    handheld(&browser, "62-implant-sealed").await;
    browser.click("book").await;
    browser.find("implant-card").await;
    // Taken back: no card of what nobody got.
    browser.click("undo").await;
    wait_for_unsent(&browser, 2).await;
    let cards = "return document.querySelectorAll('[data-test=implant-card]').length";
    assert_eq!(browser.run(cards).await, 0);

    scan_ok(&browser, &implant.label["]d2".len()..]).await;
    browser.scan(NUMBER).await;
    browser.find("patient-read").await;
    browser.click("book").await;
    wait_for_unsent(&browser, 3).await;
    // Killed and opened again without network, the card is in the list.
    browser
        .client
        .refresh()
        .await
        .expect("the page comes from the device");
    to_tasks(&browser).await;
    browser.click("implant-cards").await;
    for (name, words) in [
        ("card-name", implant.name.as_str()),
        ("item-serial", "IM018-0001"),
        ("card-di", &implant.gtin),
        ("card-code", "IM018-0001"),
        ("card-maker", "Aurora Implants GmbH"),
        ("card-maker-address", "Kiel"),
        ("card-maker-site", "aurora-implants.example"),
        ("card-place", "Operation 1"),
        ("card-hospital", "Västerhamns sjukhus, Region Nordmark"),
        ("card-hospital-address", "Saknas i registret"),
    ] {
        says(&browser, name, words).await;
    }
    handheld(&browser, "63-implant-card").await;
    page_names_nobody(&browser).await;

    server.start_again();
    browser.network(true).await;
    wait_until_sent(&browser).await;
    assert_eq!(stands(&server, &implant), [(theatre, "used".to_owned())]);
    let lines = folder.path().join("link.log");
    let service = serve_link(&link_dir, &lines);
    let token = token_of(&server, &implant);
    let why = ["--by", "siv", "--purpose", "vård", "--reason", "prov"];
    let args = [["patient-link", "look-up-token"].as_slice(), &why].concat();
    let named = told(&args, &link_dir, NUMBER);
    assert!(named.starts_with(&token), "{named} is not {token}");
    service.kill_9();

    console_card(&browser, &server, &implant).await;

    // Nobody is named in what the device, the server and the service wrote.
    browser.kill_9();
    server.kill_9();
    for written in [&profile, &folder.path().join("data"), &link_dir] {
        assert_eq!(holding(written, SHORT), Vec::<PathBuf>::new());
    }
    assert!(
        !std::fs::read_to_string(&lines)
            .expect("its lines")
            .contains(SHORT)
    );
    let today = jiff::Zoned::now().date();
    let store = profile.join("Default/File System");
    let named = files_that_name_a_person(&[&store, &folder.path().join("data").join("sparhund.db")], today);
    assert_eq!(named, Vec::<PathBuf>::new());
}
