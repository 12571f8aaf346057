//! From blocks as written to [`Block`]s: keys checked, `each of` written out, kinds inferred,
//! `unless` led to the blocks it names.
//!
//! How names after `unless` find their blocks is in `reference`, how a block gets its kind in
//! `subject`.

mod reference;
mod subject;

use crate::diagnostic::Diagnostic;
use crate::names::condition::{Resolved, resolve};
use crate::names::{KnownTerm, Names};
use crate::rulebook::{Bars, Block, BlockId, Effect, Section, Term, TermId, Version, Vocabulary};
use crate::schema::{DomainId, KindId};
use crate::source::Span;
use crate::syntax::{BlockSyntax, EffectSyntax, Head, Name, SectionSyntax, Spanned};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the files of one rulebook amount to.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    pub(crate) sections: Vec<Section>,
    pub(crate) all: Vec<Block>,
    pub(crate) terms: Vec<Term>,
    /// For each block, what the checks need to know and a reader of the rulebook does not.
    pub(crate) notes: Vec<Note>,
}

/// Where the parts of a block stand, and what it uses.
#[derive(Debug, Default)]
pub(crate) struct Note {
    pub(crate) head: Span,
    pub(crate) unless: Vec<Span>,
    pub(crate) terms: Vec<(TermId, Span)>,
    pub(crate) late: Vec<Span>,
}

/// What a rulebook's own file says that blocks depend on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) judged: Option<KindId>,
    /// The kind that is classified, and the domain of the entries.
    pub(crate) classified: Option<(KindId, DomainId)>,
    pub(crate) from: Date,
}

/// One block to be: the block as written, of a section, for one exception.
struct Draft<'s> {
    section: &'s str,
    syntax: &'s BlockSyntax,
    exception: Option<&'s Name>,
    citation: String,
    subject: KindId,
    term: Option<TermId>,
    unless: Vec<Vec<BlockId>>,
}

pub(crate) fn assemble(
    sections: &[SectionSyntax],
    names: &mut Names<'_>,
    setting: Setting<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Blocks {
    let mut out = Blocks::default();
    headings(sections, &mut out, diagnostics);
    let mut drafts = drafts(sections);
    define(&mut drafts, names, &mut out, diagnostics);
    reference::lead(&mut drafts, names.complete, diagnostics);
    subject::infer(&mut drafts, names, setting, diagnostics);
    for draft in &drafts {
        if let EffectSyntax::Define(name) | EffectSyntax::Untranslated(Some(name)) =
            &draft.syntax.head.value.effect
        {
            let known = names.terms.get(&name.value);
            if let Some(term) = known.and_then(|it| out.terms.get_mut(it.id.0 as usize)) {
                term.blocks.push(BlockId(number(out.all.len())));
            }
        }
        let (block, note) = draft.block(names, setting, diagnostics);
        out.all.push(block);
        out.notes.push(note);
    }
    out
}

fn headings(sections: &[SectionSyntax], out: &mut Blocks, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for section in sections {
        let Spanned { value, span } = &section.number;
        if seen.insert(value, *span).is_some() {
            let error = Diagnostic::error(*span, format!("a second section `{value}`"));
            diagnostics.push(error.help("put all its blocks below one heading"));
        }
        out.sections.push(Section {
            number: value.clone(),
            title: section.title.value.clone(),
            span: *span,
        });
    }
}

/// The blocks in the order of the files; `allow each of {A, B}` makes two.
fn drafts(sections: &[SectionSyntax]) -> Vec<Draft<'_>> {
    let mut drafts = Vec::new();
    for section in sections {
        for syntax in &section.blocks {
            let head = &syntax.head.value;
            let exceptions: Vec<Option<&Name>> = match &head.effect {
                EffectSyntax::Allow { exceptions, .. } => exceptions.iter().map(Some).collect(),
                EffectSyntax::Define(_)
                | EffectSyntax::Exempt
                | EffectSyntax::Require(_)
                | EffectSyntax::Bar { .. }
                | EffectSyntax::Exclude(_)
                | EffectSyntax::Prohibit(_)
                | EffectSyntax::Oblige(_)
                | EffectSyntax::Flag(_)
                | EffectSyntax::Refer(_)
                | EffectSyntax::Policy(_)
                | EffectSyntax::Describe { .. }
                | EffectSyntax::Prefer { .. }
                | EffectSyntax::Untranslated(_) => vec![None],
            };
            for exception in exceptions {
                drafts.push(Draft {
                    section: &section.number.value,
                    syntax,
                    exception,
                    citation: citation(head, &section.number.value),
                    subject: KindId(0),
                    term: None,
                    unless: Vec::new(),
                });
            }
        }
    }
    drafts
}

