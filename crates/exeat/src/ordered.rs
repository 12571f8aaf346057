//! Work on many things with every core, in bounded memory, with the results in the order of the
//! things.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Does `work` on everything that `next` gives, and hands the results to `take` in order. Each
/// thread begins with a `state` of its own.
///
/// # Errors
///
/// What `next` and `take` say; nothing is taken after that.
pub(crate) fn each<T: Send, R: Send, S>(
    mut next: impl FnMut() -> io::Result<Option<T>> + Send,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T) -> R + Sync,
    mut take: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (jobs, queue) = sync_channel::<(T, SyncSender<R>)>(cores);
    let (promise, promised) = sync_channel::<io::Result<Receiver<R>>>(2 * cores);
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        scope.spawn(move || {
            loop {
                let job = match next() {
                    Ok(Some(job)) => job,
                    Ok(None) => return,
                    Err(error) => {
                        // Where nobody listens any more, nobody needs the error.
                        drop(promise.send(Err(error)));
                        return;
                    }
                };
                let (done, result) = sync_channel(1);
                if promise.send(Ok(result)).is_err() || jobs.send((job, done)).is_err() {
                    return;
                }
            }
        });
        for _ in 0..cores {
            scope.spawn(|| {
                let mut state = state();
                loop {
                    let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((job, done)) = job else { return };
                    // Where nobody listens any more, the next `recv` ends this thread.
                    drop(done.send(work(&mut state, job)));
                }
            });
        }
        for result in promised {
            let lost = |_| io::Error::other("a part of the input was lost");
            take(result?.recv().map_err(lost)?)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::each;
    use std::io;

    fn squares(count: u64, fail_at: Option<u64>) -> (io::Result<()>, Vec<u64>) {
        let mut number = 0;
        let mut taken = Vec::new();
        let next = || {
            number += 1;
            if Some(number) == fail_at {
                return Err(io::Error::other("no more"));
            }
            Ok((number <= count).then_some(number))
        };
        let result = each(
            next,
            || (),
            |(), it| it * it,
            |it| {
                taken.push(it);
                Ok(())
            },
        );
        (result, taken)
    }

    #[test]
    fn results_come_in_the_order_of_the_things() {
        let (result, taken) = squares(5000, None);
        assert!(result.is_ok());
        assert_eq!(taken, (1..=5000).map(|it| it * it).collect::<Vec<u64>>());
    }

    #[test]
    fn what_came_before_an_error_is_taken() {
        let (result, taken) = squares(5000, Some(101));
        assert!(result.is_err());
        assert_eq!(taken.len(), 100);
    }
}
