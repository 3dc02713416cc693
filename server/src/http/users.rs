//! `/users`: people, what they may do, and their passwords.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sparhund_shared::log::UserId;
use sparhund_shared::reference::{Role, User};
use utoipa::ToSchema;

use super::audit::note_read;
use super::extract::{Body, Path};
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::auth::{PasswordError, Signed, check_password};
use crate::ops::{new_uuid, now_ms};
use crate::store::{Account, AccountChange, ReadOf};

/// Most characters of a name.
const NAME_MAX: usize = 80;

/// A person with their state.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserRow {
    /// Who.
    #[serde(flatten)]
    pub user: User,
    /// Whether they may sign in.
    pub active: bool,
}

/// A person to add.
#[derive(Deserialize, ToSchema)]
pub struct NewUser {
    /// Sign-in name: letters, digits, `.`, `-`, `_`, `@`.
    pub login: String,
    /// Name as colleagues know it.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// First password, at least 10 characters.
    pub password: String,
}

/// What somebody may do from now on.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetRoles {
    /// All roles; those not named are taken away.
    pub roles: Vec<Role>,
}

/// Whether somebody may sign in from now on.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetActive {
    /// Whether they may.
    pub active: bool,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
pub struct SetPassword {
    /// At least 10 characters.
    pub password: String,
}

/// Lists the people
#[utoipa::path(get, path = "/users", tag = "users",
    responses((status = OK, body = Vec<UserRow>, description = "Everybody, closed accounts included")))]
pub async fn list_users(State(state): State<AppState>, Signed(by): Signed) -> ApiResult<Json<Vec<UserRow>>> {
    note_read(&state, by.id, ReadOf::People, "", None).await?;
    let mut rows = Vec::new();
    for user in state.store.users().await? {
        if let Some(account) = state.store.account_by_id(user.id).await? {
            rows.push(row(account));
        }
    }
    Ok(Json(rows))
}

/// Adds a person
#[utoipa::path(post, path = "/users", tag = "users", request_body = NewUser,
    responses((status = CREATED, body = UserRow, description = "The person")))]
pub async fn create_user(
    State(state): State<AppState>,
    Body(new): Body<NewUser>,
) -> ApiResult<(StatusCode, Json<UserRow>)> {
    let login = new.login.trim().to_owned();
    let name = new.name.trim().to_owned();
    let mut errors = Vec::new();
    if let Err(error) = check_login(&login) {
        errors.push(FieldError::new("/login", error));
    }
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        errors.push(FieldError::new(
            "/name",
            format!("a name has 1 to {NAME_MAX} characters"),
        ));
    }
    if let Err(error) = check_password(&new.password, &login) {
        errors.push(FieldError::new("/password", error.to_string()));
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    if state.store.account(&login).await?.is_some() {
        return Err(Problem::new(
            Code::Conflict,
            "somebody has this sign-in name already; choose another",
        ));
    }
    let account = Account {
        user: User {
            id: UserId(new_uuid(now_ms())?),
            login,
            name,
            roles: sorted(new.roles),
        },
        password_hash: state.passwords.hash(new.password).await?,
        active: true,
    };
    state.store.put_account(account.clone()).await?;
    Ok((StatusCode::CREATED, Json(row(account))))
}

/// Sets somebody's roles
#[utoipa::path(put, path = "/users/{id}/roles", tag = "users", params(("id" = UserId, Path)),
    request_body = SetRoles, responses((status = OK, body = UserRow, description = "Holds at once")))]
pub async fn put_user_roles(
    State(state): State<AppState>,
    Signed(by): Signed,
    Path(id): Path<UserId>,
    Body(set): Body<SetRoles>,
) -> ApiResult<Json<UserRow>> {
    if by.id == id && !set.roles.contains(&Role::Admin) {
        return Err(own_account());
    }
    change(&state, id, AccountChange::Roles(sorted(set.roles))).await
}

/// Opens or closes somebody's account
#[utoipa::path(put, path = "/users/{id}/active", tag = "users", params(("id" = UserId, Path)),
    request_body = SetActive, responses((status = OK, body = UserRow, description = "Holds at once")))]
pub async fn put_user_active(
    State(state): State<AppState>,
    Signed(by): Signed,
    Path(id): Path<UserId>,
    Body(set): Body<SetActive>,
) -> ApiResult<Json<UserRow>> {
    if by.id == id && !set.active {
        return Err(own_account());
    }
    change(&state, id, AccountChange::Active(set.active)).await
}

/// Sets somebody's password, which signs them out everywhere
#[utoipa::path(put, path = "/users/{id}/password", tag = "users", params(("id" = UserId, Path)),
    request_body = SetPassword, responses((status = OK, body = UserRow, description = "Holds at once")))]
pub async fn put_user_password(
    State(state): State<AppState>,
    Path(id): Path<UserId>,
    Body(set): Body<SetPassword>,
) -> ApiResult<Json<UserRow>> {
    let account = state.store.account_by_id(id).await?.ok_or_else(nobody)?;
    check_password(&set.password, &account.user.login)
        .map_err(|error| Problem::invalid(vec![FieldError::new("/password", error.to_string())]))?;
    let hash = state.passwords.hash(set.password).await?;
    change(&state, id, AccountChange::PasswordHash(hash)).await
}

/// Checks a sign-in name; the command line asks the same.
pub fn check_login(login: &str) -> Result<(), &'static str> {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'@');
    if (1..=40).contains(&login.len()) && login.bytes().all(good) {
        Ok(())
    } else {
        Err("a sign-in name has 1 to 40 letters (a to z), digits and . - _ @")
    }
}

/// Changes one thing, so that what others change meanwhile stays.
async fn change(state: &AppState, id: UserId, change: AccountChange) -> ApiResult<Json<UserRow>> {
    let account = state.store.change_account(id, change).await?;
    account.map(row).map(Json).ok_or_else(nobody)
}

fn nobody() -> Problem {
    Problem::not_found("person with this id")
}

fn row(account: Account) -> UserRow {
    UserRow {
        user: account.user,
        active: account.active,
    }
}

fn sorted(mut roles: Vec<Role>) -> Vec<Role> {
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// So there is always an administrator left.
pub(super) fn own_account() -> Problem {
    Problem::new(
        Code::SamePerson,
        "nobody takes away their own administration; ask another administrator",
    )
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        Self::internal(&error)
    }
}