/// The citation of a block: below its section, and of what describes an entry below that.
fn citation(head: &Head, section: &str) -> String {
    let below = match &head.effect {
        EffectSyntax::Describe { entry, .. } => &entry.value,
        EffectSyntax::Define(_)
        | EffectSyntax::Exempt
        | EffectSyntax::Require(_)
        | EffectSyntax::Allow { .. }
        | EffectSyntax::Bar { .. }
        | EffectSyntax::Exclude(_)
        | EffectSyntax::Prohibit(_)
        | EffectSyntax::Oblige(_)
        | EffectSyntax::Flag(_)
        | EffectSyntax::Refer(_)
        | EffectSyntax::Policy(_)
        | EffectSyntax::Prefer { .. }
        | EffectSyntax::Untranslated(_) => section,
    };
    head.paragraph.value.citation(below)
}

/// Gathers the terms, each with the kind that its first block gives it.
fn define(
    drafts: &mut [Draft<'_>],
    names: &mut Names<'_>,
    out: &mut Blocks,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for draft in drafts {
        let head = &draft.syntax.head.value;
        if let Some(kind) = &head.subject {
            let Some(known) = names.kind(&kind.value) else {
                let error = Diagnostic::error(kind.span, format!("unknown kind `{}`", kind.value));
                diagnostics.push(error.suggest(&kind.value, names.kind_names()));
                continue;
            };
            draft.subject = known;
        }
        let (EffectSyntax::Define(name) | EffectSyntax::Untranslated(Some(name))) = &head.effect
        else {
            continue;
        };
        if let Some(known) = names.terms.get(&name.value) {
            draft.term = Some(known.id);
            if known.subject != draft.subject {
                let of = names.kind_name(known.subject);
                let message = format!("`{}` was defined for `{of}` before", name.value);
                diagnostics.push(
                    Diagnostic::error(name.span, message)
                        .help(format!("write `for {of}`, or give this term another name")),
                );
            }
            continue;
        }
        let fact = draft.subject == KindId(0) && names.fact(KindId(0), &name.value).is_some();
        if fact || names.kind(&name.value).is_some() {
            let what = if fact { "fact" } else { "kind" };
            let message = format!("`{}` is the name of a {what}", name.value);
            diagnostics
                .push(Diagnostic::error(name.span, message).help("give the term another name"));
        }
        let id = TermId(number(out.terms.len()));
        draft.term = Some(id);
        out.terms.push(Term {
            name: name.value.clone(),
            subject: draft.subject,
            blocks: Vec::new(),
        });
        names.terms.insert(name.value.clone(), KnownTerm { id, subject: draft.subject });
    }
}

impl Draft<'_> {
    /// Whether it is another writing-out of the same block, whose problems were reported.
    fn is_repeated(&self) -> bool {
        let EffectSyntax::Allow { exceptions, .. } = &self.syntax.head.value.effect else {
            return false;
        };
        self.exception
            .is_some_and(|it| exceptions.first().is_some_and(|first| first.span != it.span))
    }

    /// Whether the loader gives it a kind.
    fn is_inferred(&self) -> bool {
        let head = &self.syntax.head.value;
        head.subject.is_none()
            && !matches!(head.effect, EffectSyntax::Define(_) | EffectSyntax::Untranslated(Some(_)))
    }

    fn block(
        &self,
        names: &Names<'_>,
        setting: Setting<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Block, Note) {
        let mut silent = Vec::new();
        let diagnostics = if self.is_repeated() { &mut silent } else { diagnostics };
        let syntax = self.syntax;
        let head = &syntax.head.value;
        let effect = self.effect(names, setting, diagnostics);
        self.clauses(setting.vocabulary, diagnostics);
        let from = head.from.as_ref().map_or(setting.from, |it| it.value);
        let until = head.until.as_ref().map(|it| it.value);
        if let Some(it) = head.until.as_ref().filter(|it| it.value <= from) {
            let message = format!("the block ends before it begins on {from}");
            diagnostics
                .push(Diagnostic::error(it.span, message).help("`until` is the first day after"));
        }
        let exception = self.exception.map(|it| it.value.as_str());
        let when = syntax.when.as_ref().map(|it| &it.value);
        let Resolved { expr, variables, terms, late } =
            resolve(names, self.subject, exception, when, diagnostics);
        let texts = |names: Option<&Spanned<Vec<Name>>>| {
            names.into_iter().flat_map(|it| &it.value).map(|it| it.value.clone()).collect()
        };
        let ends = [
            syntax.under.as_ref().map(|it| it.span),
            syntax.overcomes.as_ref().map(|it| it.span),
            syntax.despite.as_ref().map(|it| it.span),
            syntax.when.as_ref().map(|it| it.span),
            syntax.unless.as_ref().map(|it| it.span),
            syntax.by.as_ref().map(|it| it.span),
            Some(syntax.says.span),
            syntax.source.as_ref().map(|it| it.span),
        ];
        let end = ends.into_iter().flatten().map(|it| it.end).max().unwrap_or(syntax.head.span.end);
        let block = Block {
            effect,
            citation: self.citation.clone(),
            label: head.paragraph.value.label.clone(),
            version: Version { from, until, status: head.status },
            subject: self.subject,
            condition: expr,
            unless: self.unless.clone(),
            unverified: head.unverified,
            despite: texts(syntax.despite.as_ref()),
            under: syntax.under.as_ref().map(|it| it.value.value.clone()),
            by: syntax.by.as_ref().map(|it| it.value.clone()),
            says: syntax.says.value.clone(),
            source: syntax.source.as_ref().map(|it| it.value.clone()),
            variables,
            span: Span { end, ..syntax.head.span },
        };
        let references = syntax.unless.iter().flat_map(|it| &it.value);
        let note = Note {
            head: syntax.head.span,
            unless: references.map(|it| it.span).collect(),
            terms,
            late,
        };
        (block, note)
    }

    /// What the block does, its keys looked up in the vocabulary.
    fn effect(
        &self,
        names: &Names<'_>,
        setting: Setting<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Effect {
        let words = setting.vocabulary;
        if let EffectSyntax::Describe { .. } | EffectSyntax::Prefer { .. } =
            &self.syntax.head.value.effect
        {
            self.entries(names, setting, diagnostics);
        }
        let mut key = |name: &Name, known: &[String], what: &str| {
            look_up(name, known.iter().map(String::as_str), what, diagnostics);
            name.value.clone()
        };
        match &self.syntax.head.value.effect {
            EffectSyntax::Define(_) => Effect::Define(self.term.unwrap_or(TermId(0))),
            EffectSyntax::Exempt => Effect::Exempt,
            EffectSyntax::Require(name) => Effect::Require(key(name, &words.reasons, "reason")),
            EffectSyntax::Allow { exceptions, .. } => {
                for name in exceptions {
                    key(name, &words.exceptions, "exception");
                }
                let reasons = self.syntax.overcomes.iter().flat_map(|it| &it.value);
                Effect::Allow {
                    exception: self.exception.map_or_else(String::new, |it| it.value.clone()),
                    overcomes: reasons.map(|it| key(it, &words.reasons, "reason")).collect(),
                }
            }
            EffectSyntax::Bar { all, exceptions } => {
                let names =
                    exceptions.iter().map(|it| key(it, &words.exceptions, "exception")).collect();
                Effect::Bar(if *all { Bars::AllExcept(names) } else { Bars::These(names) })
            }
            EffectSyntax::Exclude(name) => {
                Effect::Exclude(key(name, &words.exclusions, "exclusion"))
            }
            EffectSyntax::Prohibit(name) => Effect::Prohibit(key(name, &words.reasons, "reason")),
            EffectSyntax::Oblige(name) => Effect::Oblige(key(name, &words.duties, "duty")),
            EffectSyntax::Flag(name) => Effect::Flag(key(name, &words.flags, "flag")),
            EffectSyntax::Refer(name) => Effect::Refer(key(name, &words.agencies, "agency")),
            EffectSyntax::Policy(name) => Effect::Policy(key(name, &words.policies, "policy")),
            EffectSyntax::Describe { entry, parents } => {
                Effect::Describe { entry: entry.value.clone(), parents: texts(parents) }
            }
            EffectSyntax::Prefer { entries, over } => {
                Effect::Prefer { entries: texts(entries), over: texts(over) }
            }
            EffectSyntax::Untranslated(_) => Effect::Untranslated,
        }
    }

    /// Looks up every entry that a `describe` or `prefer` names.
    fn entries(&self, names: &Names<'_>, setting: Setting<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let head = &self.syntax.head;
        let Some((_, domain)) = setting.classified else {
            let error = Diagnostic::error(head.span, "this rulebook classifies nothing");
            diagnostics.push(error.help("say what is classified in `[classification]`"));
            return;
        };
        let mut written: Vec<&Name> = Vec::new();
        match &head.value.effect {
            EffectSyntax::Describe { entry, parents } => {
                written.push(entry);
                written.extend(parents);
            }
            EffectSyntax::Prefer { entries, over } => written.extend(entries.iter().chain(over)),
            EffectSyntax::Define(_)
            | EffectSyntax::Exempt
            | EffectSyntax::Require(_)
            | EffectSyntax::Allow { .. }
            | EffectSyntax::Bar { .. }
            | EffectSyntax::Exclude(_)
            | EffectSyntax::Prohibit(_)
            | EffectSyntax::Oblige(_)
            | EffectSyntax::Flag(_)
            | EffectSyntax::Refer(_)
            | EffectSyntax::Policy(_)
            | EffectSyntax::Untranslated(_) => {}
        }
        for name in written {
            for entry in name.value.split(" for ") {
                if let Err(error) = names.values(domain, entry, name.span) {
                    diagnostics.push(*error);
                }
            }
        }
    }

    /// Checks the clauses that only some effects have.
    fn clauses(&self, words: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) {
        let syntax = self.syntax;
        let effect = &syntax.head.value.effect;
        let opens = matches!(effect, EffectSyntax::Allow { .. });
        if let Some(it) = syntax.overcomes.as_ref().filter(|_| !opens) {
            diagnostics.push(Diagnostic::error(it.span, "only `allow` overcomes something"));
        }
        let duty = matches!(effect, EffectSyntax::Oblige(_));
        if let Some(it) = syntax.by.as_ref().filter(|_| !duty) {
            diagnostics.push(Diagnostic::error(it.span, "only `oblige` has a deadline"));
        }
        let inner = matches!(
            effect,
            EffectSyntax::Define(_) | EffectSyntax::Exempt | EffectSyntax::Untranslated(_)
        );
        for span in
            [syntax.under.as_ref().map(|it| it.span), syntax.despite.as_ref().map(|it| it.span)]
        {
            if let Some(span) = span.filter(|_| inner) {
                let message =
                    format!("a `{}` has no effect of its own to say that of", keyword(effect));
                diagnostics.push(Diagnostic::error(span, message));
            }
        }
        for name in syntax.despite.iter().flat_map(|it| &it.value) {
            look_up(name, words.exclusions.iter().map(String::as_str), "exclusion", diagnostics);
        }
        if let Some(name) = &syntax.under {
            let known = words.prohibitions.iter().map(|(name, ..)| name.as_str());
            look_up(&name.value, known, "prohibition", diagnostics);
        }
    }
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|it| it.value.clone()).collect()
}

