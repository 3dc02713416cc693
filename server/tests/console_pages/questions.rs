//! What the trace page answers to texts it does not understand: never that nothing is booked.

use sparhund_shared::event::{BizStep, Capture, EntryMethod, Identified, Item, Movement, Unread};

use crate::browser::{Served, escape};
use crate::movements::{goods, moving};

const NOTHING: &str = "Inget är bokfört om det";

#[tokio::test]
async fn a_product_and_its_lot_in_one_field_are_found() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    for text in ["07350000000108 V26-310", "NM-10011  V26-310", "7350000 000108"] {
        let words = browser
            .get(&format!("/console/trace?q={}", escape(text)))
            .await
            .words();
        assert!(words.contains("Perifer venkateter 20G"), "{text}: {words}");
        assert!(words.contains("✓ Summan stämmer"), "{text}: {words}");
    }
}

#[tokio::test]
async fn what_looks_alike_is_offered_and_never_taken() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    for path in [
        "/console/trace?q=v26-310",
        "/console/trace?q=V26-3IO",
        "/console/trace?q=07350000000108+v26-310",
        "/console/trace?q=09999999999994+V26-310",
        "/console/trace?product=NM-10011&lot=V26-31O",
        "/console/trace?product=NM-10001&lot=V26-310",
    ] {
        let page = browser.get(path).await;
        let words = page.words();
        assert!(words.contains(NOTHING), "{path}: {words}");
        assert!(
            words.contains("liknar det du skrev") && !words.contains("Mottaget totalt"),
            "{path}: {words}"
        );
        assert!(
            page.body
                .contains("/console/trace?product=GS1%3A07350000000108&amp;lot=V26-310"),
            "{path}: {}",
            page.body
        );
    }
}

#[tokio::test]
async fn what_is_not_understood_is_not_said_to_be_unbooked() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    for (text, said) in [
        ("hej å", "ingenting har sökts"),
        ("¨d2010735000000010810V26+310", "olika tangentbord"),
        ("07350000000109", "en siffra fel"),
        ("07350000000109 V26-310", "kontrollsiffran stämmer inte"),
        ("(01)07350000000109(10)V26-310", "kontrollsiffran stämmer inte"),
        ("00173500000000000013", "Ett kollinummer spåras inte för sig"),
        ("173500000000000013", "Ett kollinummer spåras inte för sig"),
    ] {
        let words = browser
            .get(&format!("/console/trace?q={}", escape(text)))
            .await
            .words();
        assert!(words.contains(said), "{text}: {words}");
        assert!(!words.contains(NOTHING), "{text}: {words}");
    }
}

#[tokio::test]
async fn an_error_in_a_field_keeps_the_form() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    for (path, kept) in [
        ("/console/trace?product=07350000000109&lot=V26-310", "V26-310"),
        ("/console/trace?product=NM-10011&lot=en+batch", "en batch"),
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 422, "{path}");
        assert!(
            page.body.contains(&format!("name=\"lot\" value=\"{kept}\"")),
            "{path}: {}",
            page.body
        );
        assert!(page.body.contains("<details open"), "{path}");
        assert!(page.body.contains("role=\"alert\""), "{path}");
    }
}

#[tokio::test]
async fn a_code_nobody_could_read_is_found_by_its_text_and_says_how_it_came() {
    let served = Served::demo().await;
    let article = served.article("NM-10001").await;
    let bin = &served.place("B-01-01").await;
    let scan = b"HEJ\x1dHEJ".as_slice();
    let unread = Movement {
        item: Item::Unread(Unread::of(scan, None)),
        capture: Capture {
            entry: EntryMethod::Wedge,
            raw: vec![scan.to_vec().into()],
            ..Capture::confirmed(0, 0)
        },
        ..moving(BizStep::Receiving, goods(&article), None, &bin.code)
    };
    served.book(unread.clone()).await;
    let calibrated = Capture {
        profile: Some("keys=physical gs=GS aim=sent".to_owned()),
        ..unread.capture.clone()
    };
    served
        .book(Movement {
            capture: calibrated,
            ..unread
        })
        .await;
    let mut browser = served.signed_in("kvalitet").await;
    let page = browser.get("/console/deviations").await;
    assert!(
        page.words().contains("Kod som ingen kunde läsa HEJ⟨GS⟩HEJ"),
        "{}",
        page.words()
    );
    let raw = Unread::of(scan, None).raw;
    assert!(
        page.body.contains(&format!("product=RAW%3A{raw}")),
        "{}",
        page.body
    );
    for question in [
        format!("q={}", escape("HEJ\u{1d}HEJ")),
        // As a text field has it, and as the pages print it.
        format!("q={}", escape("HEJ\u{241d}HEJ")),
        format!("q={}", escape("HEJ⟨GS⟩HEJ")),
        format!("q=RAW:{raw}"),
        format!("product=RAW:{raw}"),
    ] {
        let words = browser.get(&format!("/console/trace?{question}")).await.words();
        assert!(words.contains("Skannad kod HEJ⟨GS⟩HEJ"), "{question}: {words}");
        assert!(words.contains("Mottaget totalt 2"), "{question}: {words}");
        assert!(words.contains("okalibrerad skanner"), "{question}: {words}");
        assert!(
            words.contains("keys=physical gs=GS aim=sent"),
            "{question}: {words}"
        );
    }
}

