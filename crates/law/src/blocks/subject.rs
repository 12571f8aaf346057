//! Of which kind of thing each block is true or false.

use super::{Draft, Setting};
use crate::diagnostic::Diagnostic;
use crate::names::Names;
use crate::names::condition::mentions;
use crate::schema::KindId;
use crate::syntax::EffectSyntax;

/// Gives a kind to the blocks that name none: the kind that is classified, or the judged kind,
/// where they, or what switches them off, mention it; else the root. What speaks of entries is
/// about the kind that is classified.
pub(super) fn infer(
    drafts: &mut [Draft<'_>],
    names: &Names<'_>,
    setting: Setting<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let classified = setting.classified.map(|it| it.0);
    for draft in drafts.iter_mut().filter(|it| it.is_about_entries()) {
        draft.subject = classified.unwrap_or(draft.subject);
    }
    for judged in classified.into_iter().chain(setting.judged) {
        let name = names.kind_name(judged);
        let mut about: Vec<bool> = drafts.iter().map(|it| it.mentions(name)).collect();
        // From each block that mentions it, back to the blocks that name it after `unless`.
        let mut named_by: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
        for (place, draft) in drafts.iter().enumerate() {
            for target in draft.unless.iter().flatten() {
                if let Some(it) = named_by.get_mut(target.0 as usize) {
                    it.push(place);
                }
            }
        }
        let mut open: Vec<usize> =
            (0..drafts.len()).filter(|it| about.get(*it) == Some(&true)).collect();
        while let Some(place) = open.pop() {
            for naming in named_by.get(place).into_iter().flatten() {
                let inferred = drafts.get(*naming).is_some_and(Draft::is_inferred);
                if let Some(it) = about.get_mut(*naming).filter(|it| !**it && inferred) {
                    *it = true;
                    open.push(*naming);
                }
            }
        }
        for (draft, about) in drafts.iter_mut().zip(about) {
            if about && draft.is_inferred() && draft.subject == KindId(0) {
                draft.subject = judged;
            }
        }
    }
    let subjects: Vec<KindId> = drafts.iter().map(|it| it.subject).collect();
    for draft in drafts.iter().filter(|it| !it.is_repeated()) {
        let references = draft.syntax.unless.iter().flat_map(|it| &it.value);
        // Names that led nowhere were reported, and then the two lists do not match.
        if references.clone().count() != draft.unless.len() {
            continue;
        }
        for (reference, targets) in references.zip(&draft.unless) {
            let kinds = targets.iter().filter_map(|it| subjects.get(it.0 as usize));
            for kind in kinds {
                // What is classified has a law of its own.
                let apart = (Some(*kind) == classified) != (Some(draft.subject) == classified);
                if apart || names.steps_up(draft.subject, *kind).is_none() {
                    let message = format!(
                        "that block is about `{}`, and this one about `{}`",
                        names.kind_name(*kind),
                        names.kind_name(draft.subject)
                    );
                    let help = "a block is switched off by one about the same thing, or about \
                                what that thing belongs to";
                    diagnostics.push(Diagnostic::error(reference.span, message).help(help));
                    break;
                }
            }
        }
    }
}

impl Draft<'_> {
    fn is_about_entries(&self) -> bool {
        let effect = &self.syntax.head.value.effect;
        matches!(effect, EffectSyntax::Describe { .. } | EffectSyntax::Prefer { .. })
    }

    /// Whether it says that it is about the kind of that name, or speaks of a thing of it.
    fn mentions(&self, name: &str) -> bool {
        if let Some(kind) = &self.syntax.head.value.subject {
            return kind.value == name;
        }
        let when = self.syntax.when.as_ref();
        self.is_inferred() && when.is_some_and(|it| mentions(&it.value, name))
    }
}
