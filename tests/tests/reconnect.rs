//! Devices that come back at once, a few. `cargo xtask bench reconnect` does it with five hundred.

use sparhund_tests::reconnect::{Plan, run};

#[test]
fn all_are_taken_in_once_when_all_come_back_at_once() {
    let plan = Plan {
        devices: 20,
        records: 50,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let figures = run(plan, folder.path()).unwrap_or_else(|broken| panic!("{}", broken.join("\n")));
    println!("{figures}");
    assert!(!figures.all_in.is_zero(), "records were sent");
}
