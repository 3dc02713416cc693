//! What the documents name must be there: a map with a wrong street is worse than none.

use std::path::Path;

use crate::workspace::root;

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

#[test]
fn every_path_that_the_documents_name_is_there() {
    let mut documents = vec![root().join("README.md"), root().join("docs/ARCHITECTURE.md")];
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
