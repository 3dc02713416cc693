//! Scans on the page of a slowed browser, a few. `cargo xtask bench speed` does it with a region's 100 000 articles.
#![cfg(target_os = "linux")]

use sparhund_tests::speed::{Plan, run};

#[tokio::test]
#[ignore = "takes a minute; `cargo test -p sparhund-tests --test speed -- --ignored`"]
async fn every_scan_of_a_slow_page_is_answered_and_booked() {
    let plan = Plan {
        articles: 500,
        holds: 100,
        timed: 2,
        paced: 20,
        per_second: 5,
        fast: 0,
        starts: 1,
        rate: 2,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let Some(outcome) = run(plan, folder.path()).await else {
        return;
    };
    assert!(outcome.is_sound(), "{outcome:?}");
    assert!(outcome.scans > 60 && outcome.units > 40, "{outcome:?}");
}
