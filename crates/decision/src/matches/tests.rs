use super::*;
use crate::transaction::read::{Format, read};
use crate::transaction::symbols::ReviewPolicy;
use screening::party::{Coverage, Scope as Covered};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn transaction(parties: &str) -> Transaction {
    let text =
        format!("{{\"date\": \"2026-09-24\", \"activity\": \"export\", \"parties\": {parties}}}");
    read(Format::Json, text.as_bytes()).expect("a transaction")
}

fn searched() -> Searched {
    let list = |code: &&str| SearchedList {
        code: (*code).to_owned(),
        date: Some(day("2026-09-23")),
        digest: "d".to_owned(),
        entries: 1,
        whole: true,
    };
    Searched {
        lists: NEEDED.iter().map(list).collect(),
        digest: "s".to_owned(),
        settings: "t".to_owned(),
        built_in: false,
        max_age: 7,
    }
}

fn entry(list: &str) -> screening::ListedParty {
    screening::ListedParty { list: list.to_owned(), id: "1".to_owned(), ..Default::default() }
}

fn found(verdict: Verdict) -> Match {
    Match {
        list: "EL".to_owned(),
        id: "1".to_owned(),
        listed: "NSO Group".to_owned(),
        score: 930,
        why: "the same words".to_owned(),
        listing: listing(&entry("EL")),
        rests_on: vec![],
        verdict,
    }
}

fn decided() -> Decided {
    Decided { by: "kim".to_owned(), why: "seen".to_owned(), on: day("2026-09-01"), until: None }
}

fn screened(searched: Searched, who: Who, matches: Vec<Match>) -> Screened {
    let place = Place { leg: None, party: 0, who };
    let name = ScreenedName {
        place,
        name: "Nso".to_owned(),
        day: day("2026-09-24"),
        own_day: None,
        matches,
        unsearchable: None,
    };
    Screened { searched: Arc::new(searched), names: vec![name] }
}

const NAMED: &str = r#"[{"role": "end-user", "name": "Nso"}]"#;

#[test]
fn a_name_without_matches_is_clear_where_every_needed_list_was_searched() {
    let (clear, open) = screened(searched(), Who::Itself, vec![]).adjudicate(&transaction(NAMED));
    assert_eq!(clear.parties.unwrap()[0].lists, Some(vec![]));
    assert_eq!(open, Unresolved::default());
}

#[test]
fn a_name_without_matches_stays_unknown_where_the_search_was_not_enough() {
    let one_is_missing = {
        let mut it = searched();
        it.lists.pop();
        it
    };
    let old = {
        let mut it = searched();
        it.lists[0].date = Some(day("2026-09-16"));
        it
    };
    let undated = {
        let mut it = searched();
        it.lists[3].date = None;
        it
    };
    let later = {
        let mut it = searched();
        it.lists[3].date = Some(day("2026-10-02"));
        it
    };
    let built_in = Searched { built_in: true, ..searched() };
    for (searched, says) in [
        (one_is_missing, "not searched: DTC"),
        (old, "who was added since"),
        (undated, "is not known"),
        (later, "who was removed in between"),
        (built_in, "no screening"),
    ] {
        let why = searched.insufficient(day("2026-09-24")).expect("a reason");
        assert!(why.contains(says), "{why}");
        let (same, _) = screened(searched, Who::Itself, vec![]).adjudicate(&transaction(NAMED));
        assert_eq!(same.parties.unwrap()[0].lists, None);
    }
    let mut fresh = searched();
    fresh.lists[0].date = Some(day("2026-09-17"));
    assert_eq!(fresh.insufficient(day("2026-09-24")), None, "seven days are not more than seven");
}

#[test]
fn an_open_match_stays_unknown_and_a_decided_one_becomes_a_listing_or_nothing() {
    let lists = |matches| {
        let (it, open) = screened(searched(), Who::Itself, matches).adjudicate(&transaction(NAMED));
        (it.parties.unwrap()[0].lists.clone().map(|it| it.len()), open.0.len())
    };
    assert_eq!(lists(vec![found(Verdict::Open(None))]), (None, 0));
    assert_eq!(lists(vec![found(Verdict::True(decided()))]), (Some(1), 0));
    assert_eq!(lists(vec![found(Verdict::False(decided()))]), (Some(0), 0));
    let both = vec![found(Verdict::True(decided())), found(Verdict::Open(None))];
    assert_eq!(lists(both), (Some(1), 1), "what is certain counts, and more may be found");
}

#[test]
fn an_owner_with_an_open_match_stays_open_as_a_whole() {
    let owned =
        r#"[{"role": "end-user", "lists": [], "owners": [{"name": "Nso", "percent": 60}]}]"#;
    let both = vec![found(Verdict::True(decided())), found(Verdict::Open(None))];
    let (it, _) = screened(searched(), Who::Owner(0), both).adjudicate(&transaction(owned));
    assert_eq!(it.parties.unwrap()[0].owners.as_ref().unwrap()[0].lists, None);
}

