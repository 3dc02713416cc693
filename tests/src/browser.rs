//! A real Chromium through ChromeDriver, with the DevTools calls WebDriver lacks.

use std::io::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use base64::Engine as _;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::devtools::{DevTools, Input};
use crate::keys::{Stroke, scan};
use crate::process::Process;

/// A browser with one profile on disk, so that it can be closed and opened again.
#[derive(Debug)]
pub struct Browser {
    /// WebDriver client.
    pub client: Client,
    _driver: Process,
    profile: PathBuf,
    /// When something was clicked last.
    clicked: Mutex<Option<Instant>>,
    _turn: tokio::sync::MutexGuard<'static, ()>,
}

/// One browser at a time: two on a small machine stall each other, and a scanner's keys come without pauses.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// What every browser of the tests is started with.
const ARGUMENTS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--lang=sv",
    "--window-size=1280,900",
];

/// A DevTools command through ChromeDriver.
#[derive(Debug)]
struct Cdp {
    command: &'static str,
    params: Value,
}

impl WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.params});
        (http::Method::POST, Some(body.to_string()))
    }
}

/// Path from the environment, or Debian's.
fn tool(variable: &str, otherwise: &str) -> Option<String> {
    let path = std::env::var(variable).unwrap_or_else(|_| otherwise.to_owned());
    Path::new(&path).exists().then_some(path)
}

impl Browser {
    /// Opens Chromium; `None` with a printed word when it is not installed or the client is not built, unless the environment says
    /// that this is a failure, as `cargo xtask test` does.
    pub async fn open(profile: &Path) -> Option<Self> {
        Self::open_with(profile, &[]).await
    }

    /// The same, with a camera that sees this film (Y4M), over and over.
    pub async fn open_with_camera(profile: &Path, film: &Path) -> Option<Self> {
        let film = format!("--use-file-for-fake-video-capture={}", film.display());
        let camera = [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            &film,
        ];
        Self::open_with(profile, &camera).await
    }

    /// The same, where the browser tells pages how much they may really keep. Else Chromium tells every page the same, however
    /// little there is, so that nobody knows a person by their disk.
    pub async fn open_with_true_quota(profile: &Path) -> Option<Self> {
        Self::open_with(profile, &["--disable-features=StaticStorageQuota"]).await
    }

    async fn open_with(profile: &Path, more: &[&str]) -> Option<Self> {
        let chromium = tool("SPARHUND_CHROMIUM", "/usr/bin/chromium");
        let driver = tool("SPARHUND_CHROMEDRIVER", "/usr/bin/chromedriver");
        let (Some(chromium), Some(driver), Some(_)) =
            (chromium, driver, std::env::var_os("SPARHUND_WEB_DIST"))
        else {
            assert!(
                std::env::var_os("SPARHUND_BROWSER_REQUIRED").is_none(),
                "no browser, or no page for it: run `cargo xtask setup` and `cargo xtask web`"
            );
            // Straight to the terminal: what a passing test prints is not shown.
            let _ = writeln!(
                std::io::stderr(),
                "skipped: needs chromium, chromedriver and SPARHUND_WEB_DIST; run `cargo xtask test`"
            );
            return None;
        };
        let turn = TURN.lock().await;
        let (driver, port) = start_driver(&driver);
        let profile_arg = format!("--user-data-dir={}", profile.display());
        let arguments: Vec<&str> = ARGUMENTS
            .iter()
            .chain(more)
            .copied()
            .chain([profile_arg.as_str()])
            .collect();
        let mut capabilities = serde_json::Map::new();
        capabilities.insert(
            "goog:chromeOptions".to_owned(),
            json!({"binary": chromium, "prefs": {"intl.accept_languages": "sv"}, "args": arguments}),
        );
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("a browser session");
        Some(Self {
            client,
            _driver: driver,
            profile: profile.to_owned(),
            clicked: Mutex::default(),
            _turn: turn,
        })
    }

    /// Closes the browser and its driver.
    pub async fn close(self) {
        let _ = self.client.clone().close().await;
    }

    /// Kills the browser with everything it started, as a dead battery would.
    pub fn kill_9(self) {
        drop(self);
    }

