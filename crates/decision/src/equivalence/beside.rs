//! The blocks in force beside one, and what they say of the same.

use crate::catalogue::item;
use jiff::civil::Date;
use law::Written;
use law::rulebook::{Block, BlockId, Effect, Expr, Rulebook, Status};
use law::schema::KindId;

/// The other blocks with the same kind of effect that are law and in force on a day.
pub(super) fn others_in_force(rulebook: &Rulebook, id: BlockId, date: Date) -> Vec<Written<'_>> {
    let Some(changed) = rulebook.block(id) else { return Vec::new() };
    in_force(rulebook, date)
        .filter(|it| {
            it.id != id
                && match (&it.block.effect, &changed.effect) {
                    (Effect::Allow { .. }, Effect::Allow { .. })
                    | (Effect::Bar(_), Effect::Bar(_)) => true,
                    (one, other) => one == other,
                }
        })
        .collect()
}

/// The blocks in force on a day that yield to a block.
pub(super) fn yielding_in_force(rulebook: &Rulebook, id: BlockId, date: Date) -> Vec<Written<'_>> {
    in_force(rulebook, date)
        .filter(|it| it.block.unless.iter().flatten().any(|it| *it == id))
        .collect()
}

/// The blocks that are law and in force on a day.
fn in_force(rulebook: &Rulebook, date: Date) -> impl Iterator<Item = Written<'_>> {
    let all = (0..).map(BlockId).zip(&rulebook.blocks);
    all.filter(move |(_, it)| it.version.status == Status::Law && it.version.covers(date))
        .map(|(id, block)| Written { id, block })
}

/// Whether a kind of thing is another or belongs to it.
pub(super) fn is_below(rulebook: &Rulebook, kind: KindId, of: KindId) -> bool {
    let parent = |it: KindId| rulebook.schema.kinds.get(usize::from(it.0))?.parent;
    std::iter::successors(Some(kind), |it| parent(*it).filter(|up| up != it)).any(|it| it == of)
}

/// Whether no condition of the rulebook asks of items, or of what belongs to them, but for the item
/// that its block speaks of.
pub(super) fn asks_of_one_item(rulebook: &Rulebook) -> bool {
    rulebook.blocks.iter().all(|it| asks_of_its_own(rulebook, it.subject, &it.condition))
}

fn asks_of_its_own(rulebook: &Rulebook, subject: KindId, expr: &Expr) -> bool {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => {
            parts.iter().all(|it| asks_of_its_own(rulebook, subject, it))
        }
        Expr::Not(part) => asks_of_its_own(rulebook, subject, part),
        Expr::Quantified { kind, of, body, .. } => {
            let within = of.is_some_and(|it| it.variable > 0 && it.up == 0);
            let own = within && is_below(rulebook, subject, item::KIND);
            (!is_below(rulebook, *kind, item::KIND) || own && *kind != item::KIND)
                && asks_of_its_own(rulebook, subject, body)
        }
        Expr::Constant(_) | Expr::Test { .. } | Expr::Term { .. } => true,
    }
}

/// Whether a block has the same effect under the same condition as another, and no more doubt: then
/// it makes no difference whether that one is in force besides. What others yield to they name
/// together, as versions of one block, and what is told with an answer is told by its paragraph.
pub(super) fn says_as_much(one: &Block, other: &Block) -> bool {
    one.effect == other.effect
        && says_alike(one, other)
        && one.subject == other.subject
        && one.condition == other.condition
        && one.unless == other.unless
        && (!one.unverified || other.unverified)
}

/// Whether a block says what another says where both hold, and perhaps more.
pub(super) fn says_the_same(rulebook: &Rulebook, one: &Block, other: &Block) -> bool {
    let words = &rulebook.vocabulary;
    let says = match (&one.effect, &other.effect) {
        (
            Effect::Allow { exception, overcomes },
            Effect::Allow { exception: same, overcomes: all },
        ) => exception == same && all.iter().all(|it| overcomes.contains(it)),
        (Effect::Bar(one), Effect::Bar(other)) => {
            words.exceptions.iter().all(|it| one.closes(it) || !other.closes(it))
        }
        (effect, same) => effect == same,
    };
    says && says_alike(one, other)
}

/// Whether two blocks with that effect are told in the same way.
fn says_alike(one: &Block, other: &Block) -> bool {
    let by_its_effect = match one.effect {
        Effect::Define(_)
        | Effect::Require(_)
        | Effect::Allow { .. }
        | Effect::Bar(_)
        | Effect::Exclude(_)
        | Effect::Prohibit(_)
        | Effect::Flag(_) => true,
        Effect::Exempt
        | Effect::Oblige(_)
        | Effect::Refer(_)
        | Effect::Policy(_)
        | Effect::Describe { .. }
        | Effect::Prefer { .. }
        | Effect::Untranslated => false,
    };
    (by_its_effect || one.id() == other.id())
        && one.despite == other.despite
        && one.under == other.under
        && one.by == other.by
}
