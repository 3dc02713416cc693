//! What the page "what is this code?" says of real codes, of broken ones, and of what is no code at all.

use crate::browser::{Browser, Page, Served, escape};

async fn asked(browser: &mut Browser, text: &str) -> Page {
    let page = browser.get(&format!("/console/code?q={}", escape(text))).await;
    assert_eq!(page.status, 200, "{text}");
    page
}

#[tokio::test]
async fn a_label_is_told_field_by_field_with_its_article() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("plockare").await;
    let page = asked(&mut browser, "]d2010735000000010817280131\u{1d}10V26-310").await;
    let words = page.words();
    for said in [
        "Perifer venkateter 20G",
        "GS1 DataMatrix (]d2)",
        "Utgivare GS1",
        "07350000000108",
        "17 Utgångsdatum 280131 2028-01-31",
        "10 Batch/lot V26-310",
        "Koden följer sin specifikation.",
        "⟨GS⟩10V26-310",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(
        page.body.contains("/console/articles?no=NM-10011"),
        "{}",
        page.body
    );
    assert!(!words.contains("Spåra varan"), "pickers have no trace: {words}");
    let words = asked(&mut served.signed_in("kvalitet").await, "07350000000108")
        .await
        .words();
    assert!(words.contains("Spåra varan"), "{words}");
}

#[tokio::test]
async fn every_agency_is_read() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("vard").await;
    for (text, agency, field) in [
        (
            "+A99912345/$$52001510X3/16D20111212/S77DEFG457",
            "HIBCC (HIBC)",
            "$$ Utgångsdatum 20015 2020-01-15",
        ),
        (
            "=/A9999XYZ100T0944=,000025=>014032",
            "ICCBBA (ISBT 128)",
            "=&gt; Utgångsdatum 014032 2014-02-01",
        ),
        (
            "[)>␞06␝9N111234567842␝D270200␞␄",
            "IFA (PPN, HPC)",
            "D Utgångsdatum 270200 2027-02",
        ),
        (
            "https://id.gs1.org/01/07350000000108/10/V26-310?17=280131",
            "GS1",
            "01 Artikelnummer (GTIN) 07350000000108",
        ),
    ] {
        let words = asked(&mut browser, text).await.words();
        assert!(words.contains(&format!("Utgivare {agency}")), "{text}: {words}");
        assert!(words.contains(field), "{text}: {words}");
        assert!(
            words.contains("Koden följer sin specifikation."),
            "{text}: {words}"
        );
    }
    let words = asked(&mut browser, "+A99912345/$$52001510X3/16D20111212/S77DEFG457")
        .await
        .words();
    assert!(words.contains("Okänd i katalogen."), "{words}");
}

#[tokio::test]
async fn what_is_odd_is_said_beside_the_verdict_of_the_specification() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    // The separator after the lot was lost, and the expiry hangs on.
    let words = asked(&mut browser, "]d2010735000000010810V26-31017280131")
        .await
        .words();
    assert!(
        words.contains("Fält 10 slutar på något som ser ut som fält 17"),
        "{words}"
    );
    // A stand-in for the separator, and a blank date.
    let words = asked(&mut browser, "]d2010735000000010817000000<GS>10A")
        .await
        .words();
    for said in [
        "&lt;GS&gt; lästes som skiljetecken (antal: 1).",
        "Fält 17 säger 000000",
        "Koden följer inte sin specifikation: månaden finns inte. ILLEGAL_MONTH (17)",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let words = asked(&mut browser, "+A99912345/$10X3/S77DEFG45A").await.words();
    assert!(
        words.contains("Kontrolltecknet stämmer inte. Koden lästes ändå"),
        "{words}"
    );
    assert!(
        words.contains("inte sin specifikation: kontrolltecknet stämmer inte."),
        "{words}"
    );
}

#[tokio::test]
async fn several_ways_to_read_it_are_all_shown() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    let words = asked(&mut browser, "10000007").await.words();
    assert!(words.contains("kan läsas på 3 sätt"), "{words}");
    assert!(words.contains("Del av en märkning"), "{words}");
}

#[tokio::test]
async fn a_code_that_names_nothing_is_told_field_by_field() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("plockare").await;
    let words = asked(&mut browser, "]d2400PO-1").await.words();
    for said in [
        "Uppgifter utan vara, förpackning eller plats",
        "Koden anger ingen vara, förpackning eller plats som kan spåras.",
        "Utgivare GS1",
        "PO-1",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!words.contains("går inte att läsa"), "{words}");
}

