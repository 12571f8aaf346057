//! One name against the lists: the question, the hits, and what was decided about them.

mod born;

pub(crate) use born::parse_born;

use crate::cli::screen::How;
use crate::clock;
use crate::search::Opened;
use decision::matches::material::Subject;
use decision::matches::{End, Verdict};
use jiff::civil::{Date, date};
use screening::care_of;
use screening::party::{DateSpan, Identifier, ListedParty, PartyKind};
use screening::screener::Hit;
use screening::snapshot::Ordinal;
use screening::{Explanation, Memo, Query, Score, Workspace};

/// Who is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// As the search takes it.
    pub(crate) query: Query,
    /// What was told of it and could not be understood.
    pub(crate) problems: Vec<String>,
    /// The columns of its row that may hold names, and are not searched.
    pub(crate) passed_over: Vec<String>,
}

/// An entry that may be the one who is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The entry.
    pub(crate) party: ListedParty,
    /// How alike, with all evidence.
    pub(crate) score: Score,
    /// The comparison of the names; `None` where the address alone matches.
    pub(crate) hit: Option<Hit>,
    /// Why, in parts.
    pub(crate) told: Explanation,
    /// What was decided.
    pub(crate) verdict: Verdict,
}

impl Found {
    /// Whether a person said that it is somebody else.
    pub(crate) fn is_cleared(&self) -> bool {
        matches!(self.verdict, Verdict::False(_))
    }
}

impl Asked {
    /// Somebody of whom only the name is known.
    pub(crate) fn by_name(name: &str) -> Self {
        Self { query: Query::by_name(name, PartyKind::Unknown), ..Self::default() }
    }

    /// Takes in when it was born or built. What stands for a day that nobody knows is told, and
    /// speaks against nobody.
    pub(crate) fn born(&mut self, born: DateSpan) {
        match stands_for_none(born, clock::today()) {
            None => self.query.born = Some(born),
            Some(why) => {
                let born = crate::report::listed::span(&born);
                self.problems.push(format!("`{born}` {why}, and is not compared"));
            }
        }
    }

    /// Takes in where it is. Whoever is named there, as behind `c/o`, is searched as well.
    pub(crate) fn at(&mut self, address: &str) {
        self.query.aliases.extend(care_of::named_in(address));
        self.query.address = Some(address.to_owned());
    }

    /// What decisions about it rest on.
    pub(crate) fn subject(&self) -> Subject {
        let mut names = vec![self.query.name.clone()];
        names.extend(self.query.aliases.iter().cloned());
        let mut countries: Vec<&str> =
            self.query.countries.iter().map(screening::CountryCode::as_str).collect();
        countries.sort_unstable();
        let born = self.query.born.as_ref().map(crate::report::listed::span);
        let ids = self.query.ids.iter().map(|it| (it.kind.clone(), it.number.clone()));
        Subject {
            names,
            country: Some(countries.join(" ")).filter(|it| !it.is_empty()),
            address: self.query.address.clone(),
            born,
            ids: ids.collect(),
        }
    }
}

impl Opened {
    /// The entries that somebody may be, best first, at most so many.
    ///
    /// # Errors
    ///
    /// Where the snapshot is damaged.
    pub(crate) fn ask(
        &self,
        asked: &Asked,
        limit: usize,
        exhaustive: bool,
        workspace: &mut Workspace,
    ) -> Result<Vec<Found>, crate::trouble::Trouble> {
        let screener = self.screener().map_err(crate::trouble::Trouble::new)?;
        let hits = if exhaustive {
            screener.screen_exhaustively(&asked.query)
        } else {
            screener.screen(&asked.query, workspace)
        };
        self.found(hits, asked, limit)
    }

    /// The same for one of many, by the index; what earlier ones led to is not looked up again.
    ///
    /// # Errors
    ///
    /// As [`Opened::ask`].
    pub(crate) fn ask_remembering(
        &self,
        asked: &Asked,
        limit: usize,
        workspace: &mut Workspace,
        memo: &mut Memo<'_>,
    ) -> Result<Vec<Found>, crate::trouble::Trouble> {
        let screener = self.screener().map_err(crate::trouble::Trouble::new)?;
        self.found(screener.screen_remembering(&asked.query, workspace, memo), asked, limit)
    }

