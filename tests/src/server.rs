//! A real `sparhund-server` on loopback.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::process::{Process, program};

/// A running server and where its data lies.
#[derive(Debug)]
pub struct Server {
    process: Option<Process>,
    data: PathBuf,
    port: u16,
    page: Option<PathBuf>,
}

impl Server {
    /// Makes a data directory with the demo region and serves it on a free port.
    pub fn demo(data: &Path) -> Self {
        Self::demo_with_page(data, std::env::var_os("SPARHUND_WEB_DIST").map(PathBuf::from))
    }

    /// The same with another scanner page than the one that was built.
    pub fn demo_with_page(data: &Path, page: Option<PathBuf>) -> Self {
        let made = Command::new(program("sparhund-server"))
            .args(["init", "--demo", "--data"])
            .arg(data)
            .output()
            .expect("run sparhund-server init");
        assert!(
            made.status.success(),
            "init failed: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        Self::serve_page(data, 0, page)
    }

    /// Serves a data directory; port 0 takes a free one.
    pub fn serve(data: &Path, port: u16) -> Self {
        let page = std::env::var_os("SPARHUND_WEB_DIST").map(PathBuf::from);
        Self::serve_page(data, port, page)
    }

    fn serve_page(data: &Path, port: u16, page: Option<PathBuf>) -> Self {
        let mut command = Command::new(program("sparhund-server"));
        command
            .arg("serve")
            .arg("--data")
            .arg(data)
            .arg("--listen")
            .arg(format!("127.0.0.1:{port}"));
        if let Some(page) = &page {
            command.arg("--web").arg(page);
        }
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = Process::start(&mut command);
        let output = process.child().stdout.take().expect("stdout of the server");
        let (said, heard) = mpsc::channel();
        // The pipe is read to its end, or the server would block on a full one.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(at) = line.find("listening on http://127.0.0.1:") {
                    let digits: String = line[at + 30..].chars().take_while(char::is_ascii_digit).collect();
                    let _ = said.send(digits.parse::<u16>());
                }
            }
        });
        let port = heard
            .recv_timeout(Duration::from_secs(20))
            .expect("the server says where it listens")
            .expect("a port number");
        Self {
            process: Some(process),
            data: data.to_owned(),
            port,
            page,
        }
    }

    /// Where it listens, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its data directory.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// `kill -9`.
    pub fn kill_9(&mut self) {
        if let Some(process) = self.process.take() {
            process.kill_9();
        }
    }

    /// Serves the same data at the same address again.
    pub fn start_again(&mut self) {
        self.kill_9();
        *self = Self::serve_page(&self.data.clone(), self.port, self.page.clone());
    }
}
