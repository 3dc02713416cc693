//! The one thread that writes. Waiting appends share a commit; everything else has a transaction of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use tokio::sync::{oneshot, watch};

use super::entry::Prepared;
use super::ledger::Ledger;
use crate::store::{Appended, Result, StoreError};

/// Most records one commit takes: keeps the wait of the last in line near 40 ms.
const GROUP: usize = 2_000;

/// Work for the thread.
enum Job {
    Append {
        batch: Arc<Prepared>,
        reply: oneshot::Sender<Result<Appended>>,
    },
    Change(Box<dyn FnOnce(&mut Ledger) + Send>),
}

struct Waiting {
    batch: Arc<Prepared>,
    reply: oneshot::Sender<Result<Appended>>,
}

/// The writer as the rest of the store sees it.
pub(super) struct Writer {
    queue: Option<Sender<Job>>,
    /// Records and changes that wait.
    waiting: Arc<AtomicUsize>,
    most: usize,
    thread: Option<JoinHandle<()>>,
    ended: watch::Receiver<()>,
}

impl Writer {
    /// Starts the thread. `most` bounds the queue, counted in records.
    pub(super) fn start(ledger: Ledger, most: usize) -> Result<Self> {
        let (queue, jobs) = channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let left = Arc::clone(&waiting);
        let (alive, ended) = watch::channel(());
        let thread = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || {
                // Dropped when the thread ends, by a panic too.
                let _alive = alive;
                work(ledger, &jobs, &left);
            })
            .map_err(|error| StoreError::Engine(error.to_string()))?;
        Ok(Self {
            queue: Some(queue),
            waiting,
            most,
            thread: Some(thread),
            ended,
        })
    }

    /// Records and changes that wait for the writer now.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Resolves when the thread has ended: nothing can be written any more.
    pub(super) fn ended(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut ended = self.ended.clone();
        // Nothing is ever sent; the sender goes with the thread.
        async move { while ended.changed().await.is_ok() {} }
    }

    pub(super) async fn append(&self, batch: Arc<Prepared>) -> Result<Appended> {
        let (reply, answer) = oneshot::channel();
        self.enqueue(batch.entries.len().max(1), Job::Append { batch, reply })?;
        answer.await.map_err(|_| stopped())?
    }

    /// Runs `change` in a transaction of its own, answered after its commit.
    pub(super) async fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Ledger) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let job = move |ledger: &mut Ledger| {
            // A caller who went away does not need the answer.
            let _ = reply.send(ledger.transact(change));
        };
        self.enqueue(1, Job::Change(Box::new(job)))?;
        answer.await.map_err(|_| stopped())?
    }

    fn enqueue(&self, weight: usize, job: Job) -> Result<()> {
        let before = self.waiting.fetch_add(weight, Ordering::Relaxed);
        if before > 0 && before + weight > self.most {
            self.waiting.fetch_sub(weight, Ordering::Relaxed);
            return Err(StoreError::Busy);
        }
        let queue = self.queue.as_ref().ok_or_else(stopped)?;
        queue.send(job).map_err(|_| stopped())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Closing the queue lets the thread finish what waits; joining it lets the file be opened again at once.
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn stopped() -> StoreError {
    StoreError::Engine("the writer has stopped".into())
}

fn work(mut ledger: Ledger, jobs: &Receiver<Job>, waiting: &AtomicUsize) {
    let mut group = Vec::new();
    while let Ok(first) = jobs.recv() {
        let mut next = Some(first);
        let mut records = 0;
        let change = loop {
            match next.take().or_else(|| jobs.try_recv().ok()) {
                Some(Job::Append { batch, reply }) => {
                    records += batch.entries.len().max(1);
                    group.push(Waiting { batch, reply });
                    if records >= GROUP {
                        break None;
                    }
                }
                Some(Job::Change(change)) => break Some(change),
                None => break None,
            }
        };
        store(&mut ledger, &mut group);
        waiting.fetch_sub(records, Ordering::Relaxed);
        if let Some(change) = change {
            change(&mut ledger);
            waiting.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// Commits a group. When it fails as a whole each batch is tried alone, so that one bad batch costs only itself.
fn store(ledger: &mut Ledger, group: &mut Vec<Waiting>) {
    if group.is_empty() {
        return;
    }
    let together = ledger.transact(|ledger| {
        group
            .iter()
            .map(|job| ledger.append_known(&job.batch))
            .collect::<Result<Vec<_>>>()
    });
    match together {
        Ok(answers) => {
            for (job, answer) in group.drain(..).zip(answers) {
                let _ = job.reply.send(answer);
            }
        }
        Err(error) => {
            tracing::error!(error = %error, batches = group.len(), "a group could not be stored; each batch is tried alone");
            for job in group.drain(..) {
                let alone = ledger.transact(|ledger| ledger.append_known(&job.batch));
                let _ = job.reply.send(alone.and_then(|answer| answer));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rusqlite::Connection;

    use super::Writer;
    use crate::store::sqlite::ledger::Ledger;
    use crate::store::sqlite::migrate::migrate;

    #[tokio::test]
    async fn the_end_of_the_thread_is_noticed() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn).unwrap();
        let writer = Writer::start(Ledger::new(conn).unwrap(), 10).unwrap();
        let ended = writer.ended();
        tokio::pin!(ended);
        writer.change(|_| Ok(())).await.unwrap();
        let soon = Duration::from_millis(20);
        assert!(tokio::time::timeout(soon, &mut ended).await.is_err(), "it works");
        let answer = writer.change::<()>(|_| panic!("as a defect would")).await;
        assert!(answer.unwrap_err().to_string().contains("stopped"));
        tokio::time::timeout(Duration::from_secs(5), ended).await.unwrap();
        assert!(writer.change(|_| Ok(())).await.is_err());
    }
}
