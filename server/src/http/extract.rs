//! Typed parts of a request whose failures are problems that name the place of the mistake.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;

use super::problem::{FieldError, Problem};
use super::problem_code::Code;

/// A JSON body.
#[derive(Debug)]
pub struct Body<T>(pub T);

/// A CBOR body that decodes as a whole.
#[derive(Debug)]
pub struct Cbor<T>(pub T);

/// Parts of the path.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Problem))]
pub struct Path<T>(pub T);

/// The query string.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Problem))]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        expect_media_type(request.headers(), "application/json")?;
        let bytes = Bytes::from_request(request, state).await?;
        parse_json(&bytes).map(Self)
    }
}

impl<S: Send + Sync, T: for<'b> minicbor::Decode<'b, ()>> FromRequest<S> for Cbor<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        expect_media_type(request.headers(), "application/cbor")?;
        let bytes = Bytes::from_request(request, state).await?;
        let mut decoder = minicbor::Decoder::new(&bytes);
        let malformed = |why: &dyn std::fmt::Display| {
            Problem::new(
                Code::MalformedCbor,
                format!(
                    "{why}; the upload was damaged on the way or comes from another program: send it again"
                ),
            )
        };
        let value = decoder.decode().map_err(|error| malformed(&error))?;
        if decoder.position() != bytes.len() {
            return Err(malformed(&format_args!(
                "{} bytes follow the message",
                bytes.len() - decoder.position()
            )));
        }
        Ok(Self(value))
    }
}

/// Parameters such as `charset` do not matter.
fn expect_media_type(headers: &HeaderMap, wanted: &str) -> Result<(), Problem> {
    let found = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = found.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    Err(Problem::new(
        Code::MediaType,
        format!("this address takes {wanted}; set the header content-type"),
    ))
}

/// JSON with the place of the mistake: syntax errors by line and column, wrong values by pointer.
fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        if error.inner().is_data() {
            let pointer = pointer(error.path());
            Problem::invalid(vec![FieldError::new(pointer, without_position(error.inner()))])
        } else {
            malformed_json(error.inner())
        }
    })?;
    json.end().map_err(|error| malformed_json(&error))?;
    Ok(value)
}

fn malformed_json(error: &serde_json::Error) -> Problem {
    Problem::new(Code::MalformedJson, format!("{error}; send one JSON document"))
}

/// The pointer says where; line and column of a wrong value would only confuse.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}

/// RFC 6901 form of a path.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => "/?".to_owned(),
        })
        .collect()
}

impl From<BytesRejection> for Problem {
    fn from(rejection: BytesRejection) -> Self {
        let code = Code::of_status(rejection.status());
        match code {
            Code::TooLarge => Self::new(
                code,
                "the body is larger than this address takes; send less at a time",
            ),
            _ if timed_out(&rejection) => Self::new(
                Code::SlowBody,
                "the body did not arrive in time; check the connection and send it again",
            ),
            _ => Self::new(
                Code::BadRequest,
                "the body broke off, or cannot be unpacked; check the connection and send it again",
            ),
        }
    }
}

/// Whether the body's deadline is somewhere among the causes.
fn timed_out(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .any(<dyn std::error::Error>::is::<tower_http::timeout::TimeoutError>)
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        Self::new(
            Code::MalformedPath,
            format!("{}; check the address", rejection.body_text()),
        )
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(
            Code::MalformedQuery,
            format!("{}; check the parameters", rejection.body_text()),
        )
    }
}
