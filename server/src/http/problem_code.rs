//! Kinds of problems. Programs decide by the word, so it never changes its meaning.

use axum::http::StatusCode;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $status:ident, $title:literal;)*) => {
        /// A kind of problem.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Stable word for programs.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The HTTP status it is sent with.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)* }
            }

            /// The kind in words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
    /// The body is no JSON.
    MalformedJson = "malformed-json", BAD_REQUEST, "The body is not JSON";
    /// The body is no CBOR of the message.
    MalformedCbor = "malformed-cbor", BAD_REQUEST, "The body is not CBOR of this message";
    /// A part of the path is no such value.
    MalformedPath = "malformed-path", BAD_REQUEST, "The address holds a value that cannot be read";
    /// The query string is not as the API says.
    MalformedQuery = "malformed-query", BAD_REQUEST, "The query cannot be read";
    /// The request broke off or is no HTTP that makes sense.
    BadRequest = "bad-request", BAD_REQUEST, "The request cannot be read";
    /// No token, a wrong one, or wrong credentials.
    Unauthenticated = "unauthenticated", UNAUTHORIZED, "Sign-in is needed";
    /// The signed-in person or device may not do this.
    Forbidden = "forbidden", FORBIDDEN, "Not allowed";
    /// The device was revoked.
    DeviceRevoked = "device-revoked", FORBIDDEN, "The device was revoked";
    /// Nothing is at this address.
    NotFound = "not-found", NOT_FOUND, "Not found";
    /// The address is right, the method is not.
    MethodNotAllowed = "method-not-allowed", METHOD_NOT_ALLOWED, "This address takes other methods";
    /// The body took too long to arrive.
    SlowBody = "slow-body", REQUEST_TIMEOUT, "The body took too long to arrive";
    /// It contradicts what is there.
    Conflict = "conflict", CONFLICT, "It contradicts what is there";
    /// Four eyes are needed.
    SamePerson = "same-person", CONFLICT, "Another person must do this";
    /// The enrolment code is unknown, used or too old.
    CodeUnusable = "code-unusable", CONFLICT, "The enrolment code cannot be used";
    /// More bytes than this address takes.
    TooLarge = "too-large", PAYLOAD_TOO_LARGE, "The body is too large";
    /// Another media type than this address takes.
    MediaType = "media-type", UNSUPPORTED_MEDIA_TYPE, "The body has the wrong media type";
    /// Readable, but the values cannot be taken.
    InvalidValue = "invalid-value", UNPROCESSABLE_ENTITY, "A value cannot be taken";
    /// A scan that names nothing.
    Unreadable = "unreadable-code", UNPROCESSABLE_ENTITY, "The code cannot be read";
    /// A scan that can name several things.
    Ambiguous = "ambiguous-code", UNPROCESSABLE_ENTITY, "The code can mean several things";
    /// The head's signature does not fit the device's key.
    BadSignature = "bad-signature", UNPROCESSABLE_ENTITY, "The signature does not fit";
    /// Too many attempts.
    Throttled = "throttled", TOO_MANY_REQUESTS, "Too many attempts";
    /// The write queue is full.
    Busy = "busy", SERVICE_UNAVAILABLE, "The server is busy";
    /// The disk is full or takes no writes.
    CannotWrite = "cannot-write", SERVICE_UNAVAILABLE, "The server cannot write";
    /// A page of the database is not as it was written.
    StoreDamaged = "store-damaged", SERVICE_UNAVAILABLE, "The server's database is damaged";
    /// It took too long.
    Timeout = "timeout", SERVICE_UNAVAILABLE, "It took too long";
    /// A label printer does not answer.
    PrinterSilent = "printer-silent", BAD_GATEWAY, "The label printer does not answer";
    /// A failure of ours.
    Internal = "internal", INTERNAL_SERVER_ERROR, "The server failed";
}

impl Code {
    /// The kind for an answer that something other than a handler gave, such as the router.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::Unauthenticated,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::REQUEST_TIMEOUT => Self::SlowBody,
            StatusCode::CONFLICT => Self::Conflict,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::MediaType,
            StatusCode::UNPROCESSABLE_ENTITY => Self::InvalidValue,
            StatusCode::TOO_MANY_REQUESTS => Self::Throttled,
            StatusCode::SERVICE_UNAVAILABLE => Self::Timeout,
            status if status.is_client_error() => Self::BadRequest,
            _ => Self::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn words_are_distinct() {
        let words: HashSet<_> = Code::ALL.iter().map(|code| code.word()).collect();
        assert_eq!(words.len(), Code::ALL.len());
    }
}
