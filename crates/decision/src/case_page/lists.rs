//! Lists that a page invents, and decisions on matches with them.
//!
//! A block marked `lists DATE` is a table in the form of `docs/list-format.md`; the cases below it
//! are screened against it as if it were all the lists there are on that day. `lists DATE partial`
//! says that the lists which are not in the table were not searched.

use super::CasePageError;
use super::block::Entry;
use crate::determination::Determination;
use crate::engine::{Engine, Options};
use crate::matches::{
    Decided, Decision, Decisions, NEEDED, Screened, Search, Searched, SearchedList, material,
    subject_at,
};
use crate::transaction::Transaction;
use crate::workspace::Workspace;
use jiff::civil::Date;
use screening::lists::{List, ListFile, import};
use screening::snapshot::{self, Snapshot};
use screening::{Index, ListedParty, Premises, Screener, Settings};
use std::sync::Arc;

/// How many days the lists of a page may be away from the day of a case: the program's own limit.
const MAX_AGE: u32 = 7;

/// The lists of a page.
#[derive(Debug)]
pub struct PageLists {
    snapshot: Snapshot<Vec<u8>>,
    index: Vec<u8>,
    premises: Premises,
    searched: Arc<Searched>,
    settings: Settings,
}

/// What a case says of a match: whose it is, with which entry, and whether they are the same.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PageDecision {
    path: String,
    list: String,
    id: String,
    same: bool,
    until: Option<Date>,
}

impl PageLists {
    /// Reads the table of a page.
    pub(super) fn read(
        line: usize,
        info: &str,
        lines: &[(usize, String)],
    ) -> Result<Self, CasePageError> {
        let refused = |problem: String| CasePageError { line, problem };
        let mut words = info.split_whitespace();
        let day = words.next().and_then(|it| it.parse::<Date>().ok());
        let day =
            day.ok_or_else(|| refused("the lists are of a day: `lists 2026-09-23`".into()))?;
        let partial = match words.next() {
            None => false,
            Some("partial") => true,
            Some(other) => return Err(refused(format!("`{other}` says nothing of lists"))),
        };
        let lines: Vec<&str> = lines.iter().map(|it| it.1.as_str()).collect();
        let table = lines.join("\n");
        let read = import(&[ListFile { name: "the page", bytes: table.as_bytes() }]);
        if let Some(failure) = read.failures.first() {
            return Err(refused(failure.to_string()));
        }
        if let Some(problem) = read.problems.first() {
            return Err(refused(problem.to_string()));
        }
        Self::new(&read.lists, day, partial).ok_or_else(|| refused("no list can be made".into()))
    }

    fn new(lists: &[List], day: Date, partial: bool) -> Option<Self> {
        let snapshot = Snapshot::open(snapshot::write(lists, &[]).ok()?).ok()?;
        let parties: Vec<ListedParty> = snapshot.parties().collect::<Result<_, _>>().ok()?;
        let entries = |code: &str| {
            let list = lists.iter().find(|it| it.source.code == code);
            list.map_or(0, |it| it.parties.len() as u64)
        };
        let mut codes: Vec<&str> = lists.iter().map(|it| it.source.code.as_str()).collect();
        if !partial {
            codes.extend(NEEDED.into_iter().filter(|it| entries(it) == 0));
        }
        let list = |code: &str| SearchedList {
            code: code.to_owned(),
            date: Some(day),
            digest: String::new(),
            entries: entries(code),
            whole: true,
        };
        let settings = Settings::default();
        let searched = Searched {
            lists: codes.into_iter().map(list).collect(),
            digest: snapshot.digest().to_string(),
            settings: settings.digest(),
            built_in: false,
            max_age: MAX_AGE,
        };
        let index = screening::index::build(&parties);
        let premises = Premises::of((0..).zip(&parties));
        Some(Self { snapshot, index, premises, searched: Arc::new(searched), settings })
    }

