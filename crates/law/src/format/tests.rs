use super::{format, print};
use crate::parser::parse;
use crate::rulebook::{Comparison, Quantifier, Status};
use crate::source::Span;
use crate::syntax::{
    BlockSyntax, Body, Condition, EffectSyntax, Head, Name, ParagraphSyntax, PathName, PathSyntax,
    Reference, SectionSyntax, Spanned, TestSyntax,
};
use crate::umbrella::{MEANINGS, WALKS, file};
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option::of as maybe;
use proptest::prelude::*;

fn formatted(text: &str) -> String {
    format(&file("1.law", text)).unwrap_or_else(|it| panic!("{it:?}"))
}

#[test]
fn the_toy_rulebook_is_written_as_it_should_be() {
    for text in [WALKS, MEANINGS] {
        assert_eq!(formatted(text), text);
    }
}

#[test]
fn long_conditions_are_broken_where_they_join_and_comments_stay() {
    let text = r##"
# About this file.

# About the section.
section   1   "Walks"  # in the rain


# About the block.
bar all except   COAT,SHORT (a) from 2021-01-01 # behind the head
  says   "A long sentence that goes on and on, with \"quotes\", until it does not fit in a line of a hundred columns any more."
  # In front of the condition.
  when (some guest of walk where some coat of guest where (coat.color in {red, green, blue, yellow, purple, orange, white, black} and not (coat is warm or coat.length >= 12.50)))
    and (raining or # hidden in the middle
      storming) or ((place not in zone {A:1}))
  unless (b)(1)
    or 2(c) or "Note 1"#x # behind unless
  # Nothing follows.
# The end.
"##;
    let once = formatted(text);
    assert_eq!(formatted(&once), once);
    insta::assert_snapshot!(once, @r##"
    # About this file.

    # About the section.
    section 1 "Walks" # in the rain

    # About the block.
    bar all except COAT, SHORT (a) from 2021-01-01 # behind the head
      # In front of the condition.
      # hidden in the middle
      when (some guest of walk where some coat of guest where
              coat.color in {red, green, blue, yellow, purple, orange, white, black}
              and not (coat is warm or coat.length >= 12.5))
          and (raining or storming)
        or place not in zone {A:1}
      unless (b)(1) or 2(c) or "Note 1"#x # behind unless
      says "A long sentence that goes on and on, with \"quotes\", until it does not fit in a line of a
        hundred columns any more."

    # Nothing follows.
    # The end.
    "##);
}

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned { value, span: Span::default() }
}

fn name() -> impl Strategy<Value = Name> {
    "[a-z][a-z0-9:_-]{3,12}x".prop_map(spanned)
}

fn names() -> impl Strategy<Value = Vec<Name>> {
    vec(name(), 1..12)
}

fn path() -> impl Strategy<Value = PathName> {
    (maybe(name()), name()).prop_map(|(thing, fact)| PathName {
        thing: thing.map(|it| it.value),
        fact: fact.value,
        span: Span::default(),
    })
}

fn test() -> impl Strategy<Value = TestSyntax> {
    let comparison = prop_oneof![
        Just(Comparison::Less),
        Just(Comparison::AtMost),
        Just(Comparison::Equal),
        Just(Comparison::AtLeast),
        Just(Comparison::More),
    ];
    prop_oneof![
        (any::<bool>(), names()).prop_map(|(negated, words)| TestSyntax::In {
            negated,
            words,
            with: None
        }),
        (names(), name(), names()).prop_map(|(words, column, others)| TestSyntax::In {
            negated: false,
            words,
            with: Some((column, others)),
        }),
        (any::<bool>(), name(), names()).prop_map(|(negated, column, words)| TestSyntax::Column {
            negated,
            column,
            words
        }),
        (any::<bool>(), path()).prop_map(|(negated, path)| TestSyntax::Member { negated, path }),
        names().prop_map(TestSyntax::Includes),
        names().prop_map(TestSyntax::Within),
        Just(TestSyntax::Empty),
        (comparison, 0..10_000_000_i64).prop_map(|(it, number)| TestSyntax::Number(it, number)),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Condition::Constant),
        (name(), any::<bool>(), name()).prop_map(|(thing, negated, term)| Condition::Is {
            thing,
            negated,
            term
        }),
        path().prop_map(Condition::Holds),
        (path(), test()).prop_map(|(path, test)| Condition::Test { path, test }),
    ];
    leaf.prop_recursive(6, 40, 4, |inner| {
        let quantifier =
            prop_oneof![Just(Quantifier::Some), Just(Quantifier::Every), Just(Quantifier::No)];
        let body = prop_oneof![
            3 => inner.clone().prop_map(|it| Body::Where(Box::new(it))),
            1 => (any::<bool>(), name()).prop_map(|(negated, term)| Body::Is { negated, term }),
        ];
        prop_oneof![
            vec(inner.clone(), 2..5).prop_map(Condition::any),
            vec(inner.clone(), 2..5).prop_map(Condition::all),
            inner.prop_map(|it| Condition::Not(Box::new(it))),
            (quantifier, name(), maybe(name()), body).prop_map(|(quantifier, name, of, body)| {
                Condition::Quantified { quantifier, name, of, body }
            }),
        ]
    })
}

/// White space folded, as it is when a string is read.
fn sentence() -> impl Strategy<Value = String> {
    r#"[a-z"\\#(§é]{1,9}( [a-z"\\#.]{1,12}){0,30}"#
}

