//! A server that will not take the device, and one that will not synchronise.

use sparhund_scanner_core::api::{AlertCode, Command};

use super::book;
use crate::common::Rig;

#[test]
fn a_shut_out_device_says_so_and_keeps_its_scans() {
    let rig = Rig::ready();
    book(&rig, 1);
    rig.server.0.borrow_mut().unauthorized = true;
    assert_eq!(rig.problem(Command::Sync).code, "server-unauthorized");
    let status = rig.now_status();
    assert!(!status.enrolled);
    assert_eq!(
        (status.unsent, status.alerts[0].code),
        (1, AlertCode::DeviceRefused)
    );
    rig.server.0.borrow_mut().unauthorized = false;
    rig.enrol();
    assert_eq!(rig.sync().sent, 1);
}

#[test]
fn a_revoked_device_learns_it_and_sends_its_scans_after_enrolling_again() {
    let rig = Rig::ready();
    book(&rig, 2);
    rig.server.0.borrow_mut().revoked = true;
    assert_eq!(rig.problem(Command::Sync).code, "server-unauthorized");
    let aside = rig.server.0.borrow().aside.clone();
    assert_eq!(
        aside.len(),
        2,
        "what it holds is handed over for a person to decide about"
    );
    let status = rig.now_status();
    assert!(!status.enrolled, "the enrolment is asked for");
    assert_eq!(
        (status.unsent, status.alerts[0].code),
        (2, AlertCode::DeviceRefused)
    );
    rig.enrol();
    assert_eq!(rig.sync().sent, 2);
    assert_eq!(
        rig.server.events(),
        aside,
        "the same events, under the new enrolment"
    );
    assert!(rig.now_status().alerts.is_empty());
}

#[test]
fn a_sync_that_is_refused_for_good_says_so_until_it_goes_well() {
    let rig = Rig::ready();
    rig.server.0.borrow_mut().forbid = Some((403, "forbidden"));
    rig.ask(Command::Sync);
    let status = rig.now_status();
    assert!(status.enrolled, "nobody shut the device out");
    assert_eq!(status.alerts.len(), 1);
    assert_eq!(status.alerts[0].code, AlertCode::SyncRefused);
    assert!(status.alerts[0].detail.contains("403"), "{:?}", status.alerts);
    rig.server.0.borrow_mut().forbid = Some((400, "malformed-json"));
    rig.ask(Command::Sync);
    assert_eq!(rig.now_status().alerts.len(), 1, "the latest reason only");
    // Passing troubles are no news.
    for passing in [(429, "throttled"), (408, "slow-body"), (503, "busy")] {
        rig.server.0.borrow_mut().forbid = None;
        assert!(rig.sync().status.alerts.is_empty());
        rig.server.0.borrow_mut().forbid = Some(passing);
        rig.ask(Command::Sync);
        assert!(rig.now_status().alerts.is_empty(), "{passing:?}");
    }
}
