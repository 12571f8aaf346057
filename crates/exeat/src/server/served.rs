//! What all requests share on the side of HTTP: limits, counters, the log.

use super::caller::Rates;
use super::log::Log;
use super::metrics::Metrics;
use super::operation::{Call, Reply, Told};
use super::problem::{Kind, Problem};
use crate::desk::Desk;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};
use tokio::task::spawn_blocking;

/// How many requests may wait for an answer at a time; others are told to come again.
const THREADS: usize = 256;
/// How many streams of lines are answered at a time.
const STREAMS: usize = 8;
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// What limits requests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The largest body, in bytes. Streams of lines have no such end.
    pub(crate) body: usize,
    /// How long an answer may take.
    pub(crate) answer: Duration,
    /// How long a stream may be silent.
    pub(crate) silence: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 10_000_000, answer: Duration::from_secs(30), silence: Duration::from_mins(1) }
    }
}

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Served {
    /// What does the work.
    pub(crate) desk: Arc<Desk>,
    /// What is counted.
    pub(crate) metrics: Metrics,
    /// What is told.
    pub(crate) log: Log,
    /// What limits requests.
    pub(crate) limits: Limits,
    /// Whether what leaves nothing behind is answered without a key.
    pub(crate) open: bool,
    /// How many requests a second each may make; 0 is as many as they like.
    pub(crate) per_second: u32,
    /// What each made.
    pub(crate) rates: Rates,
    threads: Semaphore,
    streams: Semaphore,
    under_way: AtomicUsize,
    stopping: AtomicBool,
}

impl Served {
    /// Nothing is under way yet.
    pub(crate) fn new(desk: Arc<Desk>, log: Log, limits: Limits) -> Self {
        Self {
            desk,
            metrics: Metrics::default(),
            log,
            limits,
            open: false,
            per_second: 0,
            rates: Rates::default(),
            threads: Semaphore::new(THREADS),
            streams: Semaphore::new(STREAMS),
            under_way: AtomicUsize::new(0),
            stopping: AtomicBool::new(false),
        }
    }

    /// The same, where what leaves nothing behind is `open` to those without a key, and each may
    /// make so many requests a second.
    pub(crate) fn asked_by(self, open: bool, per_second: u32) -> Self {
        Self { open, per_second, ..self }
    }

    /// Does work that may block, on a thread where that is fine, in the time that answers have.
    ///
    /// # Errors
    ///
    /// Where there is no thread, it takes too long, or the work panics.
    pub(crate) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _turn = turn(&self.threads).await?;
        // The guard goes along: work that nobody waits for any more is still under way.
        let guard = self.begin();
        let working = spawn_blocking(move || {
            let _guard = guard;
            work()
        });
        self.in_time(working).await
    }

    /// Does work that waits for nothing but a processor, by those who decide.
    ///
    /// # Errors
    ///
    /// Where the line is too long, it takes too long, or the work panics.
    pub(crate) async fn deciding<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _turn = turn(&self.threads).await?;
        let guard = self.begin();
        let (tell, told) = oneshot::channel();
        self.desk.crew().hand(move || {
            let _guard = guard;
            // One that waits no longer needs no answer.
            drop(tell.send(work()));
        });
        self.in_time(told).await
    }

    /// Has a call decided by those who decide, and its record written by the one who writes.
    ///
    /// # Errors
    ///
    /// As [`Served::deciding`], and what the record says.
    pub(crate) async fn handing(
        self: &Arc<Self>,
        call: Call,
        make: fn(Call, Told),
    ) -> Result<Reply, Problem> {
        let _turn = turn(&self.threads).await?;
        let guard = self.begin();
        let (tell, told) = oneshot::channel();
        let tell: Told = Box::new(move |reply| {
            let _guard = guard;
            // One that waits no longer needs no answer.
            drop(tell.send(reply));
        });
        self.desk.crew().hand(move || make(call, tell));
        self.in_time(told).await?
    }

    async fn in_time<T, E>(
        &self,
        working: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Problem> {
        match tokio::time::timeout(self.limits.answer, working).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => Err(defect()),
            Err(_) => {
                let seconds = self.limits.answer.as_secs();
                let said = format!("there was no answer within {seconds} seconds");
                Err(Problem::new(Kind::Timeout, said)
                    .help("ask for less at a time, or stream JSON lines"))
            }
        }
    }

    /// Waits until a stream may begin.
    ///
    /// # Errors
    ///
    /// Where too many are answered.
    pub(crate) async fn stream(&self) -> Result<SemaphorePermit<'_>, Problem> {
        turn(&self.streams).await
    }

    /// Counts something that must be finished before the process ends.
    pub(crate) fn begin(self: &Arc<Self>) -> UnderWay {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(Arc::clone(self))
    }

    /// How much is under way.
    pub(crate) fn under_way(&self) -> usize {
        self.under_way.load(Ordering::Relaxed)
    }

    /// Says that no new connections are taken any more.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the process is about to end.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// Something that must be finished before the process ends.
#[derive(Debug)]
pub(crate) struct UnderWay(Arc<Served>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A defect of the program; what it was stands in the log.
pub(crate) fn defect() -> Problem {
    Problem::new(Kind::Defect, "the program failed at this request")
        .help("please report it with the request's id; the log says where it happened")
}

async fn turn(of: &Semaphore) -> Result<SemaphorePermit<'_>, Problem> {
    match tokio::time::timeout(PATIENCE, of.acquire()).await {
        Ok(Ok(permit)) => Ok(permit),
        Ok(Err(_)) | Err(_) => Err(Problem::new(
            Kind::Unavailable,
            "too many requests are being answered at this moment",
        )
        .retry(1)),
    }
}
