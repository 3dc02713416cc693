//! Deviations speak of goods and holds by their names.

use sparhund_server::store::TraceQuery;
use sparhund_shared::event::{BizStep, Identified, UnitKey};

use crate::browser::Served;
use crate::movements::{goods, moving};

#[tokio::test]
async fn goods_moved_under_a_hold_are_named_with_the_hold_and_lead_to_their_trace() {
    let served = Served::demo().await;
    let store = &served.state.store;
    let asked = TraceQuery {
        lot: Some("SP-7741".parse().unwrap()),
        ..TraceQuery::default()
    };
    let trace = store.trace(&asked).await.unwrap();
    let (article, line) = (&trace.articles[0], &trace.now[0]);
    let moved = Identified {
        lot: line.unit.lot.clone(),
        ..goods(article)
    };
    served
        .book(moving(BizStep::Picking, moved, Some(&line.place), &line.place))
        .await;
    let mut browser = served.signed_in("kvalitet").await;
    for path in ["/console/deviations", "/console/"] {
        let page = browser.get(path).await;
        let words = page.words();
        assert!(words.contains(&article.name), "{path}: {words}");
        let reason = trace.holds[0].reason.as_str();
        assert!(words.contains(&format!("Spärr : {reason}")) || words.contains(&format!("Spärr: {reason}")));
        assert!(
            !page.body.contains(&trace.holds[0].id.to_string()),
            "the hold is named, not its id"
        );
        assert!(page.body.contains("lot=SP-7741"), "{}", page.body);
    }
}

#[tokio::test]
async fn a_doubled_serial_is_said_in_words_in_two_places_or_in_one() {
    let served = Served::demo().await;
    let article = served.article("NM-10001").await;
    for (serial, names) in [
        ("DUBBEL-1", ["B-01-01", "B-01-02"]),
        ("DUBBEL-2", ["B-01-01", "B-01-01"]),
    ] {
        for name in names {
            let one = Identified {
                serial: Some(serial.parse().unwrap()),
                ..goods(&article)
            };
            let bin = served.place(name).await;
            served
                .book(moving(BizStep::Receiving, one, None, &bin.code))
                .await;
        }
    }
    let mut browser = served.signed_in("kvalitet").await;
    let words = browser.get("/console/deviations").await.words();
    for serial in ["DUBBEL-1", "DUBBEL-2"] {
        let told = words.split(serial).nth(1).unwrap();
        assert!(told.starts_with(" finns 2 gånger i böckerna"), "{words}");
    }
    assert_eq!(words.matches("Serienummer mer än en gång").count(), 2, "{words}");
}

#[tokio::test]
async fn an_event_tells_which_goods_it_moved() {
    let served = Served::demo().await;
    let store = &served.state.store;
    let asked = TraceQuery {
        lot: Some("V26-310".parse().unwrap()),
        ..TraceQuery::default()
    };
    for event in store.trace(&asked).await.unwrap().history {
        let moved: Option<UnitKey> = store.goods_of_event(event.event).await.unwrap();
        assert_eq!(moved, Some(event.unit));
    }
    let unknown = sparhund_shared::log::EventId(sparhund_shared::log::uuid_v7(0, [7; 10]));
    assert_eq!(store.goods_of_event(unknown).await.unwrap(), None);
}
