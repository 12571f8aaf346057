//! The interview, with everything typed at once.

use crate::{exeat_in, folder};

fn saved(folder: &std::path::Path) -> String {
    std::fs::read_to_string(folder.join("t.yaml")).unwrap()
}

#[test]
fn an_interview_asks_saves_and_goes_on() {
    let folder = folder("ask");
    let run = exeat_in(&folder, &["ask", "t.yaml"], "2026-09-24\nexport\nVN\n4D004\nquit\n");
    assert_eq!(run.code, 4, "{}{}", run.out, run.err);
    assert!(run.out.contains("On which day does it leave?"), "{}", run.out);
    assert!(run.out.contains("What is proposed?"), "{}", run.out);
    assert!(run.err.contains("saved as t.yaml"), "{}", run.err);
    insta::assert_snapshot!(saved(&folder), @r"
    date: 2026-09-24
    activity: export
    destination: VN
    items:
      - eccn: 4D004
    ");

    // What was answered is not asked again.
    let run = exeat_in(&folder, &["ask", "t.yaml"], "quit\n");
    assert!(!run.out.contains("What is proposed?"), "{}", run.out);
    assert!(saved(&folder).contains("destination: VN"));
    assert!(exeat_in(&folder, &["check", "t.yaml"], "").out.starts_with("Not yet."));
}

#[test]
fn going_back_forgets_the_last_answer() {
    let folder = folder("back");
    let typed = "2026-09-24\nexport\nVN\nback\nIL\nquit\n";
    exeat_in(&folder, &["ask", "t.yaml"], typed);
    assert!(saved(&folder).contains("destination: IL"), "{}", saved(&folder));
}

#[test]
fn an_answer_that_cannot_be_is_asked_again() {
    let folder = folder("again");
    let typed = "tomorrow\n2026-09-24\nsmuggling\n1\nNarnia\n?\nVN\nquit\n";
    let run = exeat_in(&folder, &["ask", "t.yaml"], typed);
    assert!(run.out.contains("`smuggling` is not on the list"), "{}", run.out);
    assert!(run.out.contains("It is the field destination."), "{}", run.out);
    insta::assert_snapshot!(saved(&folder), @r"
    date: 2026-09-24
    activity: export
    destination: VN
    ");
}

#[test]
fn an_example_is_asked_until_it_is_settled() {
    let folder = folder("settled");
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../examples/vietnam-bank.yaml"
    ))
    .unwrap();
    std::fs::write(folder.join("bank.yaml"), text).unwrap();
    let run = exeat_in(&folder, &["ask", "bank.yaml", "--out", "t.yaml"], "");
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("Settled: may go under ACE."), "{}", run.out);
}

#[test]
fn a_file_is_not_overwritten_by_surprise() {
    let folder = folder("surprise");
    std::fs::write(folder.join("transaction.yaml"), "date: 2026-09-24\n").unwrap();
    let run = exeat_in(&folder, &["ask"], "quit\n");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("`transaction.yaml` is already there"), "{}", run.err);
}

#[test]
fn a_file_in_which_a_key_stands_twice_is_refused_and_left_as_it_was() {
    let folder = folder("ask-twice");
    let sale = "date: 2026-09-24\nactivity: export\nparties:\n- role: end-user\n  \
                lists: [{list: DPL}]\n  lists: []\n";
    std::fs::write(folder.join("t.yaml"), sale).unwrap();
    let run = exeat_in(&folder, &["ask", "t.yaml"], "quit\n");
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.err.contains("parties[0].lists: given twice"), "{}", run.err);
    assert_eq!(saved(&folder), sale);
    let json = r#"{"date": "2026-09-24", "activity": "export", "destination": "IR",
                   "destination": "DE", "items": [{"value_usd": 0.12345}]}"#;
    std::fs::write(folder.join("t.json"), json).unwrap();
    let run = exeat_in(&folder, &["ask", "t.json", "--out", "o.yaml"], "quit\n");
    assert_eq!(run.code, 1, "{}", run.out);
    for said in ["destination: given twice", "items[0].value_usd: too large or too fine"] {
        assert!(run.err.contains(said), "{}", run.err);
    }
    assert!(!folder.join("o.yaml").exists());
}

