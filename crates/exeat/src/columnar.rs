//! Parquet, as lines: the program `exeat-portfolio` reads the columns and hands the rows on.
//!
//! It is a program of its own so that this one need not carry the format. It is looked for beside
//! this program, then on the `PATH`.

use crate::trouble::Trouble;
use std::env;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
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

/// The rows of these numbers, from 1 and rising, as [`open`] gives all.
///
/// # Errors
///
/// As [`open`], and where the program does not take the numbers.
pub(crate) fn open_some(path: &Path, numbers: &[u64]) -> Result<Box<dyn Read + Send>, Trouble> {
    let mut rows = Rows::start(path, &["--some"], Stdio::piped())?;
    // It reads all of them before it writes a row, so neither waits for the other.
    if let Some(input) = rows.child.0.stdin.take() {
        let mut input = BufWriter::new(input);
        let written = numbers.iter().try_for_each(|it| writeln!(input, "{it}"));
        written.and_then(|()| input.flush()).map_err(|error| Trouble::reading(path, &error))?;
    }
    Ok(Box::new(rows))
}

/// What the program that reads rows says it is: another one may write them in another way.
///
/// # Errors
///
/// Where it is not there.
pub(crate) fn version(path: &Path) -> Result<String, Trouble> {
    let program = program();
    let output = Command::new(&program).arg("--version").output();
    let output = output.map_err(|error| missing(path, &program, &error))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn program() -> PathBuf {
    let beside = env::current_exe().ok().and_then(|it| Some(it.parent()?.join(PROGRAM)));
    beside.filter(|it| it.is_file()).unwrap_or_else(|| PathBuf::from(PROGRAM))
}

/// Why the program cannot be run for this file.
fn missing(path: &Path, program: &Path, error: &io::Error) -> Trouble {
    if error.kind() != ErrorKind::NotFound {
        return Trouble::new(format!("`{}`: {error}", program.display()));
    }
    let path = path.display();
    Trouble::new(format!("`{path}` is Parquet, and `{PROGRAM}`, which reads it, is not here")).help(
        "build it with `cargo build --release -p portfolio` and put it beside `exeat`, or write \
         the rows as CSV or JSON lines",
    )
}

fn start(path: &Path, how: &[&str], input: Stdio) -> Result<(ChildStdout, Child), Trouble> {
    let program = program();
    let mut child = Command::new(&program)
        .arg("rows")
        .args(how)
        .arg("--")
        .arg(path)
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| missing(path, &program, &error))?;
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
        Self::start(path, &[], Stdio::null())
    }

    fn start(path: &Path, how: &[&str], input: Stdio) -> Result<Self, Trouble> {
        let (written, child) = start(path, how, input)?;
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
