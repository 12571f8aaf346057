//! What a case expects of the answer, and whether an answer meets it.

use super::CasePageError;
use super::block::Entry;
use crate::determination::{Because, Determination};
use crate::outcome::Outcome;
use law::Truth;

/// What the answer to a case must be. What is left out is not judged.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Expect {
    /// The outcome. Always stated.
    pub outcome: String,
    /// The exception's symbol, where the outcome is a license exception.
    pub exception: Option<String>,
    /// `true`, `false` or `unknown`: a license is required before exceptions.
    pub license_required: Option<String>,
    /// Whether every completion of what is unknown gives the outcome.
    pub settled: Option<bool>,
    /// Reason codes that must be reported; more may be.
    pub reasons: Vec<String>,
    /// Reason codes that must not be reported.
    pub not_reasons: Vec<String>,
    /// Paragraphs that must hold, or be in doubt, somewhere in the trace.
    pub cites: Vec<String>,
    /// Paragraphs that must hold nowhere in the trace; those inside them do not count.
    pub not_cites: Vec<String>,
    /// Exceptions that must be available for some item.
    pub available: Vec<String>,
    /// Exceptions that must be closed for every item.
    pub closed: Vec<String>,
    /// Exceptions that must be in doubt for some item and available for none.
    pub doubtful: Vec<String>,
    /// Duties that must be named.
    pub conditions: Vec<String>,
    /// Duties that must not be named.
    pub not_conditions: Vec<String>,
    /// Facts that must be asked.
    pub questions: Vec<String>,
    /// Facts that must not be asked.
    pub not_questions: Vec<String>,
    /// Red flags that must be raised and unresolved.
    pub flags: Vec<String>,
    /// Red flags that must not be raised, or must be resolved.
    pub not_flags: Vec<String>,
    /// Other agencies that must be named.
    pub referrals: Vec<String>,
    /// Other agencies that must not be named.
    pub not_referrals: Vec<String>,
    /// The review policy.
    pub review_policy: Option<String>,
    /// Terms that must be found to hold, such as `government-end-user of parties[0]`.
    pub derived: Vec<String>,
    /// Terms that must not be found to hold: they are false, or open.
    pub not_derived: Vec<String>,
}

/// Reads the lines under `expect:`.
pub(super) fn read(entry: &Entry) -> Result<Expect, Vec<CasePageError>> {
    let mut expect = Expect::default();
    let mut errors = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    if !entry.inline().is_empty() {
        errors.push(refused(entry.line, "what is expected stands on the lines below".to_owned()));
    }
    for (line, text) in entry.lines.iter().skip(1) {
        let Some((key, value)) = text.trim().split_once(':') else {
            errors.push(refused(*line, "a key, a colon and a value on one line".to_owned()));
            continue;
        };
        if seen.contains(&key) {
            errors.push(refused(*line, format!("`{key}` is expected twice")));
        }
        seen.push(key);
        if let Err(problem) = expect.set(key, value.trim()) {
            errors.push(refused(*line, problem));
        }
    }
    if expect.outcome.is_empty() {
        errors.push(refused(entry.line, "the expected `outcome` is missing".to_owned()));
    }
    if errors.is_empty() { Ok(expect) } else { Err(errors) }
}

