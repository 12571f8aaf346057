use super::{DEEPEST, parse};
use crate::diagnostic::render_all;
use crate::syntax::{Condition, EffectSyntax};
use crate::umbrella::file;

fn problems(text: &str) -> String {
    let parsed = parse(text, 0);
    render_all(&parsed.diagnostics, &[file("1.law", text)])
}

/// A file with one block of that condition.
fn with(condition: &str) -> String {
    format!("section 1 \"One\"\nexempt\n  when {condition}\n  says \"…\"\n")
}

fn condition(text: &str) -> Condition {
    let text = with(text);
    let parsed = parse(&text, 0);
    assert!(parsed.diagnostics.is_empty(), "{}", problems(&text));
    parsed.sections[0].blocks[0].when.clone().unwrap().value
}

#[test]
fn and_binds_tighter_than_or_and_where_reaches_to_the_right() {
    assert_eq!(condition("a or b and c"), condition("a or (b and c)"));
    assert_eq!(condition("not a and b"), condition("(not a) and b"));
    assert_eq!(condition("some x where a and b or c"), condition("some x where (a and b or c)"));
    assert_eq!(condition("some x is y and b"), condition("(some x is y) and b"));
    assert_ne!(condition("(some x where a) and b"), condition("some x where a and b"));
    assert_eq!(condition("((a))"), condition("a"));
}

#[test]
fn line_breaks_mean_nothing_but_column_1_begins_a_block() {
    assert_eq!(condition("a\n   and b"), condition("a and b"));
    let text = "section 1 \"One\"\nexempt\n  when a and\nb\n  says \"…\"\n";
    insta::assert_snapshot!(problems(text), @r#"
    error: expected a condition, found the next block, `b`
     --> 1.law:4:1
      |
    4 | b
      | ^

    error: `b` does not begin a block
     --> 1.law:4:1
      |
    4 | b
      | ^
      help: a block begins with one of: section, define, exempt, require, allow, bar, exclude, prohibit, oblige, flag, refer, policy, describe, prefer, untranslated
    "#);
}

#[test]
fn every_part_of_a_head_is_read() {
    let text = "section 1 \"One\"\nbar all except A, B (c)(2)#x-1 from 2020-01-01 until \
                2021-01-01 adopted unverified\n  says \"…\"\nuntranslated define t for k \"Note\"\n  \
                says \"…\"";
    let parsed = parse(text, 0);
    assert_eq!(problems(text), "");
    let [bar, note] = parsed.sections[0].blocks.as_slice() else { panic!() };
    assert!(
        matches!(&bar.head.value.effect, EffectSyntax::Bar { all: true, exceptions } if exceptions.len() == 2)
    );
    assert_eq!(bar.head.value.paragraph.value.citation("1"), "1(c)(2)");
    assert_eq!(bar.head.value.paragraph.value.label.as_deref(), Some("x-1"));
    assert!(bar.head.value.unverified && bar.head.value.until.is_some());
    assert_eq!(note.head.value.paragraph.value.citation("1"), "1 Note");
    assert!(
        matches!(&note.head.value.effect, EffectSyntax::Untranslated(Some(it)) if it.value == "t")
    );
}

#[test]
fn one_reading_finds_every_problem() {
    let text = r#"exempt (a)
  says "before the section"
section 1
section 1 "One"
exmpt (a)
  says "…"
exempt (a) from 2020-02-30
  says "…"
allow A (b) sometimes
  overcoms x
  when a and and b
    or c
  unless or (b)
  when x >= 1.2345
  says "…"
bar A (c)
  bar B
  says "…" says "twice"
require license (d)
  says "…"
flag x
  when some y of z
"#;
    insta::assert_snapshot!(problems(text), @r#"
    error: a block before the first `section`
     --> 1.law:1:1
      |
    1 | exempt (a)
      | ^^^^^^^^^^
      help: begin the file with `section NUMBER "TITLE"`

    error: expected the section's title in quotes, found the next block, `section`
     --> 1.law:4:1
      |
    4 | section 1 "One"
      | ^^^^^^^

    error: `exmpt` does not begin a block
     --> 1.law:5:1
      |
    5 | exmpt (a)
      | ^^^^^
      help: did you mean `exempt`?

    error: `2020-02-30` is not a day
     --> 1.law:7:17
      |
    7 | exempt (a) from 2020-02-30
      |                 ^^^^^^^^^^
      help: write days as year-month-day, such as `2024-04-01`

    error: expected the end of the line, found `sometimes`
     --> 1.law:9:13
      |
    9 | allow A (b) sometimes
      |             ^^^^^^^^^
      help: a head is: EFFECT [for KIND] [PARAGRAPH] [from DATE] [until DATE] [adopted | proposed] [unverified]

    error: expected a clause of the block, found `overcoms`
      --> 1.law:10:3
       |
    10 |   overcoms x
       |   ^^^^^^^^
      help: did you mean `overcomes`?

    error: expected a condition, found `and`
      --> 1.law:11:14
       |
    11 |   when a and and b
       |              ^^^

    error: `1.2345` is not a number
      --> 1.law:14:13
       |
    14 |   when x >= 1.2345
       |             ^^^^^^
      help: write digits, with at most three after a point: `25`, `12.5`

    error: expected a clause of the block, found `bar`
      --> 1.law:17:3
       |
    17 |   bar B
       |   ^^^
      help: a block begins in column 1

    error: a second `says` in one block
      --> 1.law:18:12
       |
    18 |   says "…" says "twice"
       |            ^^^^

    error: expected `for`, found `(`
      --> 1.law:19:17
       |
    19 | require license (d)
       |                 ^
      help: `require license for REASON`

    error: expected `where` or `is`, found the end of the file
      --> 1.law:23:1
       |
    23 | 
       | ^
      help: `some party where …`, or `some party is end-user`
    "#);
}

#[test]
fn deep_nesting_is_refused_and_not_suffered() {
    let deep =
        |count: usize| problems(&with(&format!("{}a{}", "(".repeat(count), ")".repeat(count))));
    assert_eq!(deep(DEEPEST as usize), "");
    for text in [deep(DEEPEST as usize + 1), deep(100_000)] {
        assert!(text.contains("nest deeper than 200"), "{text:.300}");
    }
    let nots = problems(&with(&format!("{}a", "not ".repeat(100_000))));
    let wheres = problems(&with(&format!("{}a", "some x where ".repeat(100_000))));
    assert!(nots.contains("nest deeper") && wheres.contains("nest deeper"));
}
