//! The figures in print.

use std::collections::BTreeMap;
use std::time::Duration;

use super::bytes::Bytes;
use super::figures::{Times, budget, head};
use super::handheld::{Memory, STEPS};
use super::run::Outcome;
use super::work::{Kind, Task};

/// Scans that are counted apart: nothing is warm then.
const FIRST: usize = 100;

/// What was fetched.
pub fn bytes(bytes: &Bytes) {
    println!(
        "\nfetched by a browser that was never here, bytes on the wire ({:?}):",
        bytes.packed
    );
    for (file, length) in &bytes.files {
        println!("{length:>9} {file}");
    }
    println!("{:>9} in all until the page is ready", bytes.sum());
    println!(
        "{:>9} afterwards, for the camera and to start without a network",
        bytes.afterwards
    );
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let megabytes = bytes.sum() as f64 / 1e6;
    println!(
        "{}",
        budget("page and wasm without the camera's part", megabytes, 1.5, "MB")
    );
}

/// Times from the end of a scan to its verdict.
pub fn times(ordered: &BTreeMap<Task, Times>, kinds: &BTreeMap<(Task, Kind), Times>, steps: &[Times; 6]) {
    println!("\n{}", head("Enter to the frame with the verdict, ms"));
    for (task, times) in ordered {
        let (first, rest) = times.split(FIRST);
        println!("{}", first.row(&format!("{}, the first {FIRST}", task.name())));
        println!("{}", rest.row(&format!("{}, warm", task.name())));
        for ((_, kind), times) in kinds.iter().filter(|((of, _), _)| of == task) {
            println!("{}", times.row(&format!("  {}", kind.name())));
        }
    }
    let all = ordered.values().fold(Times::default(), Times::and);
    println!("{}", all.row("all"));
    println!("of all, until");
    for (step, times) in STEPS.iter().zip(steps) {
        println!("{}", times.row(&format!("  {step}")));
    }
    println!("{}", budget("95 of 100 within", all.percentile(95), 50.0, "ms"));
    println!("{}", budget("99 of 100 within", all.percentile(99), 100.0, "ms"));
}

/// Scans by the clock.
pub fn paced(times: &Times, missed: usize, took: Duration, late: Duration) {
    println!(
        "\n{} scans by the clock in {:.1} s, typed {} ms late at most: {missed} missed, longest wait {:.0} ms",
        times.len() + missed,
        took.as_secs_f64(),
        late.as_millis(),
        times.percentile(100)
    );
    println!(
        "{}\n{}",
        head("Enter to the frame with the verdict, ms"),
        times.row("by the clock")
    );
}

/// What page and worker hold.
pub fn memory(scans: usize, memory: Memory) {
    let [scripts, page, worker] = [memory.scripts, memory.page, memory.worker].map(|bytes| bytes / 1_000);
    println!(
        "memory after {scans:>5} scans: scripts {scripts} kB, wasm of the page {page} kB, of the worker {worker} kB; {} nodes",
        memory.nodes
    );
}

/// How much else the machine has to do: what waits for a processor while it may run counts as slowness of the page.
pub fn load(load: Option<f64>) {
    if let Some(load) = load {
        println!("load of the machine now: {load}");
    }
}

/// What the server has.
pub fn end(outcome: &Outcome, sent: Duration, stolen: Option<u64>) {
    let (lost, surplus) = outcome.books;
    println!(
        "\n{} scans, {} without a verdict, {} with a wrong one; {} units booked and sent {:.1} s after the page was opened with a network, \
         {lost} of them not at the server, {surplus} there too many",
        outcome.scans,
        outcome.missed,
        outcome.wrong.len(),
        outcome.units,
        sent.as_secs_f64()
    );
    for wrong in outcome.wrong.iter().take(10) {
        println!("wrong: {wrong}");
    }
    println!(
        "{} % of the processors' time taken by other guests of the host",
        stolen.unwrap_or(0)
    );
}
