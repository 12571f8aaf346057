//! Changes of a rulebook that mean the same law: proved anew each time, never asserted.
//!
//! A change makes no difference where every transaction comes out as before, whatever is unknown of
//! it: the same requirements stand, the same exceptions cover it, the same flags, prohibitions,
//! duties, referrals and policies, and so the same outcome. What an answer tells beside that of how
//! it came about (that an exception which is closed anyway is closed by one paragraph more) may be
//! another. Two things are taken for granted, because [`mod@crate::facts`] sees to them: an item and what
//! describes it too are entries that the table of the control list holds on the day, or the one that
//! stands for all others; and one that the table holds has the reasons of the table, and none that
//! somebody states. Where the entry is not known at all, it is one of these.
//!
//! A block is compared beside the others in force that say what it says where they hold: what holds
//! wherever one of them does adds nothing to it, and a part of a condition makes no difference where
//! they hold without it (`law::crowd`, by every position that the parts may be in). So is what opens
//! an exception beside what opens it too and answers all its reasons, and what closes exceptions
//! beside what closes them all. An exemption is compared through what yields to it. Where a first or
//! last day is moved, the block is compared on the days between with one that never holds.
//!
//! Each item is judged by itself, and no condition asks of other items: what a block is of them is
//! left aside. That is looked up in the rulebook, not taken for granted.
//!
//! An exception makes no difference where nothing opens it, something closes it, or it answers none
//! of the reasons that may stand: where one of them stands a license is required, and where none
//! does no exception is needed.
//!
//! The proof takes every transaction at once (`proof::scene`) and divides them until it is seen of
//! each part: by the entry, by whether another entry describes the item too, by destination,
//! activity and form, and by what is outside. What is not seen within a bound is not proved.

mod beside;

use crate::catalogue::{item, other_entry, transaction};
use crate::effects::{Effects, Judged};
use crate::engine::{Day, Engine};
use crate::proof::scene::Scene;
use beside::{
    asks_of_one_item, is_below, others_in_force, says_as_much, says_the_same, yielding_in_force,
};
use jiff::civil::Date;
use law::mutation::Reach;
use law::rulebook::{Bars, Block, Effect, Expr, Rulebook, Status};
use law::schema::{FactId, KindId};
use law::{Crowd, Mutant, RowId, Truth, Value, Written};
use std::collections::BTreeMap;

/// How many parts of the transactions of one stretch of days are looked at, at most.
const PARTS: usize = 20_000;

/// By what they are divided.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Division {
    /// The entry of the item.
    Entry,
    /// Whether another entry with the reason that is in question describes the item too.
    OtherEntries,
    /// The country of ultimate destination.
    Destination,
    /// What happens.
    Activity,
    /// What the item is made of.
    Form,
}

impl Division {
    const ALL: [Self; 5] =
        [Self::Destination, Self::Entry, Self::OtherEntries, Self::Activity, Self::Form];
}

