//! Listed names of which a field has only the beginning, as a form cut it off.

use super::{Asked, Found, Screener};
use crate::align::Alignment;
use crate::compare;
use crate::field::Reading;
use crate::index::NameEntry;
use crate::name::{Class, Name, Token, beginning};
use crate::score::{Score, Tally};
use crate::term::{Likeness, OwnedTerm, Relation};
use std::sync::Arc;

/// How alike a word is to its beginning.
const CUT: Likeness = Likeness { score: 960, relation: Relation::Initial };

/// What a beginning loses, in thousandths, where nearly all of the name is missing.
const MOST_LOST: usize = 150;

/// Words that weigh less together tell no name from another.
const LEAST: u32 = 68;

/// So much of a word that carries a name is enough.
const LEAST_NAMED: u32 = 50;

/// So are so many letters of it.
const LONG: usize = 8;

/// The most letters of a last word that may be left out, in whatever script it is.
const SHORT: usize = 8;

/// How much of a listed name its beginning has.
#[derive(Clone, Copy, Debug)]
struct Met {
    /// How many of its words, the last of which may be cut off.
    words: usize,
    /// How many letters of that one were met, and how many are left over.
    last: (usize, usize),
    /// How many letters of the name are missing in all.
    missing: usize,
}

impl Found<'_, '_> {
    /// Parties with a name that begins as the field that was asked for does, among the names that
    /// `names` tells.
    ///
    /// What is missing is passed over. The words are read as those of the listed name: what they
    /// are taken for may depend on words that are cut off.
    pub(super) fn by_beginning<I: Iterator<Item = u32>>(
        &mut self,
        readings: &[(Asked, Arc<Reading>)],
        names: impl Fn(&[u8]) -> I,
    ) {
        let whole = readings.iter().filter(|it| it.0.at.1 == 0);
        for (asked, read) in whole.filter(|it| beginning::may_be_cut(&it.1.text)) {
            let rest = beginning::without_form(&read.text);
            let is_rest = |it: &&(Asked, Arc<Reading>)| {
                it.0.at.0 == asked.at.0 && Some(it.1.text.as_str()) == rest
            };
            let (asked, read) =
                readings.iter().find(is_rest).map_or((asked, read), |it| (&it.0, &it.1));
            let Some(letters) = beginning::of_field(&read.text, &read.name) else { continue };
            for id in names(&letters) {
                let Some(entry) = self.screener.index.name(id) else { continue };
                let Some(met) = self.screener.met(&entry, &letters) else { continue };
                let listed = self.screener.listed(&entry);
                let (name, tally, alignment) = self.cut_off(&listed, letters.len(), met);
                if tells(&name) {
                    let read = Arc::new(read.with(name));
                    self.offer(*asked, &read, entry, tally, || alignment.clone());
                }
            }
        }
    }

    /// A beginning of so many letters of a listed name, and what comparing both comes to.
    fn cut_off(&self, listed: &Name, letters: usize, met: Met) -> (Name, Tally, Alignment) {
        let words = listed.tokens.get(..met.words).unwrap_or_default().to_vec();
        let mut name = words.clone();
        name.retain(|it| beginning::has_letters(it.class));
        let [mut name, words] = [name, words].map(|tokens| Name { tokens, spelling: None });
        let compared = compare::compare(&name, &words, self.query.kind, self.screener.settings);
        let (mut tally, mut alignment) = (compared.tally, compared.alignment);
        let at = name.tokens.len().saturating_sub(1);
        if let (Some(last), (has, open)) = (name.tokens.last_mut(), met.last)
            && open > 0
        {
            let is_it = |it: u8| usize::from(it) == at;
            for pair in alignment.pairs.iter_mut().filter(|it| is_it(it.query.from)) {
                pair.like = CUT;
            }
            let whole = last.weight;
            cut(last, has, open);
            tally.agreed = tally.agreed.saturating_sub(u32::from(whole - last.weight));
        }
        let lost = count(MOST_LOST * met.missing / (letters + met.missing).max(1));
        let likeness = u32::from(tally.likeness.thousandths()) * (1000 - lost) / 1000;
        tally.likeness = Score::new(u16::try_from(likeness).unwrap_or(0));
        for at in met.words..listed.tokens.len() {
            alignment.left_candidate |= 1 << at;
        }
        (name, tally, alignment)
    }
}

fn count(it: usize) -> u32 {
    u32::try_from(it).unwrap_or(u32::MAX)
}

/// Leaves so many letters of a word, and its share of the weight, where so many are cut off.
fn cut(word: &mut Token, letters: usize, open: usize) {
    let text = word.terms.first().and_then(|it| it.text.get(..letters)).unwrap_or_default();
    word.terms = vec![OwnedTerm::new(text.to_owned(), 0, &[])];
    let share = u32::from(word.weight) * count(letters) / count(letters + open).max(1);
    word.weight = u16::try_from(share).unwrap_or(word.weight);
    word.left = word.left.min(word.weight);
}

/// Whether a beginning tells a name from others: by a word of its own, or by many common ones.
fn tells(name: &Name) -> bool {
    let is_own = |it: &&Token| matches!(it.class, Class::Name | Class::Number | Class::Patronymic);
    let own: u32 = name.tokens.iter().filter(is_own).map(|it| u32::from(it.weight)).sum();
    let last = name.tokens.last().filter(is_own).and_then(|it| it.terms.first());
    let is_long = last.is_some_and(|it| it.text.len() >= LONG);
    own >= LEAST_NAMED || is_long || name.weight() >= LEAST
}

impl Screener<'_> {
    /// Whether somebody with this name, who is in the index, may be asked for by the beginning of
    /// one with these letters.
    pub(crate) fn may_begin(&self, entry: &NameEntry<'_>, letters: &[u8]) -> bool {
        let mut begun: Vec<u8> = Vec::new();
        for token in self.index.tokens_of(entry).filter(|it| beginning::has_letters(it.class)) {
            let usual = self.index.spellings(&token).next().and_then(|it| self.index.term(it));
            begun.extend(usual.map_or(&[][..], |it| it.text));
        }
        if !beginning::is_alike(&begun, letters) {
            return false;
        }
        // The last word may be left out, if it is short.
        begun.truncate(begun.len().saturating_sub(SHORT));
        letters.starts_with(&begun)
    }

    /// How much of a listed name has these letters; nothing if it begins otherwise.
    fn met(&self, entry: &NameEntry<'_>, letters: &[u8]) -> Option<Met> {
        let mut rest = letters;
        let mut found: Option<Met> = None;
        for (at, token) in self.index.tokens_of(entry).enumerate() {
            if !beginning::has_letters(token.class) {
                continue;
            }
            let usual = self.index.spellings(&token).next().and_then(|it| self.index.term(it));
            let text = usual.map_or(&[][..], |it| it.text);
            match &mut found {
                Some(met) => met.missing += text.len(),
                None if text.len() >= rest.len() => {
                    text.strip_prefix(rest)?;
                    let open = text.len() - rest.len();
                    found = Some(Met { words: at + 1, last: (rest.len(), open), missing: open });
                }
                None => rest = rest.strip_prefix(text)?,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests;
