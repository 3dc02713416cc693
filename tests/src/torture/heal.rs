//! All faults end, and everybody synchronises until nothing is left to send.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::words::Told;
use super::world::World;

/// Longer than a device waits between two tries, many times.
const PATIENCE: Duration = Duration::from_mins(3);

impl World {
    /// Ends the faults and waits until the devices are quiet.
    ///
    /// # Errors
    /// Who did not come to rest, or ended.
    pub fn heal(&mut self) -> Result<(), Vec<String>> {
        self.calm.store(true, Ordering::SeqCst);
        // Without memory of who tried to sign in how often.
        self.served.kill_9();
        self.served.start();
        self.central.link.cut(false);
        self.central.served.kill_9();
        self.central.served.start();
        let end = Instant::now() + PATIENCE;
        while self.devices.iter().any(|device| !device.is_heard_out()) {
            self.listen(Duration::from_millis(100));
            if Instant::now() > end {
                return Err(vec!["the network does not come to rest".to_owned()]);
            }
        }
        for device in &mut self.devices {
            device.skew = 0;
            device.is_quiet = false;
            device.tell(&Told::Skew { ms: 0 });
            device.tell(&Told::BeQuiet);
        }
        while !self.devices.iter().all(|device| device.is_quiet) {
            self.listen(Duration::from_millis(100));
            let dead = self.dead();
            if !dead.is_empty() {
                return Err(dead);
            }
            if Instant::now() > end {
                let loud = self.devices.iter().filter(|device| !device.is_quiet);
                return Err(loud
                    .map(|device| {
                        format!(
                            "device {} did not come to rest within {PATIENCE:?}; its data: {}",
                            device.number,
                            device.data.display()
                        )
                    })
                    .collect());
            }
        }
        for device in &mut self.devices {
            device.kill_9();
        }
        self.hear_all();
        self.central.settle().map_err(|told| vec![told])
    }
}
