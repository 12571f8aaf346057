use super::*;

const PAGE: &str = "\
# Umbrellas

```base rain
date: 2026-01-02
items: [{name: umbrella}]
parties:
  - {role: end-user, country: XA}
```

## May an umbrella leave in the rain?

It may.

```case
base: rain
destination: XA
expect:
  outcome: license-exception
  exception: ACE
  cites: [740.22(a), 4E001 Note 1]
  questions: [\"parties[0].sector\"]
```

```text
not a case
```

### And a parasol?

```case
base: rain
items: [{name: parasol}]
expect:
  outcome: needs-review
  settled: false
```
";

fn errors(page: &str) -> String {
    let errors = read(page).expect_err("the page should be refused");
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn case(body: &str) -> String {
    format!("# T\n```case\n{body}\n```\n")
}

#[test]
fn a_page_gives_its_cases_in_order_with_heading_and_line() {
    let entries = read(PAGE).unwrap();
    let found: Vec<_> = entries.iter().map(|it| (it.title.as_str(), it.line)).collect();
    assert_eq!(found, [("May an umbrella leave in the rain?", 14), ("And a parasol?", 30)]);
}

#[test]
fn a_case_stands_on_its_base_and_replaces_whole_keys() {
    let entries = read(PAGE).unwrap();
    assert_eq!(
        entries[0].transaction,
        "date: 2026-01-02\nitems: [{name: umbrella}]\nparties:\n  - {role: end-user, country: XA}\n\
         destination: XA\n"
    );
    assert!(entries[1].transaction.contains("parasol"));
    assert!(!entries[1].transaction.contains("umbrella"));
}

#[test]
fn lists_of_expectations_keep_citations_with_spaces_and_brackets() {
    let expect = &read(PAGE).unwrap()[0].expect;
    assert_eq!(expect.outcome, "license-exception");
    assert_eq!(expect.exception.as_deref(), Some("ACE"));
    assert_eq!(expect.cites, ["740.22(a)", "4E001 Note 1"]);
    assert_eq!(expect.questions, ["parties[0].sector"]);
}

#[test]
fn a_case_without_an_outcome_is_refused_at_its_line() {
    assert_eq!(errors(&case("date: 2026-01-02")), "line 2: the case says nothing under `expect:`");
    assert_eq!(
        errors(&case("expect:\n  reasons: [NS1]")),
        "line 3: the expected `outcome` is missing"
    );
}

#[test]
fn a_misspelled_expectation_is_refused() {
    assert_eq!(
        errors(&case("expect:\n  outcome: allowed\n  reason: [NS1]\n  cites: 740.22")),
        "line 4: there is no outcome `allowed`\n\
         line 5: `reason` is nothing a case can expect\n\
         line 6: a list on one line, such as `[NS1, EI]`\n\
         line 3: the expected `outcome` is missing"
    );
}

#[test]
fn a_base_must_stand_above_and_have_its_own_name() {
    let page = "# T\n```base a\ndate: x\n```\n```base a\ndate: y\n```\n```case\nbase: b\nexpect:\n  outcome: prohibited\n```\n";
    assert_eq!(
        errors(page),
        "line 5: there is a base `a` above already\n\
         line 9: there is no `base b` above on this page"
    );
}

#[test]
fn a_block_that_is_never_closed_is_refused() {
    assert_eq!(errors("# T\n```case\n"), "line 2: the block is never closed with three backticks");
}

#[test]
fn a_key_written_twice_is_refused() {
    assert_eq!(errors(&case("date: a\ndate: b")), "line 4: this key stands in the block already");
}

#[test]
fn a_paragraph_is_covered_by_its_own_subparagraphs_only() {
    for (citation, want, expected) in [
        ("740.22(c)(2)(ii)", "740.22(c)(2)", true),
        ("740.22(c)(2)", "740.22(c)(2)(ii)", false),
        ("744.21", "744.2", false),
        ("4E001 Note 1", "4E001", true),
    ] {
        assert_eq!(expect::covers(citation, want), expected, "{citation} for {want}");
    }
}

#[test]
fn a_variant_is_a_case_on_one_line() {
    let page = format!(
        "{PAGE}\n```variants rain\n# by the place\ndestination: XB; items: [{{name: a; b}}] => outcome: needs-review; \
         closed: [ACE]\nparties: => outcome: needs-review\n```\n"
    );
    let entries = read(&page).unwrap();
    assert_eq!(entries.len(), 4);
    assert_eq!(
        entries[2].transaction,
        "date: 2026-01-02\nparties:\n  - {role: end-user, country: XA}\ndestination: XB\n\
         items: [{name: a; b}]\n"
    );
    assert_eq!((entries[2].line, entries[3].line), (40, 41));
    assert_eq!(entries[2].expect.closed, ["ACE"]);
    assert_eq!(entries[3].transaction, "date: 2026-01-02\nitems: [{name: umbrella}]\nparties:\n");
}

#[test]
fn a_variant_without_its_arrow_or_its_base_is_refused() {
    let told = errors(&format!("{PAGE}\n```variants rain\ndestination: XB\n```\n"));
    assert!(told.starts_with("line 39: what is changed"), "{told}");
    let told = errors("# T\n```variants snow\ndestination: XB => outcome: needs-review\n```\n");
    assert!(told.contains("no `base snow`"), "{told}");
}

#[test]
fn agencies_that_must_not_be_named_are_read() {
    let body = "date: 2026-01-02\nexpect:\n  outcome: needs-review\n  not_referrals: [OFAC, State]";
    let entries = read(&case(body)).unwrap();
    assert_eq!(entries[0].expect.not_referrals, ["OFAC", "State"]);
}
