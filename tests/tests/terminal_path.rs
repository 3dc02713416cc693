//! The path from label to ward through `sparhund-scan`, with `kill -9` on both ends.

use std::path::Path;
use std::process::Command;

use sparhund_tests::process::program;
use sparhund_tests::scenario::{LOGIN, ORDER, PASSWORD, Scenario, UNITS_A, UNITS_B};
use sparhund_tests::server::Server;

#[test]
fn every_unit_survives_kill_9_on_both_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut server = Server::demo(&data);
    let scenario = Scenario::prepare(&server);
    let port = server.port();
    server.kill_9();

    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("shell/terminal_path.sh");
    let done = Command::new("bash")
        .arg(script)
        .env("SERVER", program("sparhund-server"))
        .env("SCAN", program("sparhund-scan"))
        .env("DATA", &data)
        .env("PORT", port.to_string())
        .env("CLIENT", folder.path().join("client"))
        .env("CODE", &scenario.code)
        .env("LOGIN", LOGIN)
        .env("PASSWORD", PASSWORD)
        .env("ORDER", ORDER)
        .env("BIN", &scenario.bin)
        .env("WARD", &scenario.ward)
        .env("OTHER_WARD", &scenario.other_ward)
        .env("LABEL_A", format!("]d2{}", scenario.label_a()))
        .env("UNITS_A", UNITS_A.to_string())
        .env("LABEL_B", format!("]d2{}", scenario.label_b()))
        .env("UNITS_B", UNITS_B.to_string())
        .env("LABEL_SERIAL", format!("]d2{}", scenario.label_serial()))
        .env("LABEL_WRONG", "]d201040063813339311728013110FEL")
        .output()
        .expect("run the script");
    let (out, err) = (
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
    println!("{out}{err}");
    assert!(done.status.success(), "the script failed: {}", done.status);

    server.start_again();
    scenario.check_trace(&server);
}