#[test]
fn listings_that_were_stated_are_not_touched() {
    let stated = transaction(r#"[{"role": "end-user", "name": "Nso", "lists": []}]"#);
    let hit = vec![found(Verdict::True(decided()))];
    assert_eq!(screened(searched(), Who::Itself, hit).adjudicate(&stated).0, stated);
}

#[test]
fn only_what_was_read_of_an_entry_is_taken_over() {
    let with =
        |coverage| listing(&screening::ListedParty { coverage, programs: vec![], ..entry("EL") });
    let unread = with(Coverage::default());
    assert_eq!((unread.scope, unread.exceptions_allowed, unread.tags), (None, None, None));
    let read = with(Coverage {
        scope: Some(Covered::ListedItems(vec!["4D004".to_owned(), "5A001.j".to_owned()])),
        exceptions_allowed: Some(vec![]),
        footnotes: Some(vec![4]),
        review_policy: Some("presumption-of-denial".to_owned()),
    });
    assert_eq!(read.scope_eccns.map(|it| it.len()), Some(2));
    assert_eq!(read.exceptions_allowed, Some(vec![]));
    assert_eq!(read.footnotes.map(|it| it.len()), Some(1));
    assert_eq!(read.review_policy.map(ReviewPolicy::as_str), Some("presumption-of-denial"));
    let odd = with(Coverage {
        scope: Some(Covered::ListedItems(vec!["everything".to_owned()])),
        exceptions_allowed: Some(vec!["XYZ".to_owned()]),
        ..Coverage::default()
    });
    assert_eq!((odd.scope, odd.scope_eccns, odd.exceptions_allowed), (None, None, None));
}

#[test]
fn the_evidence_changes_with_a_material_fact_and_with_nothing_else() {
    let subject = material::Subject {
        names: vec!["Acme  Ltd".to_owned(), "Acme".to_owned()],
        ..Default::default()
    };
    let before = material::of(&subject, &entry("EL"));
    let turned = material::Subject {
        names: vec!["ACME".to_owned(), "acme ltd".to_owned()],
        ..Default::default()
    };
    assert_eq!(before, material::of(&turned, &entry("EL")));
    let remarked = screening::ListedParty { remarks: Some("x".to_owned()), ..entry("EL") };
    assert_eq!(before, material::of(&subject, &remarked));
    assert_ne!(before, material::of(&subject, &entry("SDN")));
    let born = material::Subject { born: Some("1960".to_owned()), ..subject.clone() };
    assert_ne!(before, material::of(&born, &entry("EL")));
    let placed = screening::ListedParty {
        addresses: vec![screening::party::Address {
            text: "22 Galgalei Haplada".to_owned(),
            city: "Herzliya".to_owned(),
            ..Default::default()
        }],
        ..entry("EL")
    };
    assert_eq!(before, material::of(&subject, &placed));
    let at = |it: &str| material::Subject { address: Some(it.to_owned()), ..subject.clone() };
    assert_eq!(before, material::of(&at("1 Brotgasse, Kiel"), &placed), "it says nothing");
    let there = material::of(&at("22 Galgalei Haplada, Herzliya"), &placed);
    assert!(there.contains(&"address agrees".to_owned()), "{there:?}");
    let abroad = screening::ListedParty {
        addresses: vec![screening::party::Address {
            country: Some("VN".parse().unwrap()),
            ..placed.addresses[0].clone()
        }],
        ..placed.clone()
    };
    let moved = material::of(&subject, &abroad);
    assert!(moved.contains(&"listed country vn".to_owned()), "{moved:?}");
    assert_ne!(before, moved, "an address in another country is news");
}

#[test]
fn an_order_that_ended_after_the_day_of_its_list_may_have_been_renewed() {
    // The lists are of 2026-09-23; until is the first day on which it no longer stands.
    for (list, until, on, end) in [
        ("DPL", "2026-09-25", "2026-09-24", "ahead"),
        ("DPL", "2026-09-24", "2026-09-24", "renewed"),
        ("DPL", "2026-09-24", "2026-09-28", "renewed"),
        ("DPL", "2026-09-23", "2026-09-24", "past"),
        ("EL", "2026-09-24", "2026-09-24", "past"),
    ] {
        let entry = screening::ListedParty { until: Some(day(until)), ..entry(list) };
        let said = match End::of(&entry, day(on), &searched()) {
            End::Ahead => "ahead",
            it @ End::MayBeRenewed { .. } => {
                let note = it.note().unwrap_or_default();
                assert!(note.contains("ended on 2026-09-23"), "{note}");
                "renewed"
            }
            End::Past => "past",
        };
        assert_eq!(said, end, "{list} until {until} on {on}");
    }
}

#[test]
fn a_list_that_is_too_old_on_the_own_day_clears_nobody_as_of_another() {
    let mut screened = screened(searched(), Who::Itself, vec![]);
    let insufficient = |it: &Screened| it.names[0].insufficient(&it.searched);
    assert_eq!(insufficient(&screened), None);
    screened.names[0].own_day = Some(day("2026-12-24"));
    assert!(insufficient(&screened).is_some_and(|it| it.contains("days before 2026-12-24")));
    // What was to leave earlier and is decided later goes by the lists of then.
    screened.names[0].own_day = Some(day("2026-07-01"));
    assert_eq!(insufficient(&screened), None);
}

#[test]
fn a_decision_holds_until_a_material_fact_changes_or_its_time_is_over() {
    let subject = material::Subject { names: vec!["Acme".to_owned()], ..Default::default() };
    let rests_on = material::of(&subject, &entry("EL"));
    let decision = Decision {
        party: "ACME".to_owned(),
        list: "EL".to_owned(),
        entry: "1".to_owned(),
        same: false,
        decided: Decided { until: Some(day("2027-01-01")), ..decided() },
        rests_on,
    };
    let decisions: Decisions = [decision.clone()].into_iter().collect();
    let verdict = |subject: &material::Subject, entry: &screening::ListedParty, on: &str| {
        decisions.verdict(subject, entry, day(on))
    };
    assert!(matches!(verdict(&subject, &entry("EL"), "2026-12-31"), Verdict::False(_)));
    let Verdict::Open(Some(over)) = verdict(&subject, &entry("EL"), "2027-01-01") else {
        panic!("its time is over")
    };
    assert!(over.contains("ended on 2027-01-01"), "{over}");
    assert_eq!(verdict(&subject, &entry("SDN"), "2026-12-31"), Verdict::Open(None));
    let other = material::Subject { names: vec!["Bcme".to_owned()], ..Default::default() };
    assert_eq!(verdict(&other, &entry("EL"), "2026-12-31"), Verdict::Open(None));
    let mut renamed = entry("EL");
    renamed.names.push(screening::party::PartyName {
        text: "Akme".to_owned(),
        role: screening::party::NameRole::Alias,
        weak: false,
        parts: None,
    });
    let Verdict::Open(Some(changed)) = verdict(&subject, &renamed, "2026-12-31") else {
        panic!("a new alias reopens it")
    };
    assert!(changed.contains("new: listed name alias akme"), "{changed}");
    let later = Decision { same: true, ..decision.clone() };
    let decisions: Decisions = [decision, later].into_iter().collect();
    let verdict = decisions.verdict(&subject, &entry("EL"), day("2026-12-31"));
    assert!(matches!(verdict, Verdict::True(_)), "the last one counts");
}

#[test]
fn a_name_that_cannot_be_searched_is_not_cleared_by_a_search() {
    let query = |name: &str| screening::Query::by_name(name, screening::party::PartyKind::Unknown);
    for name in [
        "?",
        "\u{1f980}",
        " - ",
        "",
        "unknown",
        "N/A",
        "LLC",
        "Mr. X",
        "GmbH",
        "To order of shipper",
        "client in Iran",
        "Mohammed",
        &"word ".repeat(100),
        &"x".repeat(500),
    ] {
        assert!(unsearchable(&query(name)).is_some(), "{name}");
    }
    for name in [
        "Acme",
        "\u{41f}\u{43e}\u{437}\u{438}\u{442}\u{438}\u{432}",
        "3M",
        "\u{534e}\u{4e3a}",
        "Unknown Worlds",
    ] {
        assert_eq!(unsearchable(&query(name)), None, "{name}");
    }
    let many = screening::Query { aliases: vec!["Acme".to_owned(); 2_001], ..query("Acme") };
    assert!(unsearchable(&many).is_some_and(|it| it.contains("the first 2000")));
    let nicknamed = screening::Query { aliases: vec!["N/A".to_owned()], ..query("Acme") };
    assert_eq!(unsearchable(&nicknamed), None, "no alias is no doubt");
    let mut screened = screened(searched(), Who::Itself, vec![]);
    screened.names[0].unsearchable = Some("no word".to_owned());
    assert_eq!(screened.adjudicate(&transaction(NAMED)).0.parties.unwrap()[0].lists, None);
}

#[test]
fn an_old_list_that_the_law_does_not_read_makes_no_other_old() {
    let list = |code: &str, date: &str| SearchedList {
        code: code.into(),
        date: Some(date.parse().unwrap()),
        digest: String::new(),
        entries: 3,
        whole: true,
    };
    let day = "2026-11-27".parse().unwrap();
    let lists =
        vec![list("EL", "2026-11-26"), list("SDN", "2026-11-25"), list("FSE", "2022-04-21")];
    let searched = Searched { lists, max_age: 7, ..Searched::default() };
    assert_eq!(
        searched.dated(day).unwrap(),
        "2026-11-25 (older, and not read by the law: FSE of 2022-04-21)"
    );
    let lists = vec![list("EL", "2026-11-26"), list("FSE", "2026-11-24")];
    let searched = Searched { lists, ..searched };
    assert_eq!(searched.dated(day).unwrap(), "2026-11-26");
    let searched = Searched { lists: vec![list("FSE", "2022-04-21")], ..searched };
    assert_eq!(searched.dated(day).unwrap(), "2022-04-21");
}
