//! A whole hospital comes back at once: devices that worked without network for a shift find it at the same moment.
//!
//! Each device is the real client core over its native SQLite store, on a thread of its own, and keeps to the client's own
//! timer (`due.rs`): what failed is tried again when the client would. What it booked is written into its store beforehand.

mod figures;
mod handheld;
mod heard;
mod proof;
mod work;

use std::path::Path;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

pub use figures::{Figures, Memory, Noise};
use handheld::{Handheld, Returned};
use work::Work;

use crate::machine::{Ticks, load};
use crate::torture::served::Served;

/// Handhelds prepared at a time; nothing of that is measured.
const PREPARED_AT_ONCE: usize = 4;
/// A device that is not through by then is stuck. Many times the client's first pauses.
const PATIENCE: Duration = Duration::from_mins(10);

/// How many come back, with how much.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Devices.
    pub devices: usize,
    /// Records that wait on each.
    pub records: usize,
}

/// Lets them come back, and proves that the server then holds every record exactly once.
///
/// # Errors
/// Each promise that was broken.
pub fn run(plan: Plan, folder: &Path) -> Result<Figures, Vec<String>> {
    let mut served = Served::demo(&folder.join("server"));
    let work = Work::prepare(&served.url(), plan.devices);
    let handhelds = prepare(plan, folder, &served, &work);
    served.forget_peak_memory();
    let before = served.memory_kb();
    let (ticks, load) = (Ticks::now(), load());
    let returned = all_at_once(&handhelds);
    let stolen = ticks
        .zip(Ticks::now())
        .map(|(before, now)| now.stolen_since(before));
    let memory = before
        .zip(served.memory_kb())
        .map(|((before, _), (after, peak))| Memory { before, peak, after });
    let figures = Figures::new(plan, &returned, memory, Noise { load, stolen });
    served.kill_9();
    let mut broken: Vec<String> = returned.iter().flat_map(Returned::broken).collect();
    broken.extend(proof::prove(&served, &handhelds, plan, folder));
    if broken.is_empty() {
        Ok(figures)
    } else {
        broken.push(figures.to_string());
        Err(broken)
    }
}

fn prepare(plan: Plan, folder: &Path, served: &Served, work: &Work) -> Vec<Handheld> {
    let part = plan.devices.div_ceil(PREPARED_AT_ONCE).max(1);
    let numbers: Vec<usize> = (0..plan.devices).collect();
    thread::scope(|scope| {
        let parts: Vec<_> = numbers
            .chunks(part)
            .map(|numbers| scope.spawn(|| Handheld::enrol_all(numbers, folder, served, work, plan.records)))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().expect("handhelds"))
            .collect()
    })
}

/// Opens all stores first, so that the network is what they wait for.
fn all_at_once(handhelds: &[Handheld]) -> Vec<Returned> {
    let start = Arc::new(Barrier::new(handhelds.len()));
    thread::scope(|scope| {
        let all: Vec<_> = handhelds
            .iter()
            .map(|handheld| {
                let start = Arc::clone(&start);
                scope.spawn(move || {
                    handheld.come_back(
                        || {
                            start.wait();
                            Instant::now()
                        },
                        PATIENCE,
                    )
                })
            })
            .collect();
        all.into_iter()
            .map(|device| device.join().expect("a device"))
            .collect()
    })
}
