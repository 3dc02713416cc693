use std::io::Write as _;
use std::path::Path;

use axum::http::Method;
use serde_json::{Value, json};
use sparhund_shared::reference::Role;

use crate::common::{Answer, DeviceSim, TestServer, base_di, box_di, site};

const XML: &str = "application/xml";

async fn import(server: &TestServer, kind: &str, body: impl Into<axum::body::Body>) -> Answer {
    let call = server.call(Method::POST, "/deliveries/import");
    call.raw(kind, body).as_role(Role::Planner).await
}

/// A despatch advice with these lines.
fn advice(lines: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<d:DespatchAdvice xmlns:d=\"urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2\" \
         xmlns=\"urn:x\">\n<ID>F-1</ID><OrderReference><ID>INK-7</ID></OrderReference>\n\
         <DespatchSupplierParty><Party><PartyName><Name>Provverken AB</Name></PartyName></Party></DespatchSupplierParty>\n\
         <DeliveryCustomerParty><Party><PartyIdentification><ID schemeID=\"0088\">{}</ID></PartyIdentification></Party></DeliveryCustomerParty>\n\
         <Shipment><Delivery><EstimatedDeliveryPeriod><EndDate>2026-11-30</EndDate></EstimatedDeliveryPeriod></Delivery></Shipment>\n\
         {lines}</d:DespatchAdvice>",
        site()
    )
}

fn line(quantity: &str, item: &str) -> String {
    format!(
        "<DespatchLine>{quantity}<Item>{item}</Item><Shipment><TransportHandlingUnit><ID>173500538500000016</ID>\
         </TransportHandlingUnit></Shipment></DespatchLine>\n"
    )
}

fn gtin(code: &str) -> String {
    format!("<StandardItemIdentification><ID schemeID=\"0160\">{code}</ID></StandardItemIdentification>")
}

const THREE: &str = "<DeliveredQuantity unitCode=\"XBX\">3.0</DeliveredQuantity>";

#[tokio::test]
async fn a_despatch_advice_is_counted_in_base_units_and_reaches_devices() {
    let server = TestServer::with_world().await;
    let lot = "<ItemInstance><LotIdentification><LotNumberID>L-1</LotNumberID><ExpiryDate>2031-02-28</ExpiryDate>\
               </LotIdentification></ItemInstance>";
    let serials = "<ItemInstance><SerialID>S1</SerialID></ItemInstance><ItemInstance><SerialID>S2</SerialID></ItemInstance>";
    let two = "<DeliveredQuantity unitCode=\"EA\">2</DeliveredQuantity>";
    let none = "<DeliveredQuantity unitCode=\"EA\">0</DeliveredQuantity>";
    let lines = [
        line(
            THREE,
            &format!("<Name>Aggregat</Name>{}{lot}", gtin(box_di().code())),
        ),
        line(
            two,
            &format!(
                "<Name>Pacemaker</Name><BuyersItemIdentification><ID>A-200</ID></BuyersItemIdentification>{serials}"
            ),
        ),
        line(two, &format!("<Name>Okänd</Name>{}", gtin("07312345678909"))),
        line(two, &format!("<Name>Fel siffra</Name>{}", gtin("07312345678908"))),
        line(none, "<Name>Restorder</Name>"),
    ];
    let answer = import(&server, XML, advice(&lines.concat())).await.expect(200);
    let notes = answer["notes"].to_string();
    assert!(
        notes.contains("07312345678908") && notes.contains("check digit"),
        "{notes}"
    );
    let delivery = &answer["deliveries"][0];
    assert_eq!(
        (
            &delivery["no"],
            &delivery["order"],
            &delivery["to"],
            &delivery["supplier"]
        ),
        (
            &json!("F-1"),
            &json!("INK-7"),
            &json!(site()),
            &json!("Provverken AB")
        )
    );
    assert_eq!(delivery["expected_at"], 1_796_036_400_000_i64, "noon in Sweden");
    let told: Vec<Value> = delivery["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            json!([
                line["article"],
                line["units"],
                line["lot"],
                line["serial"],
                line["di"].is_string()
            ])
        })
        .collect();
    assert_eq!(
        told,
        [
            json!(["A-100", 30, "L-1", null, true]),
            json!(["A-200", 1, null, "S1", false]),
            json!(["A-200", 1, null, "S2", false]),
            json!([null, 2, null, null, true]),
            json!([null, 2, null, null, false]),
        ]
    );
    assert_eq!(delivery["lines"][0]["sscc"], "173500538500000016");
    let device = DeviceSim::enrolled(&server, 1).await;
    let feed = server
        .get("/sync/feed/deliveries")
        .token(&device.token)
        .send()
        .await
        .expect(200);
    assert_eq!(feed["rows"].as_array().unwrap().len(), 1);
    let list = server.get("/deliveries").as_role(Role::Picker).await.expect(200);
    assert_eq!(list["rows"][0]["key"], "Provverken AB\u{1f}F-1");
    let remove = async || {
        let call = server.call(Method::DELETE, "/deliveries?key=Provverken%20AB%1fF-1");
        call.as_role(Role::Planner).await
    };
    assert_eq!(remove().await.status, 204);
    assert_eq!(remove().await.problem(), "not-found");
}

