//! Five hundred devices find the network again at the same moment, each with a thousand records.
//!
//! `cargo xtask bench reconnect [-- DEVICES [RECORDS]]`. Real clients against a real server on SQLite. Ends with an error
//! unless every record is at the server exactly once, a call that failed was followed by a success, the chains verify, and
//! `rebuild` finds nothing to mend.

use sparhund_tests::reconnect::{Plan, run};

fn main() {
    let mut asked = std::env::args().filter_map(|argument| argument.parse().ok());
    let plan = Plan {
        devices: asked.next().unwrap_or(500),
        records: asked.next().unwrap_or(1_000),
    };
    let folder = tempfile::tempdir().expect("a folder");
    match run(plan, folder.path()) {
        Ok(figures) => println!(
            "{figures}\n\nevery record exactly once, each failed call followed by a success, chains and projections sound"
        ),
        Err(broken) => panic!("{}", broken.join("\n")),
    }
}
