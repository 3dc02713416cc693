//! A device of the fault suite as a process of its own, so that it can be killed as a dead battery would.

use clap::Parser as _;
use sparhund_tests::torture::handheld::{Begin, Handheld};

fn main() {
    Handheld::open(Begin::parse()).run();
}
