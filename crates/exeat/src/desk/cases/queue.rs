//! Lists of cases: the queue, the changes that wait for an answer, and filters that people keep.

use super::super::fault::Fault;
use super::super::permission::{Actor, Permission, Reach};
use super::Cases;
use super::sight::Sight;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::case::{CASE, row};
use store::{Assigned, Digest, Draft, Kind, Order, Page, StreamId, View, ViewQuery};

/// The stream of one filter that somebody keeps.
const FILTER: Kind = Kind::of("filter");

/// A filter that somebody keeps.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Filter {
    /// What they call it.
    pub(crate) name: String,
    /// What it asks for; the words of the page or the API that kept it.
    pub(crate) query: Value,
}

impl Cases<'_> {
    /// A page of the queue: what the query asks for, as far as the actor sees it.
    ///
    /// # Errors
    ///
    /// Where the actor sees no cases, or the records are out of reach.
    pub(crate) fn queue(&self, actor: &Actor, query: &ViewQuery) -> Result<Page, Fault> {
        let query = seen(actor, query)?;
        let sight = Sight::of(actor);
        let Page { rows, next } = self.store.views(&query)?;
        Ok(Page { rows: rows.into_iter().map(|it| sight.row(it)).collect(), next })
    }

    /// How many cases there are, by stage.
    ///
    /// # Errors
    ///
    /// As [`Cases::queue`].
    pub(crate) fn counts(
        &self,
        actor: &Actor,
        query: &ViewQuery,
    ) -> Result<BTreeMap<String, u64>, Fault> {
        Ok(self.store.counts(&seen(actor, query)?)?)
    }

    /// What the watch found and nobody answered: before, after and the paragraph stand in the data
    /// of each row.
    ///
    /// # Errors
    ///
    /// Where the actor does not answer changes, or the records are out of reach.
    pub(crate) fn changes(
        &self,
        actor: &Actor,
        after: Option<store::Cursor>,
    ) -> Result<Page, Fault> {
        actor.may(Permission::SeeMatches, super::Whose::Anyone)?;
        let labels = vec![row::CHANGED.to_owned()];
        let query = ViewQuery { labels, after, order: Order::Priority, ..ViewQuery::of(CASE) };
        self.queue(actor, &query)
    }

    /// The query for what waits for this actor.
    pub(crate) fn mine(actor: &Actor) -> ViewQuery {
        let assigned = Some(Assigned::To(actor.id.clone()));
        ViewQuery { assigned, order: Order::Due, ..ViewQuery::of(CASE) }
    }

    /// Keeps a filter under a name of the actor's own.
    ///
    /// # Errors
    ///
    /// Where the name is empty or long, or the records are out of reach.
    pub(crate) fn keep_filter(
        &self,
        actor: &Actor,
        filter: &Filter,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let name = filter.name.trim();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(Fault::invalid("name", "a name has 1 to 60 characters"));
        }
        let view = View {
            title: name.to_owned(),
            state: "kept".to_owned(),
            labels: BTreeSet::from([row::opened_by(&actor.id)]),
            data: filter.query.to_string(),
            ..View::default()
        };
        let body = serde_json::json!({"name": name, "query": filter.query}).to_string();
        let draft = Draft::new(filter_stream(actor, name), Kind::of("filter-kept"), &*actor.id, at);
        self.store.append(draft.body(body).view(view).into())?;
        Ok(())
    }

    /// Lets go of a filter.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn drop_filter(
        &self,
        actor: &Actor,
        name: &str,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let view = View { title: name.to_owned(), state: "gone".to_owned(), ..View::default() };
        let stream = filter_stream(actor, name.trim());
        if self.store.view(&stream)?.is_none() {
            return Err(Fault::NotFound { what: "such filter" });
        }
        let draft = Draft::new(stream, Kind::of("filter-dropped"), &*actor.id, at);
        self.store.append(draft.view(view).into())?;
        Ok(())
    }

    /// The filters that the actor keeps.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn filters(&self, actor: &Actor) -> Result<Vec<Filter>, Fault> {
        let labels = vec![row::opened_by(&actor.id)];
        let states = vec!["kept".to_owned()];
        let order = Order::Oldest;
        let query = ViewQuery { labels, states, order, limit: 200, ..ViewQuery::of(FILTER) };
        let rows = self.store.views(&query)?.rows;
        let filter = |it: store::ViewRow| Filter {
            name: it.view.title,
            query: serde_json::from_str(&it.view.data).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(filter).collect())
    }
}

/// The query, restricted to what the actor sees.
fn seen(actor: &Actor, query: &ViewQuery) -> Result<ViewQuery, Fault> {
    let mut query = ViewQuery { kind: CASE, ..query.clone() };
    match actor.reach(Permission::ReadCase) {
        Reach::Everything => {}
        Reach::Own => query.labels.push(row::opened_by(&actor.id)),
        Reach::Nothing => actor.may(Permission::ReadCase, super::Whose::Anyone)?,
    }
    if Sight::of(actor) == Sight::Told {
        // A label such as `is:open-matches` would tell by what it finds.
        query.labels.retain(|it| !it.starts_with("is:") && !it.starts_with("tag:"));
    }
    Ok(query)
}

fn filter_stream(actor: &Actor, name: &str) -> StreamId {
    let key = serde_json::json!([actor.id, name]).to_string();
    StreamId::new(FILTER, Digest::of(key.as_bytes()).to_string())
}
