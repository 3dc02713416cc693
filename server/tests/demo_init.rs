//! `init` and `import` as a person runs them, and what they leave behind.

#![allow(clippy::unwrap_used)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use sparhund_server::store::sqlite::SqliteStore;
use sparhund_server::store::{ArticleQuery, OrderQuery, StockQuery, Store, TraceQuery};
use sparhund_shared::event::StockStatus;
use sparhund_shared::reference::OrderState;

fn server(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sparhund-server"))
        .args(words)
        .env_remove("SPARHUND_DATA")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap() + std::str::from_utf8(&output.stderr).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test]
async fn the_demo_is_a_region_whose_books_add_up() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let made = server(&["init", "--demo", "--data", text(&data)]);
    assert!(made.status.success(), "{}", said(&made));
    assert!(said(&made).contains("next: sparhund-server serve --data"));
    assert!(!home.path().join("data.unfinished").exists());

    let store = SqliteStore::open(data.join("sparhund.db")).unwrap();
    let articles = ArticleQuery {
        limit: 500,
        ..ArticleQuery::default()
    };
    assert_eq!(store.articles(&articles).await.unwrap().len(), 200);
    assert_eq!(store.deviations(10).await.unwrap(), []);
    let orders = store.orders(&OrderQuery::open()).await.unwrap();
    assert_eq!(orders.len(), 3);
    assert!(orders.iter().all(|order| order.state() == OrderState::ToPick));
    // What must be stopped is no option, and each line can be picked.
    let holds = store.holds().await.unwrap();
    for order in &orders {
        let order = store.order(&order.no).await.unwrap().unwrap();
        for line in &order.lines {
            let units: i64 = line.options.iter().map(|option| option.units).sum();
            assert!(units >= i64::from(line.units), "{} line {}", order.no, line.line);
            assert!(
                line.options
                    .iter()
                    .all(|option| option.lot.is_none() || option.lot != holds[0].lot)
            );
            assert!(
                line.options
                    .iter()
                    .all(|option| { option.lot.as_ref().is_none_or(|lot| lot.as_str() != "UTG-0611") })
            );
        }
    }
    let trace = store
        .trace(&TraceQuery {
            lot: Some("V26-310".parse().unwrap()),
            ..TraceQuery::default()
        })
        .await
        .unwrap();
    let now: i64 = trace.now.iter().map(|line| line.units).sum();
    assert_eq!(now, 500);
    assert!(trace.now.iter().any(|line| line.status == StockStatus::InTransit));
    assert!(
        trace
            .logs
            .iter()
            .all(|log| log.missing == 0 && log.forks == 0 && log.signed == log.last)
    );
    let held = StockQuery {
        lot: holds[0].lot.clone(),
        limit: 10,
        ..StockQuery::default()
    };
    assert!(store.stock(&held).await.unwrap().iter().all(|line| line.held));
    assert!(
        store
            .rebuild()
            .await
            .unwrap()
            .tables
            .iter()
            .all(|(_, rows)| *rows == 0)
    );
}

#[test]
fn init_overwrites_nothing_and_leaves_no_half_made_directory() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("precious"), "x").unwrap();
    let refused = server(&["init", "--data", text(&data)]);
    assert!(!refused.status.success());
    assert!(said(&refused).contains("is not empty"), "{}", said(&refused));
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1);
    // A broken-off init is begun anew.
    let other = home.path().join("other");
    std::fs::create_dir(home.path().join("other.unfinished")).unwrap();
    let made = server(&["init", "--data", text(&other), "--region", "Region Test"]);
    assert!(made.status.success(), "{}", said(&made));
    assert!(said(&made).contains("user admin, password "));
    assert!(!home.path().join("other.unfinished").exists());
}

#[tokio::test]
async fn imports_say_what_went_in_and_what_did_not() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    assert!(server(&["init", "--data", text(&data)]).status.success());
    let places = home.path().join("places.csv");
    std::fs::write(
        &places,
        "code;name;kind;org_no;entity\n7350000000016;Lager;site;1;R\nx;y;bin;1;R\n",
    )
    .unwrap();
    let done = server(&["import", "places", text(&places), "--data", text(&data)]);
    assert!(
        said(&done)
            .contains("places: 1 went in, 0 lines joined with another of the same, 1 not used, of 2 lines"),
        "{}",
        said(&done)
    );
    assert!(
        said(&done).contains("not used: line 3 (x): column \"code\""),
        "{}",
        said(&done)
    );
    let articles = home.path().join("articles.csv");
    std::fs::write(&articles, "no,name,di\nA-1,Tork,96385074\n").unwrap();
    let dry = server(&[
        "import",
        "articles",
        text(&articles),
        "--data",
        text(&data),
        "--dry-run",
    ]);
    assert!(said(&dry).contains("articles: 1 would go in"), "{}", said(&dry));
    assert!(
        server(&["import", "articles", text(&articles), "--data", text(&data)])
            .status
            .success()
    );
    // Another file claims the same identifier for another article: that line is named, the next goes in.
    std::fs::write(
        &articles,
        "no,name,di\nB-1,Tork,96385074\nB-2,Binda,7312345678909\n",
    )
    .unwrap();
    let done = server(&["import", "articles", text(&articles), "--data", text(&data)]);
    assert!(said(&done).contains("articles: 1 went in"), "{}", said(&done));
    assert!(
        said(&done).contains("line 2 (B-1): identifier GS1:00000096385074 belongs to article A-1"),
        "{}",
        said(&done)
    );
    let store = SqliteStore::open(data.join("sparhund.db")).unwrap();
    assert!(store.article(&"B-2".parse().unwrap()).await.unwrap().is_some());
    assert!(store.article(&"B-1".parse().unwrap()).await.unwrap().is_none());
    let rules = home.path().join("rules.csv");
    std::fs::write(
        &rules,
        "rule,place,article,safety,supplier,every\nstock,7350000000016,A-1,5,,\nstock,7350000000016,X-1,5,,\nsampling,,,,Tork AB,3\n",
    )
    .unwrap();
    let done = server(&["import", "rules", text(&rules), "--data", text(&data)]);
    assert!(said(&done).contains("rules: 2 went in"), "{}", said(&done));
    assert!(
        said(&done).contains("not used: line 3: column \"article\": there is no article X-1"),
        "{}",
        said(&done)
    );
    assert_eq!(store.rules().await.unwrap().len(), 2);
    let missing = server(&["import", "articles", text(&articles), "--data", "nowhere"]);
    assert!(!missing.status.success());
    assert!(
        said(&missing).contains("is no data directory"),
        "{}",
        said(&missing)
    );
}

#[test]
fn all_published_devices_go_in() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/eudamed/devices.jsonl");
    if !Path::new(file).is_file() {
        // Straight to the terminal: what a passing test prints is not shown.
        let _ = writeln!(std::io::stderr(), "skipped: ../shared is absent");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    assert!(server(&["init", "--data", text(&data)]).status.success());
    let done = server(&["import", "articles", file, "--data", text(&data)]);
    assert!(done.status.success());
    let out = said(&done);
    assert!(
        out.contains(
            "articles: 11429 went in, 145 lines joined with another of the same, 0 not used, of 11574 lines"
        ),
        "{out}"
    );
    println!(
        "{}",
        out.lines()
            .find(|line| line.contains("went in"))
            .unwrap_or_default()
    );
}
