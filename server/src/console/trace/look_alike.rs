//! Texts that a person may have meant: letters of the other case, and characters that look alike on a label.

use std::collections::HashSet;

/// Characters that are taken for each other on a label, and `+` for `-`, which a US scanner types on a Swedish host.
const ALIKE: [(char, char); 8] = [
    ('O', '0'),
    ('I', '1'),
    ('L', '1'),
    ('S', '5'),
    ('B', '8'),
    ('Z', '2'),
    ('G', '6'),
    ('+', '-'),
];

/// The text in capitals and in small letters, and each with at most two characters exchanged for ones that look alike; the
/// nearest first, never the text itself. Bounded by the length of a lot or serial, 20 characters.
pub fn look_alikes(text: &str) -> Vec<String> {
    let cases = [text.to_owned(), text.to_uppercase(), text.to_lowercase()];
    let once = cases.iter().flat_map(|form| swapped(form, 0));
    let twice = cases.iter().flat_map(|form| {
        form.char_indices().flat_map(|(at, _)| {
            let once = swapped_at(form, at);
            once.into_iter().flat_map(move |form| swapped(&form, at + 1))
        })
    });
    let mut seen = HashSet::from([text.to_owned()]);
    cases
        .iter()
        .cloned()
        .chain(once)
        .chain(twice)
        .filter(|form| seen.insert(form.clone()))
        .collect()
}

/// The text with one character from a byte position on exchanged for one that looks like it.
fn swapped(text: &str, from: usize) -> Vec<String> {
    let places = text.char_indices().map(|(at, _)| at).filter(|at| *at >= from);
    places.flat_map(|at| swapped_at(text, at)).collect()
}

fn swapped_at(text: &str, at: usize) -> Vec<String> {
    let (before, rest) = text.split_at(at);
    let mut rest = rest.chars();
    let Some(stands) = rest.next() else {
        return Vec::new();
    };
    let lower = text.chars().any(|c| c.is_ascii_lowercase());
    let others = ALIKE.iter().filter_map(|(letter, digit)| {
        if stands.eq_ignore_ascii_case(letter) {
            Some(*digit)
        } else if stands == *digit {
            Some(if lower {
                letter.to_ascii_lowercase()
            } else {
                *letter
            })
        } else {
            None
        }
    });
    others
        .map(|other| format!("{before}{other}{}", rest.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::look_alikes;

    #[test]
    fn case_zero_and_one_and_a_foreign_hyphen_are_found() {
        for (written, meant) in [
            ("k25-0412", "K25-0412"),
            ("V26-22O", "V26-220"),
            ("v26-22o", "V26-220"),
            ("SN0O4-OOO1", "SN004-0OO1"),
            ("K25+0412", "K25-0412"),
            ("KI5-LOT", "K15-1OT"),
        ] {
            let found = look_alikes(written);
            assert!(found.iter().any(|form| form == meant), "{written}: {found:?}");
            assert!(!found.iter().any(|form| form == written), "{written}");
        }
    }

    #[test]
    fn the_nearest_comes_first_and_the_longest_stays_small() {
        assert_eq!(look_alikes("a-O")[0], "A-O");
        assert!(look_alikes(&"0".repeat(20)).len() < 1_000);
        assert!(look_alikes(&"1".repeat(20)).len() < 2_000);
        assert!(look_alikes("---7").iter().all(|form| form.len() == 4));
        assert!(look_alikes("ÅÖ").len() <= 2);
    }
}
