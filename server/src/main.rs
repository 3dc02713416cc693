//! `sparhund-server`: see `sparhund-server --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sparhund_server::cli::main()
}
