//! Every route a router has, read from the router itself: what it says of itself when it is printed for debugging. A
//! router cannot be asked otherwise, and a list kept beside it would leave out what somebody forgot.

use std::collections::BTreeMap;

use axum::Router;

/// Methods a route can have, as the router names its fields.
const METHODS: [&str; 9] = [
    "get", "head", "delete", "options", "patch", "post", "put", "trace", "connect",
];

/// Method and path template of each route; a path that answers by itself, such as a folder of files, has the method `ANY`.
pub fn routes(app: &Router) -> Vec<(String, String)> {
    let printed = format!("{app:?}");
    let (_, rest) = printed
        .split_once("PathRouter { routes: {")
        .expect("a router prints its routes");
    let (endpoints, rest) = rest.split_once("node: Node { paths: {").expect("their paths");
    let (paths, _) = rest.split_once("} } }").expect("their end");
    let (endpoints, paths) = (numbered(endpoints), numbered(paths));
    let known: Vec<_> = endpoints.keys().collect();
    assert_eq!(
        known,
        paths.keys().collect::<Vec<_>>(),
        "each path leads somewhere"
    );
    let mut routes = Vec::new();
    for (number, endpoint) in endpoints {
        let path = paths[&number].trim_matches(['"', ',', ' ']);
        let methods = methods(endpoint);
        assert!(!methods.is_empty(), "{path} takes no method");
        routes.extend(methods.into_iter().map(|method| (method, path.to_owned())));
    }
    routes.sort_by(|(one, a), (two, b)| (a, one).cmp(&(b, two)));
    assert!(routes.len() > 50, "{routes:?}");
    routes
}

/// `RouteId(3): …` by number.
fn numbered(entries: &str) -> BTreeMap<usize, &str> {
    let entries = entries.split("RouteId(").skip(1);
    entries
        .map(|entry| {
            let (number, rest) = entry.split_once("): ").expect("a number");
            (number.parse().expect("a number"), rest)
        })
        .collect()
}

fn methods(endpoint: &str) -> Vec<String> {
    if !endpoint.starts_with("MethodRouter") {
        assert!(endpoint.starts_with("Route"), "{endpoint}");
        return vec!["ANY".to_owned()];
    }
    METHODS
        .iter()
        .filter(|method| !endpoint.contains(&format!("{method}: None")))
        .map(|method| method.to_uppercase())
        .collect()
}
