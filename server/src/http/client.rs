//! Where a request comes from and which address it was sent to.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;

use super::state::AppState;

/// The client's address: the connection's, or what the trusted proxy in front added last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClientIp(pub IpAddr);

/// Scheme and authority under which the client reached the server, without a slash at the end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BaseUrl(pub String);

impl FromRequestParts<AppState> for ClientIp {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let forwarded = || {
            let value = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
            address(value.to_str().ok()?.rsplit(',').next()?.trim())
        };
        let direct = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        let known = if state.site.behind_proxy {
            forwarded()
        } else {
            None
        };
        Ok(Self(known.unwrap_or(direct)))
    }
}

impl FromRequestParts<AppState> for BaseUrl {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        if let Some(url) = &state.site.public_url {
            return Ok(Self(url.clone()));
        }
        let header = parts
            .headers
            .get(header::HOST)
            .and_then(|value| value.to_str().ok());
        let authority = parts
            .uri
            .authority()
            .map(axum::http::uri::Authority::as_str)
            .or(header)
            .filter(|host| host.bytes().all(is_host))
            .unwrap_or("localhost");
        let scheme = if state.site.secure { "https" } else { "http" };
        Ok(Self(format!("{scheme}://{authority}")))
    }
}

/// An address, also with the port that some proxies write behind it.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse().map(|address: SocketAddr| address.ip());
    text.parse().or_else(|_| with_port()).ok()
}

fn is_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
}