#[tokio::test]
async fn a_table_holds_several_deliveries() {
    let server = TestServer::with_world().await;
    let file = format!(
        "supplier;delivery;quantity;di;lot;expected;sscc\n\
         Provverken AB;F-1;2;{};L-1;2026-11-30;173500538500000016\n\
         Provverken AB;F-1;5;{};L-2;2026-11-30;\n\
         Fjällmed AB;F-1;5;{};;;\n",
        box_di().code(),
        base_di().code(),
        base_di()
    );
    let answer = import(&server, "text/csv; charset=utf-8", file).await.expect(200);
    let units = |delivery: usize, line: usize| answer["deliveries"][delivery]["lines"][line]["units"].clone();
    assert_eq!(
        (units(0, 0), units(0, 1), units(1, 0)),
        (json!(20), json!(5), json!(5))
    );
}

#[tokio::test]
async fn a_bad_file_is_refused_whole_and_says_where() {
    let server = TestServer::with_world().await;
    let name = "<Name>Tork</Name>";
    let quantity =
        |unit: &str, text: &str| format!("<DeliveredQuantity unitCode=\"{unit}\">{text}</DeliveredQuantity>");
    let expiry =
        |day: &str| format!("{name}<ItemInstance><BestBeforeDate>{day}</BestBeforeDate></ItemInstance>");
    let good = line(THREE, name);
    let entities = format!(
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>{}",
        advice(&good)
    );
    let deep = format!("{}{}", "<a>".repeat(50_000), "</a>".repeat(50_000));
    // What looks like an end in a value is none: nesting that the first look does not see costs no stack.
    let hidden = format!("{}{}", "<a x=\"/>\">".repeat(45_000), "</a>".repeat(45_000));
    let wide = advice(&"<a/>".repeat(110_000));
    for (body, why) in [
        (advice(""), "0 lines"),
        (advice(&good.repeat(501)), "501 lines"),
        (
            advice(&line("", name)),
            "line 7, DespatchLine: has no DeliveredQuantity",
        ),
        (
            advice(&line(&quantity("KGM", "3"), name)),
            "unit \"KGM\" cannot be counted",
        ),
        (
            advice(&line(&quantity("EA", "-3"), name)),
            "line 7, DeliveredQuantity: \"-3\" is no whole number",
        ),
        (
            advice(&line(&quantity("EA", "1.5"), name)),
            "\"1.5\" is no whole number",
        ),
        (advice(&line(&quantity("EA", "99999999"), name)), "not a quantity"),
        (advice(&line(THREE, &expiry("2027-02-30"))), "BestBeforeDate"),
        (advice(&line(THREE, "")), "neither GTIN, number nor name"),
        (
            advice(&good).replace("2026-11-30", "2126-11-30"),
            "check the year",
        ),
        (advice(&good).replace("2026-11-30", "30.11.2026"), "EndDate"),
        (advice(&good).replace("<ID>F-1</ID>", ""), "has no ID"),
        (
            advice(&good).replace("Provverken AB", " "),
            "DespatchSupplierParty names nobody",
        ),
        (
            advice(&good).replace("DespatchAdvice-2", "Invoice-2"),
            "is no UBL DespatchAdvice",
        ),
        (advice(&good)[..400].to_owned(), "cannot be read as XML"),
        (entities, "cannot be read as XML"),
        (deep.clone(), "deep in each other"),
        (advice(&deep), "deep in each other"),
        (wide, "cannot be read as XML"),
        (hidden, "is no UBL DespatchAdvice"),
        ("<".to_owned(), "cannot be read as XML"),
    ] {
        let answer = import(&server, XML, body).await;
        assert_eq!(answer.status, 422, "{why}: {}", answer.text());
        assert!(
            answer.text().contains(&why.replace('"', "\\\"")),
            "{why}: {}",
            answer.text()
        );
    }
    assert_eq!(
        import(&server, "application/json", "{}").await.problem(),
        "media-type"
    );
    assert_eq!(
        import(&server, "text/csv", advice(&good)).await.problem(),
        "invalid-value"
    );
    assert_eq!(
        import(&server, XML, vec![b' '; 1 << 21]).await.problem(),
        "too-large"
    );
    nothing_is_kept(&server).await;
}

