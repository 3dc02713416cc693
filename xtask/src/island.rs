//! `cargo xtask run --island`: a central server and two sites on this machine, whose links can be cut and joined.

use std::io::{BufRead as _, copy};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::command::{cargo, output, run as run_command};
use crate::progress::{Outcome, Steps};
use crate::setup::{self, Need};
use crate::web;
use crate::workspace::{root, target, web_dist};

/// Where the three listen: the central one, then the sites.
const PORTS: [u16; 3] = [8080, 8081, 8082];
/// The sites.
const SITES: [(&str, &str); 2] = [("vaster", "Väster"), ("oster", "Öster")];

/// Installs, builds, makes the three and serves until it is stopped.
pub fn run() -> Outcome {
    let mut steps = Steps::new(4);
    steps.step("look for what is missing", "cargo xtask setup", || {
        setup::ensure(Need::Web)
    })?;
    steps.step("build the scanner page", "cargo xtask web", web::build)?;
    let build = ["build", "--release", "--package", "sparhund-server"];
    steps.step("build the server", "cargo build --release", || {
        run_command(&mut cargo(&build))
    })?;
    let server = target().join("release").join("sparhund-server");
    let folder = root().join("data-island");
    let links = steps.step(
        "make a central server and two sites",
        "cargo xtask run --island",
        || make(&server, &folder),
    )?;
    steps.done("ready to serve");
    let mut servers = Servers::default();
    servers.serve(&server, &folder.join("central"), PORTS[0])?;
    for ((name, _), port) in SITES.iter().zip(&PORTS[1..]) {
        servers.serve(&server, &folder.join(name), *port)?;
    }
    println!(
        "\n  central   http://127.0.0.1:{}/console/   (demo region: planerare / planerare-nordmark, …)",
        PORTS[0]
    );
    for ((_, name), port) in SITES.iter().zip(&PORTS[1..]) {
        println!("  {name:<9} http://127.0.0.1:{port}/console/   (the same people, once they have come)");
    }
    println!("\n  the page \"Servrar\" of each shows how the exchange stands");
    println!("  type  cut 1  cut 2  join 1  join 2  quit");
    println!(
        "  to see a conflict: type cut 1, change one person at the central server and at Väster, type join 1:\n    \
         {server} user --data {folder}/central disable vard\n    \
         {server} user --data {folder}/vaster password vard",
        server = server.display(),
        folder = folder.display()
    );
    listen(&links, &mut servers)
}

/// Commands until `quit` or the end of the input.
fn listen(links: &[Link], servers: &mut Servers) -> Outcome {
    for said in std::io::stdin().lock().lines() {
        let said = said.map_err(|error| error.to_string())?;
        let words: Vec<&str> = said.split_whitespace().collect();
        let link = words.get(1).and_then(|number| number.parse::<usize>().ok());
        let link = link.and_then(|number| links.get(number.wrapping_sub(1)));
        match (words.first(), link) {
            (Some(&"cut"), Some(link)) => {
                link.cut(true);
                println!("  {} works alone now", link.name);
            }
            (Some(&"join"), Some(link)) => {
                link.cut(false);
                println!("  {} reaches the central server again", link.name);
            }
            (Some(&"quit"), _) => return Ok(()),
            (None, _) => {}
            _ => println!("  cut 1 · cut 2 · join 1 · join 2 · quit"),
        }
        servers.look()?;
    }
    // Without a terminal: until it is ended from outside.
    loop {
        thread::sleep(Duration::from_secs(1));
        servers.look()?;
    }
}

