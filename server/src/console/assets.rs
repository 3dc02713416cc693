//! The style sheet and the one small script, under names that change with their content.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sparhund_shared::log::Hash;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A file the pages load.
pub(super) struct Asset {
    /// Name with the fingerprint of the content.
    name: String,
    media_type: &'static str,
    content: &'static str,
}

impl Asset {
    fn new(stem: &str, extension: &str, media_type: &'static str, content: &'static str) -> Self {
        let fingerprint = Hash::of("sparhund/asset/1", content.as_bytes()).short();
        Self {
            name: format!("{stem}.{fingerprint}.{extension}"),
            media_type,
            content,
        }
    }

    /// Address of the file.
    pub(super) fn href(&self) -> String {
        format!("/console/static/{}", self.name)
    }
}

/// How pages look.
pub(super) static STYLE_CSS: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("style", "css", "text/css; charset=utf-8", STYLE));
/// What helps where a browser runs scripts.
pub(super) static SCRIPT_JS: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("script", "js", "text/javascript; charset=utf-8", SCRIPT));

/// Serves one of them.
pub(super) async fn file(Path(name): Path<String>) -> Response {
    let assets = [&*STYLE_CSS, &*SCRIPT_JS];
    match assets.into_iter().find(|asset| asset.name == name) {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.media_type),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.content,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
