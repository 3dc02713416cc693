//! What the documents name must be there: a map with a wrong street is worse than none.

use std::path::Path;

use crate::workspace::root;

/// The page whose claims are tests.
const SECURITY: &str = "docs/SECURITY.md";

/// Folders that a path in a document may start from.
const STARTS: [&str; 7] = [
    "",
    "shared/src",
    "server/src",
    "server/src/store",
    "scanner-app",
    "scanner-app/core/src",
    "docs",
];

/// Paths between backticks: those with a slash that end in a slash or in the ending of a file we write.
fn named_paths(text: &str) -> Vec<&str> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| !word.contains([' ', '$', '*', ':', '<']) && word.contains('/'))
        .filter(|word| word.ends_with('/') || has_our_ending(word))
        .filter(|word| !word.starts_with('/') && !word.starts_with("../"))
        .collect()
}

fn has_our_ending(word: &str) -> bool {
    let ending = Path::new(word).extension().and_then(|ending| ending.to_str());
    ending
        .is_some_and(|ending| ["rs", "md", "sh", "sql", "css", "js", "ftl", "toml", "png"].contains(&ending))
}

/// Targets of Markdown links that are files of the repository.
fn linked_paths(text: &str) -> Vec<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.contains("://") && !link.starts_with('#'))
        .filter_map(|link| link.split('#').next())
        .collect()
}

fn missing(document: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(document).expect("the document");
    let folder = document.parent().expect("its folder");
    let unnamed = named_paths(&text)
        .into_iter()
        .filter(|path| !STARTS.iter().any(|start| root().join(start).join(path).exists()));
    let unlinked = linked_paths(&text)
        .into_iter()
        .filter(|path| !folder.join(path).exists());
    unnamed
        .chain(unlinked)
        .map(|path| format!("{}: {path}", document.display()))
        .collect()
}

/// Tests named between backticks as `file.rs::function`, the file from the root.
fn named_tests(text: &str) -> Vec<(&str, &str)> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter_map(|word| word.split_once("::"))
        .filter(|(file, _)| file.contains('/') && has_our_ending(file))
        .collect()
}

/// Whether a source has a test of this name that runs, not only a function or a word.
fn has_test(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let start = format!("fn {name}(");
    lines.iter().enumerate().any(|(at, line)| {
        let before = lines[..at].iter().rev();
        let attributes: Vec<_> = before
            .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
            .collect();
        let marks = |mark: &str| attributes.iter().any(|line| line.starts_with(mark));
        line.contains(&start) && (marks("#[test]") || marks("#[tokio::test")) && !marks("#[ignore")
    })
}

/// What is wrong with a row of the table of requirements: | number | requirement | state | how | shown by |.
fn unproven(row: &str) -> Option<String> {
    let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
    let [_, _, state, how, shown] = cells[..] else {
        return Some(format!("five cells: {row}"));
    };
    let proven = !named_tests(shown).is_empty() || shown.starts_with("review");
    let right = match state {
        "met" | "in part" => proven && !how.is_empty(),
        "not met" | "not applicable" => how.len() > 10,
        _ => false,
    };
    (!right).then(|| row.to_owned())
}

#[test]
fn every_test_that_the_security_page_names_is_there() {
    let text = std::fs::read_to_string(root().join(SECURITY)).expect("the page");
    let named = named_tests(&text);
    let missing: Vec<_> = named
        .iter()
        .filter(|(file, name)| {
            !std::fs::read_to_string(root().join(file)).is_ok_and(|source| has_test(&source, name))
        })
        .collect();
    assert!(named.len() > 50 && missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_requirement_of_the_security_page_has_a_test_or_a_reason() {
    let text = std::fs::read_to_string(root().join(SECURITY)).expect("the page");
    let rows = text.lines().filter(|line| line.starts_with("| V"));
    let wrong: Vec<String> = rows.clone().filter_map(unproven).collect();
    assert!(rows.count() > 100 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tests_are_told_from_functions_and_words() {
    let source = "/// Says.\n#[tokio::test]\nasync fn told() {}\n\nfn helper() {}\n// fn spoken() {}\n\n\
                  #[ignore = \"a slow test\"]\n#[test]\nfn slept() {}\n\n#[cfg(test)]\nfn aside() {}";
    assert!(has_test(source, "told"));
    assert!(!has_test(source, "slept") && !has_test(source, "aside"));
    assert!(!has_test(source, "tol") && !has_test(source, "helper") && !has_test(source, "spoken"));
    assert_eq!(named_tests("`a/b.rs::c` and `x::y`"), [("a/b.rs", "c")]);
    assert!(unproven("| V1.1.1 | x | met | so | `a/b.rs::c` |").is_none());
    assert!(unproven("| V1.1.1 | x | met | so | trust us |").is_some());
    assert!(unproven("| V1.1.1 | x | not met |  | – |").is_some());
}

#[test]
fn every_path_that_the_documents_name_is_there() {
    let mut documents = vec![
        root().join("README.md"),
        root().join("docs/ARCHITECTURE.md"),
        root().join("docs/RELIABILITY.md"),
        root().join("docs/handhelds/README.md"),
        root().join(SECURITY),
    ];
    let decisions = std::fs::read_dir(root().join("docs/decisions")).expect("the decisions");
    documents.extend(decisions.map(|entry| entry.expect("a decision").path()));
    let all: Vec<String> = documents.iter().flat_map(|document| missing(document)).collect();
    assert!(documents.len() > 10 && all.is_empty(), "{all:#?}");
}

#[test]
fn paths_are_told_from_other_words() {
    let text = "In `shared/src/log/` and `a/b.rs`, not `GET /stock`, `x::y/z.rs`, [here](docs/x.md#part) or [there](https://e.example/a.md).";
    assert_eq!(named_paths(text), ["shared/src/log/", "a/b.rs"]);
    assert_eq!(linked_paths(text), ["docs/x.md"]);
}