/// Data directories that are there are kept, with what they joined.
fn make(server: &Path, folder: &Path) -> Outcome<Vec<Link>> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let command = |words: &[&str]| run_command(Command::new(server).args(words).stdout(Stdio::null()));
    let central = folder.join("central");
    let fresh = !central.is_dir();
    if fresh {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        command(&["init", "--demo", "--data", &text(&central)])?;
    }
    let mut links = Vec::new();
    for (at, (short, name)) in SITES.iter().enumerate() {
        // The same port each time: the site remembers it.
        let link = Link::open(name, PORTS[at + 1] + 1_000, PORTS[0])?;
        let data = folder.join(short);
        if fresh {
            command(&["init", "--data", &text(&data)])?;
            let code = output(&text(server), &["site", "--data", &text(&central), "add", name])
                .ok_or_else(|| format!("no code for {name}"))?;
            join(server, &central, &data, &link, code.trim())?;
        }
        links.push(link);
    }
    Ok(links)
}

/// The central server runs while a site joins it.
fn join(server: &Path, central: &Path, data: &Path, link: &Link, code: &str) -> Outcome {
    let mut servers = Servers::default();
    servers.serve(server, central, PORTS[0])?;
    for _ in 0..100 {
        if TcpStream::connect(("127.0.0.1", PORTS[0])).is_ok() {
            break;
        }
        thread::sleep(Duration::from_millis(100));
    }
    let url = format!("http://127.0.0.1:{}", link.port);
    run_command(
        Command::new(server)
            .arg("join")
            .arg("--data")
            .arg(data)
            .args(["--central", &url, "--code", code])
            .stdout(Stdio::null()),
    )
}

/// Servers that end with this program.
#[derive(Default)]
struct Servers(Vec<(PathBuf, Child)>);

impl Servers {
    fn serve(&mut self, server: &Path, data: &Path, port: u16) -> Outcome {
        let child = Command::new(server)
            .arg("serve")
            .arg("--data")
            .arg(data)
            .arg("--web")
            .arg(web_dist())
            .arg("--backup-dir")
            .arg(data.join("backups"))
            .args(["--exchange-every", "3", "--listen"])
            .arg(format!("127.0.0.1:{port}"))
            // What is typed here must be seen: the three log what goes wrong.
            .env(
                "RUST_LOG",
                std::env::var("RUST_LOG").unwrap_or_else(|_| "error".to_owned()),
            )
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        let child = child.map_err(|error| format!("{} cannot be started: {error}", server.display()))?;
        self.0.push((data.to_owned(), child));
        Ok(())
    }

    /// One that ended by itself ends all.
    fn look(&mut self) -> Outcome {
        for (data, child) in &mut self.0 {
            if let Ok(Some(status)) = child.try_wait() {
                return Err(format!("the server of {} ended: {status}", data.display()));
            }
        }
        Ok(())
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        for (_, child) in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The way from a site to the central server.
struct Link {
    name: &'static str,
    port: u16,
    cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Link {
    fn open(name: &'static str, port: u16, to: u16) -> Outcome<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .map_err(|error| format!("port {port} for the link of {name}: {error}; stop what uses it"))?;
        let link = Self {
            name,
            port,
            cut: Arc::default(),
            open: Arc::default(),
        };
        let (cut, open) = (Arc::clone(&link.cut), Arc::clone(&link.open));
        thread::spawn(move || {
            for site in listener.incoming().flatten() {
                if cut.load(Ordering::SeqCst) {
                    continue;
                }
                if let Ok(central) = TcpStream::connect(("127.0.0.1", to)) {
                    carry(&site, &central, &open);
                }
            }
        });
        Ok(link)
    }

    fn cut(&self, cut: bool) {
        self.cut.store(cut, Ordering::SeqCst);
        for stream in self.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// Both ways, each on a thread.
fn carry(site: &TcpStream, central: &TcpStream, open: &Mutex<Vec<TcpStream>>) {
    for (from, to) in [(site, central), (central, site)] {
        let (Ok(mut from), Ok(mut to)) = (from.try_clone(), to.try_clone()) else {
            return;
        };
        if let Ok(kept) = from.try_clone() {
            open.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        }
        thread::spawn(move || {
            let _ = copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
    }
}
