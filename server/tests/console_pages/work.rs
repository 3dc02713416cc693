//! What people do on the pages, and that the figures are right.

use sparhund_shared::event::{BizStep, Identified, Movement, OrderLineRef, Quantity};
use sparhund_shared::reference::{Article, OrderState, Place};

use crate::browser::{Served, escape};
use crate::movements::{goods, moving};

#[tokio::test]
async fn the_trace_page_shows_each_unit_once_and_its_figures_add_up() {
    let served = Served::demo().await;
    let page = served
        .signed_in("kvalitet")
        .await
        .get("/console/trace?q=V26-310")
        .await;
    let words = page.words();
    assert!(words.contains("Perifer venkateter 20G"), "{words}");
    assert!(
        words.contains("Summa 500 Mottaget totalt 500 ✓ Summan stämmer"),
        "{words}"
    );
    assert!(
        words.contains("Artikel NM-10011 Identifierare GS1:07350000000108 Batch/lot V26-310"),
        "{words}"
    );
    let table = page
        .body
        .split(">Varje enhet</caption>")
        .nth(1)
        .unwrap()
        .split("</table>")
        .next()
        .unwrap();
    assert_eq!(table.matches("<tr").count(), 1 + 5, "a head and five rows");
    for (place, units) in [
        ("B-01-03", "280"),
        ("Utlastning 1", "20"),
        ("Akutmottagningen", "50"),
        ("Medicinavdelning 2", "50"),
        ("Intensivvårdsavdelningen", "100"),
    ] {
        let rows: Vec<_> = table
            .split("<tr")
            .filter(|row| row.contains(&format!(">{place}<")))
            .collect();
        assert_eq!(rows.len(), 1, "{place} once");
        assert!(
            rows[0].contains(&format!("<td class=\"number\" data-label=\"Antal\">{units}</td>")),
            "{place}: {}",
            rows[0]
        );
    }
    assert_eq!(
        page.body.matches("class=\"flow-edge\"").count(),
        5,
        "supplier, bin, dispatch, three wards"
    );
    assert!(words.contains("Hel och signerad"), "{words}");
    assert!(words.contains("Allt som har hänt (10)"), "{words}");
}

#[tokio::test]
async fn one_field_finds_goods_by_whatever_was_scanned() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    for (text, name) in [
        ("V26-310", "Perifer venkateter 20G"),
        ("]d2010735000000010810V26-310", "Perifer venkateter 20G"),
        ("(01)07350000000108(10)V26-310", "Perifer venkateter 20G"),
        ("17350000000105", "Perifer venkateter 20G"),
        ("NM-10011", "Perifer venkateter 20G"),
        ("SN004-0001", "Infusionspump 1-kanals"),
        (
            "010735000000004711260101\u{241d}21SN004-0001",
            "Infusionspump 1-kanals",
        ),
    ] {
        let page = browser.get(&format!("/console/trace?q={}", escape(text))).await;
        assert!(page.words().contains(name), "{text}: {}", page.words());
    }
    let none = browser.get("/console/trace?q=FINNS-INTE").await;
    assert!(
        none.words().contains("Inget är bokfört om det"),
        "{}",
        none.words()
    );
    let package = browser.get("/console/trace?q=%2800%29173500000000000013").await;
    assert!(
        package.words().contains("Ett kollinummer spåras inte för sig"),
        "{}",
        package.words()
    );
    let place = browser
        .get("/console/trace?q=%28414%297350000000016%28254%29B-01-03")
        .await;
    assert_eq!(place.location(), "/console/stock?place=7350000000016%2FB-01-03");
    assert!(browser.get(place.location()).await.words().contains("V26-310"));
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_in_the_language_of_the_page() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    for (path, said) in [
        (
            "/console/stock?lot=%C3%A4%20%C3%B6",
            "Batch/lot: värdet kan inte vara",
        ),
        ("/console/stock?place=B-01-03", "Plats: det är ingen platskod"),
        ("/console/trace?product=07350000001", "det är inget GTIN"),
        (
            "/console/trace?product=07350000000109",
            "Kontrollsiffran stämmer inte",
        ),
        ("/console/trace?product=GS9:1", "det är inget GTIN"),
        (
            "/console/trace?q=%5Dd20107350000000108109999999999999999999999",
            "Koden går inte att läsa (",
        ),
    ] {
        let words = browser.get(path).await.words();
        assert!(words.contains(said), "{path}: {words}");
        for english in ["character", "check digit", "allowed", "scan again"] {
            assert!(!words.contains(english), "{path}: {words}");
        }
    }
}

