use crate::umbrella::{MEANINGS, WALKS, load_with};

/// What is said of the toy rulebook after one change to its walks.
fn after(old: &str, new: &str) -> String {
    assert!(WALKS.contains(old), "the toy rulebook has no `{old}`");
    said("1.law", &WALKS.replace(old, new))
}

fn said(name: &str, text: &str) -> String {
    match load_with(name, text) {
        Ok(loaded) => crate::diagnostic::render_all(&loaded.warnings, &loaded.files),
        Err(error) => error.to_string(),
    }
}

#[test]
fn two_versions_of_a_block_may_not_overlap() {
    let twice = r#"
exempt (b)(1) from 2022-01-01
  says "A coat will not do."
"#;
    insta::assert_snapshot!(said("1.law", &format!("{WALKS}{twice}")), @r#"
    error: two versions of `exempt 1(b)(1)` are in force on 2022-01-01
      --> 1.law:31:1
       |
    31 | exempt (b)(1) from 2022-01-01
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      help: end the earlier one with `until 2022-01-01`, or tell the two apart by a label: `1(b)(1)#label`
    "#);
}

#[test]
fn a_gap_between_two_versions_is_a_warning() {
    let gap = r#"
bar all except COAT (c) from 2021-01-01 until 2021-06-01
  says "In a storm only coats help."

bar all except COAT (c) from 2021-07-01 until 2023-01-01
"#;
    insta::assert_snapshot!(after("\nbar all except COAT (c) from 2021-01-01 until 2023-01-01\n", gap), @r#"
    warning: `bar 1(c)` is not in force from 2021-06-01 to 2021-07-01, between two versions
      --> 1.law:30:1
       |
    30 | bar all except COAT (c) from 2021-07-01 until 2023-01-01
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn a_name_after_unless_must_lead_to_a_block_that_switches_off() {
    insta::assert_snapshot!(after("unless (b)(1) or 1(b)(2)#short", "unless (b)(4) or (b)(2) or (c)"), @r#"
    error: there is no block `1(b)(4)`
     --> 1.law:7:10
      |
    7 |   unless (b)(4) or (b)(2) or (c) or "Note 1"
      |          ^^^^^^
      help: did you mean `1(b)(1)`?

    error: there is no block `1(b)(2)`
     --> 1.law:7:20
      |
    7 |   unless (b)(4) or (b)(2) or (c) or "Note 1"
      |                    ^^^^^^
      help: did you mean `1(b)(2)#short`?

    error: `1(c)` is no `exempt` but a `bar`
     --> 1.law:7:30
      |
    7 |   unless (b)(4) or (b)(2) or (c) or "Note 1"
      |                              ^^^
      help: only `exempt` and `untranslated` blocks switch others off
    "#);
}

#[test]
fn a_block_named_after_unless_must_be_in_force_as_long() {
    insta::assert_snapshot!(after("exempt (b)(1)\n", "exempt (b)(1) from 2021-01-01\n"), @r#"
    error: `1(b)(1)` is not in force on 2020-01-01, but this block is
     --> 1.law:7:10
      |
    7 |   unless (b)(1) or 1(b)(2)#short or "Note 1"
      |          ^^^^^^
      help: write two versions of this block, one with the name and one without
    "#);
}

#[test]
fn a_term_that_is_not_defined_all_the_time_is_a_warning() {
    let later = MEANINGS.replace("for umbrella (a)", "for umbrella (a) from 2020-06-01");
    insta::assert_snapshot!(said("2.law", &later), @r#"
    warning: nothing defines `fine` on 2020-01-01, when this block is in force
      --> 1.law:24:20
       |
    24 |   when umbrella is fine and every rib of umbrella where not rib.bent
       |                    ^^^^
      help: on such a day it is unknown
    "#);
}

#[test]
fn a_definition_may_not_need_itself() {
    let round = r#"section 2 "Meanings"
define fine for umbrella (a)
  when some guest where always
  says "…"
define guest for walker (b)
  when some umbrella is fine
  says "…"
"#;
    insta::assert_snapshot!(said("2.law", round), @r#"
    error: a definition that needs itself: fine → guest → fine
     --> 2.law:2:1
      |
    2 | define fine for umbrella (a)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn what_nothing_reaches_is_an_error() {
    let unused = r#"
define lonely for walker "Note 1"
  when walker is lonelier
  says "…"
define lonelier for walker "Note 1"
  says "…"
exempt (c)#unused from 2021-01-01 until 2022-01-01
  says "…"
"#;
    insta::assert_snapshot!(said("1.law", &format!("{WALKS}{unused}")), @r#"
    error: nothing uses `lonely`
      --> 1.law:31:1
       |
    31 | define lonely for walker "Note 1"
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      help: unreachable: use it in a condition, or take it out

    error: nothing uses `lonelier`
      --> 1.law:34:1
       |
    34 | define lonelier for walker "Note 1"
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      help: unreachable: use it in a condition, or take it out

    error: nothing is exempt by `1(c)#unused`
      --> 1.law:36:1
       |
    36 | exempt (c)#unused from 2021-01-01 until 2022-01-01
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      help: unreachable: name it after `unless` in the block it switches off
    "#);
}

#[test]
fn a_citation_must_be_a_paragraph_on_each_day() {
    let late = r#"
flag thunder (c)#thunder
  says "…"
flag thunder (d)
  says "…"
"#;
    insta::assert_snapshot!(said("1.law", &format!("{WALKS}{late}")), @r#"
    error: there is no paragraph `1(c)` on 2020-01-01
      --> 1.law:31:1
       |
    31 | flag thunder (c)#thunder
       | ^^^^^^^^^^^^^^^^^^^^^^^^
      help: date the block as the table of paragraphs dates its paragraph

    error: there is no paragraph `1(d)`
      --> 1.law:33:1
       |
    33 | flag thunder (d)
       | ^^^^^^^^^^^^^^^^
      help: did you mean `1(a)`? Otherwise add it to the table of paragraphs
    "#);
}

#[test]
fn only_late_blocks_read_late_facts() {
    let late = r#"
define settled (a)
  when outcome in {dry}
  says "…"
oblige dry-it (a)
  when settled
  says "…"
flag thunder (a)
  when settled or outcome in {wet}
  unless (a)
  says "…"
exempt (a)
  when settled
  says "…"
"#;
    insta::assert_snapshot!(said("1.law", &format!("{WALKS}{late}")), @r#"
    error: `settled` is known only when the outcome is
      --> 1.law:38:8
       |
    38 |   when settled or outcome in {wet}
       |        ^^^^^^^
      help: only `oblige`, `refer` and `policy` blocks may ask about the outcome

    error: this is known only when the outcome is
      --> 1.law:38:19
       |
    38 |   when settled or outcome in {wet}
       |                   ^^^^^^^
      help: only `oblige`, `refer` and `policy` blocks may ask about the outcome

    error: that block is settled only when the outcome is known
      --> 1.law:39:10
       |
    39 |   unless (a)
       |          ^^^
      help: only `oblige`, `refer` and `policy` blocks may ask about the outcome
    "#);
}

#[test]
fn several_errors_are_reported_at_once_in_the_order_of_the_files() {
    let wrong = r#"section 1 "Walks"

require license for wett (a)
  when raning and umbrella.cloth in {silk, felt} and umbrella.wide >= 2
    and place in rain {SPRNG}
  says "Silk in the rain needs a license."

bar SHORT (b)
  when some rib where rib.bent and hours includes {coat} or umbrella is guest
  says "…"
"#;
    insta::assert_snapshot!(said("1.law", wrong), @r#"
    error: unknown reason `wett`
     --> 1.law:3:21
      |
    3 | require license for wett (a)
      |                     ^^^^
      help: did you mean `wet`?

    error: unknown fact or term `raning`
     --> 1.law:4:8
      |
    4 |   when raning and umbrella.cloth in {silk, felt} and umbrella.wide >= 2
      |        ^^^^^^
      help: did you mean `raining`?

    error: `felt` is not a value of `cloth`
     --> 1.law:4:44
      |
    4 |   when raning and umbrella.cloth in {silk, felt} and umbrella.wide >= 2
      |                                            ^^^^

    error: `umbrella` has no fact `wide`
     --> 1.law:4:54
      |
    4 |   when raning and umbrella.cloth in {silk, felt} and umbrella.wide >= 2
      |                                                      ^^^^^^^^^^^^^

    error: `SPRNG` stands nowhere in the column `rain`
     --> 1.law:5:24
      |
    5 |     and place in rain {SPRNG}
      |                        ^^^^^
      help: did you mean `SPRING`?

    error: `rib` without `of`
     --> 1.law:9:13
      |
    9 |   when some rib where rib.bent and hours includes {coat} or umbrella is guest
      |             ^^^
      help: write `rib of umbrella`

    error: `hours` is a number and cannot be asked that
     --> 1.law:9:36
      |
    9 |   when some rib where rib.bent and hours includes {coat} or umbrella is guest
      |                                    ^^^^^
      help: write `hours >= 25`

    error: after `rib where`, this says nothing of `rib`
     --> 1.law:9:61
      |
    9 |   when some rib where rib.bent and hours includes {coat} or umbrella is guest
      |                                                             ^^^^^^^^
      help: put it in front of the quantifier, or the quantifier in brackets

    error: `guest` is said of `walker`, not of `umbrella`
     --> 1.law:9:73
      |
    9 |   when some rib where rib.bent and hours includes {coat} or umbrella is guest
      |                                                                         ^^^^^
    "#);
}

#[test]
fn a_where_that_reaches_too_far_is_refused() {
    let text = MEANINGS.replace(
        "when walker.from in zone {coast} and not walker.wears empty",
        "when no umbrella where umbrella.sturdy and hours > 2 and some umbrella where umbrella.sturdy",
    );
    insta::assert_snapshot!(said("2.law", &text), @r#"
    error: after `umbrella where`, this says nothing of `umbrella`
     --> 2.law:8:46
      |
    8 |   when no umbrella where umbrella.sturdy and hours > 2 and some umbrella where umbrella.sturdy
      |                                              ^^^^^
      help: put it in front of the quantifier, or the quantifier in brackets

    error: inside another `umbrella`, this one hides it
     --> 2.law:8:65
      |
    8 |   when no umbrella where umbrella.sturdy and hours > 2 and some umbrella where umbrella.sturdy
      |                                                                 ^^^^^^^^
      help: `where` reaches to the right as far as it can: put the outer one in brackets
    "#);
    let brackets = text.replace(
        "no umbrella where umbrella.sturdy and hours > 2",
        "(no umbrella where umbrella.sturdy) and hours > 2",
    );
    assert_eq!(said("2.law", &brackets), "");
}
