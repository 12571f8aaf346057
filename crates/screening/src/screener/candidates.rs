//! From the words of a query to the names that are alike enough.

use super::bound::{self, Led, Test};
use super::expansion::{Packed, Workspace};
use super::{Memo, Screener};
use crate::align::{self, Alignment, Part};
use crate::compare;
use crate::index::{NameEntry, TokenEntry};
use crate::name::{Class, MOST_TOKENS, Name};
use crate::party::PartyKind;
use crate::score::{self, Score, Tally};

/// The most that a word weighs whose first letter may stand for it.
const HEAVIEST: u32 = 100;

/// Which side the name is on that is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Side {
    /// It is the query, of a party of this kind, and the index is of listed names.
    Query(PartyKind),
    /// It is listed, and the index is of names that somebody may ask for, with their kinds.
    Listed,
}

impl Side {
    /// The least that something costs, for the kind of the query where that is known.
    pub(super) fn least(self, cost: impl Fn(PartyKind) -> u32) -> u32 {
        match self {
            Self::Query(kind) => cost(kind),
            Self::Listed => cost(PartyKind::Person).min(cost(PartyKind::Organization)),
        }
    }

    /// The kind of the party that the query names.
    fn kind(self, entry: &NameEntry<'_>) -> PartyKind {
        match self {
            Self::Query(kind) => kind,
            Self::Listed => entry.kind,
        }
    }
}

/// What a name is looked at for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'p> {
    pub(super) side: Side,
    pub(super) words: &'p [Part<'p>],
    pub(super) least: Score,
}

