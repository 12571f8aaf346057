//! How effects combine: the one place where truths become an outcome.
//!
//! It is written once over [`Logic`], so that the fast three-valued evaluation and the exact one
//! conclude by the same lines. It knows what a requirement, an exception and a bar are to each
//! other; which of them exist is the rulebook's business.
//!
//! Source: 15 CFR § 736.2(b) (prohibitions), § 740.1(a) (what an exception can overcome),
//! § 732.1 to 732.6 (the order of the walk; every check runs).

mod sieve;

use crate::outcome::Outcome;
use law::rulebook::{Block, Effect, Rulebook, Vocabulary};
use law::{Law, Logic, RowId};
pub(crate) use sieve::RuledOut;
pub use sieve::Sieve;

/// What the blocks of one day's law do, sorted by effect. Made once for each law.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// License requirements, in the order of the reasons they give.
    pub requirements: Vec<Requirement>,
    /// For each exception of the vocabulary, in order of preference, what opens and closes it.
    pub exceptions: Vec<Exception>,
    /// Exclusions.
    pub exclusions: Vec<Exclusion>,
    /// Prohibitions.
    pub prohibitions: Vec<Judged>,
    /// Flags.
    pub flags: Vec<Judged>,
    /// Duties, referrals and policies: judged when the outcome is known.
    pub late: Vec<Judged>,
    /// The reasons of the first general prohibition, one bit each: those of the item itself.
    pub of_the_item: u64,
    /// For each block, by its place in [`Law::blocks`]: whether it closes more than half of the
    /// exceptions there are.
    pub bars_most: Vec<bool>,
    /// The requirements, the flags and the late blocks by their bits.
    pub(crate) sieves: Sieves,
}

/// The longer lists by the bits of their blocks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sieves {
    requirements: Sieve,
    flags: Sieve,
    pub(crate) late: Sieve,
    /// What opens exceptions, all of them in one list.
    openers: Sieve,
    /// For each of these, the exception, one bit.
    opened: Vec<u64>,
}

/// A block, and what it is judged on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Judged {
    /// Its place in [`Law::blocks`].
    pub block: usize,
    /// Whether it is judged for each item; otherwise once for the transaction.
    pub by_item: bool,
    /// Its bit among the blocks that can be ruled out of what it is judged on.
    pub bit: usize,
    /// The bit of its condition by itself, whatever it yields to.
    pub condition_bit: usize,
    /// Which section it stands in.
    pub section: u16,
    /// The exclusions that do not lift it, one bit each.
    pub despite: u8,
    /// The general prohibition that it is reported under, by its place in the vocabulary.
    pub under: Option<u8>,
}

impl Judged {
    /// The row it is judged on.
    #[must_use]
    pub fn row(self, item: RowId) -> RowId {
        if self.by_item { item } else { RowId(0) }
    }
}

/// A license requirement.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Requirement {
    /// The block.
    pub judged: Judged,
    /// The reason, by its place in the vocabulary.
    pub reason: u8,
}

/// An exclusion.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Exclusion {
    /// The block.
    pub judged: Judged,
    /// Which, by its place in the vocabulary.
    pub exclusion: u8,
}

/// What opens and closes one exception.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Exception {
    /// What opens it, and the reasons that each block overcomes, one bit each.
    pub allows: Vec<(Judged, u64)>,
    /// What closes it.
    pub bars: Vec<Judged>,
}

/// One of the outcomes that an item can have, with the exception that gives it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Conclusion {
    /// The outcome.
    pub outcome: Outcome,
    /// The exception, by its place in the vocabulary.
    pub exception: Option<u8>,
}

/// What was concluded for one item, in the values of one logic.
#[derive(Clone, Debug)]
pub struct Concluded<V> {
    /// For each requirement, whether it holds and is not lifted.
    pub requirements: Vec<V>,
    /// Whether a license is required before exceptions.
    pub license_required: V,
    /// For each exception in question, by its place in the vocabulary: whether it covers the item.
    pub exceptions: Vec<(u8, V)>,
    /// Whether something forbids it.
    pub prohibited: V,
    /// Whether a red flag stands, or the law is too old for a permissive answer.
    pub flagged: V,
    /// Whether it is no export at all, and whether it is outside the EAR.
    pub outside: [V; 2],
    /// Every conclusion that is not certainly false. One holds; of [`Effects::conclude`] no other
    /// does, of [`Effects::claim`] others after it may.
    pub conclusions: Vec<(Conclusion, V)>,
}

