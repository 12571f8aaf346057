//! Leading names after `unless` to the blocks they mean.

use super::{Draft, keyword, number};
use crate::diagnostic::{Diagnostic, nearest};
use crate::rulebook::BlockId;
use crate::syntax::{EffectSyntax, PathSyntax, Reference, Spanned};
use std::collections::BTreeMap;

/// Leads every name after `unless` to the blocks of that name.
pub(super) fn lead(drafts: &mut [Draft<'_>], complete: bool, diagnostics: &mut Vec<Diagnostic>) {
    type Place<'a> = (&'a str, Option<&'a str>);
    let mut switches: BTreeMap<Place<'_>, Vec<BlockId>> = BTreeMap::new();
    let mut others: BTreeMap<Place<'_>, &'static str> = BTreeMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        let head = &draft.syntax.head.value;
        let name = (draft.citation.as_str(), head.paragraph.value.label.as_deref());
        match &head.effect {
            EffectSyntax::Exempt | EffectSyntax::Untranslated(None) => {
                switches.entry(name).or_default().push(BlockId(number(place)));
            }
            effect @ (EffectSyntax::Define(_)
            | EffectSyntax::Require(_)
            | EffectSyntax::Allow { .. }
            | EffectSyntax::Bar { .. }
            | EffectSyntax::Exclude(_)
            | EffectSyntax::Prohibit(_)
            | EffectSyntax::Oblige(_)
            | EffectSyntax::Flag(_)
            | EffectSyntax::Refer(_)
            | EffectSyntax::Policy(_)
            | EffectSyntax::Describe { .. }
            | EffectSyntax::Prefer { .. }
            | EffectSyntax::Untranslated(Some(_))) => {
                others.insert(name, keyword(effect));
            }
        }
    }
    let mut led: Vec<Vec<Vec<BlockId>>> = Vec::with_capacity(drafts.len());
    for draft in drafts.iter() {
        let mut unless = Vec::new();
        let references = draft.syntax.unless.iter().flat_map(|it| &it.value);
        for Spanned { value, span } in references {
            let label = value.paragraph.label.as_deref();
            let candidates = citations(value, draft.section);
            let found = candidates.iter().find_map(|it| switches.get(&(it.as_str(), label)));
            if let Some(found) = found {
                unless.push(found.clone());
                continue;
            }
            if !complete || draft.is_repeated() {
                continue;
            }
            let other = candidates.iter().find_map(|it| others.get(&(it.as_str(), label)));
            let citation = candidates.first().map_or("", String::as_str);
            let written = id(citation, label);
            let error = if let Some(other) = other {
                Diagnostic::error(*span, format!("`{written}` is no `exempt` but a `{other}`"))
                    .help("only `exempt` and `untranslated` blocks switch others off")
            } else {
                // The same paragraph under a label is likelier than another paragraph.
                let labelled = switches.keys().find(|(it, _)| *it == citation);
                let near = labelled.map(|(it, label)| id(it, *label)).or_else(|| {
                    let all: Vec<String> =
                        switches.keys().map(|(it, label)| id(it, *label)).collect();
                    nearest(&written, all.iter().map(String::as_str)).map(str::to_owned)
                });
                let error = Diagnostic::error(*span, format!("there is no block `{written}`"));
                match near {
                    Some(it) => error.help(format!("did you mean `{it}`?")),
                    None => error,
                }
            };
            diagnostics.push(error);
        }
        led.push(unless);
    }
    drop((switches, others));
    for (draft, unless) in drafts.iter_mut().zip(led) {
        draft.unless = unless;
    }
}

/// The citations that a name after `unless` may mean, the likeliest first.
fn citations(reference: &Reference, section: &str) -> Vec<String> {
    let section = reference.section.as_deref().unwrap_or(section);
    let mut out = vec![reference.paragraph.citation(section)];
    if let (None, PathSyntax::Named(name)) = (&reference.section, &reference.paragraph.path) {
        out.push(name.clone());
    }
    out
}

fn id(citation: &str, label: Option<&str>) -> String {
    label.map_or_else(|| citation.to_owned(), |label| format!("{citation}#{label}"))
}
