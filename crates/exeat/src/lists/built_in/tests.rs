use super::*;

#[test]
fn the_list_in_the_program_is_whole_and_names_nobody_twice() {
    let lists = open().unwrap();
    assert!(lists.built_in);
    let names: Vec<String> = lists
        .snapshot
        .parties()
        .map(|it| it.unwrap())
        .map(|it| format!("{} {} {}", it.list, it.id, it.names[0].text))
        .collect();
    assert_eq!(names.len(), 16, "{names:#?}");
    for name in ["NSO Group", "Candiru", "Intellexa Limited", "THALESTRIS LIMITED"] {
        assert!(names.iter().any(|it| it.contains(name)), "{name} is not in {names:#?}");
    }
    let mut ids: Vec<&str> = names.iter().filter_map(|it| it.split(' ').nth(1)).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 16);
}

#[test]
fn its_entity_list_entries_cover_all_items_and_leave_no_exception_open() {
    let lists = open().unwrap();
    for party in lists.snapshot.parties().map(|it| it.unwrap()).filter(|it| it.list == "EL") {
        let listing = decision::matches::listing(&party);
        assert_eq!(listing.exceptions_allowed, Some(vec![]), "{}", party.names[0].text);
        let scope = listing.scope.map(decision::transaction::listing::Scope::as_str);
        assert_eq!(scope, Some("all-items"), "{}", party.names[0].text);
    }
}
