//! One byte of an export changed: does `verify-log` see it?

use sha2::{Digest as _, Sha256};
use sparhund_server::ops::log_file::verify;

use super::dice::Dice;

/// What changing bytes came to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tampered {
    /// Bytes changed, one at a time.
    pub tried: u64,
    /// Changes nobody saw: place, what was there, what is there now.
    pub undetected: Vec<(usize, u8, u8)>,
}

/// Changes one byte at so many random places. No byte of an export is free to change: each line has one spelling, and the
/// last one holds the digest of all before it. So every place counts, white space and names too.
pub fn bytes(export: &[u8], times: u64, dice: &mut Dice) -> Tampered {
    try_each(export, times, dice, |dice| dice.below(export.len()), |file| file)
}

/// The same by somebody who works the digest out anew, which anyone can. Then only what is signed is proven: the lines of
/// records and heads. (The region's name, the time of the export and the names of the writers are signed by nobody.)
pub fn signed_bytes(export: &[u8], times: u64, dice: &mut Dice) -> Tampered {
    let mut places = Vec::new();
    let mut at = 0;
    for line in export.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"{\"record\"") || line.starts_with(b"{\"head\"") {
            // The line's end is white space: the next line would begin in it.
            places.extend(at..at + line.len() - 1);
        }
        at += line.len();
    }
    // The digest is made anew indeed: a wrong one is put right.
    let mut spoiled = export.to_vec();
    let last = spoiled.len() - 5;
    spoiled[last] ^= 1;
    assert!(verify(spoiled.as_slice()).is_err(), "a wrong digest");
    assert_eq!(with_digest(spoiled), export);
    try_each(
        export,
        times,
        dice,
        |dice| places[dice.below(places.len())],
        with_digest,
    )
}

fn try_each(
    export: &[u8],
    times: u64,
    dice: &mut Dice,
    place: impl Fn(&mut Dice) -> usize,
    finish: impl Fn(Vec<u8>) -> Vec<u8>,
) -> Tampered {
    // Or a file that is refused for another reason would prove nothing.
    let untouched = verify(finish(export.to_vec()).as_slice());
    assert!(untouched.is_ok(), "the export itself: {untouched:?}");
    let mut tampered = Tampered::default();
    for _ in 0..times {
        let at = place(dice);
        let by = u8::try_from(dice.between(1, 256)).expect("a byte");
        let mut file = export.to_vec();
        file[at] ^= by;
        let file = finish(file);
        tampered.tried += 1;
        if verify(file.as_slice()).is_ok() {
            tampered.undetected.push((at, export[at], export[at] ^ by));
        }
    }
    tampered
}

/// With the digest in the last line that fits the bytes before it.
fn with_digest(mut file: Vec<u8>) -> Vec<u8> {
    const MARK: &[u8] = b"{\"end\":";
    let Some(end) = file.windows(MARK.len()).rposition(|part| part == MARK) else {
        return file;
    };
    let digest = Sha256::digest(&file[..end]);
    let text = digest
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    // …"sha256":"<64 digits>"}}\n
    let from = file.len() - 64 - 4;
    file[from..from + 64].copy_from_slice(text.as_bytes());
    file
}
