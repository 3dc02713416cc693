//! The figures of a run.

use std::fmt::Write as _;

use super::run::{Options, Run};

/// Before and behind what is made by the command.
pub const MARKS: [&str; 2] = [
    "<!-- made by cargo xtask torture --browser-kills: begin -->",
    "<!-- made by cargo xtask torture --browser-kills: end -->",
];

/// The figures as a table of a Markdown page.
pub fn figures(options: &Options, run: &Run) -> String {
    let mut text = String::new();
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d");
    let _ = writeln!(
        text,
        "{today}, `cargo xtask torture --browser-kills {} --seed {}`: {}.\n",
        options.kills, options.seed, run.browser
    );
    text.push_str(
        "| kills | while it booked | while it started | while it sent | page did not open in a minute | shown as booked | lost | doubled | broken links |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    let found = &run.findings;
    let _ = writeln!(
        text,
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        run.kills(),
        run.at_work,
        run.at_start,
        run.at_sending,
        run.stuck,
        run.told,
        found.lost.len(),
        found.doubled.len(),
        found.broken.len()
    );
    text
}
