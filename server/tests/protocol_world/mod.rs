//! Handhelds and a server with the real protocol between them, in one process: the client's core on files, the router or the
//! server's end of the protocol over a store on a file.
#![allow(
    dead_code,
    clippy::unwrap_used,
    missing_docs,
    reason = "each test binary uses a part; a test may stop at the first surprise"
)]

mod handheld;
mod hub;
mod in_process;

pub use handheld::Handheld;
pub use hub::{Hub, Template};
pub use in_process::InProcess;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Runs histories by chance; the seed is printed. `SPARHUND_SEED` repeats a run, `SPARHUND_HISTORIES` makes it longer.
pub fn run<S: Strategy>(
    name: &str,
    histories: u64,
    steps: &S,
    history: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let told = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = told("SPARHUND_SEED").unwrap_or_else(|| u64::from(std::process::id()) * 1_000_003);
    let histories = told("SPARHUND_HISTORIES").unwrap_or(histories);
    println!("SPARHUND_SEED={seed} SPARHUND_HISTORIES={histories} ({name})");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases: u32::try_from(histories).unwrap(),
        failure_persistence: None,
        max_shrink_iters: 30,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    if let Err(error) = runner.run(steps, history) {
        panic!("SPARHUND_SEED={seed} ({name}): {error}");
    }
}
