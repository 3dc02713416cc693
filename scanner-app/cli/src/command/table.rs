//! `parse TEXT`: what a code says, as a table for the eye.

use std::fmt::Write as _;

use jiff::civil::Date;
use sparhund_shared::carrier::{
    AssetCode, Examined, Explanation, Fault, Field, Reading, WedgeProfile, examine, from_visible, visible,
};
use sparhund_shared::text::Texts;

use super::Outcome;
use crate::say::Say;
use crate::session::Halt;

/// Reads a code and prints what it says, or why it cannot be read.
pub fn run(text: &str, today: Date, say: &Say) -> Outcome {
    let raw = from_visible(text);
    let examined = examine(&raw, today, &WedgeProfile::default());
    for line in lines(&raw, &examined, say.texts()) {
        say.line(&line);
    }
    if examined.reading.ok {
        Ok(())
    } else {
        Err(Halt::Told)
    }
}

fn lines(raw: &str, examined: &Examined, texts: &Texts) -> Vec<String> {
    let mut out = vec![visible(raw), String::new()];
    let reading = &examined.reading;
    if let Some(fault) = &reading.error {
        refused(&mut out, fault, texts);
    }
    if !reading.others.is_empty() {
        let count = i64::try_from(reading.others.len() + 1).unwrap_or(i64::MAX);
        out.push(texts.count("code-several", count));
    }
    for said in std::iter::once(reading)
        .chain(&reading.others)
        .filter(|said| said.ok)
    {
        candidate(&mut out, said, texts);
    }
    match &examined.verdict {
        Some(verdict) => out.push(judged(verdict, texts)),
        // The empty line before it.
        None => drop(out.pop()),
    }
    out
}

fn judged(verdict: &Explanation, texts: &Texts) -> String {
    let Some(fault) = &verdict.error else {
        return texts.get("code-verdict-ok");
    };
    let said = texts.with("code-verdict-wrong", &[("what", &texts.fault(fault))]);
    format!("{said} {}", fault.word())
}

fn refused(out: &mut Vec<String>, fault: &Fault, texts: &Texts) {
    out.push(texts.refusal(fault));
    if let Some(ai) = &fault.ai {
        out.push(texts.with("code-in-field", &[("ai", ai)]));
    }
    if let Some(marked) = &fault.marked {
        let (before, there, after) = marked.parts();
        let before = visible(before);
        out.push(format!("    {before}{}{}", visible(there), visible(after)));
        out.push(format!("    {}^", " ".repeat(before.chars().count())));
    }
    out.push(String::new());
}

fn candidate(out: &mut Vec<String>, said: &Explanation, texts: &Texts) {
    let (kind, named) = match &said.reading {
        Some(Reading::Item(_)) => ("item", said.di.clone()),
        Some(Reading::Logistic(code)) => ("logistic", Some(code.sscc.to_string())),
        Some(Reading::Place(place)) => ("place", Some(place.to_string())),
        Some(Reading::Asset(AssetCode::Individual(id))) => ("asset", Some(id.to_string())),
        Some(Reading::Asset(AssetCode::Returnable(id))) => ("asset", Some(id.to_string())),
        Some(Reading::Donation(code)) => ("donation", Some(code.din.clone())),
        Some(Reading::ProductionOnly(_)) => ("part", None),
        None => ("nothing", None),
    };
    let mut head = texts.get(&format!("code-is-{kind}"));
    let parts = [
        named,
        said.agency.map(|agency| texts.get(&format!("agency-{agency}"))),
        said.symbology.map(|symbology| symbology.to_string()),
    ];
    for part in parts.into_iter().flatten() {
        // Writing to a String cannot fail.
        let _ = write!(head, "  {part}");
    }
    out.push(head);
    out.extend(rows(&said.fields, texts));
    let warnings = said
        .warnings
        .iter()
        .map(|warning| format!("! {}", texts.oddity(warning)));
    out.extend(warnings);
    out.push(String::new());
}

/// The fields in columns as wide as their longest cell.
fn rows(fields: &[Field], texts: &Texts) -> Vec<String> {
    let head = ["code-field", "code-name", "code-value", "code-meaning"].map(|key| texts.get(key));
    let cells = fields.iter().map(|field| {
        [
            visible(&field.mark),
            texts.get(&field.name),
            visible(&field.value),
            field.meaning.clone().unwrap_or_default(),
        ]
    });
    let rows: Vec<[String; 4]> = std::iter::once(head).chain(cells).collect();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2)];
    rows.iter()
        .map(|[mark, name, value, meaning]| {
            let [a, b, c] = widths;
            format!("    {mark:a$}  {name:b$}  {value:c$}  {meaning}")
                .trim_end()
                .to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use sparhund_shared::text::Lang;

    use super::*;

    fn shown(text: &str) -> String {
        let examined = examine(text, date(2026, 11, 22), &WedgeProfile::default());
        lines(text, &examined, &Texts::new(Lang::Sv, "").with_fields()).join("\n")
    }

    #[test]
    fn a_label_is_a_table() {
        assert_eq!(
            shown("]d201073123456789091728013110A/1\u{1d}21S"),
            "\
]d201073123456789091728013110A/1⟨GS⟩21S

Produkt  07312345678909  GS1  ]d2
    Fält  Namn                  Värde           Betyder
    01    Artikelnummer (GTIN)  07312345678909
    17    Utgångsdatum          280131          2028-01-31
    10    Batch/lot             A/1
    21    Serienummer           S

Koden följer sin specifikation."
        );
    }

    #[test]
    fn a_refused_code_shows_where() {
        assert_eq!(
            shown("]d2\u{1d}0107312345678908"),
            "\
]d2⟨GS⟩0107312345678908

Koden går inte att läsa (kontrollsiffran stämmer inte): skanna igen, eller skriv in det som är tryckt på etiketten.
Det gäller fält 01.
    0107312345678908
                   ^

Koden följer inte sin specifikation: kontrollsiffran stämmer inte. INCORRECT_CHECK_DIGIT"
        );
    }

    #[test]
    fn a_code_that_names_nothing_is_told_too() {
        let shown = shown("]d2400PO-1");
        assert!(
            shown.contains("Uppgifter utan vara, förpackning eller plats  GS1  ]d2"),
            "{shown}"
        );
        assert!(shown.contains("    400   Kundens ordernummer  PO-1"), "{shown}");
        assert!(shown.contains("! Koden anger ingen vara"), "{shown}");
    }

    #[test]
    fn the_fault_of_a_scanner_is_no_verdict_on_the_label() {
        let shown = shown("¨d20107312345678909");
        assert!(
            shown.starts_with("¨d20107312345678909\n\nKoden går inte att läsa"),
            "{shown}"
        );
        assert!(
            !shown.contains("specifikation") && !shown.ends_with('\n'),
            "{shown}"
        );
    }

    #[test]
    fn every_way_to_read_it_is_shown() {
        let shown = shown("10000007");
        assert!(shown.contains("kan läsas på 3 sätt"), "{shown}");
        assert!(shown.contains("Produkt  00000010000007  GS1"), "{shown}");
        assert!(shown.contains("Del av en märkning"), "{shown}");
    }
}
