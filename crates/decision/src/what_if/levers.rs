//! Which facts are levers: what one may lawfully change, and what one may not.
//!
//! A lever is a choice that is the exporter's to make, or a paper that can be had by asking for it.
//! What describes the other side, or what somebody knows, is what it is: to change it on paper only
//! would be to hide it, and to change it in truth is another transaction.

/// Whether a fact may be changed in order to let something go.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Standing {
    /// It may be changed, in truth and not on paper only.
    Lever,
    /// It is not known; to find it out is open to anybody, and to choose it is not.
    FindOut,
    /// It is no lever.
    NoLever,
}

impl Standing {
    /// The word used in answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lever => "lever",
            Self::FindOut => "find-out",
            Self::NoLever => "no-lever",
        }
    }
}

/// What is said of changing a fact.
#[derive(Clone, Copy, Debug)]
pub struct Lever {
    /// The fact, as a path without places, such as `parties.sector`.
    pub fact: &'static str,
    /// Whether it is a lever where it is known.
    pub standing: Standing,
    /// The change in words; `{value}` is the new value, `{subject}` the party or the item.
    pub words: &'static str,
    /// Why it is a lever, or why not.
    pub why: &'static str,
}

const fn lever(fact: &'static str, words: &'static str, why: &'static str) -> Lever {
    Lever { fact, standing: Standing::Lever, words, why }
}

const fn no_lever(fact: &'static str, words: &'static str, why: &'static str) -> Lever {
    Lever { fact, standing: Standing::NoLever, words, why }
}

/// Every fact that is varied.
pub const LEVERS: &[Lever] = &[
    lever(
        "items.form",
        "let out only the {value} of {subject}, and keep the rest at home",
        "which form of the product leaves is the exporter's choice, as long as nothing else follows",
    ),
    lever(
        "items.eccn",
        "offer another product in place of {subject}, one that is {value}",
        "another product may be offered; the same product under another number is the same product",
    ),
    lever(
        "items.supplied_as",
        "let out only {value} for {subject}",
        "what is sent to whom something was lawfully supplied is the exporter's choice; it must be \
         nothing else",
    ),
    lever(
        "items.digital_artifact",
        "share only {value} in place of {subject}",
        "what was found on a system may be shared without the tool; it must be nothing else",
    ),
    lever(
        "items.encryption",
        "{value} for {subject}",
        "740.17 lets anybody classify, or file a classification request, and says how long to wait",
    ),
    lever(
        "items.encryption.open_source_notified",
        "send the notice of published encryption source code of {subject}",
        "the notice of 742.15(b)(2) is an e-mail that whoever publishes may send",
    ),
    lever(
        "documents_held",
        "obtain this document before anything leaves: {value}",
        "a paper can be asked for; it helps once it is held and true",
    ),
    lever(
        "authorizations",
        "apply for a BIS license and wait until it is issued",
        "anybody may apply under part 748; what was applied for is not yet allowed",
    ),
    lever(
        "parties",
        "name and vet the end user, who is then found on no list and to be: {value}",
        "who will use it can be asked; the answer is whatever is true",
    ),
    lever(
        "parties.name",
        "use {value} in place of {subject}",
        "who carries, forwards or pays is the choice of whoever ships; the buyer and the user are not",
    ),
    lever(
        "transit",
        "ship by another route, {value}",
        "by which way it goes to the same destination is the exporter's choice, if it goes that way",
    ),
    lever(
        "transfer.intentionally_stored_in",
        "store it in {value} instead, with a provider there",
        "where data is kept is up to whoever stores it; nobody there may get at it for that reason",
    ),
    lever(
        "temporary",
        "{value}",
        "how the exporter's own people keep what is theirs abroad is up to them",
    ),
    lever(
        "transfer",
        "{value}",
        "how data is protected on its way and at rest is up to whoever stores it",
    ),
    no_lever(
        "destination",
        "another destination, with its user there ({value})",
        "where it really goes is a fact; another route to the same user is diversion",
    ),
    no_lever(
        "parties.sector",
        "another kind of organization in place of {subject} ({value})",
        "what the user is and does is a fact about somebody else",
    ),
    no_lever(
        "parties.government_of",
        "{subject} being of another government ({value})",
        "whose government a body is does not change with the paper it is written on",
    ),
    no_lever(
        "parties.government_level",
        "{subject} being a body of another level ({value})",
        "the level of a body of government is a fact about it",
    ),
    no_lever(
        "parties.state_owned_percent",
        "governments owning {value} percent of {subject}",
        "ownership is a fact; to arrange it for the sake of a shipment is evasion",
    ),
    no_lever(
        "parties.us_subsidiary",
        "{subject} being a subsidiary of a US company: {value}",
        "ownership is a fact about somebody else",
    ),
    no_lever(
        "parties.nationalities.country",
        "{subject} having another nationality ({value})",
        "a person's citizenship and residency are facts about that person",
    ),
    no_lever(
        "parties.us_status",
        "{subject} being a {value}",
        "status under US law is a fact about that person",
    ),
    no_lever(
        "parties.lists",
        "{subject} being {value}",
        "a listing is lifted by the agency that made it, and by nobody else",
    ),
    no_lever(
        "end_use.purposes",
        "another purpose ({value})",
        "what it will be used for is what the user does with it, not what is written down",
    ),
    no_lever(
        "end_use.knows",
        "{value}",
        "what is known stays known; to look away is knowledge too (772.1)",
    ),
    no_lever(
        "red_flags",
        "{value}",
        "a red flag is resolved by an inquiry and its record, not by leaving it out",
    ),
    no_lever("notices", "{value}", "a notice is lifted by the agency that gave it"),
];

/// What is said of changing a fact at a path such as `legs[0].parties[1].sector`; a fact that the
/// catalogue does not know is no lever.
#[must_use]
pub fn of(path: &str) -> Option<&'static Lever> {
    let fact = without_places(path);
    LEVERS.iter().find(|it| it.fact == fact)
}

fn without_places(path: &str) -> String {
    let mut inside = false;
    let plain: String = path
        .chars()
        .filter(|it| {
            inside = *it == '[' || inside && *it != ']';
            !inside && *it != ']'
        })
        .collect();
    plain.strip_prefix("legs.").map_or(plain.clone(), str::to_owned)
}