fn paragraph() -> impl Strategy<Value = ParagraphSyntax> {
    let path = prop_oneof![
        Just(PathSyntax::Whole),
        r"(\([a-z0-9]{1,3}\)){1,5}".prop_map(PathSyntax::Outline),
        sentence().prop_map(PathSyntax::Named),
    ];
    (path, maybe("[a-z0-9][a-z0-9-]{0,5}"))
        .prop_map(|(path, label)| ParagraphSyntax { path, label })
}

fn reference() -> impl Strategy<Value = Spanned<Reference>> {
    (maybe(name()), paragraph())
        .prop_filter("a name must say something", |(section, paragraph)| {
            section.is_some() || *paragraph != ParagraphSyntax::default()
        })
        .prop_map(|(section, paragraph)| {
            spanned(Reference { section: section.map(|it| it.value), paragraph })
        })
}

fn effect() -> impl Strategy<Value = EffectSyntax> {
    prop_oneof![
        name().prop_map(EffectSyntax::Define),
        Just(EffectSyntax::Exempt),
        name().prop_map(EffectSyntax::Require),
        names().prop_map(|exceptions| EffectSyntax::Allow { each: true, exceptions }),
        name().prop_map(|it| EffectSyntax::Allow { each: false, exceptions: vec![it] }),
        names().prop_map(|exceptions| EffectSyntax::Bar { all: true, exceptions }),
        Just(EffectSyntax::Bar { all: true, exceptions: Vec::new() }),
        names().prop_map(|exceptions| EffectSyntax::Bar { all: false, exceptions }),
        name().prop_map(EffectSyntax::Exclude),
        name().prop_map(EffectSyntax::Prohibit),
        name().prop_map(EffectSyntax::Oblige),
        name().prop_map(EffectSyntax::Flag),
        name().prop_map(EffectSyntax::Refer),
        name().prop_map(EffectSyntax::Policy),
        (name(), vec(name(), 0..3))
            .prop_map(|(entry, parents)| EffectSyntax::Describe { entry, parents }),
        (names(), names()).prop_map(|(entries, over)| EffectSyntax::Prefer { entries, over }),
        maybe(name()).prop_map(EffectSyntax::Untranslated),
    ]
}

fn day() -> impl Strategy<Value = Spanned<Date>> {
    (2000..2100_i16, 1..13_i8, 1..29_i8).prop_map(|(y, m, d)| spanned(date(y, m, d)))
}

fn block() -> impl Strategy<Value = BlockSyntax> {
    let status = prop_oneof![Just(Status::Law), Just(Status::Adopted), Just(Status::Proposed)];
    let dates = (maybe(day()), maybe(day()), status, any::<bool>());
    let head = (effect(), maybe(name()), paragraph(), dates).prop_map(
        |(effect, subject, paragraph, (from, until, status, unverified))| {
            // What follows `for` there is what the entry is for.
            let described = matches!(effect, EffectSyntax::Describe { .. });
            let subject = subject.filter(|_| !described);
            let paragraph = spanned(paragraph);
            spanned(Head { effect, subject, paragraph, from, until, status, unverified })
        },
    );
    let names = (maybe(name()), maybe(names()), maybe(names()));
    let body = (maybe(condition()), maybe(vec(reference(), 1..9)));
    let texts = (maybe(sentence()), sentence(), maybe(sentence()));
    (head, names, body, texts).prop_map(
        |(head, (under, overcomes, despite), (when, unless), (by, says, source))| BlockSyntax {
            head,
            under: under.map(spanned),
            overcomes: overcomes.map(spanned),
            despite: despite.map(spanned),
            when: when.map(spanned),
            unless: unless.map(spanned),
            by: by.map(spanned),
            says: spanned(says),
            source: source.map(spanned),
        },
    )
}

fn section() -> impl Strategy<Value = SectionSyntax> {
    let number = prop_oneof!["[0-9]{3}\\.[0-9]{1,2}", "7[0-9] Supp\\. [0-9]"].prop_map(spanned);
    (number, sentence().prop_map(spanned), vec(block(), 0..4))
        .prop_map(|(number, title, blocks)| SectionSyntax { number, title, blocks })
}

/// The toy rulebook with some bytes taken out, doubled, or replaced by what may confuse a reader.
fn mangled() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..40_usize, "[()\\[\\]{}\"#\n ,.a-z0-9é]{0,6}");
    (prop_oneof![Just(WALKS), Just(MEANINGS)], vec(change, 0..6)).prop_map(|(text, changes)| {
        let mut text: Vec<char> = text.chars().collect();
        for (place, length, with) in changes {
            let place = place.index(text.len().max(1)).min(text.len());
            let end = (place + length).min(text.len());
            text.splice(place..end, with.chars());
        }
        text.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same_syntax(sections in vec(section(), 0..3)) {
        let text = print(&sections, &[], "");
        let parsed = parse(&text, 0);
        prop_assert!(parsed.diagnostics.is_empty(), "{:?}\n{text}", parsed.diagnostics);
        prop_assert_eq!(parsed.sections, sections, "{}", text);
    }

    #[test]
    fn formatting_twice_changes_nothing(text in mangled()) {
        if let Ok(once) = format(&file("1.law", &text)) {
            let twice = format(&file("1.law", &once));
            prop_assert_eq!(twice.as_ref(), Ok(&once));
            prop_assert_eq!(parse(&once, 0).sections, parse(&text, 0).sections);
            prop_assert_eq!(parse(&once, 0).comments.len(), parse(&text, 0).comments.len());
        }
    }
}
