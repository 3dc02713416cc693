//! A server that is a site's and reaches no central one.

use std::sync::Arc;
use std::time::Duration;

use sparhund_server::http::AppState;
use sparhund_server::island::{Credential, keep_exchanging};

/// The same server with a link that is cut. When it last exchanged is as the store remembers.
pub async fn cut_off(state: AppState) -> AppState {
    let nobody = Credential {
        // Discard: nobody listens there.
        url: "http://127.0.0.1:9".to_owned(),
        authority: None,
        name: "Väster".to_owned(),
        token: "token".to_owned(),
    };
    let (store, own_log) = (Arc::clone(&state.store), Arc::clone(&state.own_log));
    let link = keep_exchanging(&nobody, store, own_log, Duration::from_mins(1)).unwrap();
    for _ in 0..500 {
        if link.alone_since().is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    AppState {
        link: Some(link),
        ..state
    }
}
