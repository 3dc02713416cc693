//! Writes codes of our own generators as the first corpus of each fuzz target: `fuzz_seeds FOLDER`. The same each time.

#[path = "../tests/generators/mod.rs"]
mod generators;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use generators::gs1::{elements, near_scan};
use generators::other::{hibc_code, ifa_code, isbt_code};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use sparhund_shared::carrier::gs1::{Ai, UnknownAis, render, to_bracketed, to_link};

/// Codes of each kind; the fuzzer finds the rest.
const EACH: usize = 24;

fn borrowed(elements: &[(Ai, String)]) -> Vec<(Ai, &str)> {
    elements.iter().map(|(ai, value)| (*ai, value.as_str())).collect()
}

fn some<T>(runner: &mut TestRunner, strategy: impl Strategy<Value = T>) -> Vec<T> {
    (0..EACH)
        .filter_map(|_| strategy.new_tree(runner).ok().map(|tree| tree.current()))
        .collect()
}

fn write(folder: &Path, target: &str, seeds: impl IntoIterator<Item = Vec<u8>>) -> io::Result<()> {
    let folder = folder.join(target);
    fs::create_dir_all(&folder)?;
    for (number, seed) in seeds.into_iter().enumerate() {
        fs::write(folder.join(format!("seed-{number:03}")), seed)?;
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let folder: PathBuf = env::args_os()
        .nth(1)
        .ok_or_else(|| io::Error::other("say where to: fuzz_seeds FOLDER"))?
        .into();
    let mut runner = TestRunner::deterministic();
    let strings = some(&mut runner, elements());
    let scans: Vec<String> = strings.iter().map(|e| render(borrowed(e))).collect();
    let links: Vec<String> = strings
        .iter()
        .filter_map(|e| to_link(&borrowed(e), "", UnknownAis::Refused).ok())
        .collect();
    let brackets: Vec<String> = strings.iter().map(|e| to_bracketed(borrowed(e))).collect();
    let [hibc, isbt, ifa] = [
        some(&mut runner, hibc_code()),
        some(&mut runner, isbt_code()),
        some(&mut runner, ifa_code()),
    ];
    let near = some(&mut runner, near_scan());
    let bytes = |texts: &[String]| {
        texts
            .iter()
            .map(|text| text.clone().into_bytes())
            .collect::<Vec<_>>()
    };
    let sent: Vec<String> = scans.iter().map(|text| format!("]d2{text}")).collect();
    let notation: Vec<String> = scans
        .iter()
        .map(|text| format!("^{}", text.replace('\u{1d}', "^")))
        .collect();
    write(
        &folder,
        "gs1",
        [&scans, &sent, &brackets, &notation, &links]
            .into_iter()
            .flat_map(|texts| bytes(texts)),
    )?;
    write(&folder, "link", bytes(&links))?;
    write(&folder, "hibc", bytes(&hibc))?;
    write(&folder, "isbt128", bytes(&isbt))?;
    write(&folder, "ifa", bytes(&ifa))?;
    // The first byte chooses the separator; 255 is none.
    let all = [&sent, &brackets, &links, &hibc, &isbt, &ifa];
    let all = all
        .into_iter()
        .flat_map(|texts| bytes(&texts[..EACH.min(texts.len()) / 2]));
    write(
        &folder,
        "scan",
        all.chain(near).map(|raw| [vec![255], raw].concat()),
    )?;
    let pairs = sent
        .iter()
        .zip(sent.iter().skip(1))
        .chain(hibc.iter().zip(hibc.iter().skip(1)));
    write(
        &folder,
        "merge",
        pairs.map(|(a, b)| format!("{a}\n{b}").into_bytes()),
    )
}
