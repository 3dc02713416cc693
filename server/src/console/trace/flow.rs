//! From a history to who passed how much to whom.

use sparhund_shared::identity::PlaceCode;

use crate::store::TraceEvent;

/// Somebody or some place that had the goods.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NodeKey {
    /// Outside: the supplier as the receipt names it.
    Supplier(Option<String>),
    /// A place of the books.
    Place(PlaceCode),
}

/// A node with its figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Who.
    pub key: NodeKey,
    /// Column from the left; suppliers stand in 0.
    pub column: usize,
    /// Base units that came.
    pub arrived: u64,
    /// Base units that went.
    pub left: u64,
}

/// Goods that went from one node to another, all events together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edge {
    /// Index of the node they came from.
    pub from: usize,
    /// Index of the node they went to.
    pub to: usize,
    /// Base units.
    pub units: u64,
}

/// The whole way of the goods.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Flow {
    /// Nodes by column, then by key.
    pub nodes: Vec<Node>,
    /// Edges by origin, then by goal.
    pub edges: Vec<Edge>,
    /// Base units of events that change state at a place without leaving it, such as a ward's confirmation.
    pub stayed: u64,
}

/// Folds a history into its flow; what was declared wrong does not count. `column_of` says how far from the supplier
/// a place is drawn, from 1.
pub fn flow(history: &[TraceEvent], column_of: impl Fn(&PlaceCode) -> usize) -> Flow {
    let mut flow = Flow::default();
    let passed: Vec<(NodeKey, NodeKey, u64)> = history
        .iter()
        .filter(|event| !event.voided)
        .map(|event| {
            let from = event
                .from
                .clone()
                .map_or_else(|| NodeKey::Supplier(event.supplier.clone()), NodeKey::Place);
            (from, NodeKey::Place(event.to.clone()), u64::from(event.units))
        })
        .collect();
    let mut keys: Vec<(usize, NodeKey)> = passed
        .iter()
        .flat_map(|(from, to, _)| [from, to])
        .map(|key| match key {
            NodeKey::Supplier(_) => (0, key.clone()),
            NodeKey::Place(place) => (column_of(place).max(1), key.clone()),
        })
        .collect();
    keys.sort();
    keys.dedup();
    flow.nodes = keys
        .into_iter()
        .map(|(column, key)| Node {
            key,
            column,
            arrived: 0,
            left: 0,
        })
        .collect();
    for (from, to, units) in passed {
        if from == to {
            flow.stayed += units;
        } else {
            flow.pass(&from, &to, units);
        }
    }
    flow.edges.sort_by_key(|edge| (edge.from, edge.to));
    flow
}

impl Flow {
    fn pass(&mut self, from: &NodeKey, to: &NodeKey, units: u64) {
        let index = |nodes: &[Node], key: &NodeKey| nodes.iter().position(|node| node.key == *key);
        let (Some(from), Some(to)) = (index(&self.nodes, from), index(&self.nodes, to)) else {
            return;
        };
        self.nodes[from].left += units;
        self.nodes[to].arrived += units;
        match self
            .edges
            .iter_mut()
            .find(|edge| (edge.from, edge.to) == (from, to))
        {
            Some(edge) => edge.units += units,
            None => self.edges.push(Edge { from, to, units }),
        }
    }
}
