//! From the words of a query to the names that are alike enough.

use super::Screener;
use super::bound::{self, Common, Test};
use super::expansion::{Joined, NONE, Packed, SEVERAL, Workspace};
use super::memo::Words;
use crate::align::{self, Alignment, Kinds, Part};
use crate::compare;
use crate::index::{Index, NameEntry, TokenEntry};
use crate::name::{Class, MOST_TOKENS, Name, letters};
use crate::party::PartyKind;
use crate::score::{self, SaidTwice, Score, Tally};

/// How many names are taken apart at once. What is read for each lies anywhere in memory: read for
/// many in a row, the waiting overlaps.
const AT_ONCE: usize = 64;

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

/// What the words of a query may add where several words are one.
#[derive(Debug)]
struct Joins {
    /// The most for each word that several of a name may be.
    best: [i32; MOST_TOKENS],
    /// Words that may be in a join, a bit each.
    words: u32,
    /// The most for all that are one word of a name together.
    more: i32,
}

impl Joins {
    fn of(joined: &[Joined], asked: Asked<'_>) -> Self {
        let signed = |it: u32| i32::try_from(it).unwrap_or(i32::MAX);
        let mut joins = Self { best: [0; MOST_TOKENS], words: 0, more: 0 };
        for (at, (part, best)) in asked.words.iter().zip(&mut joins.best).enumerate() {
            if align::may_join(part) {
                joins.words |= 1 << at;
                let letters = part.text.len();
                let like = if letters > 3 { align::JOINED } else { align::by_letters(letters) };
                *best = signed(bound::margin(u32::from(part.weight), like, asked));
            }
        }
        for it in joined {
            joins.words |= it.words;
            joins.more += signed(bound::margin(it.weight, it.like, asked));
        }
        joins
    }
}

/// What a name is looked at for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'p> {
    pub(super) side: Side,
    pub(super) words: &'p [Part<'p>],
    pub(super) least: Score,
    /// Which of the words are first letters, a bit each.
    pub(super) initials: u32,
    /// What words may begin with that those stand for, a bit each.
    pub(super) letters: u32,
    /// Which of the words count as words that agree, a bit each.
    ///
    /// On the side of the query, only words that carry a name do. A listed word may agree with such
    /// a word whatever it is itself, unless it is a first letter.
    pub(super) carrying: u32,
}

impl<'p> Asked<'p> {
    fn of(side: Side, words: &'p [Part<'p>], least: Score) -> Self {
        let mut asked = Self { side, words, least, initials: 0, letters: 0, carrying: 0 };
        for (at, part) in words.iter().enumerate() {
            let is_initial = part.class == Class::Initial;
            let carries = match side {
                Side::Query(_) => score::carries(part.class),
                Side::Listed => !is_initial,
            };
            asked.initials |= u32::from(is_initial) << at;
            asked.letters |= first_letters(part);
            asked.carrying |= u32::from(carries) << at;
        }
        asked
    }
}

/// What words may begin with that `part` is the first letter of, a bit each.
fn first_letters(part: &Part<'_>) -> u32 {
    match part.class {
        Class::Initial => {
            part.spellings.iter().fold(0, |all, it| all | letters::bits(it.text.as_bytes()))
        }
        Class::Name
        | Class::Number
        | Class::Word
        | Class::Patronymic
        | Class::Particle
        | Class::Honor
        | Class::Legal => 0,
    }
}

