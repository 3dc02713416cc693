//! axe-core, run inside the page.

use serde::Deserialize;

use crate::browser::Browser;

/// Finds what it finds on the screen as it is now.
const RUN: &str = "
    const [done] = arguments;
    axe.run(document, {
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }).then(
        (found) => done(found.violations.map(({ id, impact, help, nodes }) => ({
            id,
            impact: impact ?? 'minor',
            help,
            nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary.replace(/\\s+/g, ' ')}`),
        }))),
        (error) => done([{ id: 'axe', impact: 'critical', help: String(error), nodes: [] }]),
    );";

/// A rule that the screen does not keep.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Finding {
    /// Name of the rule.
    pub id: String,
    /// How much it matters: `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// What the rule wants.
    pub help: String,
    /// Where.
    pub nodes: Vec<String>,
}

impl Finding {
    /// Whether it shuts somebody out.
    pub fn shuts_out(&self) -> bool {
        matches!(self.impact.as_str(), "serious" | "critical")
    }
}

/// The script, where `cargo xtask test` fetched it.
pub fn script() -> Option<String> {
    let path = std::env::var_os("SPARHUND_AXE")?;
    Some(std::fs::read_to_string(path).expect("axe-core as it was fetched"))
}

/// Looks at the screen.
pub async fn run(browser: &Browser, script: &str) -> Vec<Finding> {
    // As a script of the driver's own: the page itself may run nothing that did not come with it.
    if browser.run("return window.axe === undefined").await == true {
        browser.run(script).await;
    }
    let found = browser.run_later(RUN, Vec::new()).await;
    serde_json::from_value(found).expect("findings")
}