impl Expect {
    fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        match key {
            "outcome" => {
                let known = Outcome::ALL.iter().any(|outcome| outcome.to_string() == value);
                if !known {
                    return Err(format!("there is no outcome `{value}`"));
                }
                value.clone_into(&mut self.outcome);
            }
            "exception" => self.exception = Some(value.to_owned()),
            "review_policy" => self.review_policy = Some(value.to_owned()),
            "license_required" => match value {
                "true" | "false" | "unknown" => self.license_required = Some(value.to_owned()),
                _ => return Err("`true`, `false` or `unknown`".to_owned()),
            },
            "settled" => match value.parse() {
                Ok(settled) => self.settled = Some(settled),
                Err(_) => return Err("`true` or `false`".to_owned()),
            },
            _ => match self.list(key) {
                Some(list) => *list = words(value)?,
                None => return Err(format!("`{key}` is nothing a case can expect")),
            },
        }
        Ok(())
    }

    fn list(&mut self, key: &str) -> Option<&mut Vec<String>> {
        Some(match key {
            "reasons" => &mut self.reasons,
            "not_reasons" => &mut self.not_reasons,
            "cites" => &mut self.cites,
            "not_cites" => &mut self.not_cites,
            "available" => &mut self.available,
            "closed" => &mut self.closed,
            "doubtful" => &mut self.doubtful,
            "conditions" => &mut self.conditions,
            "not_conditions" => &mut self.not_conditions,
            "questions" => &mut self.questions,
            "not_questions" => &mut self.not_questions,
            "flags" => &mut self.flags,
            "not_flags" => &mut self.not_flags,
            "referrals" => &mut self.referrals,
            "not_referrals" => &mut self.not_referrals,
            "derived" => &mut self.derived,
            "not_derived" => &mut self.not_derived,
            _ => return None,
        })
    }

    /// What is wrong with an answer, one sentence each; nothing where it is as expected.
    #[must_use]
    pub fn problems(&self, answer: &Determination<'_>) -> Vec<String> {
        let mut problems = Vec::new();
        let mut compare = |what: &str, want: &str, got: &str| {
            if want != got {
                problems.push(format!("{what}: expected {want}, got {got}"));
            }
        };
        compare("outcome", &self.outcome, &answer.outcome.to_string());
        if let Some(exception) = &self.exception {
            compare("exception", exception, answer.exception.unwrap_or("none"));
        }
        if let Some(want) = &self.license_required {
            let got = answer.license_required.to_string();
            compare("license required before exceptions", want, &got);
        }
        if let Some(want) = self.settled {
            compare("settled", &want.to_string(), &answer.settled.to_string());
        }
        if let Some(want) = &self.review_policy {
            let got = answer.review_policy.as_ref().map_or("none", |policy| policy.policy);
            compare("review policy", want, got);
        }
        self.compare_lists(answer, &mut problems);
        self.compare_trace(answer, &mut problems);
        self.compare_exceptions(answer, &mut problems);
        problems
    }

    fn compare_lists(&self, answer: &Determination<'_>, problems: &mut Vec<String>) {
        let conditions: Vec<&str> = answer.conditions.iter().map(|it| it.code).collect();
        let questions: Vec<&str> = answer.questions.iter().map(|it| it.fact.as_str()).collect();
        let open_flags = answer.flags.iter().filter(|it| !it.resolved);
        let flags: Vec<&str> = open_flags.map(|it| it.flag).collect();
        let referrals: Vec<&str> = answer.referrals.iter().map(|it| it.agency).collect();
        let derived = answer.derived.iter().filter(|it| it.value == Truth::True);
        let derived: Vec<String> =
            derived.map(|it| format!("{} of {}", it.term, it.subject)).collect();
        let derived: Vec<&str> = derived.iter().map(String::as_str).collect();
        for (what, want, unwanted, got) in [
            ("term", &self.derived, &self.not_derived, &derived),
            ("reason", &self.reasons, &self.not_reasons, &answer.reasons),
            ("condition", &self.conditions, &self.not_conditions, &conditions),
            ("question", &self.questions, &self.not_questions, &questions),
            ("flag", &self.flags, &self.not_flags, &flags),
            ("referral", &self.referrals, &self.not_referrals, &referrals),
        ] {
            for want in want.iter().filter(|want| !got.contains(&want.as_str())) {
                problems.push(format!("{what} {want} is missing among [{}]", got.join(", ")));
            }
            for unwanted in unwanted.iter().filter(|want| got.contains(&want.as_str())) {
                problems.push(format!("{what} {unwanted} must not be there"));
            }
        }
    }

    fn compare_trace(&self, answer: &Determination<'_>, problems: &mut Vec<String>) {
        let mut found = Vec::new();
        cited(answer, &mut found);
        for want in &self.cites {
            if !found.iter().any(|(it, truth)| covers(it, want) && *truth != Truth::False) {
                problems.push(format!("the trace does not rest on {want}"));
            }
        }
        for unwanted in &self.not_cites {
            if found.iter().any(|(it, truth)| it == unwanted && *truth == Truth::True) {
                problems.push(format!("{unwanted} must not hold"));
            }
        }
    }

    fn compare_exceptions(&self, answer: &Determination<'_>, problems: &mut Vec<String>) {
        for (symbols, want) in [
            (&self.available, Truth::True),
            (&self.closed, Truth::False),
            (&self.doubtful, Truth::Unknown),
        ] {
            for symbol in symbols {
                let got = availability(answer, symbol);
                if got != want {
                    problems.push(format!("{symbol} available: expected {want}, got {got}"));
                }
            }
        }
    }
}

/// Whether an exception is available for some item; one that is not mentioned is closed.
fn availability(answer: &Determination<'_>, symbol: &str) -> Truth {
    let truths: Vec<Truth> = (answer.items.iter().flat_map(|item| &item.exceptions))
        .filter(|exception| exception.symbol == symbol)
        .map(|exception| exception.available)
        .collect();
    [Truth::True, Truth::Unknown].into_iter().find(|it| truths.contains(it)).unwrap_or(Truth::False)
}

/// Every paragraph of the trace with its truth, legs, exceptions, duties and the review policy
/// included.
fn cited<'law>(answer: &Determination<'law>, found: &mut Vec<(&'law str, Truth)>) {
    walk(&answer.because, found);
    for item in &answer.items {
        found.extend(item.requirements.iter().map(|it| (it.citation, it.truth)));
        for exception in &item.exceptions {
            walk(&exception.because, found);
        }
    }
    found.extend(answer.conditions.iter().map(|it| (it.citation, it.truth)));
    found.extend(answer.review_policy.iter().map(|it| (it.citation, Truth::True)));
    for leg in &answer.legs {
        cited(leg, found);
    }
}

/// Every paragraph of a trace with its truth.
pub(super) fn walk<'law>(nodes: &[Because<'law>], found: &mut Vec<(&'law str, Truth)>) {
    for node in nodes {
        found.push((node.citation, node.truth));
        walk(&node.because, found);
    }
}

/// Whether a citation is the wanted paragraph or one inside it.
pub(super) fn covers(citation: &str, want: &str) -> bool {
    citation
        .strip_prefix(want)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['(', '.', ' ', '#']))
}

/// The members of a list on one line: `[NS1, "parties[0].sector"]`.
pub(super) fn words(value: &str) -> Result<Vec<String>, String> {
    let inner = value.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let inner = inner.ok_or_else(|| "a list on one line, such as `[NS1, EI]`".to_owned())?;
    let words = inner.split(',').map(|it| it.trim().trim_matches('"')).filter(|it| !it.is_empty());
    Ok(words.map(str::to_owned).collect())
}

pub(super) fn refused(line: usize, problem: String) -> CasePageError {
    CasePageError { line, problem }
}
