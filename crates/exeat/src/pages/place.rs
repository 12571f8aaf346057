//! The places one can go to from everywhere.

/// A place in the navigation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Place {
    /// Where one begins.
    Home,
    /// The interview, and the answer to it.
    Check,
}

impl Place {
    /// What stands in the navigation, in its order.
    pub(super) const ALL: [Self; 1] = [Self::Check];

    /// Its address.
    pub(super) fn address(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Check => "/check",
        }
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Home => "Desk",
            Self::Check => "Check",
        }
    }

    /// The keys that lead there: `g`, then a letter of its own.
    pub(super) fn keys(self) -> &'static str {
        match self {
            Self::Home => "g d",
            Self::Check => "g c",
        }
    }
}
