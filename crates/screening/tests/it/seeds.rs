//! The seeds of the fuzz targets, as ordinary tests, and what becomes of them when they are
//! damaged.

use crate::fuzz::{import_and_keep, open_snapshot};
use crate::shared::counts;
use proptest::prelude::*;
use screening::lists::{Format, ListFile, builtin, import};
use screening::snapshot::{SectionKind, write};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

static SEEDS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| seeds("list_file"));

fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let mut seeds: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("the folder of the seeds")
        .map(|it| it.expect("an entry").path())
        .map(|it| {
            (
                it.file_name().expect("a name").to_string_lossy().into_owned(),
                fs::read(it).expect("a seed"),
            )
        })
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "no seeds for {target}");
    seeds
}

#[test]
fn there_is_a_seed_for_every_format_and_it_is_read() {
    let mut read = BTreeSet::new();
    for (name, bytes) in SEEDS.iter() {
        import_and_keep(&[bytes]);
        let import = import(&[ListFile { name, bytes }]);
        read.extend(import.lists.iter().map(|it| it.source.format));
        let refused = matches!(name.as_str(), "laughs.xml" | "ofac-alt.csv");
        assert_eq!(import.failures.is_empty(), !refused, "{name}: {:?}", import.failures);
    }
    read.insert(Format::BuiltIn);
    let all: BTreeSet<Format> = Format::ALL.iter().copied().collect();
    assert_eq!(read, all);
}

#[test]
fn a_broken_row_is_told_in_its_place_and_the_rows_behind_it_are_read() {
    let (name, bytes) = SEEDS.iter().find(|it| it.0 == "csl.csv").expect("the seed");
    let import = import(&[ListFile { name, bytes }]);
    let problems: Vec<String> = import.problems.iter().map(ToString::to_string).collect();
    let what = "has 31 fields instead of 29; a quotation mark may be missing";
    assert_eq!(problems, [format!("`csl.csv`, line 5: {what}")]);
    assert_eq!(counts(&import), "EL 1, ISN 1, SDN 2");
}

#[test]
fn files_that_belong_together_are_joined() {
    for (name, bytes) in seeds("list_set") {
        let files: Vec<&[u8]> = bytes.split(|it| *it == 0x0C).collect();
        import_and_keep(&files);
        let files: Vec<ListFile<'_>> =
            files.iter().map(|bytes| ListFile { name: &name, bytes }).collect();
        let import = import(&files);
        let [list] = import.lists.as_slice() else { unreachable!("one list of {name}") };
        let party = list.parties.first().expect("a party");
        assert_eq!(party.names.len(), 4);
        assert_eq!(party.addresses.len(), 1);
        assert_eq!(party.remarks.as_deref(), Some("Linked To: CLOUD.; more remarks"));
    }
}

#[test]
fn seeds_of_snapshots_are_read_or_refused() {
    for (_, bytes) in seeds("snapshot") {
        open_snapshot(&bytes);
    }
    let bytes = write(&[builtin()], &[(SectionKind(16), vec![1, 2, 3])]).expect("a small list");
    open_snapshot(&bytes);
}

#[test]
fn a_document_that_defines_entities_is_refused_at_once() {
    let (name, bytes) = SEEDS.iter().find(|it| it.0 == "laughs.xml").expect("the seed");
    let import = import(&[ListFile { name, bytes }]);
    let failures: Vec<String> = import.failures.iter().map(ToString::to_string).collect();
    let what = "the document defines entities of its own, which no list does";
    assert_eq!(failures, [format!("`laughs.xml`, line 6: {what}")]);
}

#[test]
fn every_document_and_object_that_is_cut_off_is_refused_as_a_whole() {
    for (name, bytes) in SEEDS.iter().filter(|it| it.0.ends_with("xml") || it.0.ends_with("json")) {
        for cut in (1..bytes.len().saturating_sub(2)).step_by(7) {
            let bytes = bytes.get(..cut).expect("a part");
            let import = import(&[ListFile { name, bytes }]);
            assert!(import.lists.is_empty(), "{name} at {cut}");
        }
    }
}

