use crate::diagnostic::render_all;
use crate::rulebook::{Block, Effect, Expr, Quantifier, Rulebook, Test, Thing};
use crate::schema::KindId;
use crate::umbrella::{MEANINGS, WALKS, file, files, load, load_with, schema};
use proptest::collection::vec;
use proptest::prelude::*;

const UMBRELLA: Thing = Thing { variable: 1, up: 0 };

#[test]
fn a_toy_rulebook_loads_without_a_warning() {
    let loaded = load();
    assert_eq!(render_all(&loaded.warnings, &loaded.files), "");
    let book = loaded.rulebook;
    let ids: Vec<String> = book.blocks.iter().map(Block::id).collect();
    assert_eq!(
        ids,
        ["1(a)", "1(b)(1)", "1(b)(2)#short", "1 Note 1", "1(b)", "1(b)", "1(c)", "2(a)", "2(b)"]
    );
    assert_eq!(book.blocks[0].unless.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
    assert_eq!(book.terms.iter().map(|it| it.blocks.len()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn what_mentions_the_judged_kind_is_judged_on_it() {
    let book = load().rulebook;
    assert_eq!(book.blocks[0].subject, KindId(1), "a requirement about an umbrella");
    assert_eq!(book.blocks[6].subject, KindId(0), "a bar about the walk alone");
    let through = WALKS.replace(
        "exempt (b)(1)\n",
        "exempt (c)#sturdy from 2021-01-01 until 2023-01-01\n  when umbrella.sturdy\n  says \"…\"\n\nexempt (b)(1)\n",
    );
    let through = through.replace("when hours >= 4\n", "when hours >= 4\n  unless (c)#sturdy\n");
    let book = load_with("1.law", &through).unwrap().rulebook;
    assert_eq!(book.blocks[7].subject, KindId(1), "a bar whose exemption is about an umbrella");
    let own = WALKS.replace("when hours >= 4", "when some umbrella where umbrella.sturdy");
    let book = load_with("1.law", &own).unwrap().rulebook;
    assert_eq!(book.blocks[6].subject, KindId(0), "a bar about any umbrella of the walk");
}

#[test]
fn conditions_are_resolved_to_numbers() {
    let book = load().rulebook;
    let Expr::All(parts) = &book.blocks[0].condition else { panic!() };
    let [_, Expr::Test { thing, test, .. }, Expr::Test { test: rain, .. }] = parts.as_slice()
    else {
        panic!()
    };
    assert_eq!((*thing, test), (UMBRELLA, &Test::In(vec![0, 1])), "both kinds of silk");
    assert_eq!(*rain, Test::Column { table: 1, column: 0, words: vec![0, 1] });

    let Expr::Quantified { quantifier, kind, of, variable, body } = &book.blocks[1].condition
    else {
        panic!()
    };
    assert_eq!((*quantifier, *kind, *of, *variable), (Quantifier::Some, KindId(3), None, 2));
    let Expr::All(parts) = body.as_ref() else { panic!("a term restricts what it ranges over") };
    assert!(matches!(&parts[0], Expr::Term { thing: Thing { variable: 2, up: 0 }, .. }));

    let Expr::All(parts) = &book.blocks[4].condition else { panic!() };
    assert!(matches!(&parts[1], Expr::Quantified { of: Some(UMBRELLA), .. }));
    assert_eq!(book.blocks[4].variables, 3);
}

#[test]
fn every_guest_that_is_warm_means_every_walker_that_is_no_guest_or_warm() {
    let text = WALKS.replace("some guest where", "every guest where");
    let book = load_with("1.law", &text).unwrap().rulebook;
    let Expr::Quantified { body, .. } = &book.blocks[1].condition else { panic!() };
    let Expr::Any(parts) = body.as_ref() else { panic!() };
    assert!(matches!(&parts[0], Expr::Not(it) if matches!(**it, Expr::Term { .. })));
}

#[test]
fn that_exception_stands_for_the_exception_of_the_block() {
    let text = WALKS.replace("every rib of umbrella where", "hours in_ {}");
    assert!(load_with("1.law", &text).is_err());
    let text = WALKS.replace("when umbrella is fine and", "when place in {that-exception} and");
    let error = load_with("1.law", &text).unwrap_err().to_string();
    assert!(error.contains("`SHORT` is not a value of `place`"), "{error}");
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let mut turned = files();
    turned.reverse();
    let one = format!("{:?}", load().rulebook);
    let other = Rulebook::load(turned, schema()).unwrap();
    assert_eq!(one, format!("{:?}", other.rulebook));
}

#[test]
fn an_untranslated_definition_counts_among_the_blocks_of_its_term() {
    let text = format!("{MEANINGS}\nuntranslated define fine for umbrella (b)\n  says \"…\"\n");
    let book = load_with("2.law", &text).unwrap().rulebook;
    let block = *book.terms[0].blocks.last().unwrap();
    assert_eq!(book.terms[0].blocks.len(), 2);
    assert_eq!(book.block(block).unwrap().effect, Effect::Untranslated);
}

#[test]
fn a_block_that_could_not_be_read_does_not_make_others_look_wrong() {
    let broken = MEANINGS.replace("define fine for umbrella (a)", "define fine fro umbrella (a)");
    insta::assert_snapshot!(load_with("2.law", &broken).unwrap_err().to_string(), @r#"
    error: expected the end of the line, found `fro`
     --> 2.law:3:13
      |
    3 | define fine fro umbrella (a)
      |             ^^^
      help: a head is: EFFECT [for KIND] [PARAGRAPH] [from DATE] [until DATE] [adopted | proposed] [unverified]
    "#);
}

#[test]
fn nothing_is_refused_in_words() {
    insta::assert_snapshot!(Rulebook::load(Vec::new(), schema()).unwrap_err().to_string(), @r#"
    error: there is no `rulebook.toml`
      help: a rulebook is a folder with that file in it
    "#);
}

/// A text with some characters taken out and others put in.
fn mangle(text: &str, changes: &[(prop::sample::Index, usize, String)]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for (place, length, with) in changes {
        let place = place.index(text.len().max(1)).min(text.len());
        let end = (place + length).min(text.len());
        text.splice(place..end, with.chars());
    }
    text.into_iter().collect()
}

proptest! {
    #[test]
    fn no_bytes_make_the_loader_panic(bytes in vec(any::<u8>(), 0..400), which in 0..7_usize) {
        let mut files = files();
        files[which].text = String::from_utf8_lossy(&bytes).into_owned();
        if let Err(error) = Rulebook::load(files, schema()) {
            let _ = error.to_string();
        }
    }

    #[test]
    fn no_change_to_a_file_makes_the_loader_panic(
        which in 0..7_usize,
        changes in vec((any::<prop::sample::Index>(), 0..30_usize, "[()\\[\\]{}\"#\n ,;?*.=a-zA-Z0-9é]{0,8}"), 1..5),
    ) {
        let mut files = files();
        files[which].text = mangle(&files[which].text, &changes);
        files.push(file("notes.md", "not a rule"));
        if let Err(error) = Rulebook::load(files, schema()) {
            prop_assert!(!error.diagnostics.is_empty());
            let _ = error.to_string();
        }
    }
}
