//! Our table of application identifiers against the GS1 Barcode Syntax Dictionary itself, which lies beside the
//! repository: each row is written in the dictionary's words and must be the dictionary's line.

use std::io::Write as _;
use std::path::Path;

use sparhund_shared::carrier::gs1::{Ai, AiRow, AiSpan, CharacterSet, Component};

/// `one,two` in the order of the dictionary, which is ours too.
fn listed<T>(items: &[T], sign: &str, write: impl Fn(&T) -> String) -> String {
    items.iter().map(write).collect::<Vec<_>>().join(sign)
}

/// `01`, `310n` or `35nn`.
fn span(span: AiSpan) -> String {
    let (low, high) = (span.low.to_string(), span.high.to_string());
    let same = low.chars().zip(high.chars()).take_while(|(l, h)| l == h).count();
    low.chars()
        .take(same)
        .chain("nnnn".chars())
        .take(low.len())
        .collect()
}

fn component(component: &Component) -> String {
    let set = match component.set {
        CharacterSet::Numeric => 'N',
        CharacterSet::Cset82 => 'X',
        CharacterSet::Cset39 => 'Y',
        CharacterSet::Cset64 => 'Z',
    };
    let length = if component.min == component.max {
        component.max.to_string()
    } else {
        assert_eq!(component.min, 1, "the dictionary has no other");
        format!("..{}", component.max)
    };
    let part = format!("{set}{length}");
    let part = if component.optional {
        format!("[{part}]")
    } else {
        part
    };
    component
        .linters
        .iter()
        .fold(part, |text, linter| format!("{text},{}", linter.name()))
}

/// The line of a row without its identifiers, as words.
fn words(row: &AiRow) -> Vec<String> {
    let mut words: Vec<String> = row.components.iter().map(component).collect();
    let group = |group: &&[AiSpan]| listed(group, "+", |s| span(*s));
    words.extend(
        row.requires
            .iter()
            .map(|needs| format!("req={}", listed(needs, ",", group))),
    );
    if !row.excludes.is_empty() {
        words.push(format!("ex={}", listed(row.excludes, ",", |s| span(*s))));
    }
    match row.key {
        Some([]) => words.push("dlpkey".to_owned()),
        Some(orders) => {
            let order = |order: &&[Ai]| listed(order, ",", Ai::to_string);
            words.push(format!("dlpkey={}", listed(orders, "|", order)));
        }
        None => {}
    }
    words.sort();
    words
}

#[test]
fn every_line_of_the_dictionary_is_a_row() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors/gs1-syntax-dictionary.txt");
    let Ok(dictionary) = std::fs::read_to_string(path) else {
        // Straight to the terminal: what a passing test prints is not shown.
        let _ = writeln!(std::io::stderr(), "skipped: ../shared is absent");
        return;
    };
    let mut all = 0;
    for line in dictionary
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
    {
        let (rules, title) = line.split_once('#').unwrap_or((line, ""));
        let mut theirs: Vec<String> = rules.split_whitespace().map(str::to_owned).collect();
        let span = theirs.remove(0);
        let flags = if theirs[0].starts_with(['*', '?']) {
            theirs.remove(0)
        } else {
            String::new()
        };
        theirs.sort();
        let (low, high) = span.split_once('-').unwrap_or((&span, &span));
        let numbers = low.parse::<u16>().expect("digits")..=high.parse::<u16>().expect("digits");
        for number in numbers {
            let text = format!("{number:0width$}", width = low.len());
            let ai = Ai::from_digits(&text).expect("an identifier");
            let row = ai.row().unwrap_or_else(|| panic!("({text}) has no row"));
            assert_eq!(words(row), theirs, "({text})");
            assert_eq!(row.title, title.trim(), "({text})");
            assert_eq!(row.predefined, flags.contains('*'), "({text})");
            assert_eq!(row.in_query, flags.contains('?'), "({text})");
            all += 1;
        }
    }
    assert_eq!(all, 541);
}
