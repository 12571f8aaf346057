use super::*;

#[test]
fn a_settled_permission_may_be_released_by_the_one_who_prepared_it() {
    let story = Story::with(Outcome::LicenseException);
    assert_eq!(story.case.stage(), Stage::Permitted);
    let story = story.does("ana", Command::Release(in_force()));
    assert_eq!(story.case.stage(), Stage::Released);
    story.does("ana", leaving());
}

#[test]
fn nobody_approves_what_they_prepared() {
    let mut story = Story::in_review(Outcome::LicenseException);
    let binding = story.case.binding().unwrap();
    assert_eq!(story.refuses("ana", Command::Approve(binding, "me".into())), "four-eyes");
    story.does("bob", Command::Approve(binding, "I looked".into()));
}

#[test]
fn who_changed_facts_decided_a_match_or_brought_the_license_prepared_it_too() {
    for command in
        [Command::ChangeFacts(json!({"destination": "XB"}), "another place".into()), license(None)]
    {
        let mut story = Story::with(Outcome::LicenseRequired).does("bob", command);
        let again = finding(&story.case, Outcome::LicenseRequired, "law-1", "lists-1");
        story = story
            .does("ana", Command::Determine(again.into()))
            .does("ana", Command::RequestReview(String::new()));
        let binding = story.case.binding().unwrap();
        assert_eq!(story.refuses("bob", Command::Approve(binding, "me".into())), "four-eyes");
    }
}

#[test]
fn what_a_key_prepared_the_person_behind_it_prepared() {
    let mut story = Story::default();
    let key = Who::key("key:1", Some("bob".into()));
    story.ask(&key, opening()).unwrap();
    let found = finding(&story.case, Outcome::LicenseException, "law-1", "lists-1");
    let mut story = story
        .does("ana", Command::Determine(found.into()))
        .does("ana", Command::RequestReview(String::new()));
    let binding = story.case.binding().unwrap();
    assert_eq!(story.refuses("bob", Command::Approve(binding, "me".into())), "four-eyes");
}

#[test]
fn no_key_and_no_program_approves() {
    let story = Story::in_review(Outcome::LicenseException);
    let binding = story.case.binding().unwrap();
    for who in [Who::key("key:1", None), Who::system("system:watch")] {
        let refused = story.case.decide(&who, &Command::Approve(binding, "yes".into()), now());
        assert_eq!(refused.unwrap_err(), Refusal::PersonOnly);
    }
}

#[test]
fn an_approval_is_of_what_the_approver_saw() {
    let mut story = Story::in_review(Outcome::LicenseException);
    let seen = Digest::of(b"another case");
    assert_eq!(story.refuses("bob", Command::Approve(seen, "yes".into())), "not-what-you-saw");
}

#[test]
fn an_approval_lapses_when_the_facts_change() {
    let mut story = Story::approved(Outcome::LicenseException)
        .does("ana", Command::ChangeFacts(json!({"destination": "XB"}), "moved".into()));
    assert_eq!(story.case.approver(), None);
    assert_eq!(story.refuses("bob", Command::Release(in_force())), "undecided");
    let again = finding(&story.case, Outcome::LicenseException, "law-1", "lists-1");
    let mut story = story.does("ana", Command::Determine(again.into()));
    assert!(story.case.approval_lapsed());
    let careful = InForce { approve_all: true, ..in_force() };
    assert_eq!(story.refuses("bob", Command::Release(careful)), "needs-approval");
}

#[test]
fn an_approval_lapses_when_newer_lists_or_law_answer_otherwise() {
    for (law, lists) in [("law-1", "lists-2"), ("law-2", "lists-1")] {
        let story = Story::approved(Outcome::LicenseException);
        let after = finding(&story.case, Outcome::LicenseRequired, law, lists);
        let story = story.does("watch", Command::Watch(Cause::Lists, after.into()));
        assert!(story.case.approval_lapsed());
        assert_eq!(story.case.stage(), Stage::Changed);
    }
}