impl<'a> Screener<'a> {
    /// Offers every name of the index whose likeness to `name` is at least `least`.
    pub(crate) fn candidates(
        &self,
        name: &Name,
        side: Side,
        least: Score,
        workspace: &mut Workspace,
        memo: Option<&mut Memo<'_>>,
        mut offer: impl FnMut(NameEntry<'_>, Tally, &dyn Fn() -> Alignment),
    ) {
        self.expand(name, workspace, memo);
        let parts: Vec<Part<'_>> = name.tokens.iter().map(compare::part).collect();
        let joined = self.joined(&parts);
        self.mark(name, &joined, workspace);
        let mut order: Vec<(usize, usize)> =
            (0..parts.len()).map(|at| (self.cost(name, at, workspace), at)).collect();
        order.sort_unstable();
        let mut open = (1u32 << parts.len()) - 1;
        // A first letter may be that of anything, so that no name can be passed over.
        let letters = parts.iter().any(|it| it.class == Class::Initial);
        let asked = Asked { side, words: &parts, least };
        let mut reached = std::mem::take(&mut workspace.reached);
        reached.clear();
        // Joins come first: such a name is looked at in full.
        self.reach_joined(&parts, &mut |id| reached.push(id));
        for (term, words) in joined {
            let words = words | workspace.words_of(term);
            let test = (!letters).then(|| Test::new(self.settings, asked, None, words));
            self.reach_term(term, test, workspace, &mut |id| reached.push(id));
        }
        for id in &reached {
            if workspace.visit(*id) {
                self.look(*id, true, asked, workspace, &mut offer);
            }
        }
        for (_, at) in order {
            if bound::most(self.settings, side, &parts, open, None, 0) < least {
                break;
            }
            reached.clear();
            let Some(token) = name.tokens.get(at) else { continue };
            let test = |term| {
                if letters { None } else { self.test(at, term, asked, workspace) }
            };
            self.reach(token, at, test, workspace, &mut |id| reached.push(id));
            for id in &reached {
                if workspace.visit(*id) {
                    self.look(*id, false, asked, workspace, &mut offer);
                }
            }
            open &= !(1 << at);
        }
        workspace.reached = reached;
    }

    /// What tells whether a name that `term` leads to, which is like word `at`, can be alike enough.
    fn test<'t>(
        &'t self,
        at: usize,
        term: u32,
        asked: Asked<'t>,
        workspace: &Workspace,
    ) -> Option<Test<'t>> {
        let row = workspace.row(term)?;
        let like = u32::from(row.get(at)?.score());
        let weight = asked.words.get(at)?.weight.min(u16::from(self.index.weight_of(term)));
        let led = Led { at, weight: u32::from(weight), like };
        let cells = row.iter().take(asked.words.len()).enumerate();
        let twice = cells.filter(|it| it.1.score() > 0).fold(0, |all, it| all | 1 << it.0);
        Some(Test::new(self.settings, asked, Some(led), twice))
    }

    fn look(
        &self,
        id: u32,
        joined: bool,
        asked: Asked<'_>,
        workspace: &mut Workspace,
        offer: &mut impl FnMut(NameEntry<'_>, Tally, &dyn Fn() -> Alignment),
    ) {
        workspace.work.looked += 1;
        let Some(entry) = self.index.name(id) else { return };
        if !joined && !self.may_reach(&entry, asked, workspace) {
            return;
        }
        let mut likes = std::mem::take(&mut workspace.likes);
        likes.clear();
        for token in self.index.tokens_of(&entry) {
            let mut best = [Packed::default(); MOST_TOKENS];
            for row in self.index.spellings(&token).filter_map(|it| workspace.row(it)) {
                for (like, cell) in best.iter_mut().zip(row).take(asked.words.len()) {
                    *like = (*like).max(*cell);
                }
            }
            likes.push(best);
        }
        self.judge(&entry, joined, &likes, asked, workspace, offer);
        workspace.likes = likes;
    }

    /// Whether a name without joins can be alike enough.
    ///
    /// A name reaches the least likeness `T` where the sum of `weight * (likeness - T)` over its
    /// pairs is at least `T` times the penalty. Each word is in one pair, so the best that each
    /// could do by itself, summed up over the words of either side, is the most there can be; and
    /// what is like nothing is left over.
    fn may_reach(&self, entry: &NameEntry<'a>, asked: Asked<'_>, workspace: &Workspace) -> bool {
        let least = i32::from(asked.least.thousandths());
        let mut best_asked = [0i32; MOST_TOKENS];
        let (mut gain, mut left, mut met, mut carried) = (0i32, 0u32, 0u32, 0usize);
        let by_initial = i32::from(compare::INITIAL.score) - least;
        for token in self.index.tokens_of(entry) {
            let (mut best, mut is_met) = (0i32, false);
            if token.class == Class::Initial {
                is_met = true;
                met = u32::MAX;
                best = i32::from(token.weight) * by_initial;
                for it in &mut best_asked {
                    *it = (*it).max(best);
                }
                best = best.max(0);
            }
            for row in self.index.spellings(&token).filter_map(|it| workspace.row(it)) {
                for (i, (cell, part)) in row.iter().zip(asked.words).enumerate() {
                    if cell.score() > 0 {
                        is_met = true;
                        met |= 1 << i;
                        let explained = i32::from(token.weight.min(part.weight));
                        let margin = explained * (i32::from(cell.score()) - least);
                        best = best.max(margin);
                        if let Some(it) = best_asked.get_mut(i) {
                            *it = (*it).max(margin);
                        }
                    }
                }
            }
            gain += best;
            left += if is_met { 0 } else { u32::from(token.left) };
            carried += usize::from(is_met && score::carries(token.class));
        }
        // A first letter that was asked for may be that of any word.
        let mut of_asked = 0;
        let (mut words, mut lost) = (0, 0);
        for (i, (part, best)) in asked.words.iter().zip(best_asked).enumerate() {
            if part.class == Class::Initial {
                let margin = (i32::from(part.weight) * by_initial).max(0);
                gain += margin;
                of_asked += best.max(margin);
                left = left.saturating_sub(HEAVIEST);
            } else if met >> i & 1 == 1 {
                of_asked += best;
                words += usize::from(score::carries(part.class));
            } else {
                lost += u32::from(part.left);
            }
        }
        if let Side::Listed = asked.side {
            words = carried;
        }
        let kind = asked.side.kind(entry);
        let penalty = score::penalty(self.settings, kind, words, lost, left);
        i64::from(gain.min(of_asked)) >= i64::from(least) * i64::from(penalty)
    }

    fn judge(
        &self,
        entry: &NameEntry<'a>,
        joined: bool,
        likes: &[[Packed; MOST_TOKENS]],
        asked: Asked<'_>,
        workspace: &mut Workspace,
        offer: &mut impl FnMut(NameEntry<'_>, Tally, &dyn Fn() -> Alignment),
    ) {
        workspace.work.aligned += 1;
        let mut tokens: Vec<TokenEntry> = Vec::with_capacity(likes.len());
        let mut parts: Vec<Part<'_>> = Vec::with_capacity(likes.len());
        for token in self.index.tokens_of(entry) {
            let first = self.index.spellings(&token).next().and_then(|it| self.index.term(it));
            parts.push(Part {
                class: token.class,
                weight: token.weight,
                left: token.left,
                character: token.character,
                text: first.map_or(&[], |it| it.text),
                spellings: &[],
            });
            tokens.push(token);
        }
        let mut pairs = std::mem::take(&mut workspace.pairs);
        pairs.clear();
        let mut alike = [0u32; MOST_TOKENS];
        for (j, (likes, token)) in likes.iter().zip(&tokens).enumerate() {
            for (i, like) in likes.iter().enumerate().take(asked.words.len()) {
                let like = like.likeness().or_else(|| self.initial(asked.words.get(i)?, token));
                let pair = like.and_then(|it| match asked.side {
                    Side::Query(_) => compare::single(i, j, asked.words, &parts, it),
                    Side::Listed => compare::single(j, i, &parts, asked.words, it),
                });
                if let Some(pair) = pair {
                    if pair.like.score >= score::SAID_TWICE
                        && let Some(it) = alike.get_mut(i)
                    {
                        *it |= 1 << j;
                    }
                    pairs.push(pair);
                }
            }
        }
        let (query, candidate) = match asked.side {
            Side::Query(_) => (asked.words, parts.as_slice()),
            Side::Listed => (parts.as_slice(), asked.words),
        };
        if joined {
            align::joins(query, candidate, &mut |pair| pairs.push(pair));
        }
        let alignment = align::choose(&mut pairs, query.len(), candidate.len());
        workspace.pairs = pairs;
        let kind = asked.side.kind(entry);
        let tally = score::tally(self.settings, kind, query, candidate, &alignment, |q, c| {
            let (asked, other) = match asked.side {
                Side::Query(_) => (q, c),
                Side::Listed => (c, q),
            };
            alike.get(asked).is_some_and(|it| it >> other & 1 == 1)
        });
        if tally.likeness >= asked.least {
            offer(*entry, tally, &|| alignment.clone());
        }
    }

    fn initial(&self, word: &Part<'_>, token: &TokenEntry) -> Option<crate::term::Likeness> {
        let starts = if compare::takes_initial(word.class, token.class) {
            self.index
                .spellings(token)
                .filter_map(|it| self.index.term(it))
                .any(|it| it.text.starts_with(word.text))
        } else if compare::takes_initial(token.class, word.class) {
            let letter = self.index.spellings(token).next().and_then(|it| self.index.term(it))?;
            word.spellings.iter().any(|it| it.text.as_bytes().starts_with(letter.text))
        } else {
            false
        };
        starts.then_some(compare::INITIAL)
    }
}
