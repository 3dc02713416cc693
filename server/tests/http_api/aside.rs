//! How often a quarantine is looked through.

use sparhund_shared::event::BizStep;

use crate::common::TestServer;
use crate::quarantine::{decide, lost_device, send};

async fn waiting(server: &TestServer) -> u64 {
    server.state.store.quarantine_waits().await.unwrap()
}

#[tokio::test]
async fn a_quarantine_is_looked_through_once_for_all_pages_and_anew_when_it_changed() {
    let (server, mut device, id) = lost_device().await;
    assert_eq!(waiting(&server).await, 0);
    send(&server, &device).await;
    assert_eq!(waiting(&server).await, 3);
    // Behind its back, as nothing else could tell whether it looks.
    let conn = rusqlite::Connection::open(server.state.site.database.as_ref().unwrap()).unwrap();
    let gone = conn.execute("DELETE FROM quarantine WHERE seq = 5", []).unwrap();
    assert_eq!(gone, 1);
    assert_eq!(waiting(&server).await, 3);
    device.moves(BizStep::Receiving, "LOT-B", 10, None);
    send(&server, &device).await;
    assert_eq!(waiting(&server).await, 4);
    let path = format!("/devices/{id}/quarantine");
    decide(&server, &path, "reject").await.expect(200);
    assert_eq!(waiting(&server).await, 0);
}
