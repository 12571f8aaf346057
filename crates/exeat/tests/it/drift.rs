//! Which official paragraphs changed, told from a file in the official shape.

use crate::{exeat, exeat_in, folder};
use serde_json::Value;
use std::path::Path;

/// Two paragraphs of 740.22 in words of our own.
fn official(folder: &Path, name: &str, second: &str) {
    let text = format!(
        "<?xml version=\"1.0\"?><DLPSTEXTCLASS><TEXT><BODY><ECFRBRWS><DIV1 N=\"2\" TYPE=\"TITLE\">\
         <DIV5 N=\"740\" TYPE=\"PART\"><DIV8 N=\"740.22\" TYPE=\"SECTION\"><HEAD>740.22 ACE</HEAD>\
         <P>(a) <I>Scope.</I> Rain.</P><P>(c) <I>Limits.</I> None but:</P><P>(1) Snow.</P>\
         <P>(2) {second}</P></DIV8></DIV5></DIV1></ECFRBRWS></BODY></TEXT></DLPSTEXTCLASS>"
    );
    std::fs::write(folder.join(name), text).unwrap();
}

/// The rulebook in a folder of its own, so that digests can be recorded there.
fn rulebook(folder: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks/us-ear");
    for (from, to) in [(from.join("tables"), folder.join("us/tables")), (from, folder.join("us"))] {
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
            }
        }
    }
}

#[test]
fn what_changed_since_it_was_recorded_is_shown_beside_our_block_and_nothing_is_stored() {
    let folder = folder("drift");
    rulebook(&folder);
    official(&folder, "then.xml", "Hail.");
    official(&folder, "now.xml", "Hail and sleet.");
    let record = ["--rules", "us", "--record", "--day", "2026-09-24"];
    let run = exeat_in(&folder, &[&["rules", "drift", "then.xml"][..], &record].concat(), "");
    assert_eq!(run.code, 0, "{}", run.err);
    let kept = std::fs::read_to_string(folder.join("us/official.digests")).unwrap();
    assert!(kept.contains(" 740.22(c)(2)\n") && !kept.contains("Hail"), "{kept}");
    let run = exeat_in(&folder, &["rules", "drift", "now.xml", "--rules", "us"], "");
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.out.contains("official │ (2) Hail and sleet."), "{}", run.out);
    assert!(run.out.contains("bar ACE 740.22(c)(2)"), "{}", run.out);
    let json = ["rules", "drift", "now.xml", "--rules", "us", "--format", "json"];
    let run = exeat_in(&folder, &json, "");
    let drift: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(drift["changed"], serde_json::json!(["740.22(c)(2)"]));
    assert!(drift["same"].as_array().unwrap().iter().any(|it| it == "740.22(c)(1)"), "{drift}");
    assert!(!run.out.contains("sleet"));
}

#[test]
fn a_rulebook_without_digests_says_so_instead_of_nothing_changed() {
    let folder = folder("drift-empty");
    official(&folder, "now.xml", "Hail.");
    let run = exeat_in(&folder, &["rules", "drift", "now.xml"], "");
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.out.contains("No digest is recorded"), "{}", run.out);
    let run = exeat_in(&folder, &["rules", "drift", "now.xml", "--show", "740.22(c)(1)"], "");
    assert!(run.out.contains("(1) Snow."), "{}", run.out);
    assert_eq!(exeat(&["rules", "drift", "x.xml", "--record"], "").code, 2);
}