#[tokio::test]
async fn the_trace_can_be_taken_away_as_files() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    let units = browser.get("/console/trace.csv?lot=V26-310&part=units").await;
    assert_eq!(
        units.headers.get("content-type").unwrap(),
        "text/csv; charset=utf-8"
    );
    assert!(units.body.starts_with('\u{feff}'));
    assert_eq!(units.body.lines().count(), 1 + 5);
    assert!(units.body.contains(";Akutmottagningen;"), "{}", units.body);
    let since = units.body.lines().nth(1).unwrap().split(';').nth(11).unwrap();
    assert!(
        since.len() == 25 && (since.ends_with("+01:00") || since.ends_with("+02:00")),
        "seconds and zone: {since}"
    );
    assert_eq!(
        units.headers.get("content-disposition").unwrap(),
        "attachment; filename=\"trace-V26-310-units.csv\""
    );
    let events = browser.get("/console/trace.csv?lot=V26-310&part=events").await;
    assert_eq!(events.body.lines().count(), 1 + 10);
    assert_eq!(browser.get("/console/trace.csv?lot=FINNS-INTE").await.status, 404);
}

/// Books one unit of a lot into a bin.
async fn receive(served: &Served, article: &Article, lot: &str, bin: &Place, supplier: &str) {
    let mut goods = goods(article);
    goods.lot = Some(lot.parse().unwrap());
    book(served, goods, bin, supplier).await;
}

async fn book(served: &Served, goods: Identified, bin: &Place, supplier: &str) {
    let movement = Movement {
        supplier: Some(supplier.to_owned()),
        ..moving(BizStep::Receiving, goods, None, &bin.code)
    };
    served.book(movement).await;
}

#[tokio::test]
async fn a_lot_named_like_a_serial_of_other_goods_is_not_hidden_by_it() {
    let served = Served::demo().await;
    let article = served.article("NM-10001").await;
    let bin = &served.place("B-01-01").await;
    receive(&served, &article, "SN004-0001", bin, "Provbolaget AB").await;
    let mut browser = served.signed_in("kvalitet").await;
    let words = browser.get("/console/trace?q=SN004-0001").await.words();
    assert!(words.contains(&article.name), "{words}");
    assert!(
        words.contains("kan betyda mer än en sak") && words.contains("Serienummer SN004-0001"),
        "{words}"
    );
    let other = browser.get("/console/trace?serial=SN004-0001").await.words();
    assert!(other.contains("Infusionspump 1-kanals"), "{other}");
}

