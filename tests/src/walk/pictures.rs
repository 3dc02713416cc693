//! A picture of every screen, and a page that shows them side by side.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use sparhund_shared::text::Lang;

use super::look::{ALL, Look, USUAL};
use super::rows::ROWS;
use super::set_out::Walk;

/// Pictures by look, each the names of its screens.
type Taken = BTreeMap<String, Vec<&'static str>>;

/// Walks twice, in Swedish and in English, and takes pictures of the screens whose name begins with `only`.
/// `false` with a printed word where there is no browser.
pub async fn take(into: &Path, only: &str) -> bool {
    std::fs::create_dir_all(into).expect("a folder for pictures");
    let mut taken = Taken::new();
    for (language, looks) in [(Lang::Sv, ALL.as_slice()), (Lang::En, &[USUAL])] {
        let folder = tempfile::tempdir().expect("a folder");
        let Some(walk) = Walk::begin(folder.path()).await else {
            return false;
        };
        walk.go(language, async |walk, row| {
            if !row.name.starts_with(only) {
                return;
            }
            for look in looks {
                let name = name(language, look);
                look.put_on(&walk.browser).await;
                let file = into.join(&name).join(format!("{}.png", row.name));
                walk.browser.picture(&file).await;
                taken.entry(name).or_default().push(row.name);
            }
            USUAL.put_on(&walk.browser).await;
            println!("  {} {}", language.tag(), row.name);
        })
        .await;
        walk.browser.close().await;
    }
    std::fs::write(into.join("index.html"), index(&taken)).expect("write the index");
    true
}

fn name(language: Lang, look: &Look) -> String {
    format!("{}-{}", language.tag(), look.name())
}

/// One line of pictures for each screen.
fn index(taken: &Taken) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Screens of Spårhund</title>\
         <style>body{font-family:system-ui;margin:1rem}section{display:flex;gap:1rem;overflow-x:auto;align-items:start}\
         figure{margin:0}img{height:30rem;border:1px solid #888}</style><h1>Screens of the scanner page</h1>\n",
    );
    for row in ROWS {
        let looks = taken.iter().filter(|(_, screens)| screens.contains(&row.name));
        let pictures: String = looks.fold(String::new(), |mut all, (look, _)| {
            let name = row.name;
            let _ = writeln!(
                all,
                "<figure><a href=\"{look}/{name}.png\"><img loading=\"lazy\" src=\"{look}/{name}.png\" \
                 alt=\"{name}, {look}\"></a><figcaption>{look}</figcaption></figure>"
            );
            all
        });
        if !pictures.is_empty() {
            let _ = writeln!(page, "<h2>{}</h2>\n<section>\n{pictures}</section>", row.name);
        }
    }
    page
}
