//! Times as people read them.

use std::fmt::Write as _;

/// Milliseconds, any number of them.
#[derive(Clone, Default, Debug)]
pub struct Times(Vec<f64>);

impl Times {
    /// One more.
    pub fn add(&mut self, ms: f64) {
        self.0.push(ms);
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The time that so many of a hundred did not exceed, by the nearest rank; 0 of none.
    pub fn percentile(&self, per_cent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let place = (sorted.len() * per_cent).div_ceil(100).saturating_sub(1);
        sorted.get(place).copied().unwrap_or_default()
    }

    /// The first ones and the others.
    pub fn split(&self, first: usize) -> (Self, Self) {
        let (first, rest) = self.0.split_at(first.min(self.0.len()));
        (Self(first.to_vec()), Self(rest.to_vec()))
    }

    /// Both together.
    pub fn and(mut self, other: &Self) -> Self {
        self.0.extend(&other.0);
        self
    }

    /// Each of them, as they came.
    pub fn listed(&self) -> String {
        let all: Vec<String> = self.0.iter().map(|ms| format!("{ms:.0}")).collect();
        all.join(", ")
    }

    /// A row of a table.
    pub fn row(&self, name: &str) -> String {
        let mut row = format!("{name:<44} {:>6}", self.len());
        for per_cent in [50, 95, 99, 100] {
            write!(row, " {:>7.1}", self.percentile(per_cent)).expect("a string grows");
        }
        row
    }
}

/// The head of such a table.
pub fn head(what: &str) -> String {
    format!(
        "{what:<44} {:>6} {:>7} {:>7} {:>7} {:>7}",
        "times", "p50", "p95", "p99", "max"
    )
}

/// A budget, kept or not.
pub fn budget(what: &str, is: f64, most: f64, unit: &str) -> String {
    let kept = if is <= most { "met" } else { "NOT MET" };
    format!("budget: {what} {is:.1} {unit}, wanted {most:.1} {unit} at most: {kept}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let times = Times((1..=200).rev().map(f64::from).collect());
        let listed = |times: &Times| [50, 99, 100].map(|part| format!("{:.1}", times.percentile(part)));
        assert_eq!(listed(&times), ["100.0", "198.0", "200.0"]);
        assert_eq!(listed(&Times::default()), ["0.0"; 3]);
        assert_eq!(times.split(50).1.len(), 150);
        assert!(budget("p95", 50.1, 50.0, "ms").contains("NOT MET"));
    }
}
