//! The shape of a `.law` file as it was written: sections, blocks, conditions, nothing resolved.
//!
//! Two pieces of syntax are equal when they say the same; where they stand does not count.

use crate::rulebook::{Comparison, Quantifier, Status};
use crate::source::Span;
use jiff::civil::Date;

/// Something and where it stands.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// What it is.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// A name, a code, a word of a set.
pub type Name = Spanned<String>;

/// One section heading and the blocks below it.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionSyntax {
    /// Its number, such as `740.22`.
    pub number: Name,
    /// Its title.
    pub title: Spanned<String>,
    /// Its blocks.
    pub blocks: Vec<BlockSyntax>,
}

/// One block. The span of each clause reaches from its keyword to its last word.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockSyntax {
    /// The first line.
    pub head: Spanned<Head>,
    /// The prohibition after `under`.
    pub under: Option<Spanned<Name>>,
    /// The reasons after `overcomes`.
    pub overcomes: Option<Spanned<Vec<Name>>>,
    /// The exclusions after `despite`.
    pub despite: Option<Spanned<Vec<Name>>>,
    /// The condition after `when`.
    pub when: Option<Spanned<Condition>>,
    /// The blocks after `unless`.
    pub unless: Option<Spanned<Vec<Spanned<Reference>>>>,
    /// The deadline after `by`.
    pub by: Option<Spanned<String>>,
    /// The sentence after `says`.
    pub says: Spanned<String>,
    /// The place after `source`.
    pub source: Option<Spanned<String>>,
}

/// The first line of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// What it does.
    pub effect: EffectSyntax,
    /// The kind after `for`.
    pub subject: Option<Name>,
    /// Which paragraph of the section.
    pub paragraph: Spanned<ParagraphSyntax>,
    /// The first day.
    pub from: Option<Spanned<Date>>,
    /// The first day after.
    pub until: Option<Spanned<Date>>,
    /// Whether it is law.
    pub status: Status,
    /// Whether its text could not be verified.
    pub unverified: bool,
}

/// What a block does, with its key as written.
#[derive(Clone, Debug, PartialEq)]
pub enum EffectSyntax {
    /// `define NAME`
    Define(Name),
    /// `exempt`
    Exempt,
    /// `require license for REASON`
    Require(Name),
    /// `allow SYMBOL`, or `allow each of {…}`.
    Allow {
        /// Whether it was written with `each of`.
        each: bool,
        /// The exceptions.
        exceptions: Vec<Name>,
    },
    /// `bar SYMBOL, …`, `bar all`, `bar all except …`
    Bar {
        /// Whether it was written with `all`.
        all: bool,
        /// The exceptions barred, or with `all` those left open.
        exceptions: Vec<Name>,
    },
    /// `exclude NAME`
    Exclude(Name),
    /// `prohibit REASON`
    Prohibit(Name),
    /// `oblige DUTY`
    Oblige(Name),
    /// `flag FLAG`
    Flag(Name),
    /// `refer AGENCY`
    Refer(Name),
    /// `policy POLICY`
    Policy(Name),
    /// `describe ENTRY`, or `describe ENTRY for CHAIN, …`
    Describe {
        /// The entry.
        entry: Name,
        /// What it is for, one of: each a chain of entries joined by ` for `, the nearest first.
        parents: Vec<Name>,
    },
    /// `prefer {A, B} over {C, D}`
    Prefer {
        /// The entries that go before.
        entries: Vec<Name>,
        /// The entries that yield to them.
        over: Vec<Name>,
    },
    /// `untranslated`, or `untranslated define NAME`
    Untranslated(Option<Name>),
}

/// Which paragraph of a section, and the label that tells blocks of one paragraph apart.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct ParagraphSyntax {
    /// The paragraph.
    pub path: PathSyntax,
    /// The label after `#`.
    pub label: Option<String>,
}

/// A paragraph of a section, as written.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum PathSyntax {
    /// The section as a whole.
    #[default]
    Whole,
    /// `(c)(2)`, with the brackets.
    Outline(String),
    /// `"Note 1"`, without the quotes.
    Named(String),
}

impl ParagraphSyntax {
    /// The citation of this paragraph of that section.
    #[must_use]
    pub fn citation(&self, section: &str) -> String {
        match &self.path {
            PathSyntax::Whole => section.to_owned(),
            PathSyntax::Outline(outline) => format!("{section}{outline}"),
            PathSyntax::Named(name) => format!("{section} {name}"),
        }
    }
}

