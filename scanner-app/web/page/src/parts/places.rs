//! A place without its label: chosen from a list.

use leptos::prelude::*;
use sparhund_scanner_core::api::Command;

use crate::state::ctx;
use crate::text::whole;

/// The button, and the list once it is opened.
#[component]
pub fn PlacePicker() -> impl IntoView {
    let ctx = ctx();
    let search = move |text: String| ctx.run(Command::Places { text });
    view! {
        <Show
            when=move || ctx.places.with(Option::is_some)
            fallback=move || view! {
                <button class="quiet" data-test="place-choose" on:click=move |_| search(String::new())>
                    {move || ctx.t("place-choose")}
                </button>
            }
        >
            <section class="places">
                <label>
                    <span>{move || ctx.t("place-search")}</span>
                    <input
                        type="search"
                        data-test="place-search"
                        autocomplete="off"
                        on:input=move |event| search(event_target_value(&event))
                    />
                </label>
                <Show when=move || ctx.places.with(|places| places.as_ref().is_some_and(Vec::is_empty))>
                    <p>{move || ctx.t("place-none")}</p>
                </Show>
                {move || {
                    ctx.places
                        .get()
                        .unwrap_or_default()
                        .into_iter()
                        .map(|place| {
                            let code = place.code.clone();
                            let choose = move |_| {
                                ctx.places.set(None);
                                ctx.run(Command::ChoosePlace { place: code.clone() });
                            };
                            view! {
                                <button data-test=format!("place-{}", place.code) on:click=choose>
                                    <span>{whole(&place.name)}</span>
                                    <span class="code">{place.code.to_string()}</span>
                                </button>
                            }
                        })
                        .collect_view()
                }}
                <button class="quiet" on:click=move |_| ctx.places.set(None)>{move || ctx.t("cancel")}</button>
            </section>
        </Show>
    }
}
