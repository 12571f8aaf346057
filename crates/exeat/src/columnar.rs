//! Parquet, as lines: the program `exeat-portfolio` reads the columns and hands the rows on.
//!
//! It is a program of its own so that this one need not carry the format. It is looked for beside
//! this program, then on the `PATH`.

use crate::trouble::Trouble;
use std::env;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// What the program is called.
const PROGRAM: &str = "exeat-portfolio";

/// Whether a file is called like one of columns.
pub(crate) fn is_one(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("parquet"))
}

/// The rows of a Parquet file as JSON, one object a line.
///
/// Reading fails at the end where the file could not be read to its end, with what is wrong and not
/// where, which whoever reads says.
///
/// # Errors
///
/// Where the program that reads them is not there.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read + Send>, Trouble> {
    Ok(Box::new(Rows::of(path)?))
}

/// The same for who does not know the path any more: it stands in what reading fails with.
///
/// # Errors
///
/// As [`open`].
pub(crate) fn open_named(path: &Path) -> Result<Box<dyn Read + Send>, Trouble> {
    let name = Some(path.display().to_string());
    Ok(Box::new(Rows { name, ..Rows::of(path)? }))
}

fn start(path: &Path) -> Result<(ChildStdout, Child), Trouble> {
    let beside = env::current_exe().ok().and_then(|it| Some(it.parent()?.join(PROGRAM)));
    let program = beside.filter(|it| it.is_file()).unwrap_or_else(|| PathBuf::from(PROGRAM));
    let started = Command::new(&program)
        .arg("rows")
        .arg("--")
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Trouble::new(format!(
                "`{}` is Parquet, and `{PROGRAM}`, which reads it, is not here",
                path.display()
            ))
            .help(
                "build it with `cargo build --release -p portfolio` and put it beside `exeat`, \
                 or write the rows as CSV or JSON lines",
            ));
        }
        Err(error) => return Err(Trouble::new(format!("`{}`: {error}", program.display()))),
    };
    let Some(rows) = child.stdout.take() else {
        return Err(Trouble::new(format!("`{}` writes nothing", program.display())));
    };
    Ok((rows, child))
}

/// The rows as they come out of the program.
struct Rows {
    written: ChildStdout,
    child: Process,
    /// What stands before everything that the program complains of.
    before: String,
    /// What the file is called in what reading fails with.
    name: Option<String>,
}

impl Rows {
    fn of(path: &Path) -> Result<Self, Trouble> {
        let (written, child) = start(path)?;
        let before = format!("error: `{}`: ", path.display());
        Ok(Self { written, child: Process(child), before, name: None })
    }
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.written.read(buffer)?;
        if count > 0 || buffer.is_empty() || self.child.0.wait()?.success() {
            return Ok(count);
        }
        let mut said = String::new();
        if let Some(mut errors) = self.child.0.stderr.take() {
            errors.read_to_string(&mut said)?;
        }
        let said = said.trim();
        let said = said.strip_prefix(self.before.as_str()).unwrap_or(said);
        let said = if said.is_empty() {
            format!("`{PROGRAM}` stopped before the end of the file")
        } else {
            said.to_owned()
        };
        Err(io::Error::other(match &self.name {
            Some(name) => format!("`{name}`: {said}"),
            None => said,
        }))
    }
}

/// A program that ends at the latest when nobody reads on.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