#[test]
fn an_approval_stands_where_newer_lists_answer_the_same() {
    let story = Story::approved(Outcome::LicenseException);
    let same = finding(&story.case, Outcome::LicenseException, "law-1", "lists-2");
    let mut story = story;
    let events = story.ask(&person("watch"), Command::Watch(Cause::Lists, same.clone().into()));
    assert_eq!(events, Ok(0));
    // To be released it must have been decided under the lists in force.
    let newer = InForce { lists: "lists-2".into(), ..in_force() };
    assert_eq!(story.refuses("bob", Command::Release(newer.clone())), "outdated");
    let story =
        story.does("ana", Command::Determine(same.into())).does("bob", Command::Release(newer));
    assert_eq!(story.case.stage(), Stage::Released);
}

#[test]
fn a_released_case_that_is_answered_otherwise_does_not_ship() {
    let story = Story::with(Outcome::LicenseException).does("ana", Command::Release(in_force()));
    let after = finding(&story.case, Outcome::Prohibited, "law-1", "lists-2");
    let mut story = story.does("watch", Command::Watch(Cause::Lists, after.into()));
    let change = story.case.change.clone().unwrap();
    assert!(change.released);
    assert_eq!(change.found.before.outcome, Outcome::LicenseException);
    assert_eq!(change.found.after.outcome, Outcome::Prohibited);
    assert_eq!(story.refuses("ana", leaving()), "unanswered-change");
    let mut story = story.does("ana", Command::AnswerChange("stopped at the dock".into()));
    assert_eq!(story.refuses("ana", leaving()), "not-released");
}

#[test]
fn a_change_noticed_while_deciding_again_is_a_change_too() {
    let story = Story::with(Outcome::LicenseException).does("ana", Command::Release(in_force()));
    let after = finding(&story.case, Outcome::LicenseRequired, "law-2", "lists-1");
    let story = story.does("ana", Command::Determine(after.into()));
    assert_eq!(story.case.change.unwrap().found.cause, Cause::Law);
}

#[test]
fn open_matches_stop_review_and_release() {
    let story = Story::opened();
    let mut found = finding(&story.case, Outcome::NeedsReview, "law-1", "lists-1");
    found.matches = vec![matched(Verdict::Open)];
    let mut story = story.does("ana", Command::Determine(found.into()));
    assert_eq!(story.case.stage(), Stage::Open);
    assert_eq!(story.refuses("ana", Command::RequestReview(String::new())), "open-matches");
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "open-matches");
    let propose =
        Command::ProposeOverruling(Outcome::LicenseException, "surely somebody else".into());
    assert_eq!(story.refuses("ana", propose), "open-matches");
}

#[test]
fn who_cleared_a_match_does_not_release_it_alone() {
    let story = Story::opened();
    let mut found = finding(&story.case, Outcome::NeedsReview, "law-1", "lists-1");
    found.matches = vec![matched(Verdict::Open)];
    let story = story.does("ana", Command::Determine(found.into()));
    let story = story.does("ana", judgment(Verdict::Other));
    let mut cleared = finding(&story.case, Outcome::LicenseException, "law-1", "lists-1");
    cleared.matches = vec![matched(Verdict::Other)];
    let mut story = story.does("ana", Command::Determine(cleared.into()));
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "needs-approval");
    let story = story.does("ana", Command::RequestReview(String::new()));
    let binding = story.case.binding().unwrap();
    story
        .does("bob", Command::Approve(binding, "agreed".into()))
        .does("ana", Command::Release(in_force()));
}

#[test]
fn a_match_that_nobody_found_cannot_be_decided() {
    let mut story = Story::with(Outcome::LicenseException);
    assert_eq!(story.refuses("ana", judgment(Verdict::Other)), "no-such-match");
}

#[test]
fn a_review_of_open_questions_cannot_end_in_an_approval() {
    let mut story = Story::in_review(Outcome::NeedsReview);
    let binding = story.case.binding().unwrap();
    assert_eq!(story.refuses("bob", Command::Approve(binding, "yes".into())), "unresolved");
    story.does("bob", Command::Return("who is the end user?".into()));
}

#[test]
fn one_person_may_be_stricter_and_nothing_leaves() {
    let mut story = Story::with(Outcome::LicenseException)
        .does("ana", Command::Restrict(Outcome::LicenseRequired, "I know this buyer".into()));
    assert_eq!(story.case.outcome(), Some(Outcome::LicenseRequired));
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "not-permissive");
    let freer = Command::Restrict(Outcome::NotSubject, "I know this buyer".into());
    assert_eq!(story.refuses("ana", freer), "not-stricter");
}

