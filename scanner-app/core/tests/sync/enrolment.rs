//! Enrolment: nothing is asked before it, and one that was not answered is done again.

use sparhund_scanner_core::api::Command;

use crate::common::Rig;
use crate::common::server::{Fault, Server};

#[test]
fn nothing_works_before_enrolment_and_nothing_is_asked() {
    let rig = Rig::with(Server::with_region(), 1);
    assert_eq!(rig.problem(Command::Sync).code, "not-enrolled");
    let sign_in = || Command::SignIn {
        login: "a".to_owned(),
        password: "b".to_owned(),
    };
    assert_eq!(rig.problem(sign_in()).code, "not-enrolled");
    assert!(rig.server.heard().is_empty());
    let wrong = Command::Enrol {
        server: "https://server/".to_owned(),
        code: "WRONG".to_owned(),
        name: "H".to_owned(),
    };
    assert_eq!(rig.problem(wrong).code, "enrolment-code");
    rig.enrol();
    assert_eq!(rig.problem(sign_in()).code, "wrong-password");
    assert!(rig.now_status().enrolled);
}

#[test]
fn an_enrolment_without_an_answer_is_done_again_in_a_new_log() {
    let rig = Rig::with(Server::with_region(), 1);
    rig.server.fail_next(&[Some(Fault::Unanswered)]);
    let enrol = || Command::Enrol {
        server: "https://server".to_owned(),
        code: "CODE".to_owned(),
        name: "H".to_owned(),
    };
    assert_eq!(rig.problem(enrol()).code, "enrol-offline");
    rig.enrol();
    assert_eq!(rig.server.0.borrow().keys.len(), 2, "the first log is never used");
}
