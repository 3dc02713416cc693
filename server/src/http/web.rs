//! The scanner app's files under `/app/`.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Redirect, Response};
use axum::routing::get;
use tower_http::services::ServeDir;

use super::problem::Problem;
use super::problem_code::Code;
use super::state::AppState;

/// The routes; without a directory they say how to get one.
pub fn router(state: &AppState) -> Router<AppState> {
    let app = Router::new().route("/app", get(async || Redirect::permanent("/app/")));
    match &state.site.web {
        Some(directory) => app.nest_service(
            "/app/",
            tower::ServiceBuilder::new()
                .layer(from_fn(cache_control))
                // Packed as well as can be when it was built: on the way there is no time for that.
                .service(ServeDir::new(directory).precompressed_br()),
        ),
        None => app.route("/app/", get(not_served)),
    }
}

async fn not_served() -> Problem {
    Problem::new(
        Code::NotFound,
        "this server does not serve the scanner app; start it with --web DIR",
    )
}

/// Files whose name carries a hash never change; all others are asked for anew, so that a new version arrives.
async fn cache_control(request: Request, next: Next) -> Response {
    let forever = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let value = if forever && response.status().is_success() {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    response
}

/// `page-0f3a9c1d.js`: eight or more hexadecimal digits before the extension.
fn is_hashed(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("/page-0f3a9c1d.js") && is_hashed("/a/page-0f3a9c1d22.wasm"));
        for path in [
            "/",
            "/index.html",
            "/sw.js",
            "/page_bg.wasm",
            "/worker-boot.js",
            "/icons/icon-192.png",
        ] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
