//! Running it: the data directory, time, keys, logs, TLS.

mod clock;
mod data_dir;
mod metrics;
mod random;
mod secret_file;

pub use clock::{now_ms, today};
pub use data_dir::DataDir;
pub use metrics::{install_metrics, metrics_text, metrics_upkeep};
pub use random::{NoRandomness, new_uuid, random_bytes};
pub use secret_file::{private, secret_file};
