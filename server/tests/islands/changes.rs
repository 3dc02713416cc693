//! Every change of reference data that was made, so that none can be lost unseen: in the end each stands, was overwritten by somebody who
//! saw it, or is in a conflict.

use std::collections::BTreeSet;

use serde::Deserialize as _;
use serde_json::Value;
use sparhund_server::store::{Conflict, ConflictChoice, RowKind};
use sparhund_shared::reference::Rule;

use crate::server::Server;

/// A row, and what tells one of its changes from another.
type Change = (String, String);

#[derive(Default)]
pub struct Changes {
    made: BTreeSet<Change>,
    /// Whoever made the next change, or chose, saw these.
    overwritten: BTreeSet<Change>,
}

impl Changes {
    /// Somebody changes a row at a server.
    pub fn made(&mut self, kind: RowKind, before: Option<&Value>, after: &Value) {
        if let Some(before) = before {
            self.overwritten.insert(change(kind, before));
        }
        let made = change(kind, after);
        self.overwritten.remove(&made);
        self.made.insert(made);
    }

    /// What nobody overwrote knowingly, and neither stands at one of the servers nor waits in a conflict.
    pub async fn lost(&self, servers: &[Server]) -> Vec<Change> {
        let mut held = BTreeSet::new();
        for server in servers {
            for (kind, body) in server.bodies().await {
                held.insert(change(kind, &body));
            }
            let conflicts = server.conflicts().await;
            for conflict in conflicts.iter().filter(|conflict| conflict.resolved.is_none()) {
                held.insert(change(conflict.kind, &conflict.other));
                held.extend(conflict.standing.iter().map(|body| change(conflict.kind, body)));
            }
        }
        // What the central server did not do is not put away, whatever was noted elsewhere.
        let done = servers[0].conflicts().await;
        held.extend(done.iter().filter_map(put_away));
        let lost = self.made.difference(&self.overwritten);
        lost.filter(|made| !held.contains(made)).cloned().collect()
    }

    /// What went with a disk is nobody's loss but the disk's.
    pub async fn forget_lost(&mut self, servers: &[Server]) {
        for lost in self.lost(servers).await {
            self.made.remove(&lost);
        }
    }
}

/// What somebody chose against.
fn put_away(conflict: &Conflict) -> Option<Change> {
    let body = match conflict.resolved.as_ref()?.choice {
        ConflictChoice::Standing => Some(&conflict.other),
        ConflictChoice::Other => conflict.standing.as_ref(),
    };
    body.map(|body| change(conflict.kind, body))
}

fn change(kind: RowKind, body: &Value) -> Change {
    if kind == RowKind::Rule {
        return (format!("rule {}", rule_key(body)), body.to_string());
    }
    let (key, told) = match kind {
        RowKind::Rule => unreachable!("seen above"),
        RowKind::Place => (&body["code"], &body["name"]),
        RowKind::Account => (&body["user"]["id"], &body["user"]["name"]),
        RowKind::Order | RowKind::Delivery => (&body["no"], &body["lines"]),
        RowKind::Article => (&body["no"], &body["name"]),
        RowKind::Conflict => (&body["id"], &body["resolved"]),
    };
    (format!("{} {key}", kind.word()), told.to_string())
}

fn rule_key(body: &Value) -> String {
    let gone = body["gone"].as_str().map(ToOwned::to_owned);
    gone.unwrap_or_else(|| Rule::deserialize(body).unwrap().key())
}
