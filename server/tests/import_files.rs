//! Files as people have them: what is usable goes in, the rest is named by line, column and reason.

#![allow(clippy::unwrap_used)]

use sparhund_server::catalogue::{
    FileError, looks_like_json, read_articles, read_eudamed, read_places, read_rules,
};
use sparhund_shared::reference::{PlaceKind, ProductCategory, ProductionIdentifier, Rule, TraceLevel};
use std::io::Write as _;

#[test]
fn articles_with_semicolons_and_a_byte_order_mark() {
    let file = "\u{feff}no;name;di;di2;units2;trace;label;emdn\r\n\
                A-1;Kompress; 7312345678909 ;17312345678906;10;lot;lot expiry;M0201\r\n\
                \r\n\
                A-2;\"Spruta; 5 ml\";GS1:96385074;;;article;;\r\n";
    let reading = read_articles(file.as_bytes()).unwrap();
    assert_eq!(reading.refused, []);
    assert_eq!(reading.lines, 2);
    let [first, second] = &reading.items[..] else {
        panic!("two articles")
    };
    assert_eq!(first.item.packagings[0].di.to_string(), "GS1:07312345678909");
    assert_eq!(first.item.packagings[1].units, 10);
    assert_eq!(
        first.item.identifiers,
        [ProductionIdentifier::Lot, ProductionIdentifier::Expiry]
    );
    assert_eq!(first.item.category, ProductCategory::MedicalDevice);
    assert_eq!((second.line, second.item.name.as_str()), (4, "Spruta; 5 ml"));
    assert_eq!(second.item.trace, TraceLevel::Article);
}

#[test]
fn a_bad_article_names_line_column_and_reason_and_costs_no_other() {
    let file = "no,name,di,di2,units2,emdn\n\
                A-1,Kompress,7312345678908,,,\n\
                A-2,Spruta,96385074,,,Q1\n\
                A-3,Kanyl,96385074,17312345678906,0,\n\
                A-4,Binda,96385074,,10,\n\
                A-5,Tork,96385074,,\n\
                A-6,Plåster,96385074,,,\n\
                A-7,Dubblett,96385074,,,\n\
                A-6,Igen,7312345678909,,,\n";
    let reading = read_articles(file.as_bytes()).unwrap();
    let texts: Vec<String> = reading.refused.iter().map(ToString::to_string).collect();
    let expected = [
        (
            "line 2 (A-1): column \"di\": the check digit is 8, computed 9",
            "7312345678908",
        ),
        ("line 3 (A-2): column \"emdn\":", "Q1"),
        ("line 4 (A-3): column \"units2\": 0 is not 1 to", "base units"),
        ("line 5 (A-4): column \"di2\": is empty but units2 is not", ""),
        ("line 6: has 5 cells where the header has 6", "separator"),
        (
            "line 8 (A-7): identifier GS1:00000096385074 belongs to article A-6 on line 7",
            "one article",
        ),
        ("line 9 (A-6): article A-6 stands on line 7 already", ""),
    ];
    assert_eq!(texts.len(), expected.len(), "{texts:#?}");
    for (text, (start, part)) in texts.iter().zip(expected) {
        assert!(
            text.starts_with(start) && text.contains(part),
            "{text}\n  not: {start} … {part}"
        );
    }
    assert_eq!(reading.items.len(), 1);
    assert_eq!(reading.items[0].item.no.as_str(), "A-6");
}

#[test]
fn a_header_that_would_lose_data_is_refused_whole() {
    assert!(matches!(read_articles(b""), Err(FileError::Empty(_))));
    assert!(matches!(
        read_articles(b"no,name\n"),
        Err(FileError::MissingColumn { column: "di", .. })
    ));
    assert!(matches!(
        read_articles(b"no,name,di,lager\n"),
        Err(FileError::UnknownColumn { .. })
    ));
    assert!(matches!(
        read_articles(b"no,name,di,name\n"),
        Err(FileError::DoubledColumn(_))
    ));
    assert!(matches!(
        read_articles(b"no,n\xe4mn,di\n"),
        Err(FileError::NotText)
    ));
}

#[test]
fn text_that_is_not_utf8_and_an_open_quote_are_told() {
    let reading =
        read_articles(b"no,name,di\nA-1,Pl\xe5ster,96385074\nA-2,\"Tork,7312345678909\nA-3,x,y\n").unwrap();
    assert!(reading.items.is_empty());
    assert!(
        reading.refused[0].text.contains("not UTF-8"),
        "{}",
        reading.refused[0]
    );
    assert!(
        reading.refused[1].text.contains("a quote opens there"),
        "{}",
        reading.refused[1]
    );
}

