use std::collections::BTreeSet;

use sparhund_server::auth::access;
use sparhund_server::http::document;

use crate::common::TestServer;

#[test]
fn the_document_is_as_agreed() {
    let mut document = serde_json::to_value(document()).unwrap();
    document["info"]["version"] = "[version]".into();
    insta::assert_json_snapshot!(document);
}

#[tokio::test]
async fn it_is_served_to_anyone() {
    let server = TestServer::start().await;
    let answer = server.get("/openapi.json").send().await.expect(200);
    assert_eq!(answer, serde_json::to_value(document()).unwrap());
}

#[test]
fn the_table_of_access_and_the_document_name_the_same_routes() {
    let mut described = BTreeSet::from([("GET".to_owned(), "/openapi.json".to_owned())]);
    let document = serde_json::to_value(document()).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let path = path.strip_prefix(access::API).unwrap();
            described.insert((method.to_uppercase(), path.to_owned()));
        }
    }
    let table: BTreeSet<_> = access::TABLE
        .iter()
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(table, described);
}

#[test]
fn operations_are_named_by_verb_and_resource_and_say_how_they_fail() {
    let document = serde_json::to_value(document()).unwrap();
    let mut names = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for operation in methods.as_object().unwrap().values() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(name.contains('_'), "{path}: {name}");
            assert!(names.insert(name.to_owned()), "{name} twice");
            assert!(operation["summary"].is_string(), "{name} has no summary");
            assert!(
                operation["responses"]["default"].is_object(),
                "{name} never fails?"
            );
        }
    }
}

/// Whoever makes a client from the document stops at a name that leads nowhere.
#[test]
fn every_name_in_the_document_leads_somewhere() {
    let document = serde_json::to_value(document()).unwrap();
    let mut wanted = BTreeSet::new();
    let mut left = vec![&document];
    while let Some(value) = left.pop() {
        wanted.extend(value["$ref"].as_str());
        left.extend(value.as_object().into_iter().flat_map(|fields| fields.values()));
        left.extend(value.as_array().into_iter().flatten());
    }
    assert!(wanted.len() > 50, "{wanted:?}");
    wanted.retain(|name| document.pointer(name.trim_start_matches('#')).is_none());
    assert_eq!(wanted, BTreeSet::new());
}