#[test]
fn what_is_published_is_asked_for_nothing_else() {
    let folder = folder("ask-published");
    let typed = "2026-09-24\nexport\n\n4D004\nyes\nsource-code\nquit\n";
    let run = exeat_in(&folder, &["ask", "t.yaml"], typed);
    assert!(run.out.contains("Is it published, or published by this"), "{}", run.out);
    assert!(run.out.contains("No license is needed either way: "), "{}", run.out);
    assert!(run.out.contains("Free either way. No license is needed"), "{}", run.out);
    assert!(!run.out.contains("full name"), "{}", run.out);
    assert_eq!(run.code, 4, "the outcome is not one of the two yet");
    // Encryption has a condition of its own.
    let typed = "2026-09-24\nexport\n\n5D002.c.1\nyes\nsource-code\nquit\n";
    let run = exeat_in(&folder, &["ask", "e.yaml"], typed);
    assert!(!run.out.contains("either way"), "{}", run.out);
}

#[test]
fn a_release_asks_for_the_person_and_all_nationalities() {
    let folder = folder("ask-release");
    let begun = "2026-09-24\ndeemed-export\n4D004\n\n";
    let run = exeat_in(&folder, &["ask", "t.yaml"], format!("{begun}quit\n"));
    let asked = "Of which countries is the person to whom it is released a citizen or a permanent \
                 resident?";
    assert!(run.out.contains(asked), "{}", run.out);
    for foreign in ["ultimate destination", "Who owns", "whom nobody named"] {
        assert!(!run.out.contains(foreign), "{foreign}: {}", run.out);
    }
    let run = exeat_in(&folder, &["ask", "u.yaml"], format!("{begun}Iran, DE\nquit\n"));
    assert!(run.out.contains("citizen or permanent resident of Iran?"), "{}", run.out);
    let saved = std::fs::read_to_string(folder.join("u.yaml")).unwrap();
    assert!(saved.contains("role: employee") && saved.contains("country: IR"), "{saved}");
    assert_eq!(run.code, 4);
}

#[test]
fn a_destination_of_a_release_is_no_nationality() {
    let folder = folder("ask-release-told");
    let sale = "date: 2026-09-24\nactivity: deemed-export\ndestination: CN\n\
                items: [{eccn: 4D004, form: source-code}]\n\
                parties: [{role: employee, country: US, sector: private-other, lists: []}]\n\
                end_use: {purposes: [product-development], knows: []}\n";
    std::fs::write(folder.join("t.yaml"), sale).unwrap();
    let run = exeat_in(&folder, &["ask", "t.yaml"], "CN\nquit\n");
    assert!(run.out.contains("Of which countries is the employee a citizen"), "{}", run.out);
    assert_eq!(run.code, 0, "{}", run.out);
    let run = exeat_in(&folder, &["ask", "t.yaml", "--out", "skipped.yaml"], "\n\n\n\n");
    assert_eq!(run.code, 0, "it is answered: {}", run.out);
}

#[test]
fn a_country_is_answered_by_its_name_and_help_is_short() {
    let folder = folder("ask-country");
    let typed = "2026-09-24\nexport\n?\nvietnam\n4D004\nno\nquit\n";
    let run = exeat_in(&folder, &["ask", "t.yaml"], typed);
    assert!(run.out.contains("such as VN or Vietnam"), "{}", run.out);
    assert!(saved(&folder).contains("destination: VN"), "{}", saved(&folder));
    assert!(run.out.contains("`exeat classify` finds out"), "{}", run.out);
    let longest = run.out.lines().map(str::len).max().unwrap_or_default();
    assert!(longest < 400, "{}", run.out);
}

#[test]
fn what_was_passed_over_is_not_called_nothing() {
    let folder = folder("ask-passed-over");
    let typed = "2026-09-24\nexport\nVN\n4D004\nno\n".to_owned() + &"\n".repeat(40);
    let run = exeat_in(&folder, &["ask", "t.yaml"], typed);
    assert!(run.out.contains("that are left were passed over"), "{}", run.out);
    assert!(!run.out.contains("nothing is left to ask"), "{}", run.out);
}

#[test]
fn the_name_of_an_end_user_whom_nobody_named_can_be_given() {
    let folder = folder("ask-unnamed");
    let sale = "date: 2026-09-24\nactivity: export\ndestination: VN\nitems: [{eccn: 4D004}]\n\
                parties: [{role: purchaser, country: VN, sector: reseller, lists: []}]\n\
                end_use: {purposes: [resale]}\n";
    std::fs::write(folder.join("t.yaml"), sale).unwrap();
    let run = exeat_in(&folder, &["ask", "t.yaml"], "Example Bank\nquit\n");
    assert!(run.out.contains("What is its full name?"), "{}", run.out);
    assert!(!run.out.contains("role: must be given"), "{}", run.out);
    let saved = saved(&folder);
    assert!(saved.contains("role: end-user") && saved.contains("Example Bank"), "{saved}");
}

