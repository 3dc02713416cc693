//! What there is to do.

use rusqlite::Connection;
use sparhund_shared::reference::{Order, OrderLine, Role, User};

use super::goods::add_local;
use super::places::place_view;
use super::view::progress;
use crate::api::{LineProgress, OrderCard, StatusView, TasksView};
use crate::fault::Fault;
use crate::store::{catalogue, task};

/// Orders to work on, by what the person may do.
pub(crate) fn tasks(db: &Connection, user: &User, status: StatusView) -> Result<TasksView, Fault> {
    let roles = &user.roles;
    let picker = roles.contains(&Role::Picker);
    let ward = roles.contains(&Role::Ward);
    let mut view = TasksView {
        receive: picker,
        to_pick: Vec::new(),
        to_deliver: Vec::new(),
        to_confirm: Vec::new(),
        open: task::all(db)?
            .into_iter()
            .filter(|state| state.is_for(user.id, roles))
            .map(|state| state.kind)
            .collect(),
        status,
    };
    let mut orders = catalogue::orders(db)?;
    orders.sort_by(|a, b| (a.placed_at, &a.no).cmp(&(b.placed_at, &b.no)));
    for mut order in orders {
        add_local(db, &mut order)?;
        let any = |wanted: fn(&OrderLine) -> bool| order.lines.iter().any(wanted);
        let lists = [
            (
                picker && any(|line| line.progress.picked < i64::from(line.units)),
                &mut view.to_pick,
            ),
            (
                picker && any(|line| line.progress.shipped < line.progress.picked),
                &mut view.to_deliver,
            ),
            (
                ward && any(|line| line.progress.accepted < line.progress.shipped),
                &mut view.to_confirm,
            ),
        ];
        for (belongs, list) in lists {
            if belongs {
                list.push(card(db, &order)?);
            }
        }
    }
    Ok(view)
}

fn card(db: &Connection, order: &Order) -> Result<OrderCard, Fault> {
    let mut total = LineProgress::default();
    for line in &order.lines {
        let line = progress(line);
        total.wanted += line.wanted;
        total.picked += line.picked;
        total.shipped += line.shipped;
        total.accepted += line.accepted;
    }
    Ok(OrderCard {
        no: order.no.clone(),
        state: order.state(),
        to: place_view(db, &order.to)?,
        placed_at: order.placed_at,
        lines: u32::try_from(order.lines.len()).unwrap_or(u32::MAX),
        progress: total,
    })
}