    /// A DevTools command.
    pub async fn cdp(&self, command: &'static str, params: Value) -> Value {
        self.client
            .issue_cmd(Cdp { command, params })
            .await
            .unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Sets the size of the view in CSS pixels and the colour scheme.
    pub async fn view(&self, width: u32, height: u32, scheme: &str) {
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 600});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.cdp("Emulation.setEmulatedMedia", media).await;
    }

    /// Cuts the page off every network, or lets it back.
    pub async fn network(&self, connected: bool) {
        self.cdp("Network.enable", json!({})).await;
        let conditions =
            json!({"offline": !connected, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.cdp("Network.emulateNetworkConditions", conditions).await;
    }

    /// Saves a picture of the view as PNG.
    pub async fn picture(&self, path: &Path) {
        let answer = self.cdp("Page.captureScreenshot", json!({"format": "png"})).await;
        let data = answer["data"].as_str().expect("a picture");
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(data)
            .expect("base64");
        if let Some(dir) = path.parent() {
            std::fs::create_dir_all(dir).expect("a folder for pictures");
        }
        std::fs::write(path, bytes).expect("write the picture");
    }

    /// Waits for the element marked `data-test="name"` and gives it back.
    pub async fn find(&self, name: &str) -> fantoccini::elements::Element {
        self.find_css(&format!("[data-test=\"{name}\"]")).await
    }

    /// Waits for a CSS selector.
    pub async fn find_css(&self, selector: &str) -> fantoccini::elements::Element {
        let found = self
            .client
            .wait()
            .at_most(Duration::from_mins(1))
            .for_element(Locator::Css(selector))
            .await;
        match found {
            Ok(element) => element,
            Err(error) => {
                let text = self.run("return document.body.innerText").await;
                panic!("no {selector}: {error}; the page shows {text}");
            }
        }
    }

    /// Clicks an element marked `data-test`.
    pub async fn click(&self, name: &str) {
        let element = self.find(name).await;
        // The page takes a second tap in the same place for one of the same finger.
        let since = *self.clicked.lock().expect("one at a time");
        if let Some(wait) = since.and_then(|since| Duration::from_millis(550).checked_sub(since.elapsed())) {
            tokio::time::sleep(wait).await;
        }
        if element.click().await.is_err() {
            // The driver scrolls as little as it can, and may leave it under the buttons at the lower edge.
            let middle = format!(
                "document.querySelector('[data-test=\"{name}\"]')?.scrollIntoView({{block: 'center'}})"
            );
            self.run(&middle).await;
            if let Err(error) = element.click().await {
                let text = self.run("return document.body.innerText").await;
                panic!("click {name}: {error}; the page shows {text}");
            }
        }
        *self.clicked.lock().expect("one at a time") = Some(Instant::now());
    }

    /// Taps twice in the same place, as gloved fingers do, so long after each other.
    pub async fn double_tap(&self, name: &str, between: Duration) {
        self.find(name).await;
        let place = format!(
            "const box = document.querySelector('[data-test=\"{name}\"]').getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]"
        );
        let place = self.run(&place).await;
        let between = u32::try_from(between.as_millis()).expect("a short while");
        let devtools = DevTools::connect(&self.profile).await;
        let tap = |(kind, at_ms)| Input {
            command: "Input.dispatchMouseEvent",
            params: json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1}),
            at_ms,
        };
        let taps = [
            ("mousePressed", 0),
            ("mouseReleased", 10),
            ("mousePressed", between),
            ("mouseReleased", between + 10),
        ];
        devtools.send(&taps.map(tap)).await;
    }

    /// Presses one key by hand: `F1`, `ArrowDown`, `Enter`, or a letter.
    pub async fn key(&self, name: &str) {
        let (code, text) = match name {
            "Enter" => (13, "\r"),
            "ArrowUp" => (38, ""),
            "ArrowDown" => (40, ""),
            "F1" => (112, ""),
            "F2" => (113, ""),
            "F3" => (114, ""),
            "F4" => (115, ""),
            letter => (0, letter),
        };
        // Fingers leave a scanner's pace far behind.
        tokio::time::sleep(Duration::from_millis(150)).await;
        let press = json!({"type": "keyDown", "key": name, "code": name, "windowsVirtualKeyCode": code, "text": text});
        self.cdp("Input.dispatchKeyEvent", press).await;
        let release = json!({"type": "keyUp", "key": name, "code": name, "windowsVirtualKeyCode": code});
        self.cdp("Input.dispatchKeyEvent", release).await;
    }

    /// Touches the place of an element, whatever lies over it.
    pub async fn touch(&self, name: &str) {
        let place = format!(
            "const box = document.querySelector('[data-test=\"{name}\"]').getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]"
        );
        let place = self.run(&place).await;
        for kind in ["mousePressed", "mouseReleased"] {
            let params =
                json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1});
            self.cdp("Input.dispatchMouseEvent", params).await;
        }
    }

    /// Fills a field with keys as fingers would, slowly enough not to be a scan.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.find(name).await;
        field.clear().await.expect("an empty field");
        field
            .send_keys(text)
            .await
            .unwrap_or_else(|error| panic!("fill {name}: {error}"));
    }

    /// Text of an element marked `data-test`.
    pub async fn text(&self, name: &str) -> String {
        self.find(name).await.text().await.expect("its text")
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str) -> Value {
        self.client
            .execute(script, Vec::new())
            .await
            .expect("the script runs")
    }

    /// Runs a script that calls back with its answer: a function behind its arguments.
    pub async fn run_later(&self, script: &str, args: Vec<Value>) -> Value {
        self.client
            .execute_async(script, args)
            .await
            .expect("the script runs")
    }

    /// Types a scan as a US-layout scanner does on a Swedish host.
    pub async fn scan(&self, text: &str) {
        self.press(&scan(text)).await;
    }

    /// Types what a host made of a scan, by keys whose place on the keyboard nobody knows: through an input method, or from
    /// another machine.
    pub async fn scan_as_text(&self, text: &str) {
        let strokes = text.chars().map(|character| Stroke {
            code: String::new(),
            key: character.to_string(),
            shift: false,
            // GS comes as Ctrl+], whatever the layout.
            ctrl: character == '\u{1d}',
        });
        self.press(&strokes.chain(scan("")).collect::<Vec<_>>()).await;
    }

    async fn press(&self, strokes: &[Stroke]) {
        // Nobody types a figure and pulls the trigger in the same tenth of a second.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut at_ms = 0;
        let mut inputs = Vec::with_capacity(2 * strokes.len());
        for stroke in strokes {
            let modifiers = 2 * u32::from(stroke.ctrl) + 8 * u32::from(stroke.shift);
            for kind in ["rawKeyDown", "keyUp"] {
                let params =
                    json!({"type": kind, "code": stroke.code, "key": stroke.key, "modifiers": modifiers});
                inputs.push(Input {
                    command: "Input.dispatchKeyEvent",
                    params,
                    at_ms,
                });
                at_ms += 1;
            }
        }
        DevTools::connect(&self.profile).await.send(&inputs).await;
    }
}

