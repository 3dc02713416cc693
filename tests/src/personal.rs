//! Looks for personal numbers where none may stand: in databases, journals, logs, saved files.
//!
//! There is no list of numbers that are allowed. Tests name people by numbers that the tax agency gives for tests, and
//! those must not be found either.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use sparhund_shared::privacy::names_a_person;

/// Hashes, keys and ids in hexadecimal text are this long or longer; ten digits in a row come up in them by chance.
const HEXADECIMAL: usize = 32;

/// Every file at or below these paths that has a personal number in it. What is no number by its date and check digit is
/// not found, nor one inside a hash, a key or an id in hexadecimal text.
///
/// # Panics
/// When a path cannot be read, or there is no file at all: then nothing was looked at.
pub fn files_that_name_a_person(paths: &[&Path], today: Date) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        gather(path, &mut files);
    }
    assert!(!files.is_empty(), "there is no file to look at in {paths:?}");
    files.retain(|file| {
        let bytes = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        bytes_name_a_person(&bytes, today)
    });
    files.sort();
    files
}

/// The same of bytes.
pub fn bytes_name_a_person(bytes: &[u8], today: Date) -> bool {
    let is_hex = |byte: &u8| byte.is_ascii_hexdigit() || *byte == b'-';
    // Where a long hexadecimal text stood, the search begins anew behind it.
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|byte| is_hex(byte)).count();
        let has_letter = bytes[at..at + run].iter().any(u8::is_ascii_alphabetic);
        if run >= HEXADECIMAL && has_letter {
            if names_a_person(&bytes[from..at], today) {
                return true;
            }
            from = at + run;
        }
        at += run.max(1);
    }
    names_a_person(&bytes[from..], today)
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    let kind = fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if kind.is_file() {
        files.push(path.to_owned());
    } else if kind.is_dir() {
        for entry in fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())) {
            let entry = entry.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            gather(&entry.path(), files);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    #[test]
    fn a_number_is_found_in_any_file_of_a_folder() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("below")).unwrap();
        let (clean, named) = (dir.path().join("clean.db"), dir.path().join("below/named.db-wal"));
        fs::write(&clean, b"\0\x01GS1:07350000000016 2026-11-23 12:00\xff").unwrap();
        assert!(files_that_name_a_person(&[dir.path()], TODAY).is_empty());
        let pages = [
            vec![0; 5_000],
            b"\xff\x17191212121212\x01".to_vec(),
            vec![0; 5_000],
        ]
        .concat();
        fs::write(&named, pages).unwrap();
        assert_eq!(
            files_that_name_a_person(&[dir.path()], TODAY),
            std::slice::from_ref(&named)
        );
        assert_eq!(files_that_name_a_person(&[&clean, &named], TODAY), [named]);
    }

    #[test]
    fn hashes_and_ids_are_no_people_and_hide_none_beside_them() {
        let hash = "13be4fea1212121212c7fd3358fc9c00721881d174278128227ec674f37f7fe9";
        let id = "abcdefab-0000-4000-8000-191212121212";
        for text in [hash, id] {
            assert!(
                names_a_person(text.as_bytes(), TODAY),
                "{text}: no chance to be mistaken"
            );
            assert!(!bytes_name_a_person(text.as_bytes(), TODAY), "{text}");
            for beside in [format!("191212121212 {text}"), format!("{text}\n19121212-1212")] {
                assert!(bytes_name_a_person(beside.as_bytes(), TODAY), "{beside}");
            }
        }
        // A number after many digits or lines of signs is one all the same.
        let ruled = format!("{}121212-1212", "-".repeat(40));
        assert!(bytes_name_a_person(format!("{ruled} ").as_bytes(), TODAY));
    }

    #[test]
    #[should_panic(expected = "there is no file to look at")]
    fn an_empty_folder_proves_nothing() {
        files_that_name_a_person(&[tempfile::tempdir().unwrap().path()], TODAY);
    }
}
