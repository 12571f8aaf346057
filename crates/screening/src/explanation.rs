//! A hit in words: which parts made it, what was left over, what else spoke for or against, and
//! what would clear it. Everything comes from the [`Hit`]; nothing is compared again.

use crate::evidence::{self, Finding};
use crate::lexicon;
use crate::name::{Class, Name, letters};
use crate::party::{ListedParty, NameRole, PartyKind};
use crate::screener::Hit;
use crate::term::Relation;

/// What is to be said about one hit.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Explanation {
    /// The name that was asked for, as written, or what of it was taken for the name.
    pub asked: String,
    /// The listed name that it was found by, as the list writes it.
    pub listed: String,
    /// Whether that name is the entry's own, another, or a former one.
    pub role: NameRole,
    /// The words that belong together, strongest first.
    pub pairs: Vec<WordPair>,
    /// Words of the query that nothing answers, with their weight.
    pub left_query: Vec<(String, u16)>,
    /// Words of the listed name that nothing answers, with their weight.
    pub left_listed: Vec<(String, u16)>,
    /// A birth in a year before the first of these or after the last would clear the party; nothing
    /// where its birth is known, or clears nobody.
    pub clearing_years: Option<(i16, i16)>,
    /// Whole sentences, without full stops.
    pub sentences: Vec<String>,
}

/// Words that belong together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WordPair {
    /// As asked, in Latin letters.
    pub asked: String,
    /// As listed, in Latin letters.
    pub listed: String,
    /// How they are alike.
    pub relation: Relation,
    /// How much, in thousandths.
    pub likeness: u16,
    /// The weight they explain.
    pub weight: u16,
}

impl Explanation {
    /// Why a query hit `party`.
    #[must_use]
    pub fn of(hit: &Hit, party: &ListedParty) -> Self {
        let name = party.names.get(usize::from(hit.name));
        let mut told = Self {
            asked: hit.read.text.clone(),
            listed: name.map_or_else(String::new, |it| it.text.clone()),
            role: name.map_or(NameRole::Primary, |it| it.role),
            ..Self::default()
        };
        let query_words = texts(&hit.read.name);
        for pair in &hit.alignment.pairs {
            told.pairs.push(WordPair {
                asked: joined(&query_words, pair.query.from, pair.query.len),
                listed: joined(&hit.listed, pair.candidate.from, pair.candidate.len),
                relation: pair.like.relation,
                likeness: pair.like.score,
                weight: pair.weight,
            });
        }
        told.left_query = left(&query_words, hit.alignment.left_query);
        told.left_listed = left(&hit.listed, hit.alignment.left_candidate);
        told.clearing_years = evidence::years(&party.births).filter(|_| hit.birth_clears);
        told.sentences = told.names(hit).into_iter().chain(told.evidence(hit, party)).collect();
        told
    }

    /// One paragraph.
    #[must_use]
    pub fn text(&self) -> String {
        self.sentences.join("; ")
    }

    fn names(&self, hit: &Hit) -> Vec<String> {
        let what = match self.role {
            NameRole::Primary => "listed name",
            NameRole::Alias => "alias",
            NameRole::Former => "former name",
        };
        let weak = if hit.weak { "weak " } else { "" };
        let mut said = vec![format!("{weak}{what} `{}` reads as `{}`", self.listed, self.asked)];
        if hit.reading > 0 {
            said.push("that is one of the ways to read the name that was given".to_owned());
        }
        for (it, pair) in self.pairs.iter().zip(&hit.alignment.pairs) {
            let (asked, listed) = (&it.asked, &it.listed);
            let token = hit.read.name.tokens.get(usize::from(pair.query.from));
            let is_legal = token.is_some_and(|it| it.class == Class::Legal);
            said.push(match it.relation {
                Relation::Same | Relation::Synonym if is_legal => self.legal_forms(it),
                Relation::Same => format!("`{asked}` agrees"),
                Relation::Synonym => format!("`{asked}` means the same as `{listed}`"),
                Relation::Sound => format!("`{asked}` sounds like `{listed}`"),
                Relation::Typo => format!("`{asked}` is a letter or two from `{listed}`"),
                Relation::Initial if is_cut(asked, listed) => {
                    format!("`{asked}` may be `{listed}`, cut off where the field ends")
                }
                Relation::Initial => format!("`{asked}` and `{listed}` begin alike"),
                Relation::Joined => format!("`{asked}` is `{listed}` written with other spaces"),
                Relation::Acronym => {
                    format!("`{asked}` and `{listed}`: one has the first letters of the other")
                }
            });
        }
        let (both, query): (Vec<_>, Vec<_>) = self
            .left_query
            .iter()
            .partition(|it| self.left_listed.iter().any(|other| other.0 == it.0));
        let listed: Vec<_> = self
            .left_listed
            .iter()
            .filter(|it| !both.iter().any(|other| other.0 == it.0))
            .collect();
        let alone = |words: &[&(String, u16)]| {
            words.iter().map(|it| format!("`{}`", it.0)).collect::<Vec<_>>().join(", ")
        };
        if !both.is_empty() {
            said.push(format!("in both, but not as the same: {}", alone(&both)));
        }
        if !query.is_empty() {
            said.push(format!("not in the listed name: {}", alone(&query)));
        }
        if !listed.is_empty() {
            said.push(format!("only in the listed name: {}", alone(&listed)));
        }
        said
    }

