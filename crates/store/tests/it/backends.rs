//! Fresh stores of both kinds.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{Options, Store};

static COUNT: AtomicUsize = AtomicUsize::new(0);

/// A fresh folder that nobody else uses.
pub(crate) fn folder(name: &str) -> PathBuf {
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("{name}-{}-{number}", std::process::id()));
    drop(fs::remove_dir_all(&path));
    fs::create_dir_all(&path).unwrap();
    path
}

/// The address of an SQLite file that is not there yet.
pub(crate) fn sqlite_address(name: &str) -> String {
    format!("sqlite:{}", folder(name).join("records.db").display())
}

/// A store at an address.
pub(crate) fn open(address: &str) -> Arc<dyn Store> {
    store::open(address, &Options::default()).unwrap()
}
