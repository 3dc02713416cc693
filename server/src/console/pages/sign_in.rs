//! Signing in and out, and the language.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use crate::auth;
use crate::console::context::Visitor;
use crate::console::failure::Answer;
use crate::console::fields::{Fields, Submitted};
use crate::console::{layout, session};
use crate::http::{AppState, ClientIp, Code};
use sparhund_shared::text::Lang;

/// The form.
pub(in crate::console) async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    asked: Fields,
) -> Answer<Response> {
    if visitor.account.is_some() {
        return Ok(Redirect::to(back(asked.text("next"))).into_response());
    }
    Ok(form(&state, &visitor, asked.text("next"), "", None)
        .await
        .into_response())
}

/// Takes name and password.
pub(in crate::console) async fn sign_in(
    State(state): State<AppState>,
    ClientIp(address): ClientIp,
    visitor: Visitor,
    Submitted(fields): Submitted,
) -> Answer<Response> {
    let login = fields.text_or_empty("login");
    // A password may begin or end with a blank, but people paste blanks far more often than they choose them.
    let password = fields.text_or_empty("password");
    let next = fields.text("next");
    match auth::sign_in(&state, login, password, address).await {
        Ok(account) => {
            if let Some(before) = visitor.session {
                auth::end(&state, before).await?;
            }
            let mut response = Redirect::to(back(next)).into_response();
            session::sign(response.headers_mut(), &state, &account)?;
            Ok(response)
        }
        Err(problem) if matches!(problem.code(), Code::Unauthenticated | Code::Throttled) => {
            let key = if problem.code() == Code::Throttled {
                "sign-in-wait"
            } else {
                "sign-in-wrong"
            };
            let page = form(&state, &visitor, next, login, Some(&visitor.t(key))).await;
            Ok((problem.code().status(), page).into_response())
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Ends the session of this browser, in it and here: a copy of its cookie is worth nothing any more.
pub(in crate::console) async fn sign_out(
    State(state): State<AppState>,
    visitor: Visitor,
    Submitted(_): Submitted,
) -> Answer<Response> {
    if let Some(session) = visitor.session {
        auth::end(&state, session).await?;
    }
    let mut response = Redirect::to("/console/sign-in").into_response();
    session::forget(response.headers_mut(), &state);
    Ok(response)
}

/// Remembers a language and goes back.
pub(in crate::console) async fn language(State(state): State<AppState>, asked: Fields) -> Response {
    let lang = if asked.text("to") == Some(Lang::En.tag()) {
        Lang::En
    } else {
        Lang::Sv
    };
    let mut response = Redirect::to(back(asked.text("back"))).into_response();
    session::remember(response.headers_mut(), &state, lang);
    response
}

/// Where to go on: only a page of this console, never another site.
fn back(wanted: Option<&str>) -> &str {
    wanted
        .filter(|path| path.starts_with("/console/") && !path.contains(['\\', '\r', '\n']))
        .unwrap_or("/console/")
}

async fn form(
    state: &AppState,
    visitor: &Visitor,
    next: Option<&str>,
    login: &str,
    wrong: Option<&str>,
) -> Markup {
    let demo = layout::is_demo(state).await;
    let body = html! {
        section.narrow {
            h1 { (visitor.t("sign-in")) }
            @if let Some(wrong) = wrong { p.notice.stop role="alert" { (wrong) } }
            form.stack method="post" action="/console/sign-in" {
                (layout::csrf(visitor))
                @if let Some(next) = next { input type="hidden" name="next" value=(next); }
                label { span { (visitor.t("login")) }
                    input type="text" name="login" value=(login) autocomplete="username" autocapitalize="off"
                        spellcheck="false" required autofocus; }
                label { span { (visitor.t("password")) }
                    input type="password" name="password" autocomplete="current-password" required; }
                button type="submit" { (visitor.t("sign-in")) }
            }
        }
        @if demo { (demo_people(visitor)) }
    };
    layout::open_page(state, visitor, &visitor.t("sign-in"), &body).await
}

/// The demo has no secrets: whoever tries it sees whom they can be.
fn demo_people(visitor: &Visitor) -> Markup {
    html! {
        section.people {
            h2 { (visitor.t("demo-people")) }
            div.scroll tabindex="0" { table {
                thead { tr {
                    th scope="col" { (visitor.t("login")) }
                    th scope="col" { (visitor.t("password")) }
                    th scope="col" { (visitor.t("role")) }
                } }
                tbody {
                    @for person in crate::demo::people() {
                        tr {
                            td.code { (person.user.login) }
                            td.code { (person.password) }
                            td { @for role in &person.user.roles { (visitor.t(&format!("role-{}", role.word()))) } }
                        }
                    }
                }
            } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(back(Some("/console/trace?lot=A")), "/console/trace?lot=A");
        for wanted in [
            Some("https://evil.example/"),
            Some("//evil.example/console/"),
            Some("/console/\\evil"),
            Some("/api/v1/places"),
            Some("/console/\r\nx: y"),
            None,
        ] {
            assert_eq!(back(wanted), "/console/", "{wanted:?}");
        }
    }
}