    /// The same, from another score on where one is named.
    ///
    /// # Errors
    ///
    /// As [`Opened::ask`].
    pub(crate) fn ask_above(
        &self,
        asked: &Asked,
        how: &How,
        workspace: &mut Workspace,
    ) -> Result<Vec<Found>, crate::trouble::Trouble> {
        let mut settings = self.settings.clone();
        if let Some(threshold) = how.threshold {
            settings.threshold = Score::new(threshold);
        }
        let screener = self.screener_by(&settings).map_err(crate::trouble::Trouble::new)?;
        let hits = if how.exhaustive {
            screener.screen_exhaustively(&asked.query)
        } else {
            screener.screen(&asked.query, workspace)
        };
        self.found(hits, asked, how.limit)
    }

    /// What the hits are, and who sits at the address, best first.
    fn found(
        &self,
        hits: Vec<Hit>,
        asked: &Asked,
        limit: usize,
    ) -> Result<Vec<Found>, crate::trouble::Trouble> {
        let subject = asked.subject();
        let mut found = Vec::new();
        for hit in hits {
            let party = self.party(hit.party)?;
            let told = Explanation::of(&hit, &party);
            self.add(&mut found, &subject, party, hit.score, Some(hit), told);
        }
        if let Some(address) = &asked.query.address {
            for (place, score) in self.lists.premises().at(address, &asked.query.countries) {
                let party = self.party(place)?;
                let listed = party.addresses.first().map(crate::report::listed::address);
                let told = Explanation {
                    asked: address.clone(),
                    listed: listed.unwrap_or_default(),
                    sentences: vec!["the address is listed, whoever is there".to_owned()],
                    ..Explanation::default()
                };
                self.add(&mut found, &subject, party, score, None, told);
            }
        }
        found.sort_by(|a, b| {
            let key = |it: &Found| (it.party.list.clone(), it.party.id.clone());
            b.score.cmp(&a.score).then_with(|| key(a).cmp(&key(b)))
        });
        found.truncate(limit);
        Ok(found)
    }

    fn party(&self, place: u32) -> Result<ListedParty, crate::trouble::Trouble> {
        let party = self.lists.snapshot.party(Ordinal(place));
        party.map_err(|error| crate::trouble::Trouble::new(error.to_string()))
    }

    fn add(
        &self,
        found: &mut Vec<Found>,
        subject: &Subject,
        party: ListedParty,
        score: Score,
        hit: Option<Hit>,
        mut told: Explanation,
    ) {
        // An entry that is over counts no more; one whose first day is still to come does.
        let end = End::of(&party, self.today, self.searched());
        if end == End::Past {
            return;
        }
        told.sentences.extend(end.note());
        let verdict = self.decisions.verdict(subject, &party, self.today);
        found.push(Found { party, score, hit, told, verdict });
    }
}

/// What a party is, as a person writes it.
pub(crate) fn parse_kind(text: &str) -> Result<PartyKind, String> {
    match text.trim().to_ascii_lowercase().as_str() {
        "person" | "individual" => Ok(PartyKind::Person),
        "organization" | "organisation" | "entity" | "company" => Ok(PartyKind::Organization),
        "vessel" | "ship" => Ok(PartyKind::Vessel),
        "aircraft" => Ok(PartyKind::Aircraft),
        "" | "unknown" => Ok(PartyKind::Unknown),
        _ => Err(format!("`{text}` is none of person, organization, vessel, aircraft")),
    }
}

/// Why nobody can have been born then. Programs write the first or the last day of their calendar
/// where none is known, or the day of the entry.
fn stands_for_none(born: DateSpan, today: Date) -> Option<&'static str> {
    // Nobody on a list or among customers is older; nor is a ship.
    const OLDEST: i16 = 1902;
    /// The first second of many computers' time, and the day that it is in America.
    const EPOCH: [Date; 2] = [date(1970, 1, 1), date(1969, 12, 31)];
    let is_day = born.earliest == born.latest;
    if born.latest.year() < OLDEST || is_day && EPOCH.contains(&born.earliest) {
        Some("stands for a day that is not known")
    } else if born.earliest > today || is_day && born.earliest == today {
        Some("is no day on which somebody was born")
    } else {
        None
    }
}

/// A number, or what it is and the number.
pub(crate) fn parse_id(text: &str) -> Result<Identifier, String> {
    let (kind, number) = text.split_once(':').map_or(("", text), |it| (it.0.trim(), it.1));
    let number = number.trim();
    if number.is_empty() {
        return Err(format!("`{text}` is no number"));
    }
    Ok(Identifier { kind: kind.to_owned(), number: number.to_owned(), country: None })
}

#[cfg(test)]
mod tests;
