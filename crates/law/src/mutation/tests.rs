use super::{Asked, Kind};
use crate::rulebook::{Expr, Rulebook};
use crate::umbrella;
use std::collections::BTreeSet;

fn rulebook() -> Rulebook {
    Rulebook::load(umbrella::files(), umbrella::schema()).expect("the toy rulebook").rulebook
}

#[test]
fn every_mutant_changes_something_and_only_one_block_or_the_tables() {
    let original = rulebook();
    let mutants = original.mutants();
    assert!(mutants.len() > 60, "only {} mutants", mutants.len());
    for mutant in &mutants {
        let changed = original.mutated(mutant);
        let blocks = original.blocks.iter().zip(&changed.blocks);
        let texts = |it: &crate::rulebook::Block| format!("{it:?}");
        let touched = blocks.filter(|(one, other)| texts(one) != texts(other)).count();
        let tables = format!("{:?}", original.tables) != format!("{:?}", changed.tables);
        assert_eq!(
            (touched, tables),
            (usize::from(mutant.block.is_some()), mutant.block.is_none())
        );
    }
}

#[test]
fn no_two_mutants_say_the_same() {
    let mutants = rulebook().mutants();
    let said: BTreeSet<_> = mutants.iter().map(|it| (it.block, &it.what)).collect();
    assert_eq!(said.len(), mutants.len());
}

#[test]
fn there_are_mutants_of_every_kind_that_the_rulebook_has_room_for() {
    let found: BTreeSet<Kind> = rulebook().mutants().iter().map(|it| it.kind).collect();
    let expected = Kind::ALL.into_iter().filter(|it| *it != Kind::Doubt).collect();
    assert_eq!(found, expected);
}

#[test]
fn what_is_changed_is_said_in_words() {
    let rulebook = rulebook();
    let of = |citation: &str| {
        let mutants = rulebook.mutants();
        let is = |it: &super::Mutant| {
            it.block.is_some_and(|id| rulebook.blocks[id.0 as usize].citation == citation)
        };
        mutants.into_iter().filter(is).map(|it| it.what).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(of("1(b)(2)"), @r"
    it never holds
    without `hours < 2.5`
    without `not place in {A:1, A:2}`
    `hours < 2.5` turned round
    `hours < 2.5`: the bound itself on the other side
    `hours < 2.5`: the bound one more
    `hours < 2.5`: the bound one less
    `not place in {A:1, A:2}` turned round
    `place in {A:1, A:2}`: B for A:1
    `place in {A:1, A:2}`: B for A:2
    ");
}

#[test]
fn a_date_is_judged_only_on_the_days_that_it_moves_over() {
    let rulebook = rulebook();
    let mutants = rulebook.mutants();
    let dates = mutants.iter().filter(|it| it.kind == Kind::Date);
    let days: BTreeSet<String> = dates
        .filter_map(|it| rulebook.days_of(it))
        .map(|it| format!("{} to {}", it.start, it.end))
        .collect();
    assert_eq!(
        days.into_iter().collect::<Vec<_>>(),
        [
            "2020-12-31 to 2021-01-01",
            "2021-01-01 to 2021-01-02",
            "2022-12-31 to 2023-01-01",
            "2023-01-01 to 2023-01-02"
        ]
    );
}

#[test]
fn a_silenced_block_never_holds() {
    let rulebook = rulebook();
    let mutants = rulebook.mutants();
    let silent = mutants.iter().find(|it| it.kind == Kind::Silent).expect("a silent block");
    let block = silent.block.expect("a block").0 as usize;
    assert_eq!(rulebook.mutated(silent).blocks[block].condition, Expr::Constant(false));
}

#[test]
fn a_definition_that_nothing_asks_for_on_a_day_may_begin_on_it() {
    let mut rulebook = rulebook();
    let is_definition = |it: &&super::Mutant| {
        let block = it.block.and_then(|id| rulebook.blocks.get(id.0 as usize));
        block.is_some_and(|it| matches!(it.effect, crate::rulebook::Effect::Define(_)))
    };
    let mutants = rulebook.mutants();
    let silent = mutants.iter().find(|it| it.kind == Kind::Silent && is_definition(it)).unwrap();
    assert!(!rulebook.is_idle(silent, &Asked::default()), "something uses it");
    // Without anything that has an effect nothing leads to it, but who asks for its term does.
    let place = silent.block.unwrap().0 as usize;
    let crate::rulebook::Effect::Define(term) = rulebook.blocks[place].effect else {
        panic!("the block defines a term")
    };
    for block in &mut rulebook.blocks {
        if super::idle::has_effect(block) {
            block.version.from = rulebook.verified_through;
            block.version.until = Some(rulebook.verified_through);
        }
    }
    assert!(rulebook.is_idle(silent, &Asked::default()));
    assert!(!rulebook.is_idle(silent, &Asked { terms: vec![term], columns: vec![] }));
}

#[test]
fn which_of_two_words_stands_in_a_column_matters_only_to_who_asks_for_one() {
    let mut rulebook = rulebook();
    let table = rulebook.tables.iter_mut().find(|it| it.columns.iter().any(|it| it.name == "zone"));
    let column = table.and_then(|it| it.columns.iter_mut().find(|it| it.name == "zone")).unwrap();
    column.words.extend(["zz-one", "zz-two"].map(str::to_owned));
    let mutants = rulebook.mutants();
    let of = |words: &str| mutants.iter().find(|it| it.what.contains(words)).unwrap();
    let nobody = Asked::default();
    assert!(rulebook.is_idle(of("zz-one and zz-two"), &nobody));
    let whole = Asked { terms: vec![], columns: vec!["zone"] };
    assert!(!rulebook.is_idle(of("zz-one and zz-two"), &whole));
    let asked = mutants.iter().filter(|it| it.kind == Kind::Table && it.what.contains("zone"));
    assert!(asked.filter(|it| !rulebook.is_idle(it, &nobody)).count() > 0, "zones are asked for");
}