impl Engine {
    /// Whether a change of this rulebook is proved to make no difference on any day. Of what is not
    /// law by itself nothing is proved, nor of tables.
    #[must_use]
    pub fn is_equivalent(&self, mutant: &Mutant) -> bool {
        let rulebook = self.rulebook();
        let Some(id) = mutant.block else { return false };
        let Some(block) = rulebook.block(id) else { return false };
        let Some(days) = rulebook.days_of(mutant) else { return false };
        // What is classified has a law of its own, and no scene here.
        let classified =
            rulebook.classification.as_ref().is_some_and(|it| it.kind == block.subject);
        if block.version.status != Status::Law || classified {
            return false;
        }
        let mut changed = None;
        if mutant.is_of_a_condition() {
            let mutated = rulebook.mutated(mutant);
            changed = mutated.blocks.get(id.0 as usize).cloned();
        } else if mutant.is_of_a_date() {
            // Where the block is out of force it is as if it never held.
            let condition = Expr::Constant(false);
            changed = Some(Block { condition, unless: Vec::new(), ..block.clone() });
        } else if mutant.reach().is_none() {
            return false;
        }
        let of_one_item = asks_of_one_item(rulebook);
        let starts = rulebook.epochs().into_iter().filter(|it| *it > days.start && *it < days.end);
        std::iter::once(days.start).chain(starts).all(|date: Date| {
            let day = self.day(date);
            let others = others_in_force(rulebook, id, date);
            if mutant.is_of_a_date() {
                // A term that nothing defines is unknown, not false.
                if matches!(block.effect, Effect::Define(_)) && others.is_empty() {
                    return false;
                }
                if others.iter().any(|it| says_as_much(it.block, block)) {
                    return true;
                }
            }
            let openers = others.clone();
            let beside =
                others.into_iter().filter(|it| says_the_same(rulebook, it.block, block)).collect();
            let place = day.law.place(id);
            if place.is_none() && !mutant.is_of_a_date() {
                return false;
            }
            let change = match (mutant.reach(), &changed) {
                (Some(reach), _) => Change::Reach(reach),
                (None, Some(changed)) => Change::Condition(changed),
                (None, None) => return false,
            };
            let yielding = yielding_in_force(rulebook, id, date);
            let written = Written { id, block };
            Question {
                rulebook,
                day,
                place,
                written,
                change,
                beside,
                openers,
                yielding,
                of_one_item,
            }
            .is_settled()
        })
    }
}

/// What is changed of a block.
#[derive(Clone, Copy)]
enum Change<'a> {
    /// How far its effect reaches.
    Reach(Reach<'a>),
    /// When it holds: the block is now this one.
    Condition(&'a Block),
}

/// Whether a change of a block shows on one day.
struct Question<'a> {
    rulebook: &'a Rulebook,
    day: &'a Day,
    /// Its place in the law of the day; none where it is not in force by now.
    place: Option<usize>,
    written: Written<'a>,
    change: Change<'a>,
    /// The blocks in force beside it that say what it says where they hold.
    beside: Vec<Written<'a>>,
    /// The other blocks in force that open exceptions, where it does.
    openers: Vec<Written<'a>>,
    /// The blocks in force that yield to it.
    yielding: Vec<Written<'a>>,
    /// Whether no condition asks of other items than the one that is judged.
    of_one_item: bool,
}

