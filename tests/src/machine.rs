//! What else the machine did while something was measured.

use std::fs;

/// The processors' time so far, in ticks, as `/proc/stat` tells it.
#[derive(Debug, Clone, Copy)]
pub struct Ticks {
    busy: u64,
    stolen: u64,
}

impl Ticks {
    /// None where there is no `/proc/stat`.
    pub fn now() -> Option<Self> {
        Self::of(&fs::read_to_string("/proc/stat").ok()?)
    }

    /// The first line sums all processors: user, nice, system, idle, iowait, irq, softirq, steal (proc_stat(5)).
    fn of(stat: &str) -> Option<Self> {
        let ticks: Vec<u64> = stat
            .lines()
            .next()?
            .split_whitespace()
            .skip(1)
            .map_while(|ticks| ticks.parse().ok())
            .collect();
        let [user, nice, system, _idle, _iowait, irq, softirq, stolen, ..] = ticks[..] else {
            return None;
        };
        Some(Self {
            busy: user + nice + system + irq + softirq,
            stolen,
        })
    }

    /// Percent of the time that was wanted since then, but given to other guests of the same host. A figure on the wall says as much less.
    pub fn stolen_since(self, before: Self) -> u64 {
        let stolen = self.stolen.saturating_sub(before.stolen);
        let wanted = stolen + self.busy.saturating_sub(before.busy);
        (stolen * 100).checked_div(wanted).unwrap_or(0)
    }
}

/// Processes that ran or wanted to, on average of the minute before. None where there is no `/proc/loadavg`.
pub fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stolen_time_is_a_part_of_what_was_wanted() {
        let before = Ticks::of("cpu  100 0 50 9000 5 0 1 20 0 0\ncpu0 1 2 3\n").unwrap();
        let after = Ticks::of("cpu  150 0 70 9500 9 0 6 45 0 0\n").unwrap();
        assert_eq!(after.stolen_since(before), 25);
        assert_eq!(before.stolen_since(before), 0);
        assert!(Ticks::of("cpu 1 2\n").is_none());
    }
}
