//! Lastning och körning: vehicle, units, stops.

use sparhund_scanner_core::api::{Command, DeedKind, HintReason, Prompt, ScanOutcome, ScanView};
use sparhund_shared::event::{BizStep, StockStatus, UnitStep};
use sparhund_shared::identity::Sscc;
use sparhund_shared::reference::{Place, PlaceKind};
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

use crate::common::region::{self, compress, other_ward, ward};
use crate::common::{Rig, reasons};
use crate::pack::{handled, packed, picked};
use crate::{at, prompt, start};

fn vehicle() -> String {
    format!("{}/BIL1", region::store())
}

fn put_place(rig: &Rig, place: &Place) {
    rig.server
        .put(Topic::Places, &place.code.to_string(), Some(region::value(place)));
}

/// One unit is packed, and the device knows a vehicle.
fn ready() -> (Rig, Sscc) {
    let rig = picked();
    let mut place = region::places().remove(3);
    place.code = vehicle().parse().unwrap();
    "Bil 1".clone_into(&mut place.name);
    place.kind = PlaceKind::Vehicle;
    put_place(&rig, &place);
    rig.server.offline(false);
    rig.sync();
    rig.server.offline(true);
    let sscc = packed(&rig);
    (rig, sscc)
}

fn unit(rig: &Rig, sscc: Sscc) -> ScanView {
    rig.machine.pass(2_000);
    rig.scan(&format!("(00){sscc}"))
}

#[test]
fn a_unit_goes_onto_the_vehicle_and_off_at_its_stop_offline() {
    let (rig, sscc) = ready();
    let task = start(&rig, DeedKind::Load);
    assert_eq!(prompt(&task), Prompt::ScanFrom);
    assert_eq!(
        rig.problem(crate::common::scan(&format!("(00){sscc}"))).code,
        "vehicle-needed"
    );
    assert_eq!(prompt(&at(&rig, &vehicle()).task), Prompt::ScanUnit);
    let loaded = unit(&rig, sscc);
    assert_eq!(loaded.judgement.verdict, Verdict::Ok, "{:?}", reasons(&loaded));
    let deed = loaded.task.deed.unwrap();
    assert_eq!((deed.units.len(), deed.units[0].done), (1, false));
    assert_eq!(
        (
            deed.hints[0].place.code.to_string(),
            deed.hints[0].units,
            deed.hints[0].why
        ),
        (ward(), 1, HintReason::Stop)
    );
    assert_eq!(unit(&rig, sscc).outcome, ScanOutcome::KnownAlready);
    // Taken back, and loaded again; killed on the way.
    let loaded = unit(&rig, sscc);
    assert_eq!(loaded.outcome, ScanOutcome::KnownAlready);
    rig.undo();
    assert!(rig.task(Command::CurrentTask).deed.unwrap().units.is_empty());
    unit(&rig, sscc);
    rig.reopen();
    // Left for another task: the load stays on the vehicle.
    rig.ask(Command::CloseTask);
    start(&rig, DeedKind::Load);
    assert_eq!(at(&rig, &vehicle()).task.deed.unwrap().units.len(), 1);
    // A ward that nothing is for.
    assert_eq!(reasons(&at(&rig, &other_ward())), ["wrong-place"]);
    rig.ask(Command::AcknowledgeStop);
    at(&rig, &ward());
    let delivered = unit(&rig, sscc);
    assert_eq!((delivered.booked, reasons(&delivered)), (6, vec![]));
    let deed = delivered.task.deed.unwrap();
    assert!(deed.units[0].done && deed.hints[0].done);
    rig.undo();
    assert_eq!(unit(&rig, sscc).booked, 6);

    rig.server.offline(false);
    rig.sync();
    let sent = rig.server.movements_of(BizStep::Shipping);
    assert!(
        sent.iter()
            .all(|moved| moved.sscc == Some(sscc) && moved.to.to_string() == ward())
    );
    assert!(
        sent.iter().all(|moved| moved.circumstances.is_none()),
        "one legal person"
    );
    let steps: Vec<_> = handled(&rig.server)
        .iter()
        .map(|handling| handling.step)
        .collect();
    assert!(steps.contains(&UnitStep::Loading) && steps.contains(&UnitStep::Unloading));
    let books = rig.server.books();
    let on_its_way: i64 = books
        .stock()
        .iter()
        .filter(|row| row.2 == StockStatus::InTransit)
        .map(|row| row.3)
        .sum();
    assert_eq!(on_its_way, 6);
}

#[test]
fn another_units_stop_is_a_stop_that_names_the_right_one() {
    let (rig, sscc) = ready();
    // A second order, for the other ward, with a unit of its own.
    let mut order = region::order();
    order.no = "O-2".parse().unwrap();
    order.to = other_ward().parse().unwrap();
    order.lines.truncate(1);
    order.lines[0].progress.picked = 3;
    order.lines[0].picked = vec![region::option(
        &region::dispatch(),
        Some("EARLY"),
        None,
        Some("2027-03-31"),
        3,
    )];
    let other: Sscc = "157035381410375177".parse().unwrap();
    order.lines[0].packed = vec![sparhund_shared::reference::PackedGoods {
        sscc: other,
        lot: Some("EARLY".parse().unwrap()),
        serial: None,
        waiting: 3,
        sent: 0,
    }];
    rig.server.offline(false);
    rig.server.put(Topic::Orders, "O-2", Some(region::value(&order)));
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::Load);
    at(&rig, &vehicle());
    unit(&rig, sscc);
    assert_eq!(unit(&rig, other).task.deed.unwrap().hints.len(), 2);
    at(&rig, &ward());
    let wrong = unit(&rig, other);
    assert_eq!(
        (wrong.judgement.verdict, reasons(&wrong), wrong.booked),
        (Verdict::Stop, vec!["wrong-stop"], 0)
    );
    let words = format!("{:?}", wrong.judgement.reasons);
    assert!(words.contains("Avdelning 2"), "{words}");
    rig.ask(Command::AcknowledgeStop);
    // A number nobody knows.
    assert_eq!(reasons(&rig.scan("(00)973500000000000019")), ["unknown-unit"]);
    rig.ask(Command::AcknowledgeStop);
    assert_eq!(unit(&rig, sscc).booked, 6);
}

#[test]
fn held_goods_do_not_leave_in_a_unit() {
    let (rig, sscc) = ready();
    rig.server.offline(false);
    rig.server.hold(&region::hold(compress(), Some("EARLY")));
    rig.sync();
    start(&rig, DeedKind::Load);
    at(&rig, &vehicle());
    let stopped = unit(&rig, sscc);
    assert_eq!(
        (stopped.judgement.verdict, reasons(&stopped)),
        (Verdict::Stop, vec!["held"])
    );
}

#[test]
fn a_delivery_to_another_legal_person_is_told_as_such() {
    let (rig, sscc) = ready();
    let mut clinic = region::places().remove(4);
    "556000-0001".clone_into(&mut clinic.entity.org_no);
    put_place(&rig, &clinic);
    rig.server.offline(false);
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::Load);
    at(&rig, &vehicle());
    unit(&rig, sscc);
    at(&rig, &ward());
    assert_eq!(unit(&rig, sscc).booked, 6);
    rig.server.offline(false);
    rig.sync();
    for moved in rig.server.movements_of(BizStep::Shipping) {
        assert_eq!(moved.left(), StockStatus::TransferredOut);
        let told = moved.circumstances.unwrap();
        assert_eq!(told.receiver.unwrap().as_str(), "556000-0001");
    }
    assert!(rig.tasks().to_confirm.is_empty(), "nobody confirms it here");
}
