//! A rulebook with two small tables and no law, for unit tests.

use crate::bindings::Bindings;
use crate::catalogue::Catalogue;
use law::rulebook::Rulebook;
use law::source::SourceFile;
use std::sync::LazyLock;

const MANIFEST: &str = r#"
name = "toy"
from = "2020-01-01"
verified_through = "2026-12-31"

[vocabulary]
reasons = ["NS1"]
exceptions = ["ACE"]
exclusions = ["not-subject"]
duties = ["other"]
flags = ["other"]
agencies = ["other"]
policies = ["approval"]
prohibitions = []

[[table]]
name = "country-groups"
file = "tables/groups.csv"
domain = "country"
key = "iso2"
columns = { group = "groups" }
citation = "toy groups"

[[table]]
name = "ccl"
file = "tables/ccl.csv"
domain = "entry"
key = "key"
literal = "code"
hierarchical = true
columns = { for = "for" }
citation = "toy list"
"#;

const GROUPS: &str = "\
iso2,groups,from,until,source
CN,D:1,2020-01-01,,toy
DE,A:1,2020-01-01,,toy
IR,E:1,2020-01-01,,toy
RU,D:1,2020-01-01,,toy
US,,2020-01-01,,toy
VN,D:1,2020-01-01,,toy
";

const ENTRIES: &str = "\
key,code,for,from,until,source
4A005,4A005,,2022-03-07,,toy
4A005.z,4A005.z,,2023-11-17,,toy
4A005.z.1,4A005.z.1,,2023-11-17,,toy
4D004,4D004,,2022-03-07,,toy
5D001.a-j,5D001.a,5A001.j,2022-03-07,,toy
5D001.a-f,5D001.a,5A001.f.1,2020-01-01,,toy
5D001.a-other,5D001.a,other,2020-01-01,,toy
5D001.c-j,5D001.c,5A001.j;5B001.a>5A001.j,2022-03-07,,toy
5D001.c-z,5D001.c,5A001.j.z,2022-03-07,,toy
5D001.e,5D001.e,,2020-01-01,,toy
5D002,5D002,,2020-01-01,,toy
5D002.c.1,5D002.c.1,,2020-01-01,,toy
EAR99,EAR99,,2020-01-01,,toy
unlisted,unlisted,,2020-01-01,,toy
";

/// The toy rulebook.
pub(crate) fn rulebook() -> &'static Rulebook {
    static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(load);
    &RULEBOOK
}

fn load() -> Rulebook {
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    let files = vec![
        file("rulebook.toml", MANIFEST),
        file("tables/groups.csv", GROUPS),
        file("tables/ccl.csv", ENTRIES),
    ];
    match Rulebook::load(files, Catalogue::new().schema) {
        Ok(loaded) => loaded.rulebook,
        Err(error) => panic!("{error}"),
    }
}

/// Its bindings.
pub(crate) fn bindings() -> Bindings {
    Bindings::new(rulebook())
}