#[tokio::test]
async fn a_serial_in_two_places_is_shown_with_the_one_where_it_was_seen_last() {
    let served = Served::demo().await;
    let article = served
        .state
        .store
        .article(&"NM-10005".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    let places = served.state.store.places().await.unwrap();
    for name in ["B-01-01", "B-01-02"] {
        let bin = places.iter().find(|place| place.name == name).unwrap();
        let mut goods = goods(&article);
        goods.serial = Some("SN-DOUBLE".parse().unwrap());
        book(&served, goods, bin, "Provbolaget AB").await;
    }
    let mut browser = served.signed_in("kvalitet").await;
    let words = browser.get("/console/trace?serial=SN-DOUBLE").await.words();
    assert_eq!(words.matches("senast sedd här").count(), 1, "{words}");
    let units = words.rsplit("Varje enhet").next().unwrap();
    let flag = units.find("senast sedd här").unwrap();
    assert!(
        units[..flag].rfind("B-01-02") > units[..flag].rfind("B-01-01"),
        "{units}"
    );
}

#[tokio::test]
async fn the_label_of_the_last_goods_of_a_shelf_stays_while_they_are_on_their_way() {
    let served = Served::demo().await;
    let store = &served.state.store;
    let order = store.order(&"O-1001".parse().unwrap()).await.unwrap().unwrap();
    let first = order.lines[0].options[0].clone();
    let article = store.article(&order.lines[0].article).await.unwrap().unwrap();
    let lot = first.lot.clone().unwrap();
    let goods = Identified {
        lot: first.lot,
        expiry: first.expiry,
        ..goods(&article)
    };
    let movement = Movement {
        quantity: Quantity::new(u32::try_from(first.units).unwrap()).unwrap(),
        ..moving(BizStep::Picking, goods, Some(&first.place), &order.dispatch)
    };
    served.book(movement).await;
    let mut browser = served.signed_in("kvalitet").await;
    let words = browser.get("/console/labels").await.words();
    assert!(words.contains(&format!("(10){lot}")), "{lot}: {words}");
}

#[tokio::test]
async fn what_people_and_labels_say_is_never_taken_for_a_page() {
    let served = Served::demo().await;
    let store = &served.state.store;
    let evil = "<script>alert(1)</script>";
    let mut article = served.article("NM-10001").await;
    evil.clone_into(&mut article.name);
    article.manufacturer = Some(evil.to_owned());
    store.put_articles(vec![article.clone()]).await.unwrap();
    let bin = &served.place("B-01-01").await;
    store
        .put_places(vec![Place {
            name: evil.to_owned(),
            ..bin.clone()
        }])
        .await
        .unwrap();
    let lot = "<img/src=x/*\">'&";
    receive(&served, &article, lot, bin, evil).await;
    let mut browser = served.signed_in("kvalitet").await;
    let trace = format!("/console/trace?q={}", escape(lot));
    let mut seen = 0;
    for path in [
        "/console/stock",
        trace.as_str(),
        "/console/trace?q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E",
        "/console/stock?lot=%22%3E%3Cscript%3Ealert%281%29",
        "/console/articles?no=NM-10001",
        "/console/articles?q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E",
        "/console/orders?no=O-1001",
        "/console/labels",
        "/console/language?to=sv&back=%22%3E%3Cscript%3Ealert%281%29",
        "/console/sign-in?next=%22%3E%3Cscript%3Ealert%281%29",
    ] {
        let page = browser.get(path).await;
        assert!(
            !page.body.contains("<script>alert") && !page.body.contains("<img"),
            "{path}"
        );
        seen +=
            page.body.matches("&lt;script&gt;alert(1)").count() + page.body.matches("&lt;img/src=x").count();
    }
    assert!(seen > 10, "the values are shown, as text: {seen}");
}

#[tokio::test]
async fn a_long_list_links_to_the_pages_beside_it_under_the_same_filter() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    let first = browser.get("/console/stock").await.body;
    assert!(
        first.contains("rel=\"next\" href=\"/console/stock?offset=100\""),
        "{first}"
    );
    assert!(!first.contains("rel=\"prev\""));
    let second = browser.get("/console/stock?offset=100").await.body;
    assert!(
        second.contains("rel=\"prev\" href=\"/console/stock\""),
        "{second}"
    );
    let empty = browser.get("/console/articles?q=abc&offset=50").await.body;
    assert!(
        empty.contains("rel=\"prev\" href=\"/console/articles?q=abc\""),
        "{empty}"
    );
    assert!(!empty.contains("rel=\"next\""));
    // What nobody could have been sent to is answered too.
    for offset in ["-1", "abc", "18446744073709551615"] {
        let page = browser.get(&format!("/console/orders?offset={offset}")).await;
        assert!(page.body.contains("<h1>"), "{offset}");
    }
}

#[tokio::test]
async fn goods_on_their_way_wait_at_the_ward_though_the_rest_is_not_picked() {
    let served = Served::demo().await;
    let store = &served.state.store;
    let mut browser = served.signed_in("kvalitet").await;
    let to_accept = |body: &str| -> u32 {
        let before = body.split("<span>Att bekräfta</span>").next().unwrap();
        let count = before.rsplit("<strong>").next().unwrap();
        count.split('<').next().unwrap().parse().unwrap()
    };
    let before = to_accept(&browser.get("/console/").await.body);
    let order = store.order(&"O-1001".parse().unwrap()).await.unwrap().unwrap();
    let line = &order.lines[0];
    let option = &line.options[0];
    let article = store.article(&line.article).await.unwrap().unwrap();
    let mine = |step, from, to| {
        let goods = Identified {
            lot: option.lot.clone(),
            expiry: option.expiry,
            ..goods(&article)
        };
        Movement {
            order: Some(OrderLineRef {
                order: order.no.clone(),
                line: line.line,
            }),
            ..moving(step, goods, Some(from), to)
        }
    };
    served
        .book(mine(BizStep::Picking, &option.place, &order.dispatch))
        .await;
    served
        .book(mine(BizStep::Shipping, &order.dispatch, &order.to))
        .await;
    let order = store.order(&order.no).await.unwrap().unwrap();
    assert_eq!(order.state(), OrderState::ToPick, "the rest is to be picked");
    assert_eq!(to_accept(&browser.get("/console/").await.body), before + 1);
}

