//! How many camera frames are read, how many wrongly, and how long one takes.
//!
//! `cargo bench -p sparhund-tests --bench camera [-- FRAMES [DATAMATRIX_FRAMES [FIRST_SEED]] [KIND…]]`; the frames come from seeds, so the rates of
//! two runs are those of the same pictures. With names of kinds (`EAN-13`) only those are shown. Times are those of the processor, as Linux counts them for the thread: they hold on a machine that
//! others use too. Targets: 91 % of mild GS1 DataMatrix frames and 60 % of hard ones, no wrong reading,
//! median 15 ms and 95th percentile 60 ms a frame.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use sparhund_decoder::{
    Budget, Decode, FRAME_TIME, Family, GridDecoder, RxingDecoder, Scanner, Symbol, ZxingDecoder, rule,
};
use sparhund_tests::frames::{Frame, Kind, Level, empty_frame, frame};

/// Ways to read a frame.
#[derive(Clone, Copy)]
enum Way {
    /// rxing alone, the whole frame once.
    Rxing,
    /// zxing-cpp alone, the whole frame once.
    Zxing,
    /// The scanner without zxing-cpp, as in a browser without second reader.
    First,
    /// The scanner with all.
    Both,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Self::Rxing => "rxing, whole frame",
            Self::Zxing => "zxing-cpp, whole frame",
            Self::First => "scanner, without zxing",
            Self::Both => "scanner, all readers",
        }
    }

    fn read(self, frame: &sparhund_decoder::Luma) -> Vec<Symbol> {
        let alone = |reader: &dyn Decode| {
            let seen: Vec<_> = Family::ALL
                .into_iter()
                .flat_map(|family| reader.sightings(frame, family))
                .collect();
            rule::judge(&seen).symbols
        };
        let start = processor_time();
        let budget = Budget::new(FRAME_TIME, move || processor_time().saturating_sub(start));
        match self {
            Self::Rxing => alone(&RxingDecoder),
            Self::Zxing => alone(&ZxingDecoder),
            Self::First => {
                Scanner::new(vec![Box::new(RxingDecoder), Box::new(GridDecoder)]).frame(frame, &budget)
            }
            Self::Both => Scanner::default().frame(frame, &budget),
        }
    }
}

/// Time that this thread has had on a processor.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("no thread has had less than no time")
}

const WAYS: [Way; 4] = [Way::Rxing, Way::Zxing, Way::First, Way::Both];

/// What a way made of a set.
#[derive(Default)]
struct Tally {
    read: usize,
    wrong: Vec<String>,
    times: Vec<Duration>,
}

impl Tally {
    fn count(&mut self, name: &str, symbols: &[Symbol], frame: Option<&Frame>, time: Duration) {
        self.times.push(time);
        for symbol in symbols {
            let right = frame.is_some_and(|f| {
                f.truth.symbology == symbol.symbology
                    && f.truth.text == symbol.text
                    && f.truth.format == symbol.format
            });
            if right {
                self.read += 1;
            } else {
                self.wrong.push(format!(
                    "{name}: {}{} ({:?})",
                    symbol.symbology, symbol.text, symbol.format
                ));
            }
        }
    }

    fn row(&mut self, set: &str, way: Way) {
        self.times.sort_unstable();
        let count = self.times.len();
        let at = |part: usize| self.times[(count * part / 100).min(count - 1)].as_secs_f64() * 1_000.0;
        println!(
            "{set:<22} {:<24} read {:>4} of {count:<4} ({:>3} %)  wrong {:<2}  median {:>5.1} ms  p95 {:>5.1} ms",
            way.name(),
            self.read,
            self.read * 100 / count,
            self.wrong.len(),
            at(50),
            at(95),
        );
    }
}

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let few = numbers.first().copied().unwrap_or(60);
    let many = numbers
        .get(1)
        .copied()
        .unwrap_or(if numbers.is_empty() { 300 } else { few });
    let first = numbers.get(2).copied().unwrap_or(0);
    let words: Vec<String> = std::env::args().skip(1).collect();
    let asked = |name: &str| words.iter().any(|word| word == name);
    let all = !Kind::ALL.iter().any(|kind| asked(kind.name()));
    println!(
        "1280 × 720 frames from seed {first} on; the scanner has {} ms a frame\n",
        FRAME_TIME.as_millis()
    );
    let mut wrong = Vec::new();
    for level in [Level::Mild, Level::Hard] {
        for kind in Kind::ALL.into_iter().filter(|kind| all || asked(kind.name())) {
            let count = if kind == Kind::Gs1DataMatrix { many } else { few };
            let set = format!("{} {}", kind.name(), level.name());
            wrong.extend(run(
                &set,
                first..first + count,
                |seed| Some(frame(kind, level, seed)),
                |_| unreachable!(),
            ));
        }
        if !all {
            continue;
        }
        let set = format!("text only {}", level.name());
        wrong.extend(run(
            &set,
            first..first + few,
            |_| None,
            |seed| empty_frame(level, seed),
        ));
    }
    println!("\nwrong readings:");
    for line in &wrong {
        println!("  {line}");
    }
}

/// Shows the frames of a set to each way and prints a row for each.
fn run(
    set: &str,
    seeds: std::ops::Range<u64>,
    shown: impl Fn(u64) -> Option<Frame>,
    empty: impl Fn(u64) -> sparhund_decoder::Luma,
) -> Vec<String> {
    let mut tallies = WAYS.map(|_| Tally::default());
    for seed in seeds {
        let frame = shown(seed);
        let picture = frame.as_ref().map_or_else(|| empty(seed), |f| f.picture.clone());
        for (way, tally) in WAYS.into_iter().zip(&mut tallies) {
            let start = processor_time();
            let symbols = way.read(&picture);
            let name = format!("{set} {seed}, {}", way.name());
            tally.count(
                &name,
                &symbols,
                frame.as_ref(),
                processor_time().saturating_sub(start),
            );
        }
    }
    for (way, tally) in WAYS.into_iter().zip(&mut tallies) {
        tally.row(set, way);
    }
    tallies.into_iter().flat_map(|tally| tally.wrong).collect()
}
