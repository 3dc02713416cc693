//! What is always visible: network, unsent work, age of the hold list, and who works here. Never a dialog.

use leptos::prelude::*;

use crate::browser::clock;
use crate::state::ctx;

#[component]
pub fn StatusLine() -> impl IntoView {
    let ctx = ctx();
    let status = ctx.status;
    let network = move || {
        // The words change with the day: yesterday's time carries its date.
        ctx.now.track();
        status.with(|status| match (status.online, status.last_contact) {
            (true, _) => ctx.t("status-online"),
            (false, Some(at)) => ctx.t1("status-offline-since", "time", &clock(at)),
            (false, None) => ctx.t("status-offline"),
        })
    };
    let unsent = move || {
        let count = i64::try_from(status.with(|status| status.unsent)).unwrap_or(i64::MAX);
        ctx.with_texts(|texts| texts.count("status-unsent", count))
    };
    let fetching = move || {
        ctx.t1(
            "status-fetching",
            "count",
            &status.with(|status| status.articles).to_string(),
        )
    };
    let holds = move || {
        ctx.now.track();
        match status.with(|status| status.holds_at) {
            Some(at) => ctx.t1("status-holds", "time", &clock(at)),
            None => ctx.t("status-holds-none"),
        }
    };
    // Before the device is enrolled there is nothing to send and nobody to reach it for.
    let enrolled = move || status.with(|status| status.enrolled);
    let known =
        move || status.with(|status| status.enrolled || status.online || status.last_contact.is_some());
    let counted = move || status.with(|status| status.enrolled || status.unsent > 0);
    let room = move || {
        let warning = status.with(|status| status.room.warning())?;
        Some(view! { <span class="waiting" role="alert" data-test="room">{ctx.t(warning)}</span> })
    };
    let user = move || status.with(|status| status.user.as_ref().map(|user| user.name.clone()));
    let login = move || status.with(|status| status.user.as_ref().map(|user| user.login.clone()));
    view! {
        <div
            class="status"
            role="region"
            aria-label=move || ctx.t("status-label")
            data-test="status-line"
            hidden=move || !known() && !counted() && status.with(|status| status.room.warning().is_none())
            data-online=move || status.with(|status| status.online).to_string()
            data-unsent=move || status.with(|status| status.unsent).to_string()
            data-complete=move || status.with(|status| status.complete).to_string()
            data-user=move || login().unwrap_or_default()
        >
            // One sentence, so that it reads the same to eyes and ears.
            <span class="state" class:off=move || status.with(|status| !status.online) data-test="state">
                <Show when=known>{network}</Show>
                <Show when=counted>
                    {move || if known() { " · " } else { "" }}
                    <span class:waiting=move || status.with(|status| status.unsent > 0)>{unsent}</span>
                </Show>
                <Show when=enrolled>" · " {holds}</Show>
            </span>
            <Show when=move || status.with(|status| status.enrolled && !status.complete)>
                <span class="waiting">{fetching}</span>
            </Show>
            {room}
            <Show when=move || user().is_some()>
                <span class="user">{move || user().unwrap_or_default()}</span>
            </Show>
        </div>
    }
}
