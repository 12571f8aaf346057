//! Who may do what: the one place that decides.
//!
//! A [`Permission`] is a verb. A person has roles, a key has scopes, the system has its own few
//! verbs; [`Actor::may`] looks the verb up and says why not. What a case forbids on top of that
//! (nobody approves what they prepared) is a question of the case, not of the role, and is asked in
//! `store::case`. The whole matrix stands in `docs/people-and-roles.md`, held true by a test.

mod matrix;
mod scope;
mod verb;

pub(crate) use scope::Scope;
pub(crate) use verb::Permission;

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use store::case::{Nature, Who};

/// What a person is here.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    /// Asks whether something may leave, and sees what they asked.
    Requester,
    /// Prepares cases: facts, matches, papers.
    Analyst,
    /// Lets go what somebody else prepared.
    Approver,
    /// Advises, and overrules together with a second person.
    Counsel,
    /// Reads everything and changes nothing.
    Auditor,
    /// Looks after people, keys, lists and settings; decides no case.
    Admin,
}

/// Whose matter is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Whose {
    /// One that the actor opened, or nobody's in particular.
    Own,
    /// Anybody's.
    Anyone,
}

/// How far a role reaches with a verb.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reach {
    /// Not at all.
    Nothing,
    /// Matters that they opened themselves.
    Own,
    /// Every matter.
    Everything,
}

/// Somebody who asks: a person who signed in, a key, or the program itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Actor {
    /// The id that records carry, such as `user:7f3a` or `key:19c2`.
    pub(crate) id: String,
    /// The name for people to read; personal data, never in logs.
    pub(crate) name: String,
    /// What it is, and what it was given.
    pub(crate) grants: Grants,
    /// The person behind a key: what the key prepares, that person prepared.
    pub(crate) behind: Option<String>,
}

/// What an actor is, and what it was given.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Grants {
    /// A person, with roles.
    Person(BTreeSet<Role>),
    /// An API key, with scopes.
    Key(BTreeSet<Scope>),
    /// The program: watching, sending, cleaning up.
    System,
}

/// Why something is not permitted.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum Denied {
    /// None of the person's roles has the verb.
    #[error("`{permission}` needs the role {roles}", roles = either(.permission.roles()))]
    Role {
        /// The verb.
        permission: Permission,
    },
    /// The person's roles reach only what they opened themselves.
    #[error("`{permission}` reaches only cases that you opened; ask an analyst")]
    NotYours {
        /// The verb.
        permission: Permission,
    },
    /// None of the key's scopes has the verb.
    #[error("`{permission}` needs a key with the scope {scopes}", scopes = scope::any_of(*.permission))]
    Scope {
        /// The verb.
        permission: Permission,
    },
    /// Only a person answers for this.
    #[error("`{permission}` is for a person who signed in; no key can do it")]
    PersonOnly {
        /// The verb.
        permission: Permission,
    },
    /// The program never does this by itself.
    #[error("`{permission}` is not done without somebody who asks for it")]
    NotBySystem {
        /// The verb.
        permission: Permission,
    },
}

impl Role {
    /// Every role, in the order of the matrix.
    pub(crate) const ALL: [Self; 6] =
        [Self::Requester, Self::Analyst, Self::Approver, Self::Counsel, Self::Auditor, Self::Admin];

    /// The word for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Analyst => "analyst",
            Self::Approver => "approver",
            Self::Counsel => "counsel",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// What it is for, in a sentence.
    pub(crate) fn purpose(self) -> &'static str {
        match self {
            Self::Requester => "asks whether something may leave, and sees what they asked",
            Self::Analyst => "prepares cases: facts, matches, papers",
            Self::Approver => "lets go what somebody else prepared",
            Self::Counsel => "advises, and overrules together with a second person",
            Self::Auditor => "reads everything and changes nothing",
            Self::Admin => "looks after people, keys, lists and settings; decides no case",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == text);
        found.ok_or_else(|| format!("`{text}` is no role; roles are {}", either(Self::ALL)))
    }
}