impl Question<'_> {
    fn is_settled(&self) -> bool {
        let mut scene = Scene::new(&self.rulebook.schema);
        let known: Vec<u16> = self.entries_of_the_day().into_keys().collect();
        scene.all_of(item::KIND, item::ECCN, &known);
        scene.all_of(other_entry::KIND, other_entry::ECCN, &known);
        let mut left = PARTS;
        self.is_so(&scene) || self.is_so_of_parts(&scene, &Division::ALL, &mut left)
    }

    /// Whether it is so of every part of a scene, divided one way and then another: each time so
    /// that the fewest parts are left open.
    fn is_so_of_parts(&self, scene: &Scene<'_>, by: &[Division], left: &mut usize) -> bool {
        let mut best: Option<(Division, Vec<Scene<'_>>)> = None;
        for division in by {
            let mut parts = self.parts(scene, *division);
            if parts.len() < 2 {
                continue;
            }
            match left.checked_sub(parts.len()) {
                Some(rest) => *left = rest,
                None => return false,
            }
            parts.retain(|it| !self.is_so(it));
            if best.as_ref().is_none_or(|(_, open)| parts.len() < open.len()) {
                best = Some((*division, parts));
            }
        }
        let Some((division, open)) = best else { return false };
        let rest: Vec<Division> = by.iter().copied().filter(|it| *it != division).collect();
        open.iter().all(|it| self.is_so_of_parts(it, &rest, left))
    }

    /// The parts of a scene: each of its transactions is in one.
    fn parts<'s>(&self, scene: &Scene<'s>, by: Division) -> Vec<Scene<'s>> {
        let item = scene.item();
        match by {
            Division::Entry => self.by_entry(scene),
            Division::OtherEntries => {
                let (with, without): (Vec<_>, Vec<_>) =
                    self.entries_of_the_day().into_iter().partition(|it| it.1);
                let [with, without] =
                    [with, without].map(|it| it.into_iter().map(|it| it.0).collect::<Vec<u16>>());
                if with.is_empty() || without.is_empty() {
                    return Vec::new();
                }
                let mut none = scene.clone();
                none.all_of(other_entry::KIND, other_entry::ECCN, &without);
                let mut some = scene.clone();
                let row = some.add(other_entry::KIND, item);
                some.one_of(row, other_entry::ECCN, &with);
                vec![none, some]
            }
            Division::Destination => {
                self.by_fact(scene, (transaction::KIND, RowId(0)), transaction::DESTINATION)
            }
            Division::Activity => {
                self.by_fact(scene, (transaction::KIND, RowId(0)), transaction::ACTIVITY)
            }
            Division::Form => self.by_fact(scene, (item::KIND, item), item::FORM),
        }
    }

    fn by_entry<'s>(&self, scene: &Scene<'s>) -> Vec<Scene<'s>> {
        let item = scene.item();
        let known = self.entries_of_the_day();
        let unlisted = self.rulebook.schema.domain("entry");
        let unlisted = unlisted.and_then(|it| self.rulebook.schema.value(it, "unlisted"));
        let mut groups = self.day.law.groups(item::KIND, item::ECCN);
        for group in &mut groups {
            group.retain(|it| Some(*it) != unlisted && known.contains_key(it));
        }
        groups.retain(|it| !it.is_empty());
        let part = |group: &[u16], is_listed: bool| {
            let mut part = scene.clone();
            part.one_of(item, item::ECCN, group);
            part.set(item, item::STATED_FOR_UNLISTED, Value::Truth(!is_listed));
            if is_listed {
                part.set(item, item::STATED_REASONS, Value::Set(0));
            }
            part
        };
        let mut parts: Vec<_> = groups.iter().map(|it| part(it, true)).collect();
        parts.extend(unlisted.map(|it| part(&[it], false)));
        parts
    }

    fn by_fact<'s>(
        &self,
        scene: &Scene<'s>,
        (kind, row): (KindId, RowId),
        fact: FactId,
    ) -> Vec<Scene<'s>> {
        let part = |group: &Vec<u16>| {
            let mut part = scene.clone();
            part.one_of(row, fact, group);
            part
        };
        self.day.law.groups(kind, fact).iter().map(part).collect()
    }

    /// The entries that the table holds on the day, each with whether it may have the reason that is
    /// in question.
    fn entries_of_the_day(&self) -> BTreeMap<u16, bool> {
        let (day, reason) = (self.day.law.day(), self.reason());
        let domain = self.rulebook.schema.domain("entry");
        let tables = self.rulebook.tables.iter().filter(|it| Some(it.domain) == domain);
        let mut found = BTreeMap::new();
        for table in tables {
            let column = table.columns.iter().position(|it| it.name == "reason");
            let words = column.and_then(|it| table.columns.get(it)).map(|it| it.words.as_slice());
            let word = words.unwrap_or_default().iter().position(|it| Some(it.as_str()) == reason);
            let covers = |from: Date, until: Option<Date>| {
                from <= day && until.is_none_or(|until| day < until)
            };
            for row in table.rows.iter().filter(|it| covers(it.from, it.until)) {
                let cells =
                    [&row.words, &row.doubtful].map(|it| it.get(column.unwrap_or(usize::MAX)));
                let has = |it: &Vec<u16>| it.iter().any(|it| Some(usize::from(*it)) == word);
                *found.entry(row.key).or_default() |= cells.into_iter().flatten().any(has);
            }
        }
        found
    }

    /// The reason for a license that an exception would not overcome any more.
    fn reason(&self) -> Option<&str> {
        match (self.change, &self.written.block.effect) {
            (Change::Reach(Reach::Overcomes(place)), Effect::Allow { overcomes, .. }) => {
                overcomes.get(place).map(String::as_str)
            }
            _ => None,
        }
    }

    /// Whether the change is seen to make no difference to any transaction of a scene.
    fn is_so(&self, scene: &Scene<'_>) -> bool {
        let mut world =
            World { crowd: scene.crowd(&self.day.law), item: scene.item(), day: self.day };
        match self.change {
            Change::Reach(reach) => {
                if self.place.is_some_and(|it| world.block(it).is_false()) {
                    return true;
                }
                match reach {
                    Reach::Closes(symbol) => {
                        matches!(self.written.block.effect, Effect::Bar(Bars::AllExcept(_)))
                            && self.exception(symbol).is_some_and(|it| world.never_covers(it))
                    }
                    Reach::Overcomes(_) => {
                        let Effect::Allow { exception, .. } = &self.written.block.effect else {
                            return false;
                        };
                        let Some(reason) = self.reason() else { return false };
                        let of = self.judged(self.written.block, world.item);
                        let answers = |it: &Written<'_>| {
                            matches!(&it.block.effect, Effect::Allow { exception: same, overcomes }
                                if same == exception && overcomes.iter().any(|it| it == reason))
                                && world.crowd.holds_no_more(self.written.block, it.block, of)
                        };
                        if self.openers.iter().any(answers) {
                            return true;
                        }
                        world.never_stands(&self.rulebook.vocabulary.reasons, reason)
                            || self.exception(exception).is_some_and(|it| world.never_covers(it))
                    }
                    Reach::Despite(place) => {
                        let name = self.written.block.despite.get(place);
                        let all = &self.rulebook.vocabulary.exclusions;
                        let exclusion = name.and_then(|it| all.iter().position(|one| one == it));
                        exclusion.is_some_and(|it| world.outside(it).is_false())
                    }
                }
            }
            Change::Condition(changed) => {
                if self.comes_to_the_same(&mut world, changed) {
                    return true;
                }
                if let Effect::Bar(bars) = &self.written.block.effect {
                    let all = self.rulebook.vocabulary.exceptions.iter().enumerate();
                    let mut closed = all.filter(|it| bars.closes(it.1));
                    return closed.all(|it| world.is_never_open(it.0, None, self.place));
                }
                let Effect::Allow { exception, overcomes } = &self.written.block.effect else {
                    return false;
                };
                // What the block overcomes never stands: where a license is required it is for
                // other reasons, and whether those are overcome does not depend on this block.
                let all = &self.rulebook.vocabulary.reasons;
                if overcomes.iter().all(|it| world.never_stands(all, it)) {
                    return true;
                }
                let exception = self.exception(exception);
                exception.zip(self.place).is_some_and(|(it, place)| world.never_opens(it, place))
            }
        }
    }

    /// The item that is judged, where a block speaks of items and only of that one it counts.
    fn judged(&self, block: &Block, judged: RowId) -> Option<RowId> {
        let alone = self.of_one_item && is_below(self.rulebook, block.subject, item::KIND);
        alone.then_some(judged)
    }

    /// Whether the block and its change come to the same for what is judged: by themselves, beside
    /// what says the same, or in what yields to them.
    fn comes_to_the_same(&self, world: &mut World<'_>, changed: &Block) -> bool {
        let of = self.judged(self.written.block, world.item);
        let crowd = &mut world.crowd;
        let beside = &self.beside;
        let adds_nothing = |crowd: &mut Crowd<'_>, one: &Block| {
            beside.iter().any(|it| crowd.holds_no_more(one, it.block, of))
        };
        if crowd.holds_alike(self.written.block, changed, of)
            || crowd.holds_no_more(self.written.block, changed, of)
                && crowd.holds_no_more(changed, self.written.block, of)
            || adds_nothing(crowd, self.written.block) && adds_nothing(crowd, changed)
        {
            return true;
        }
        let both = (self.written, Written { block: changed, ..self.written });
        // What is in doubt itself does not settle what is said beside it.
        let certain: Vec<_> = beside.iter().copied().filter(|it| !it.block.unverified).collect();
        let rows = crowd.rows(self.written.block.subject, of);
        if !matches!(self.written.block.effect, Effect::Exempt) {
            let certain: Vec<_> = certain
                .into_iter()
                .filter(|it| it.block.subject == self.written.block.subject)
                .collect();
            return !certain.is_empty()
                && rows.iter().all(|row| crowd.comes_to_the_same(both, &certain, None, *row));
        }
        self.yielding.iter().all(|it| {
            let of = self.judged(it.block, world.item);
            let rows = crowd.rows(it.block.subject, of);
            rows.iter().all(|row| crowd.comes_to_the_same(both, &[], Some(*it), *row))
        })
    }

    fn exception(&self, symbol: &str) -> Option<usize> {
        self.rulebook.vocabulary.exceptions.iter().position(|it| it == symbol)
    }
}

