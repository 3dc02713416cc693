//! The scanner client for terminals: the same core as on the handheld page, for Linux handhelds, scripts and tests.
//!
//! Exit code 0 = done, 1 = it could not be done, 2 = STOP: the goods may not be handled so.

mod command;
mod http;
mod item;
mod machine;
mod out;
mod say;
mod session;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::main()
}
