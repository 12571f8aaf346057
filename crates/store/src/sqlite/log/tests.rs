use crate::{Batch, Draft, Kind, Options, Store, StreamId, sqlite::Sqlite};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn fresh(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("exeat-log-{name}-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    folder.join("records.db")
}

fn noted(size: usize) -> Batch {
    let stream = StreamId::new(Kind::of("case"), "a");
    let draft = Draft::new(stream, Kind::of("noted"), "ada", Timestamp::UNIX_EPOCH);
    draft.body(format!("{{\"text\":\"{}\"}}", "x".repeat(size))).into()
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |it| it.len())
}

#[test]
fn what_was_committed_comes_into_the_file_while_it_is_open() {
    let path = fresh("moved");
    let store = Sqlite::open(&path, &Options::default()).unwrap();
    store.append(noted(8 << 20)).unwrap();
    let since = Instant::now();
    while size(&path) < 8 << 20 {
        assert!(since.elapsed() < Duration::from_mins(1), "{} bytes are moved", size(&path));
        std::thread::yield_now();
    }
}

#[test]
fn a_log_begins_anew_however_much_is_written() {
    let path = fresh("bounded");
    let store = Sqlite::open(&path, &Options::default()).unwrap();
    for _ in 0..140 {
        store.append(noted(1 << 20)).unwrap();
    }
    let log = size(&path.with_extension("db-wal"));
    assert!((1 << 20..100 << 20).contains(&log), "the log has {log} bytes");
}

#[test]
fn a_file_that_is_closed_has_no_log() {
    let path = fresh("closed");
    let store = Sqlite::open(&path, &Options::default()).unwrap();
    store.append(noted(8 << 20)).unwrap();
    drop(store);
    assert!(size(&path) > 8 << 20);
    assert!(!path.with_extension("db-wal").exists());
}
