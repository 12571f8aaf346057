//! The real rulebook, read from its folder.

use decision::Engine;
use decision::catalogue::Catalogue;
use law::SourceFile;
use law::rulebook::Rulebook;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The root of the repository.
pub fn root() -> PathBuf {
    let is_root = |it: &&Path| it.join("rulebooks/us-ear").is_dir();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().find(is_root).expect("the root of the repository").to_owned()
}

/// The files of the rulebook, with the names they have inside its folder.
pub fn files() -> Vec<SourceFile> {
    let folder = root().join("rulebooks/us-ear");
    let mut files = Vec::new();
    for (prefix, folder) in [("", folder.clone()), ("tables/", folder.join("tables"))] {
        for entry in fs::read_dir(folder).expect("the folder of the rulebook") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
            if [".law", ".csv", ".toml"].iter().any(|it| name.ends_with(it)) {
                let text = fs::read_to_string(&path).expect("a file of the rulebook");
                files.push(SourceFile { name: format!("{prefix}{name}"), text });
            }
        }
    }
    files
}

/// The rulebook, loaded.
pub fn load() -> law::Loaded {
    let schema = Catalogue::new().schema;
    Rulebook::load(files(), schema).unwrap_or_else(|error| panic!("{error}"))
}

/// An engine over the rulebook.
pub fn engine() -> &'static Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(load(), "test".to_owned()));
    &ENGINE
}