    /// What a search of these lists says of the names of a transaction.
    pub(super) fn screened(
        &self,
        transaction: &Transaction,
        decided: &[PageDecision],
        on: Option<Date>,
    ) -> Screened {
        let decisions: Decisions =
            decided.iter().filter_map(|it| self.decision(it, transaction)).collect();
        let Ok(index) = Index::read(&self.index) else {
            // Its own index can be read: it was made in `new`. Nothing was searched otherwise.
            return Screened::default();
        };
        let search = Search {
            snapshot: &self.snapshot,
            screener: Screener::new(index, &self.settings),
            review: self.settings.review,
            premises: &|| &self.premises,
            decisions: &decisions,
            searched: Arc::clone(&self.searched),
            on,
        };
        search.of(transaction, &mut screening::Workspace::default())
    }

    /// The answer to a transaction whose names are searched in these lists.
    #[must_use]
    pub fn decide<'law>(
        &self,
        engine: &'law Engine,
        transaction: &Transaction,
        decided: &[PageDecision],
        options: &Options,
    ) -> Determination<'law> {
        let screened = self.screened(transaction, decided, options.on);
        engine.decide_screened(&mut Workspace::default(), transaction, screened, options)
    }

    /// The transaction with the listings that the search and the decisions settle.
    #[must_use]
    pub fn adjudicated(&self, transaction: &Transaction, decided: &[PageDecision]) -> Transaction {
        self.screened(transaction, decided, None).adjudicate(transaction).0
    }

    fn decision(&self, it: &PageDecision, transaction: &Transaction) -> Option<Decision> {
        let subject = subject_at(transaction, &it.path)?;
        let entry = self.snapshot.find(&it.list, &it.id).ok()??;
        let entry = self.snapshot.party(entry).ok()?;
        Some(Decision {
            party: subject.names.first()?.clone(),
            list: it.list.clone(),
            entry: it.id.clone(),
            same: it.same,
            decided: Decided {
                by: "the page".to_owned(),
                why: "it says so".to_owned(),
                on: transaction.date,
                until: it.until,
            },
            rests_on: material::of(&subject, &entry),
        })
    }
}

impl PartialEq for PageLists {
    fn eq(&self, other: &Self) -> bool {
        self.searched == other.searched
    }
}

impl Eq for PageLists {}

/// Reads the lines under `decided:`, each `- PATH is LIST:ID` or `- PATH is not LIST:ID`, and
/// perhaps `until DATE`.
pub(super) fn decisions(entry: &Entry) -> Result<Vec<PageDecision>, CasePageError> {
    let decision = |(line, text): &(usize, String)| {
        let problem = "`- PATH is LIST:ID` or `- PATH is not LIST:ID`, and perhaps `until DATE`";
        let refused = || CasePageError { line: *line, problem: problem.to_owned() };
        let words: Vec<&str> = text.trim().trim_start_matches('-').split_whitespace().collect();
        let (path, same, rest) = match words.as_slice() {
            [path, "is", "not", rest @ ..] => (*path, false, rest),
            [path, "is", rest @ ..] => (*path, true, rest),
            _ => return Err(refused()),
        };
        let (named, until) = match rest {
            [named] => (*named, None),
            [named, "until", day] => (*named, Some(day.parse().map_err(|_| refused())?)),
            _ => return Err(refused()),
        };
        let (list, id) = named.split_once(':').ok_or_else(refused)?;
        let (path, list, id) = (path.to_owned(), list.to_owned(), id.to_owned());
        Ok(PageDecision { path, list, id, same, until })
    };
    entry.lines.iter().skip(1).map(decision).collect()
}

impl PageLists {
    /// The first decision that is about nobody, so that a slip in a page is noticed.
    #[must_use]
    pub fn about_nobody<'d>(
        &self,
        decided: &'d [PageDecision],
        transaction: &Transaction,
    ) -> Option<&'d str> {
        let lost = decided.iter().find(|it| self.decision(it, transaction).is_none())?;
        Some(&lost.path)
    }
}