#[test]
fn places_come_out_parents_first() {
    let file = "code,name,kind,parent,org_no,entity\n\
                7350000000016/A-01,A-01,bin,7350000000016/A,1-1,Region\n\
                7350000000016/A,Zon A,zone,7350000000016,1-1,Region\n\
                7350000000016,Lager,site,,1-1,Region\n";
    let reading = read_places(file.as_bytes(), &[]).unwrap();
    assert_eq!(reading.refused, []);
    let kinds: Vec<_> = reading.items.iter().map(|place| place.item.kind).collect();
    assert_eq!(kinds, [PlaceKind::Site, PlaceKind::Zone, PlaceKind::Bin]);
}

#[test]
fn places_without_a_way_up_are_refused() {
    let file = "code,name,kind,parent,org_no,entity\n\
                7350000000016,Lager,site,7350000000016/A,1-1,Region\n\
                7350000000016/A,Zon A,zone,7350000000016,1-1,Region\n\
                7350000000023,Avd,ward,7350000000030,1-1,Region\n\
                7350000000047,Avd,hylla,,1-1,Region\n\
                7350000000054,Avd,ward,,,Region\n";
    let reading = read_places(file.as_bytes(), &[]).unwrap();
    assert!(reading.items.is_empty());
    let lines: Vec<_> = reading.refused.iter().map(|remark| remark.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6]);
    assert!(reading.refused[3].text.contains("\"hylla\" is not known"));
    assert!(reading.refused[4].text.contains("column \"org_no\": is empty"));
    // The store may know the parent.
    let known = ["7350000000030".parse().unwrap()];
    let reading = read_places(file.as_bytes(), &known).unwrap();
    assert_eq!(reading.items.len(), 1);
}

#[test]
fn eudamed_levels_are_counted_in_base_units() {
    let file = r#"{"gtin":"06971787073102","other_ids":[{"type":"MANUFACTURER_PART_NUMBER","value":"MTPC65"}],"name":"Gloves\t","manufacturer":"Guilin","emdn":"T01010102","production_identifiers":["BATCH_NUMBER","SERIAL_NUMBER"],"status":"ON_MARKET","packaging":[{"gtin":"16971787073109","contains":50},{"gtin":"26971787073106","contains":4}]}"#;
    assert!(looks_like_json(file.as_bytes()));
    let reading = read_eudamed(file.as_bytes());
    assert_eq!((reading.refused.len(), reading.notes.len()), (0, 0));
    let article = &reading.items[0].item;
    let units: Vec<_> = article
        .packagings
        .iter()
        .map(|packaging| packaging.units)
        .collect();
    assert_eq!(units, [1, 50, 200]);
    assert_eq!(article.no.as_str(), "06971787073102");
    assert_eq!(
        (article.name.as_str(), article.trace),
        ("Gloves", TraceLevel::Serial)
    );
    assert_eq!(article.reference.as_deref(), Some("MTPC65"));
}

#[test]
fn dirty_devices_are_used_where_they_can_be_and_named_where_not() {
    let file = [
        r#"{"gtin":"06971787073102","name":null,"other_ids":[{"type":"MANUFACTURER_PART_NUMBER","value":"/"}],"production_identifiers":["MANUFACTURING_DATE"]}"#,
        r#"{"gtin":"06971787073103","name":"wrong check digit"}"#,
        r#"{"gtin":"","name":"legacy","other_ids":[{"type":"IFA","value":"D-22000EJ"}]}"#,
        "not json",
        r#"{"gtin":"06971787073102","name":"again"}"#,
        "",
        r#"{"gtin":"96385074","name":"ok","packaging":[{"gtin":"16971787073109","contains":0}]}"#,
        r#"{"gtin":"7312345678909","name":null,"other_ids":[{"type":"MANUFACTURER_PART_NUMBER","value":"REF 1"}],"emdn":"X","production_identifiers":["BATCH_NUMBER"],"manufacturer":"M"}"#,
    ]
    .join("\n");
    let reading = read_eudamed(file.as_bytes());
    let refused: Vec<_> = reading.refused.iter().map(|remark| remark.line).collect();
    assert_eq!(
        refused,
        [2, 4, 7, 5],
        "as they are found: by reading, then by claims"
    );
    assert!(reading.refused[3].text.contains("line 1 already"));
    let names: Vec<_> = reading
        .items
        .iter()
        .map(|article| article.item.name.as_str())
        .collect();
    assert_eq!(names, ["6971787073102", "legacy", "REF 1"]);
    let legacy = &reading.items[1].item;
    assert_eq!(legacy.base().unwrap().to_string(), "IFA:D-22000EJ");
    assert!(
        reading
            .notes
            .iter()
            .any(|note| note.line == 3 && note.text.contains("no label"))
    );
    assert_eq!(reading.items[2].item.emdn, None);
    assert_eq!(reading.lines, 7);
}

