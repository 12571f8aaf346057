//! From files to a checked [`Rulebook`], in one go; every problem is reported at once.
//!
//! Files are read in the order of their names, so the order in which they are given does not
//! matter. Later stages are left out where earlier ones would only make them guess.

use crate::blocks::{Setting, assemble};
use crate::diagnostic::{Diagnostic, Severity, render_all, sort};
use crate::manifest::{self, Manifest};
use crate::names::Names;
use crate::parser::{Parsed, parse};
use crate::rulebook::Rulebook;
use crate::schema::Schema;
use crate::source::SourceFile;
use crate::{capabilities, check, questions, tables};
use std::fmt;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A rulebook, and what its author should still look at.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The rulebook.
    pub rulebook: Rulebook,
    /// Its files, in the order that spans refer to.
    pub files: Vec<SourceFile>,
    /// What is odd, but not wrong.
    pub warnings: Vec<Diagnostic>,
}

/// Why a rulebook was refused: everything that is wrong with it. Displays as all of it.
#[derive(Clone, Debug)]
pub struct LoadError {
    /// The files, in the order that spans refer to.
    pub files: Vec<SourceFile>,
    /// What is wrong, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render_all(&self.diagnostics, &self.files))
    }
}

impl std::error::Error for LoadError {}

impl Rulebook {
    /// Reads and checks a rulebook. The files are those of its folder, named relative to it,
    /// `rulebook.toml` among them.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the files, warnings included.
    pub fn load(mut files: Vec<SourceFile>, schema: Schema) -> Result<Loaded, LoadError> {
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let mut diagnostics = Vec::new();
        let rulebook = read(&files, schema, &mut diagnostics);
        sort(&mut diagnostics);
        let refused = diagnostics.iter().any(|it| it.severity == Severity::Error);
        match rulebook {
            Some(rulebook) if !refused => Ok(Loaded { rulebook, files, warnings: diagnostics }),
            Some(_) | None => Err(LoadError { files, diagnostics }),
        }
    }
}

fn read(
    files: &[SourceFile],
    mut schema: Schema,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Rulebook> {
    let manifest = manifest::read(files, diagnostics);
    let mut of_tables = Vec::new();
    let mut tables = || {
        let manifest = manifest.as_ref()?;
        let declared = questions::declare(files, manifest, &mut schema, &mut of_tables);
        Some((declared, tables::read(files, manifest, &mut schema, &mut of_tables)))
    };
    // The rules and the tables do not know of each other until names are resolved. Whoever is done
    // with the tables helps to read the rules.
    let next = AtomicUsize::new(0);
    let (mut rules, tables) = thread::scope(|scope| {
        match thread::Builder::new().spawn_scoped(scope, || rules(files, &next)) {
            Ok(others) => {
                let tables = tables();
                let mut rules = rules(files, &next);
                rules.extend(others.join().unwrap_or_else(|panic| resume_unwind(panic)));
                (rules, tables)
            }
            // Where there are no more threads it takes longer.
            Err(_) => (rules(files, &next), tables()),
        }
    });
    rules.sort_by_key(|it| it.0);
    let (mut sections, mut of_rules) = (Vec::new(), Vec::new());
    for (_, parsed) in rules {
        sections.extend(parsed.sections);
        of_rules.extend(parsed.diagnostics);
    }
    let complete = of_rules.is_empty();
    diagnostics.extend(of_rules);
    let (manifest, (declared, mut tables)) = (manifest?, tables?);
    let refused = !of_tables.is_empty();
    diagnostics.extend(of_tables);
    if refused {
        return None;
    }
    let judged = judged(&manifest, &schema, diagnostics)?;
    let mut names = Names::new(&schema, &tables.all, &tables.literals, complete);
    tables.files.extend(declared.as_ref().map(|it| it.file));
    let classified = declared.as_ref().map(|it| (it.kind, it.entries));
    let vocabulary = &manifest.vocabulary;
    let setting = Setting { vocabulary, judged, classified, from: manifest.from };
    let before = diagnostics.len();
    let mut classification = declared.map(|it| it.resolve(&names, diagnostics));
    if let Some(classification) = &mut classification {
        let place = capabilities::read(files, &manifest, classification, diagnostics);
        tables.files.extend(place);
    }
    let blocks = assemble(&sections, &mut names, setting, diagnostics);
    let resolved = complete && diagnostics.len() == before;
    drop(names);
    let notes = blocks.notes;
    let rulebook = Rulebook {
        name: manifest.name,
        verified_through: manifest.verified_through,
        from: manifest.from,
        schema,
        vocabulary: manifest.vocabulary,
        sections: blocks.sections,
        blocks: blocks.all,
        terms: blocks.terms,
        tables: tables.all,
        paragraphs: tables.paragraphs,
        classification,
    };
    check::unused_files(files, &tables.files, diagnostics);
    check::check(&rulebook, &notes, resolved, diagnostics);
    Some(rulebook)
}

/// Reads files with rules, by their places, until there is none left that nobody reads.
fn rules<'f>(files: &'f [SourceFile], next: &AtomicUsize) -> Vec<(usize, Parsed<'f>)> {
    let mut read = Vec::new();
    loop {
        let place = next.fetch_add(1, Ordering::Relaxed);
        let Some(file) = files.get(place) else { return read };
        if is_law(&file.name) {
            let number = u16::try_from(place).unwrap_or(u16::MAX);
            read.push((place, parse(&file.text, number)));
        }
    }
}

/// The kind that effects are judged on; `Some(None)` where the rulebook names none.
#[expect(clippy::option_option, reason = "the outer one says that the name is unknown")]
fn judged(
    manifest: &Manifest,
    schema: &Schema,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Option<crate::schema::KindId>> {
    let Some(name) = &manifest.judged else { return Some(None) };
    let kind = schema.kind(name.get_ref());
    if kind.is_none() {
        let span = manifest::span(name, manifest.file);
        let error = Diagnostic::error(span, format!("unknown kind `{}`", name.get_ref()));
        let known = schema.kinds.iter().map(|it| it.name.as_str());
        diagnostics.push(error.suggest(name.get_ref(), known));
    }
    kind.map(Some)
}

/// Whether a file of the folder holds rule text.
pub(crate) fn is_law(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|it| it == "law")
}

#[cfg(test)]
mod tests;