#[tokio::test]
async fn what_a_person_was_warned_of_and_went_past_is_told_for_ever() {
    let served = Served::demo().await;
    let article = served.article("NM-10001").await;
    let bin = &served.place("B-01-01").await;
    let words_seen = ["lenient-reading", "suspect-separator", "uncalibrated", "new-word"];
    let doubted = Movement {
        item: Item::Identified(Identified {
            lot: Some("TVEKSAM-1".parse().unwrap()),
            ..goods(&article)
        }),
        capture: Capture {
            entry: EntryMethod::Wedge,
            raw: vec![b"]d210TVEKSAM-1".to_vec().into()],
            seen: words_seen.map(str::to_owned).to_vec(),
            ..Capture::confirmed(0, 0)
        },
        ..moving(BizStep::Receiving, goods(&article), None, &bin.code)
    };
    served.book(doubted).await;
    let mut browser = served.signed_in("kvalitet").await;
    let words = browser.get("/console/trace?lot=TVEKSAM-1").await.words();
    for said in [
        "tolkad trots fel i koden",
        "skiljetecken kan saknas",
        "okalibrerad skanner",
        // Of a newer program than this server: as it was told.
        "new-word",
    ] {
        assert_eq!(words.matches(said).count(), 1, "{said}: {words}");
    }
    let told = words_seen.join(" ");
    let csv = browser
        .get("/console/trace.csv?lot=TVEKSAM-1&part=events")
        .await
        .body;
    let (head, row) = csv.split_once('\n').unwrap();
    assert!(head.trim_end().ends_with(";seen"), "{head}");
    assert!(row.trim_end().ends_with(&format!(";{told}")), "{row}");
}

#[tokio::test]
async fn a_serial_twice_and_labels_that_differ_are_said_on_the_trace() {
    let served = Served::demo().await;
    let article = served.article("NM-10001").await;
    for (name, expiry) in [("B-01-01", "2029-09-30"), ("B-01-02", "2030-12-31")] {
        let bin = &served.place(name).await;
        let one = Identified {
            serial: Some("TVILLING-1".parse().unwrap()),
            expiry: Some(expiry.parse().unwrap()),
            ..goods(&article)
        };
        served
            .book(moving(BizStep::Receiving, one, None, &bin.code))
            .await;
    }
    let mut browser = served.signed_in("kvalitet").await;
    let words = browser.get("/console/trace?serial=TVILLING-1").await.words();
    assert!(words.contains("TVILLING-1 finns 2 gånger i böckerna"), "{words}");
    assert!(
        words.contains("olika utgångsdatum: 2029-09-30, 2030-12-31"),
        "{words}"
    );
    let csv = browser
        .get("/console/trace.csv?serial=TVILLING-1&part=events")
        .await;
    assert!(csv.body.contains(";2030-12-31;"), "{}", csv.body);
}

#[tokio::test]
async fn nothing_is_said_of_a_wrong_shelf_or_of_ordinary_deliveries() {
    let served = Served::demo().await;
    let article = served.article("NM-10001").await;
    let [right, wrong, dispatch] = [
        served.place("B-01-01").await,
        served.place("B-01-02").await,
        served.place("Utlastning 1").await,
    ];
    let serial = Identified {
        serial: Some("ENSAM-1".parse().unwrap()),
        ..goods(&article)
    };
    served
        .book(moving(BizStep::Receiving, serial.clone(), None, &right.code))
        .await;
    served
        .book(moving(
            BizStep::Picking,
            serial,
            Some(&wrong.code),
            &dispatch.code,
        ))
        .await;
    for expiry in ["2029-09-30", "2030-12-31"] {
        let bare = Identified {
            lot: None,
            expiry: Some(expiry.parse().unwrap()),
            ..goods(&article)
        };
        served
            .book(moving(BizStep::Receiving, bare, None, &right.code))
            .await;
    }
    // The last day of a month, written in two ways.
    for expiry in ["2027-02", "2027-02-28"] {
        let lot = Identified {
            lot: Some("FEB-27".parse().unwrap()),
            expiry: Some(expiry.parse().unwrap()),
            ..goods(&article)
        };
        served
            .book(moving(BizStep::Receiving, lot, None, &right.code))
            .await;
    }
    let mut browser = served.signed_in("kvalitet").await;
    for question in [
        "serial=ENSAM-1".to_owned(),
        "lot=FEB-27".to_owned(),
        format!("product={}", article.base().unwrap()),
    ] {
        let words = browser.get(&format!("/console/trace?{question}")).await.words();
        assert!(words.contains("Allt som har hänt"), "{question}: {words}");
        assert!(!words.contains("gånger i böckerna"), "{question}: {words}");
        assert!(!words.contains("olika utgångsdatum"), "{question}: {words}");
    }
}
