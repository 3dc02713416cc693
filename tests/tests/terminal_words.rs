//! What `sparhund-scan` says and books, against a real server.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use sparhund_tests::api::Api;
use sparhund_tests::process::program;
use sparhund_tests::scenario::{LOGIN, LOT_A, ORDER, PASSWORD, Scenario};
use sparhund_tests::server::Server;

/// A terminal that is enrolled, signed in and in contact.
struct Terminal {
    folder: tempfile::TempDir,
    server: Server,
    scenario: Scenario,
}

impl Terminal {
    fn ready() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let server = Server::demo(&folder.path().join("data"));
        let scenario = Scenario::prepare(&server);
        let terminal = Self {
            folder,
            server,
            scenario,
        };
        let (url, code) = (terminal.server.url(), &terminal.scenario.code);
        terminal.done(&["enrol", "--server", &url, "--code", code, "--name", "T 1"]);
        terminal.done(&["sign-in", "--login", LOGIN]);
        terminal.done(&["sync"]);
        terminal
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(program("sparhund-scan"))
            .arg("--data")
            .arg(self.folder.path().join("client"))
            .args(args)
            .env("SPARHUND_PASSWORD", PASSWORD)
            .env_remove("SPARHUND_LANG")
            .output()
            .expect("run sparhund-scan")
    }

    /// Runs something that must succeed; what it said.
    fn done(&self, args: &[&str]) -> String {
        self.ended(args, 0)
    }

    /// Runs something that must end with a code; what it said.
    fn ended(&self, args: &[&str], code: i32) -> String {
        let output = self.run(args);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}\n{said}{errors}");
        said
    }

    fn receive(&self, place: &str, item: &str) {
        self.done(&["receive", "--supplier", "Provbolaget AB", "--place", place, item]);
    }

    /// Places that goods of the first lot were picked from, as the server knows them.
    fn picked_from(&self) -> Vec<String> {
        self.done(&["sync"]);
        let quality = Api::sign_in(&self.server.url(), "kvalitet", "kvalitet-nordmark");
        let lot = LOT_A.replace('/', "%2F");
        let trace = quality.get(&format!("/trace?di=GS1:{}&lot={lot}", self.scenario.lot_gtin));
        let history = trace["history"].as_array().expect("history");
        let mut from: Vec<String> = history
            .iter()
            .filter(|event| event["step"] == "picking")
            .map(|event| event["from"].as_str().expect("a place").to_owned())
            .collect();
        from.sort();
        from
    }

    /// Another bin of the same store.
    fn other_bin(&self) -> String {
        let store = |code: &str| code.split('/').next().map(str::to_owned);
        let planner = Api::sign_in(&self.server.url(), "planerare", "planerare-nordmark");
        let places = planner.get("/places");
        let bins = places.as_array().expect("places").iter();
        bins.filter(|place| place["kind"] == "bin")
            .map(|place| place["code"].as_str().expect("a code").to_owned())
            .find(|code| *code != self.scenario.bin && store(code) == store(&self.scenario.bin))
            .expect("a second bin")
    }
}

#[test]
fn the_bin_of_the_command_line_is_booked_and_only_for_that_command() {
    let terminal = Terminal::ready();
    let (bin, other) = (terminal.scenario.bin.clone(), terminal.other_bin());
    let label = terminal.scenario.label_a();
    let pick = |bin: &[&str], item: &str, code: i32| {
        terminal.ended(&[&["pick", "--order", ORDER], bin, &[item]].concat(), code);
    };
    terminal.receive(&bin, &format!("{label} *6"));
    pick(&["--bin", &other], &format!("{label} *2"), 0);
    assert_eq!(terminal.picked_from(), [other.as_str()], "whatever the book says");
    // A STOP leaves nothing behind that the next command would take over.
    terminal.receive(&other, &format!("{label} *6"));
    pick(&["--bin", &other], "01040063813339311728013110FEL", 2);
    pick(&[], &label, 0);
    let mut wanted = [bin.as_str(), other.as_str()];
    wanted.sort_unstable();
    assert_eq!(terminal.picked_from(), wanted, "the first bin of the book");
}

#[test]
fn what_was_booked_is_undone_with_a_word() {
    let terminal = Terminal::ready();
    let item = format!("{} *3", terminal.scenario.label_a());
    terminal.receive(&terminal.scenario.bin, &item);
    let said = terminal.done(&["undo"]);
    assert!(
        said.starts_with("Den senaste bokningen är ångrad: 1 händelser togs tillbaka.\n"),
        "{said:?}"
    );
    terminal.receive(&terminal.scenario.bin, &item);
    let said: Value = serde_json::from_str(&terminal.done(&["--json", "undo"])).expect("JSON");
    assert_eq!(said["type"], "undone");
    assert_eq!(said["undone"]["events"].as_array().expect("events").len(), 1);
    assert_eq!(terminal.ended(&["undo"], 1), "", "once");
}

