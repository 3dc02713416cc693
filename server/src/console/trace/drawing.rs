//! The flow as a picture: columns from supplier to ward, ribbons as wide as their quantity.

use maud::{Markup, html};

use super::flow::{Flow, Node};

/// Units of the drawing's own coordinates.
const WIDTH: f64 = 960.0;
/// What the fullest column may take for its bars.
const BARS: f64 = 260.0;
const BAR_WIDTH: f64 = 14.0;
/// Above each bar stands its label.
const LABEL: f64 = 40.0;
const EDGE_MIN: f64 = 1.5;
const NAME_MAX: usize = 30;

/// Where a bar stands.
#[derive(Clone, Copy, Default)]
struct Bar {
    x: f64,
    y: f64,
    height: f64,
    /// How far edges have been attached on either side.
    arrived: f64,
    left: f64,
}

/// Draws the flow. `name` names a node, `count` writes a number, `title` is read aloud.
pub fn draw(
    flow: &Flow,
    title: &str,
    name: impl Fn(&Node) -> String,
    count: impl Fn(u64) -> String,
) -> Markup {
    let scale = scale(flow);
    let (mut bars, height) = bars(flow, scale);
    let ribbons: Vec<(String, f64, f64, f64, u64)> = flow
        .edges
        .iter()
        .map(|edge| {
            let thick = thick(edge.units, scale);
            let from = bars[edge.from];
            let to = bars[edge.to];
            let start = (from.x + BAR_WIDTH, from.y + from.left + thick / 2.0);
            // Back or aside: the ribbon bends round to the right side of its goal.
            let aside = to.x <= from.x;
            let end = (
                if aside { to.x + BAR_WIDTH } else { to.x },
                to.y + to.arrived + thick / 2.0,
            );
            bars[edge.from].left += thick;
            bars[edge.to].arrived += thick;
            let bend = if aside { 70.0 } else { (end.0 - start.0) / 2.0 };
            let turn = if aside { end.0 + bend } else { end.0 - bend };
            let path = format!(
                "M{:.1} {:.1}C{:.1} {:.1} {turn:.1} {:.1} {:.1} {:.1}",
                start.0,
                start.1,
                start.0 + bend,
                start.1,
                end.1,
                end.0,
                end.1
            );
            // Near its origin a ribbon runs straight, clear of the names over its goal.
            let (x, y) = if aside {
                (start.0 + bend * 0.75, f64::midpoint(start.1, end.1))
            } else {
                (start.0 + (end.0 - start.0) * 0.16, start.1)
            };
            (path, thick, x, y, edge.units)
        })
        .collect();
    let view = format!("0 0 {WIDTH} {height:.0}");
    html! {
        svg class="flow" viewBox=(view) role="img" aria-label=(title) xmlns="http://www.w3.org/2000/svg" {
            title { (title) }
            @for (path, thick, ..) in &ribbons {
                path class="flow-edge" d=(path) fill="none" stroke-width=(format!("{thick:.1}")) {}
            }
            @for (node, bar) in flow.nodes.iter().zip(&bars) {
                (bar_of(node, bar, &name(node), &count))
            }
            @for (_, _, x, y, units) in &ribbons {
                text class="flow-count" x=(format!("{x:.1}")) y=(format!("{:.1}", y + 4.0)) text-anchor="middle" {
                    (count(*units))
                }
            }
        }
    }
}

fn bar_of(node: &Node, bar: &Bar, name: &str, count: &impl Fn(u64) -> String) -> Markup {
    let last = bar.x > WIDTH * 0.7;
    let (x, anchor) = if last {
        (bar.x + BAR_WIDTH, "end")
    } else {
        (bar.x, "start")
    };
    let units = node.arrived.max(node.left);
    html! {
        g {
            title { (name) ": " (count(units)) }
            rect class="flow-node" x=(format!("{:.1}", bar.x)) y=(format!("{:.1}", bar.y))
                width=(BAR_WIDTH) height=(format!("{:.1}", bar.height)) rx="2" {}
            text class="flow-name" x=(format!("{x:.1}")) y=(format!("{:.1}", bar.y - 20.0)) text-anchor=(anchor) {
                (short(name))
            }
            text class="flow-units" x=(format!("{x:.1}")) y=(format!("{:.1}", bar.y - 5.0)) text-anchor=(anchor) {
                (count(units))
            }
        }
    }
}

fn short(name: &str) -> String {
    if name.chars().count() <= NAME_MAX {
        return name.to_owned();
    }
    let start: String = name.chars().take(NAME_MAX - 1).collect();
    format!("{}…", start.trim_end())
}

/// Drawing units for one base unit: the fullest column fills the height.
fn scale(flow: &Flow) -> f64 {
    let columns = flow.nodes.iter().map(|node| node.column).max().unwrap_or(0);
    let fullest = (0..=columns)
        .map(|column| {
            let nodes = flow.nodes.iter().filter(|node| node.column == column);
            nodes.map(|node| node.arrived.max(node.left)).sum::<u64>()
        })
        .max()
        .unwrap_or(0);
    BARS / as_f64(fullest.max(1))
}

fn thick(units: u64, scale: f64) -> f64 {
    (as_f64(units) * scale).max(EDGE_MIN)
}

/// Quantities are far below 2^52.
#[allow(clippy::cast_precision_loss)]
fn as_f64(units: u64) -> f64 {
    units as f64
}

/// Bars stacked in their columns, and the height of the drawing.
fn bars(flow: &Flow, scale: f64) -> (Vec<Bar>, f64) {
    let mut columns: Vec<usize> = flow.nodes.iter().map(|node| node.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let step = (WIDTH - BAR_WIDTH) / as_f64(columns.len().saturating_sub(1).max(1) as u64);
    let mut next = vec![0.0_f64; columns.len()];
    let bars = flow
        .nodes
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let column = columns
                .iter()
                .position(|column| *column == node.column)
                .unwrap_or(0);
            // Thin edges are drawn wider than their share, so a bar is at least as high as what is attached to it.
            let side = |outwards: bool| -> f64 {
                let edges = flow.edges.iter().filter(|edge| {
                    if outwards {
                        edge.from == index
                    } else {
                        edge.to == index
                    }
                });
                edges.map(|edge| thick(edge.units, scale)).sum()
            };
            let height = side(true).max(side(false)).max(4.0);
            let y = next[column] + LABEL;
            next[column] = y + height;
            Bar {
                x: step * as_f64(column as u64),
                y,
                height,
                arrived: 0.0,
                left: 0.0,
            }
        })
        .collect();
    let height = next.into_iter().fold(0.0, f64::max) + 8.0;
    (bars, height)
}
