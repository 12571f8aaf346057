use super::{KNOWN, doubt};
use decision::matches::NEEDED;
use screening::ListedParty;
use screening::lists::{Extent, List, ListFile, import};

const OWN: &str = "list,id,name\nDPL,d1,Ottokar Vremenski\n";

fn own() -> List {
    import(&[ListFile { name: "own.csv", bytes: OWN.as_bytes() }]).lists.remove(0)
}

/// The official list with so many entries.
fn official(code: &str, entries: usize) -> List {
    let mut list = own();
    code.clone_into(&mut list.source.code);
    list.source.format = screening::lists::Format::CslCsv;
    list.parties = vec![ListedParty::default(); entries];
    list
}

#[test]
fn a_fragment_of_an_official_list_is_an_excerpt_and_says_so() {
    for known in &KNOWN {
        let mut lists = [official(known.code, known.least - 1), official(known.code, known.least)];
        let told = doubt(&mut lists);
        assert_eq!(told.len(), 1, "{}", known.code);
        assert!(told[0].contains("which clears nobody"), "{}", told[0]);
        assert_eq!(lists[0].source.note.as_ref(), Some(&told[0]));
        assert_eq!(lists[0].source.extent, Extent::Excerpt);
        assert_eq!(lists[1].source.extent, Extent::Whole);
    }
}

#[test]
fn a_list_of_ones_own_is_of_any_size() {
    let mut lists = [own()];
    assert!(doubt(&mut lists).is_empty());
    assert_eq!(lists[0].source.extent, Extent::Whole);
}

#[test]
fn every_list_that_the_law_reads_is_known_with_what_it_had() {
    for code in NEEDED {
        let known = KNOWN.iter().find(|it| it.code == code).unwrap();
        assert!(known.had.iter().all(|it| it.0 * 4 > known.least * 5), "{code}: well below");
        assert!(known.had.iter().all(|it| it.0 < known.least * 6), "{code}: not too low");
    }
}

#[test]
fn a_list_of_which_an_entry_cannot_be_read_clears_nobody() {
    let mut lists = [own(), own()];
    lists[0].source.lost = 1;
    let told = doubt(&mut lists);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("1 entry of `own.csv` could not be read"), "{}", told[0]);
    assert_eq!(lists.map(|it| it.source.extent), [Extent::Excerpt, Extent::Whole]);
}