async fn nothing_is_kept(server: &TestServer) {
    let list = server.get("/deliveries").as_role(Role::Planner).await.expect(200);
    assert_eq!(list["rows"], json!([]), "nothing half kept");
}

#[tokio::test]
async fn a_bad_table_is_refused_whole_and_says_where() {
    let server = TestServer::with_world().await;
    let head = "supplier,delivery,quantity,di,lot,expiry,order\n";
    let code = base_di();
    for (rows, why) in [
        (String::new(), "no line below the header"),
        (
            format!("A,F-1,1,{code},,,\nA,F-1,x,{code},,,\nA,F-1,,{code},,,\n"),
            "line 3 (F-1): column",
        ),
        (
            format!("A,F-1,1,{code},,,O-1\nA,F-1,1,{code},,,O-2\n"),
            "differs from line 2",
        ),
        (format!("A,F-1,1,{code},,2027-13,\n"), "expiry"),
        ("A,F-1,1,7312345678908,,,\n".to_owned(), "check digit"),
        ("A,F-1,1,,,,\n".to_owned(), "fill in one of them"),
        (format!("A,F-1,0,{code},,,\n"), "not a quantity"),
    ] {
        let answer = import(&server, "text/csv", format!("{head}{rows}")).await;
        assert_eq!(answer.status, 422, "{why}: {}", answer.text());
        assert!(answer.text().contains(why), "{why}: {}", answer.text());
    }
    nothing_is_kept(&server).await;
}

/// Every document under a folder.
fn documents(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "xml") {
            found.push(path);
        }
    }
}

#[tokio::test]
async fn the_examples_of_peppol_are_taken_or_refused_with_a_reason() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/peppol"));
    if !folder.is_dir() {
        // Straight to the terminal: what a passing test prints is not shown.
        let _ = writeln!(std::io::stderr(), "skipped: ../shared is absent");
        return;
    }
    let server = TestServer::with_world().await;
    let mut found = Vec::new();
    documents(folder, &mut found);
    let mut taken = Vec::new();
    for path in found {
        let content = std::fs::read(&path).unwrap();
        let answer = import(&server, XML, content).await;
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if answer.status == 200 {
            taken.push(name);
        } else {
            assert_eq!(answer.problem(), "invalid-value", "{name}");
            let why = answer.json()["detail"].as_str().unwrap().to_owned();
            let known = ["cannot be counted", "is no UBL DespatchAdvice"];
            assert!(known.iter().any(|known| why.contains(known)), "{name}: {why}");
            // Goods by the kilogram.
            let by_weight = name == "DespatchAdvice-BIS3_UseCase4.xml";
            assert!(
                !by_weight || why.contains("line 123, DeliveredQuantity: unit \"KGM\""),
                "{why}"
            );
        }
    }
    for name in [
        "DespatchAdvice_Example.xml",
        "DespatchAdvice-BIS3_UseCase1.xml",
        "DespatchAdvice-BIS3_UseCase3.xml",
    ] {
        assert!(taken.iter().any(|taken| taken == name), "{name}: {taken:?}");
    }
    let list = server.get("/deliveries").as_role(Role::Planner).await.expect(200);
    let example = list["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["no"] == "565899")
        .unwrap();
    assert_eq!(example["supplier"], "Consortial");
    assert_eq!(example["lines"][0]["lot"], "546378239");
}