impl Effects {
    /// Sorts a day's blocks by what they do.
    #[must_use]
    pub fn of(law: &Law, rulebook: &Rulebook) -> Self {
        let words = &rulebook.vocabulary;
        let mut effects = Self {
            exceptions: vec![Exception::default(); words.exceptions.len()],
            ..Self::default()
        };
        let mut sections: Vec<&str> = Vec::new();
        for (place, block) in law.blocks().iter().enumerate() {
            let Some(block) = rulebook.blocks.get(block.id.0 as usize) else { continue };
            let judged = Judged {
                block: place,
                by_item: block.subject.0 != 0,
                bit: law.bit(place).unwrap_or(usize::MAX),
                condition_bit: law.condition_bit(place).unwrap_or(usize::MAX),
                section: interned(&mut sections, section(&block.citation)),
                under: prohibition(block).and_then(|under| {
                    let place = words.prohibitions.iter().position(|it| it.0 == under)?;
                    u8::try_from(place).ok()
                }),
                despite: bits(&words.exclusions, &block.despite).try_into().unwrap_or(u8::MAX),
            };
            if let Effect::Require(reason) = &block.effect
                && judged.under == Some(0)
            {
                effects.of_the_item |= bits(&words.reasons, std::slice::from_ref(reason));
            }
            effects.add(words, &block.effect, judged);
        }
        effects.requirements.sort_by_key(|it| (it.reason, it.judged.block));
        effects.sieves = Sieves::of(&effects);
        let mut closed = vec![0_usize; law.blocks().len()];
        for it in effects.exceptions.iter().flat_map(|it| &it.bars) {
            if let Some(count) = closed.get_mut(it.block) {
                *count += 1;
            }
        }
        effects.bars_most = closed.iter().map(|it| 2 * it > effects.exceptions.len()).collect();
        effects
    }

    fn add(&mut self, words: &Vocabulary, effect: &Effect, judged: Judged) {
        match effect {
            Effect::Require(reason) => {
                let reason = place(&words.reasons, reason);
                self.requirements.push(Requirement { judged, reason });
            }
            Effect::Allow { exception, overcomes } => {
                let place = usize::from(place(&words.exceptions, exception));
                if let Some(exception) = self.exceptions.get_mut(place) {
                    exception.allows.push((judged, bits(&words.reasons, overcomes)));
                }
            }
            Effect::Bar(bars) => {
                for (symbol, exception) in words.exceptions.iter().zip(&mut self.exceptions) {
                    if bars.closes(symbol) {
                        exception.bars.push(judged);
                    }
                }
            }
            Effect::Exclude(name) => {
                let exclusion = place(&words.exclusions, name);
                self.exclusions.push(Exclusion { judged, exclusion });
            }
            Effect::Prohibit(_) => self.prohibitions.push(judged),
            Effect::Flag(_) => self.flags.push(judged),
            Effect::Oblige(_) | Effect::Refer(_) | Effect::Policy(_) => self.late.push(judged),
            // What is classified has a law of its own: see `classification`.
            Effect::Describe { .. }
            | Effect::Prefer { .. }
            | Effect::Define(_)
            | Effect::Exempt
            | Effect::Untranslated => {}
        }
    }

    /// Concludes for one item. `stale` is true where the law was verified too long ago for a
    /// permissive answer.
    ///
    /// The conclusions are those of 15 CFR § 736.2(b) and § 740.1(a): an exclusion lifts every
    /// requirement that does not say otherwise; a prohibition stands unless the item is not
    /// subject; an exception covers the item when something opens it, nothing closes it, and every
    /// reason that holds is overcome; a red flag turns every permissive answer into a review, and an
    /// exclusion lifts a flag as it lifts a requirement.
    pub fn conclude<L: Logic>(
        &self,
        logic: &mut L,
        item: RowId,
        stale: bool,
    ) -> Concluded<L::Value> {
        let claimed = self.claim(logic, item, stale);
        let no = logic.constant(false);
        let mut rest = logic.constant(true);
        let mut conclusions = Vec::with_capacity(4);
        for (conclusion, holds) in claimed.conclusions {
            let part = logic.and(rest, holds);
            if part != no {
                conclusions.push((conclusion, part));
            }
            let not = logic.not(holds);
            rest = logic.and(rest, not);
        }
        Concluded { conclusions, ..claimed }
    }

