//! The server under test: killed, restarted, backed up, restored, its disk filled.

use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::process::{Process, program};

/// A server on loopback and its data directory.
#[derive(Debug)]
pub struct Served {
    process: Option<Process>,
    data: PathBuf,
    port: u16,
}

/// A limit on the size of files makes writes fail only where its signal is ignored, as it is behind this.
const DISK_CAN_BE_FULL: [&str; 3] = ["sh", "-c", "trap '' XFSZ; exec \"$@\""];

/// A command that runs one of our programs so that its disk can be full.
pub fn with_disk_that_can_be_full(name: &str) -> Command {
    let mut command = Command::new(DISK_CAN_BE_FULL[0]);
    command.args(&DISK_CAN_BE_FULL[1..]).arg("sh").arg(program(name));
    command
}

/// A command that runs one of our programs as somebody whom the rights of files hold back, which they do not do to root.
fn without_rights_of_root(name: &str) -> Command {
    let id = Command::new("id").arg("-u").output().expect("id");
    if id.stdout.trim_ascii() != b"0" {
        return Command::new(program(name));
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--bounding-set", "-dac_override"])
        .arg(program(name));
    command
}

/// Runs a command of the server to its end; what it printed.
///
/// # Errors
/// All that it printed, when it failed.
pub fn command(args: &[&str]) -> Result<String, String> {
    let output = Command::new(program("sparhund-server")).args(args).output();
    let output = output.map_err(|error| format!("sparhund-server {args:?}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(text)
    } else {
        let told = String::from_utf8_lossy(&output.stderr);
        Err(format!(
            "sparhund-server {args:?}: {}\n{text}{told}",
            output.status
        ))
    }
}

/// Runs a command of the server that reads a line; what it printed.
///
/// # Errors
/// All that it printed, when it failed.
pub fn command_told(args: &[&str], line: &str) -> Result<String, String> {
    let mut child = Command::new(program("sparhund-server"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("sparhund-server {args:?}: {error}"))?;
    let mut input = child.stdin.take().expect("its input");
    writeln!(input, "{line}").map_err(|error| error.to_string())?;
    drop(input);
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let (text, told) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    if output.status.success() {
        return Ok(text.into_owned());
    }
    Err(format!(
        "sparhund-server {args:?}: {}\n{text}{told}",
        output.status
    ))
}

/// A path as the command line wants it.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Makes all files of a process end here, or lets them grow again. Whether it was done: not to a process that is gone.
pub fn limit_files(pid: u32, bytes: Option<u64>) -> bool {
    let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
    // The soft limit alone: it can be lifted again.
    let done = Command::new("prlimit")
        .args([format!("--pid={pid}"), format!("--fsize={limit}:")])
        .stderr(Stdio::null())
        .status();
    let done = done.expect("prlimit (util-linux)").success();
    assert!(
        done || !Path::new(&format!("/proc/{pid}")).exists(),
        "prlimit was refused"
    );
    done
}

/// Bytes of the file that grows with each commit.
pub fn journal_bytes(database: &Path) -> u64 {
    let mut journal = database.as_os_str().to_owned();
    journal.push("-wal");
    std::fs::metadata(journal).map_or(0, |found| found.len())
}

impl Served {
    /// Makes a demo region and serves it.
    pub fn demo(data: &Path) -> Self {
        let mut served = Self::made(data, &["--demo"]);
        served.start();
        served
    }

    /// Makes a data directory and does not serve it yet.
    pub fn made(data: &Path, how: &[&str]) -> Self {
        command(&[&["init", "--data", text(data)], how].concat()).expect("a data directory");
        Self {
            process: None,
            data: data.to_owned(),
            port: 0,
        }
    }

    /// Serves, on the port of before.
    pub fn start(&mut self) {
        self.start_as(with_disk_that_can_be_full("sparhund-server"));
    }

    /// The same where neither the folder nor a file of it can be written, until [`Self::let_write_again`].
    pub fn start_where_nothing_can_be_written(&mut self) {
        self.permit("a-w");
        self.start_as(without_rights_of_root("sparhund-server"));
    }

    /// Gives the rights to write back.
    pub fn let_write_again(&self) {
        self.permit("u+w");
    }

    fn permit(&self, mode: &str) {
        let done = Command::new("chmod").args(["-R", mode]).arg(&self.data).status();
        assert!(done.expect("chmod").success(), "chmod {mode} was refused");
    }

    fn start_as(&mut self, mut command: Command) {
        let log = self.data.with_extension("log");
        let log = std::fs::File::options().create(true).append(true).open(log);
        command
            .args([
                "serve",
                "--data",
                text(&self.data),
                "--exchange-every",
                "1",
                "--listen",
            ])
            .arg(format!("127.0.0.1:{}", self.port))
            .env("RUST_LOG", "warn,sparhund_server=warn")
            .stdout(Stdio::piped())
            .stderr(log.expect("a file for what the server says"));
        let mut process = Process::start(&mut command);
        let output = process.child().stdout.take().expect("stdout of the server");
        let (said, heard) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some((_, rest)) = line.split_once("listening on http://127.0.0.1:") {
                    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                    let _ = said.send(digits.parse::<u16>());
                }
            }
        });
        self.port = heard
            .recv_timeout(Duration::from_mins(1))
            .expect("the server says where it listens")
            .expect("a port number");
        self.process = Some(process);
    }

    /// `kill -9`.
    pub fn kill_9(&mut self) {
        if let Some(process) = self.process.take() {
            process.kill_9();
        }
    }

    /// Ends it in good order.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let id = process.child().id().to_string();
            let told = Command::new("kill").args(["-TERM", &id]).status();
            assert!(told.expect("kill").success(), "it runs");
            let ended = || process.child().try_wait().expect("its state");
            crate::process::wait_for("its end", Duration::from_secs(20), ended);
        }
    }

    /// Whether it ended without being killed.
    pub fn has_died(&mut self) -> bool {
        let ended = |process: &mut Process| process.child().try_wait().is_ok_and(|status| status.is_some());
        self.process.as_mut().is_some_and(ended)
    }

    /// Forgets the most memory that its process had so far: hashing a password takes more than most of what is measured.
    pub fn forget_peak_memory(&mut self) {
        if let Some(process) = &mut self.process {
            let id = process.child().id();
            // 5 = the peak of what is resident (proc_pid_clear_refs(5)).
            let _ = std::fs::write(format!("/proc/{id}/clear_refs"), "5");
        }
    }

    /// Resident memory of its process, kB: now, and the most since it was forgotten. `None` where there is no `/proc`.
    pub fn memory_kb(&mut self) -> Option<(u64, u64)> {
        let id = self.process.as_mut()?.child().id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let kb = |name: &str| -> Option<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().strip_suffix("kB")?.trim().parse().ok()
        };
        Some((kb("VmRSS:")?, kb("VmHWM:")?))
    }

    /// Lets no file grow past a few more bytes of the journal, or lifts that.
    pub fn fill_disk(&mut self, spare: Option<u64>) {
        let bytes = spare.map(|spare| journal_bytes(&self.database()) + spare);
        if let Some(process) = &mut self.process {
            limit_files(process.child().id(), bytes);
        }
    }

    /// Lets nothing be written to any file.
    pub fn fill_disk_to_the_last_byte(&mut self) {
        if let Some(process) = &mut self.process {
            limit_files(process.child().id(), Some(0));
        }
    }

    /// Backs up while it serves; the file.
    ///
    /// # Errors
    /// What the command said.
    pub fn backup(&self, into: &Path) -> Result<PathBuf, String> {
        let told = command(&["backup", "--data", text(&self.data), "--into", text(into)])?;
        let file = told.split(": ").next().map(PathBuf::from);
        file.ok_or_else(|| format!("no file in {told:?}"))
    }

    /// Puts a backup in the place of the database, also one that is not the newest. It must not run.
    pub fn restore(&self, backup: &Path) {
        let (from, data) = (text(backup), text(&self.data));
        let restore = ["restore", "--from", from, "--data", data, "--replace"];
        let done = match command(&restore) {
            // It asks for this word where the backup is not the newest.
            Err(told) if told.contains("--older") => command(&[&restore[..], &["--older"]].concat()),
            done => done,
        };
        done.expect("a restore");
    }

    /// Address, without a slash at the end.
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

    /// Its database.
    pub fn database(&self) -> PathBuf {
        self.data.join("sparhund.db")
    }
}