impl Actor {
    /// A person who signed in.
    pub(crate) fn person(id: &str, name: &str, roles: impl IntoIterator<Item = Role>) -> Self {
        let grants = Grants::Person(roles.into_iter().collect());
        Self { id: id.to_owned(), name: name.to_owned(), grants, behind: None }
    }

    /// An API key.
    pub(crate) fn key(id: &str, name: &str, scopes: impl IntoIterator<Item = Scope>) -> Self {
        let grants = Grants::Key(scopes.into_iter().collect());
        Self { id: id.to_owned(), name: name.to_owned(), grants, behind: None }
    }

    /// The program itself, for one of its tasks, such as `watch`.
    pub(crate) fn system(task: &str) -> Self {
        let (id, name) = (format!("system:{task}"), "Exeat".to_owned());
        Self { id, name, grants: Grants::System, behind: None }
    }

    /// The same key, with the person behind it.
    pub(crate) fn behind(self, person: &str) -> Self {
        Self { behind: Some(person.to_owned()), ..self }
    }

    /// As much of it as a case must know.
    pub(crate) fn who(&self) -> Who {
        let nature = match self.grants {
            Grants::Person(_) => Nature::Person,
            Grants::Key(_) => Nature::Key,
            Grants::System => Nature::System,
        };
        Who { id: self.id.clone(), nature, behind: self.behind.clone() }
    }

    /// Whether it is a person.
    pub(crate) fn is_person(&self) -> bool {
        matches!(self.grants, Grants::Person(_))
    }

    /// How far the actor reaches with a verb.
    pub(crate) fn reach(&self, permission: Permission) -> Reach {
        match &self.grants {
            Grants::Person(roles) => roles
                .iter()
                .map(|role| matrix::reach(*role, permission))
                .fold(Reach::Nothing, Reach::further),
            Grants::Key(_) if permission.is_for_persons() => Reach::Nothing,
            Grants::Key(scopes) if scopes.iter().any(|it| it.covers(permission)) => {
                Reach::Everything
            }
            Grants::System if permission.is_for_the_system() => Reach::Everything,
            Grants::Key(_) | Grants::System => Reach::Nothing,
        }
    }

    /// Permits, or says why not.
    ///
    /// # Errors
    ///
    /// Where the roles, scopes or nature of the actor do not reach that far.
    pub(crate) fn may(&self, permission: Permission, whose: Whose) -> Result<(), Denied> {
        match (self.reach(permission), whose, &self.grants) {
            (Reach::Everything, _, _) | (Reach::Own, Whose::Own, _) => Ok(()),
            (Reach::Own, Whose::Anyone, _) => Err(Denied::NotYours { permission }),
            (Reach::Nothing, _, Grants::Person(_)) => Err(Denied::Role { permission }),
            (Reach::Nothing, _, Grants::Key(_)) if permission.is_for_persons() => {
                Err(Denied::PersonOnly { permission })
            }
            (Reach::Nothing, _, Grants::Key(_)) => Err(Denied::Scope { permission }),
            (Reach::Nothing, _, Grants::System) => Err(Denied::NotBySystem { permission }),
        }
    }
}

impl Reach {
    fn further(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everything, _) | (_, Self::Everything) => Self::Everything,
            (Self::Own, _) | (_, Self::Own) => Self::Own,
            (Self::Nothing, Self::Nothing) => Self::Nothing,
        }
    }
}

impl Permission {
    /// The roles that have it, for all matters or for their own.
    pub(crate) fn roles(self) -> Vec<Role> {
        let has = |role: &Role| matrix::reach(*role, self) != Reach::Nothing;
        Role::ALL.into_iter().filter(has).collect()
    }
}

/// Things as a choice in words: `a`, `a or b`, `a, b or c`.
fn either<T: fmt::Display>(things: impl IntoIterator<Item = T>) -> String {
    let words: Vec<String> = things.into_iter().map(|it| it.to_string()).collect();
    match words.split_last() {
        None => "nobody has".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests;
