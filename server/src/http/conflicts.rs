//! `/conflicts`: rows that were changed at two servers which did not reach each other.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sparhund_shared::log::Hash;
use sparhund_shared::reference::{Role, User};
use utoipa::ToSchema;

use super::audit::note_read;
use super::extract::{Body, Path};
use super::problem::{ApiResult, Problem};
use super::problem_code::Code;
use super::state::AppState;
use super::users::own_account;
use crate::auth::Signed;
use crate::ops::now_ms;
use crate::store::{Conflict, ConflictChoice, ConflictsAbout, ReadOf, Resolution, RowKind, is_for_admins};

/// More than a person can work off in a day.
const MOST: usize = 500;

/// A conflict as it is shown. What only a server may know of a person is left out.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Conflict)]
pub struct ShownConflict {
    /// Id.
    pub id: String,
    /// Table.
    pub kind: RowKind,
    /// Key within it.
    pub key: String,
    /// The row that stood when they met, or when somebody who chose was shown that it had changed; `None` = none.
    pub standing: Option<Value>,
    /// The one that lost.
    pub other: Value,
    /// Of an account: what stands until somebody chooses, where that is less than what `standing` allows.
    pub meet: Option<Value>,
    /// Server that the lost one comes from.
    pub from: String,
    /// Why it could not stand, when it was not for another change of the same row.
    pub why: Option<String>,
    /// When they met, Unix milliseconds.
    pub found_at: i64,
    /// Mark of what is shown here; who chooses says it.
    #[schema(value_type = String)]
    pub shown: Hash,
    /// Whether what stands can be kept: not where the other one had no room and nothing can take its place where it stands.
    pub keepable: bool,
    /// What a person chose; `None` = nothing yet.
    pub resolved: Option<Resolution>,
}

impl ShownConflict {
    /// The same without secrets.
    pub fn of(conflict: Conflict) -> Self {
        Self {
            shown: conflict.face(),
            keepable: conflict.keepable(),
            id: conflict.id,
            kind: conflict.kind,
            key: conflict.key,
            standing: conflict.standing.map(|body| shown(conflict.kind, body)),
            other: shown(conflict.kind, conflict.other),
            meet: conflict.meet.map(|body| shown(conflict.kind, body)),
            from: conflict.from,
            why: conflict.why,
            found_at: conflict.found_at,
            resolved: conflict.resolved,
        }
    }
}

/// The hash of a password is replaced by a word that tells whether two differ.
fn shown(kind: RowKind, mut body: Value) -> Value {
    if kind == RowKind::Account
        && let Some(body) = body.as_object_mut()
        && let Some(hash) = body.remove("password_hash")
    {
        let mark = Hash::of("sparhund/shown/1", hash.to_string().as_bytes());
        body.insert("password".to_owned(), mark.short().into());
    }
    body
}

/// What somebody with these roles sees: conflicts of accounts, and of rules that administrators set, are for administrators.
pub fn seen_by(roles: &[Role]) -> impl Iterator<Item = ConflictsAbout> {
    let people = roles.contains(&Role::Admin).then_some(ConflictsAbout::People);
    let goods = [Role::Quality, Role::Planner]
        .iter()
        .any(|role| roles.contains(role));
    people.into_iter().chain(goods.then_some(ConflictsAbout::Goods))
}

/// Whether somebody with these roles chooses.
pub fn chosen_by(kind: RowKind, key: &str, roles: &[Role]) -> bool {
    roles.contains(if is_for_admins(kind, key) {
        &Role::Admin
    } else {
        &Role::Planner
    })
}

/// How many wait that this person sees; the console calls it.
pub async fn open(state: &AppState, by: &User) -> ApiResult<u64> {
    let mut open = 0;
    for about in seen_by(&by.roles) {
        open += state.store.open_conflicts(about).await?;
    }
    Ok(open)
}

