//! Running other programs.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::progress::Outcome;
use crate::workspace;

/// Cargo in the workspace's root, as the user runs it.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(workspace::root());
    // Builds go where this program was built, also when the user did not say where.
    command.env("CARGO_TARGET_DIR", workspace::target());
    command
}

/// Runs to the end with its output shown.
pub fn run(command: &mut Command) -> Outcome {
    let shown = shown(command);
    let status = command
        .status()
        .map_err(|e| format!("`{shown}` cannot be started: {e}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{shown}` ended with {status}"))
    }
}

/// Runs to the end and gives back what it printed, without the last line end. None when it cannot run or fails.
pub fn output(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(args)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// Where a program is on the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}

fn shown(command: &Command) -> String {
    let args = command.get_args().map(|a| a.to_string_lossy());
    std::iter::once(command.get_program().to_string_lossy())
        .chain(args)
        .collect::<Vec<_>>()
        .join(" ")
}
