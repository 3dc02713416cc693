//! `/places`: from the warehouse down to a bin, and the wards.

use axum::Json;
use axum::extract::State;
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::Place;

use super::extract::{Body, Path};
use super::problem::{ApiResult, FieldError, Problem};
use super::state::AppState;

/// Lists the places
#[utoipa::path(get, path = "/places", tag = "places",
    responses((status = OK, body = Vec<Place>, description = "Every place")))]
pub async fn list_places(State(state): State<AppState>) -> ApiResult<Json<Vec<Place>>> {
    Ok(Json(state.store.places().await?))
}

/// Adds or replaces a place
#[utoipa::path(put, path = "/places/{code}", tag = "places", params(("code" = String, Path)), request_body = Place,
    responses((status = OK, body = Place, description = "The place as it stands")))]
pub async fn put_place(
    State(state): State<AppState>,
    Path(code): Path<PlaceCode>,
    Body(place): Body<Place>,
) -> ApiResult<Json<Place>> {
    let mut errors = Vec::new();
    if place.code != code {
        errors.push(FieldError::new(
            "/code",
            "the code differs from the one in the address",
        ));
    }
    if place.name.trim().is_empty() {
        errors.push(FieldError::new(
            "/name",
            "a place needs a name that staff know it by",
        ));
    }
    if place.entity.name.trim().is_empty() || place.entity.org_no.trim().is_empty() {
        errors.push(FieldError::new(
            "/entity",
            "a place belongs to a legal entity with name and number",
        ));
    }
    if let Some(parent) = &place.parent
        && let Some(wrong) = wrong_parent(&state, &code, parent).await?
    {
        errors.push(FieldError::new("/parent", wrong));
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    state.store.put_places(vec![place.clone()]).await?;
    Ok(Json(place))
}

/// What is wrong with a parent: it is missing, or the place would become part of itself.
async fn wrong_parent(
    state: &AppState,
    code: &PlaceCode,
    parent: &PlaceCode,
) -> ApiResult<Option<&'static str>> {
    let places = state.store.places().await?;
    let find = |code: &PlaceCode| places.iter().find(|place| place.code == *code);
    if find(parent).is_none() {
        return Ok(Some("there is no place with this code; add it first"));
    }
    let mut above = Some(parent);
    for _ in 0..=places.len() {
        match above {
            None => return Ok(None),
            Some(place) if place == code => break,
            Some(place) => above = find(place).and_then(|place| place.parent.as_ref()),
        }
    }
    Ok(Some("a place cannot be part of itself"))
}
