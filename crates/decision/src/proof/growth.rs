//! More bad news never loosens an answer: by the course of every block, whatever the facts are.
//!
//! `law::growth` says which way each block in force may go when there is more of something. The
//! conclusion is drawn from these courses by the same lines that draw it from truths, so what
//! comes out is true of every transaction, however many items, parties and listings it has. A
//! matter with something unknown stands for its completions, of each of which it is true.

use super::search::{self, Plant, push};
use crate::catalogue::{
    item, listing, notice, other_entry, party, passage, red_flag, stored_place, transaction,
};
use crate::effects::{Concluded, Effects};
use crate::engine::Engine;
use crate::transaction::circumstance::Flag;
use crate::transaction::end_use::Knowledge;
use crate::transaction::listing::KnownList;
use jiff::civil::Date;
use law::growth::{Change, Growth};
use law::schema::{FactId, KindId, Schema};
use law::{Course, Facts, Law, RowId, Value};
use serde_json::{Value as Json, json};

/// Something of which there may be more, and what follows from it among the facts.
#[derive(Clone, Copy, Debug)]
pub(super) struct More {
    /// As the line of the proof says it.
    name: &'static str,
    kinds: &'static [KindId],
    /// What is so of each thing that is added.
    added: fn(&Schema) -> Option<(KindId, FactId, Value)>,
    facts: &'static [(KindId, FactId, Change)],
    /// Blocks that yield by their own words, and are proved otherwise.
    but_for: &'static [&'static str],
    /// Puts more of it into a transaction.
    plant: Plant,
}

/// What is worked out from other matters, which are the stricter the more there is: whether a
/// later leg is barred, what a chain lacks, and whether a passage through a country is clear.
/// Whether a chain left the United States no bad news changes.
const WORKED_OUT: [(KindId, FactId, Change); 4] = [
    (transaction::KIND, transaction::LATER_LEG_BARRED, Change::Up),
    (transaction::KIND, transaction::LEG_MISSING, Change::Up),
    (transaction::KIND, transaction::TOLD_IN_NO_LEG, Change::Up),
    (passage::KIND, passage::CLEARED, Change::Down),
];

/// What is added up of owners.
const OWNED: [(KindId, FactId, Change); 5] = [
    (party::KIND, party::EL_OWNED_PERCENT, Change::Up),
    (party::KIND, party::MEU_OWNED_PERCENT, Change::Up),
    (party::KIND, party::SDN_OWNED_PERCENT, Change::Up),
    (party::KIND, party::LISTED_OWNED_PERCENT, Change::Up),
    (party::KIND, party::LISTED_OWNER, Change::Up),
];

/// Nothing in particular is so of what is added.
fn anything(_: &Schema) -> Option<(KindId, FactId, Value)> {
    None
}

/// Every kind of bad news.
pub(super) const MORE: [More; 8] = [
    More {
        name: "a listing on any list but the Entity List",
        kinds: &[listing::KIND],
        added: |schema| {
            let domain = schema.domain("list")?;
            let entity_list = schema.value(domain, "EL")?;
            let others =
                (0..u16::try_from(schema.size(domain)).ok()?).filter(|it| *it != entity_list);
            Some((listing::KIND, listing::LIST, Value::OneOf(others.collect())))
        },
        facts: &OWNED,
        but_for: &["732 Supp. 3(b)(29)"],
        plant: |json, case| {
            let Some(list) = KnownList::ALL.iter().filter(|it| **it != KnownList::El).nth(case)
            else {
                return false;
            };
            push(json, "parties[0].lists", json!({"list": list.as_str(), "tags": []}));
            true
        },
    },
    More {
        name: "an Entity List entry",
        kinds: &[listing::KIND],
        added: anything,
        facts: &OWNED,
        but_for: &["744.8(b)", "732 Supp. 3(b)(29)"],
        plant: |json, case| {
            let entry = match case {
                0 => json!({"list": "EL", "scope": "all-items", "exceptions_allowed": []}),
                1 => {
                    json!({"list": "EL", "scope": "listed-items", "scope_eccns": ["3A001"], "exceptions_allowed": []})
                }
                2 => {
                    json!({"list": "EL", "scope": "all-items", "exceptions_allowed": [], "basis": "address"})
                }
                _ => return false,
            };
            push(json, "parties[0].lists", entry);
            true
        },
    },
    More {
        name: "a red flag that is not resolved",
        kinds: &[red_flag::KIND],
        added: |_| Some((red_flag::KIND, red_flag::RESOLVED, Value::Truth(false))),
        facts: &[],
        but_for: &[],
        plant: |json, case| {
            let Some(flag) = Flag::ALL.get(case) else { return false };
            push(json, "red_flags", json!({"flag": flag.as_str(), "resolved": false}));
            true
        },
    },
    More {
        name: "knowledge",
        kinds: &[],
        added: anything,
        facts: &[(transaction::KIND, transaction::KNOWS, Change::Up)],
        but_for: &[],
        plant: |json, case| {
            let Some(knowledge) = Knowledge::ALL.get(case) else { return false };
            push(json, "end_use.knows", json!(knowledge.as_str()));
            true
        },
    },
    More {
        name: "a notice of a government",
        kinds: &[notice::KIND],
        added: anything,
        facts: &[],
        but_for: &[],
        plant: |json, case| {
            let notice = match case {
                0 => {
                    json!({"from": "BIS", "type": "is-informed", "items": "all-items", "exceptions_allowed": []})
                }
                1 => json!({"from": "BIS", "type": "order"}),
                _ => return false,
            };
            push(json, "notices", notice);
            true
        },
    },
    More {
        name: "a country of transit",
        kinds: &[passage::KIND],
        added: anything,
        facts: &[],
        but_for: &[],
        plant: |json, case| {
            let Some(place) = ["FR", "CN", "KP", "RU"].get(case) else { return false };
            push(json, "transit", json!(place));
            true
        },
    },
    More {
        name: "a country of storage",
        kinds: &[stored_place::KIND],
        added: anything,
        facts: &[],
        but_for: &[],
        plant: |json, case| {
            let Some(place) = ["FR", "CN", "KP", "RU"].get(case) else { return false };
            push(json, "transfer.intentionally_stored_in", json!(place));
            true
        },
    },
    More {
        name: "another entry that says nothing (EAR99)",
        kinds: &[other_entry::KIND],
        added: |schema| {
            let entry = schema.value(schema.domain("entry")?, "EAR99")?;
            Some((other_entry::KIND, other_entry::ECCN, Value::Code(entry)))
        },
        facts: &[],
        but_for: &["744.8(b)"],
        plant: |json, case| {
            push(json, "items[0].also_controlled", json!("EAR99"));
            case == 0
        },
    },
];

