//! What is known only when the outcome is: facts that duties, policies and referrals read.

use crate::catalogue::item;
use crate::determination::Assumption;
use crate::facts::{About, MatterFacts};
use crate::outcome::Outcome;
use law::schema::{FactId, Schema};
use law::{RowId, Truth, Value};
use std::collections::BTreeSet;

impl MatterFacts {
    /// Says what was concluded for an item: the exception that covers it, `none`, or nothing
    /// where that is still open.
    pub(crate) fn set_late(
        &mut self,
        item: RowId,
        schema: &Schema,
        outcome: Outcome,
        exception: Option<&str>,
        license_required: Truth,
    ) {
        let code = |domain: &str, value: Option<&str>| {
            let place = schema.domain(domain).and_then(|it| schema.value(it, value?));
            place.map_or(Value::Unknown, Value::Code)
        };
        self.facts.set(item, item::OUTCOME, code("outcome", Some(outcome.as_str())));
        self.facts.set(item, item::EXCEPTION_USED, code("exception-or-none", exception));
        let required = license_required.known().map_or(Value::Unknown, Value::Truth);
        self.facts.set(item, item::LICENSE_REQUIRED, required);
    }

    /// The presumptions that stand in for facts that were read, or for lists.
    pub(crate) fn assumptions_of(&self, seen: &BTreeSet<(RowId, FactId)>) -> Vec<Assumption> {
        let mut used = self.assumptions();
        let mut was_read = self.presumptions.iter().map(|it| match it.about {
            About::Fact(fact) => seen.contains(&(it.row, fact)),
            About::Key(_) => true,
        });
        used.retain(|_| was_read.next().unwrap_or(true));
        used
    }
}