#[test]
fn a_name_that_nobody_knows_may_be_left_open_and_what_follows_is_said() {
    let folder = folder("ask-nobody");
    let begun = "2026-09-24\nexport\nVN\n4D004\nno\n";
    let run = exeat_in(&folder, &["ask", "t.yaml"], format!("{begun}I don't know\n\nquit\n"));
    assert!(run.out.contains("`I don't know` names nobody who could be searched."), "{}", run.out);
    assert!(run.out.contains("The name may be left open: press Enter."), "{}", run.out);
    assert_eq!(run.out.matches("What is its full name?").count(), 1, "{}", run.out);
    assert!(!saved(&folder).contains("know"), "{}", saved(&folder));
}

#[test]
fn whoever_is_named_as_the_user_and_sells_on_is_not_taken_for_one() {
    let folder = folder("ask-reseller");
    let begun = "2026-09-24\nexport\nDE\n4D004\nno\nnone\nreseller\n";
    let ask = ["ask", "t.yaml", "--no-screening"];
    let run = exeat_in(&folder, &ask, format!("{begun}\n\nquit\n"));
    assert!(run.out.contains("use the item itself, or does somebody get it"), "{}", run.out);
    let (_, then) = run.out.split_once("use the item itself").unwrap();
    assert!(then.contains("Who is the end user, and on which lists"), "{}", run.out);
    assert!(saved(&folder).contains("role: ultimate-consignee"), "{}", saved(&folder));
    assert_eq!(run.code, 4);
    // Not knowing is no yes.
    std::fs::remove_file(folder.join("t.yaml")).unwrap();
    exeat_in(&folder, &ask, format!("{begun}skip\nquit\n"));
    assert!(saved(&folder).contains("role: ultimate-consignee"), "{}", saved(&folder));
    // Who uses it all the same is asked once.
    std::fs::remove_file(folder.join("t.yaml")).unwrap();
    let typed = format!("{begun}end-user\nobject-code\ndefensive-testing\n");
    let run = exeat_in(&folder, &ask, typed);
    assert!(run.out.contains("Settled: may go under ACE."), "{}", run.out);
    assert!(saved(&folder).contains("end_user_known: true"), "{}", saved(&folder));
    let run = exeat_in(&folder, &ask, "quit\n");
    assert!(!run.out.contains("use the item itself"), "{}", run.out);
    assert_eq!(run.code, 0, "{}", run.out);
}

#[test]
fn whose_government_a_body_is_is_not_taken_from_where_it_is() {
    let folder = folder("ask-embassy");
    let begun = "2026-09-24\nexport\nDE\n4D004\nno\nnone\nforeign-affairs\nobject-code\n\
                 defensive-testing\n";
    let ask = ["ask", "t.yaml", "--no-screening"];
    let run = exeat_in(&folder, &ask, format!("{begun}China\n"));
    assert!(
        run.out.contains("Of which country's government is the end user a body?"),
        "{}",
        run.out
    );
    assert!(saved(&folder).contains("government_of: CN"), "{}", saved(&folder));
    assert_eq!(run.code, 3, "{}", run.out);
    // Left open it is presumed, and the answer is that of a check.
    let run = exeat_in(&folder, &["ask", "u.yaml", "--no-screening"], format!("{begun}\n"));
    assert_eq!(run.code, 0, "{}", run.out);
    let check = exeat_in(&folder, &["check", "u.yaml", "--no-screening"], "");
    assert!(run.out.ends_with(&check.out), "{}\n{}", run.out, check.out);
}

#[test]
fn what_answers_about_a_product_leave_open_is_asked() {
    let folder = folder("ask-answers");
    let sale = "date: 2026-09-24\nactivity: export\ndestination: DE\nitems:\n\
                - name: tool\n  answers: {generates-intrusion-software: true}\n";
    std::fs::write(folder.join("t.yaml"), sale).unwrap();
    let check = exeat_in(&folder, &["check", "t.yaml", "--no-screening", "--format", "json"], "");
    assert!(!check.out.contains("told-otherwise"), "nobody can be asked that: {}", check.out);
    let run =
        exeat_in(&folder, &["ask", "t.yaml", "--no-screening"], "no\nobject-code\nmaybe\nquit\n");
    assert!(run.out.contains("Does the US Munitions List describe it"), "{}", run.out);
    assert!(run.out.contains("commodity jurisdiction request"), "what counts: {}", run.out);
    assert!(run.out.contains("`maybe` is neither yes nor no"), "{}", run.out);
    let saved = saved(&folder);
    assert!(saved.contains("described-on-usml: false"), "{saved}");
    assert!(saved.contains("form: object-code"), "a field, and no second answer: {saved}");
}