/// What is open and what was resolved, of what this person sees; the console calls it too.
pub async fn all(state: &AppState, by: &User) -> ApiResult<Vec<ShownConflict>> {
    let mut conflicts = Vec::new();
    for about in seen_by(&by.roles) {
        if about == ConflictsAbout::People {
            note_read(state, by.id, ReadOf::People, "", None).await?;
        }
        conflicts.extend(state.store.conflicts(about, MOST).await?);
    }
    conflicts.sort_by_key(|conflict| (conflict.resolved.is_some(), std::cmp::Reverse(conflict.found_at)));
    Ok(conflicts.into_iter().map(ShownConflict::of).collect())
}

/// Resolves one; the console calls it too. It comes back unresolved when the row was changed since it was shown.
pub async fn resolve(
    state: &AppState,
    id: &str,
    ChooseConflict { choice, shown }: ChooseConflict,
    by: &User,
) -> ApiResult<ShownConflict> {
    let nowhere = || Problem::not_found("conflict with this id");
    let conflict = state.store.conflict(id).await?.ok_or_else(nowhere)?;
    if !chosen_by(conflict.kind, &conflict.key, &by.roles) {
        return Err(Problem::new(
            Code::Forbidden,
            "an administrator chooses about an account, a printer or a key, a planner about everything else",
        ));
    }
    if conflict.key == by.id.to_string() && !stays_admin(&conflict, choice) {
        return Err(own_account());
    }
    if choice == ConflictChoice::Standing && !conflict.keepable() {
        return Err(Problem::new(
            Code::Conflict,
            "there is nothing that could take its place where it stands: correct one of the two so that both have room, and take it",
        ));
    }
    let at = now_ms();
    let resolution = Resolution {
        choice,
        by: by.id,
        at,
    };
    let resolved = state.store.resolve_conflict(id, resolution, shown).await?;
    let conflict = resolved.ok_or_else(nowhere)?;
    if conflict.resolved.is_some() {
        tracing::info!(conflict.id = %id, conflict.kind = conflict.kind.word(), ?choice, user.id = %by.id, "conflict resolved");
    }
    Ok(ShownConflict::of(conflict))
}

/// Whether who is in an account stays an administrator by the choice.
fn stays_admin(conflict: &Conflict, choice: ConflictChoice) -> bool {
    let chosen = match choice {
        ConflictChoice::Standing => conflict.standing.as_ref(),
        ConflictChoice::Other => Some(&conflict.other),
    };
    chosen.is_none_or(|body| {
        let roles = body["user"]["roles"].as_array();
        body["active"] == true
            && roles.is_some_and(|roles| roles.iter().any(|role| role == Role::Admin.word()))
    })
}

/// Lists what was changed at two servers at once, the open ones first
#[utoipa::path(get, path = "/conflicts", tag = "sites",
    responses((status = OK, body = Vec<ShownConflict>, description = "At most 500 of each: those of accounts and of rules that administrators set for administrators, the others for planners and quality officers")))]
pub async fn list_conflicts(
    State(state): State<AppState>,
    Signed(by): Signed,
) -> ApiResult<Json<Vec<ShownConflict>>> {
    Ok(Json(all(&state, &by).await?))
}

/// What stands from now on.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
pub struct ChooseConflict {
    /// Which one.
    pub choice: ConflictChoice,
    /// `shown` of the conflict as it was when they chose: nobody overwrites what they did not see.
    #[schema(value_type = String)]
    pub shown: Hash,
}

/// Chooses which of two changes stands
#[utoipa::path(post, path = "/conflicts/{id}", tag = "sites", params(("id" = String, Path)), request_body = ChooseConflict,
    responses((status = OK, body = ShownConflict, description = "As it is now; one that was resolved before stays as it was. At a site the choice is noted, and done when it comes to the central server")))]
pub async fn choose_conflict(
    State(state): State<AppState>,
    Signed(user): Signed,
    Path(id): Path<String>,
    Body(choose): Body<ChooseConflict>,
) -> ApiResult<Json<ShownConflict>> {
    let conflict = resolve(&state, &id, choose, &user).await?;
    if conflict.resolved.is_none() {
        return Err(Problem::new(
            Code::Conflict,
            "the row was changed since the conflict was shown, and nothing was chosen; look at what stands now and choose again",
        ));
    }
    Ok(Json(conflict))
}
