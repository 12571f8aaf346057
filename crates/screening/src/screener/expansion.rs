//! Which listed words are like the words of a query, and which names they lead to.

use super::Screener;
use super::bound::{self, Common, Test};
use super::candidates;
use super::memo::Words;
use crate::align::{self, Part};
use crate::index::{Index, Posting, Signature, TokenEntry, acronym_key, join_key, mark};
use crate::key::key;
use crate::name::{Class, MOST_TOKENS, Name, Token, letters};
use crate::term::{Asked, Keys, Likeness, Relation, Term, flag};

/// Memory that screenings reuse. One a thread.
#[derive(Debug, Default)]
pub struct Workspace {
    /// For each listed term, in which query it was last found alike, and its row then.
    slots: Vec<(u32, u32)>,
    /// For each listed term, for which spelling it was last compared.
    compared: Vec<u32>,
    /// For each listed name, in which query it was last visited.
    visited: Vec<u32>,
    /// How alike a listed term is to each word of the query.
    rows: Vec<[Packed; MOST_TOKENS]>,
    /// For each mark, the place of what terms with it have in common with the query, from 1 on.
    marks: Vec<u32>,
    /// That, and the mark.
    marked: Vec<(Common, u16)>,
    keys: Keys,
    /// What was found for one spelling.
    noted: Vec<(u32, Packed)>,
    now: u32,
    query: u32,
    /// The listed terms alike to each word.
    alike: Vec<Vec<u32>>,
    /// The words that may be shortened to a first letter, and the listed terms that are that.
    shortened: Vec<(usize, u32)>,
    /// Counts of what was done, for those who tune.
    pub work: Work,
    pub(super) pairs: Vec<align::Pair>,
    pub(super) opened: Opened,
    /// Listed terms that are to be compared.
    met: Vec<u32>,
    /// A bit for each listed name that is to be met; none between queries.
    open: Vec<u64>,
    /// The names that some words lead to.
    pub(super) reached: Vec<u32>,
}

/// Names taken apart.
#[derive(Debug, Default)]
pub(super) struct Opened {
    /// The numbers of the words of one after the other.
    pub(super) numbers: Vec<u32>,
    /// Where those of each end.
    pub(super) ends: Vec<usize>,
    pub(super) words: Vec<TokenEntry>,
    /// For each word, the row of its only spelling, or [`NONE`], or [`SEVERAL`].
    pub(super) rows: Vec<u32>,
}

impl Opened {
    pub(super) fn clear(&mut self) {
        self.numbers.clear();
        self.ends.clear();
        self.words.clear();
        self.rows.clear();
    }
}

/// In place of a row: the term is like no word of the query.
pub(super) const NONE: u32 = u32::MAX;
/// In place of a row: the word has several spellings.
pub(super) const SEVERAL: u32 = u32::MAX - 1;

/// A listed word that several words of the query may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joined {
    pub(super) term: u32,
    /// Those words, a bit each.
    pub(super) words: u32,
    /// What they weigh together.
    pub(super) weight: u32,
    /// How alike they are to it.
    pub(super) like: u16,
}

/// How much was looked at since the workspace was made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Work {
    /// Pairs of spellings compared.
    pub compared: u64,
    /// Names looked at.
    pub looked: u64,
    /// Names aligned word by word.
    pub aligned: u64,
}

/// A likeness in two bytes; 0 is none, and the greater is the better.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Packed(u16);

impl Packed {
    fn new(like: Likeness) -> Self {
        Self(like.score << 3 | (7 - like.relation as u16))
    }

    pub(super) fn score(self) -> u16 {
        self.0 >> 3
    }

    pub(super) fn likeness(self) -> Option<Likeness> {
        let relation = match 7 - (self.0 & 7) {
            0 => Relation::Same,
            1 => Relation::Synonym,
            2 => Relation::Sound,
            3 => Relation::Typo,
            4 => Relation::Initial,
            5 => Relation::Joined,
            _ => Relation::Acronym,
        };
        (self.0 != 0).then_some(Likeness { score: self.0 >> 3, relation })
    }
}

