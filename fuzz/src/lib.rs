//! What the fuzz targets call. The seeds run through the same functions as ordinary tests.

use decision::Options;
use decision::transaction::read::{Format, read};
use law::rulebook::Rulebook;
use law::schema::{Domain, DomainId, DomainValues, Fact, FactType, Kind, KindId, Schema};
use law::{LoadError, Loaded, SourceFile};

#[path = "../../crates/decision/tests/it/rulebook.rs"]
pub mod rulebook;

const MANIFEST: &str = r#"
name = "walks"
from = "2020-01-01"
verified_through = "2026-01-01"

[vocabulary]
reasons = ["wet"]
exceptions = ["COAT"]
exclusions = ["indoors"]
duties = ["dry-it"]
flags = ["thunder"]
agencies = ["weather-office"]
policies = ["strict"]
prohibitions = [["P1", "1(a)", "no walking in a storm"]]
"#;

/// Loads a file of rules into a small rulebook.
pub fn load_rules(text: &str) -> Result<Loaded, LoadError> {
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    Rulebook::load(vec![file("rulebook.toml", MANIFEST), file("1.law", text)], schema())
}

fn schema() -> Schema {
    let fact = |name: &str, of| Fact { name: name.to_owned(), of, late: false };
    let garments = ["coat", "boots"].map(str::to_owned).to_vec();
    let walk = vec![
        fact("raining", FactType::Truth),
        fact("hours", FactType::Number),
        fact("wears", FactType::Set(DomainId(0))),
    ];
    let umbrella = vec![fact("cloth", FactType::Code(DomainId(0)))];
    Schema {
        kinds: vec![
            Kind { name: "walk".to_owned(), parent: None, facts: walk },
            Kind { name: "umbrella".to_owned(), parent: Some(KindId(0)), facts: umbrella },
        ],
        domains: vec![Domain { name: "garment".to_owned(), values: DomainValues::Fixed(garments) }],
    }
}

/// Decides a transaction on the real rulebook, where it can be read, and finds the same again.
pub fn decide_twice(bytes: &[u8]) {
    let Ok(transaction) = read(Format::Json, bytes) else { return };
    let options = Options::default();
    let engine = rulebook::engine();
    let answer = engine.decide(&transaction, &options);
    assert_eq!(answer, engine.decide(&transaction, &options), "one transaction, two answers");
}
