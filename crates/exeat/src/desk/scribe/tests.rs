use super::Scribe;
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::mpsc::channel;
use store::{Batch, Conflict, Draft, Error, Kind, Options, Store, StreamId};

fn records(name: &str) -> Arc<dyn Store> {
    let folder = std::env::temp_dir().join(format!("exeat-scribe-{name}-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    let address = folder.join("records.db").display().to_string();
    store::open(&address, &Options::default()).unwrap()
}

fn opened(id: &str) -> Batch {
    let stream = StreamId::new(Kind::of("case"), id);
    let draft = Draft::new(stream, Kind::of("opened"), "ada", Timestamp::UNIX_EPOCH);
    draft.expecting(0).into()
}

#[test]
fn everyone_is_told_of_their_own_and_one_that_conflicts_spoils_nothing() {
    let store = records("told");
    let scribe = Scribe::new(Arc::clone(&store));
    let (tell, told) = channel();
    for number in 0..100 {
        // Every tenth comes twice, and the second is refused.
        let batch = opened(&format!("c{}", number - number % 10 / 9));
        let tell = tell.clone();
        scribe.hand(batch, move |it| tell.send((number, it)).unwrap());
    }
    drop(tell);
    let answers: Vec<_> = told.iter().collect();
    assert_eq!(answers.len(), 100);
    for (number, answer) in answers {
        match answer {
            Ok(events) => assert_eq!(events[0].stream.id, format!("c{number}")),
            Err(Error::Conflict(it)) => {
                assert_eq!(number % 10, 9);
                assert!(matches!(*it, Conflict::Stream { .. }), "{it}");
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(store.head().unwrap().seq, 90);
}

#[test]
fn after_one_whose_answer_panics_the_next_is_written() {
    let scribe = Scribe::new(records("panic"));
    scribe.hand(opened("a"), |_| panic!("as it should"));
    // Those who share its commit are not told; whoever comes later is.
    let is_told = (0..2).any(|_| {
        let (tell, told) = channel();
        scribe.hand(opened("b"), move |it| tell.send(it.is_ok()).unwrap());
        told.recv().is_ok()
    });
    assert!(is_told);
}
