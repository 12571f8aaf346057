//! `exeat screen FILE --changed OLD`: the rows whose answer is another than by an old snapshot.
//!
//! Only entries that came, went or changed can make a difference, and a match does not depend on
//! other entries. So the rows are asked of these entries alone, as they were and as they are, by
//! the same search. Which rows: all of them, or those that an index of the file names
//! (`super::customers`).

use crate::json::Writer;
use crate::lists::open::{Bytes, Lists, file};
use crate::lists::refresh::bytes_of;
use crate::screened::{Asked, Found};
use crate::search::Opened;
use crate::trouble::Trouble;
use screening::change::{ListChange, changes};
use screening::customers::Sought;
use screening::lists::{List, Source};
use screening::{ListedParty, Settings, Workspace};
use std::collections::BTreeSet;
use std::mem::discriminant;
use std::path::Path;

/// The entries that make a difference.
#[derive(Debug)]
pub(super) struct Changed {
    before: Opened,
    after: Opened,
    /// How many entries are new, gone, and something else.
    pub(super) counts: [usize; 3],
}

/// What the change of the lists changes for one row.
#[derive(Debug)]
pub(super) struct Difference {
    /// Matches that are new or say something else.
    pub(super) hits: Vec<Found>,
    /// Matches that are no more.
    pub(super) gone: Vec<Found>,
}

/// Memory for both searches.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    before: Workspace,
    after: Workspace,
}

impl Changed {
    /// What differs between an old snapshot and the lists that are open.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be read.
    pub(super) fn since(old: &Path, opened: &Opened) -> Result<Self, Trouble> {
        let missing = || Trouble::reading(old, &std::io::ErrorKind::NotFound.into());
        let old = all(&file(old)?.ok_or_else(missing)?)?;
        let new = all(&opened.lists)?;
        let changes = changes(&old, &new);
        let count = |of: &dyn Fn(&ListChange<'_>) -> usize| changes.iter().map(of).sum();
        let counts = [
            count(&|it| it.added.len()),
            count(&|it| it.removed.len()),
            count(&|it| it.changed.len()),
        ];
        let before = changes.iter().filter_map(|it| {
            let others = it.changed.iter().map(|it| it.before);
            part(it.before?, it.removed.iter().copied().chain(others))
        });
        let after = changes.iter().filter_map(|it| {
            let others = it.changed.iter().map(|it| it.after);
            part(it.after?, it.added.iter().copied().chain(others))
        });
        Ok(Self {
            before: over(&before.collect::<Vec<_>>(), opened)?,
            after: over(&after.collect::<Vec<_>>(), opened)?,
            counts,
        })
    }

    /// Everything by which somebody may be meant by one of these entries, as they were or are.
    ///
    /// # Errors
    ///
    /// Where a snapshot is damaged.
    pub(super) fn sought(&self) -> Result<BTreeSet<Sought>, Trouble> {
        let mut all = BTreeSet::new();
        for opened in [&self.before, &self.after] {
            for list in self::all(&opened.lists)? {
                all.extend(Sought::of(&list.parties));
            }
        }
        Ok(all)
    }

    /// How it is searched.
    pub(super) fn settings(&self) -> &Settings {
        &self.after.settings
    }

    /// What changes for somebody.
    ///
    /// # Errors
    ///
    /// Where a snapshot is damaged.
    pub(super) fn of(
        &self,
        asked: &Asked,
        limit: usize,
        scratch: &mut Scratch,
    ) -> Result<Difference, Trouble> {
        let before = self.before.ask(asked, usize::MAX, false, &mut scratch.before)?;
        let mut hits = self.after.ask(asked, usize::MAX, false, &mut scratch.after)?;
        let mut gone: Vec<Found> = before
            .iter()
            .filter(|it| !hits.iter().any(|other| is_entry(it, other)))
            .cloned()
            .collect();
        hits.retain(|it| !before.iter().any(|other| is_entry(it, other) && says_same(it, other)));
        hits.truncate(limit);
        gone.truncate(limit);
        Ok(Difference { hits, gone })
    }
}

impl Difference {
    /// Whether the answer is what it was.
    pub(super) fn is_none(&self) -> bool {
        self.hits.is_empty() && self.gone.is_empty()
    }

    /// The fields of a row.
    pub(super) fn write(&self, json: &mut Writer<'_>, row: u64, query: &str) {
        crate::api::hits::row(json, Some(row), query, &self.hits);
        json.objects_of("gone", &self.gone, crate::api::hits::hit);
    }
}

fn is_entry(a: &Found, b: &Found) -> bool {
    (&a.party.list, &a.party.id) == (&b.party.list, &b.party.id)
}

/// Whether two matches with one entry, at two times, mean the same for an export.
fn says_same(a: &Found, b: &Found) -> bool {
    let of = |it: &ListedParty| {
        (it.basis, it.from, it.until, it.programs.clone(), it.license_requirement.clone())
    };
    a.score == b.score
        && a.told.listed == b.told.listed
        && discriminant(&a.verdict) == discriminant(&b.verdict)
        && of(&a.party) == of(&b.party)
        && a.party.license_policy == b.party.license_policy
        && a.party.coverage == b.party.coverage
}

fn all(lists: &Lists) -> Result<Vec<List>, Trouble> {
    lists.snapshot.lists().map_err(|error| Trouble::new(error.to_string()))
}

/// Some entries of a list.
fn part<'a>(source: &Source, parties: impl Iterator<Item = &'a ListedParty>) -> Option<List> {
    let parties: Vec<ListedParty> = parties.cloned().collect();
    (!parties.is_empty()).then(|| List { source: source.clone(), parties })
}

/// These entries, searched as those of `like` are.
fn over(lists: &[List], like: &Opened) -> Result<Opened, Trouble> {
    let lists = Lists::new(Bytes::Held(bytes_of(lists)?), false).map_err(Trouble::new)?;
    let mut opened = Opened::of(lists, like.decisions.clone(), like.searched().max_age);
    opened.settings = like.settings.clone();
    opened.today = like.today;
    Ok(opened)
}