#[test]
fn a_file_saved_in_another_encoding_says_where_it_went_wrong() {
    let (name, bytes) = SEEDS.iter().find(|it| it.0 == "un.xml").expect("the seed");
    let text = String::from_utf8(bytes.clone()).expect("a text");
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(counts(&import(&[ListFile { name, bytes: &wide }])), "UN 2");
    let mut broken = bytes.clone();
    let place = text.find('И').expect("a letter");
    *broken.get_mut(place).expect("a byte") = b'?';
    let import = import(&[ListFile { name, bytes: &broken }]);
    let failure = import.failures.first().expect("a failure").to_string();
    assert!(failure.contains("line 2: not valid UTF-8 at byte"), "{failure}");
}

#[test]
fn endless_rows_fields_and_nests_cost_neither_the_rest_nor_much_time() {
    let header = "list,name,aliases\n";
    let long = "x".repeat(3 << 20);
    let many = ",".repeat(2 << 20);
    let table = format!("{header}A,\"{long}\",\nA,Ada,\n{many}\nA,Bob,\"{long}\nA,Cy,\n");
    let read = import(&[ListFile { name: "t", bytes: table.as_bytes() }]);
    assert_eq!(counts(&read), "A 2", "{:?}", read.failures);
    assert_eq!(read.problems.len(), 3);
    // Quotation marks that are opened on every line and never closed.
    let open = format!("{header}{}", "A,\"Ada\n".repeat(50_000));
    let read = import(&[ListFile { name: "t", bytes: open.as_bytes() }]);
    assert!(read.problems.len() + read.failures.len() > 0);
    // One entry with more names than anybody has, and a group with more rows.
    let marks = format!(
        "{{\"list_id\":\"bis-entity-list\",\"entities\":[{{\"name\":\"A{}\"}}]}}",
        " a.k.a. b".repeat(100_000)
    );
    let read = import(&[ListFile { name: "t", bytes: marks.as_bytes() }]);
    assert_eq!(counts(&read), "EL 1");
    let mut group =
        "Last Updated,01/01/2026\nName 6,Name 1,Regime,Other Information,Group Type,Group ID\n"
            .to_owned();
    for row in 0..50_000 {
        group.push_str("Regen,");
        group.push_str(&row.to_string());
        group.push_str(",Rain,remark ");
        group.push_str(&row.to_string());
        group.push_str(",Entity,1\n");
    }
    let read = import(&[ListFile { name: "t", bytes: group.as_bytes() }]);
    assert_eq!(counts(&read), "UK 1");
    let deep = format!("<sdnList><sdnEntry>{}", "<a>".repeat(1 << 20));
    let text = format!("<sdnList><sdnEntry><uid>{long}</uid></sdnEntry></sdnList>");
    let attributes = format!("<sdnList><sdnEntry {}/></sdnList>", "a='1' ".repeat(1 << 18));
    let elements = format!("<sdnList><sdnEntry>{}</sdnEntry></sdnList>", "<a/>".repeat(1 << 20));
    let nested = format!("{{\"results\":{}", "[".repeat(1 << 20));
    for bytes in [deep, text, attributes, elements, nested] {
        let read = import(&[ListFile { name: "t", bytes: bytes.as_bytes() }]);
        assert!(read.lists.is_empty());
        assert_eq!(read.failures.len(), 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn damaged_files_are_read_or_refused_and_never_a_panic(
        seed in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
        doubled in any::<prop::sample::Index>(),
    ) {
        let (_, bytes) = seed.get(&SEEDS);
        let mut bytes = bytes.clone();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            *bytes.get_mut(place).expect("a byte") = byte;
        }
        let at = doubled.index(bytes.len());
        let tail = bytes.split_off(at);
        let again = bytes.iter().rev().take(40).rev().copied().collect::<Vec<u8>>();
        bytes.extend(again);
        bytes.extend(tail);
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        import_and_keep(&[&bytes]);
    }
}
