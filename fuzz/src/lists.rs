//! What the fuzz targets of the screening core call; its tests run the seeds through the same.
#![allow(dead_code, reason = "each target calls one of them")]

use screening::lists::{ListFile, import};
use screening::snapshot::{Snapshot, write};
use sha2::{Digest, Sha256};

/// Imports files together; what was read must come out of a snapshot as it went in.
pub(crate) fn import_and_keep(files: &[&[u8]]) {
    let files: Vec<ListFile<'_>> =
        files.iter().map(|bytes| ListFile { name: "f", bytes }).collect();
    let import = import(&files);
    for problem in &import.problems {
        assert!(!problem.to_string().is_empty());
    }
    for list in import.lists {
        let list = [list];
        let bytes = write(&list, &[]).expect("a small list");
        let snapshot = Snapshot::open(bytes).expect("what was written");
        assert_eq!(snapshot.lists().expect("what was written"), list);
    }
}

/// Opens bytes as a snapshot as they are, and once more with the digest that they should have.
pub(crate) fn open_snapshot(bytes: &[u8]) {
    read_all(bytes);
    let mut forged = bytes.to_vec();
    if let Some((head, body)) = forged.split_at_mut_checked(48) {
        if let Some(digest) = head.get_mut(16..) {
            digest.copy_from_slice(&Sha256::digest(body));
        }
        read_all(&forged);
    }
}

fn read_all(bytes: &[u8]) {
    if let Ok(snapshot) = Snapshot::open(bytes) {
        let _ = snapshot.find("EL", "1");
        for party in snapshot.parties().take(1000) {
            let _ = party;
        }
    }
}
