//! The directory that a browser loads, and the service worker's list of it.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::progress::Outcome;
use crate::web::io;

/// The service worker is never in its own list: the browser looks after it.
const SERVICE_WORKER: &str = "sw.js";
/// The two places in it that are filled in.
const VERSION_MARK: &str = "\"@VERSION@\"";
const FILES_MARK: &str = "[/* @FILES@ */]";

/// One file of the result.
pub struct File {
    /// Relative, with `/`.
    pub path: String,
    /// Its size.
    pub bytes: usize,
    /// SHA-256 in the form of a subresource integrity (W3C SRI).
    pub integrity: String,
}

/// Copies the files of `from` beside the modules already in `into` and fills in the service worker.
pub fn write(from: &Path, into: &Path) -> Outcome<Vec<File>> {
    for source in walk(from)? {
        let target = into.join(source.strip_prefix(from).unwrap_or(&source));
        if let Some(parent) = target.parent() {
            io("make", parent, fs::create_dir_all(parent))?;
        }
        io("copy", &source, fs::copy(&source, &target))?;
    }
    let mut files = Vec::new();
    for file in walk(into)? {
        let path = relative(&file, into);
        if path != SERVICE_WORKER {
            let content = io("read", &file, fs::read(&file))?;
            let integrity = format!("sha256-{}", STANDARD.encode(Sha256::digest(&content)));
            files.push(File {
                path,
                bytes: content.len(),
                integrity,
            });
        }
    }
    let service_worker = into.join(SERVICE_WORKER);
    let template = io("read", &service_worker, fs::read_to_string(&service_worker))?;
    let filled = fill_in(&template, &files)?;
    io("write", &service_worker, fs::write(&service_worker, &filled))?;
    Ok(files)
}

/// The service worker with its list and a version that changes with any file, itself included.
fn fill_in(template: &str, files: &[File]) -> Outcome<String> {
    for mark in [VERSION_MARK, FILES_MARK] {
        if template.matches(mark).count() != 1 {
            return Err(format!(
                "{SERVICE_WORKER} must hold {mark} exactly once: the list of files goes there"
            ));
        }
    }
    let list: Vec<String> = files
        .iter()
        .map(|file| format!("  [\"{}\", \"{}\"]", file.path, file.integrity))
        .collect();
    let list = format!("[\n{},\n]", list.join(",\n"));
    let version = hex(&Sha256::digest(format!("{template}{list}")));
    Ok(template
        .replace(FILES_MARK, &list)
        .replace(VERSION_MARK, &format!("\"{}\"", &version[..16])))
}

/// Every file below a directory, sorted.
pub fn walk(dir: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in io("list", &dir, fs::read_dir(&dir))? {
            let path = io("list", &dir, entry)?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn relative(file: &Path, root: &Path) -> String {
    let parts = file.strip_prefix(root).unwrap_or(file).components();
    parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// `1 234 567`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|g| std::str::from_utf8(g).ok())
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "const V = \"@VERSION@\"; const F = [/* @FILES@ */];";

    fn file(integrity: &str) -> Vec<File> {
        vec![File {
            path: "index.html".to_owned(),
            bytes: 1,
            integrity: integrity.to_owned(),
        }]
    }

    #[test]
    fn the_list_names_each_file_and_the_version_follows_its_content() {
        let one = fill_in(TEMPLATE, &file("sha256-a")).unwrap();
        assert!(
            one.contains("[\"index.html\", \"sha256-a\"]") && !one.contains('@'),
            "{one}"
        );
        let other = fill_in(TEMPLATE, &file("sha256-b")).unwrap();
        assert_ne!(one.replace("sha256-a", ""), other.replace("sha256-b", ""));
        assert_ne!(
            fill_in(&format!("{TEMPLATE} "), &file("sha256-a")).unwrap(),
            format!("{one} ")
        );
    }

    #[test]
    fn a_template_without_its_marks_is_refused() {
        assert!(
            fill_in("const F = [];", &file("sha256-a"))
                .unwrap_err()
                .contains("exactly once")
        );
    }

    #[test]
    fn bytes_are_written_as_two_digits() {
        assert_eq!(hex(&[0, 0x0f, 0xf0, 0xff]), "000ff0ff");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            [0, 999, 1_000, 1_234_567].map(thousands),
            ["0", "999", "1 000", "1 234 567"]
        );
    }
}
