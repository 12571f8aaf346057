//! What tells one answer from another, as something that a case can expect.

use decision::Determination;
use decision::determination::Because;
use law::Truth;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One thing that is expected beside the outcome, by its key on a page.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Expected {
    /// A key with one value.
    One(&'static str, String),
    /// A member of the list under a key.
    Member(&'static str, String),
}

/// What a case can expect of an answer.
pub(super) struct Answer {
    ones: BTreeMap<&'static str, String>,
    /// Under the key for what must be there, and the one for what must not.
    lists: Vec<(&'static str, &'static str, BTreeSet<String>)>,
    exceptions: BTreeMap<String, Truth>,
    cited: BTreeSet<String>,
    holding: BTreeSet<String>,
}

impl Answer {
    pub(super) fn of(answer: &Determination<'_>) -> Self {
        let mut ones = BTreeMap::from([
            ("outcome", answer.outcome.to_string()),
            ("exception", answer.exception.unwrap_or("none").to_owned()),
            ("license_required", answer.license_required.to_string()),
            ("settled", answer.settled.to_string()),
        ]);
        let policy = answer.review_policy.as_ref().map_or("none", |it| it.policy);
        ones.insert("review_policy", policy.to_owned());
        let set = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
        let open = answer.flags.iter().filter(|it| !it.resolved);
        let derived = answer.derived.iter().filter(|it| it.value == Truth::True);
        let lists = vec![
            ("reasons", "not_reasons", set(answer.reasons.clone())),
            (
                "conditions",
                "not_conditions",
                set(answer.conditions.iter().map(|it| it.code).collect()),
            ),
            ("flags", "not_flags", set(open.map(|it| it.flag).collect())),
            (
                "referrals",
                "not_referrals",
                set(answer.referrals.iter().map(|it| it.agency).collect()),
            ),
            (
                "derived",
                "not_derived",
                derived.map(|it| format!("{} of {}", it.term, it.subject)).collect(),
            ),
            (
                "questions",
                "not_questions",
                answer.questions.iter().map(|it| it.fact.clone()).collect(),
            ),
        ];
        let mut exceptions: BTreeMap<String, Truth> = BTreeMap::new();
        let rank =
            |it: Truth| [Truth::False, Truth::Unknown, Truth::True].iter().position(|of| *of == it);
        for found in answer.items.iter().flat_map(|it| &it.exceptions) {
            let known = exceptions.entry(found.symbol.to_owned()).or_insert(Truth::False);
            if rank(found.available) > rank(*known) {
                *known = found.available;
            }
        }
        let mut made =
            Self { ones, lists, exceptions, cited: BTreeSet::new(), holding: BTreeSet::new() };
        made.cite(&answer.because);
        for item in &answer.items {
            for it in &item.requirements {
                made.cite_one(it.citation, it.truth);
            }
            for exception in &item.exceptions {
                made.cite(&exception.because);
            }
        }
        for it in &answer.conditions {
            made.cite_one(it.citation, it.truth);
        }
        if let Some(it) = &answer.review_policy {
            made.cite_one(it.citation, Truth::True);
        }
        made
    }

    fn cite(&mut self, nodes: &[Because<'_>]) {
        for node in nodes {
            self.cite_one(node.citation, node.truth);
            self.cite(&node.because);
        }
    }

    fn cite_one(&mut self, citation: &str, truth: Truth) {
        if truth != Truth::False {
            self.cited.insert(citation.to_owned());
        }
        if truth == Truth::True {
            self.holding.insert(citation.to_owned());
        }
    }

    /// What is expected of this answer that the other does not give: the outcome, and what tells
    /// them apart if it is not that. Nothing where no case could tell them apart.
    pub(super) fn told_from(&self, other: &Self) -> Option<Vec<Expected>> {
        let one = |key: &'static str| self.ones.get(key).map(|it| Expected::One(key, it.clone()));
        let mut expected: Vec<Expected> = one("outcome").into_iter().collect();
        if self.ones.get("exception").is_some_and(|it| it != "none") {
            expected.extend(one("exception"));
        }
        let differs = |key: &&str| self.ones.get(*key) != other.ones.get(*key);
        if ["outcome", "exception"].iter().any(differs) {
            return Some(expected);
        }
        let symbols: BTreeSet<&String> =
            self.exceptions.keys().chain(other.exceptions.keys()).collect();
        for symbol in symbols {
            let of = |it: &Self| it.exceptions.get(symbol).copied().unwrap_or(Truth::False);
            if of(self) != of(other) {
                let key = match of(self) {
                    Truth::True => "available",
                    Truth::False => "closed",
                    Truth::Unknown => "doubtful",
                };
                expected.push(Expected::Member(key, symbol.clone()));
                return Some(expected);
            }
        }
        let lists = self.lists.iter().zip(&other.lists);
        let (asked, told): (Vec<_>, Vec<_>) = lists.partition(|it| it.0.0 == "questions");
        if let Some(it) = from_lists(&told) {
            expected.push(it);
            return Some(expected);
        }
        if let Some(key) =
            ["review_policy", "license_required", "settled"].iter().find(|it| differs(it))
        {
            expected.extend(one(key));
            return Some(expected);
        }
        if let Some(it) = from_lists(&asked) {
            expected.push(it);
            return Some(expected);
        }
        // A citation is met by those inside it too.
        let inside = |it: &String, want: &str| it.starts_with(want);
        let cited = self.cited.iter().find(|want| !other.cited.iter().any(|it| inside(it, want)));
        let not = other.holding.iter().find(|it| !self.holding.contains(*it));
        let found = cited
            .map(|it| Expected::Member("cites", it.clone()))
            .or_else(|| not.map(|it| Expected::Member("not_cites", it.clone())))?;
        expected.push(found);
        Some(expected)
    }
}

type List = (&'static str, &'static str, BTreeSet<String>);

fn from_lists(lists: &[(&List, &List)]) -> Option<Expected> {
    lists.iter().find_map(|((has, has_not, ours), (_, _, theirs))| {
        let missing = ours.difference(theirs).next();
        let more = theirs.difference(ours).next().filter(|_| !has_not.is_empty());
        missing
            .map(|it| Expected::Member(has, it.clone()))
            .or_else(|| more.map(|it| Expected::Member(has_not, it.clone())))
    })
}

impl Expected {
    /// The key on a page.
    pub(super) fn key(&self) -> &'static str {
        match self {
            Self::One(key, _) | Self::Member(key, _) => key,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(_, value) if value.contains(['[', ']', ',']) => write!(f, "\"{value}\""),
            Self::One(_, value) | Self::Member(_, value) => f.write_str(value),
        }
    }
}
