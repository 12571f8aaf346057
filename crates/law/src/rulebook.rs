//! A rulebook after it was read and checked: every name resolved, every block typed.
//!
//! This is what the checker makes and the compiler takes. It still holds every version of every
//! block and table row; [`crate::Law`] is what one day leaves of it.

use crate::schema::{DomainId, FactId, KindId, Schema};
use crate::source::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Which block, by its place in [`Rulebook::blocks`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct BlockId(pub u32);

/// Which term, by its place in [`Rulebook::terms`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TermId(pub u32);

/// A rulebook, read and checked.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// Its name, such as `us-ear`.
    pub name: String,
    /// The last day through which the law was verified.
    pub verified_through: Date,
    /// The first day it speaks of.
    pub from: Date,
    /// The world it speaks of; table domains are filled in.
    pub schema: Schema,
    /// The keys that effects may use, and their order.
    pub vocabulary: Vocabulary,
    /// Sections in the order of the files.
    pub sections: Vec<Section>,
    /// Every version of every block, in the order of the files.
    pub blocks: Vec<Block>,
    /// The defined terms, in order of first definition.
    pub terms: Vec<Term>,
    /// The tables.
    pub tables: Vec<Table>,
    /// The paragraphs that may be cited.
    pub paragraphs: Vec<Paragraph>,
    /// How things are classified, where the rulebook says so.
    pub classification: Option<Classification>,
}

/// How things are classified: which kind of thing, by which questions. Blocks about that kind are
/// a law of their own: see [`Rulebook::classifying`].
#[derive(Clone, Debug)]
pub struct Classification {
    /// The kind that is classified. Its facts are the questions, in their order.
    pub kind: KindId,
    /// The domain of the entries that it may meet.
    pub entries: DomainId,
    /// The questions, in the order in which they are put where nothing else decides.
    pub questions: Vec<Question>,
    /// What things can do, and what that says of the questions.
    pub capabilities: Vec<Capability>,
}

/// Something that a thing can do, in the words of those who make it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Capability {
    /// Its id.
    pub id: String,
    /// The first day on which it is listed.
    pub from: Date,
    /// The first day after.
    pub until: Option<Date>,
    /// What it is.
    pub name: String,
    /// What counts.
    pub counts: String,
    /// What does not.
    pub does_not_count: String,
    /// Questions that it answers, because it is what they ask; never with a no.
    pub establishes: Vec<(String, String)>,
    /// Questions and the answers that are likely, for somebody to confirm.
    pub suggests: Vec<(String, String)>,
    /// Questions that are to be looked at again where it comes or goes.
    pub touches: Vec<String>,
    /// Questions that are answered no where none of the capabilities that say so is there, and
    /// none that is there bears on them.
    pub none_means_no: Vec<String>,
    /// Where it comes from.
    pub source: String,
}

/// A question about a thing that is to be classified: a fact, in words that somebody who knows the
/// thing can answer.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its id, which is the fact's name.
    pub id: String,
    /// The fact.
    pub fact: FactId,
    /// The first day on which it is a question.
    pub from: Date,
    /// The first day after.
    pub until: Option<Date>,
    /// The question.
    pub ask: String,
    /// What counts, what does not, and what the values mean.
    pub help: String,
    /// The values it may be answered with; none where it is answered yes or no.
    pub values: Vec<String>,
    /// When it is asked, of variable 1. Where that is false the answer is no.
    pub asked_when: Expr,
    /// The answer where it is left out by somebody for whom that means no: yes, no, or a value.
    /// `None` leaves it unknown.
    pub left_out: Option<String>,
    /// Whether a yes releases the thing from a control. Such a yes must be stated.
    pub releases: bool,
    /// The paragraph behind it.
    pub citation: String,
    /// What its answers lead to.
    pub leads_to: String,
    /// How hard it is to answer, from 1.
    pub cost: u8,
    /// Where the text was read.
    pub source: String,
}

/// The keys that effects may use. The order of each list is its meaning, as said per field.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Reasons for a license requirement.
    pub reasons: Vec<String>,
    /// Exceptions, the one to be preferred first.
    pub exceptions: Vec<String>,
    /// Ways of being outside, the one that says most first.
    pub exclusions: Vec<String>,
    /// Prohibitions that `under` may name, in the order they are reported: name, citation, words.
    pub prohibitions: Vec<(String, String, String)>,
    /// Duties.
    pub duties: Vec<String>,
    /// Flags.
    pub flags: Vec<String>,
    /// Agencies.
    pub agencies: Vec<String>,
    /// Review policies, the mildest first.
    pub policies: Vec<String>,
}

/// One section of the regulation: one file.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its number, such as `740.22`.
    pub number: String,
    /// Its title in our words.
    pub title: String,
    /// Where it stands.
    pub span: Span,
}