#[test]
fn to_be_freer_than_the_engine_takes_two_and_an_approval() {
    let why = || "the ministry confirmed it in writing".to_owned();
    let mut story = Story::with(Outcome::LicenseRequired)
        .does("eve", Command::ProposeOverruling(Outcome::NoLicenseRequired, why()));
    assert_eq!(story.case.outcome(), Some(Outcome::LicenseRequired), "a proposal changes nothing");
    assert_eq!(story.refuses("eve", Command::ConfirmOverruling(why())), "own-proposal");
    assert_eq!(story.refuses("ana", Command::ConfirmOverruling(why())), "four-eyes");
    let mut story = story.does("bob", Command::ConfirmOverruling(why()));
    assert_eq!(story.case.outcome(), Some(Outcome::NoLicenseRequired));
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "needs-approval");
    let mut story = story.does("ana", Command::RequestReview(String::new()));
    let binding = story.case.binding().unwrap();
    assert_eq!(story.refuses("eve", Command::Approve(binding, "yes".into())), "four-eyes");
    let story = story
        .does("bob", Command::Approve(binding, "yes".into()))
        .does("ana", Command::Release(in_force()));
    assert!(story.case.view().labels.contains(row::OVERRULED));
}

#[test]
fn a_word_is_no_reason_to_overrule() {
    let mut story = Story::with(Outcome::LicenseRequired);
    let propose = Command::ProposeOverruling(Outcome::NoLicenseRequired, "ok".into());
    assert_eq!(story.refuses("eve", propose), "length");
}

#[test]
fn an_overruling_does_not_outlive_the_answer_it_was_about() {
    let why = || "the ministry confirmed it in writing".to_owned();
    let story = Story::with(Outcome::LicenseRequired)
        .does("eve", Command::ProposeOverruling(Outcome::NoLicenseRequired, why()))
        .does("bob", Command::ConfirmOverruling(why()));
    let after = finding(&story.case, Outcome::Prohibited, "law-1", "lists-2");
    let story = story.does("watch", Command::Watch(Cause::Lists, after.into()));
    assert_eq!(story.case.outcome(), Some(Outcome::Prohibited));
    assert_eq!(story.case.overruling.history.len(), 1, "the record shows it forever");
}

#[test]
fn a_license_lets_it_go_after_an_approval_and_on_its_days_only() {
    let story = Story::with(Outcome::LicenseRequired).does("ana", license(Some(date(2026, 9, 25))));
    let mut story = story.does("ana", Command::RequestReview(String::new()));
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "needs-approval");
    let binding = story.case.binding().unwrap();
    let mut story = story
        .does("bob", Command::Approve(binding, "within the license".into()))
        .does("ana", Command::Release(in_force()));
    let late = Left {
        id: "1".into(),
        on: Some(date(2026, 9, 25)),
        filing: "none".into(),
        text: String::new(),
    };
    assert_eq!(story.refuses("ana", Command::Ship(late)), "not-covered");
    story.does("ana", leaving());
}

#[test]
fn a_license_does_not_take_the_place_of_an_approval_where_somebody_restricted_it() {
    let story = Story::with(Outcome::NotAnExport)
        .does("ana", license(None))
        .does("bob", Command::Restrict(Outcome::LicenseRequired, "it is one after all".into()));
    let mut story = story;
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "needs-approval");
    let story = story.does("ana", Command::RequestReview(String::new()));
    let binding = story.case.binding().unwrap();
    story
        .does("bob", Command::Approve(binding, "within the license".into()))
        .does("ana", Command::Release(in_force()));
}

/// Everything but the release, with what was granted.
fn licensed(granted: Granted) -> Story {
    let story = Story::with(Outcome::LicenseRequired).does("ana", Command::Authorize(granted));
    let story = story.does("ana", Command::RequestReview(String::new()));
    let binding = story.case.binding().unwrap();
    story.does("bob", Command::Approve(binding, "it is a license".into()))
}

