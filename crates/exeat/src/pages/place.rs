//! The places one can go to from everywhere.

use super::visitor::Visitor;
use crate::desk::permission::{Permission, Reach};

/// A place in the navigation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Place {
    /// Where one begins.
    Home,
    /// The interview, and the answer to it.
    Check,
    /// Cases that wait.
    Queue,
    /// Who a name may be.
    Screen,
    /// What a product is.
    Classify,
    /// Where an item may go.
    Atlas,
    /// The rulebook.
    Law,
    /// The records and their chain.
    Record,
    /// People, keys, lists.
    Settings,
}

impl Place {
    /// What stands in the navigation, in its order.
    pub(super) const ALL: [Self; 8] = [
        Self::Check,
        Self::Queue,
        Self::Screen,
        Self::Classify,
        Self::Atlas,
        Self::Law,
        Self::Record,
        Self::Settings,
    ];

    /// Its address.
    pub(super) fn address(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Check => "/check",
            Self::Queue => "/queue",
            Self::Screen => "/screen",
            Self::Classify => "/classify",
            Self::Atlas => "/atlas",
            Self::Law => "/law",
            Self::Record => "/record",
            Self::Settings => "/settings",
        }
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Home => "Desk",
            Self::Check => "Check",
            Self::Queue => "Queue",
            Self::Screen => "Screen",
            Self::Classify => "Classify",
            Self::Atlas => "Atlas",
            Self::Law => "Law",
            Self::Record => "Record",
            Self::Settings => "Settings",
        }
    }

    /// The keys that lead there: `g`, then a letter of its own.
    pub(super) fn keys(self) -> &'static str {
        match self {
            Self::Home => "g d",
            Self::Check => "g c",
            Self::Queue => "g q",
            Self::Screen => "g s",
            Self::Classify => "g y",
            Self::Atlas => "g a",
            Self::Law => "g l",
            Self::Record => "g r",
            Self::Settings => "g t",
        }
    }

    /// Whether it is shown to somebody: a place whose pages would refuse them is not.
    pub(super) fn is_for(self, visitor: &Visitor) -> bool {
        let own = |it: Permission| visitor.actor().reach(it) != Reach::Nothing;
        match self {
            Self::Home => true,
            Self::Check | Self::Classify | Self::Atlas => own(Permission::Check),
            Self::Law => visitor.who.is_none() || own(Permission::ReadLaw),
            Self::Screen => own(Permission::Screen),
            Self::Queue => visitor.who.is_some() && own(Permission::ReadCase),
            Self::Record => visitor.who.is_some() && own(Permission::ReadRecords),
            Self::Settings => visitor.who.is_some() && own(Permission::ReadPeople),
        }
    }
}
