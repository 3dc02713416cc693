//! The trace page's figures and drawing follow from the history alone.

#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use proptest::prelude::*;
use sparhund_server::console::trace::{
    NodeKey, Question, Sums, draw, events_csv, flow, read_question, units_csv, whereabouts,
};
use sparhund_server::store::{StockLine, TraceEvent, TraceQuery};
use sparhund_shared::event::{BizStep, EntryMethod, Product, StockStatus, UnitKey};
use sparhund_shared::identity::{PlaceCode, check_digit};
use sparhund_shared::log::{EventId, LogId, UserId, uuid_v7};

fn place(number: u8) -> PlaceCode {
    let body = format!("735000000{number:03}");
    let digit = check_digit(body.as_bytes()).unwrap();
    format!("{body}{digit}").parse().unwrap()
}

fn unit(lot: &str) -> UnitKey {
    UnitKey {
        product: Product::Di("GS1:07312345678909".parse().unwrap()),
        lot: Some(lot.parse().unwrap()),
        serial: None,
    }
}

fn event(at: i64, step: BizStep, units: u32, from: Option<u8>, to: u8) -> TraceEvent {
    TraceEvent {
        event: EventId(uuid_v7(at, [7; 10])),
        tick: at,
        at,
        step,
        unit: unit("L1"),
        units,
        from: from.map(place),
        to: place(to),
        supplier: (step == BizStep::Receiving).then(|| "Fjällmed".to_owned()),
        order: None,
        user: UserId(uuid_v7(1, [1; 10])),
        user_name: Some("Elif".to_owned()),
        entry: EntryMethod::Wedge,
        log: LogId(uuid_v7(1, [2; 10])),
        seq: u64::try_from(at).unwrap(),
        expiry: None,
        scanner: None,
        seen: Vec::new(),
        voided: false,
        left: step.leaves(),
        sscc: None,
        told: None,
        patient: None,
    }
}

fn line(place_number: u8, status: StockStatus, units: i64) -> StockLine {
    StockLine {
        unit: unit("L1"),
        article: None,
        name: Some("=cmd|' /C calc'!A0".to_owned()),
        expiry: None,
        place: place(place_number),
        status,
        units,
        held: false,
    }
}

/// Bins below 10, dispatch 10, wards above.
fn column(code: &PlaceCode) -> usize {
    match () {
        () if *code < place(10) => 1,
        () if *code == place(10) => 2,
        () => 3,
    }
}

/// 500 received; 100 confirmed on a ward, 50 on their way, 20 picked, 330 in the bin.
fn story() -> (Vec<StockLine>, Vec<TraceEvent>) {
    let history = vec![
        event(1, BizStep::Receiving, 500, None, 1),
        event(2, BizStep::Picking, 170, Some(1), 10),
        event(3, BizStep::Shipping, 100, Some(10), 11),
        event(4, BizStep::Shipping, 50, Some(10), 12),
        event(5, BizStep::Accepting, 100, Some(11), 11),
    ];
    let now = vec![
        line(1, StockStatus::Available, 330),
        line(10, StockStatus::Picked, 20),
        line(11, StockStatus::Available, 100),
        line(12, StockStatus::InTransit, 50),
    ];
    (now, history)
}

#[test]
fn figures_add_up_to_what_was_received() {
    let (now, history) = story();
    let sums = Sums::of(&now, &history);
    assert_eq!((sums.now, sums.received), (500, 500));
    assert!(sums.add_up());
    assert_eq!(sums.rows.len(), 4);
    let mut short = now.clone();
    short[0].units -= 1;
    assert!(!Sums::of(&short, &history).add_up());
}

#[test]
fn goods_from_an_empty_bin_do_not_add_up_though_the_sums_are_equal() {
    let (mut now, history) = story();
    now.push(line(2, StockStatus::Available, -5));
    now.push(line(10, StockStatus::Picked, 5));
    let sums = Sums::of(&now, &history);
    assert_eq!(sums.now, sums.received);
    assert!(!sums.add_up());
    assert_eq!(sums.owed, [(place(2), 5)]);
    // Something else of the same place does not cover it.
    now.push(line(2, StockStatus::Available, 5));
    assert_eq!(Sums::of(&now, &history).owed, [(place(2), 5)]);
}

#[test]
fn a_voided_receipt_counts_nowhere() {
    let (now, mut history) = story();
    let mut wrong = event(6, BizStep::Receiving, 7, None, 1);
    wrong.voided = true;
    history.push(wrong);
    assert!(Sums::of(&now, &history).add_up());
    assert_eq!(flow(&history, column), flow(&story().1, column));
}

#[test]
fn each_row_knows_since_when_and_by_whom() {
    let (now, history) = story();
    let rows = whereabouts(&now, &history);
    let since: Vec<_> = rows.iter().map(|row| row.since.unwrap().at).collect();
    assert_eq!(rows.len(), now.len(), "each row once");
    assert_eq!(since, [1, 2, 5, 4]);
}

#[test]
fn the_flow_goes_from_supplier_to_ward() {
    let (_, history) = story();
    let flow = flow(&history, column);
    let columns: Vec<_> = flow.nodes.iter().map(|node| node.column).collect();
    assert_eq!(columns, [0, 1, 2, 3, 3]);
    assert_eq!(flow.nodes[0].key, NodeKey::Supplier(Some("Fjällmed".to_owned())));
    let edges: Vec<_> = flow
        .edges
        .iter()
        .map(|edge| (edge.from, edge.to, edge.units))
        .collect();
    assert_eq!(edges, [(0, 1, 500), (1, 2, 170), (2, 3, 100), (2, 4, 50)]);
    assert_eq!(flow.stayed, 100, "the ward's confirmation moves nothing");
}

