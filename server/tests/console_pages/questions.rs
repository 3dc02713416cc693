//! What the trace page answers to texts it does not understand: never that nothing is booked.

use crate::browser::{Served, escape};

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
