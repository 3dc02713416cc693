//! The access log as people see it.

use sparhund_server::store::AuditQuery;

use crate::browser::Served;

#[tokio::test]
async fn a_trace_and_its_file_are_noted_and_shown() {
    let served = Served::demo().await;
    let mut quality = served.signed_in("kvalitet").await;
    assert_eq!(quality.get("/console/trace?q=V26-310").await.status, 200);
    assert_eq!(
        quality
            .get("/console/trace.csv?lot=V26-310&part=units")
            .await
            .status,
        200
    );
    // Neither the empty form nor a question without an answer told anything.
    quality.get("/console/trace").await;
    quality.get("/console/trace?q=Anna+Andersson").await;
    let query = AuditQuery {
        before: None,
        user: None,
        limit: 10,
    };
    let rows = served.state.store.reads(&query).await.unwrap();
    let words: Vec<&str> = rows.iter().map(|row| row.what.word()).collect();
    assert_eq!(words, ["trace_file", "trace"]);
    assert!(
        rows.iter().all(|row| row.asked.contains("lot=V26-310")),
        "{rows:?}"
    );
    let mut admin = served.signed_in("admin").await;
    let page = admin.get("/console/audit").await.words();
    for word in ["Spårning som fil", "lot=V26-310", "Åtkomstloggen"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    admin.language = "en".to_owned();
    let page = admin.get("/console/audit").await.words();
    assert!(
        page.contains("Trace as a file") && page.contains("This access log"),
        "{page}"
    );
}

#[tokio::test]
async fn a_long_list_goes_on_below() {
    let served = Served::demo().await;
    let mut admin = served.signed_in("admin").await;
    for _ in 0..101 {
        admin.get("/console/audit").await;
    }
    let page = admin.get("/console/audit").await;
    let older = page.body.split("rel=\"next\" href=\"").nth(1).unwrap();
    let older = older.split('"').next().unwrap();
    assert_eq!(older, "/console/audit?before=3");
    let page = admin.get(older).await;
    assert!(!page.body.contains("rel=\"next\""));
}