/// When a version of a block is law.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Version {
    /// The first day.
    pub from: Date,
    /// The first day after; `None` while nothing ends it.
    pub until: Option<Date>,
    /// Whether it is law, will be, or is only proposed.
    pub status: Status,
}

impl Version {
    /// Whether that day lies in it.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Whether a version is law.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Status {
    /// It is, was or will be law by its own dates.
    Law,
    /// Adopted, not in force by itself: used only when asked for.
    Adopted,
    /// Proposed: used only when asked for.
    Proposed,
}

/// One version of one paragraph's rule.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it does.
    pub effect: Effect,
    /// The paragraph, such as `740.22(c)(2)`.
    pub citation: String,
    /// What tells it from other blocks of the same paragraph.
    pub label: Option<String>,
    /// When it is law.
    pub version: Version,
    /// The kind of thing it is true or false of; the root kind where it says nothing else.
    pub subject: KindId,
    /// What must hold. Variable 0 is the root row, variable 1 the subject row.
    pub condition: Expr,
    /// Blocks that switch it off: it holds when its condition does and none of these does. Each
    /// entry is one name in the text, and lists all versions of the block it names.
    pub unless: Vec<Vec<BlockId>>,
    /// Whether the text behind it could not be verified: then it is unknown wherever its
    /// condition is not false.
    pub unverified: bool,
    /// Whether it holds even where an exclusion of that name does (such as `not-subject`).
    pub despite: Vec<String>,
    /// The prohibition it is reported under.
    pub under: Option<String>,
    /// When a duty is due.
    pub by: Option<String>,
    /// What it says, in our words.
    pub says: String,
    /// Where the text was read.
    pub source: Option<String>,
    /// How the number of variables its condition uses, for the evaluator's stack.
    pub variables: u16,
    /// Where it stands.
    pub span: Span,
}

impl Block {
    /// The name other blocks call it by: the citation, and the label after `#`.
    #[must_use]
    pub fn id(&self) -> String {
        match &self.label {
            None => self.citation.clone(),
            Some(label) => format!("{}#{label}", self.citation),
        }
    }
}

/// What a block does.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Gives a term (one of) its meanings.
    Define(TermId),
    /// Switches off the blocks that name it after `unless`.
    Exempt,
    /// A license is required, for this reason.
    Require(String),
    /// An exception is open, and overcomes these reasons.
    Allow {
        /// The exception's symbol.
        exception: String,
        /// The reasons it overcomes.
        overcomes: Vec<String>,
    },
    /// Exceptions are closed.
    Bar(Bars),
    /// Outside, in this way.
    Exclude(String),
    /// Forbidden, for this reason; no exception helps.
    Prohibit(String),
    /// A duty.
    Oblige(String),
    /// Something to be resolved by a person.
    Flag(String),
    /// Another agency's law.
    Refer(String),
    /// How an application would be reviewed.
    Policy(String),
    /// The thing meets the words of an entry of a table.
    Describe {
        /// The entry, as rule text names it.
        entry: String,
        /// What it is for, one of: each a chain of entries joined by ` for `, the nearest first.
        parents: Vec<String>,
    },
    /// Of a thing that meets the words of one of each, the entries go before those they are
    /// `over`.
    Prefer {
        /// The entries that go before; each with everything below it.
        entries: Vec<String>,
        /// The entries that yield; each with everything below it.
        over: Vec<String>,
    },
    /// Text that the language does not express. Where another block names it, it is unknown.
    Untranslated,
}

impl Effect {
    /// The word that opens the block.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Define(_) => "define",
            Self::Exempt => "exempt",
            Self::Require(_) => "require license",
            Self::Allow { .. } => "allow",
            Self::Bar(_) => "bar",
            Self::Exclude(_) => "exclude",
            Self::Prohibit(_) => "prohibit",
            Self::Oblige(_) => "oblige",
            Self::Flag(_) => "flag",
            Self::Refer(_) => "refer",
            Self::Policy(_) => "policy",
            Self::Describe { .. } => "describe",
            Self::Prefer { .. } => "prefer",
            Self::Untranslated => "untranslated",
        }
    }

    /// Whether it is evaluated only when the outcome is known.
    #[must_use]
    pub fn is_late(&self) -> bool {
        matches!(self, Self::Oblige(_) | Self::Refer(_) | Self::Policy(_))
    }
}

/// Which exceptions a block closes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Bars {
    /// All of them but these.
    AllExcept(Vec<String>),
    /// These.
    These(Vec<String>),
}