/// A test that fails leaves no browser behind: one with a film for its camera would go on for ever.
impl Drop for Browser {
    fn drop(&mut self) {
        // The browser and its helpers all name this test's own profile on their command lines.
        let ours = format!("--user-data-dir={}", self.profile.display());
        let processes = std::fs::read_dir("/proc").into_iter().flatten();
        for process in processes.filter_map(Result::ok) {
            let command = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
            if command
                .split(|byte| *byte == 0)
                .any(|word| word == ours.as_bytes())
            {
                let _ = Command::new("kill").arg("-9").arg(process.file_name()).status();
            }
        }
    }
}

/// It takes a free port of IPv4 and wants the same one of IPv6: on a busy machine another has that now and then.
fn start_driver(path: &str) -> (Process, u16) {
    (0..5)
        .find_map(|_| try_driver(path))
        .expect("chromedriver says its port")
}

fn try_driver(path: &str) -> Option<(Process, u16)> {
    let mut command = Command::new(path);
    command
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut process = Process::start(&mut command);
    let output = process.child().stdout.take().expect("stdout of chromedriver");
    let (said, heard) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some((_, rest)) = line.split_once("started successfully on port ") {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                let _ = said.send(digits.parse::<u16>());
            }
        }
    });
    let port = heard.recv_timeout(Duration::from_secs(20)).ok()?;
    Some((process, port.expect("a port number")))
}
