//! Hits of a name as JSON: `{row, query, hits[{list, id, name, score, relation ...}]}`.

use super::fields::{Field, Object, Type, field};
use crate::json::Writer;
use crate::report::listed::{kind, role};
use crate::screened::Found;
use decision::matches::Verdict;
use screening::evidence::Finding;
use screening::term::Relation;

const AGREEMENT: Type = Type::TextOrNull;

/// Every object of an answer about one name; the first is the answer itself.
pub(crate) const SCREENING: &[Object] = &[
    Object {
        name: "screening",
        about: "Who a name may be, by the lists.",
        fields: &[
            field("row", Type::Optional(&Type::Count), "Its place among the lines."),
            field("query", Type::Text, "The name."),
            field("hits", Type::Many("hit"), "The entries that it may belong to, best first."),
            field("problems", Type::Optional(&Type::Texts), "What could not be understood."),
            LISTS,
            NOT_SEARCHED,
            SNAPSHOT,
            SETTINGS,
        ],
    },
    Object {
        name: "hit",
        about: "An entry that the name may belong to.",
        fields: &[
            field("list", Type::Text, "The list, such as `EL`."),
            field("id", Type::Text, "The entry's number in its list."),
            field("name", Type::Text, "The listed name that is most alike."),
            field("score", Type::Score, "How alike, from 0 to 1."),
            field("relation", Type::Text, "The least sure of the relations that made it."),
            field("type", Type::Text, "What the entry is, such as `organization`."),
            field("role", Type::Text, "What kind of name it is."),
            field("likeness", Type::Optional(&Type::Score), "How alike the words are."),
            field("completeness", Type::Optional(&Type::Score), "How much of the names they are."),
            field("evidence", Type::Optional(&Type::One("evidence")), "What else was compared."),
            field("pairs", Type::Many("pair"), "The words that were compared."),
            field("left_query", Type::Texts, "Words of the query without a partner."),
            field("left_listed", Type::Texts, "Words of the listed name without a partner."),
            field("why", Type::Text, "What makes it a match, in words."),
            field("verdict", Type::OneOf(&["open", "same", "other"]), "What a person decided."),
        ],
    },
    Object {
        name: "evidence",
        about: "What else was compared: `agrees`, `near`, `differs`, or null for unknown.",
        fields: &[
            field("born", AGREEMENT, "The day of birth."),
            field("country", AGREEMENT, "The country."),
            field("id", AGREEMENT, "Numbers."),
            field("gender", AGREEMENT, "The gender that a name tells."),
            field("type", AGREEMENT, "Person or organization."),
            field("address", AGREEMENT, "The address."),
        ],
    },
    Object {
        name: "pair",
        about: "Two words that were compared.",
        fields: &[
            field("asked", Type::Text, "The word of the query."),
            field("listed", Type::Text, "The word of the listed name."),
            field("relation", Type::Text, "How they are alike."),
            field("likeness", Type::Score, "How alike they are."),
        ],
    },
];

const LISTS: Field =
    field("lists", Type::Optional(&Type::Many("list")), "The lists that were searched.");
const NOT_SEARCHED: Field =
    field("not_searched", Type::Optional(&Type::Texts), "Needed lists that were not searched.");
const SNAPSHOT: Field =
    field("snapshot", Type::Optional(&Type::TextOrNull), "The digest of the snapshot.");
const SETTINGS: Field =
    field("settings", Type::Optional(&Type::TextOrNull), "The digest of the settings.");

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

/// The fields of a match.
pub(crate) fn hit(json: &mut Writer<'_>, it: &Found) {
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
