//! What a house set for itself: how strict it is beyond the law, and who vouches for its people.

use super::people::provider::door::Door;

/// The settings of a desk that change what may be done, and never what the law says.
#[derive(Debug, Default)]
pub(crate) struct House {
    /// Whether every release needs an approval, also where the engine asks for none.
    pub(crate) approve_all: bool,
    /// The identity provider, where there is one.
    pub(crate) provider: Option<Door>,
}
