//! The program as a person or a script meets it: the real binary, its output and its exit codes.

#![expect(clippy::unwrap_used, reason = "where a test cannot even run the program, it fails")]

mod application;
mod ask;
mod atlas;
mod check;
mod classify;
mod cleared;
mod commands;
#[expect(
    dead_code,
    clippy::panic,
    clippy::expect_used,
    clippy::explicit_write,
    reason = "the tests of the store use more of it, and where it cannot be started they fail"
)]
#[path = "../../../store/tests/it/server.rs"]
mod database;
mod drift;
mod impact;
mod lines;
mod lists;
mod names;
mod narrow;
mod owners;
mod records;
mod rules;
mod screen;
mod serve;
mod what_if;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a run of the program left.
struct Run {
    out: String,
    err: String,
    code: i32,
}

/// Runs the program with these arguments, `input` on standard input, in an empty folder.
fn exeat_in(folder: &Path, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    run(folder, arguments, input, &[("EXEAT_DATA", env!("CARGO_TARGET_TMPDIR"))])
}

/// Runs the program in this environment.
fn run(
    folder: &Path,
    arguments: &[&str],
    input: impl AsRef<[u8]>,
    environment: &[(&str, &str)],
) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_exeat"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "80")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let bytes = input.as_ref().to_vec();
    let feeder = std::thread::spawn(move || {
        // A program that has read enough closes its input.
        let _ = stdin.write_all(&bytes);
    });
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    let text = |it: Vec<u8>| String::from_utf8(it).unwrap();
    Run { out: text(stdout), err: text(stderr), code: status.code().unwrap_or(-1) }
}

fn exeat(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    exeat_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments, input)
}

/// An empty folder of this name.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A report without its last lines: what is presumed and the digest change with every rule.
fn without_small_print(text: &str) -> String {
    let small = |line: &&str| {
        line.starts_with("Presumed:")
            || line.contains("presumed (--strict")
            || line.starts_with("Law of")
    };
    text.lines().take_while(|it| !small(it)).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_help_fits_on_a_screen() {
    let help = exeat(&["--help"], "");
    assert_eq!(help.code, 0);
    insta::assert_snapshot!(help.out, @r"
    May this leave, to these people, on this day, and if not, what would make it
    lawful?

    Usage: exeat <COMMAND>

    Commands:
      check        Decide whether a transaction may leave
      classify     Find the entry of the control list that describes a product
      ask          Fill in a transaction by answering questions
      why-not      Say whether a license exception covers a transaction, and what
                   stands in its way
      what-if      Show the smallest changes of fact that would alter the outcome
      application  Draft the license application that a transaction needs
      atlas        Decide a transaction for every destination there is
      impact       Show which transactions come out differently under two days,
                   rulebooks or with a proposed rule
      keys         Make, list and end the keys by which programs ask a server
      explain      Say what a paragraph does, in our words
      lists        Import, update and look at restricted-party lists
      screen       Search restricted-party lists for a name, or for every name of a
                   file
      serve        Answer over HTTP: an API for machines, pages for people
      doctor       Check an installation: the data folder, the law, the lists, the
                   records
      replay       Answer a recorded determination again, with the law and the lists
                   it was made with
      audit        Verify records, export them for an auditor, hold or erase them
      backup       Copy the records while they are in use
      restore      Put a copy of the records in place
      rules        Check, format and compare rulebooks
      examples     List the examples, or print one
      schema       Print the JSON Schema of what goes in or comes out
      completions  Print the completions for a shell
      man          Print the manual page, or write the pages of all commands
      mcp          Offer the same answers as tools to an assistant, by the Model
                   Context Protocol
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Exit codes: 0 may go, 3 license required, 4 needs review, 5 prohibited, 1 could
    not run, 2 usage.
    Try: exeat examples, then exeat check --example NAME. Not legal advice.
    ");
}

#[test]
fn every_command_explains_itself() {
    for command in [
        vec!["check"],
        vec!["classify"],
        vec!["ask"],
        vec!["why-not"],
        vec!["what-if"],
        vec!["atlas"],
        vec!["impact"],
        vec!["explain"],
        vec!["rules", "check"],
        vec!["rules", "fmt"],
        vec!["rules", "show"],
        vec!["rules", "diff"],
        vec!["rules", "coverage"],
        vec!["rules", "mutate"],
        vec!["rules", "drift"],
        vec!["schema"],
        vec!["completions"],
        vec!["man"],
        vec!["examples"],
        vec!["lists", "import"],
        vec!["lists", "update"],
        vec!["lists", "status"],
        vec!["lists", "show"],
        vec!["lists", "diff"],
        vec!["lists", "search"],
        vec!["screen"],
        vec!["screen", "decide"],
        vec!["screen", "tune"],
    ] {
        let mut arguments = command.clone();
        arguments.push("--help");
        let help = exeat(&arguments, "");
        assert_eq!(help.code, 0, "{command:?}");
        assert!(help.out.contains("Usage: exeat"), "{command:?}: {}", help.out);
    }
}

#[test]
fn a_misuse_is_exit_code_2() {
    for arguments in [&["chek"][..], &["check"], &["check", "--on", "tomorrow", "-"], &[]] {
        assert_eq!(exeat(arguments, "").code, 2, "{arguments:?}");
    }
}

#[test]
fn the_manual_and_the_completions_name_every_command() {
    let folder = folder("man");
    let run = exeat_in(&folder, &["man", "--out", "pages"], "");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let mut pages: Vec<String> = std::fs::read_dir(folder.join("pages"))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    for page in ["exeat.1", "exeat-check.1", "exeat-rules-coverage.1"] {
        assert!(pages.iter().any(|it| it == page), "{page} is not in {pages:?}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(exeat(&["completions", shell], "").out.contains("why-not"), "{shell}");
    }
}

#[test]
fn the_schemas_are_json() {
    for which in ["transaction", "determination", "product", "classification", "export"] {
        let schema: serde_json::Value =
            serde_json::from_str(&exeat(&["schema", which], "").out).unwrap();
        assert!(schema["$defs"].is_object(), "{which}");
    }
}
