//! Rounds of faults, healing and judgement until the time is over.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::dice::Dice;
use super::fault::Tally;
use super::judge::{Findings, told};
use super::tamper::{self, Tampered};
use super::world::World;

/// How a run goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// Of all chance.
    pub seed: u64,
    /// Devices of each round.
    pub devices: usize,
    /// No round begins when this is over.
    pub time: Duration,
    /// Faults of one round last so long.
    pub round: Duration,
    /// Bytes of an export that are changed, one at a time.
    pub tampered: u64,
    /// Where the data of a round lie; those of a round that failed stay.
    pub folder: PathBuf,
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Run {
    /// Rounds that were judged.
    pub rounds: u64,
    /// What they found, together.
    pub findings: Findings,
    /// Faults tried.
    pub tally: Arc<Tally>,
    /// One-byte changes of an export.
    pub tampered: Tampered,
    /// The same with the digest made anew, of what is signed.
    pub redigested: Tampered,
    /// Rounds that ended in another way than planned: a program that died, a device that never came to rest.
    pub broken: Vec<String>,
}

impl Run {
    /// Whether every promise was kept.
    pub fn is_clean(&self) -> bool {
        self.broken.is_empty()
            && self.findings.is_clean()
            && self.tampered.undetected.is_empty()
            && self.redigested.undetected.is_empty()
    }

    /// What was not.
    pub fn faults(&self) -> Vec<String> {
        let tampered = self.tampered.undetected.iter().chain(&self.redigested.undetected);
        let tampered =
            tampered.map(|(at, from, to)| format!("UNDETECTED: byte {at} of the export, {from} to {to}"));
        self.broken
            .iter()
            .cloned()
            .chain(self.findings.all())
            .chain(tampered)
            .collect()
    }
}

/// The seed of `SPARHUND_SEED`, else one of the system's chance.
pub fn seed() -> u64 {
    let given = std::env::var("SPARHUND_SEED").ok();
    given.map_or_else(
        || {
            let mut bytes = [0; 4];
            getrandom::fill(&mut bytes).expect("randomness");
            u64::from(u32::from_le_bytes(bytes))
        },
        |given| given.trim().parse().expect("SPARHUND_SEED is a whole number"),
    )
}

/// A line at once, also where the output of a test is kept back.
pub fn print(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Runs to its end, or to the first round that breaks a promise.
pub fn run(options: &Options) -> Run {
    let mut run = Run::default();
    let mut dice = Dice::new(options.seed);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let runtime = Arc::new(runtime);
    print(&format!(
        "SPARHUND_SEED={} with {} devices",
        options.seed, options.devices
    ));
    let begun = Instant::now();
    while run.rounds == 0 || begun.elapsed() < options.time {
        let folder = options.folder.join(format!("round-{}", run.rounds + 1));
        let seed = dice.seed();
        let mut world = World::begin(folder.clone(), options.devices, seed, &run.tally, &runtime);
        let broken = world.harm(Instant::now() + options.round);
        let healing = Instant::now();
        let healed = if broken.is_empty() {
            world.heal()
        } else {
            Err(broken)
        };
        if let Err(broken) = healed {
            run.broken = broken;
            run.rounds += 1;
            print(&format!(
                "what the clients would not do:\n{}",
                told(&world.troubles)
            ));
            break;
        }
        let (healing, judging) = (healing.elapsed(), Instant::now());
        let findings = world.judge();
        run.rounds += 1;
        print(&format!(
            "round {}: {} events booked, {} records at the server, {} lost, {} doubled, {} undetected; {:.0} s, of which \
             {:.0} s to heal and {:.0} s to judge",
            run.rounds,
            findings.booked,
            findings.records,
            findings.lost.len(),
            findings.doubled.len(),
            findings.undetected.len(),
            begun.elapsed().as_secs_f64(),
            healing.as_secs_f64(),
            judging.elapsed().as_secs_f64(),
        ));
        print(&format!(
            "what the programs would not do:\n{}",
            told(&world.troubles)
        ));
        print(&format!("faults so far: {}", run.tally.told()));
        let clean = findings.is_clean();
        run.findings.add(findings);
        if run.rounds == 1 {
            // The demo region's own: a change is as small in it, and the check is done sooner.
            run.tampered = tamper::bytes(&world.first_export, options.tampered, &mut dice);
            run.redigested = tamper::signed_bytes(&world.first_export, options.tampered, &mut dice);
        }
        drop(world);
        if !clean {
            break;
        }
        let _ = std::fs::remove_dir_all(folder);
    }
    if !run.is_clean() {
        let faults = run.faults();
        for fault in faults.iter().take(40) {
            print(fault);
        }
        print(&format!(
            "{} faults; the data are in {}; run it again with SPARHUND_SEED={}",
            faults.len(),
            options.folder.display(),
            options.seed
        ));
    }
    run
}
