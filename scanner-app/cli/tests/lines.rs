//! `parse --jsonl` as a tool at the other end of a pipe.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use serde_json::Value;

#[test]
fn each_line_is_answered_before_the_next_one_is_asked() {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_sparhund-scan"))
        .args(["parse", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ask = tool.stdin.take().unwrap();
    let mut answers = BufReader::new(tool.stdout.take().unwrap()).lines();
    let mut answered = |question: &[u8]| -> Value {
        ask.write_all(question).unwrap();
        ask.write_all(b"\n").unwrap();
        ask.flush().unwrap();
        serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap()
    };
    let read = answered(br#"{"id": 1, "input": "]d2010703206980498810K25"}"#);
    assert_eq!((&read["id"], &read["lot"]), (&1.into(), &"K25".into()));
    // What is no question is answered too, with its id where it has one, and ends nothing.
    for (question, id) in [
        (br#"{"id": 5, "form": "hibc"}"#.as_slice(), Value::from(5)),
        (b"\xff\xfe", Value::Null),
        (b"nonsense", Value::Null),
    ] {
        let refused = answered(question);
        assert_eq!(refused["error"]["code"], "NO_QUESTION", "{refused}");
        assert_eq!(refused["id"], id, "{refused}");
    }
    assert_eq!(answered(br#"{"id": 2, "input": "7032069804988"}"#)["ok"], true);
    drop(ask);
    assert!(tool.wait().unwrap().success());
}

#[test]
fn options_without_strict_are_said_to_be_ignored_and_only_once() {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_sparhund-scan"))
        .args(["parse", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let question = br#"{"id": 1, "input": "]d20107032069804988", "options": {"permit_unknown_ais": true}}"#;
    let mut ask = tool.stdin.take().unwrap();
    for _ in 0..2 {
        ask.write_all(question).unwrap();
        ask.write_all(b"\n").unwrap();
    }
    drop(ask);
    let done = tool.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(said.matches("ignored").count(), 1, "{said}");
    assert_eq!(
        String::from_utf8(done.stdout)
            .unwrap()
            .matches("\"ok\":true")
            .count(),
        2
    );
}
