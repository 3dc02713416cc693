//! Running it: the data directory, time, keys, logs, TLS.

mod clock;
mod data_dir;

pub use clock::now_ms;
pub use data_dir::DataDir;
