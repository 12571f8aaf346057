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
