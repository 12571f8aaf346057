//! From a condition as written to one whose names are numbers, with types checked.

use super::{KnownFact, Names};
use crate::diagnostic::Diagnostic;
use crate::rulebook::{Expr, Quantifier, TermId, Test, Thing};
use crate::schema::{DomainId, FactType, KindId};
use crate::source::Span;
use crate::syntax::{Body, Condition, Name, PathName, TestSyntax};

/// A condition, and what its block must answer for.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) expr: Expr,
    /// How many variables it uses, with the root and the subject.
    pub(crate) variables: u16,
    /// Every term it uses.
    pub(crate) terms: Vec<(TermId, Span)>,
    /// Every late fact it reads.
    pub(crate) late: Vec<Span>,
}

/// Resolves the condition of a block about things of a kind. `exception` stands for
/// `that-exception`.
pub(crate) fn resolve(
    names: &Names<'_>,
    subject: KindId,
    exception: Option<&str>,
    condition: Option<&Condition>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Resolved {
    let mut resolver = Resolver {
        names,
        exception,
        scope: Vec::new(),
        variables: 2,
        terms: Vec::new(),
        late: Vec::new(),
        diagnostics,
    };
    let mut kind = Some(subject);
    let mut up = 0;
    while let Some(it) = kind {
        let thing = match (it, subject) {
            (KindId(0), _) => Thing { variable: 0, up: 0 },
            _ => Thing { variable: 1, up },
        };
        // The subject stands innermost, after the things it belongs to.
        resolver.scope.insert(0, Bound { name: names.kind_name(it).to_owned(), kind: it, thing });
        up = up.saturating_add(1);
        kind = names.parent(it);
    }
    let expr = condition.map_or(Expr::Constant(true), |it| resolver.condition(it));
    let Resolver { variables, terms, late, .. } = resolver;
    Resolved { expr, variables, terms, late }
}

/// Whether a condition speaks of the thing of that name in scope, and not of one it binds itself.
pub(crate) fn mentions(condition: &Condition, name: &str) -> bool {
    let names = |it: &Option<String>| it.as_deref() == Some(name);
    match condition {
        Condition::Any(parts) | Condition::All(parts) => parts.iter().any(|it| mentions(it, name)),
        Condition::Not(inner) => mentions(inner, name),
        Condition::Constant(_) => false,
        Condition::Is { thing, .. } => thing.value == name,
        Condition::Holds(path) => names(&path.thing),
        Condition::Test { path, test } => {
            let set = match test {
                TestSyntax::Member { path, .. } => names(&path.thing),
                TestSyntax::In { .. }
                | TestSyntax::Column { .. }
                | TestSyntax::Includes(_)
                | TestSyntax::Within(_)
                | TestSyntax::Empty
                | TestSyntax::Number(..) => false,
            };
            set || names(&path.thing)
        }
        Condition::Quantified { name: bound, of, body, .. } => {
            let inside = match body {
                Body::Where(inner) => bound.value != name && mentions(inner, name),
                Body::Is { .. } => false,
            };
            inside || of.as_ref().is_some_and(|it| it.value == name)
        }
    }
}

/// A name that stands for a thing.
#[derive(Debug)]
struct Bound {
    name: String,
    kind: KindId,
    thing: Thing,
}

struct Resolver<'n, 'a, 'd> {
    names: &'n Names<'a>,
    exception: Option<&'n str>,
    scope: Vec<Bound>,
    variables: u16,
    terms: Vec<(TermId, Span)>,
    late: Vec<Span>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

/// What stands where a condition could not be resolved; the rulebook is refused anyway.
const REFUSED: Expr = Expr::Constant(false);

impl Resolver<'_, '_, '_> {
    fn condition(&mut self, condition: &Condition) -> Expr {
        let result = match condition {
            Condition::Any(parts) => {
                return Expr::Any(parts.iter().map(|it| self.condition(it)).collect());
            }
            Condition::All(parts) => {
                return Expr::All(parts.iter().map(|it| self.condition(it)).collect());
            }
            Condition::Not(inner) => return negate(self.condition(inner)),
            Condition::Constant(value) => return Expr::Constant(*value),
            Condition::Is { thing, negated, term } => self.is(thing, *negated, term),
            Condition::Holds(path) => self.holds(path),
            Condition::Test { path, test } => self.test(path, test),
            Condition::Quantified { quantifier, name, of, body } => {
                self.quantified(*quantifier, name, of.as_ref(), body)
            }
        };
        match result {
            Ok(expr) => expr,
            Err(error) => {
                self.diagnostics.extend(error.map(|it| *it));
                REFUSED
            }
        }
    }

    fn is(&mut self, thing: &Name, negated: bool, term: &Name) -> Refusable<Expr> {
        let (kind, place) = self.thing(&thing.value, thing.span)?;
        let expr = self.term(term, kind, place)?;
        Ok(if negated { negate(expr) } else { expr })
    }

    /// A term said of a thing.
    fn term(&mut self, name: &Name, kind: KindId, thing: Thing) -> Refusable<Expr> {
        let Some(term) = self.names.terms.get(&name.value) else {
            return Err(self.names.unknown_term(&name.value, name.span).map(Box::new));
        };
        if term.subject != kind {
            let message = format!(
                "`{}` is said of `{}`, not of `{}`",
                name.value,
                self.names.kind_name(term.subject),
                self.names.kind_name(kind)
            );
            return refuse(Diagnostic::error(name.span, message));
        }
        self.terms.push((term.id, name.span));
        Ok(Expr::Term { term: term.id, thing })
    }

    /// A fact that is a truth, or a term of the root.
    fn holds(&mut self, path: &PathName) -> Refusable<Expr> {
        let root = KindId(0);
        if path.thing.is_none() && self.names.fact(root, &path.fact).is_none() {
            let name = Name { value: path.fact.clone(), span: path.span };
            if self.names.terms.contains_key(&path.fact) {
                return self.term(&name, root, Thing { variable: 0, up: 0 });
            }
            if !self.names.complete {
                return Err(None);
            }
            let message = format!("unknown fact or term `{}`", path.fact);
            let known = self.names.fact_names(root);
            let known = known.chain(self.names.terms.keys().map(String::as_str));
            return refuse(Diagnostic::error(path.span, message).suggest(&path.fact, known));
        }
        let (thing, fact) = self.fact(path)?;
        match fact.of {
            FactType::Truth => Ok(Expr::Test { thing, fact: fact.id, test: Test::IsTrue }),
            FactType::Code(_) | FactType::Set(_) | FactType::Number => {
                refuse(self.misfit(path, fact, "cannot stand alone"))
            }
        }
    }

    fn test(&mut self, path: &PathName, syntax: &TestSyntax) -> Refusable<Expr> {
        let (thing, fact) = self.fact(path)?;
        let mut negative = false;
        let test = match (syntax, fact.of) {
            (TestSyntax::In { negated, words, with }, FactType::Code(domain)) => {
                negative = *negated;
                let values = Test::In(self.values(domain, words)?);
                match with {
                    None => values,
                    Some((column, words)) => {
                        let column = self.column(domain, column, words)?;
                        Test::Both(Box::new(values), Box::new(column))
                    }
                }
            }
            (TestSyntax::Column { negated, column, words }, FactType::Code(domain)) => {
                negative = *negated;
                self.column(domain, column, words)?
            }
            (TestSyntax::Member { negated, path: set }, FactType::Code(domain)) => {
                negative = *negated;
                self.member(set, domain)?
            }
            (TestSyntax::Includes(words), FactType::Set(domain)) => {
                Test::Includes(self.mask(domain, words)?)
            }
            (TestSyntax::Within(words), FactType::Set(domain)) => {
                Test::Within(self.mask(domain, words)?)
            }
            (TestSyntax::Empty, FactType::Set(_)) => Test::Empty,
            (TestSyntax::Number(comparison, number), FactType::Number) => {
                Test::Number(*comparison, *number)
            }
            (
                TestSyntax::In { .. }
                | TestSyntax::Column { .. }
                | TestSyntax::Member { .. }
                | TestSyntax::Includes(_)
                | TestSyntax::Within(_)
                | TestSyntax::Empty
                | TestSyntax::Number(..),
                _,
            ) => return refuse(self.misfit(path, fact, "cannot be asked that")),
        };
        let expr = Expr::Test { thing, fact: fact.id, test };
        Ok(if negative { negate(expr) } else { expr })
    }

    /// A code in the set that another fact holds.
    fn member(&mut self, set: &PathName, domain: DomainId) -> Refusable<Test> {
        let (thing, fact) = self.fact(set)?;
        if fact.of != FactType::Set(domain) {
            let help = format!("it must be a set of `{}`", self.names.domain_name(domain));
            return refuse(self.misfit(set, fact, "is not such a set").help(help));
        }
        if self.names.is_too_wide(domain) {
            return refuse(self.too_wide(domain, set.span));
        }
        Ok(Test::MemberOf { thing, fact: fact.id })
    }

    fn quantified(
        &mut self,
        quantifier: Quantifier,
        name: &Name,
        of: Option<&Name>,
        body: &Body,
    ) -> Refusable<Expr> {
        let term = self.names.terms.get(&name.value);
        let kind = self.names.kind(&name.value).or(term.map(|it| it.subject));
        let Some(kind) = kind else {
            if !self.names.complete {
                return Err(None);
            }
            let message = format!("unknown kind or term `{}`", name.value);
            let known = self.names.kind_names();
            let known = known.chain(self.names.terms.keys().map(String::as_str));
            return refuse(Diagnostic::error(name.span, message).suggest(&name.value, known));
        };
        if kind == KindId(0) {
            let message = format!("there is only one `{}`", name.value);
            return refuse(Diagnostic::error(name.span, message).help("name its facts directly"));
        }
        let restricted = term.is_some() && self.names.kind(&name.value).is_none();
        // What is wrong with `of` is no reason to keep silent about the body.
        let of = self.owner(kind, name, of).unwrap_or_else(|error| {
            self.diagnostics.extend(error.map(|it| *it));
            None
        });
        let variable = self.variables;
        let thing = Thing { variable, up: 0 };
        let Some(next) = self.variables.checked_add(1) else {
            return refuse(Diagnostic::error(name.span, "too many things in one condition"));
        };
        self.variables = next;
        let within = if restricted { Some(self.term(name, kind, thing)?) } else { None };
        let inner = match body {
            Body::Is { negated, term } => {
                let expr = self.term(term, kind, thing)?;
                if *negated { negate(expr) } else { expr }
            }
            Body::Where(inner) => {
                self.reach(name, inner);
                self.scope.push(Bound { name: name.value.clone(), kind, thing });
                let expr = self.condition(inner);
                self.scope.pop();
                expr
            }
        };
        let body = match (within, quantifier) {
            (None, _) => inner,
            (Some(within), Quantifier::Some | Quantifier::No) => Expr::All(vec![within, inner]),
            (Some(within), Quantifier::Every) => Expr::Any(vec![negate(within), inner]),
        };
        Ok(Expr::Quantified { quantifier, kind, of, variable, body: Box::new(body) })
    }

    /// Refuses a `where` that reaches further than its author can have meant.
    fn reach(&mut self, name: &Name, body: &Condition) {
        let name_text = &name.value;
        if self.scope.iter().any(|it| it.name == *name_text) {
            let message = format!("inside another `{name_text}`, this one hides it");
            let help =
                "`where` reaches to the right as far as it can: put the outer one in brackets";
            self.diagnostics.push(Diagnostic::error(name.span, message).help(help));
        }
        let (Condition::Any(parts) | Condition::All(parts)) = body else { return };
        if let Some(part) = parts.iter().find(|it| !mentions(it, name_text)) {
            let message = format!("after `{name_text} where`, this says nothing of `{name_text}`");
            let help = "put it in front of the quantifier, or the quantifier in brackets";
            self.diagnostics.push(Diagnostic::error(part.first(), message).help(help));
        }
    }

    /// The thing after `of`, which must be written where there is a choice.
    fn owner(&mut self, kind: KindId, name: &Name, of: Option<&Name>) -> Refusable<Option<Thing>> {
        let parent = self.names.parent(kind).unwrap_or(KindId(0));
        if let Some(of) = of {
            let (owner, thing) = self.thing(&of.value, of.span)?;
            if owner != parent {
                let message = format!(
                    "`{}` belongs to `{}`, not to `{}`",
                    name.value,
                    self.names.kind_name(parent),
                    self.names.kind_name(owner)
                );
                return refuse(Diagnostic::error(of.span, message));
            }
            return Ok(Some(thing));
        }
        let in_scope = self.scope.iter().rev().find(|it| it.kind == parent);
        match in_scope {
            Some(owner) if parent != KindId(0) => {
                let message = format!("`{}` without `of`", name.value);
                let help = format!("write `{} of {}`", name.value, owner.name);
                refuse(Diagnostic::error(name.span, message).help(help))
            }
            Some(_) | None => Ok(None),
        }
    }

    /// What a name in scope stands for.
    fn thing(&self, name: &str, span: Span) -> Refusable<(KindId, Thing)> {
        if let Some(bound) = self.scope.iter().rev().find(|it| it.name == name) {
            return Ok((bound.kind, bound.thing));
        }
        let error = Diagnostic::error(span, format!("nothing here is called `{name}`"));
        let is_kind = self.names.kind(name).is_some() || self.names.terms.contains_key(name);
        let error = if is_kind {
            error.help(format!("say which: `some {name} where …`, or begin the block `for {name}`"))
        } else {
            error.suggest(name, self.scope.iter().map(|it| it.name.as_str()))
        };
        refuse(error)
    }

    fn fact(&mut self, path: &PathName) -> Refusable<(Thing, KnownFact)> {
        let (kind, thing) = match &path.thing {
            None => (KindId(0), Thing { variable: 0, up: 0 }),
            Some(name) => self.thing(name, path.span)?,
        };
        let Some(fact) = self.names.fact(kind, &path.fact) else {
            let message = format!("`{}` has no fact `{}`", self.names.kind_name(kind), path.fact);
            let known = self.names.fact_names(kind);
            return refuse(Diagnostic::error(path.span, message).suggest(&path.fact, known));
        };
        if fact.late {
            self.late.push(path.span);
        }
        Ok((thing, fact))
    }

    /// The values a set of words names, sorted.
    fn values(&mut self, domain: DomainId, words: &[Name]) -> Refusable<Vec<u16>> {
        let mut values = Vec::new();
        let mut failed = false;
        for word in words {
            match self.names.values(domain, self.word(word), word.span) {
                Ok(found) => values.extend(found),
                Err(error) => {
                    self.diagnostics.push(*error);
                    failed = true;
                }
            }
        }
        values.sort_unstable();
        values.dedup();
        if failed { Err(None) } else { Ok(values) }
    }

    fn mask(&mut self, domain: DomainId, words: &[Name]) -> Refusable<u128> {
        let mut mask = 0;
        for value in self.values(domain, words)? {
            let Some(bit) = 1_u128.checked_shl(u32::from(value)) else {
                let span = words.first().map_or_else(Span::default, |it| it.span);
                return refuse(self.too_wide(domain, span));
            };
            mask |= bit;
        }
        Ok(mask)
    }

    fn too_wide(&self, domain: DomainId, span: Span) -> Diagnostic {
        let name = self.names.domain_name(domain);
        Diagnostic::error(span, format!("`{name}` has too many values for a set: 128 at most"))
    }

    fn column(&mut self, domain: DomainId, name: &Name, words: &[Name]) -> Refusable<Test> {
        let Some(column) = self.names.column(domain, &name.value) else {
            let of = self.names.domain_name(domain);
            let message = format!("no table of `{of}` has a column `{}`", name.value);
            let known = self.names.column_names(domain);
            return refuse(Diagnostic::error(name.span, message).suggest(&name.value, known));
        };
        let mut places = Vec::with_capacity(words.len());
        let mut failed = false;
        for word in words {
            let text = self.word(word);
            let place = column.words.binary_search_by(|it| it.as_str().cmp(text)).ok();
            if let Some(place) = place.and_then(|it| u16::try_from(it).ok()) {
                places.push(place);
            } else {
                let message = format!("`{text}` stands nowhere in the column `{}`", name.value);
                let known = column.words.iter().map(String::as_str);
                self.diagnostics.push(Diagnostic::error(word.span, message).suggest(text, known));
                failed = true;
            }
        }
        places.sort_unstable();
        places.dedup();
        if failed {
            return Err(None);
        }
        Ok(Test::Column { table: column.table, column: column.column, words: places })
    }

    /// A word of a set; `that-exception` stands for the exception of the block.
    fn word<'w>(&'w self, word: &'w Name) -> &'w str {
        match self.exception {
            Some(exception) if word.value == "that-exception" => exception,
            Some(_) | None => &word.value,
        }
    }

    fn misfit(&self, path: &PathName, fact: KnownFact, trouble: &str) -> Diagnostic {
        let name = match &path.thing {
            Some(thing) => format!("{thing}.{}", path.fact),
            None => path.fact.clone(),
        };
        let (what, help) = match fact.of {
            FactType::Truth => ("yes or no".to_owned(), format!("write `{name}` or `not {name}`")),
            FactType::Code(domain) => (
                format!("one value of `{}`", self.names.domain_name(domain)),
                format!("write `{name} in {{…}}`"),
            ),
            FactType::Set(domain) => (
                format!("a set of `{}`", self.names.domain_name(domain)),
                format!("write `{name} includes {{…}}`, `{name} within {{…}}` or `{name} empty`"),
            ),
            FactType::Number => ("a number".to_owned(), format!("write `{name} >= 25`")),
        };
        Diagnostic::error(path.span, format!("`{name}` is {what} and {trouble}")).help(help)
    }
}

/// A result whose error, if it is not to be passed over in silence, is a diagnostic.
type Refusable<T> = Result<T, Option<Box<Diagnostic>>>;

fn refuse<T>(error: Diagnostic) -> Refusable<T> {
    Err(Some(Box::new(error)))
}

fn negate(expr: Expr) -> Expr {
    Expr::Not(Box::new(expr))
}
