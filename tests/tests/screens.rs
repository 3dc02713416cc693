//! Every screen of the scanner page, looked at by the rules of accessibility and by those for one gloved hand.

use std::collections::BTreeMap;

use sparhund_shared::text::Lang;
use sparhund_tests::walk::look::{ALL, Colours, LARGE_LETTERS, USUAL};
use sparhund_tests::walk::{Walk, axe, rules};

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_shuts_anybody_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(walk) = Walk::begin(folder.path()).await else {
        return;
    };
    let axe = axe::script();
    // What, and on which screens and looks.
    let mut broken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut minor: BTreeMap<String, Vec<String>> = BTreeMap::new();
    walk.go(Lang::Sv, async |walk, row| {
        for look in ALL {
            look.put_on(&walk.browser).await;
            let at = format!("{} {}", row.name, look.name());
            for rule in rules::broken(&walk.browser).await {
                broken.entry(rule).or_default().push(at.clone());
            }
            // Sizes change little of what it finds, colours do.
            let asks = look == USUAL || look == LARGE_LETTERS || look.colours != Colours::Light;
            let Some(axe) = axe.as_deref().filter(|_| asks) else {
                continue;
            };
            for finding in axe::run(&walk.browser, axe).await {
                let into = if finding.shuts_out() {
                    &mut broken
                } else {
                    &mut minor
                };
                let words = format!(
                    "{} ({}): {}\n    {}",
                    finding.id,
                    finding.impact,
                    finding.help,
                    finding.nodes.join("\n    ")
                );
                into.entry(words).or_default().push(at.clone());
            }
        }
        USUAL.put_on(&walk.browser).await;
    })
    .await;
    walk.browser.close().await;
    let said = |findings: BTreeMap<String, Vec<String>>| -> String {
        let lines = findings
            .into_iter()
            .map(|(what, at)| format!("{what}\n  at {}\n", at.join(", ")));
        lines.collect()
    };
    println!("of less weight:\n{}", said(minor));
    assert!(broken.is_empty(), "{}", said(broken));
}
