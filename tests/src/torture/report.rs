//! The figures of a run as a table of a Markdown page.

use std::fmt::Write as _;

use super::fault::Fault;
use super::run::{Options, Run};

/// Before and behind what is made by the command.
pub const MARKS: [&str; 2] = [
    "<!-- made by cargo xtask torture: begin -->",
    "<!-- made by cargo xtask torture: end -->",
];

/// The page with the figures of this run between the marks.
///
/// # Errors
/// When a mark is missing.
pub fn into_page(page: &str, marks: [&str; 2], figures: &str) -> Result<String, String> {
    let [begin, end] = marks;
    let missing = |mark| format!("the page has no line {mark:?}");
    let (before, rest) = page.split_once(begin).ok_or_else(|| missing(begin))?;
    let (_, after) = rest.split_once(end).ok_or_else(|| missing(end))?;
    Ok(format!("{before}{begin}\n\n{figures}\n{end}{after}"))
}

/// The figures.
pub fn figures(options: &Options, run: &Run, minutes: u64) -> String {
    let found = &run.findings;
    let mut text = String::new();
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d");
    let _ = writeln!(
        text,
        "{today}, `cargo xtask torture --minutes {minutes} --seed {} --devices {}`: {} rounds, {} events that a device told its\n\
         user were booked, {} records at the servers after healing.\n",
        options.seed, options.devices, run.rounds, found.booked, found.records
    );
    text.push_str(
        "| fault | times tried | lost | doubled | undetected |\n| --- | ---: | ---: | ---: | ---: |\n",
    );
    let (lost, doubled, undetected) = (found.lost.len(), found.doubled.len(), found.undetected.len());
    for fault in Fault::ALL {
        let (name, tried) = (fault.name(), run.tally.of(fault));
        let _ = writeln!(text, "| {name} | {tried} | {lost} | {doubled} | {undetected} |");
    }
    for (name, tampered) in [
        ("one byte of an export changed", &run.tampered),
        (
            "the same in a signed line, digest of the file made anew",
            &run.redigested,
        ),
    ] {
        let (tried, undetected) = (tampered.tried, tampered.undetected.len());
        let _ = writeln!(text, "| {name} | {tried} | – | – | {undetected} |");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{MARKS, into_page};

    #[test]
    fn figures_stand_between_the_marks() {
        let [begin, end] = MARKS;
        let page = format!("before\n{begin}\nold\n{end}\nafter\n");
        let new = into_page(&page, MARKS, "new\n").expect("both marks");
        assert_eq!(new, format!("before\n{begin}\n\nnew\n\n{end}\nafter\n"));
        assert_eq!(into_page(&new, MARKS, "new\n").as_ref(), Ok(&new), "again");
        assert!(into_page("before", MARKS, "new").is_err());
    }
}
