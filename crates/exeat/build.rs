//! Lists the files of the rulebook, the examples and the case pages, so that they are in the program, and works out
//! the rulebook's digest, so that no start has to.

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    // Asked now and not when this was compiled: several checkouts may share what was built.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set")?;
    let root = Path::new(&here).join("../..").canonicalize()?;
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);

    let rulebook = root.join("rulebooks/us-ear");
    let named =
        |path: &Path| Ok(path.strip_prefix(&rulebook)?.to_string_lossy().replace('\\', "/"));
    let files = files(&rulebook, &["law", "toml", "csv"])?;
    let mut rulebook = list("RULEBOOK", &files, named)?;
    writeln!(rulebook, "const RULEBOOK_DIGEST: &str = {:?};", digest(&files, named)?)?;
    writeln!(rulebook, "const RULEBOOK_OF: &str = {:?};", here.to_string_lossy())?;
    fs::write(out.join("rulebook.rs"), rulebook)?;

    let examples = root.join("examples");
    let named = |path: &Path| Ok(path.file_stem().ok_or("no name")?.to_string_lossy().into_owned());
    let files = self::files(&examples, &["yaml"])?;
    fs::write(out.join("examples.rs"), list("EXAMPLES", &files, named)?)?;

    let cases = root.join("cases");
    let named = |path: &Path| Ok(path.file_name().ok_or("no name")?.to_string_lossy().into_owned());
    // Those that people wrote. What a search found beside them guards the rulebook and tells a
    // reader nothing.
    let mut files = self::files(&cases, &["md"])?;
    files.retain(|it| it.parent() == Some(&cases));
    fs::write(out.join("cases.rs"), list("CASES", &files, named)?)?;
    Ok(())
}

/// A constant with the name and the text of each file, sorted by name.
fn list(
    constant: &str,
    files: &[PathBuf],
    named: impl Fn(&Path) -> Result<String, Box<dyn Error>>,
) -> Result<String, Box<dyn Error>> {
    let mut text = format!("const {constant}: &[(&str, &str)] = &[\n");
    for file in files {
        writeln!(text, "    ({:?}, include_str!({:?})),", named(file)?, file.to_string_lossy())?;
    }
    text.push_str("];\n");
    Ok(text)
}

/// The digest of files as `library::digest` defines it, which a test holds this to.
fn digest(
    files: &[PathBuf],
    named: impl Fn(&Path) -> Result<String, Box<dyn Error>>,
) -> Result<String, Box<dyn Error>> {
    let mut texts = Vec::new();
    for file in files {
        texts.push((named(file)?, fs::read_to_string(file)?));
    }
    texts.sort();
    let mut hash = Sha256::new();
    for (name, text) in texts {
        for bytes in [name.as_bytes(), text.as_bytes()] {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
    }
    let mut digits = String::new();
    for byte in hash.finalize() {
        write!(digits, "{byte:02x}")?;
    }
    Ok(digits)
}

/// Every file of these kinds in a folder and the folders in it.
fn files(folder: &Path, kinds: &[&str]) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, kinds)?);
        } else if path.extension().is_some_and(|it| kinds.iter().any(|kind| it == *kind)) {
            println!("cargo::rerun-if-changed={}", path.display());
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
