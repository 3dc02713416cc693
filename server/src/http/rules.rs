//! `/rules`: what belongs to no single article or place.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sparhund_shared::event::ArticleNo;
use sparhund_shared::reference::{Role, Rule};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Body, Query};
use super::page::{Page, Paged, Slice};
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::auth::Signed;
use crate::catalogue::{faults, tidy};
use crate::store::{RowKind, is_for_admins};

/// A rule with its key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct RuleRow {
    /// Names the rule: one of a kind about a thing.
    pub key: String,
    /// The rule.
    pub rule: Rule,
}

/// Which rules.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RulesQuery {
    /// Only those that name this place, article, supplier or printer, or a part of it.
    text: Option<String>,
    /// Rows to pass over.
    offset: Option<usize>,
    /// Most rows, 1 to 1000; 100 when absent.
    limit: Option<usize>,
}

/// Which rule.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RuleKey {
    /// Its key, as in the list.
    key: String,
}

/// Lists the rules
#[utoipa::path(get, path = "/rules", tag = "rules", params(RulesQuery),
    responses((status = OK, body = Page<RuleRow>, description = "By kind, then by what they are about")))]
pub async fn list_rules(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Query(query): Query<RulesQuery>,
) -> ApiResult<Paged<RuleRow>> {
    let slice = Slice::new(query.offset, query.limit);
    let rows = rules(&state, query.text.as_deref().unwrap_or_default(), slice).await?;
    Ok(slice.page(rows, &uri))
}

/// A part of the rules with one row more, which tells whether a page follows; the console calls it too.
pub async fn rules(state: &AppState, text: &str, slice: Slice) -> ApiResult<Vec<RuleRow>> {
    let text = text.trim().to_lowercase();
    let found = state.store.rules().await?.into_iter();
    Ok(found
        .filter(|rule| about(rule).to_lowercase().contains(&text))
        .skip(slice.offset)
        .take(slice.limit_and_one())
        .map(|rule| RuleRow {
            key: rule.key(),
            rule,
        })
        .collect())
}

/// What a rule is found by.
fn about(rule: &Rule) -> String {
    match rule {
        Rule::Stock(rule) => format!("{} {}", rule.place, rule.article),
        Rule::Sampling(rule) => {
            let article = rule.article.as_ref().map_or("", ArticleNo::as_str);
            format!("{} {article}", rule.supplier)
        }
        Rule::CompanyPrefix { prefix } => prefix.clone(),
        Rule::PatientKey { key, .. } => key.clone(),
        Rule::CountLimit { .. } => String::new(),
        Rule::Printer {
            place, name, address, ..
        } => format!("{place} {name} {address}"),
    }
}

/// Adds or replaces a rule
#[utoipa::path(put, path = "/rules", tag = "rules", request_body = Rule,
    responses((status = OK, body = RuleRow, description = "The rule as it stands. Planners set rules of stock, sampling and counts, administrators the others")))]
pub async fn put_rule(
    State(state): State<AppState>,
    Signed(user): Signed,
    Body(rule): Body<Rule>,
) -> ApiResult<Json<RuleRow>> {
    Ok(Json(set_rule(&state, &user.roles, rule).await?))
}

/// Checks a rule and sets it; the console calls it too.
pub async fn set_rule(state: &AppState, roles: &[Role], rule: Rule) -> ApiResult<RuleRow> {
    let rule = tidy(rule);
    let key = rule.key();
    may_set(&key, roles)?;
    let wrong = faults(state.store.as_ref(), &rule).await?;
    if !wrong.is_empty() {
        let errors = wrong.into_iter();
        let errors = errors.map(|fault| FieldError::new(format!("/{}", fault.field), fault.why));
        return Err(Problem::invalid(errors.collect()));
    }
    state.store.put_rules(vec![rule.clone()]).await?;
    Ok(RuleRow { key, rule })
}

/// Takes a rule away
#[utoipa::path(delete, path = "/rules", tag = "rules", params(RuleKey),
    responses((status = NO_CONTENT, description = "It is gone")))]
pub async fn delete_rule(
    State(state): State<AppState>,
    Signed(user): Signed,
    Query(asked): Query<RuleKey>,
) -> ApiResult<StatusCode> {
    take_rule_away(&state, &user.roles, &asked.key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a rule away; the console calls it too.
pub async fn take_rule_away(state: &AppState, roles: &[Role], key: &str) -> ApiResult<()> {
    may_set(key, roles)?;
    if !state.store.remove_rule(key).await? {
        return Err(Problem::not_found("rule with this key"));
    }
    Ok(())
}

/// The role that sets the rule with this key.
pub fn setter(key: &str) -> Role {
    if is_for_admins(RowKind::Rule, key) {
        Role::Admin
    } else {
        Role::Planner
    }
}

fn may_set(key: &str, roles: &[Role]) -> ApiResult<()> {
    if roles.contains(&setter(key)) {
        return Ok(());
    }
    Err(Problem::new(
        Code::Forbidden,
        "a planner sets rules of stock, sampling and counts; an administrator sets printers, the company prefix and keys",
    ))
}
