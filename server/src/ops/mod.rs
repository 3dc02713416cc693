//! Running it: the data directory, time, keys, logs, TLS.

mod clock;
mod data_dir;
mod listen;
pub mod log_file;
mod logging;
mod metrics;
mod opening;
mod random;
mod secret_file;
mod settings;
pub mod spreadsheet;
mod tls;
mod use_lock;
mod writer_lock;

pub use clock::{now_ms, today};
pub use data_dir::DataDir;
pub use listen::{Patience, StopHandle, listen, stop, stop_signal};
pub use logging::{LogFormat, start_logging};
pub use metrics::{install_metrics, metrics_text, metrics_upkeep};
pub use random::{NoRandomness, new_uuid, random_bytes};
pub use secret_file::{private, secret_file};
pub use settings::REGION_SETTING;
pub use tls::{TlsError, tls_files, tls_self_signed};
pub use use_lock::UseLock;
pub use writer_lock::{LockError, WriterLock};