impl Bars {
    /// Whether it closes that exception.
    #[must_use]
    pub fn closes(&self, exception: &str) -> bool {
        match self {
            Self::AllExcept(open) => !open.iter().any(|it| it == exception),
            Self::These(closed) => closed.iter().any(|it| it == exception),
        }
    }
}

/// A defined term: something that is true or false of a thing.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its name, such as `cybersecurity-item`.
    pub name: String,
    /// The kind it is said of.
    pub subject: KindId,
    /// Every block that defines it, all versions. It holds when one in force holds.
    pub blocks: Vec<BlockId>,
}

/// A condition. Variables are numbered: 0 is the root row, 1 the block's subject row (the same
/// as 0 where the subject is the root), the rest are bound by quantifiers.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Always, or never.
    Constant(bool),
    /// Every one holds; empty is true.
    All(Vec<Expr>),
    /// Some one holds; empty is false.
    Any(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// A test of one fact of the thing bound to a variable.
    Test {
        /// Whose fact.
        thing: Thing,
        /// Which fact.
        fact: FactId,
        /// What is asked of it.
        test: Test,
    },
    /// A term, said of the thing bound to a variable.
    Term {
        /// Which term.
        term: TermId,
        /// Of which thing.
        thing: Thing,
    },
    /// A quantifier over all things of a kind.
    Quantified {
        /// Some, every or no.
        quantifier: Quantifier,
        /// Of which kind.
        kind: KindId,
        /// Only those that belong to this thing.
        of: Option<Thing>,
        /// The variable that it binds.
        variable: u16,
        /// What is said of it.
        body: Box<Expr>,
    },
}

/// A thing that a condition speaks of: a variable's row, or one of the things it belongs to.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Thing {
    /// The variable.
    pub variable: u16,
    /// How many steps up to the parent.
    pub up: u8,
}

/// How many things a quantifier asks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Quantifier {
    /// At least one; false where there is none.
    Some,
    /// All; true where there is none.
    Every,
    /// None; true where there is none.
    No,
}

/// What is asked of a fact.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Test {
    /// A truth is true.
    IsTrue,
    /// A code is one of these values. Hierarchical literals were expanded to values of the domain.
    In(Vec<u16>),
    /// The row of a code has, in a set column of its table, at least one of these words.
    Column {
        /// The column, by its table and its place there: the table first.
        table: u16,
        /// The column's place in the table.
        column: u16,
        /// The words, by their place in the column's words.
        words: Vec<u16>,
    },
    /// Both tests of the same row hold (`in {..} with column {..}`).
    Both(Box<Test>, Box<Test>),
    /// A set has at least one of these values.
    Includes(u128),
    /// A set has no value but these (an empty set passes).
    Within(u128),
    /// A set is empty.
    Empty,
    /// A number compares so with this one, in thousandths.
    Number(Comparison, i64),
    /// A code is in the set that another fact of a thing holds (same domain).
    MemberOf {
        /// Whose set.
        thing: Thing,
        /// Which fact.
        fact: FactId,
    },
}

/// How numbers are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Comparison {
    /// Less than.
    Less,
    /// Less than or equal.
    AtMost,
    /// Equal.
    Equal,
    /// Greater than or equal.
    AtLeast,
    /// Greater than.
    More,
}

/// A dated table. Its rows belong to the values of one domain.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name, such as `country-groups`.
    pub name: String,
    /// The domain whose values are its keys.
    pub domain: DomainId,
    /// What a reader is shown as the source of a cell, such as `740 Supp. 1`.
    pub citation: String,
    /// Its set columns.
    pub columns: Vec<Column>,
    /// Every version of every row.
    pub rows: Vec<TableRow>,
}

/// A column whose cells are sets of words.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in rule text, such as `group`.
    pub name: String,
    /// Every word that occurs in it, sorted.
    pub words: Vec<String>,
}

/// One version of one row.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// Its key, by its place in the domain.
    pub key: u16,
    /// When it is in force.
    pub from: Date,
    /// The first day after.
    pub until: Option<Date>,
    /// For each column, the words it has. Sorted.
    pub words: Vec<Vec<u16>>,
    /// For each column, the words it may have: marked `?` in the table because the law is
    /// unresolved or was not verified. `*?` marks every word of the column.
    pub doubtful: Vec<Vec<u16>>,
    /// What a reader is shown as the source of this row, where it has its own.
    pub citation: Option<String>,
    /// Every other cell, by its column's name.
    pub other: BTreeMap<String, String>,
    /// Where the row was read, as the table says.
    pub source: String,
    /// The line in the file.
    pub line: u32,
}

/// A paragraph that may be cited.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Such as `740.22(c)(2)`.
    pub citation: String,
    /// The first day it exists.
    pub from: Date,
    /// The first day after.
    pub until: Option<Date>,
    /// What it is about, in our words.
    pub title: String,
}