#[tokio::test]
async fn a_refused_code_gets_one_sentence_and_the_place_is_marked() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("plockare").await;
    for (text, said, marked) in [
        (
            "]d2010735000000010917280131",
            "Koden går inte att läsa (kontrollsiffran stämmer inte): skanna igen, eller skriv in det som är tryckt på etiketten.",
            Some("0107350000000 10 9"),
        ),
        (
            "hej svejs",
            "Koden går inte att läsa (en sådan sorts kod är okänd här): skanna den andra koden",
            None,
        ),
        (
            "¨d20107350000000108",
            "(skannern och datorn har olika tangentbord): ställ in skannern",
            None,
        ),
        (
            "https://example.org/",
            "(den är en webbadress): skanna den andra koden",
            None,
        ),
        (
            "+a123bjc5d6e71g",
            "(bokstäverna är små, Caps Lock är på): stäng av Caps Lock",
            None,
        ),
        ("]d21712", "ett värde har fel längd", None),
    ] {
        let page = asked(&mut browser, text).await;
        let words = page.words();
        assert!(words.contains(said), "{text}: {words}");
        assert!(page.body.contains("role=\"alert\""), "{text}");
        assert!(words.contains("Det som kom in"), "the raw code is there: {words}");
        if marked.is_some() {
            assert!(
                page.body
                    .contains("010735000000010<mark title=\"här\">9</mark>17280131"),
                "{text}: {}",
                page.body
            );
            assert!(words.contains("INCORRECT_CHECK_DIGIT"), "{words}");
        }
    }
}

#[tokio::test]
async fn english_is_spoken_too() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("planerare").await;
    browser.language = "en".to_owned();
    let words = asked(&mut browser, "]d2010735000000010917280131").await.words();
    assert!(
        words.contains("The code cannot be read (the check digit is wrong): scan again, or enter what is printed on the label."),
        "{words}"
    );
    let words = asked(&mut browser, "]d2010735000000010817280131").await.words();
    assert!(words.contains("17 Expiry date 280131 2028-01-31"), "{words}");
}

#[tokio::test]
async fn a_blank_at_the_end_may_be_the_check_character() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    let page = asked(&mut browser, "]A0+A123AA40 ").await;
    assert!(page.words().contains("Kontrolltecken"), "{}", page.words());
    assert!(
        page.body.contains("value=\"]A0+A123AA40 \""),
        "it comes back whole"
    );
}

#[tokio::test]
async fn scripts_in_a_code_are_text() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "]d2010735000000010810<script>",
        "]d20107350000000108240\"><b>x</b>",
        "(01)07350000000108(10)<svg/onload=1>",
        "+A123<script>",
        "[)>␞06␝1T<b>␞␄",
        "10A\u{202e}B",
    ] {
        let page = asked(&mut browser, text).await;
        assert_eq!(page.body.matches("<script").count(), 1, "{text}: {}", page.body);
        for tag in ["<img", "<b>", "<svg", "\u{202e}"] {
            assert!(!page.body.contains(tag), "{text}: {}", page.body);
        }
    }
}

#[tokio::test]
async fn nonsense_is_answered_and_never_breaks_the_page() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    for query in [
        "",
        "q=",
        "q=%20",
        "q=%00%01",
        "q=%FF%FE",
        "q=%F0%9F%90%B6",
        "q=%5D",
        "q=%28",
        "q=%5Bd2",
        "x=1&q=a&q=b",
    ] {
        let page = browser.get(&format!("/console/code?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
    }
    for text in [
        "(", ")", "()", "(01", "+", "=", "&", "[)>", ".9N", "^", "http://", "]d2", "]E0", "\u{1d}", "é",
        "]d2é",
    ] {
        asked(&mut browser, text).await;
        asked(&mut browser, &text.repeat(500)).await;
    }
}

#[tokio::test]
async fn more_than_any_label_holds_is_refused_politely() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    let longest = browser
        .get(&format!("/console/code?q={}", "1".repeat(7199)))
        .await;
    assert_eq!(longest.status, 200);
    for text in ["A".repeat(7200), "é".repeat(7200), "(".repeat(60_000)] {
        let escaped: String = text.replace('é', "%C3%A9");
        let page = browser.get(&format!("/console/code?q={escaped}")).await;
        assert_eq!(page.status, 422);
        let words = page.words();
        assert!(
            words
                .contains("Koden går inte att läsa (den är längre än någon etikett): skanna en kod i taget."),
            "{words}"
        );
        assert!(
            page.body.contains("name=\"q\" value=\"\""),
            "the text does not come back"
        );
        assert!(
            page.body.contains("maxlength=\"7200\""),
            "a browser sends no more than is told apart"
        );
    }
}

#[tokio::test]
async fn no_label_is_blamed_for_a_scanner_nor_praised_when_it_cannot_be_read() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    for code in ["¨d2010735000000000910K25+0412", "]d10107312345678908"] {
        let words = asked(&mut browser, code).await.words();
        assert!(!words.contains("Koden följer"), "{code}: {words}");
        assert!(
            !words.contains("följer inte sin specifikation"),
            "{code}: {words}"
        );
    }
}
