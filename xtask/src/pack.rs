//! The files of the page packed with Brotli (RFC 7932) as well as can be, beside the files themselves: a server that packs on the
//! way has no time for that, and a fifth of what a handheld fetches is lost.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::thread;

use crate::dist::File;
use crate::progress::Outcome;
use crate::web::io;

/// The best there is.
const QUALITY: u32 = 11;
/// Two to this power: the largest window that every browser takes.
const WINDOW: u32 = 24;
/// Less than this is not worth a file.
const LEAST: usize = 1_024;
/// What is packed; fonts and pictures are already.
const PACKED: [&str; 7] = ["css", "html", "js", "json", "svg", "wasm", "webmanifest"];

/// Writes `<file>.br` beside each file that gets smaller.
pub fn write(dist: &Path, files: &[File]) -> Outcome {
    let mut wanted: Vec<&File> = files
        .iter()
        .filter(|file| file.bytes >= LEAST && is_packed(&file.path))
        .collect();
    // The largest first, each thread takes every other one.
    wanted.sort_by_key(|file| std::cmp::Reverse(file.bytes));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|first| {
                let own: Vec<_> = wanted.iter().skip(first).step_by(threads).copied().collect();
                scope.spawn(move || {
                    own.into_iter()
                        .try_for_each(|file| write_one(&dist.join(&file.path)))
                })
            })
            .collect();
        running.into_iter().try_for_each(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| Err("packing panicked".to_owned()))
        })
    })
}

fn is_packed(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| PACKED.contains(&extension))
}

fn write_one(file: &Path) -> Outcome {
    let content = io("read", file, fs::read(file))?;
    let packed = packed(&content)?;
    if packed.len() >= content.len() {
        return Ok(());
    }
    let mut beside = file.as_os_str().to_owned();
    beside.push(".br");
    io("write", Path::new(&beside), fs::write(&beside, packed))
}

fn packed(content: &[u8]) -> Outcome<Vec<u8>> {
    let failed = |error: std::io::Error| format!("Brotli failed: {error}");
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, QUALITY, WINDOW);
    writer.write_all(content).map_err(failed)?;
    writer.flush().map_err(failed)?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_as_it_went_in() {
        let content: Vec<u8> = (0..40_000u32)
            .flat_map(|number| (number / 7).to_le_bytes())
            .collect();
        let packed = packed(&content).unwrap();
        assert!(packed.len() * 4 < content.len(), "{}", packed.len());
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, content);
    }

    #[test]
    fn fonts_are_packed_already() {
        assert!(is_packed("page_bg.wasm") && is_packed("css/deeds.css") && !is_packed("fonts/codes.woff2"));
    }
}
