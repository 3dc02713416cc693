//! `/articles`: the assortment.

use axum::Json;
use axum::extract::{OriginalUri, State};

use serde::Deserialize;
use sparhund_shared::event::ArticleNo;
use sparhund_shared::reference::Article;
use utoipa::IntoParams;

use super::extract::{Body, Path, Query};
use super::page::{Page, Paged, Slice};
use super::problem::{ApiResult, FieldError, Problem};
use super::state::AppState;
use crate::store::ArticleQuery;

/// Which articles.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ArticlesQuery {
    /// Part of number, name or reference, or a whole identifier; all articles when absent.
    text: Option<String>,
    /// Rows to pass over.
    offset: Option<usize>,
    /// Most rows, 1 to 1000; 100 when absent.
    limit: Option<usize>,
}

/// Lists articles by text
#[utoipa::path(get, path = "/articles", tag = "articles", params(ArticlesQuery),
    responses((status = OK, body = Page<Article>, description = "By number")))]
pub async fn list_articles(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Query(query): Query<ArticlesQuery>,
) -> ApiResult<Paged<Article>> {
    let slice = Slice::new(query.offset, query.limit);
    let rows = state
        .store
        .articles(&ArticleQuery {
            text: query.text.unwrap_or_default(),
            offset: slice.offset,
            limit: slice.limit_and_one(),
        })
        .await?;
    Ok(slice.page(rows, &uri))
}

/// Gets an article
#[utoipa::path(get, path = "/articles/{no}", tag = "articles", params(("no" = String, Path)),
    responses((status = OK, body = Article, description = "The article")))]
pub async fn get_article(
    State(state): State<AppState>,
    Path(no): Path<ArticleNo>,
) -> ApiResult<Json<Article>> {
    let article = state.store.article(&no).await?;
    article
        .map(Json)
        .ok_or_else(|| Problem::not_found("article with this number"))
}

/// Adds or replaces an article
#[utoipa::path(put, path = "/articles/{no}", tag = "articles", params(("no" = String, Path)), request_body = Article,
    responses((status = OK, body = Article, description = "The article as it stands")))]
pub async fn put_article(
    State(state): State<AppState>,
    Path(no): Path<ArticleNo>,
    Body(article): Body<Article>,
) -> ApiResult<Json<Article>> {
    check(&no, &article)?;
    state.store.put_articles(vec![article.clone()]).await?;
    Ok(Json(article))
}

fn check(no: &ArticleNo, article: &Article) -> ApiResult<()> {
    let mut errors = Vec::new();
    if article.no != *no {
        errors.push(FieldError::new(
            "/no",
            "the number differs from the one in the address",
        ));
    }
    if article.name.trim().is_empty() {
        errors.push(FieldError::new(
            "/name",
            "an article needs a name that staff know it by",
        ));
    }
    if article.emdn.as_ref().is_some_and(|code| !is_emdn(code)) {
        errors.push(FieldError::new(
            "/emdn",
            "an EMDN code is a letter and two to twelve digits in pairs, such as C010401",
        ));
    }
    match article.packagings.first() {
        None => errors.push(FieldError::new(
            "/packagings",
            "an article has at least its base unit",
        )),
        Some(base) if base.units != 1 => errors.push(FieldError::new(
            "/packagings/0/units",
            "the first level is the base unit and holds 1 of itself",
        )),
        Some(_) => {}
    }
    for (at, level) in article.packagings.iter().enumerate() {
        if level.units == 0 {
            errors.push(FieldError::new(
                format!("/packagings/{at}/units"),
                "a package holds at least one base unit",
            ));
        }
        if article.packagings[..at].iter().any(|other| other.di == level.di) {
            errors.push(FieldError::new(
                format!("/packagings/{at}/di"),
                "two levels have the same identifier; each level has its own",
            ));
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Problem::invalid(errors))
    }
}

/// `^[A-Z]\d{2}(\d{2}){0,5}$`, as EUDAMED publishes the nomenclature.
fn is_emdn(code: &str) -> bool {
    let Some((letter, digits)) = code.split_at_checked(1) else {
        return false;
    };
    letter.bytes().all(|byte| byte.is_ascii_uppercase())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(digits.len(), 2 | 4 | 6 | 8 | 10 | 12)
}

#[cfg(test)]
mod tests {
    use super::is_emdn;

    #[test]
    fn emdn_codes_are_a_letter_and_pairs_of_digits() {
        assert!(is_emdn("C01") && is_emdn("C010401") && is_emdn("C010401020304"));
        for wrong in ["", "C", "C0", "C012", "c01", "CC01", "C01040102030405", "Å01"] {
            assert!(!is_emdn(wrong), "{wrong}");
        }
    }
}
