//! Receive, pick, deliver, confirm. Each books everything it was given at once, or nothing.

use clap::Args;
use sparhund_scanner_core::api::Command as Ask;
use sparhund_shared::event::OrderNo;
use sparhund_shared::identity::{PlaceCode, Sscc};

use super::Outcome;
use crate::item::Item;
use crate::session::Session;

#[derive(Debug, Args)]
pub struct Receive {
    /// Who the goods come from
    #[arg(long)]
    supplier: String,
    /// Delivery note or purchase order
    #[arg(long)]
    reference: Option<String>,
    /// Place the goods are put in: GLN, or GLN/extension
    #[arg(long)]
    place: PlaceCode,
    /// Keep labels raw that cannot be read
    #[arg(long)]
    keep_unreadable: bool,
    /// What the labels say, each with " *N" behind it for N packages
    #[arg(required = true, value_name = "ITEM")]
    items: Vec<Item>,
}

#[derive(Debug, Args)]
pub struct Pick {
    /// The order
    #[arg(long)]
    order: OrderNo,
    /// Bin that all of the goods are taken from, when it is not the suggested one
    #[arg(long)]
    bin: Option<PlaceCode>,
    /// What the labels say, each with " *N" behind it for N packages
    #[arg(required = true, value_name = "ITEM")]
    items: Vec<Item>,
}

#[derive(Debug, Args)]
pub struct Deliver {
    /// The order
    #[arg(long)]
    order: OrderNo,
    /// Ward where the goods are, by its place label: GLN, or GLN/extension
    #[arg(long)]
    ward: PlaceCode,
    /// Logistic unit they travelled in
    #[arg(long)]
    sscc: Option<Sscc>,
}

#[derive(Debug, Args)]
pub struct Confirm {
    /// The order
    #[arg(long)]
    order: OrderNo,
    /// Confirm everything that is on its way without scanning
    #[arg(long, conflicts_with = "items")]
    all: bool,
    /// What the labels say, each with " *N" behind it for N packages
    #[arg(required_unless_present = "all", value_name = "ITEM")]
    items: Vec<Item>,
}

pub fn receive(session: &Session, args: Receive) -> Outcome {
    session.begin(Ask::StartReceive {
        supplier: args.supplier,
        reference: args.reference,
    })?;
    session.judge(Ask::ChoosePlace { place: args.place })?;
    session.scan_items(&args.items, args.keep_unreadable, None)?;
    session.book()
}

pub fn pick(session: &Session, args: Pick) -> Outcome {
    session.begin(Ask::StartPick { order: args.order })?;
    if let Some(place) = args.bin.clone() {
        session.judge(Ask::ChoosePlace { place })?;
    }
    session.scan_items(&args.items, false, args.bin.as_ref())?;
    session.book()
}

pub fn deliver(session: &Session, args: Deliver) -> Outcome {
    session.begin(Ask::StartDeliver { order: args.order })?;
    session.judge(Ask::ChoosePlace { place: args.ward })?;
    session.ask(Ask::SetSscc { sscc: args.sscc })?;
    session.book()
}

pub fn confirm(session: &Session, args: Confirm) -> Outcome {
    let task = session.begin(Ask::StartConfirm { order: args.order })?;
    if args.all {
        for line in task.lines.iter().filter(|line| !line.units.is_empty()) {
            session.judge(Ask::ExpectLine { line: line.line })?;
        }
    } else {
        session.scan_items(&args.items, false, None)?;
    }
    session.book()
}
