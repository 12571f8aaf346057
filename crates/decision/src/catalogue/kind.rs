//! How a kind of thing is declared: its facts, what the law reads of them, and what is asked.

use law::schema::{FactId, KindId};

/// A kind of thing and its facts.
#[derive(Clone, Copy, Debug)]
pub(super) struct KindEntry {
    pub(super) id: KindId,
    pub(super) name: &'static str,
    pub(super) parent: Option<KindId>,
    pub(super) facts: &'static [FactEntry],
}

/// A fact: its type, and how a person is asked for it.
#[derive(Clone, Copy, Debug)]
pub struct FactEntry {
    /// Its place in its kind.
    pub id: FactId,
    /// Its name in rule text.
    pub name: &'static str,
    /// What its values are.
    pub of: Of,
    /// Whether it is known only after the outcome is.
    pub late: bool,
    /// The question, where a person can answer it.
    pub ask: Option<Ask>,
}

/// How a person is asked for a fact.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// The question. `{party}` and `{item}` stand for the party and the item it is about.
    pub question: &'static str,
    /// How hard the answer is to find: 1 is at hand, 5 takes an investigation.
    pub cost: u8,
    /// The key in the input, within the object of its kind, such as `encryption.category`.
    pub key: &'static str,
    /// The presumption that fills it where nothing is said, such as `P7`.
    pub presumption: Option<&'static str>,
}

/// What the values of a fact are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Of {
    /// Yes or no.
    Truth,
    /// One value of the domain of that name.
    Code(&'static str),
    /// Any number of its values.
    Set(&'static str),
    /// A number.
    Number,
}

/// Declares a kind as a module of handles: `KIND`, one `FactId` for each fact, and the entries.
/// A fact is `NAME "name" type`, then either `asked "question" cost key` with an optional
/// presumption, or `told` for what nobody is asked, or `late`.
macro_rules! kind {
    (
        $(#[doc = $about:literal])+
        $module:ident $name:literal = $number:literal of $parent:expr;
        $( $id:ident $fact:literal $of:expr, $how:ident $($ask:literal $cost:literal $key:literal $($presumption:literal)?)? ; )+
    ) => {
        $(#[doc = $about])+
        pub mod $module {
            use super::{KindEntry, FactEntry};
            #[expect(clippy::allow_attributes, reason = "no kind uses every name")]
            mod names {
                #[allow(unused_imports, reason = "no kind uses every name")]
                pub(super) use super::super::{Ask, Of::{self, Code, Number, Set, Truth}};
            }
            use names::*;
            use law::schema::{FactId, KindId};

            /// The kind.
            pub const KIND: KindId = KindId($number);

            $crate::catalogue::kind::places!(0; $( $id $fact )+);

            pub(in crate::catalogue) const ENTRY: KindEntry = KindEntry {
                id: KIND,
                name: $name,
                parent: $parent,
                facts: &[$( FactEntry {
                    id: $id,
                    name: $fact,
                    of: $of,
                    late: $crate::catalogue::kind::is_late!($how),
                    ask: $crate::catalogue::kind::ask!($($ask $cost $key $($presumption)?)?),
                } ),+],
            };
        }
    };
}

/// Numbers the facts of a kind.
macro_rules! places {
    ($number:expr; ) => {};
    ($number:expr; $id:ident $name:literal $($rest:tt)*) => {
        #[doc = concat!("`", $name, "`")]
        pub const $id: FactId = FactId($number);
        $crate::catalogue::kind::places!($number + 1; $($rest)*);
    };
}

macro_rules! is_late {
    (late) => {
        true
    };
    (asked) => {
        false
    };
    (told) => {
        false
    };
}

macro_rules! ask {
    () => {
        None
    };
    ($question:literal $cost:literal $key:literal) => {
        Some(Ask { question: $question, cost: $cost, key: $key, presumption: None })
    };
    ($question:literal $cost:literal $key:literal $presumption:literal) => {
        Some(Ask { question: $question, cost: $cost, key: $key, presumption: Some($presumption) })
    };
}

pub(super) use ask;
pub(super) use is_late;
pub(super) use kind;
pub(super) use places;
