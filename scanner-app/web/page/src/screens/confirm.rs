//! Ward receipt: scan what came, or confirm a line, or all of it.

use leptos::prelude::*;
use sparhund_scanner_core::api::{Command, TaskLine, TaskView};

use super::pick::{Done, ToList, done};
use super::receive::{BookButton, in_basket, stopped};
use crate::parts::item::{Basket, Others};
use crate::parts::lines::Lines;
use crate::parts::open_scan::OpenScan;
use crate::parts::tools::Tools;
use crate::parts::verdict::VerdictLine;
use crate::state::{Ctx, ctx};

#[component]
pub fn Confirm() -> impl IntoView {
    let ctx = ctx();
    let left = move || {
        ctx.task
            .with(|task| to_expect(task.as_ref()).map(|line| line.may_go).sum::<i64>())
    };
    let all_in = move || left() == 0 && in_basket(ctx) != 0 && !stopped(ctx);
    view! {
        <div class="work" tabindex="0">
            <VerdictLine/>
            <OpenScan/>
            <Show when=all_in>
                <p class="prompt" data-test="not-booked">{move || ctx.t("confirm-book-next")}</p>
            </Show>
            <Basket/>
            <Others/>
            <Done/>
            <Lines action=line_button/>
        </div>
        <div class="thumb" class:ready=all_in>
            <Show when=move || !done(ctx)>
                <Tools/>
            </Show>
            <Show when=move || left() != 0>
                <button
                    class="strong"
                    data-test="confirm-all"
                    disabled=move || ctx.busy.get()
                    on:click=move |_| confirm_all(ctx)
                >
                    {move || ctx.t1("confirm-all", "count", &left().to_string())}
                </button>
            </Show>
            <BookButton key="book-confirm" missing="prompt-item"/>
            <ToList/>
        </div>
    }
}

fn line_button(ctx: Ctx, line: &TaskLine) -> AnyView {
    let number = line.line;
    (line.left > 0)
        .then(|| {
            view! {
                <button
                    data-test=format!("confirm-line-{number}")
                    on:click=move |_| ctx.run(Command::ExpectLine { line: number })
                >
                    {move || ctx.t("confirm-line")}
                </button>
            }
        })
        .into_any()
}

/// Puts every line into the basket; the first line that is stopped is shown, the rest waits. Booking is another tap:
/// what lies in the basket is seen first.
fn confirm_all(ctx: Ctx) {
    let lines: Vec<u32> = ctx
        .task
        .with_untracked(|task| to_expect(task.as_ref()).map(|line| line.line).collect());
    ctx.run_together(
        lines
            .into_iter()
            .map(|line| Command::ExpectLine { line })
            .collect(),
    );
}

/// Lines of which something is left that may go on: what is held or expired is confirmed by no button.
fn to_expect(task: Option<&TaskView>) -> impl Iterator<Item = &TaskLine> {
    let lines = task.map(|task| task.lines.as_slice()).unwrap_or_default();
    lines.iter().filter(|line| line.may_go > 0)
}
