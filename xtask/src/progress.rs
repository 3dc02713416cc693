//! Numbered steps with elapsed time.

use std::time::{Duration, Instant};

/// What went wrong, in words for the person at the terminal.
pub type Outcome<T = ()> = Result<T, String>;

/// The steps of one chore.
pub struct Steps {
    total: usize,
    begun: usize,
    started: Instant,
}

impl Steps {
    /// A chore of `total` steps.
    pub fn new(total: usize) -> Self {
        Self {
            total,
            begun: 0,
            started: Instant::now(),
        }
    }

    /// Does one step. `alone` is the command that repeats just this step; it is told when the step fails.
    pub fn step<T>(&mut self, what: &str, alone: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        self.begun += 1;
        let number = format!("[{}/{}]", self.begun, self.total);
        println!("\n▶ {number} {what} (after {})", seconds(self.started.elapsed()));
        let started = Instant::now();
        match work() {
            Ok(value) => {
                println!("✓ {number} {what}: {}", seconds(started.elapsed()));
                Ok(value)
            }
            Err(reason) => Err(format!(
                "{number} {what} failed after {}: {reason}\n  To run this step alone: {alone}",
                seconds(started.elapsed())
            )),
        }
    }

    /// Says that all is done.
    pub fn done(&self, what: &str) {
        println!("\n✓ {what} in {}", seconds(self.started.elapsed()));
    }
}

/// `4.2 s`, or `3 min 20 s` when it took long.
pub fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole < 100 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_names_its_number_and_its_command() {
        let mut steps = Steps::new(3);
        steps.step("first", "true", || Ok(())).unwrap();
        let failed = steps.step("second", "cargo xtask web", || {
            Err::<(), _>("no clang".to_owned())
        });
        let text = failed.unwrap_err();
        assert!(
            text.starts_with("[2/3] second failed after ") && text.contains("no clang"),
            "{text}"
        );
        assert!(
            text.ends_with("To run this step alone: cargo xtask web"),
            "{text}"
        );
    }

    #[test]
    fn times_are_short() {
        assert_eq!(seconds(Duration::from_millis(4_240)), "4.2 s");
        assert_eq!(seconds(Duration::from_secs(200)), "3 min 20 s");
    }
}
