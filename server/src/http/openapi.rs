//! The API's own description, made from the handlers and the table of access.

use axum::http::Method;
use sparhund_shared::wire::Topic;
use utoipa::OpenApi;
use utoipa::openapi::path::{HttpMethod, Operation};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, Ref, ResponseBuilder};

use super::problem::{FieldError, PROBLEM_JSON, ProblemBody};
use crate::auth::access::{self, Access};

/// Names in the document for the kinds of tokens.
const PERSON: &str = "person";
const DEVICE: &str = "device";
const SITE: &str = "site";
const PATIENT_LINK: &str = "patient_link";

/// What the handlers do not say themselves.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Spårhund",
        description = "Follows every lot and serial of medical devices from goods receipt to the ward. \
            Every failure is an `application/problem+json` (RFC 9457) with a stable `code`. \
            Path parts that hold a slash, such as places, are percent-encoded."
    ),
    // What stands in a path only is not gathered from the handlers.
    components(schemas(ProblemBody, FieldError, Topic)),
    tags(
        (name = "auth", description = "Signing in"),
        (name = "devices", description = "Enrolled handhelds"),
        (name = "sync", description = "Records up, reference data down"),
        (name = "articles", description = "The assortment"),
        (name = "places", description = "Places and wards"),
        (name = "deliveries", description = "What suppliers have announced"),
        (name = "rules", description = "Stock levels, sampling, printers and keys"),
        (name = "users", description = "People"),
        (name = "orders", description = "Orders and what to pick"),
        (name = "stock", description = "What is where"),
        (name = "holds", description = "What may not be picked or used"),
        (name = "trace", description = "Where a lot or serial is and has been"),
        (name = "deviations", description = "What does not add up"),
        (name = "sites", description = "Servers of sites that go on alone"),
        (name = "patients", description = "Sealed identities, for the patient-link service alone"),
        (name = "identify", description = "Reading of labels and tags"),
        (name = "audit", description = "Who read what about people")
    )
)]
pub struct Base;

/// The whole document.
pub fn document() -> utoipa::openapi::OpenApi {
    super::router::described(super::router::Limits::default()).1
}

/// Adds to every operation who may call it and how it fails.
pub fn finish(document: &mut utoipa::openapi::OpenApi) {
    let components = document.components.get_or_insert_with(Components::new);
    for (name, kind) in [
        (PERSON, "JWT of a person"),
        (DEVICE, "JWT of a device"),
        (SITE, "JWT of the server of a site"),
        (PATIENT_LINK, "JWT of the patient-link service"),
    ] {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.bearer_format = Some(kind.to_owned());
        components.add_security_scheme(name, SecurityScheme::Http(scheme));
    }
    for (path, item) in &mut document.paths.paths {
        let operations = [
            (Method::GET, HttpMethod::Get, &mut item.get),
            (Method::PUT, HttpMethod::Put, &mut item.put),
            (Method::POST, HttpMethod::Post, &mut item.post),
            (Method::DELETE, HttpMethod::Delete, &mut item.delete),
        ];
        for (method, _, operation) in operations {
            if let (Some(operation), Some(access)) = (operation, access::of(&method, path)) {
                restrict(operation, access);
                fail(operation);
            }
        }
    }
}

fn restrict(operation: &mut Operation, access: Access) {
    let of = |name: &str, roles: Vec<String>| SecurityRequirement::new(name, roles);
    let words = |roles: &[sparhund_shared::reference::Role]| -> Vec<String> {
        roles.iter().map(|role| role.word().to_owned()).collect()
    };
    operation.security = Some(match access {
        Access::Public => vec![],
        Access::Person => vec![of(PERSON, vec![])],
        Access::Roles(roles) => vec![of(PERSON, words(roles))],
        Access::Device | Access::AnyDevice => vec![of(DEVICE, vec![])],
        Access::Site => vec![of(SITE, vec![])],
        Access::PatientLink => vec![of(PATIENT_LINK, vec![])],
        Access::DeviceOr(roles) => vec![of(DEVICE, vec![]), of(PERSON, words(roles))],
    });
}

fn fail(operation: &mut Operation) {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    let problem = ResponseBuilder::new()
        .description("What went wrong, why, and what to do")
        .content(PROBLEM_JSON, content)
        .build();
    operation
        .responses
        .responses
        .insert("default".to_owned(), problem.into());
}
