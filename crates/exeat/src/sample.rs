//! Determinations made by hand, for the tests of what is written and shown.

use decision::Determination;
use decision::Screened;
use decision::determination::{
    Answer, Assumption, Because, Clearance, Condition, Derived, ExceptionFinding, Flag,
    ItemFinding, Policy, Question, Referral, Requirement, Stamp,
};
use decision::facts::Path;
use decision::matches::{
    self, Decided, Match, Place, ScreenedName, Searched, SearchedList, Verdict, Who,
};
use decision::outcome::Outcome;
use jiff::civil::date;
use law::Truth;

/// A license is required, with something in every field.
#[expect(clippy::too_many_lines, reason = "it is one value")]
pub(crate) fn refused() -> Determination<'static> {
    let bar = Because {
        citation: "740.22(c)(4)",
        text: "ACE does not reach other users in Country Groups D:1 and D:5.",
        effect: "bar",
        truth: Truth::True,
        facts: vec!["destination = VN".to_owned()],
        because: vec![Because {
            citation: "740 Supp. 1",
            text: "country-groups",
            effect: "table",
            truth: Truth::True,
            facts: vec!["destination = VN, group D:1".to_owned()],
            because: Vec::new(),
        }],
    };
    Determination {
        id: Some("a \"quoted\" id".to_owned()),
        label: None,
        law_date: date(2026, 9, 24),
        outcome: Outcome::LicenseRequired,
        settled: false,
        possible: vec![Outcome::LicenseException, Outcome::LicenseRequired],
        exception: None,
        license_required: Truth::True,
        items: vec![ItemFinding {
            index: 0,
            name: Some("red-team platform".to_owned()),
            eccn: Some("4D004".to_owned()),
            outcome: Outcome::LicenseRequired,
            possible: vec![Outcome::LicenseException, Outcome::LicenseRequired],
            exception: None,
            license_required: Truth::True,
            requirements: vec![Requirement {
                reason: "NS1",
                citation: "738 Supp. 1",
                says: "National security column 1 is marked for the destination.",
                truth: Truth::True,
            }],
            exceptions: vec![ExceptionFinding {
                symbol: "ACE",
                available: Truth::False,
                not_overcome: vec!["746.8"],
                nearly: 0,
                because: vec![bar.clone()],
            }],
        }],
        reasons: vec!["NS1"],
        because: vec![bar],
        derived: vec![Derived {
            term: "ace-government-end-user",
            subject: Path::of_member("parties", 0),
            value: Truth::Unknown,
            citation: "740.22(b)(4)",
        }],
        questions: vec![Question {
            fact: "parties[0].us_subsidiary".to_owned(),
            ask: "Is the end user a subsidiary of a US company?".to_owned(),
            why: "A US subsidiary is a favorable treatment end user.".to_owned(),
            citation: "740.22(b)(3)(i)".to_owned(),
            answers: vec![Answer {
                values: vec!["yes".to_owned()],
                possible: vec![Outcome::LicenseException],
            }],
            about: None,
        }],
        assumptions: vec![Assumption {
            presumption: "P1",
            fact: Path::of_key("from"),
            value: "US",
        }],
        conditions: vec![Condition {
            code: "record-keeping",
            what: "Keep the records of this transaction for five years.",
            citation: "762.6",
            by: None,
            truth: Truth::True,
        }],
        flags: vec![Flag {
            flag: "evasive-about-end-use",
            subject: "parties[0]".to_owned(),
            resolved: false,
            truth: Truth::True,
            why: "The customer would not say what it is for.",
            citation: "732 Supp. 3",
        }],
        referrals: vec![Referral {
            agency: "OFAC",
            why: "Sanctions may apply as well.",
            citation: "734.3(b)(1)",
        }],
        review_policy: Some(Policy {
            policy: "case-by-case",
            says: "Applications are judged on their effect on national security.",
            citation: "742.4(b)",
        }),
        clearance: Clearance {
            eei_required: Truth::Unknown,
            aes_code: None,
            eccn_on_eei: Truth::True,
            destination_control_statement: Truth::False,
            records_years: 5,
        },
        legs: Vec::new(),
        rulebook: Stamp {
            name: "us-ear",
            as_of: Some(date(2026, 9, 24)),
            digest: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        },
        notes: vec!["The affiliates rule is stayed on that day.".to_owned()],
        screened: Some(screened()),
    }
}

/// The same with two legs.
pub(crate) fn chain() -> Determination<'static> {
    let leg = |label: &str| Determination { label: Some(label.to_owned()), id: None, ..refused() };
    Determination { legs: vec![leg("our sale"), leg("his sale")], ..refused() }
}

/// A search with an open match and a decided one.
fn screened() -> Screened {
    let decided = Decided {
        by: "kim".to_owned(),
        why: "another country".to_owned(),
        on: date(2026, 9, 1),
        until: Some(date(2027, 9, 1)),
    };
    let found = |id: &str, verdict| Match {
        list: "EL".to_owned(),
        id: id.to_owned(),
        listed: "NSO Group".to_owned(),
        score: 934,
        why: "the same words".to_owned(),
        listing: matches::listing(&screening::ListedParty::default()),
        rests_on: Vec::new(),
        verdict,
    };
    let open = found("1", Verdict::Open(Some("kim decided, and an alias is new".to_owned())));
    let name = ScreenedName {
        place: Place { leg: None, party: 0, who: Who::Itself },
        name: "Nso Grp".to_owned(),
        day: date(2026, 9, 24),
        own_day: None,
        matches: vec![open, found("2", Verdict::False(decided))],
        unsearchable: None,
    };
    let list = SearchedList {
        code: "EL".to_owned(),
        date: Some(date(2026, 9, 23)),
        digest: "ab".to_owned(),
        entries: 3420,
        whole: true,
    };
    let searched = Searched {
        lists: vec![list],
        digest: "cd".to_owned(),
        settings: "ef".to_owned(),
        built_in: false,
        max_age: 7,
    };
    Screened { searched: searched.into(), names: vec![name] }
}
