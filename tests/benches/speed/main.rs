//! Scans on the page of a slow handheld: 100 000 articles and 20 000 holds on the device, a real Chromium at a quarter of its speed.
//!
//! `cargo xtask bench speed [-- ARTICLES [HOLDS [TIMED [PACED [FAST [STARTS [RATE]]]]]]]`, some half an hour. Budgets, printed as met or not: 95 of 100 scans
//! to the frame with the verdict within 50 ms and 99 within 100 ms, a start without a server within 3 s, 1.5 MB over the wire without the camera's
//! part. Ends with an error only where a scan was missed, got a wrong verdict, or is not in the server's books.

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() {
    use sparhund_tests::speed::{Plan, run};

    let mut asked = std::env::args().filter_map(|argument| argument.parse().ok());
    let plan = Plan {
        articles: asked.next().unwrap_or(100_000),
        holds: asked.next().unwrap_or(20_000),
        timed: asked.next().unwrap_or(1_000),
        paced: asked.next().unwrap_or(2_000),
        per_second: 5,
        fast: asked.next().unwrap_or(2_000),
        starts: asked.next().unwrap_or(5),
        rate: asked
            .next()
            .and_then(|rate| u32::try_from(rate).ok())
            .unwrap_or(4),
    };
    let folder = tempfile::tempdir().expect("a folder");
    let Some(outcome) = run(plan, folder.path()).await else {
        return;
    };
    assert!(outcome.is_sound(), "{outcome:?}");
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: processes are slowed down by Linux' signals");
}
