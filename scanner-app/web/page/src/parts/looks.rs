//! Colours and size of letters, to choose.

use leptos::prelude::*;

use crate::looks::{Choice, Colours, Letters};
use crate::state::{Ctx, ctx};

/// The section of the settings.
#[component]
pub fn Looks() -> impl IntoView {
    let ctx = ctx();
    view! {
        <section>
            <h2>{move || ctx.t("settings-looks")}</h2>
            <p id="colours">{move || ctx.t("settings-colours")}</p>
            {switch::<Colours>(ctx, "colours")}
            <p id="letters">{move || ctx.t("settings-letters")}</p>
            {switch::<Letters>(ctx, "letters")}
        </section>
    }
}

/// A button for each choice. Its words stand under `<name>-<word>`, the line above it has the name as its id.
fn switch<C: Choice>(ctx: Ctx, name: &'static str) -> impl IntoView {
    let chosen = RwSignal::new(C::chosen());
    let buttons = C::ALL.iter().copied().map(move |choice| {
        let is_it = move || chosen.get() == choice;
        let key = format!("{name}-{}", choice.word());
        let test = key.clone();
        let choose = move |_| {
            choice.choose();
            chosen.set(choice);
        };
        view! {
            <button data-test=test class:strong=is_it aria-pressed=move || is_it().to_string() on:click=choose>
                {move || ctx.t(&key)}
            </button>
        }
    });
    view! { <div class="tools" role="group" aria-labelledby=name>{buttons.collect_view()}</div> }
}