impl<'a> Screener<'a> {
    /// Offers every name of the index whose likeness to `name` is at least `least`.
    pub(crate) fn candidates(
        &self,
        name: &Name,
        side: Side,
        least: Score,
        workspace: &mut Workspace,
        words: Option<&mut Words>,
        mut offer: impl FnMut(NameEntry<'_>, Tally, &dyn Fn() -> Alignment),
    ) {
        self.expand(name, workspace, words);
        let parts: Vec<Part<'_>> = name.tokens.iter().map(compare::part).collect();
        let asked = Asked::of(side, &parts, least);
        let joined = self.joined(&parts);
        self.mark(&joined, asked, workspace);
        let mut order: Vec<(u64, usize)> =
            (0..parts.len()).map(|at| (self.cost(name, at, workspace), at)).collect();
        order.sort_unstable();
        let mut open = (1u32 << parts.len()) - 1;
        let mut reached = std::mem::take(&mut workspace.reached);
        reached.clear();
        // Joins come first: such a name is looked at in full.
        self.reach_joined(&joined, asked, workspace, &mut reached);
        for it in &joined {
            let led = self.led(it.term, Some(it), asked, workspace);
            let test = Test::new(self.settings, asked, led);
            self.reach_term(it.term, &test, workspace, &mut |id| reached.push(id));
        }
        let joins = Joins::of(&joined, asked);
        self.look(&reached, Some(&joins), asked, workspace, &mut offer);
        for (_, at) in order {
            if !bound::may_reach(self.settings, asked, open) {
                break;
            }
            reached.clear();
            let Some(token) = name.tokens.get(at) else { continue };
            let test = |term, is_letter: bool| {
                let led = if is_letter {
                    workspace.common(term)
                } else {
                    self.led(term, None, asked, workspace)
                };
                Test::new(self.settings, asked, led)
            };
            self.reach(token, at, test, workspace, &mut |id| reached.push(id));
            self.look(&reached, None, asked, workspace, &mut offer);
            open &= !(1 << at);
        }
        workspace.reached = reached;
    }

    /// What a term has in common with the query: the best of what it is like, and of several words
    /// that it may be.
    fn led(
        &self,
        term: u32,
        joined: Option<&Joined>,
        asked: Asked<'_>,
        workspace: &Workspace,
    ) -> Common {
        let most = u32::from(self.index.weight_of(term));
        let mut led = Common::default();
        if let Some(row) = workspace.row(term) {
            for (at, (cell, part)) in row.iter().zip(asked.words).enumerate() {
                if cell.score() > 0 {
                    let weight = most.min(u32::from(part.weight));
                    led.words |= 1 << at;
                    led.margin = led.margin.max(bound::margin(weight, cell.score(), asked));
                }
            }
        }
        if let Some(it) = joined {
            led.words |= it.words;
            led.margin = led.margin.max(bound::margin(most.min(it.weight), it.like, asked));
        }
        led
    }

    /// Looks at the names, many at once, each for the first time.
    fn look(
        &self,
        names: &[u32],
        joins: Option<&Joins>,
        asked: Asked<'_>,
        workspace: &mut Workspace,
        offer: &mut impl FnMut(NameEntry<'_>, Tally, &dyn Fn() -> Alignment),
    ) {
        let mut entries: Vec<NameEntry<'a>> = Vec::with_capacity(AT_ONCE.min(names.len()));
        let mut opened = std::mem::take(&mut workspace.opened);
        for names in names.chunks(AT_ONCE) {
            entries.clear();
            for id in names {
                if workspace.visit(*id) {
                    entries.extend(self.index.name(*id));
                }
            }
            opened.clear();
            for entry in &entries {
                opened.numbers.extend(entry.words());
                opened.ends.push(opened.numbers.len());
            }
            opened.words.extend(opened.numbers.iter().map_while(|it| self.index.token(*it)));
            let rows = opened.words.iter();
            opened.rows.extend(rows.map(|it| match Index::only_spelling(it) {
                Some(only) => workspace.slot(only),
                None => SEVERAL,
            }));
            let mut from = 0;
            for (entry, to) in entries.iter().zip(&opened.ends) {
                workspace.work.looked += 1;
                let words = opened.words.get(from..*to).unwrap_or_default();
                let rows = opened.rows.get(from..*to).unwrap_or_default();
                from = *to;
                if self.may_reach(entry, words, rows, joins, asked, workspace) {
                    self.judge(entry, words, rows, asked, workspace, offer);
                }
            }
        }
        workspace.opened = opened;
    }

    /// The rows of the spellings of a word, of which the only one has row `row`.
    #[inline]
    fn each_row<'w>(
        &self,
        word: &TokenEntry,
        row: u32,
        workspace: &'w Workspace,
        mut found: impl FnMut(&'w [Packed; MOST_TOKENS]),
    ) {
        match row {
            NONE => {}
            SEVERAL => {
                for it in self.index.spellings(word) {
                    workspace.row(it).into_iter().for_each(&mut found);
                }
            }
            _ => workspace.row_at(row).into_iter().for_each(found),
        }
    }

    /// Whether a name can be alike enough, without joins or with any that may be in it.
    ///
    /// A name reaches the least likeness `T` where the sum of `weight * (likeness - T)` over its
    /// pairs is at least `T` times the penalty. Each word is in one pair, so the best that each
    /// could do by itself, summed up over the words of either side, is the most there can be; and
    /// what is like nothing is left over. With joins, any word of the name may be part of one: then
    /// only the side of the query counts.
    fn may_reach(
        &self,
        entry: &NameEntry<'a>,
        tokens: &[TokenEntry],
        rows: &[u32],
        joins: Option<&Joins>,
        asked: Asked<'_>,
        workspace: &Workspace,
    ) -> bool {
        let least = i32::from(asked.least.thousandths());
        let mut best_asked = joins.map_or([0; MOST_TOKENS], |it| it.best);
        let mut met = joins.map_or(0, |it| it.words);
        let (mut gain, mut left, mut carried) = (0i32, 0u32, 0usize);
        let by_initial = i32::from(compare::INITIAL.score) - least;
        // The first letters of words that one that was asked for may stand for, a bit each.
        let mut begun = 0;
        for (token, row) in tokens.iter().zip(rows) {
            let (mut best, mut is_met) = (0i32, false);
            if token.class == Class::Initial {
                let words = self.index.spellings(token).map(|it| workspace.common(it).words);
                let words = words.fold(0, |all, it| all | it);
                let margin = i32::from(token.weight) * by_initial;
                for (i, it) in best_asked.iter_mut().enumerate() {
                    if words >> i & 1 == 1 {
                        *it = (*it).max(margin);
                    }
                }
                if words != 0 {
                    is_met = true;
                    met |= words;
                    best = margin.max(0);
                }
            } else if asked.initials != 0 && compare::takes_initial(Class::Initial, token.class) {
                let first = |it: u32| letters::bit(self.index.first_letter(it));
                let firsts = self.index.spellings(token).fold(0, |all, it| all | first(it));
                begun |= firsts;
                is_met = firsts & asked.letters != 0;
            }
            self.each_row(token, *row, workspace, |row| {
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
            });
            gain += best;
            left += if is_met { 0 } else { u32::from(token.left) };
            carried += usize::from(is_met && score::carries(token.class));
        }
        let mut of_asked = 0;
        let (mut words, mut lost) = (0, 0);
        for (i, (part, best)) in asked.words.iter().zip(best_asked).enumerate() {
            if begun & first_letters(part) != 0 {
                let margin = (i32::from(part.weight) * by_initial).max(0);
                gain += margin;
                of_asked += best.max(margin);
            } else if met >> i & 1 == 1 {
                of_asked += best;
                words += usize::from(score::carries(part.class));
            } else {
                lost += u32::from(part.left);
            }
        }
        if let Some(it) = joins {
            (gain, of_asked) = (i32::MAX, of_asked + it.more);
            (left, carried) = (0, usize::MAX);
        }
        if let Side::Listed = asked.side {
            words = carried;
        }
        let kind = asked.side.kind(entry);
        let penalty = score::penalty(self.settings, kind, words, lost, left);
        i64::from(gain.min(of_asked)) >= i64::from(least) * i64::from(penalty)
    }

    /// Aligns a name with the query.
    ///
    /// Several words that are one are offered wherever a name came from: the best pair is taken
    /// first, and so a join that is not worth looking for may still be in the way of other pairs.
    fn judge(
        &self,
        entry: &NameEntry<'a>,
        tokens: &[TokenEntry],
        rows: &[u32],
        asked: Asked<'_>,
        workspace: &mut Workspace,
        offer: &mut impl FnMut(NameEntry<'_>, Tally, &dyn Fn() -> Alignment),
    ) {
        let mut parts: Vec<Part<'_>> = Vec::with_capacity(tokens.len());
        for token in tokens {
            let first = self.index.spellings(token).next().and_then(|it| self.index.term(it));
            parts.push(Part {
                class: token.class,
                weight: token.weight,
                left: token.left,
                character: token.character,
                text: first.map_or(&[], |it| it.text),
                spellings: &[],
            });
        }
        let mut pairs = std::mem::take(&mut workspace.pairs);
        pairs.clear();
        let mut twice = SaidTwice::default();
        for (j, (token, row)) in tokens.iter().zip(rows).enumerate() {
            let mut likes = [Packed::default(); MOST_TOKENS];
            self.each_row(token, *row, workspace, |row| {
                for (like, cell) in likes.iter_mut().zip(row).take(asked.words.len()) {
                    *like = (*like).max(*cell);
                }
            });
            for (i, (like, word)) in likes.iter().zip(asked.words).enumerate() {
                let like = like.likeness().or_else(|| self.initial(word, token));
                let pair = like.and_then(|it| match asked.side {
                    Side::Query(_) => compare::single(i, j, asked.words, &parts, it),
                    Side::Listed => compare::single(j, i, &parts, asked.words, it),
                });
                if let Some(pair) = pair {
                    twice.note(&pair);
                    pairs.push(pair);
                }
            }
        }
        let (query, candidate) = match asked.side {
            Side::Query(_) => (asked.words, parts.as_slice()),
            Side::Listed => (parts.as_slice(), asked.words),
        };
        let kinds = match asked.side {
            Side::Query(asked) => Kinds { asked, listed: entry.kind },
            // What is too much here is found out when the customer is asked for.
            Side::Listed => Kinds { asked: entry.kind, listed: PartyKind::Unknown },
        };
        align::joins(query, candidate, kinds, &mut |pair| pairs.push(pair));
        let kind = asked.side.kind(entry);
        if bound::may_align(self.settings, kind, asked.least, query, candidate, &pairs) {
            workspace.work.aligned += 1;
            let (alignment, tally) =
                score::best(self.settings, kind, query, candidate, &mut pairs, twice);
            if tally.likeness >= asked.least {
                offer(*entry, tally, &|| alignment.clone());
            }
        }
        workspace.pairs = pairs;
    }

    fn initial(&self, word: &Part<'_>, token: &TokenEntry) -> Option<crate::term::Likeness> {
        let listed = || self.index.spellings(token).filter_map(|it| self.index.term(it));
        let asked = || word.spellings.iter().map(|it| it.text.as_bytes());
        let starts = if compare::takes_initial(word.class, token.class) {
            listed().any(|it| asked().any(|letter| letters::begins(it.text, letter)))
        } else if compare::takes_initial(token.class, word.class) {
            listed().any(|letter| asked().any(|it| letters::begins(it, letter.text)))
        } else {
            false
        };
        starts.then_some(compare::INITIAL)
    }
}
