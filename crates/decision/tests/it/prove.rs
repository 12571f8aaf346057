//! What is proved of the real rulebook, and what is found where the rulebook is wrong.
//!
//! `exeat rules prove` proves everything, in release; here are the quick ones, and the failures.

use crate::fuzz::rulebook::{engine, root};
use decision::proof::{Proof, Verdict};
use decision::transaction::read::{Format, read};
use decision::{Catalogue, Determination, Engine, Options, Outcome};
use law::SourceFile;
use law::rulebook::Rulebook;
use std::fs;
use std::path::Path;

fn proofs(engine: &Engine, only: &str) -> Vec<Proof> {
    let mut proofs = Vec::new();
    engine.prove(Some(only), |it| proofs.push(it));
    assert!(!proofs.is_empty(), "nothing is called `{only}`");
    proofs
}

/// The rulebook with a text exchanged, which must be there.
fn changed(text: &str, with: &str) -> Engine {
    let folder = root().join("rulebooks/us-ear");
    let mut files = Vec::new();
    collect(&folder, &folder, &mut files);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let mut found = false;
    for file in &mut files {
        found |= file.text.contains(text);
        file.text = file.text.replace(text, with);
    }
    assert!(found, "the rulebook does not say `{text}`");
    let loaded = Rulebook::load(files, Catalogue::new().schema).expect("it can be loaded");
    Engine::new(loaded, String::new()).for_few()
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_none_or(|it| it != "md") {
            let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
            files.push(SourceFile { name, text: fs::read_to_string(&path).expect("a file") });
        }
    }
}

fn counterexample(proofs: &[Proof]) -> &str {
    match proofs {
        [Proof { verdict: Verdict::Fails { counterexample: Some(it), .. }, .. }] => it,
        other => panic!("one counterexample, and not {other:?}"),
    }
}

fn decided<'e>(engine: &'e Engine, json: &str) -> Determination<'e> {
    let transaction = read(Format::Json, json.as_bytes()).expect("`exeat check` reads it");
    engine.decide(&transaction, &Options::default())
}

#[test]
fn bad_news_never_loosens_an_answer() {
    for proof in proofs(engine(), "never loosens an answer") {
        assert!(proof.holds(), "{proof:?}");
    }
}

#[test]
fn what_is_promised_of_embargoed_places_and_denied_persons_holds() {
    for only in ["740.22(c)(1)", "survives a denied person", "order of legs"] {
        for proof in proofs(engine(), only) {
            assert!(proof.holds(), "{proof:?}");
        }
    }
}

#[test]
fn a_rulebook_that_forgets_a_bar_is_shown_a_transaction() {
    let engine = changed("bar all (a)(17)", "bar GOV (a)(17)");
    let found = proofs(&engine, "740.2(a)(17)");
    let json = counterexample(&found);
    assert!(json.contains("UVL"), "{json}");
    assert_eq!(decided(&engine, json).outcome, Outcome::LicenseException);
}

#[test]
fn a_rulebook_in_which_a_listing_helps_is_shown_a_transaction() {
    let engine = changed(
        "prohibit GP4 (b)(4)\n  when some party where some listing of party where",
        "prohibit GP4 (b)(4)\n  when no party where some listing of party where",
    );
    let found = proofs(&engine, "a listing on any list but the Entity List");
    let json = counterexample(&found);
    assert!(json.contains("DPL"), "{json}");
    assert!(decided(&engine, json).outcome.is_permissive());
}
