//! A pool of connections that can only read, used on threads that may block.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::connection::open_reader;
use super::damage::Damage;
use crate::store::{Result, StoreError};

/// Most reads at once; further ones wait.
const MOST: usize = 8;

/// The pool.
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
    damage: Arc<Damage>,
}

impl Readers {
    pub(super) fn new(path: PathBuf, damage: Arc<Damage>) -> Arc<Self> {
        Arc::new(Self {
            path,
            idle: Mutex::default(),
            permits: Arc::new(Semaphore::new(MOST)),
            damage,
        })
    }

    /// Runs `read` inside one snapshot of the database.
    pub(super) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(engine)?;
        let pool = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            // Goes with the read, not with whoever asked: they may have given up, and the read goes on.
            let _permit = permit;
            let answer = pool.read_now(read);
            pool.damage.notice(&answer);
            answer
        })
        .await
        .map_err(engine)?
    }

    fn read_now<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut conn = self.take()?;
        let snapshot = conn.transaction()?;
        let answer = read(&snapshot);
        drop(snapshot);
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(conn);
        answer
    }

    fn take(&self) -> Result<Connection> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| open_reader(&self.path), Ok)
    }
}

fn engine(error: impl std::fmt::Display) -> StoreError {
    StoreError::Engine(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::{MOST, Readers};
    use crate::store::sqlite::connection::open_writer;

    #[tokio::test]
    async fn reads_that_nobody_waits_for_still_count() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        open_writer(&path).unwrap();
        let readers = Readers::new(path, Arc::default());
        let (busy, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        for _ in 0..3 * MOST {
            let (busy, most) = (Arc::clone(&busy), Arc::clone(&most));
            let read = readers.read(move |_| {
                most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(60));
                busy.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            });
            // Whoever asked gives up at once.
            let _ = tokio::time::timeout(Duration::from_millis(1), read).await;
        }
        readers.read(|_| Ok(())).await.unwrap();
        let most = most.load(Ordering::SeqCst);
        assert!((1..=MOST).contains(&most), "{most} at once");
    }
}
