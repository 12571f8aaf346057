use super::Crew;
use std::collections::BTreeSet;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Barrier};

impl Crew {
    /// Waits until a job is done; `None` where it panicked.
    fn wait_for<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (tell, told) = sync_channel(1);
        self.hand(move || drop(tell.send(job())));
        told.recv().ok()
    }
}

#[test]
fn every_job_is_done_once_and_by_no_more_threads_than_there_are_processors() {
    let crew = Arc::new(Crew::new());
    let threads: Vec<_> = (0..50)
        .map(|number| {
            let crew = Arc::clone(&crew);
            std::thread::spawn(move || {
                crew.wait_for(move || (number, std::thread::current().id())).unwrap()
            })
        })
        .collect();
    let done: Vec<_> = threads.into_iter().map(|it| it.join().unwrap()).collect();
    let numbers: Vec<_> = done.iter().map(|it| it.0).collect();
    assert_eq!(numbers, (0..50).collect::<Vec<_>>());
    let workers: Vec<_> = done.iter().map(|it| format!("{:?}", it.1)).collect();
    let workers: BTreeSet<_> = workers.into_iter().collect();
    let processors = std::thread::available_parallelism().unwrap().get();
    assert!(workers.len() <= processors, "{workers:?}");
}

#[test]
fn a_job_that_panics_is_told_and_the_next_is_done() {
    let crew = Crew::new();
    let processors = std::thread::available_parallelism().unwrap().get();
    for _ in 0..3 * processors {
        assert_eq!(crew.wait_for(|| -> u8 { panic!("as it should") }), None);
    }
    assert_eq!(crew.wait_for(|| 7), Some(7));
}

#[test]
fn what_stands_in_line_is_done_after_the_crew_is_given_up() {
    let crew = Crew::new();
    let processors = std::thread::available_parallelism().unwrap().get();
    let all_busy = Arc::new(Barrier::new(processors + 1));
    for _ in 0..processors {
        let all_busy = Arc::clone(&all_busy);
        crew.hand(move || {
            all_busy.wait();
        });
    }
    let (tell, told) = std::sync::mpsc::channel();
    crew.hand(move || tell.send(7).unwrap());
    drop(crew);
    all_busy.wait();
    assert_eq!(told.recv(), Ok(7));
}
