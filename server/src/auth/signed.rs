//! Whom the gate let in, for handlers to ask for.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use sparhund_shared::reference::User;

use crate::http::{Code, Problem};
use crate::store::{Device, JoinedSite};

/// Somebody whom the gate leaves behind in the request; the words are for a route that asks for another than it let in.
macro_rules! signed {
    ($($(#[$doc:meta])* $name:ident($who:ty), $missing:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub Arc<$who>);

        impl<S: Send + Sync> FromRequestParts<S> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
                let found = parts.extensions.get().cloned();
                found.ok_or_else(|| Problem::new(Code::Unauthenticated, $missing))
            }
        }
    )*};
}

signed! {
    /// The person who is signed in.
    Signed(User), "a signed-in person is needed";
    /// The device that asks.
    SignedDevice(Device), "an enrolled device is needed";
    /// The site whose server asks.
    SignedSite(JoinedSite), "the server of a site is needed";
}
