//! Deeds: work that no order asks for, offline, with undo.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accept;
mod aid;
#[path = "../common/mod.rs"]
mod common;
mod count;
mod hunt;
mod load;
mod off_shelf;
mod pack;
mod patient;
mod release;
mod replenish;
mod store;
mod take_out;

use common::Rig;
use common::region::{early, place_label};
use sparhund_scanner_core::api::{Command, DeedKind, Prompt, ScanView, TaskView};

/// A handheld that has been told of 12 compresses of lot EARLY at a place, and is offline.
fn stocked(at: &str) -> Rig {
    let rig = Rig::ready();
    rig.server.0.borrow_mut().keeps_order = true;
    rig.receive("Prov AB");
    rig.scan(&early());
    rig.count(0, 12);
    rig.place(at);
    rig.book();
    rig.sync();
    rig.sync();
    rig.ask(Command::CloseTask);
    rig.server.offline(true);
    rig
}

fn start(rig: &Rig, kind: DeedKind) -> TaskView {
    rig.task(Command::StartDeed { kind })
}

fn prompt(task: &TaskView) -> Prompt {
    task.prompt.clone().unwrap()
}

/// Scans the label of a place.
fn at(rig: &Rig, code: &str) -> ScanView {
    rig.scan(&place_label(code))
}
