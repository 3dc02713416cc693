//! Where the server keeps what it must not lose.

use std::path::{Path, PathBuf};

/// The data directory. Everything in it is readable by its owner only.
#[derive(Clone, Debug)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// Names a directory; nothing is created yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Creates it when missing, for its owner only.
    pub fn create(&self) -> std::io::Result<()> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0)
    }

    /// The directory itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The SQLite database.
    pub fn database(&self) -> PathBuf {
        self.0.join("sparhund.db")
    }

    /// Ed25519 key that signs the heads of the server's own log, 32 raw bytes.
    pub fn log_key(&self) -> PathBuf {
        self.0.join("log.key")
    }

    /// Held locked by whoever writes the server's own log; empty, and never removed.
    pub fn writer_lock(&self) -> PathBuf {
        self.0.join("server.lock")
    }

    /// Secret under the JSON web tokens, 32 raw bytes.
    pub fn token_key(&self) -> PathBuf {
        self.0.join("token.key")
    }

    /// How a site's server reaches the central one, with its token.
    pub fn central(&self) -> PathBuf {
        self.0.join("central.json")
    }

    /// Generated certificate and its key, PEM.
    pub fn tls(&self) -> (PathBuf, PathBuf) {
        (self.0.join("tls.crt"), self.0.join("tls.key"))
    }
}