    /// The same, but its conclusions do not exclude each other: each counts where none before it
    /// holds, and the last always holds.
    pub fn claim<L: Logic>(&self, logic: &mut L, item: RowId, stale: bool) -> Concluded<L::Value> {
        let yes = logic.constant(true);
        let no = logic.constant(false);
        let ruled_out = &RuledOut::of(logic, item);
        let mut outside = [no; 2];
        for it in &self.exclusions {
            if ruled_out.has(it.judged) {
                continue;
            }
            if let Some(outside) = outside.get_mut(usize::from(it.exclusion)) {
                let holds = logic.block(it.judged.block, it.judged.row(item));
                *outside = logic.or(*outside, holds);
            }
        }
        let [not_an_export, not_subject] = outside;

        let lifted = lifted_by(logic, outside);
        let requirements = self.requirements(logic, item, ruled_out, lifted);
        let mut license_required = no;
        for it in &requirements {
            if *it != no {
                license_required = logic.or(license_required, *it);
            }
        }

        let mut prohibited = no;
        for it in &self.prohibitions {
            if ruled_out.has(*it) {
                continue;
            }
            let holds = logic.block(it.block, it.row(item));
            prohibited = logic.or(prohibited, holds);
        }
        let subject = logic.not(not_subject);
        prohibited = logic.and(prohibited, subject);

        let mut flagged = logic.constant(stale);
        self.sieves.flags.pass(ruled_out, |place| {
            let Some(it) = self.flags.get(place) else { return };
            let holds = logic.block(it.block, it.row(item));
            let holds = stands(logic, holds, *it, lifted);
            flagged = logic.or(flagged, holds);
        });

        let exceptions = if license_required == no {
            Vec::new()
        } else {
            self.exceptions(logic, item, ruled_out, (&requirements, prohibited))
        };

        // From the strictest to the freest; each takes what the stricter ones left.
        let mut conclusions = Vec::with_capacity(8);
        let mut claim = |outcome, exception, holds| {
            if holds != no {
                conclusions.push((Conclusion { outcome, exception }, holds));
            }
        };
        claim(Outcome::Prohibited, None, prohibited);
        let mut covered = no;
        for (_, it) in &exceptions {
            covered = logic.or(covered, *it);
        }
        let uncovered = logic.not(covered);
        let unlicensed = logic.and(license_required, uncovered);
        claim(Outcome::LicenseRequired, None, unlicensed);
        claim(Outcome::NeedsReview, None, flagged);
        for (symbol, available) in &exceptions {
            let holds = logic.and(license_required, *available);
            claim(Outcome::LicenseException, Some(*symbol), holds);
        }
        claim(Outcome::NotAnExport, None, not_an_export);
        claim(Outcome::NotSubject, None, not_subject);
        claim(Outcome::NoLicenseRequired, None, yes);
        Concluded {
            requirements,
            license_required,
            exceptions,
            prohibited,
            flagged,
            outside,
            conclusions,
        }
    }

    fn requirements<L: Logic>(
        &self,
        logic: &mut L,
        item: RowId,
        ruled_out: &RuledOut,
        lifted: [L::Value; 4],
    ) -> Vec<L::Value> {
        let no = logic.constant(false);
        let mut requirements = vec![no; self.requirements.len()];
        self.sieves.requirements.pass(ruled_out, |place| {
            let entry = self.requirements.get(place).zip(requirements.get_mut(place));
            let Some((it, requirement)) = entry else { return };
            let holds = logic.block(it.judged.block, it.judged.row(item));
            *requirement = stands(logic, holds, it.judged, lifted);
        });
        requirements
    }

    /// The reasons in question, one bit each: those of the item itself, and of every requirement
    /// that is not `no`.
    pub(crate) fn reasons<V: Copy + Eq>(&self, requirements: &[V], no: V) -> u64 {
        let standing = self.requirements.iter().zip(requirements).filter(|it| *it.1 != no);
        standing.fold(self.of_the_item, |bits, it| bits | 1 << it.0.reason)
    }

