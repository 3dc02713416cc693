//! What there is to do.

use rusqlite::Connection;
use sparhund_shared::reference::{Order, OrderLine, Role, User};
use sparhund_shared::verdict::Verdict;

use super::deed;
use super::desk::Desk;
use super::expected::{judge_unit, view_of_unit};
use super::goods::add_local;
use super::parcel::open_goods;
use super::places::place_view;
use super::receipt;
use super::view::progress;
use crate::api::{DeedKind, HuntCard, KeptBack, LineProgress, OrderCard, StatusView, Stranded, TasksView};
use crate::fault::Fault;
use crate::store::{catalogue, implant, task};

/// Deeds in the order of the list.
const DEEDS: [DeedKind; 12] = [
    DeedKind::Store,
    DeedKind::Replenish,
    DeedKind::Load,
    DeedKind::Accept,
    DeedKind::Use,
    DeedKind::Implant,
    DeedKind::Return,
    DeedKind::Discard,
    DeedKind::SetAside,
    DeedKind::Release,
    DeedKind::Aid,
    DeedKind::Count,
];

/// Orders to work on, by what the person may do.
pub(crate) fn tasks(desk: Desk<'_>, user: &User, status: StatusView) -> Result<TasksView, Fault> {
    let db = desk.db;
    let roles = &user.roles;
    let picker = roles.contains(&Role::Picker);
    let ward = roles.contains(&Role::Ward);
    let mut view = TasksView {
        receive: picker,
        announced: if picker { receipt::cards(db)? } else { Vec::new() },
        to_pick: Vec::new(),
        to_pack: Vec::new(),
        to_deliver: Vec::new(),
        to_confirm: Vec::new(),
        stranded: Vec::new(),
        deeds: DEEDS
            .iter()
            .filter(|kind| deed::of(kind).roles().iter().any(|role| roles.contains(role)))
            .cloned()
            .collect(),
        hunts: hunts(desk)?,
        cards: if ward || picker {
            implant::of_day(db, desk.today, status.training)?
        } else {
            Vec::new()
        },
        open: task::all(db)?
            .into_iter()
            .filter(|state| state.training == status.training && state.is_for(user.id, roles))
            .map(|state| state.kind)
            .collect(),
        status,
    };
    let mut orders = catalogue::orders(db)?;
    orders.sort_by(|a, b| (a.placed_at, &a.no).cmp(&(b.placed_at, &b.no)));
    for mut order in orders {
        add_local(db, &mut order)?;
        if picker {
            view.stranded.extend(stranded(desk, &order)?);
        }
        let any = |wanted: fn(&OrderLine) -> bool| order.lines.iter().any(wanted);
        let lists = [
            (
                picker && any(|line| line.progress.picked < i64::from(line.units)),
                &mut view.to_pick,
            ),
            (picker && !open_goods(&order).is_empty(), &mut view.to_pack),
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

/// Holds with places to search.
fn hunts(desk: Desk<'_>) -> Result<Vec<HuntCard>, Fault> {
    let mut cards = Vec::new();
    for hold in catalogue::holds_in_stock(desk.db)? {
        let walk = deed::walk(desk, &hold)?;
        if walk.iter().all(|hint| hint.done) {
            continue;
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        cards.push(HuntCard {
            hold: hold.id,
            reason: hold.reason.to_string(),
            places: count(walk.len()),
            done: count(walk.iter().filter(|hint| hint.done).count()),
        });
    }
    Ok(cards)
}

/// Picked goods of an order that may no longer leave, whoever picked them: one of those who pick fetches them.
fn stranded(desk: Desk<'_>, order: &Order) -> Result<Vec<Stranded>, Fault> {
    let mut stranded = Vec::new();
    for line in &order.lines {
        // Of an article the device does not know there is nothing to judge by.
        let known =
            catalogue::article(desk.db, &line.article)?.is_some_and(|article| article.base().is_some());
        if line.picked.is_empty() || !known {
            continue;
        }
        for unit in &line.picked {
            let judgement = judge_unit(desk, line, unit)?;
            if judgement.verdict != Verdict::Stop {
                continue;
            }
            stranded.push(Stranded {
                order: order.no.clone(),
                place: place_view(desk.db, &unit.place)?,
                goods: KeptBack {
                    item: view_of_unit(desk, line, unit)?,
                    units: unit.units,
                    judgement,
                },
            });
        }
    }
    Ok(stranded)
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
