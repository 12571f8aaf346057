//! Hits of a name as JSON: `{row, query, hits[{list, id, name, score, relation ...}]}`.

use crate::json::Writer;
use crate::report::listed::{kind, role};
use crate::screened::Found;
use decision::matches::Verdict;
use screening::evidence::Finding;
use screening::term::Relation;

/// The fields of an answer about one name.
pub(crate) fn row(json: &mut Writer<'_>, row: Option<u64>, query: &str, found: &[Found]) {
    if let Some(row) = row {
        json.number_of("row", row);
    }
    json.text_of("query", query);
    json.objects_of("hits", found, hit);
}

/// The fields of a row that could not be asked.
pub(crate) fn bad_row(json: &mut Writer<'_>, row: u64, message: &str) {
    json.number_of("row", row);
    json.object_of("error", |json| json.text_of("message", message));
}

fn hit(json: &mut Writer<'_>, it: &Found) {
    json.text_of("list", &it.party.list);
    json.text_of("id", &it.party.id);
    json.text_of("name", &it.told.listed);
    json.thousandths_of("score", it.score.thousandths());
    // The least sure of the relations that made it.
    let pairs = &it.told.pairs;
    let weakest = pairs.iter().min_by_key(|it| it.likeness).map(|it| relation(it.relation));
    json.text_of("relation", weakest.unwrap_or(if it.hit.is_some() { "id" } else { "address" }));
    json.text_of("type", kind(it.party.kind));
    json.text_of("role", role(it.told.role));
    if let Some(hit) = &it.hit {
        json.thousandths_of("likeness", hit.tally.likeness.thousandths());
        json.thousandths_of("completeness", hit.evidence.completeness());
        json.object_of("evidence", |json| {
            for (key, finding) in [
                ("born", hit.evidence.born),
                ("country", hit.evidence.country),
                ("id", hit.evidence.id),
                ("gender", hit.evidence.gender),
                ("type", hit.evidence.kind),
                ("address", hit.evidence.address),
            ] {
                json.optional_of(key, self::finding(finding));
            }
        });
    }
    json.objects_of("pairs", pairs, |json, it| {
        json.text_of("asked", &it.asked);
        json.text_of("listed", &it.listed);
        json.text_of("relation", relation(it.relation));
        json.thousandths_of("likeness", it.likeness);
    });
    json.texts_of("left_query", it.told.left_query.iter().map(|it| it.0.as_str()));
    json.texts_of("left_listed", it.told.left_listed.iter().map(|it| it.0.as_str()));
    json.text_of("why", &it.told.text());
    json.text_of(
        "verdict",
        match it.verdict {
            Verdict::Open(_) => "open",
            Verdict::True(_) => "same",
            Verdict::False(_) => "other",
        },
    );
}

/// How two words are alike, in a word.
pub(crate) fn relation(it: Relation) -> &'static str {
    match it {
        Relation::Same => "same",
        Relation::Synonym => "synonym",
        Relation::Sound => "sound",
        Relation::Typo => "typo",
        Relation::Initial => "initial",
        Relation::Joined => "joined",
        Relation::Acronym => "acronym",
    }
}

fn finding(it: Finding) -> Option<&'static str> {
    match it {
        Finding::Unknown => None,
        Finding::Agrees => Some("agrees"),
        Finding::Near => Some("near"),
        Finding::Differs => Some("differs"),
    }
}