/// Reports a key that the vocabulary does not have.
fn look_up<'k>(
    name: &Name,
    known: impl Iterator<Item = &'k str> + Clone,
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if !known.clone().any(|it| it == name.value) {
        let message = format!("unknown {what} `{}`", name.value);
        let error = Diagnostic::error(name.span, message).suggest(&name.value, known);
        let error = match error.help {
            None => error.help("add it to `[vocabulary]` in `rulebook.toml` if it is meant"),
            Some(_) => error,
        };
        diagnostics.push(error);
    }
}

fn keyword(effect: &EffectSyntax) -> &'static str {
    match effect {
        EffectSyntax::Define(_) => "define",
        EffectSyntax::Exempt => "exempt",
        EffectSyntax::Require(_) => "require license",
        EffectSyntax::Allow { .. } => "allow",
        EffectSyntax::Bar { .. } => "bar",
        EffectSyntax::Exclude(_) => "exclude",
        EffectSyntax::Prohibit(_) => "prohibit",
        EffectSyntax::Oblige(_) => "oblige",
        EffectSyntax::Flag(_) => "flag",
        EffectSyntax::Refer(_) => "refer",
        EffectSyntax::Policy(_) => "policy",
        EffectSyntax::Describe { .. } => "describe",
        EffectSyntax::Prefer { .. } => "prefer",
        EffectSyntax::Untranslated(_) => "untranslated",
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
