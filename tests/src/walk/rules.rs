//! What a screen for one gloved hand keeps to, beside the rules of axe-core.

use crate::browser::Browser;

const RULES: &str = include_str!("rules.js");

/// What the screen does not keep, as it is now.
pub async fn broken(browser: &Browser) -> Vec<String> {
    serde_json::from_value(browser.run(RULES).await).expect("words")
}