#[test]
fn a_device_registered_under_the_old_law_and_the_new_is_one_article() {
    let old = r#"{"gtin":"06971787073102","name":"Old name","manufacturer_srn":"SE-MF-1","act":["MDD"],"emdn":"T01010102","packaging":[{"gtin":"16971787073109","contains":50}]}"#;
    let new = r#"{"gtin":"06971787073102","name":"Glove","manufacturer_srn":"SE-MF-1","act":["MDR"],"production_identifiers":["BATCH_NUMBER"]}"#;
    for file in [[old, new], [new, old]] {
        let reading = read_eudamed(file.join("\n").as_bytes());
        assert_eq!((reading.items.len(), reading.refused.len()), (1, 0));
        let article = &reading.items[0].item;
        assert_eq!((article.name.as_str(), article.trace), ("Glove", TraceLevel::Lot));
        assert_eq!(
            article.emdn.as_deref(),
            Some("T01010102"),
            "filled from the other"
        );
        assert_eq!(article.packagings.len(), 2);
        assert!(reading.joined[0].text.contains("left out: name \"Old name\""));
    }
    // Another manufacturer's device under the same number is a contradiction.
    let other = new.replace("SE-MF-1", "DE-MF-2");
    let reading = read_eudamed([old, &other].join("\n").as_bytes());
    assert_eq!((reading.items.len(), reading.refused.len()), (1, 1));
    // The same line twice is one article.
    let reading = read_eudamed([old, old].join("\n").as_bytes());
    assert_eq!(
        (reading.items.len(), reading.joined.len(), reading.refused.len()),
        (1, 1, 0)
    );
}

#[test]
fn all_published_devices_are_taken() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/eudamed/devices.jsonl");
    let Ok(content) = std::fs::read(path) else {
        // Straight to the terminal: what a passing test prints is not shown.
        let _ = writeln!(std::io::stderr(), "skipped: ../shared is absent");
        return;
    };
    let reading = read_eudamed(&content);
    assert_eq!(reading.lines, 11_574);
    assert_eq!(reading.refused, []);
    // 145 devices are registered under MDD and again under MDR.
    assert_eq!((reading.items.len(), reading.joined.len()), (11_429, 145));
    // 28 have no GTIN.
    let without = reading
        .items
        .iter()
        .filter(|device| device.item.base().unwrap().as_gtin().is_none());
    assert_eq!(without.count(), 28);
}

#[test]
fn rules_of_both_kinds_stand_in_one_file() {
    let file = "rule;place;article;min;max;safety;two_bin;supplier;every\n\
                stock;7350000000016/A-01;A-1;5;20;;ja;;\n\
                stock;7350000000016;A-1;;;100;;;\n\
                sampling;;;;;;;Fjällmed AB;10\n\
                sampling;;A-1;;;;;Fjällmed AB;1\n";
    let reading = read_rules(file.as_bytes()).unwrap();
    assert_eq!(reading.refused, []);
    let rules: Vec<&Rule> = reading.items.iter().map(|rule| &rule.item).collect();
    let Rule::Stock(first) = rules[0] else {
        panic!("{rules:?}")
    };
    assert_eq!(
        (first.min, first.max, first.safety, first.two_bin),
        (5, 20, 0, true)
    );
    let Rule::Sampling(third) = rules[2] else {
        panic!("{rules:?}")
    };
    assert_eq!(
        (third.supplier.as_str(), &third.article, third.every),
        ("Fjällmed AB", &None, 10)
    );
}

#[test]
fn a_bad_rule_names_line_column_and_reason() {
    let file = "rule,place,article,min,max,two_bin,supplier,every\n\
                order,7350000000016,A-1,,5,,,\n\
                stock,7350000000016,A-1,-1,5,,,\n\
                stock,7350000000016,A-1,1.5,5,,,\n\
                stock,7350000000016,,,5,,,\n\
                stock,7350000000016,A-1,,5,kanske,,\n\
                stock,7350000000016,A-1,,5,,Fjällmed AB,\n\
                sampling,,,,,,Fjällmed AB,\n\
                stock,7350000000016,A-1,,5,,,\n\
                stock,7350000000016,A-1,,6,,,\n";
    let reading = read_rules(file.as_bytes()).unwrap();
    let texts: Vec<String> = reading.refused.iter().map(ToString::to_string).collect();
    let expected = [
        "line 2 (7350000000016 A-1): column \"rule\": \"order\" is not known",
        "line 3 (7350000000016 A-1): column \"min\": \"-1\" is no whole number",
        "line 4 (7350000000016 A-1): column \"min\": \"1.5\" is no whole number",
        "line 5 (7350000000016): column \"article\": is empty",
        "line 6 (7350000000016 A-1): column \"two_bin\": \"kanske\" is not known",
        "line 7 (7350000000016 Fjällmed AB A-1): column \"supplier\": is filled in",
        "line 8 (Fjällmed AB): column \"every\": is empty",
        "line 10 (7350000000016 A-1): line 9 has a rule about the same already",
    ];
    assert_eq!(texts.len(), expected.len(), "{texts:#?}");
    for (text, start) in texts.iter().zip(expected) {
        assert!(text.starts_with(start), "{text}\n  not: {start}");
    }
    assert_eq!(reading.items.len(), 1);
}
