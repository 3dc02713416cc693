//! A browser that is killed while it books, short. `cargo xtask torture --browser-kills 200` does it long; docs/RELIABILITY.md
//! tells what it does.

use sparhund_tests::kills::run::{self, Options};
use sparhund_tests::torture::run::seed;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_showed_as_booked_survives_its_browser() {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let options = Options {
        seed: seed(),
        kills: 5,
        sent_every: 4,
        folder: folder.clone(),
    };
    let Some(run) = run::run(options).await else {
        return;
    };
    // The data of a run that failed stay.
    assert!(run.findings.is_clean(), "{run:#?}");
    std::fs::remove_dir_all(folder).expect("an empty place");
    assert!(run.at_work > 0 && run.at_sending > 0, "{run:?}");
    assert_eq!(run.stuck, 0, "{run:?}");
    assert!(
        run.told > 0 && run.records >= run.told,
        "the page booked: {run:?}"
    );
}
