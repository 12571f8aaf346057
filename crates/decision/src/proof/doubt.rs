//! No permissive answer rests on text that could not be verified or expressed.
//!
//! The conclusion is drawn of blocks by `and`, `or` and `not`, so it is certain only where it is the
//! same whatever the blocks that are not certain are. What is left to show is that a doubtful block
//! is never certain to hold: not even where its condition is met and nothing exempts from it.

use crate::engine::Engine;
use jiff::civil::Date;
use law::rulebook::{Effect, Expr, Rulebook};
use law::{Facts, RowId};
use std::sync::Arc;

/// The rulebook in which every doubtful block has its condition met.
pub(super) fn met(rulebook: &Rulebook) -> Arc<Rulebook> {
    let mut changed = rulebook.clone();
    for block in &mut changed.blocks {
        if block.unverified || block.effect == Effect::Untranslated {
            block.condition = Expr::Constant(true);
            block.unless.clear();
        }
    }
    Arc::new(changed)
}

/// How many doubtful blocks there are on a day; an error names one that is certain.
pub(super) fn on(engine: &Engine, met: &Arc<Rulebook>, day: Date) -> Result<u64, String> {
    let law = met.as_of_once(day, &engine.selection());
    let schema = &met.schema;
    let mut facts = Facts::new(schema);
    // One thing of every kind, so that every block has something to be said of.
    let mut rows = vec![RowId(0); schema.kinds.len()];
    for (id, kind) in (0..).zip(&schema.kinds) {
        let parent = kind.parent.and_then(|it| rows.get(usize::from(it.0)).copied());
        if let (Some(parent), Some(row)) = (parent, rows.get_mut(usize::from(id))) {
            *row = facts.push(schema, law::schema::KindId(id), parent, 0);
        }
    }
    let mut evaluation = law.evaluate(&facts);
    let mut symbolic = law.symbolic(&facts);
    let mut looked_at = 0;
    for (place, it) in law.blocks().iter().enumerate() {
        let Some(block) = law.block(place) else { continue };
        if !block.unverified && block.effect != Effect::Untranslated {
            continue;
        }
        let row = rows.get(usize::from(it.subject.0)).copied().unwrap_or(RowId(0));
        let exact = symbolic.block(place, row);
        if !evaluation.block(place, row).is_unknown() || !symbolic.value(exact).is_unknown() {
            return Err(block.id());
        }
        looked_at += 1;
    }
    Ok(looked_at)
}