#[test]
fn whoever_closes_the_pipe_has_read_enough() {
    let folder = tempfile::tempdir().expect("a folder");
    let none = folder.path().join("no-picture.png");
    let mut command = Command::new(program("sparhund-scan"));
    command.args(["image", "--jsonl"]);
    // More lines than a pipe holds.
    command.args(std::iter::repeat_n(&none, 2_000));
    let mut running = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    drop(running.stdout.take());
    let ended = running.wait_with_output().expect("its end");
    let said = String::from_utf8_lossy(&ended.stderr);
    // None of the pictures is there.
    assert_eq!(ended.status.code(), Some(1), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn whoever_asks_line_by_line_may_stop_reading_too() {
    let mut running = Command::new(program("sparhund-scan"))
        .args(["parse", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    drop(running.stdout.take());
    let question = b"{\"id\":1,\"input\":\"]d201073500000000091728013110A\"}\n";
    let mut questions = running.stdin.take().expect("its input");
    // More answers than a pipe holds; once it has ended nobody takes the questions either.
    for _ in 0..3_000 {
        if questions.write_all(question).is_err() {
            break;
        }
    }
    drop(questions);
    let ended = running.wait_with_output().expect("its end");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!((ended.status.code(), said.as_ref()), (Some(0), ""));
}

#[test]
fn held_goods_stay_and_the_rest_leaves_with_a_second_run() {
    let terminal = Terminal::ready();
    let (label, serial) = (terminal.scenario.label_a(), terminal.scenario.label_serial());
    let pick = |item: &str, code: i32| terminal.ended(&["pick", "--order", ORDER, item], code);
    terminal.receive(&terminal.scenario.bin, &format!("{label} *12"));
    terminal.receive(&terminal.scenario.bin, &serial);
    pick(&format!("{label} *5"), 0);
    pick(&serial, 0);
    terminal.done(&["sync"]);
    let quality = Api::sign_in(&terminal.server.url(), "kvalitet", "kvalitet-nordmark");
    let di = format!("GS1:{}", terminal.scenario.lot_gtin);
    quality.post(
        "/holds",
        &json!({"dis": [di], "lot": LOT_A, "serial": null, "reason": "FSN 2026-17"}),
    );
    // No sync in between: booking asks for itself.
    let said = pick(&label, 2);
    assert!(said.contains("STOPP") && !said.contains("Bokat"), "{said}");
    let deliver = ["deliver", "--order", ORDER, "--ward", &terminal.scenario.ward];
    let said = terminal.ended(&deliver, 2);
    assert!(
        said.ends_with(
            "Inget är bokfört. Ställ undan det som lämnas kvar och kör igen, så levereras resten.\n"
        ),
        "{said}"
    );
    let said = terminal.ended(&deliver, 2);
    assert!(
        said.contains("Bokat: 1 st") && !said.contains("Inget är bokfört"),
        "{said}"
    );
    let said = terminal.ended(&deliver, 2);
    assert!(said.ends_with("inget annat kan levereras.\n"), "{said}");
}

#[test]
fn people_switch_by_pin_while_the_server_is_away() {
    let mut terminal = Terminal::ready();
    let with_pin = |terminal: &Terminal, pin: &str, args: &[&str], code: i32| {
        let output = Command::new(program("sparhund-scan"))
            .arg("--data")
            .arg(terminal.folder.path().join("client"))
            .args(args)
            .env("SPARHUND_PIN", pin)
            .env_remove("SPARHUND_LANG")
            .output()
            .expect("run sparhund-scan");
        let told = [output.stdout, output.stderr].concat();
        let told = String::from_utf8(told).expect("text");
        assert_eq!(output.status.code(), Some(code), "{args:?}\n{told}");
        assert!(!told.contains(pin), "{told}");
        told
    };
    let told = with_pin(&terminal, "112233", &["pin"], 1);
    assert!(told.contains("hör till dem som alla prövar först"), "{told}");
    let told = with_pin(&terminal, "280571", &["pin"], 0);
    assert!(told.contains("PIN här:"), "{told}");
    terminal.done(&["sign-out"]);
    terminal.server.kill_9();
    let switch = ["switch", "--login", LOGIN];
    let told = with_pin(&terminal, "918273", &switch, 1);
    assert!(told.contains("4 försök kvar"), "{told}");
    let told = with_pin(&terminal, "280571", &switch, 1);
    assert!(told.contains("Vänta"), "{told}");
    std::thread::sleep(std::time::Duration::from_secs(1));
    let told = with_pin(&terminal, "280571", &switch, 0);
    assert!(told.contains(&format!("({LOGIN})")), "{told}");
    let told = with_pin(&terminal, "280571", &["switch", "--login", "ingen"], 1);
    assert!(told.contains("har ingen PIN"), "{told}");
    let told = with_pin(&terminal, "280571", &["pin"], 1);
    assert!(told.contains("inom 15 minuter"), "{told}");
}
