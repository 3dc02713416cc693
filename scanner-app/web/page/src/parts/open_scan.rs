//! A label of which one code was read: what it said, and that another one is awaited.

use leptos::prelude::*;

use crate::state::ctx;

#[component]
pub fn OpenScan() -> impl IntoView {
    let ctx = ctx();
    move || {
        let open = ctx
            .task
            .with(|task| task.as_ref().and_then(|task| task.open.clone()))?;
        let until = open.until;
        let over = move || ctx.now.get() > until;
        let values = [
            ("item-lot", open.lot.map(|lot| lot.to_string())),
            ("item-serial", open.serial.map(|serial| serial.to_string())),
            ("item-expiry", open.expiry.map(|expiry| expiry.to_string())),
        ];
        let facts = values
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)))
            .map(|(key, value)| view! { <li>{move || ctx.t(key)} " " <b class="code">{value}</b></li> })
            .collect_view();
        Some(view! {
            <section class="prompt" role="status" data-test="open-scan">
                <p>{move || ctx.t(if over() { "open-scan-over" } else { "prompt-needs-more" })}</p>
                <ul class="plain-list">{facts}</ul>
                <button data-test="open-scan-drop" on:click=move |_| ctx.give_up_reading()>
                    {move || ctx.t("open-scan-drop")}
                </button>
            </section>
        })
    }
}
