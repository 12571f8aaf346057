//! Which listed words are like the words of a query, and which names they lead to.

use super::bound::Test;
use super::{Memo, Screener};
use crate::align::{self, Part};
use crate::index::{Index, Posting, Signature, acronym_key, join_key, mark};
use crate::key::key;
use crate::name::{Class, MOST_TOKENS, Name, Token};
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
    /// For each mark, the words of the query that terms with it are like, a bit each.
    marks: Vec<u32>,
    /// The marks that are not 0.
    marked: Vec<u16>,
    keys: Keys,
    /// What was found for one spelling.
    noted: Vec<(u32, Packed)>,
    now: u32,
    query: u32,
    /// The listed terms alike to each word.
    pub(super) alike: Vec<Vec<u32>>,
    /// Counts of what was done, for those who tune.
    pub work: Work,
    pub(super) pairs: Vec<align::Pair>,
    /// How alike the words of the name looked at are to those of the query.
    pub(super) likes: Vec<[Packed; MOST_TOKENS]>,
    /// The names that some words lead to.
    pub(super) reached: Vec<u32>,
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

/// Names told in so few bytes are looked at without asking what else they have.
const FEW: usize = 64;

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
        self.alike.iter_mut().for_each(Vec::clear);
        self.alike.resize_with(words.max(self.alike.len()), Vec::new);
    }

    /// How alike a listed term is to the words of the query.
    #[inline]
    pub(super) fn row(&self, term: u32) -> Option<&[Packed; MOST_TOKENS]> {
        let slot = self.slots.get(place(term))?;
        if slot.0 == self.query { self.rows.get(place(slot.1)) } else { None }
    }

    /// The words of the query that other words of a name may be like, a bit each, and what the rest
    /// of it weighs left over; nothing if that is not told.
    #[inline]
    fn words_in(&self, posting: &Posting<'_>) -> Option<(u32, u32)> {
        let (mut words, mut lost, mut open) = (0, 0, 0);
        for (mark, left) in posting.others()? {
            let like = self.marks.get(usize::from(mark)).copied().unwrap_or(0);
            words |= like;
            if let Some(left) = left {
                lost += open;
                open = u32::from(left);
            }
            if like != 0 {
                open = 0;
            }
        }
        Some((words, lost + open))
    }

    /// The words of the query that a term may be like, a bit each.
    pub(super) fn words_of(&self, term: u32) -> u32 {
        self.marks.get(usize::from(mark(term))).copied().unwrap_or(0)
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
        self.now += 1;
        let signature = Signature::of(term);
        for key in &keys.errors {
            for id in index.terms_near(*key, signature) {
                if self.is_new(id) {
                    self.work.compared += 1;
                    if let Some(like) = index.term(id).and_then(|it| asked.typo(&it)) {
                        self.note(id, at, like);
                    }
                }
            }
        }
        self.now += 1;
        for key in &keys.sounds {
            for id in index.terms_sounding(*key) {
                if self.is_new(id) {
                    self.work.compared += 1;
                    if let Some(like) = index.term(id).and_then(|it| asked.sound(&it)) {
                        self.note(id, at, like);
                    }
                }
            }
        }
        self.keys = keys;
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
        memo: Option<&mut Memo<'_>>,
    ) {
        let mut memo = memo.filter(|it| it.is_of(&self.index));
        workspace.begin(&self.index, name.tokens.len());
        for (at, token) in name.tokens.iter().enumerate() {
            for term in &token.terms {
                if let Some(found) = memo.as_mut().and_then(|it| it.get(term)) {
                    for (id, like) in found {
                        workspace.put(*id, at, *like);
                    }
                    continue;
                }
                workspace.noted.clear();
                workspace.find(&self.index, at, term.view());
                if let Some(memo) = &mut memo {
                    memo.put(term, &workspace.noted);
                }
            }
        }
    }

    /// How much there is to read of the names that the terms alike to a word lead to; the most where
    /// it leads to all of them.
    pub(super) fn cost(&self, name: &Name, at: usize, workspace: &Workspace) -> usize {
        if name.tokens.get(at).is_none_or(|it| it.class == Class::Initial) {
            return usize::MAX;
        }
        let terms = workspace.alike.get(at).map_or(&[][..], Vec::as_slice);
        terms.iter().map(|it| self.index.size_of_names(*it)).sum()
    }

    /// Marks every term that may be like a word of `name`, a first letter included, or like several.
    pub(super) fn mark(&self, name: &Name, joined: &[(u32, u32)], workspace: &mut Workspace) {
        workspace.marks.resize(1 << 16, 0);
        for mark in workspace.marked.drain(..) {
            if let Some(it) = workspace.marks.get_mut(usize::from(mark)) {
                *it = 0;
            }
        }
        let (marks, marked) = (&mut workspace.marks, &mut workspace.marked);
        let mut put = |term: u32, words: u32| {
            let mark = mark(term);
            if let Some(it) = marks.get_mut(usize::from(mark)) {
                *it |= words;
                marked.push(mark);
            }
        };
        for (term, words) in joined {
            put(*term, *words);
        }
        for (at, token) in name.tokens.iter().enumerate() {
            let alike = workspace.alike.get(at).map_or(&[][..], Vec::as_slice);
            for it in alike {
                put(*it, 1 << at);
            }
            self.each_first_letter(token, |it| put(it, 1 << at));
        }
    }

    /// The terms that are the first letter of a word.
    fn each_first_letter(&self, token: &Token, mut found: impl FnMut(u32)) {
        if matches!(token.class, Class::Name | Class::Patronymic) {
            for term in &token.terms {
                if let Some(letter) = term.text.chars().next() {
                    self.each_with_text(letter.to_string().as_bytes(), &mut found);
                }
            }
        }
    }

    /// Every listed name in which word `at` is like a single word, and some in which it is not; of
    /// those with many a term in common, the ones that `test` lets pass.
    pub(super) fn reach<'t>(
        &self,
        token: &Token,
        at: usize,
        test: impl Fn(u32) -> Option<Test<'t>>,
        workspace: &Workspace,
        found: &mut impl FnMut(u32),
    ) {
        if token.class == Class::Initial {
            (0..u32::try_from(self.index.names()).unwrap_or(u32::MAX)).for_each(found);
            return;
        }
        for term in workspace.alike.get(at).map_or(&[][..], Vec::as_slice) {
            let many = self.index.size_of_names(*term) > FEW;
            let test = many.then(|| test(*term)).flatten();
            self.reach_term(*term, test, workspace, found);
        }
        self.each_first_letter(token, |it| {
            self.index.names_with(it).for_each(|it| found(it.name));
        });
    }

    /// Listed names in which several words may be one that was asked for.
    pub(super) fn reach_joined(&self, parts: &[Part<'_>], found: &mut impl FnMut(u32)) {
        for part in parts.iter().filter(|it| align::may_join(it)) {
            self.index.names_by_join(join_key(part.text)).for_each(&mut *found);
            if align::abbreviates(part.text) {
                self.index.names_by_join(acronym_key(part.text)).for_each(&mut *found);
            }
        }
    }

    /// Terms that several words that were asked for may be one with, and which words, a bit each.
    pub(super) fn joined(&self, parts: &[Part<'_>]) -> Vec<(u32, u32)> {
        let mut all = Vec::new();
        let span = |from: usize, to: usize| (from..to).fold(0u32, |all, it| all | 1 << it);
        for from in 0..parts.len() {
            let mut joined = Vec::new();
            let mut letters = Vec::new();
            for (count, part) in (1..=align::LONGEST_ACRONYM).zip(parts.iter().skip(from)) {
                joined.extend(part.text);
                letters.extend(part.text.first());
                let mut put = |text: &[u8]| {
                    self.each_with_text(text, |it| all.push((it, span(from, from + count))));
                };
                if (2..=align::LONGEST_SPAN).contains(&count) {
                    put(&joined);
                }
                if count >= 2 && align::abbreviates(&letters) {
                    put(&letters);
                }
            }
        }
        if parts.iter().any(|it| it.class == Class::Particle) {
            let words: Vec<_> = parts.iter().map(|it| (it.class, it.text)).collect();
            align::each_acronym(&words, |letters| {
                self.each_with_text(letters, |it| all.push((it, span(0, parts.len()))));
            });
        }
        all
    }

    /// Every listed name with a term that `test` lets pass.
    pub(super) fn reach_term(
        &self,
        term: u32,
        test: Option<Test<'_>>,
        workspace: &Workspace,
        found: &mut impl FnMut(u32),
    ) {
        match test {
            Some(mut test) => {
                for it in self.index.names_with(term) {
                    if test.passes(workspace.words_in(&it)) {
                        found(it.name);
                    }
                }
            }
            None => self.index.names_with(term).for_each(|it| found(it.name)),
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
