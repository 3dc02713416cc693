//! Serving until told to stop.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};
use hyper_util::rt::TokioTimer;

use super::opening::Punctual;

/// How long requests in flight may take to finish after the stop.
const GRACE: Duration = Duration::from_secs(10);

/// How long clients may take over what costs them nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Patience {
    /// For the handshake, for the first bytes, for the headers of a request, and for being idle after an answer.
    pub each: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            each: Duration::from_secs(10),
        }
    }
}

/// Ends a server from outside.
pub type StopHandle = Handle<SocketAddr>;

/// Serves until the handle stops it: no new connections then, and ten seconds for what is under way.
///
/// # Errors
/// When the listener fails.
pub async fn listen(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    app: Router,
    handle: StopHandle,
    patience: Patience,
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum_server::from_tcp(listener)?.handle(handle);
    if let Some(config) = tls {
        let acceptor = RustlsAcceptor::new(config)
            .handshake_timeout(patience.each)
            .acceptor(NoDelayAcceptor::new());
        let acceptor = Punctual::new(acceptor, patience.each);
        patient(server.acceptor(acceptor), patience).serve(service).await
    } else {
        let acceptor = Punctual::new(NoDelayAcceptor::new(), patience.each);
        patient(server.acceptor(acceptor), patience).serve(service).await
    }
}

/// A client that sends half its headers, or does not answer, does not hold a connection for ever.
fn patient<A>(mut server: Server<SocketAddr, A>, patience: Patience) -> Server<SocketAddr, A> {
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.each);
    server
        .http_builder()
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(patience.each)
        .keep_alive_timeout(patience.each);
    server
}

/// Stops a server gracefully.
pub fn stop(handle: &StopHandle) {
    handle.graceful_shutdown(Some(GRACE));
}

/// Waits for Ctrl-C or the service manager's stop.
pub async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        // Without any signal to wait for, only a kill ends it.
        std::future::pending::<()>().await;
    }
}
