use super::*;
use std::path::PathBuf;

fn file(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("exeat-decisions-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    let _ = fs::remove_file(&path);
    path
}

fn decision(same: bool) -> Decision {
    Decision {
        party: "Müller \"& Sons\"\n".to_owned(),
        list: "EL".to_owned(),
        entry: "7".to_owned(),
        same,
        decided: Decided {
            by: "kim".to_owned(),
            why: "another country".to_owned(),
            on: "2026-09-24".parse().unwrap(),
            until: Some("2027-09-24".parse().unwrap()),
        },
        rests_on: vec!["list el".to_owned(), "party name x".to_owned()],
    }
}

#[test]
fn what_is_added_is_read_again_and_what_stood_there_stays() {
    let path = file("kept.toml");
    fs::write(&path, "# ours, with a remark\n").unwrap();
    add(&path, &decision(false), "MUELLER").unwrap();
    add(&path, &decision(true), "MUELLER").unwrap();
    assert_eq!(entries(&path).unwrap(), vec![decision(false), decision(true)]);
    assert!(fs::read_to_string(&path).unwrap().starts_with("# ours, with a remark\n"));
}

#[test]
fn a_file_that_is_not_there_holds_no_decisions() {
    assert!(read(&file("none.toml")).unwrap().is_empty());
}

#[test]
fn a_decision_that_cannot_be_understood_is_not_passed_over() {
    let path = file("broken.toml");
    for text in
        ["[[decision]]\nparty = \"x\"\n", "decision = 3\n", "[[decision]]\nsame = \"maybe\"\n"]
    {
        fs::write(&path, text).unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.contains("broken.toml"), "{error}");
    }
}
