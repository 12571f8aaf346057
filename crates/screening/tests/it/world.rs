//! The lists of OFAC, the United Nations, the European Union and Canada.

use crate::shared::{counts, import, problems};
use screening::lists::{Extent, Import};
use screening::party::{CountryLink, ListedParty, NameRole, PartyKind};

fn party<'a>(import: &'a Import, id: &str) -> &'a ListedParty {
    let mut parties = import.lists.iter().flat_map(|it| &it.parties);
    parties.find(|it| it.id == id).expect("a party of this id")
}

fn day(import: &Import) -> String {
    let date = import.lists.first().and_then(|it| it.source.date.filter(|_| it.source.dated));
    date.map_or_else(String::new, |it| it.to_string())
}

#[test]
fn whole_lists_have_as_many_entries_as_were_counted() {
    for (files, expected, date, most) in [
        (&["un/UN_consolidated-2020-11-30.xml"][..], "UN 1018", "2020-11-30", 20),
        (&["un/UN_consolidated-2025-04-19.xml"], "UN 877", "2025-04-19", 8),
        (&["un/UN_consolidated-2026-02-27.xml"], "UN 1003", "2026-02-27", 10),
        (&["ca/sema-2025-05.xml"], "CA 4759", "", 2),
        (&["eu/eu-fsf-sample.xml"], "EU 7", "2020-04-15", 0),
        (
            &["us-ofac/consolidated-non-sdn-2020-03-17.xml"],
            "CAP 1, FSE 6, PLC 78, SSI 290",
            "2020-03-17",
            0,
        ),
        (
            &["us-ofac/consolidated-non-sdn-2025-03-28.xml"],
            "CAP 1, CMIC 68, FSE 1, MBS 9, PLC 78, SSI 286",
            "2025-03-28",
            0,
        ),
        (
            &[
                "us-ofac/sdn-2022-01-31.csv",
                "us-ofac/add-2022-01-31.csv",
                "us-ofac/alt-2022-01-31.csv",
            ],
            "SDN 9044",
            "",
            17,
        ),
        (&["us-ofac/sdn-2024-05-03.csv", "us-ofac/alt-2025-12-24.csv"], "SDN 14965", "", 4),
    ] {
        let Some(import) = import(files) else { return };
        assert!(import.failures.is_empty(), "{files:?}: {:?}", import.failures);
        assert_eq!(
            (counts(&import).as_str(), day(&import).as_str()),
            (expected, date),
            "{files:?}"
        );
        assert!(import.problems.len() <= most, "{files:?}: {:?}", problems(&import));
    }
}

#[test]
fn files_of_other_days_are_no_set() {
    let (old, new) = ("us-ofac/alt-2022-01-31.csv", "us-ofac/alt-2025-12-24.csv");
    for (files, note) in [
        (&["us-ofac/sdn-2022-01-31.csv", old, "us-ofac/add-2022-01-31.csv"][..], None),
        (&["us-ofac/sdn-2024-05-03.csv", old], Some("ends before the last 6128 entries")),
        (&["us-ofac/sdn-2024-05-03.csv", new], Some("has 1567 entries that are not here")),
    ] {
        let Some(import) = import(files) else { return };
        let source = &import.lists[0].source;
        assert_eq!(source.extent == Extent::Whole, note.is_none(), "{files:?}");
        let said = source.note.as_deref().unwrap_or_default();
        assert!(said.contains(note.unwrap_or_default()), "{said}");
    }
}

#[test]
fn remarks_of_blocked_persons_become_facts() {
    let Some(import) = import(&["us-ofac/sdn-2025-05-sample.csv"]) else { return };
    let person = party(&import, "10278");
    assert_eq!(person.kind, PartyKind::Person);
    assert_eq!(person.names[0].text, "Elvis Angus LOGAN MOREY");
    assert_eq!(person.names[0].parts.as_ref().map(|it| it.family.as_str()), Some("LOGAN MOREY"));
    assert_eq!((person.names[1].text.as_str(), person.names[1].weak), ("BURTON BURGESS", true));
    assert_eq!(person.births[0].earliest.to_string(), "1963-07-28");
    assert_eq!(person.programs, ["SDNT"]);
    let belize = ("Passport", "P0017003", "BZ".parse().ok());
    let id = &person.ids[0];
    assert_eq!((id.kind.as_str(), id.number.as_str(), id.country), belize);
    assert!(person.countries.contains(&(CountryLink::Birth, "BZ".parse().expect("a code"))));
    let company = party(&import, "11195");
    assert_eq!(company.programs, ["NPWMD", "IFSR", "IRAN-CON-ARMS-EO"]);
    let weak = company.names.iter().filter(|it| it.weak).count();
    assert!(weak >= 8, "{:?}", company.names);
    let currencies = import.lists[0].parties.iter().flat_map(|it| &it.ids);
    let currencies = currencies.filter(|it| it.kind == "Digital Currency Address - XBT").count();
    assert_eq!(currencies, 17);
}

#[test]
fn remarks_that_overflow_are_joined_before_they_are_read() {
    let files = [
        "us-ofac/cons_prim-2025-12-19.csv",
        "us-ofac/cons_add-2025-12-19.csv",
        "us-ofac/cons_alt-2025-12-19.csv",
        "us-ofac/cons_comments-2025-12-19.csv",
    ];
    let Some(import) = import(&files) else { return };
    assert_eq!(counts(&import), "CAP 1, CMIC 68, MBS 9, PLC 78, SSI 286");
    let bank = party(&import, "17014");
    assert!(bank.names.iter().any(|it| it.text == "RUSAG" && it.weak), "{:?}", bank.names);
    assert!(!bank.addresses.is_empty());
}

#[test]
fn companions_without_their_main_file_are_refused() {
    let Some(import) = import(&["us-ofac/alt-2025-12-24.csv"]) else { return };
    assert!(import.lists.is_empty());
    let error = import.failures[0].to_string();
    assert!(error.contains("belongs to `sdn.csv or cons_prim.csv`"), "{error}");
}

#[test]
fn original_scripts_and_the_quality_of_aliases_are_kept() {
    let Some(import) = import(&["un/UN_consolidated-2026-02-27.xml"]) else { return };
    let person = party(&import, "CDi.003");
    let alias = |text: &str| person.names.iter().find(|it| it.text == text).map(|it| it.weak);
    assert_eq!(alias("Rumuli"), Some(true));
    assert_eq!(alias("Victor Rumuri"), Some(false));
    let body = party(&import, "CDe.001");
    let nalu = body.names.iter().find(|it| it.text == "NALU").map(|it| it.role);
    assert_eq!(nalu, Some(NameRole::Former));
    let scripts = import.lists[0].parties.iter().flat_map(|it| &it.names);
    let scripts = scripts.filter(|it| !it.text.contains(|it: char| it.is_ascii_alphabetic()));
    assert!(scripts.count() > 300);
}

#[test]
fn a_list_with_broken_bytes_is_refused_with_its_place() {
    let Some(import) = import(&["un/UN_consolidated-2025-08-16.xml"]) else { return };
    assert!(import.lists.is_empty());
    let error = import.failures[0].to_string();
    assert!(error.contains("line 54: not valid UTF-8 at byte 2192"), "{error}");
}