    fn exceptions<L: Logic>(
        &self,
        logic: &mut L,
        item: RowId,
        ruled_out: &RuledOut,
        (requirements, prohibited): (&[L::Value], L::Value),
    ) -> Vec<(u8, L::Value)> {
        let no = logic.constant(false);
        let standing = self.requirements.iter().zip(requirements.iter().copied());
        let standing: Vec<(u8, L::Value)> =
            standing.filter(|it| it.1 != no).map(|(it, holds)| (it.reason, holds)).collect();
        let reasons = self.reasons(requirements, no);
        let allowed = logic.not(prohibited);
        let mut in_question = 0_u64;
        self.sieves.openers.pass(ruled_out, |place| {
            in_question |= self.sieves.opened.get(place).copied().unwrap_or(u64::MAX);
        });
        let (mut found, mut opens) = (Vec::new(), Vec::new());
        for (symbol, exception) in (0_u8..).zip(&self.exceptions) {
            if bit_of(usize::from(symbol)) & in_question == 0 {
                continue;
            }
            opens.clear();
            let mut available = no;
            for (judged, overcomes) in &exception.allows {
                // What overcomes none of the reasons does not bring the exception into question.
                if overcomes & reasons == 0 || ruled_out.has(*judged) {
                    continue;
                }
                let open = logic.block(judged.block, judged.row(item));
                if open != no {
                    available = logic.or(available, open);
                    opens.push((open, *overcomes));
                }
            }
            if available == no {
                continue;
            }
            available = logic.and(available, allowed);
            for it in &exception.bars {
                if available == no {
                    break;
                }
                if ruled_out.has(*it) {
                    continue;
                }
                let closed = logic.block(it.block, it.row(item));
                let open = logic.not(closed);
                available = logic.and(available, open);
            }
            for (reason, holds) in &standing {
                if available == no {
                    break;
                }
                let mut overcome = logic.not(*holds);
                for (open, overcomes) in &opens {
                    if overcomes & (1 << reason) != 0 {
                        overcome = logic.or(overcome, *open);
                    }
                }
                available = logic.and(available, overcome);
            }
            found.push((symbol, available));
        }
        found
    }
}

impl Sieves {
    fn of(effects: &Effects) -> Self {
        let numbered = effects.exceptions.iter().enumerate();
        let openers = numbered
            .flat_map(|(place, it)| it.allows.iter().map(move |(judged, _)| (place, *judged)));
        let openers: Vec<(usize, Judged)> = openers.collect();
        Self {
            requirements: Sieve::new(effects.requirements.iter().map(|it| it.judged)),
            flags: Sieve::new(effects.flags.iter().copied()),
            late: Sieve::new(effects.late.iter().copied()),
            openers: Sieve::new(openers.iter().map(|it| it.1)),
            opened: openers.iter().map(|it| bit_of(it.0)).collect(),
        }
    }
}

/// A bit for a place; every bit for one that has none of its own.
fn bit_of(place: usize) -> u64 {
    u32::try_from(place).ok().and_then(|it| 1_u64.checked_shl(it)).unwrap_or(u64::MAX)
}

/// `740.22` of `740.22(c)(2)`.
pub(crate) fn section(citation: &str) -> &str {
    citation.split('(').next().unwrap_or(citation).trim()
}

/// The place of a word among those met so far.
fn interned<'w>(words: &mut Vec<&'w str>, word: &'w str) -> u16 {
    let place = words.iter().position(|it| *it == word).unwrap_or_else(|| {
        words.push(word);
        words.len() - 1
    });
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// The general prohibition that a block is reported under: the one it names, or is itself.
fn prohibition(block: &Block) -> Option<&str> {
    match (&block.under, &block.effect) {
        (Some(under), _) => Some(under),
        (None, Effect::Prohibit(reason)) => Some(reason),
        (None, _) => None,
    }
}

/// What lifts a block, by the exclusions that it holds despite (one bit each).
fn lifted_by<L: Logic>(logic: &mut L, outside: [L::Value; 2]) -> [L::Value; 4] {
    let mut lifted = [logic.constant(false); 4];
    for (despite, lifted) in lifted.iter_mut().enumerate() {
        for (place, outside) in outside.iter().enumerate() {
            if despite & (1 << place) == 0 {
                *lifted = logic.or(*lifted, *outside);
            }
        }
    }
    lifted
}

/// Whether a block that holds is not lifted.
fn stands<L: Logic>(
    logic: &mut L,
    holds: L::Value,
    judged: Judged,
    lifted: [L::Value; 4],
) -> L::Value {
    let lifted = lifted.get(usize::from(judged.despite)).copied();
    let lifted = lifted.unwrap_or_else(|| logic.constant(false));
    let stands = logic.not(lifted);
    logic.and(holds, stands)
}

fn place(words: &[String], word: &str) -> u8 {
    words.iter().position(|it| it == word).and_then(|it| it.try_into().ok()).unwrap_or(u8::MAX)
}

fn bits(words: &[String], chosen: &[String]) -> u64 {
    words.iter().enumerate().filter(|(_, it)| chosen.contains(it)).fold(0, |bits, (place, _)| {
        bits | 1_u64.checked_shl(place.try_into().unwrap_or(u32::MAX)).unwrap_or(0)
    })
}
