//! What stands in the place of an answer where a transaction could not be read.

use crate::json::{Layout, Writer};
use crate::report::page::visible;
use std::fmt::{self, Write as _};

/// Something wrong with an input.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Problem {
    /// What is wrong, lower case, without a full stop.
    pub(crate) message: String,
    /// Where in the transaction, such as `parties[0].sector`.
    pub(crate) path: Option<String>,
    /// The line of the input, from 1.
    pub(crate) line: Option<u64>,
    /// What to do about it.
    pub(crate) help: Option<String>,
}

impl Problem {
    /// A problem of the whole input.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// The same, in this line.
    pub(crate) fn at_line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }

    /// The same, with what to do about it.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Why a transaction was not answered.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Failure {
    /// The caller's own reference, where it could be read.
    pub(crate) id: Option<String>,
    /// Every problem; at least one.
    pub(crate) problems: Vec<Problem>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { id: None, problems: vec![problem] }
    }
}

/// Appends a failure as `{"id", "error", "errors"}`, without a line break behind it.
pub(crate) fn write(failure: &Failure, layout: Layout, out: &mut Vec<u8>) {
    Writer::new(out, layout).object(|json| {
        if let Some(id) = &failure.id {
            json.text_of("id", id);
        }
        json.object_of("error", |json| match failure.problems.first() {
            Some(first) => problem(json, first),
            None => problem(json, &Problem::new("the transaction could not be read")),
        });
        json.objects_of("errors", &failure.problems, problem);
    });
}

/// The fields of a problem.
pub(crate) fn problem(json: &mut Writer<'_>, it: &Problem) {
    json.text_of("message", &it.message);
    json.optional_of("path", it.path.as_deref());
    match it.line {
        Some(line) => json.number_of("line", line),
        None => json.optional_of("line", None),
    }
    if let Some(help) = &it.help {
        json.text_of("help", help);
    }
}

impl Failure {
    /// The same, where every problem is in this line of the input.
    pub(crate) fn in_line(mut self, line: u64) -> Self {
        for problem in &mut self.problems {
            problem.line = Some(line);
        }
        self
    }

    /// The same, where the input begins in this line of something larger.
    pub(crate) fn moved(mut self, first: u64) -> Self {
        for problem in &mut self.problems {
            problem.line = Some(problem.line.unwrap_or(1) + first - 1);
        }
        self
    }

    /// Every problem in the words of a compiler: where, what, and what to do.
    pub(crate) fn for_a_person(&self, name: &str) -> String {
        // Writing to a string cannot fail.
        let mut text = String::new();
        for problem in &self.problems {
            let line = problem.line.filter(|_| !name.starts_with("line "));
            let line = line.map(|it| format!(":{it}")).unwrap_or_default();
            let path = problem.path.as_ref().map(|it| format!("{it}: ")).unwrap_or_default();
            let _ = writeln!(text, "error: {name}{line}: {path}{}", problem.message);
            if let Some(help) = &problem.help {
                let _ = writeln!(text, "  help: {help}");
            }
        }
        visible(&text)
    }
}
