//! Texts that a person may have meant: letters of the other case, and characters that look alike on a label.

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

/// Every text that differs from this one in letter case, in at most two characters that look alike, or in both; the
/// nearest first, never the text itself. Bounded by the length of a lot or serial, 20 characters.
pub fn look_alikes(text: &str) -> Vec<String> {
    let mut found = vec![text.to_owned()];
    let mut add = |form: String| {
        if !found.contains(&form) {
            found.push(form);
        }
    };
    let cases = [text.to_owned(), text.to_uppercase(), text.to_lowercase()];
    cases.iter().for_each(|form| add(form.clone()));
    let single: Vec<Vec<String>> = cases.iter().map(|form| swapped(form, 0)).collect();
    single.iter().flatten().for_each(|form| add(form.clone()));
    for form in &cases {
        for (at, _) in form.char_indices() {
            for once in swapped_at(form, at) {
                swapped(&once, at + 1).into_iter().for_each(&mut add);
            }
        }
    }
    found.remove(0);
    found
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
