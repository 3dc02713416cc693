//! How long it took and what it cost, as text.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::Plan;
use super::handheld::Returned;
use super::heard::{Call, Outcome};

/// Resident memory of the server's process, kB.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Memory {
    /// Before the devices came.
    pub before: u64,
    /// The most while they sent.
    pub peak: u64,
    /// When all was in.
    pub after: u64,
}

/// What else the machine did.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Noise {
    /// Processes that ran or wanted to, on average of the minute before.
    pub load: Option<f64>,
    /// Percent of the processors' time that other guests of the host took meanwhile.
    pub stolen: Option<u64>,
}

/// The figures of a run.
#[derive(Clone, PartialEq, Debug)]
pub struct Figures {
    plan: Plan,
    /// From the start to the last receipt.
    pub all_in: Duration,
    /// From the start until every device had asked again and knew that nothing is left.
    pub all_quiet: Duration,
    /// Waiting times of all calls, sorted, by route.
    routes: BTreeMap<String, Vec<Duration>>,
    /// Calls that did not end well, by what the device met.
    failures: BTreeMap<String, u64>,
    /// What the server took.
    pub memory: Option<Memory>,
    noise: Noise,
}

impl Figures {
    pub(super) fn new(plan: Plan, returned: &[Returned], memory: Option<Memory>, noise: Noise) -> Self {
        let begun = returned.iter().map(|device| device.begun).min();
        let since = |call: &Call| begun.map_or(Duration::ZERO, |begun| call.ended - begun);
        let calls = || returned.iter().flat_map(|device| &device.calls);
        let receipts =
            calls().filter(|call| call.route == "POST /sync/records" && call.outcome == Outcome::Done);
        let mut routes: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
        let mut failures = BTreeMap::new();
        for call in calls() {
            for route in [call.route.as_str(), ALL] {
                routes.entry(route.to_owned()).or_default().push(call.took);
            }
            let met = match call.outcome {
                Outcome::Done => continue,
                Outcome::Refused(status) => format!("answered with {status}"),
                Outcome::TimedOut => "timed out".to_owned(),
                Outcome::Broken => "without a connection".to_owned(),
            };
            *failures.entry(met).or_default() += 1;
        }
        for times in routes.values_mut() {
            times.sort_unstable();
        }
        Self {
            plan,
            all_in: receipts.map(since).max().unwrap_or_default(),
            all_quiet: calls().map(since).max().unwrap_or_default(),
            routes,
            failures,
            memory,
            noise,
        }
    }
}

/// Name of the sum of all routes.
const ALL: &str = "all calls";

/// The time that so many of a thousand did not exceed.
fn percentile(sorted: &[Duration], per_mille: usize) -> Duration {
    let place = (sorted.len() * per_mille).div_ceil(1_000).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

impl fmt::Display for Figures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Plan { devices, records } = self.plan;
        let seconds = self.all_in.as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let rate = (devices * records) as f64 / seconds.max(0.001);
        writeln!(
            out,
            "{devices} devices at the same moment, {records} records each"
        )?;
        writeln!(
            out,
            "all {} in after {seconds:.1} s ({rate:.0} a second), every device quiet after {:.1} s\n",
            devices * records,
            self.all_quiet.as_secs_f64()
        )?;
        writeln!(
            out,
            "{:<26} {:>7} {:>9} {:>9} {:>9}",
            "", "calls", "p50", "p99", "max"
        )?;
        for (route, times) in &self.routes {
            write!(out, "{route:<26} {:>7}", times.len())?;
            for per_mille in [500, 990, 1_000] {
                write!(out, " {:>7} ms", percentile(times, per_mille).as_millis())?;
            }
            writeln!(out)?;
        }
        writeln!(out)?;
        for (met, times) in &self.failures {
            writeln!(out, "{met}: {times}")?;
        }
        if self.failures.is_empty() {
            writeln!(out, "no call failed")?;
        }
        if let Some(Memory { before, peak, after }) = self.memory {
            let [before, peak, after] = [before, peak, after].map(|kb| kb / 1_000);
            writeln!(
                out,
                "memory of the server: {before} MB before, {peak} MB at most, {after} MB after"
            )?;
        }
        if let Some(load) = self.noise.load {
            write!(out, "load of the machine before: {load}; ")?;
        }
        write!(
            out,
            "{} % of the processors' time taken by other guests of the host",
            self.noise.stolen.unwrap_or(0)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let times: Vec<_> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 500).as_millis(), 100);
        assert_eq!(percentile(&times, 990).as_millis(), 198);
        assert_eq!(percentile(&times, 1_000).as_millis(), 200);
        assert_eq!(percentile(&times[..1], 500).as_millis(), 1);
        assert_eq!(percentile(&[], 990), Duration::ZERO);
    }
}
