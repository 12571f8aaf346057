use super::names::Names;
use super::{Report, markdown, text, tree};
use crate::sample;
use decision::Determination;
use decision::outcome::Outcome;
use decision::transaction::read::{Format, read};

fn shown(determination: &Determination<'_>) -> String {
    let text = text::render(
        &Report::with(
            determination,
            "red-team platform (4D004) to VN".to_owned(),
            &Names::default(),
        ),
        80,
    );
    anstream::adapter::strip_str(&text).to_string()
}

#[test]
fn a_refusal_says_why_and_what_could_change_it() {
    insta::assert_snapshot!(shown(&sample::refused()), @r"
    License required. As far as shown, this may not leave without a BIS license.
    red-team platform (4D004) to VN

    Why
      ✗ NS1: National security column 1 is marked for the destination. [738 Supp. 1]
      ✗ ACE does not reach other users in Country Groups D:1 and D:5. [740.22(c)(4)]

    Could still change the answer
      ? Is the end user a subsidiary of a US company? [740.22(b)(3)(i)]
        parties[0].us_subsidiary

    Lists
      ? Nso Grp may be EL “NSO Group”, EL:1 (score 0.934); kim decided, and an alias
        is new
      ✓ Nso Grp is not EL “NSO Group”, EL:2, says kim: another country
      ? One name searched in 3420 entries of 2026-09-23; not searched: DPL, MEU,
        UVL, SDN, DTC

    Red flags
      ✗ Evasive about end use (parties[0]). The customer would not say what it is
        for. [732 Supp. 3]

    What to do
      • Keep the records of this transaction for five years. [762.6]

    If you apply for a license
      • It would be reviewed case by case. Applications are judged on their effect
        on national security. [742.4(b)]

    Other agencies
      • OFAC: Sanctions may apply as well. [734.3(b)(1)]

    About the law
      • The affiliates rule is stayed on that day.

    One fact was presumed (--strict asks instead).
    Law of 2026-09-24; us-ear 01234567, verified to 2026-09-24. Not legal advice.
    ");
}

#[test]
fn an_open_question_is_not_a_permission() {
    let undecided = Determination { outcome: Outcome::NeedsReview, ..sample::refused() };
    let first = shown(&undecided).lines().next().unwrap().to_owned();
    insta::assert_snapshot!(first, @r"Not yet. One fact and a red flag are open. Until then, it may not leave.");
}

#[test]
fn a_chain_is_shown_leg_by_leg() {
    let text = shown(&sample::chain());
    assert!(text.contains("Leg 1, our sale: license required (NS1)"), "{text}");
}

#[test]
fn every_outcome_has_its_first_sentence() {
    let firsts: Vec<String> = Outcome::ALL
        .iter()
        .map(|outcome| {
            let determination =
                Determination { outcome: *outcome, exception: Some("ACE"), ..sample::refused() };
            shown(&determination).lines().next().unwrap_or_default().to_owned()
        })
        .collect();
    insta::assert_snapshot!(firsts.join("\n"), @r"
    Not an export. The EAR see no export, reexport or transfer here, so no license
    Not subject to the EAR. No license is needed under this regulation.
    No license required. This may go, on the condition below.
    May go under License Exception ACE, on the condition below.
    Not yet. One fact and a red flag are open. Until then, it may not leave.
    License required. As far as shown, this may not leave without a BIS license.
    Prohibited. This may not leave, and no exception helps.
    ");
}

#[test]
fn the_tree_has_branches_and_marks() {
    let text = tree::render(&sample::refused(), 80);
    insta::assert_snapshot!(anstream::adapter::strip_str(&text).to_string(), @r"
    The transaction
    └─ ✓ 740.22(c)(4) ACE does not reach other users in Country Groups D:1 and D:5.
       │ destination = VN
       └─ ✓ 740 Supp. 1 in the table country-groups: destination = VN, group D:1

    Item 1 (4D004), License Exception ACE: closed
    └─ ✓ 740.22(c)(4) ACE does not reach other users in Country Groups D:1 and D:5.
         destination = VN (as above)
    ");
}

#[test]
fn facts_are_told_of_whom_they_are() {
    let text = b"{date: 2026-09-24, activity: export, items: [{eccn: 4D004}], parties: [
        {role: end-user, name: Dubai Police, sector: police}, {role: seller}]}";
    let transaction = read(Format::Yaml, text).unwrap();
    let names = Names::of(&transaction);
    let facts = [
        ("parties[0].sector = police", true),
        ("parties[0].government_of = AE, group D:3 or D:4", true),
        ("destination = AE, group A:6", false),
        ("items[0].published = no", true),
        ("parties[1].us_subsidiary = yes", true),
    ];
    insta::assert_snapshot!(names.facts(&facts), @r"Dubai Police: sector police, government of AE (group D:3 or D:4); destination AE (not group A:6); the item: not published; the seller: us subsidiary");
    assert_eq!(names.subject("parties[2]"), "the unnamed end user");
}

#[test]
fn markdown_shows_text_from_outside_as_it_is() {
    let report =
        Report::with(&sample::refused(), "a *bold* <script>".to_owned(), &Names::default());
    let text = markdown::render(&report);
    assert!(text.contains(r"*a \*bold\* \<script\>*"), "{text}");
    insta::assert_snapshot!(text.lines().take(3).collect::<Vec<_>>().join("\n"), @r"
    ## License required.

    As far as shown, this may not leave without a BIS license.
    ");
}

#[test]
fn words_keep_their_capitals_within_a_sentence() {
    let within = super::words::within;
    assert_eq!(within("Subsidiary of a US company"), "subsidiary of a US company");
    assert_eq!(within("US origin"), "US origin");
    assert_eq!(within(""), "");
}
