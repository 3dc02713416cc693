//! Running it: the data directory, time, keys, logs, TLS.

mod clock;
mod data_dir;
mod random;
mod secret_file;

pub use clock::now_ms;
pub use data_dir::DataDir;
pub use random::{NoRandomness, new_uuid, random_bytes};
pub use secret_file::{private, secret_file};
