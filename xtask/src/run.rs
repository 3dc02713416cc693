//! `cargo xtask run`: from a fresh clone to a served demo region.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::Args;

use crate::command::{cargo, run as run_command};
use crate::island;
use crate::progress::{Outcome, Steps};
use crate::setup::{self, Need};
use crate::web;
use crate::workspace::{root, target, web_dist};

/// What can be chosen.
#[derive(Args)]
pub struct Options {
    /// Where the server keeps its data; made with a demo region when it is not there yet.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// The address to serve on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// Show island mode: a central server and two sites, whose links can be cut and joined.
    #[arg(long, conflicts_with_all = ["data", "listen", "more"])]
    island: bool,
    /// More words for `sparhund-server serve`, after `--`.
    #[arg(last = true)]
    more: Vec<String>,
}

/// Installs, builds, makes a demo region and serves until it is stopped.
pub fn run(options: &Options) -> Outcome {
    if options.island {
        return island::run();
    }
    let data = root().join(&options.data);
    let server = target().join("release").join("sparhund-server");
    // `init` gives the directory its name when it is finished, so what is there is whole.
    let made = data.is_dir() && data.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    let mut steps = Steps::new(if made { 3 } else { 4 });
    steps.step("look for what is missing", "cargo xtask setup", || {
        setup::ensure(Need::Web)
    })?;
    steps.step("build the scanner page", "cargo xtask web", web::build)?;
    let alone = "cargo build --release --package sparhund-server";
    steps.step("build the server", alone, || {
        run_command(&mut cargo(&[
            "build",
            "--release",
            "--package",
            "sparhund-server",
        ]))
    })?;
    if made {
        println!("\n  the data in {} is kept", data.display());
    } else {
        let alone = format!("{} init --demo --data {}", server.display(), data.display());
        steps.step("make a demo region", &alone, || {
            // What it says to do next is done here already.
            run_command(
                Command::new(&server)
                    .args(["init", "--demo", "--data"])
                    .arg(&data)
                    .stdout(Stdio::null()),
            )
        })?;
    }
    steps.done("ready to serve");
    println!(
        "  stop with Ctrl-C; start again with the same command; the data stays in {}",
        data.display()
    );
    println!(
        "  to begin anew, stop, move {} away and start again\n",
        data.display()
    );
    serve(options, &server, &data)
}

/// Becomes the server, so that Ctrl-C and `kill` reach it and nothing stands in between.
fn serve(options: &Options, server: &std::path::Path, data: &std::path::Path) -> Outcome {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new(server);
    command
        .arg("serve")
        .arg("--data")
        .arg(data)
        .arg("--web")
        .arg(web_dist())
        .arg("--backup-dir")
        .arg(data.join("backups"));
    command.args(["--listen", &options.listen]).args(&options.more);
    let error = command.exec();
    Err(format!("{} cannot be started: {error}", server.display()))
}