/// So few names are looked at without asking what else they have.
const MANY: usize = 300;
/// Looking at a name takes about as long as reading so many bytes of what names have.
const BYTES_FOR_A_NAME: u64 = 500;

fn place(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

impl Workspace {
    /// Forgets the last query and makes room for this index.
    fn begin(&mut self, index: &Index<'_>, words: usize) {
        let fits = self.slots.len() == index.terms() && self.visited.len() == index.names();
        if !fits || self.now > u32::MAX - 100_000 {
            self.slots = vec![(0, 0); index.terms()];
            self.compared = vec![0; index.terms()];
            self.visited = vec![0; index.names()];
            self.now = 0;
        }
        self.now += 1;
        self.query = self.now;
        self.rows.clear();
        self.shortened.clear();
        self.alike.iter_mut().for_each(Vec::clear);
        self.alike.resize_with(words.max(self.alike.len()), Vec::new);
    }

    /// How alike a listed term is to the words of the query.
    #[inline]
    pub(super) fn row(&self, term: u32) -> Option<&[Packed; MOST_TOKENS]> {
        let slot = self.slots.get(place(term))?;
        if slot.0 == self.query { self.rows.get(place(slot.1)) } else { None }
    }

    /// The place of the row of a listed term, or [`NONE`].
    #[inline]
    pub(super) fn slot(&self, term: u32) -> u32 {
        self.slots.get(place(term)).filter(|it| it.0 == self.query).map_or(NONE, |it| it.1)
    }

    /// The row at a place.
    #[inline]
    pub(super) fn row_at(&self, at: u32) -> Option<&[Packed; MOST_TOKENS]> {
        self.rows.get(place(at))
    }

    /// What the other words of a name may have in common with the query; nothing if that is not
    /// told.
    #[inline]
    fn besides(&self, posting: &Posting<'_>) -> Option<Common> {
        let mut all = Common::default();
        // Of the spellings of a word, the best counts.
        let (mut best, mut open) = (0, 0);
        for (mark, left) in posting.others()? {
            if let Some(left) = left {
                all.left += open;
                all.margin += best;
                (best, open) = (0, u32::from(left));
            }
            let at = self.marks.get(usize::from(mark)).copied().unwrap_or(0);
            if at != 0
                && let Some((common, _)) = self.marked.get(place(at - 1))
            {
                all.words |= common.words;
                best = best.max(common.margin);
                open = 0;
            }
        }
        all.left += open;
        all.margin += best;
        Some(all)
    }

    /// What a term may have in common with the query.
    pub(super) fn common(&self, term: u32) -> Common {
        let at = self.marks.get(usize::from(mark(term))).copied().unwrap_or(0);
        let found = at.checked_sub(1).and_then(|it| self.marked.get(place(it)));
        found.map(|it| it.0).unwrap_or_default()
    }

    /// Notes what a term may have in common with the query.
    fn put_mark(&mut self, term: u32, words: u32, margin: u32) {
        let mark = mark(term);
        let Some(at) = self.marks.get_mut(usize::from(mark)) else { return };
        if *at == 0 {
            self.marked.push((Common::default(), mark));
            *at = u32::try_from(self.marked.len()).unwrap_or(u32::MAX);
        }
        if let Some((common, _)) = self.marked.get_mut(place(*at - 1)) {
            common.words |= words;
            common.margin = common.margin.max(margin);
        }
    }

    /// Whether a name is met for the first time in this query.
    #[inline]
    pub(super) fn visit(&mut self, name: u32) -> bool {
        match self.visited.get_mut(place(name)) {
            Some(seen) if *seen != self.query => {
                *seen = self.query;
                true
            }
            _ => false,
        }
    }

    /// The listed terms that are the first letter of word `at`.
    fn first_letters_of(&self, at: usize) -> impl Iterator<Item = u32> {
        self.shortened.iter().filter(move |it| it.0 == at).map(|it| it.1)
    }

    /// Notes every listed term that is like the spelling `term` of word `at`: way by way, each term
    /// once a way.
    fn find(&mut self, index: &Index<'_>, at: usize, term: Term<'_>) {
        let Some(asked) = Asked::of(term) else { return };
        let mut keys = std::mem::take(&mut self.keys);
        term.asked_keys(&mut keys);
        for key in &keys.same {
            for id in index.terms_alike(*key) {
                if let Some(like) = index.term(id).and_then(|it| term.same(&it)) {
                    self.note(id, at, like);
                }
            }
        }
        let signature = Signature::of(term);
        let near = |it: &u32| index.signature(*it).is_some_and(|it| signature.near(it));
        let mut met = std::mem::take(&mut self.met);
        met.clear();
        keys.errors.iter().for_each(|it| index.terms_near(*it).for_each(|it| met.push(it)));
        met.retain(near);
        self.only_new(index, &mut met);
        for id in &met {
            if let Some(like) = index.term(*id).and_then(|it| asked.typo(&it)) {
                self.note(*id, at, like);
            }
        }
        met.clear();
        keys.sounds.iter().for_each(|it| index.terms_sounding(*it).for_each(|it| met.push(it)));
        self.only_new(index, &mut met);
        for id in &met {
            if let Some(like) = index.term(*id).and_then(|it| asked.sound(&it)) {
                self.note(*id, at, like);
            }
        }
        self.met = met;
        self.keys = keys;
    }

    /// Leaves each term once, and has their letters at hand. Each step goes over all of them: what
    /// it reads lies anywhere in memory, and read in a row, the waiting overlaps.
    fn only_new(&mut self, index: &Index<'_>, met: &mut Vec<u32>) {
        self.now += 1;
        met.retain(|it| self.is_new(*it));
        self.work.compared += met.len() as u64;
        std::hint::black_box(met.iter().fold(0, |all, it| all ^ index.first_letter(*it)));
    }

    /// Whether a term is met for the first time now.
    #[inline]
    fn is_new(&mut self, term: u32) -> bool {
        match self.compared.get_mut(place(term)) {
            Some(seen) if *seen != self.now => {
                *seen = self.now;
                true
            }
            _ => false,
        }
    }

    fn note(&mut self, id: u32, at: usize, like: Likeness) {
        let like = Packed::new(like);
        self.noted.push((id, like));
        self.put(id, at, like);
    }

    fn put(&mut self, id: u32, at: usize, like: Packed) {
        let Some(slot) = self.slots.get_mut(place(id)) else { return };
        if slot.0 != self.query {
            *slot = (self.query, u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
            self.rows.push([Packed::default(); MOST_TOKENS]);
        }
        let row = self.rows.get_mut(place(slot.1));
        if let Some(cell) = row.and_then(|it| it.get_mut(at)) {
            if cell.0 == 0
                && let Some(alike) = self.alike.get_mut(at)
            {
                alike.push(id);
            }
            *cell = (*cell).max(like);
        }
    }
}

impl Screener<'_> {
    /// Finds the listed terms alike to every word of `name`.
    pub(super) fn expand(
        &self,
        name: &Name,
        workspace: &mut Workspace,
        mut words: Option<&mut Words>,
    ) {
        workspace.begin(&self.index, name.tokens.len());
        for (at, token) in name.tokens.iter().enumerate() {
            for term in &token.terms {
                if let Some(found) = words.as_mut().and_then(|it| it.get(term)) {
                    for (id, like) in found {
                        workspace.put(*id, at, *like);
                    }
                    continue;
                }
                workspace.noted.clear();
                workspace.find(&self.index, at, term.view());
                if let Some(words) = &mut words {
                    words.put(term, &workspace.noted);
                }
            }
        }
    }

    /// How much there is to read of the names that the terms alike to a word lead to; the most where
    /// it leads to all of them.
    pub(super) fn cost(&self, name: &Name, at: usize, workspace: &Workspace) -> u64 {
        if name.tokens.get(at).is_none_or(|it| it.class == Class::Initial) {
            return u64::MAX;
        }
        let terms = workspace.alike.get(at).map_or(&[][..], Vec::as_slice);
        terms.iter().fold(0, |all, it| all.saturating_add(self.index.size_of_names(*it)))
    }

    /// Marks every term that may be like a word of `name`, a first letter included, or like several.
    pub(super) fn mark(
        &self,
        joined: &[Joined],
        asked: candidates::Asked<'_>,
        workspace: &mut Workspace,
    ) {
        workspace.marks.resize(1 << 16, 0);
        for (_, mark) in workspace.marked.drain(..) {
            if let Some(it) = workspace.marks.get_mut(usize::from(mark)) {
                *it = 0;
            }
        }
        for it in joined {
            workspace.put_mark(it.term, it.words, bound::margin(it.weight, it.like, asked));
        }
        let alike = std::mem::take(&mut workspace.alike);
        for (at, (part, alike)) in asked.words.iter().zip(&alike).enumerate() {
            let weight = u32::from(part.weight);
            for it in alike {
                let like = workspace.row(*it).and_then(|it| it.get(at)).map_or(0, |it| it.score());
                let weight = weight.min(u32::from(self.index.weight_of(*it)));
                workspace.put_mark(*it, 1 << at, bound::margin(weight, like, asked));
            }
            if crate::compare::takes_initial(Class::Initial, part.class) {
                let by_letter = bound::margin(weight, crate::compare::INITIAL.score, asked);
                let mut shorten = |it: u32| {
                    workspace.shortened.push((at, it));
                    workspace.put_mark(it, 1 << at, by_letter);
                };
                for term in part.spellings {
                    letters::each(&term.text, |it| self.each_with_text(it, &mut shorten));
                }
            }
        }
        workspace.alike = alike;
    }

    /// Every listed name in which word `at` is like a single word, as far as `test` lets it pass,
    /// and some in which it is not. A test is asked for by the term, and whether that is only a
    /// first letter.
    pub(super) fn reach<'t>(
        &self,
        token: &Token,
        at: usize,
        test: impl Fn(u32, bool) -> Test<'t>,
        workspace: &Workspace,
        found: &mut impl FnMut(u32),
    ) {
        if token.class == Class::Initial {
            (0..u32::try_from(self.index.names()).unwrap_or(u32::MAX)).for_each(found);
            return;
        }
        for term in workspace.alike.get(at).map_or(&[][..], Vec::as_slice) {
            self.reach_term(*term, &test(*term, false), workspace, found);
        }
        for it in workspace.first_letters_of(at) {
            self.reach_term(it, &test(it, true), workspace, &mut *found);
        }
    }

    /// Listed names in which several words may be one that was asked for.
    ///
    /// Two letters may be the first ones of very many words. Where they alone are not enough, only
    /// names count that have something else in common with the query.
    pub(super) fn reach_joined(
        &self,
        joined: &[Joined],
        asked: candidates::Asked<'_>,
        workspace: &mut Workspace,
        found: &mut Vec<u32>,
    ) {
        for (at, part) in asked.words.iter().enumerate().filter(|it| align::may_join(it.1)) {
            found.extend(self.index.names_by_join(join_key(part.text)));
            if align::abbreviates(part.text) {
                let from = found.len();
                found.extend(self.index.names_by_join(acronym_key(part.text)));
                if found.len() - from > MANY {
                    self.keep_met(at, joined, asked, workspace, found, from);
                }
            }
        }
    }

    /// Of the names from `from` on, in which word `at` may be first letters, leaves those that have
    /// another word in common with the query, if no other can be alike enough and telling is less
    /// work than looking.
    fn keep_met(
        &self,
        at: usize,
        joined: &[Joined],
        asked: candidates::Asked<'_>,
        workspace: &mut Workspace,
        found: &mut Vec<u32>,
        from: usize,
    ) {
        let Some(part) = asked.words.get(at) else { return };
        let like = align::by_letters(part.text.len());
        let margin = bound::margin(u32::from(part.weight), like, asked);
        let alone = Common { words: 1 << at, margin, left: 0 };
        // A first letter that was asked for may be that of a word in any name.
        if asked.initials != 0
            || Test::new(self.settings, asked, alone).passes(Some(Common::default()))
        {
            return;
        }
        let mut terms: Vec<u32> = joined.iter().map(|it| it.term).collect();
        for other in (0..asked.words.len()).filter(|it| *it != at) {
            terms.extend(workspace.alike.get(other).map_or(&[][..], Vec::as_slice));
            terms.extend(workspace.first_letters_of(other));
        }
        let bytes =
            terms.iter().map(|it| self.index.size_of_names(*it)).fold(0, u64::saturating_add);
        if bytes / BYTES_FOR_A_NAME > (found.len() - from) as u64 {
            return;
        }
        let places = |name: u32| (place(name / 64), 1u64 << (name % 64));
        let mut open = std::mem::take(&mut workspace.open);
        open.resize(self.index.names().div_ceil(64), 0);
        for it in found.drain(from..) {
            let (at, bit) = places(it);
            if let Some(bits) = open.get_mut(at) {
                *bits |= bit;
            }
        }
        let mut meet = |name: u32| {
            let (at, bit) = places(name);
            if let Some(bits) = open.get_mut(at).filter(|it| **it & bit != 0) {
                *bits &= !bit;
                found.push(name);
            }
        };
        terms.iter().flat_map(|it| self.index.names_with(*it)).for_each(|it| meet(it.name));
        // Another word that was asked for may be several too.
        let others = asked.words.iter().enumerate().filter(|it| it.0 != at);
        for (_, other) in others.filter(|it| align::may_join(it.1)) {
            self.index.names_by_join(join_key(other.text)).for_each(&mut meet);
            if align::abbreviates(other.text) {
                self.index.names_by_join(acronym_key(other.text)).for_each(&mut meet);
            }
        }
        open.fill(0);
        workspace.open = open;
    }

    /// Terms that several words that were asked for may be one with, and which words, a bit each.
    pub(super) fn joined(&self, parts: &[Part<'_>]) -> Vec<Joined> {
        let mut all = Vec::new();
        let span = |term: u32, from: usize, to: usize, like: u16| {
            let words = (from..to).fold(0u32, |all, it| all | 1 << it);
            let weights = parts.iter().skip(from).take(to - from).map(|it| u32::from(it.weight));
            Joined { term, words, weight: weights.sum(), like }
        };
        for from in 0..parts.len() {
            let mut joined = Vec::new();
            let mut letters = Vec::new();
            for (count, part) in (1..=align::LONGEST_ACRONYM).zip(parts.iter().skip(from)) {
                joined.extend(part.text);
                letters.extend(part.text.first());
                let mut put = |text: &[u8], like: u16| {
                    self.each_with_text(text, |it| all.push(span(it, from, from + count, like)));
                };
                if (2..=align::LONGEST_SPAN).contains(&count) {
                    put(&joined, align::JOINED);
                }
                if count >= 2 && align::abbreviates(&letters) {
                    put(&letters, align::by_letters(letters.len()));
                }
            }
        }
        if parts.iter().any(|it| it.class == Class::Particle) {
            let words: Vec<_> = parts.iter().map(|it| (it.class, it.text)).collect();
            align::each_acronym(&words, |letters| {
                let like = align::by_letters(letters.len());
                self.each_with_text(letters, |it| all.push(span(it, 0, parts.len(), like)));
            });
        }
        all
    }

    /// Every listed name with a term that `test` lets pass.
    pub(super) fn reach_term(
        &self,
        term: u32,
        test: &Test<'_>,
        workspace: &Workspace,
        found: &mut impl FnMut(u32),
    ) {
        for it in self.index.names_with(term) {
            if test.passes(workspace.besides(&it)) {
                found(it.name);
            }
        }
    }

    /// The terms with this text, other than known phrases.
    fn each_with_text(&self, text: &[u8], mut found: impl FnMut(u32)) {
        for id in self.index.terms_alike(key(b'=', &[text])) {
            if self.index.term(id).is_some_and(|it| it.text == text && it.flags & flag::FIXED == 0)
            {
                found(id);
            }
        }
    }
}
