//! Where something stands in the input, as it is written there.
//!
//! A path is put together only when it is read: an answer has dozens, and most are never looked at.

use std::fmt;

/// Where something stands in the input, such as `parties[0].sector` or `legs[1].end_use.knows`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Path {
    /// The leg whose own it is.
    pub(super) leg: Option<usize>,
    /// The list of the transaction or the leg that it stands in; empty for a key of its own.
    pub(super) list: &'static str,
    /// The place there; `None` for the list itself.
    pub(super) place: Option<usize>,
    /// Who within that.
    pub(super) holder: Holder,
    /// A list within that, and the place there.
    pub(super) inner: Option<(&'static str, Option<usize>)>,
    /// The key; empty for the thing itself, and for a list without members.
    pub(super) key: &'static str,
}

/// Whose something is: the party's own, or that of somebody it names.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Holder {
    /// The party's.
    #[default]
    Itself,
    /// That of the principal for whom it acts.
    Principal,
    /// An owner's.
    Owner(usize),
}

impl Path {
    /// A key of the transaction itself, such as `end_use.knows`.
    #[must_use]
    pub fn of_key(key: &'static str) -> Self {
        Self { key, ..Self::default() }
    }

    /// A member of a list of the transaction, such as `parties[0]`.
    #[must_use]
    pub fn of_member(list: &'static str, place: usize) -> Self {
        Self { list, place: Some(place), ..Self::default() }
    }

    /// Says the path piece by piece. No piece has anything that JSON would escape.
    pub fn pieces(&self, say: &mut (impl FnMut(&str) + ?Sized)) {
        if let Some(leg) = self.leg {
            member("legs", Some(leg), say);
            say(".");
        }
        member(self.list, self.place, say);
        match self.holder {
            Holder::Itself => {}
            Holder::Principal => say(".acts_for"),
            Holder::Owner(owner) => member(".owners", Some(owner), say),
        }
        if let Some((list, place)) = self.inner {
            say(".");
            member(list, place, say);
        }
        if !self.key.is_empty() && !self.list.is_empty() {
            say(".");
        }
        say(self.key);
    }
}

/// A list, or its member at a place.
fn member(list: &str, place: Option<usize>, say: &mut (impl FnMut(&str) + ?Sized)) {
    const FIRST: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    say(list);
    if let Some(place) = place {
        say("[");
        match FIRST.get(place) {
            Some(digit) => say(digit),
            None => say(&place.to_string()),
        }
        say("]");
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        self.pieces(&mut |it| {
            if result.is_ok() {
                result = f.write_str(it);
            }
        });
        result
    }
}
