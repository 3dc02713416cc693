//! A few of the benchmark's camera frames, so that a worse reader does not pass unseen.

use sparhund_decoder::{Budget, Scanner};
use sparhund_tests::frames::{Kind, Level, empty_frame, frame};

/// Frames of a kind that are read, of so many; a wrong reading fails at once.
fn read(kind: Kind, level: Level, count: u64) -> u64 {
    (0..count)
        .filter(|seed| {
            let frame = frame(kind, level, *seed);
            let symbols = Scanner::default().frame(&frame.picture, &Budget::unlimited());
            for symbol in &symbols {
                assert_eq!(
                    (symbol.symbology.as_str(), symbol.text.as_str(), symbol.format),
                    (
                        frame.truth.symbology,
                        frame.truth.text.as_str(),
                        frame.truth.format
                    ),
                    "{kind:?} {level:?} {seed}"
                );
            }
            !symbols.is_empty()
        })
        .count()
        .try_into()
        .expect("a small count")
}

#[test]
fn mild_data_matrix_frames_are_read() {
    let read = read(Kind::Gs1DataMatrix, Level::Mild, 24);
    assert!(read * 100 >= 91 * 24, "{read} of 24");
}

#[test]
fn no_kind_of_symbol_is_read_wrongly_and_each_is_read() {
    for kind in Kind::ALL {
        assert!(read(kind, Level::Mild, 4) > 0, "{kind:?}");
    }
}

#[test]
fn print_is_no_symbol() {
    for seed in 0..3 {
        let seen = Scanner::default().frame(&empty_frame(Level::Hard, seed), &Budget::unlimited());
        assert_eq!(seen, [], "seed {seed}");
    }
}

#[test]
fn a_seed_gives_the_same_frame_again() {
    let of = |seed| frame(Kind::Gs1DataMatrix, Level::Hard, seed);
    assert_eq!(of(3).picture, of(3).picture);
    assert_ne!(of(3).picture, of(4).picture);
}