#[test]
fn a_license_for_something_else_lets_nothing_go() {
    let other = |change: fn(&mut Granted)| {
        let mut it = granted(None);
        change(&mut it);
        it
    };
    for (granted, why) in [
        (other(|it| it.agency = "OFAC".into()), "it takes BIS"),
        (other(|it| it.destinations = vec!["IS".into()]), "it is for IS, and this goes to XA"),
        (other(|it| it.items = vec!["4D00".into()]), "it is for 4D00, and this is 4D004"),
        (other(|it| it.parties.truncate(1)), "it does not name `Ministry`, the end-user"),
        (other(|it| it.from = Some(date(2026, 10, 1))), "it does not count on 2026-09-24"),
        (other(|it| it.quantity = Some(2)), "of its quantity 2 is left, and this is 3"),
        (other(|it| it.value_usd = Some(9)), "the transaction does not tell it"),
    ] {
        let mut story = licensed(granted);
        let refused = story.ask(&person("ana"), Command::Release(in_force())).unwrap_err();
        assert_eq!(refused.code(), "not-covered");
        assert!(refused.to_string().contains(why), "{refused}");
    }
    licensed(other(|it| it.quantity = Some(3))).does("ana", Command::Release(in_force()));
}

#[test]
fn two_licenses_share_a_case_where_each_covers_a_line_as_a_whole() {
    let story = |second: Granted| {
        let mut story = Story::with(Outcome::LicenseRequired);
        let mut finding = story.case.determination.finding.clone().unwrap();
        let mut needed = finding.needed.take().unwrap();
        needed.items.push(NeededItem { eccn: Some("5A001.j".into()), ..NeededItem::default() });
        finding.needed = Some(needed);
        story = story.does("ana", Command::Determine(finding.into()));
        let story = story
            .does("ana", license(None))
            .does("ana", Command::Authorize(second))
            .does("ana", Command::RequestReview(String::new()));
        let binding = story.case.binding().unwrap();
        story.does("bob", Command::Approve(binding, "within both".into()))
    };
    let second = |items: &str| Granted {
        number: "D123457".into(),
        items: vec![items.into()],
        ..granted(None)
    };
    let mut short = story(second("5A001.b"));
    let refused = short.ask(&person("ana"), Command::Release(in_force())).unwrap_err();
    assert!(refused.to_string().contains("nor does any cover 5A001.j"), "{refused}");
    story(second("5A001.j")).does("ana", Command::Release(in_force()));
}

#[test]
fn what_others_released_on_a_license_is_not_left() {
    let mut story = licensed(Granted { quantity: Some(10), ..granted(None) });
    let drawn = |quantity| {
        let number = "D123456".to_owned();
        let drawn = vec![Drawn { number, quantity, value: 0 }];
        Command::Release(InForce { drawn, ..in_force() })
    };
    assert_eq!(story.refuses("ana", drawn(7_001)), "not-covered");
    let story = story.does("ana", drawn(7_000));
    assert_eq!(story.case.drawn("D123456").unwrap().quantity, 3000);
    assert_eq!(story.case.drawn("D123457"), None);
}

#[test]
fn a_license_names_who_granted_it_and_what_it_is_for() {
    let mut story = Story::with(Outcome::LicenseRequired);
    for (agency, code) in [("Ministry of Fish", "no-authority"), ("State", "no-authority")] {
        let it = Granted { agency: agency.into(), ..granted(None) };
        assert_eq!(story.refuses("ana", Command::Authorize(it)), code);
    }
    for it in [
        Granted { until: None, ..granted(None) },
        Granted { destinations: Vec::new(), ..granted(None) },
        Granted { items: Vec::new(), ..granted(None) },
        Granted { parties: Vec::new(), ..granted(None) },
    ] {
        assert_eq!(story.refuses("ana", Command::Authorize(it)), "missing");
    }
    let it = Granted { agency: "Bureau of Industry and Security".into(), ..granted(None) };
    let mut story = story.does("ana", Command::Authorize(it));
    assert_eq!(story.refuses("ana", license(None)), "twice");
}