impl More {
    /// The property, in a sentence.
    pub(super) fn property(&self) -> String {
        let but_for = if self.but_for.is_empty() {
            String::new()
        } else {
            format!(", but for {}", self.but_for.join(" and "))
        };
        format!("{} never loosens an answer{but_for}", self.name)
    }

    fn growth(&self, law: &Law) -> Growth {
        let schema = &law.rulebook().schema;
        let added = (self.added)(schema);
        let kinds = self.kinds.iter().map(|kind| {
            let facts = added.iter().filter(|it| it.0 == *kind);
            (*kind, facts.map(|it| (it.1, it.2.clone())).collect())
        });
        let facts = self.facts.iter().chain(&WORKED_OUT);
        let named = |it: &usize| {
            law.block(*it).is_some_and(|it| self.but_for.contains(&it.citation.as_str()))
        };
        let but_for = (0..law.blocks().len()).filter(named);
        Growth {
            kinds: kinds.collect(),
            facts: facts.map(|(kind, fact, change)| ((*kind, *fact), *change)).collect(),
            but_for: but_for.filter_map(|it| law.blocks().get(it).map(|it| it.id)).collect(),
        }
    }

    /// The blocks of a day's law that may loosen an answer when there is more; `None` where the
    /// answer cannot become freer.
    pub(super) fn loosened_by(&self, law: &Law, effects: &Effects) -> Option<Vec<usize>> {
        let growth = self.growth(law);
        let mut courses = law.courses(&growth);
        let schema = &law.rulebook().schema;
        let mut facts = Facts::new(schema);
        let item = facts.push(schema, item::KIND, RowId(0), 0);
        let concluded = effects.conclude(&mut courses, item, false);
        if is_never_freer(&concluded) {
            return None;
        }
        let stricter = effects.requirements.iter().map(|it| it.judged.block);
        let stricter = stricter
            .chain(effects.prohibitions.iter().chain(&effects.flags).map(|it| it.block))
            .chain(effects.exceptions.iter().flat_map(|it| it.bars.iter().map(|it| it.block)));
        let freer = effects.exclusions.iter().map(|it| it.judged.block);
        let freer = freer
            .chain(effects.exceptions.iter().flat_map(|it| it.allows.iter().map(|it| it.0.block)));
        let mut guilty: Vec<usize> = stricter.filter(|it| !courses.of(*it).never_falls()).collect();
        guilty.extend(freer.filter(|it| !courses.of(*it).never_rises()));
        guilty.sort_unstable();
        guilty.dedup();
        Some(guilty)
    }

    /// A transaction of a day that comes out freer with more of it, where one is found.
    pub(super) fn counterexample(&self, engine: &Engine, day: Date) -> Option<Json> {
        search::freer(engine, day, self.plant)
    }
}

/// Whether what was concluded can only become stricter: what makes it stricter never ceases, and
/// what makes it freer never begins.
///
/// An outcome is at least as strict as `prohibited` when something forbids it, as
/// `license-required` when also when a license is required and nothing covers it, as `needs-review`
/// also when it is flagged, as `license-exception` also when a license is required, as
/// `no-license-required` also when no exclusion holds. Each of these is made of the parts by `and`
/// and `or`, so it is enough that no part goes the wrong way.
fn is_never_freer(it: &Concluded<Course>) -> bool {
    let stricter = [it.prohibited, it.license_required, it.flagged];
    let freer = it.exceptions.iter().map(|it| it.1).chain(it.outside);
    stricter.into_iter().all(Course::never_falls) && freer.into_iter().all(Course::never_rises)
}