    /// What is to be said of two legal forms of one kind, which need not be the same.
    fn legal_forms(&self, pair: &WordPair) -> String {
        let asked = lexicon::legal_forms(&self.asked, &pair.asked);
        let listed = lexicon::legal_forms(&self.listed, &pair.listed);
        match (asked.as_slice(), listed.as_slice()) {
            ([asked], [listed]) if asked == listed => format!("`{asked}` agrees"),
            ([asked], [listed]) => {
                format!("`{asked}` and `{listed}` are legal forms of one kind")
            }
            _ => "the legal forms are of one kind".to_owned(),
        }
    }

    fn evidence(&self, hit: &Hit, party: &ListedParty) -> Vec<String> {
        let mut said = Vec::new();
        let mut say = |finding: Finding, what: &str| {
            said.extend(match finding {
                Finding::Unknown => None,
                Finding::Agrees => Some(format!("{what} agrees")),
                Finding::Near => Some(format!("{what} is near")),
                Finding::Differs => Some(format!("{what} differs")),
            });
        };
        let (date, year) = match hit.kind {
            PartyKind::Person | PartyKind::Unknown => ("the date of birth", "a birth year"),
            PartyKind::Organization => ("the date of founding", "a year of founding"),
            PartyKind::Vessel | PartyKind::Aircraft => {
                ("the year of building", "a year of building")
            }
        };
        say(hit.evidence.id, "an identifier");
        say(hit.evidence.born, date);
        say(hit.evidence.country, "the country");
        say(hit.evidence.address, "the address");
        say(hit.evidence.gender, "the gender");
        if hit.evidence.state == Finding::Differs {
            said.push("the name tells another country than the list has".to_owned());
        }
        if hit.evidence.kind == Finding::Differs {
            said.push("one is a person and the other is not, or the like".to_owned());
        }
        if let Some((first, last)) = self.clearing_years {
            said.push(format!("{year} before {first} or after {last} would clear this"));
        } else if hit.evidence.country == Finding::Unknown
            && !(party.countries.is_empty() && party.addresses.is_empty())
        {
            said.push("the country would tell more".to_owned());
        }
        said
    }
}

/// Whether a word is more than a first letter of another.
fn is_cut(a: &str, b: &str) -> bool {
    let is_letter = |it: &str| it.len() == 1 || letters::TWO.contains(&it);
    !is_letter(a) && !is_letter(b)
}

fn texts(name: &Name) -> Vec<(String, u16)> {
    name.tokens
        .iter()
        .map(|it| (it.terms.first().map_or_else(String::new, |it| it.text.clone()), it.left))
        .collect()
}

fn joined(words: &[(String, u16)], from: u8, len: u8) -> String {
    let from = usize::from(from);
    let words = words.get(from..from + usize::from(len)).unwrap_or_default();
    words.iter().map(|it| it.0.as_str()).collect::<Vec<_>>().join(" ")
}

fn left(words: &[(String, u16)], bits: u32) -> Vec<(String, u16)> {
    words.iter().enumerate().filter(|it| bits >> it.0 & 1 == 1).map(|it| it.1.clone()).collect()
}

#[cfg(test)]
mod tests;