#[test]
fn a_license_that_was_recorded_in_words_only_is_read_and_covers_nothing() {
    let words =
        r#"{"number": "D123456", "agency": "BIS", "scope": "all of it", "until": "2030-01-01"}"#;
    let kind = crate::name::Kind::of("authorization-recorded");
    let told = Happened::read(&kind, words).unwrap();
    assert!(!told.parts().unwrap().1.contains("destinations"));
    let mut story = Story::with(Outcome::LicenseRequired);
    let before = story.case.binding();
    story.case.apply("ana", &told);
    assert_ne!(story.case.binding(), before);
    let binding = story.case.binding().unwrap();
    story.told.push(("ana".into(), told));
    let mut story = story
        .does("ana", Command::RequestReview(String::new()))
        .does("bob", Command::Approve(binding, "fine".into()));
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "not-covered");
    // It can be recorded once more, with what it says.
    story.does("ana", license(None));
}

#[test]
fn a_suspended_license_ends_the_approval_that_rested_on_it() {
    let story = Story::with(Outcome::LicenseRequired)
        .does("ana", license(None))
        .does("ana", Command::RequestReview(String::new()));
    let binding = story.case.binding().unwrap();
    let story = story.does("bob", Command::Approve(binding, "within the license".into()));
    let (id, why) = ("D123456".to_owned(), "a letter".to_owned());
    let suspend = Command::Authorization(authorization::Step::Suspend, id, why);
    let mut story = story.does("ana", suspend);
    assert_eq!(story.case.approver(), None);
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "not-permissive");
}

#[test]
fn no_license_helps_what_is_prohibited() {
    let story = Story::with(Outcome::Prohibited).does("ana", license(None));
    let mut story = story.does("ana", Command::RequestReview(String::new()));
    let binding = story.case.binding().unwrap();
    story = story.does("bob", Command::Approve(binding, "it is prohibited".into()));
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "not-permissive");
}

#[test]
fn a_held_case_does_not_move() {
    let mut story = Story::in_review(Outcome::LicenseException)
        .does("ana", Command::Hold("a call from the bank".into()));
    let binding = story.case.binding().unwrap();
    assert_eq!(story.refuses("bob", Command::Approve(binding, "yes".into())), "held");
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "held");
    story.does("bob", Command::LiftHold("settled".into()));
}

#[test]
fn a_closed_case_takes_notes_and_nothing_else() {
    let mut story = Story::with(Outcome::LicenseException)
        .does("ana", Command::Close("not bought".into()))
        .does("ana", Command::Note("called again".into()));
    assert_eq!(story.refuses("ana", Command::Release(in_force())), "closed");
    let story = story.does("ana", Command::Reopen("bought after all".into()));
    assert_eq!(story.case.stage(), Stage::Permitted);
}

#[test]
fn a_finding_about_other_facts_is_not_put_down() {
    let mut story = Story::opened();
    let found = finding(&story.case, Outcome::LicenseException, "law-1", "lists-1");
    let change = Command::ChangeFacts(json!({"destination": "XB"}), "moved".into());
    let mut story = {
        story = story.does("ana", change);
        story
    };
    assert_eq!(story.refuses("ana", Command::Determine(found.into())), "other-facts");
}

#[test]
fn facts_that_are_the_same_change_nothing() {
    let mut story = Story::with(Outcome::LicenseException);
    let same = json!({"items": [{"eccn": "4D004"}], "destination": "XA"});
    assert_eq!(story.ask(&person("ana"), Command::ChangeFacts(same, "typo".into())), Ok(0));
}

#[test]
fn the_queue_shows_what_a_case_has_come_to() {
    let story = Story::in_review(Outcome::LicenseException)
        .does("ana", Command::Prioritize(Priority::High))
        .does("ana", Command::Assign(Some("bob".into())))
        .does("ana", Command::SetDue(Some(date(2026, 10, 1))))
        .does("ana", Command::SetLabels(vec!["csirt".into()]));
    let view = story.case.view();
    assert_eq!(view.state, "in-review");
    assert_eq!(view.assignee.as_deref(), Some("bob"));
    assert_eq!(view.priority, 1);
    assert_eq!(view.outcome.as_deref(), Some("license-exception"));
    let labels: Vec<&str> = view.labels.iter().map(String::as_str).collect();
    assert_eq!(labels, ["by:ana", "is:in-review", "is:watched", "tag:csirt"]);
}
