use proptest::prelude::*;

use super::*;

/// Types on a wedge and keeps what comes out.
struct Hand {
    wedge: Wedge,
    at: f64,
    gap: f64,
    focus: Focus,
    scans: Vec<Scan>,
    prevented: Vec<bool>,
}

impl Hand {
    fn new(gap: f64, focus: Focus) -> Self {
        Self {
            wedge: Wedge::new(Layout::Guess),
            at: 0.0,
            gap,
            focus,
            scans: Vec::new(),
            prevented: Vec::new(),
        }
    }

    fn note(&mut self, taken: Taken) {
        self.scans.extend(taken.scan);
        self.prevented.push(taken.prevent);
    }

    fn press(&mut self, code: &str, key: &str, change: impl FnOnce(&mut Press<'_>)) {
        self.at += self.gap;
        let mut press = Press {
            at: self.at,
            code,
            key,
            shift: false,
            ctrl: false,
            alt: false,
            alt_graph: false,
            repeat: false,
            focus: self.focus,
        };
        change(&mut press);
        let taken = self.wedge.press(&press);
        self.note(taken);
    }

    fn text(&mut self, text: &str) {
        self.at += self.gap;
        let taken = self.wedge.text(self.at, text, self.focus);
        self.note(taken);
    }

    /// A scanner with US keys on a Swedish host.
    fn us_scanner(&mut self, text: &str) {
        for character in text.chars() {
            let (code, swedish, shift, ctrl) = us_key_on_swedish_host(character);
            self.press(&code, &swedish, |press| {
                press.shift = shift;
                press.ctrl = ctrl;
            });
        }
    }

    fn enter(&mut self) {
        self.press("Enter", "Enter", |_| ());
    }

    fn rest(&mut self) -> Vec<String> {
        let silence = self.at + self.wedge.patience_ms();
        self.scans.extend(self.wedge.silence(silence));
        let scans = std::mem::take(&mut self.scans);
        scans
            .into_iter()
            .map(|scan| String::from_utf8(scan.raw).unwrap())
            .collect()
    }
}

fn us_key_on_swedish_host(character: char) -> (String, String, bool, bool) {
    let key = |code: &str, key: &str, shift| (code.to_owned(), key.to_owned(), shift, false);
    match character {
        'a'..='z' => key(
            &format!("Key{}", character.to_ascii_uppercase()),
            &character.to_string(),
            false,
        ),
        'A'..='Z' => key(&format!("Key{character}"), &character.to_string(), true),
        '0'..='9' => key(&format!("Digit{character}"), &character.to_string(), false),
        ']' => key("BracketRight", "Dead", false),
        '-' => key("Minus", "+", false),
        '/' => key("Slash", "-", false),
        '+' => key("Equal", "Dead", true),
        '%' => key("Digit5", "%", true),
        '(' => key("Digit9", ")", true),
        ')' => key("Digit0", "=", true),
        '.' => key("Period", ".", false),
        '_' => key("Minus", "?", true),
        '!' => key("Digit1", "!", true),
        '"' => key("Quote", "Ä", true),
        '&' => key("Digit7", "/", true),
        '\'' => key("Quote", "ä", false),
        '*' => key("Digit8", "(", true),
        ',' => key("Comma", ",", false),
        ':' => key("Semicolon", "Ö", true),
        ';' => key("Semicolon", "ö", false),
        '<' => key("Comma", ";", true),
        '=' => key("Equal", "Dead", false),
        '>' => key("Period", ":", true),
        '?' => key("Slash", "_", true),
        '\u{1d}' => ("BracketRight".to_owned(), "Dead".to_owned(), false, true),
        other => panic!("no key for {other:?}"),
    }
}

const LABEL: &str = "]d20107350000000017172712311012-aB/3\u{1d}21S%9_x";

#[test]
fn a_us_scanner_on_a_swedish_host_arrives_byte_for_byte() {
    let mut hand = Hand::new(8.0, Focus::Elsewhere);
    hand.us_scanner(LABEL);
    assert_eq!(hand.scans, []);
    hand.enter();
    assert_eq!(
        hand.prevented.last(),
        Some(&true),
        "Enter must not press a button"
    );
    assert_eq!(hand.rest(), [LABEL]);
}

#[test]
fn a_slow_scanner_is_known_by_its_identifier() {
    let mut hand = Hand::new(80.0, Focus::Elsewhere);
    hand.us_scanner(LABEL);
    assert_eq!(hand.rest(), [LABEL], "and silence ends it");
    // The same without identifier is as slow as fingers.
    let mut hand = Hand::new(80.0, Focus::Elsewhere);
    hand.us_scanner("7350000000017");
    hand.enter();
    assert_eq!(hand.rest(), [""; 0]);
}

#[test]
fn speed_makes_a_scan_of_a_plain_barcode() {
    let mut hand = Hand::new(12.0, Focus::Elsewhere);
    hand.us_scanner("7350000000017");
    hand.enter();
    assert_eq!(hand.rest(), ["7350000000017"]);
    let mut hand = Hand::new(12.0, Focus::Elsewhere);
    hand.us_scanner("73500");
    hand.enter();
    assert_eq!(hand.rest(), [""; 0], "five characters are none");
}

#[test]
fn fingers_that_know_identifiers_are_no_scanner() {
    let mut hand = Hand::new(150.0, Focus::Elsewhere);
    hand.us_scanner("]d2010735000000001710ABC");
    hand.enter();
    assert_eq!(hand.rest(), [""; 0]);
}

#[test]
fn fingers_in_a_field_are_left_alone() {
    for gap in [60.0, 90.0, 200.0] {
        let mut hand = Hand::new(gap, Focus::Field);
        hand.us_scanner("]d2010735000000001710ABC");
        hand.enter();
        assert_eq!(hand.rest(), [""; 0], "{gap} ms");
        assert!(!hand.prevented.contains(&true), "{gap} ms");
    }
    // A word that an on-screen keyboard inserts at once, or a field that a program fills.
    let mut hand = Hand::new(120.0, Focus::Field);
    hand.text("Mölnlycke");
    assert_eq!(hand.rest(), [""; 0]);
    let mut hand = Hand::new(1.0, Focus::Field);
    hand.us_scanner("supplier");
    assert_eq!(hand.rest(), [""; 0], "speed alone is not enough in a field");
}

#[test]
fn a_scan_into_a_field_is_taken_out_of_it() {
    let mut hand = Hand::new(8.0, Focus::Field);
    hand.us_scanner(LABEL);
    hand.enter();
    let scan = hand.scans.pop().unwrap();
    assert_eq!((scan.raw, scan.in_field), (LABEL.as_bytes().to_vec(), true));
}

#[test]
fn every_form_of_the_group_separator_is_kept() {
    let expected = ["]d210A\u{1d}21B"];
    let mut hand = Hand::new(8.0, Focus::Elsewhere);
    hand.us_scanner("]d210A");
    hand.press("", "\u{1d}", |_| ());
    hand.us_scanner("21B");
    assert_eq!(hand.rest(), expected, "as a key");

    let mut hand = Hand::new(8.0, Focus::Elsewhere);
    hand.us_scanner("]d210A");
    hand.press("BracketRight", "]", |press| press.ctrl = true);
    assert_eq!(hand.prevented.last(), Some(&true), "Ctrl+] must do nothing else");
    hand.us_scanner("21B");
    assert_eq!(hand.rest(), expected, "as Ctrl+]");

    for tells in [true, false] {
        let mut hand = Hand::new(8.0, Focus::Elsewhere);
        hand.us_scanner("]d210A");
        for digit in ["0", "2", "9"] {
            hand.press(&format!("Numpad{digit}"), digit, |press| press.alt = true);
        }
        if tells {
            let taken = hand.wedge.alt_released(hand.at, hand.focus);
            hand.note(taken);
            // Windows inserts the character too.
            hand.text("\u{1d}");
        }
        hand.us_scanner("21B");
        assert_eq!(hand.rest(), expected, "as Alt+029, Alt told: {tells}");
    }

    let mut hand = Hand::new(8.0, Focus::Elsewhere);
    hand.text("]d210A\u{1d}21B\n");
    assert_eq!(hand.rest(), expected, "in inserted text");
}

#[test]
fn text_that_follows_from_a_key_counts_once() {
    let mut hand = Hand::new(4.0, Focus::Field);
    for character in LABEL.chars() {
        let (code, swedish, shift, ctrl) = us_key_on_swedish_host(character);
        hand.press(&code, &swedish, |press| {
            press.shift = shift;
            press.ctrl = ctrl;
        });
        if !ctrl && swedish != "Dead" {
            hand.text(&swedish);
        }
    }
    hand.enter();
    assert_eq!(hand.rest(), [LABEL]);
}

#[test]
fn an_input_method_that_sends_text_between_control_keys() {
    let mut hand = Hand::new(5.0, Focus::Elsewhere);
    hand.press("", "Unidentified", |_| ());
    hand.text("]d210A");
    hand.press("BracketRight", "]", |press| press.ctrl = true);
    hand.press("", "Unidentified", |_| ());
    hand.text("21B");
    hand.enter();
    assert_eq!(hand.rest(), ["]d210A\u{1d}21B"]);
}

#[test]
fn caps_lock_does_not_turn_letters_around() {
    let mut hand = Hand::new(8.0, Focus::Elsewhere);
    for (code, key, shift) in [
        ("BracketRight", "]", false),
        ("KeyD", "D", false),
        ("Digit2", "2", false),
        ("KeyA", "a", true),
        ("KeyB", "B", false),
        ("Digit1", "1", false),
    ] {
        hand.press(code, key, |press| press.shift = shift);
    }
    assert_eq!(hand.rest(), ["]d2Ab1"]);
}

#[test]
fn a_scanner_set_to_swedish_is_known_by_how_it_writes_the_bracket() {
    let mut hand = Hand::new(8.0, Focus::Elsewhere);
    hand.press("Digit9", "]", |press| {
        (press.ctrl, press.alt, press.alt_graph) = (true, true, true);
    });
    for (code, key, shift) in [
        ("KeyC", "C", true),
        ("Digit1", "1", false),
        ("Digit1", "1", false),
        ("Digit0", "0", false),
        ("Slash", "-", false),
        ("Digit7", "/", true),
    ] {
        hand.press(code, key, |press| press.shift = shift);
    }
    assert_eq!(hand.rest(), ["]C110-/"]);
    let plain = |layout| {
        let mut hand = Hand::new(8.0, Focus::Elsewhere);
        hand.wedge.set_layout(layout);
        hand.press("Slash", "-", |_| ());
        hand.us_scanner("12345");
        hand.rest()
    };
    assert_eq!(plain(Layout::Text), ["-12345"]);
    assert_eq!(plain(Layout::Physical), ["/12345"]);
}

#[test]
fn a_key_held_down_and_shortcuts_are_no_scans() {
    let mut hand = Hand::new(30.0, Focus::Elsewhere);
    hand.press("KeyA", "a", |_| ());
    for _ in 0..20 {
        hand.press("KeyA", "a", |press| press.repeat = true);
    }
    hand.us_scanner("bcdefgh");
    assert_eq!(hand.rest(), [""; 0]);
    let mut hand = Hand::new(8.0, Focus::Elsewhere);
    hand.press("KeyR", "r", |press| press.ctrl = true);
    assert_eq!(hand.prevented, [false], "Ctrl+R still loads the page");
}

#[test]
fn the_tail_of_a_label_behind_a_held_key_is_no_scan() {
    let mut hand = Hand::new(20.0, Focus::Elsewhere);
    hand.press("KeyA", "a", |_| ());
    hand.press("KeyA", "a", |press| press.repeat = true);
    // The pause is counted from the last key, however long ago the held one repeated.
    hand.us_scanner("73500000000012345678");
    hand.enter();
    assert_eq!(hand.rest(), [""; 0]);
}

#[test]
fn the_tail_of_what_is_too_long_is_no_scan() {
    let mut hand = Hand::new(5.0, Focus::Elsewhere);
    hand.us_scanner(&"7".repeat(MOST + 60));
    hand.enter();
    assert_eq!(hand.rest(), [""; 0]);
}

#[test]
fn two_scans_in_a_row_stay_two() {
    // Without an end key, and with a timer that is late.
    let mut hand = Hand::new(5.0, Focus::Elsewhere);
    hand.us_scanner("]C1001");
    hand.at += 1_100.0;
    hand.us_scanner("]C1002");
    // A second identifier begins a second scan, however soon: no data of GS1 or HIBC holds a bracket.
    hand.us_scanner("]d2003");
    hand.enter();
    assert_eq!(hand.rest(), ["]C1001", "]C1002", "]d2003"]);
}

#[test]
fn a_scanner_that_stutters_is_waited_for() {
    for gap in [5.0, 45.0] {
        let mut hand = Hand::new(gap, Focus::Elsewhere);
        hand.us_scanner("]");
        hand.at += 2_500.0;
        hand.us_scanner("d20107350000");
        hand.at += 2_500.0;
        hand.us_scanner("000017");
        hand.enter();
        assert_eq!(hand.rest(), ["]d20107350000000017"], "{gap} ms");
    }
    assert!((Wedge::new(Layout::Guess).patience_ms() - SILENCE_MS).abs() < f64::EPSILON);
}

#[test]
fn a_scanner_that_sends_no_end_key_is_waited_for_once() {
    let mut hand = Hand::new(5.0, Focus::Elsewhere);
    let mut waits = Vec::new();
    for end in [false, false, true, false] {
        hand.us_scanner("]C1001");
        waits.push(hand.wedge.patience_ms());
        if end {
            hand.enter();
        }
        assert_eq!(hand.rest(), ["]C1001"]);
        hand.at += 4_000.0;
    }
    assert_eq!(waits, [3_000.0, 300.0, 300.0, 3_000.0]);
}

#[test]
fn a_key_touched_just_before_a_scan_is_not_part_of_it() {
    let mut hand = Hand::new(20.0, Focus::Elsewhere);
    hand.us_scanner("7");
    hand.us_scanner(LABEL);
    hand.enter();
    assert_eq!(hand.rest(), [LABEL]);
}

#[test]
fn a_number_field_takes_digits_and_lets_labels_through() {
    let mut hand = Hand::new(60.0, Focus::Number);
    hand.us_scanner("120");
    assert!(!hand.prevented.contains(&true), "a count is typed");
    assert_eq!(hand.rest(), [""; 0]);
    hand.at += 500.0;
    hand.us_scanner(LABEL);
    hand.enter();
    assert_eq!(hand.rest(), [LABEL]);
}

proptest! {
    #[test]
    fn any_gs1_value_comes_through(value in "[A-Za-z0-9%()+./_-]{4,60}", gap in 1.0..30.0) {
        let mut hand = Hand::new(gap, Focus::Elsewhere);
        let sent = format!("]d2{value}");
        hand.us_scanner(&sent);
        hand.enter();
        prop_assert_eq!(hand.rest(), [sent]);
    }

    #[test]
    fn nothing_that_is_pressed_panics(keys in proptest::collection::vec((".{0,4}", ".{0,3}", 0u8..32, 0.0..200.0), 0..80)) {
        let mut hand = Hand::new(0.0, Focus::Elsewhere);
        for (code, key, flags, gap) in keys {
            hand.gap = gap;
            hand.press(&code, &key, |press| {
                press.shift = flags & 1 != 0;
                press.ctrl = flags & 2 != 0;
                press.alt = flags & 4 != 0;
                press.alt_graph = flags & 8 != 0;
                press.repeat = flags & 16 != 0;
            });
            hand.text(&key);
        }
        hand.rest();
    }
}

#[test]
fn both_readings_of_a_scan_make_its_profile() {
    let symbol = format!("]d2{}", sparhund_shared::carrier::CALIBRATION);
    let mut hand = Hand::new(5.0, Focus::Elsewhere);
    hand.us_scanner(&symbol);
    hand.enter();
    let scan = hand.scans.remove(0);
    assert_eq!(scan.physical.as_deref(), Some(symbol.as_str()));
    assert_ne!(scan.text, symbol);
    let profile = sparhund_shared::carrier::calibrate(scan.physical.as_deref(), &scan.text).unwrap();
    assert_eq!(profile.to_string(), "keys=physical gs=GS aim=sent");
}

#[test]
fn f8_within_a_scan_is_a_separator() {
    let mut hand = Hand::new(5.0, Focus::Elsewhere);
    hand.press("F8", "F8", |_| ());
    assert!(!hand.prevented[0], "by hand it is what the host makes of it");
    hand.us_scanner("]d210A");
    hand.press("F8", "F8", |_| ());
    hand.us_scanner("21B");
    hand.enter();
    assert_eq!(hand.rest(), ["]d210A\u{1d}21B"]);
    assert!(hand.prevented[7]);
}

#[test]
fn a_calibrated_host_layout_counts_even_where_the_physical_keys_make_sense() {
    let mut hand = Hand::new(5.0, Focus::Elsewhere);
    hand.wedge.set_layout(Layout::Text);
    hand.us_scanner("]d210A-1");
    hand.enter();
    let read = hand.rest();
    assert!(read[0].ends_with("10A+1"), "{read:?}");
}

#[test]
fn keys_of_fingers_stay_theirs() {
    // Each far from the other, as fingers press them.
    let mut hand = Hand::new(150.0, Focus::Elsewhere);
    for key in [
        "ArrowDown",
        "ArrowUp",
        "F1",
        "F2",
        "F3",
        "F4",
        "F8",
        "Tab",
        "Enter",
        "Escape",
    ] {
        hand.press(key, key, |_| ());
    }
    hand.press("Space", " ", |_| ());
    hand.enter();
    assert_eq!(hand.prevented, [false; 12]);
    assert_eq!(hand.rest(), Vec::<String>::new());
}

#[test]
fn what_ends_a_code_that_is_too_short_presses_no_button() {
    let mut hand = Hand::new(10.0, Focus::Elsewhere);
    hand.us_scanner("ABC");
    hand.enter();
    assert_eq!(hand.prevented, [false, true, true, true]);
    assert_eq!(hand.rest(), Vec::<String>::new());
    // Within a field somebody may have typed it.
    let mut hand = Hand::new(10.0, Focus::Field);
    hand.us_scanner("ABC");
    hand.enter();
    assert_eq!(hand.prevented.last(), Some(&false));
}