#[test]
fn the_drawing_has_a_ribbon_for_each_edge_and_escapes_names() {
    let (_, history) = story();
    let flow = flow(&history, column);
    let svg = draw(&flow, "t", |_| "<b>\"&".to_owned(), |units| units.to_string()).into_string();
    assert_eq!(svg.matches("class=\"flow-edge\"").count(), flow.edges.len());
    assert_eq!(svg.matches("class=\"flow-node\"").count(), flow.nodes.len());
    assert!(
        !svg.contains("<b>") && !svg.contains("style=") && !svg.contains("NaN"),
        "{svg}"
    );
    let empty = draw(&no_flow(), "t", |_| String::new(), |units| units.to_string()).into_string();
    assert!(!empty.contains("NaN") && !empty.contains("inf"), "{empty}");
}

fn no_flow() -> sparhund_server::console::trace::Flow {
    flow(&[], column)
}

#[test]
fn files_have_a_row_for_each_and_no_formula_runs() {
    let (now, history) = story();
    let name = |place: &PlaceCode| format!("Plats {place}");
    let text = String::from_utf8(units_csv(&whereabouts(&now, &history), |at| at.to_string(), name).unwrap())
        .unwrap();
    assert!(text.starts_with('\u{feff}'));
    assert_eq!(text.lines().count(), 1 + now.len());
    assert!(text.contains(";'=cmd|"), "{text}");
    let text = String::from_utf8(events_csv(&history, |at| at.to_string(), name).unwrap()).unwrap();
    assert_eq!(text.lines().count(), 1 + history.len());
    assert!(
        text.contains("\n3;shipping;GS1:07312345678909;L1;;;100;"),
        "{text}"
    );
}

proptest! {
    /// Whatever happened, the edges and what stayed carry exactly the units of the history, and each node's figures
    /// are those of its edges.
    #[test]
    fn edge_sums_equal_history_sums(
        steps in prop::collection::vec((0..5usize, 1..500u32, 0..14u8, 0..14u8, any::<bool>()), 0..60)
    ) {
        let history: Vec<_> = (1..)
            .zip(&steps)
            .map(|(at, (step, units, from, to, voided))| {
                let step = BizStep::ALL[*step];
                let from = (step != BizStep::Receiving).then_some(*from);
                TraceEvent { voided: *voided, ..event(at, step, *units, from, *to) }
            })
            .collect();
        let counted: u64 = history.iter().filter(|event| !event.voided).map(|event| u64::from(event.units)).sum();
        let flow = flow(&history, column);
        let on_edges: u64 = flow.edges.iter().map(|edge| edge.units).sum();
        prop_assert_eq!(on_edges + flow.stayed, counted);
        for (index, node) in flow.nodes.iter().enumerate() {
            let sum = |side: fn(&sparhund_server::console::trace::Edge) -> usize| -> u64 {
                flow.edges.iter().filter(|edge| side(edge) == index).map(|edge| edge.units).sum()
            };
            prop_assert_eq!(node.arrived, sum(|edge| edge.to));
            prop_assert_eq!(node.left, sum(|edge| edge.from));
        }
        let received: u64 = history
            .iter()
            .filter(|event| !event.voided && event.step == BizStep::Receiving)
            .map(|event| u64::from(event.units))
            .sum();
        let from_suppliers: u64 = flow
            .nodes
            .iter()
            .filter(|node| matches!(node.key, NodeKey::Supplier(_)))
            .map(|node| node.left)
            .sum();
        prop_assert_eq!(from_suppliers, received);
        prop_assert!(!draw(&flow, "", |_| String::new(), |units| units.to_string()).into_string().contains("NaN"));
    }
}

#[test]
fn one_field_takes_scans_numbers_lots_and_serials() {
    let today = date(2026, 11, 22);
    let queries = |text: &str| match read_question(text, today) {
        Question::Goods(goods) => goods.queries,
        other => panic!("{text}: {other:?}"),
    };
    let scan = queries("]d201073123456789091728022910AB-1");
    assert_eq!(scan[0].lot.as_ref().unwrap().as_str(), "AB-1");
    assert_eq!(scan[0].di().unwrap().to_string(), "GS1:07312345678909");
    // The stand-in for the separator that the page's script types.
    let scan = queries("010731234567890910AB-1\u{241d}21S7");
    assert_eq!(scan[0].serial.as_ref().unwrap().as_str(), "S7");
    assert_eq!(
        queries("(01)07312345678909(10)AB-1")[0]
            .lot
            .as_ref()
            .unwrap()
            .as_str(),
        "AB-1"
    );
    assert_eq!(
        queries("7312345678909")[0],
        TraceQuery {
            product: Some("GS1:07312345678909".parse().unwrap()),
            ..TraceQuery::default()
        }
    );
    let lot = queries("K25-0412");
    assert_eq!(lot[0].lot.as_ref().unwrap().as_str(), "K25-0412");
    assert_eq!(lot[1].serial.as_ref().unwrap().as_str(), "K25-0412");
    assert!(matches!(
        read_question("(414)7350000000016(254)A-01", today),
        Question::Place(_)
    ));
    assert!(matches!(
        read_question("(00)173500000000000013", today),
        Question::Package
    ));
    assert!(matches!(
        read_question("åäö — något alldeles för långt för att vara en batch", today),
        Question::Unreadable(_)
    ));
}