/// What is so of every transaction of a scene under one day's law.
struct World<'a> {
    crowd: Crowd<'a>,
    item: RowId,
    day: &'a Day,
}

impl World<'_> {
    fn block(&mut self, place: usize) -> Truth {
        let effects = self.day.law.blocks().get(place).map(|it| it.subject);
        let row = if effects == Some(KindId(0)) { RowId(0) } else { self.item };
        self.crowd.block(place, row)
    }

    fn judged(&mut self, it: Judged) -> Truth {
        self.crowd.block(it.block, it.row(self.item))
    }

    fn effects(&self) -> &Effects {
        &self.day.effects
    }

    /// Whether it is outside in one way.
    fn outside(&mut self, exclusion: usize) -> Truth {
        let day = self.day;
        let all = day.effects.exclusions.iter();
        all.filter(|it| usize::from(it.exclusion) == exclusion)
            .fold(Truth::False, |truth, it| truth.or(self.judged(it.judged)))
    }

    /// Whether a reason never stands, lifted or not.
    fn never_stands(&mut self, reasons: &[String], reason: &str) -> bool {
        let day = self.day;
        let of = |it: u8| reasons.get(usize::from(it)).is_some_and(|it| it == reason);
        day.effects
            .requirements
            .iter()
            .all(|it| !of(it.reason) || self.judged(it.judged).is_false())
    }

    /// Whether an exception covers nothing: nothing opens it, something closes it, or a reason that
    /// certainly stands is not overcome by anything that may open it. Where what is outside lifts
    /// that reason, nothing that an exception could overcome is left but what holds despite that.
    fn never_covers(&mut self, exception: usize) -> bool {
        self.is_never_open(exception, None, None)
    }

    /// The same whatever is so of one block that opens it.
    fn never_opens(&mut self, exception: usize, whatever: usize) -> bool {
        self.is_never_open(exception, Some(whatever), None)
    }

    /// Whatever is so of one block that opens it, and of one that closes it.
    fn is_never_open(
        &mut self,
        exception: usize,
        whatever: Option<usize>,
        without: Option<usize>,
    ) -> bool {
        let day = self.day;
        let Some(of) = self.effects().exceptions.get(exception) else { return false };
        let of = of.clone();
        let mut overcomes = None;
        for (judged, reasons) in &of.allows {
            if whatever == Some(judged.block) || !self.judged(*judged).is_false() {
                overcomes = Some(overcomes.unwrap_or(0) | reasons);
            }
        }
        let Some(overcomes) = overcomes else { return true };
        let closes = |it: &&Judged| Some(it.block) != without;
        if of.bars.iter().filter(closes).any(|it| self.judged(*it).is_true()) {
            return true;
        }
        let lifted = [self.outside(0), self.outside(1)];
        // Where a reason stands that is not overcome, the exception does not cover it; and where
        // all that might be lifted is lifted, no license is required at all.
        [[false, false], [true, false], [false, true], [true, true]].iter().all(|supposed| {
            let can_be = lifted.iter().zip(supposed);
            if !can_be.clone().all(|(is, supposed)| is.known().is_none_or(|it| it == *supposed)) {
                return true;
            }
            let is_lifted = |judged: Judged| {
                supposed
                    .iter()
                    .enumerate()
                    .any(|(place, it)| *it && judged.despite >> place & 1 == 0)
            };
            let standing = day.effects.requirements.iter().filter(|it| !is_lifted(it.judged));
            let mut none = true;
            for it in standing {
                let truth = self.judged(it.judged);
                if truth.is_true() && overcomes >> it.reason & 1 == 0 {
                    return true;
                }
                // What it does not answer leaves it nothing to do, whether it stands or not.
                none &= truth.is_false() || overcomes >> it.reason & 1 == 0;
            }
            none
        })
    }
}