/// A block that another one names after `unless`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The number of another section; `None` is this one.
    pub section: Option<String>,
    /// Which paragraph.
    pub paragraph: ParagraphSyntax,
}

/// A condition. `Any` never stands directly in `Any`, nor `All` in `All`.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Joined by `or`; two at least.
    Any(Vec<Condition>),
    /// Joined by `and`; two at least.
    All(Vec<Condition>),
    /// After `not`.
    Not(Box<Condition>),
    /// `always` or `never`.
    Constant(bool),
    /// `THING is [not] TERM`
    Is {
        /// The thing.
        thing: Name,
        /// Whether `not` was written.
        negated: bool,
        /// The term.
        term: Name,
    },
    /// A fact that is a truth, or a term of the root kind.
    Holds(PathName),
    /// A test of a fact.
    Test {
        /// The fact.
        path: PathName,
        /// What is asked of it.
        test: TestSyntax,
    },
    /// `some NAME of THING where …`
    Quantified {
        /// Some, every or no.
        quantifier: Quantifier,
        /// The kind or term.
        name: Name,
        /// The thing after `of`.
        of: Option<Name>,
        /// What is said of it.
        body: Body,
    },
}

/// What a quantifier says of each thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// `where CONDITION`
    Where(Box<Condition>),
    /// `is [not] TERM`
    Is {
        /// Whether `not` was written.
        negated: bool,
        /// The term.
        term: Name,
    },
}

/// `thing.fact`, or a fact of the root.
#[derive(Clone, Debug)]
pub struct PathName {
    /// The thing; `None` for the root.
    pub thing: Option<String>,
    /// The fact.
    pub fact: String,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for PathName {
    fn eq(&self, other: &Self) -> bool {
        (&self.thing, &self.fact) == (&other.thing, &other.fact)
    }
}

/// What is asked of a fact, as written.
#[derive(Clone, Debug, PartialEq)]
pub enum TestSyntax {
    /// `[not] in {…}`, with `with COLUMN {…}`.
    In {
        /// Whether `not` was written.
        negated: bool,
        /// The values.
        words: Vec<Name>,
        /// The column and its words.
        with: Option<(Name, Vec<Name>)>,
    },
    /// `[not] in COLUMN {…}`
    Column {
        /// Whether `not` was written.
        negated: bool,
        /// The column.
        column: Name,
        /// Its words.
        words: Vec<Name>,
    },
    /// `[not] in PATH`
    Member {
        /// Whether `not` was written.
        negated: bool,
        /// The set.
        path: PathName,
    },
    /// `includes {…}`
    Includes(Vec<Name>),
    /// `within {…}`
    Within(Vec<Name>),
    /// `empty`
    Empty,
    /// A comparison with a number in thousandths.
    Number(Comparison, i64),
}

impl Condition {
    /// The place of its first name.
    #[must_use]
    pub fn first(&self) -> Span {
        match self {
            Self::Any(parts) | Self::All(parts) => {
                parts.first().map_or_else(Span::default, Self::first)
            }
            Self::Not(inner) => inner.first(),
            Self::Constant(_) => Span::default(),
            Self::Is { thing, .. } => thing.span,
            Self::Holds(path) | Self::Test { path, .. } => path.span,
            Self::Quantified { name, .. } => name.span,
        }
    }

    /// The conditions joined by `or`; one alone stays itself.
    #[must_use]
    pub fn any(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Any(inner) => flat.extend(inner),
                other @ (Self::All(_)
                | Self::Not(_)
                | Self::Constant(_)
                | Self::Is { .. }
                | Self::Holds(_)
                | Self::Test { .. }
                | Self::Quantified { .. }) => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.pop().unwrap_or(Self::Constant(false)) } else { Self::Any(flat) }
    }

    /// The conditions joined by `and`; one alone stays itself.
    #[must_use]
    pub fn all(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::All(inner) => flat.extend(inner),
                other @ (Self::Any(_)
                | Self::Not(_)
                | Self::Constant(_)
                | Self::Is { .. }
                | Self::Holds(_)
                | Self::Test { .. }
                | Self::Quantified { .. }) => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.pop().unwrap_or(Self::Constant(true)) } else { Self::All(flat) }
    }
}
