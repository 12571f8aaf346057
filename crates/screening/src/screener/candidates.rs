//! From the words of a query to the names that are alike enough.

use super::Screener;
use super::expansion::{Packed, Workspace};
use crate::align::{self, Alignment, Part};
use crate::compare;
use crate::index::{NameEntry, TokenEntry};
use crate::name::{Class, MOST_TOKENS, Name};
use crate::party::PartyKind;
use crate::score::{self, Score, Tally};

impl Screener<'_> {
    /// Offers every listed name whose likeness to `name` is at least `least`.
    pub(super) fn candidates(
        &self,
        name: &Name,
        least: Score,
        workspace: &mut Workspace,
        mut offer: impl FnMut(NameEntry, Tally, &dyn Fn() -> Alignment),
    ) {
        self.expand(name, workspace);
        let parts: Vec<Part<'_>> = name.tokens.iter().map(compare::part).collect();
        let mut order: Vec<(usize, usize)> =
            (0..parts.len()).map(|at| (self.cost(name, at, workspace), at)).collect();
        order.sort_unstable();
        let mut open: Vec<bool> = vec![true; parts.len()];
        let mut reached: Vec<(u32, bool)> = Vec::new();
        self.reach_joined(&parts, &mut |id| reached.push((id, true)));
        for (_, at) in order {
            if self.most(&parts, &open) < least {
                break;
            }
            self.reach(name, at, workspace, &mut |id| reached.push((id, false)));
            if let Some(it) = open.get_mut(at) {
                *it = false;
            }
        }
        // Joins come first: such a name is looked at in full.
        reached.sort_unstable_by_key(|it| (it.0, !it.1));
        for (id, joined) in reached {
            if workspace.visit(id) {
                self.look(id, joined, &parts, least, workspace, &mut offer);
            }
        }
    }

    /// The most that a name can be alike which has pairs with open words only.
    fn most(&self, parts: &[Part<'_>], open: &[bool]) -> Score {
        let (mut rest, mut expanded, mut words) = (0, 0, 0);
        for (part, open) in parts.iter().zip(open) {
            if *open {
                rest += u32::from(part.weight);
                words += usize::from(score::carries(part.class));
            } else {
                expanded += u32::from(part.weight);
            }
        }
        self.bound(rest * 1000, words, expanded, 0)
    }

    /// The most that names of any kind can be alike with at most this gain, at most so many words
    /// that agree, and at least so much left over.
    fn bound(&self, gain: u32, words: usize, query: u32, candidate: u32) -> Score {
        let penalty = |kind| score::penalty(self.settings, kind, words, query, candidate);
        let penalty = penalty(PartyKind::Person).min(penalty(PartyKind::Organization));
        let all = gain + penalty * 1000;
        if all == 0 {
            return Score::new(0);
        }
        // One more for what rounding takes away elsewhere.
        let most = u64::from(gain) * 1000 / u64::from(all) + 1;
        Score::new(u16::try_from(most).unwrap_or(1000))
    }

    fn look(
        &self,
        id: u32,
        joined: bool,
        query: &[Part<'_>],
        least: Score,
        workspace: &mut Workspace,
        offer: &mut impl FnMut(NameEntry, Tally, &dyn Fn() -> Alignment),
    ) {
        let Some(entry) = self.index.name(id) else { return };
        let mut likes = [[Packed::default(); MOST_TOKENS]; MOST_TOKENS];
        let mut tokens: [Option<TokenEntry>; MOST_TOKENS] = [None; MOST_TOKENS];
        let (mut gain, mut left, mut met) = (0u32, 0u32, 0u32);
        let count = usize::from(entry.count).min(MOST_TOKENS);
        let any_initial = query.iter().any(|it| it.class == Class::Initial);
        let mut full = joined || any_initial;
        for (j, (slot, likes)) in tokens.iter_mut().zip(likes.iter_mut()).enumerate().take(count) {
            let Some(token) =
                u32::try_from(j).ok().and_then(|j| self.index.token(entry.tokens + j))
            else {
                return;
            };
            *slot = Some(token);
            full |= token.class == Class::Initial;
            let mut best = 0;
            for term in self.index.spellings(&token) {
                if let Some(row) = workspace.row(term) {
                    for (i, (cell, like)) in
                        row.iter().zip(likes.iter_mut()).enumerate().take(query.len())
                    {
                        if cell.score() > 0 {
                            met |= 1 << i;
                        }
                        if like.score() < cell.score() {
                            *like = *cell;
                        }
                        let weight = query.get(i).map_or(0, |it| it.weight.min(token.weight));
                        best = best.max(u32::from(weight) * u32::from(cell.score()));
                    }
                }
            }
            gain += best;
            if best == 0 {
                left += u32::from(token.weight);
            }
        }
        if !full {
            let lost: u32 = query
                .iter()
                .enumerate()
                .filter(|it| met >> it.0 & 1 == 0)
                .map(|it| u32::from(it.1.weight))
                .sum();
            if self.bound(gain, met.count_ones() as usize, lost, left) < least {
                return;
            }
        }
        self.judge(&entry, &tokens, &likes, query, least, workspace, offer);
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one look, split for reading")]
    fn judge(
        &self,
        entry: &NameEntry,
        tokens: &[Option<TokenEntry>; MOST_TOKENS],
        likes: &[[Packed; MOST_TOKENS]; MOST_TOKENS],
        query: &[Part<'_>],
        least: Score,
        workspace: &mut Workspace,
        offer: &mut impl FnMut(NameEntry, Tally, &dyn Fn() -> Alignment),
    ) {
        let mut parts: Vec<Part<'_>> = Vec::with_capacity(usize::from(entry.count));
        for token in tokens.iter().flatten() {
            let first = self.index.spellings(token).next().and_then(|it| self.index.term(it));
            parts.push(Part {
                class: token.class,
                weight: token.weight,
                character: token.character,
                text: first.map_or(&[], |it| it.text),
                spellings: &[],
            });
        }
        let mut pairs = std::mem::take(&mut workspace.pairs);
        pairs.clear();
        let mut alike = [0u32; MOST_TOKENS];
        for (j, (likes, token)) in likes.iter().zip(tokens).enumerate().take(parts.len()) {
            for (i, like) in likes.iter().enumerate().take(query.len()) {
                let like = like.likeness().or_else(|| self.initial(query.get(i)?, token.as_ref()?));
                let pair = like.and_then(|it| compare::single(i, j, query, &parts, it));
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
        align::joins(query, &parts, &mut |pair| pairs.push(pair));
        let alignment = align::choose(&mut pairs, query.len(), parts.len());
        workspace.pairs = pairs;
        let tally = score::tally(self.settings, entry.kind, query, &parts, &alignment, |i, j| {
            alike.get(i).is_some_and(|it| it >> j & 1 == 1)
        });
        if tally.likeness >= least {
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
