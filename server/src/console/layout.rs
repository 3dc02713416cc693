//! The frame of every page.

use maud::{DOCTYPE, Markup, html};

use super::assets::{SCRIPT_JS, STYLE_CSS};
use super::context::{Context, Visitor};
use super::fields::CSRF_FIELD;
use super::format::{link, moment};
use super::menu;
use crate::http::{AppState, Code};
use sparhund_shared::reference::User;
use sparhund_shared::text::Lang;

/// A page of somebody who is signed in.
pub(super) fn page(context: &Context, title: &str, body: &Markup) -> Markup {
    let user = Some(&context.user);
    frame(&context.state, &context.visitor, context.demo, user, title, body)
}

/// A page for anyone.
pub(super) async fn open_page(state: &AppState, visitor: &Visitor, title: &str, body: &Markup) -> Markup {
    let user = visitor.account.as_ref().map(|account| &account.user);
    frame(state, visitor, is_demo(state).await, user, title, body)
}

/// Whether this is the demo region; a store that cannot answer is none.
pub(super) async fn is_demo(state: &AppState) -> bool {
    matches!(state.store.setting(crate::demo::SETTING).await, Ok(Some(_)))
}

/// The page of a failure: what happened, why, what to do.
pub(super) async fn failure(state: &AppState, visitor: &Visitor, code: Code, why: &str) -> Markup {
    let key = format!("failure-{}", code.word());
    let key = if visitor.texts.has(&key) {
        key
    } else {
        "failure-other".to_owned()
    };
    let title = visitor.t(&key);
    let body = html! {
        section.notice.stop {
            h1 { (title) }
            @if !why.is_empty() { p { (why) } }
            p { (visitor.t(&format!("{key}-do"))) }
            p { a href="/console/" { (visitor.t("to-overview")) } }
        }
    };
    open_page(state, visitor, &title, &body).await
}

fn frame(
    state: &AppState,
    visitor: &Visitor,
    demo: bool,
    user: Option<&User>,
    title: &str,
    body: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(visitor.lang().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Spårhund" }
                link rel="stylesheet" href=(STYLE_CSS.href());
                script src=(SCRIPT_JS.href()) defer {}
            }
            body {
                a.skip href="#main" { (visitor.t("skip")) }
                @if demo { p.demo role="note" { strong { (visitor.t("demo")) } " " (visitor.t("demo-explained")) } }
                header.top {
                    a.brand href="/console/" { "Spårhund" }
                    span.region { (state.site.region) }
                    (languages(visitor))
                    @if let Some(user) = user { (signed_in(visitor, user)) }
                }
                @if let Some(user) = user { (menu_of(visitor, user)) }
                main #main tabindex="-1" {
                    @if let Some(user) = user { (alone(state, visitor, user)) }
                    (body)
                }
                footer { (visitor.t("footer")) }
            }
        }
    }
}

/// That this server, a site's, does not exchange with the central one: what its pages show is what was known then. The page of
/// servers says so itself, and why.
fn alone(state: &AppState, visitor: &Visitor, user: &User) -> Markup {
    const SERVERS: &str = "/console/sites";
    let since = state.link.as_ref().and_then(|link| link.alone_since());
    let Some(since) = since.filter(|_| !visitor.here.starts_with(SERVERS)) else {
        return Markup::default();
    };
    html! {
        p.notice.warn role="note" {
            @if since > 0 {
                (visitor.texts.with("alone-since", &[("time", &moment(since))]))
            } @else {
                (visitor.t("alone-ever"))
            }
            @if menu::entries(&user.roles).any(|entry| entry.path == SERVERS) {
                " " a href=(SERVERS) { (visitor.t("menu-sites")) }
            }
        }
    }
}

fn languages(visitor: &Visitor) -> Markup {
    html! {
        nav.languages aria-label=(visitor.t("languages")) {
            @for (lang, name) in [(Lang::Sv, "Svenska"), (Lang::En, "English")] {
                @if lang == visitor.lang() {
                    span aria-current="true" lang=(lang.tag()) { (name) }
                } @else {
                    a lang=(lang.tag()) hreflang=(lang.tag())
                        href=(link("/console/language", &[("to", lang.tag()), ("back", &visitor.here)])) { (name) }
                }
            }
        }
    }
}

fn signed_in(visitor: &Visitor, user: &User) -> Markup {
    html! {
        form.who method="post" action="/console/sign-out" {
            (csrf(visitor))
            span { (user.name) }
            button.quiet type="submit" { (visitor.t("sign-out")) }
        }
    }
}

fn menu_of(visitor: &Visitor, user: &User) -> Markup {
    let path = visitor.here.split('?').next().unwrap_or_default();
    html! {
        nav.menu aria-label=(visitor.t("menu")) {
            ul {
                @for entry in menu::entries(&user.roles) {
                    @let current = path == entry.path || entry.path != "/console/" && path.starts_with(entry.path);
                    li { a href=(entry.path) aria-current=[current.then_some("page")] { (visitor.t(entry.name)) } }
                }
            }
        }
    }
}

/// The hidden field every form carries.
pub(super) fn csrf(visitor: &Visitor) -> Markup {
    html! { input type="hidden" name=(CSRF_FIELD) value=(visitor.csrf); }
}

/// A label with its input.
pub(super) fn input(label: &str, name: &str, value: &str) -> Markup {
    html! {
        label { span { (label) } input type="text" name=(name) value=(value) autocomplete="off"
            autocapitalize="off" spellcheck="false"; }
    }
}

/// A deed there is no way back from: a first click opens it and says what it means, a second one, on a button that
/// names what it is done to, does it. `deed` and `means` are keys of texts; `field` is the hidden name and value.
pub(super) fn two_clicks(
    visitor: &Visitor,
    action: &str,
    (deed, means): (&str, &str),
    field: (&str, &str),
    button: &str,
) -> Markup {
    html! {
        details {
            summary { (visitor.t(deed)) }
            p.hint { (visitor.t(means)) }
            form method="post" action=(action) {
                (csrf(visitor))
                input type="hidden" name=(field.0) value=(field.1);
                button type="submit" { (button) }
            }
        }
    }
}

/// A table that scrolls sideways on its own where the screen is narrow. `head` are keys of texts; a key after `#` heads
/// a column of numbers.
pub(super) fn table(visitor: &Visitor, caption: &str, head: &[&str], rows: &Markup) -> Markup {
    framed(visitor, "scroll", caption, head, rows)
}

/// Same, but each row becomes a block on a narrow screen, its cells one below the other; every cell says the name of
/// its column as `data-label`.
pub(super) fn stacking_table(visitor: &Visitor, caption: &str, head: &[&str], rows: &Markup) -> Markup {
    framed(visitor, "scroll stacks", caption, head, rows)
}

fn framed(visitor: &Visitor, class: &str, caption: &str, head: &[&str], rows: &Markup) -> Markup {
    html! {
        div class=(class) tabindex="0" role="region" aria-label=(caption) {
            table {
                caption.hidden { (caption) }
                thead { tr {
                    @for key in head {
                        @match key.strip_prefix('#') {
                            Some(key) => th.number scope="col" { (visitor.t(key)) },
                            None => th scope="col" { (visitor.t(key)) },
                        }
                    }
                } }
                tbody { (rows) }
            }
        }
    }
}