#[tokio::test]
async fn every_cell_of_a_list_that_stacks_says_its_column() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("planerare").await;
    for path in [
        "/console/stock",
        "/console/orders",
        "/console/orders?no=O-1001",
        "/console/articles?q=kompress",
        "/console/holds",
    ] {
        let page = browser.get(path).await;
        let stacked: Vec<_> = page.body.split("class=\"scroll stacks\"").skip(1).collect();
        let plain = page.body.matches("class=\"scroll\"").count();
        assert!(!stacked.is_empty() && plain == 0, "{path}");
        for table in stacked {
            let table = table.split("</table>").next().unwrap();
            let cells = table.split("<td").skip(1);
            let bare: Vec<_> = cells
                .filter(|cell| !cell.split('>').next().unwrap().contains("data-label"))
                .collect();
            assert!(bare.is_empty(), "{path}: {bare:?}");
        }
    }
}

#[tokio::test]
async fn an_order_is_placed_by_form_and_a_mistake_keeps_what_was_written() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("planerare").await;
    let form = browser.get("/console/orders/new").await;
    assert!(
        form.words().contains("Nordmarks centrallager"),
        "{}",
        form.words()
    );
    let order = |article: &'static str, units: &'static str| {
        [
            ("from", "7350000000016"),
            ("to", "7350000000139"),
            ("article", "NM-10003"),
            ("units", "30"),
            ("article", article),
            ("units", units),
            ("article", ""),
            ("units", ""),
        ]
    };
    for (article, units, why) in [
        ("FINNS-INTE", "5", "Rad 2: Artikeln finns inte i katalogen."),
        ("NM-10004", "0", "Rad 2: Antalet ska vara ett heltal"),
        ("NM-10004", "tio", "Rad 2: Antalet ska vara ett heltal"),
    ] {
        let page = browser.post("/console/orders", &order(article, units)).await;
        assert_eq!(page.status, 422, "{why}");
        assert!(page.words().contains(why), "{}", page.words());
        assert!(
            page.body.contains(&format!("value=\"{article}\"")),
            "{article} is kept"
        );
    }
    assert_eq!(
        served
            .state
            .store
            .orders(&sparhund_server::store::OrderQuery::open())
            .await
            .unwrap()
            .len(),
        3,
        "nothing half placed"
    );
    // By article number and by the identifier of an inner package.
    let placed = browser
        .post("/console/orders", &order("17350000000105", "10"))
        .await;
    assert_eq!(placed.status, 303);
    let page = browser.get(placed.location()).await;
    assert!(
        page.words().contains("NM-10011") && page.words().contains("plocka först"),
        "{}",
        page.words()
    );
}

#[tokio::test]
async fn an_enrolment_code_is_shown_once_with_its_picture() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("planerare").await;
    let first = browser.post("/console/devices/code", &[]).await;
    assert_eq!(first.status, 200);
    let code = |body: &str| {
        body.split("/app/#enrol=")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    let shown = code(&first.body);
    assert_eq!(shown.len(), 14, "{shown}");
    assert!(first.words().contains(&shown) && first.body.contains("class=\"qr\""));
    let second = browser.post("/console/devices/code", &[]).await;
    assert_ne!(shown, code(&second.body));
    assert!(!browser.get("/console/devices").await.body.contains(&shown));
}

#[tokio::test]
async fn labels_show_what_will_be_stopped() {
    let served = Served::demo().await;
    let page = served.signed_in("plockare").await.get("/console/labels").await;
    let words = page.words();
    for part in [
        "(01)07350000000009",
        "K25-0412",
        "K26-0101",
        "SN004-0001",
        "Ger STOPP: spärrad",
        "Ger STOPP: utgången",
        "Ger VARNING: finns inte i katalogen",
        "Förpackning med 100 basenheter",
        "(00)1735000000",
        "(414)7350000000139",
        "(254)B-01-01",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(page.body.matches("class=\"dm\"").count() > 20);
}
