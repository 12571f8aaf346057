use super::*;

#[test]
fn the_list_in_the_program_opens_and_names_what_the_regulations_name() {
    let lists = open().unwrap();
    assert!(lists.built_in);
    let parties: Vec<_> = lists.snapshot.parties().map(|it| it.unwrap()).collect();
    for name in ["NSO Group", "Candiru", "Intellexa Limited", "Cytrox AD"] {
        assert!(parties.iter().any(|it| it.names[0].text == name), "{name}");
    }
    for party in &parties {
        let listing = decision::matches::listing(party);
        assert_eq!(listing.exceptions_allowed, Some(vec![]), "{}", party.names[0].text);
        let scope = listing.scope.map(decision::transaction::listing::Scope::as_str);
        assert_eq!(scope, Some("all-items"), "{}", party.names[0].text);
    }
}
