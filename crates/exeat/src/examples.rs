//! The examples that are in the program, so that it can be tried anywhere.

use crate::trouble::Trouble;

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// A transaction to try.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Example {
    /// What it is called.
    pub(crate) name: &'static str,
    /// The transaction, in YAML.
    pub(crate) text: &'static str,
}

impl Example {
    /// What it is about: the first comment in it.
    pub(crate) fn about(&self) -> &'static str {
        let comment = self.text.lines().find_map(|it| it.strip_prefix('#'));
        comment.unwrap_or_default().trim()
    }
}

/// Every example, by name.
pub(crate) fn all() -> impl Iterator<Item = Example> {
    EXAMPLES.iter().map(|(name, text)| Example { name, text })
}

/// The example of that name.
///
/// # Errors
///
/// Where there is none.
pub(crate) fn find(name: &str) -> Result<Example, Trouble> {
    let wanted = name.trim_end_matches(".yaml");
    all().find(|it| it.name == wanted).ok_or_else(|| {
        let names: Vec<&str> = all().map(|it| it.name).collect();
        Trouble::new(format!("there is no example `{name}`"))
            .help(format!("the examples are: {}", names.join(", ")))
    })
}
