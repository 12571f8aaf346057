//! The toy world of the unit tests: a walk in the rain, its walkers and their umbrellas.

use crate::rulebook::Rulebook;
use crate::schema::{Domain, DomainId, DomainValues, Fact, FactType, Kind, KindId, Schema};
use crate::{LoadError, Loaded, SourceFile};

/// A file of a toy rulebook.
pub(crate) fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), text: text.to_owned() }
}

/// What can be said of a walk.
pub(crate) fn schema() -> Schema {
    let fact = |name: &str, of| Fact { name: name.to_owned(), of, late: name == "outcome" };
    let kind = |name: &str, parent: Option<u16>, facts: &[(&str, FactType)]| Kind {
        name: name.to_owned(),
        parent: parent.map(KindId),
        facts: facts.iter().map(|(name, of)| fact(name, *of)).collect(),
    };
    let fixed = |name: &str, values: &[&str]| Domain {
        name: name.to_owned(),
        values: DomainValues::Fixed(values.iter().map(|it| (*it).to_owned()).collect()),
    };
    let (place, garment, cloth, outcome) = (DomainId(0), DomainId(1), DomainId(2), DomainId(3));
    Schema {
        kinds: vec![
            kind(
                "walk",
                None,
                &[
                    ("place", FactType::Code(place)),
                    ("raining", FactType::Truth),
                    ("indoors", FactType::Truth),
                    ("hours", FactType::Number),
                    ("outcome", FactType::Code(outcome)),
                ],
            ),
            kind(
                "umbrella",
                Some(0),
                &[
                    ("cloth", FactType::Code(cloth)),
                    ("sturdy", FactType::Truth),
                    ("width", FactType::Number),
                    ("fits", FactType::Set(cloth)),
                ],
            ),
            kind("rib", Some(1), &[("bent", FactType::Truth)]),
            kind(
                "walker",
                Some(0),
                &[("from", FactType::Code(place)), ("wears", FactType::Set(garment))],
            ),
        ],
        domains: vec![
            Domain { name: "place".to_owned(), values: DomainValues::Tables },
            fixed("garment", &["coat", "boots", "hat"]),
            Domain { name: "cloth".to_owned(), values: DomainValues::Tables },
            fixed("outcome", &["dry", "wet"]),
        ],
    }
}

pub(crate) const MANIFEST: &str = r#"
name = "walks"
from = "2020-01-01"
verified_through = "2026-01-01"
judged = "umbrella"

[vocabulary]
reasons = ["wet", "wind"]
exceptions = ["SHORT", "COAT"]
exclusions = ["indoors"]
duties = ["dry-it"]
flags = ["thunder"]
agencies = ["weather-office"]
policies = ["lenient", "strict"]
prohibitions = [["P1", "1(a)", "no walking in a storm"]]

[[table]]
name = "places"
file = "tables/places.csv"
domain = "place"
key = "code"
columns = { zone = "zones" }
citation = "1 Table 1"

[[table]]
name = "rain"
file = "tables/rain.csv"
domain = "place"
key = "code"
marks = { rain = ["SPRING", "FALL"] }
citation = "1 Table 2"

[[table]]
name = "cloths"
file = "tables/cloths.toml"
domain = "cloth"
key = "key"
literal = "code"
hierarchical = true
row_citation = "citation"
columns = { use = "use" }

[[paragraphs]]
file = "tables/paragraphs.csv"
"#;

pub(crate) const PLACES: &str = "\
# Where one may walk.
code,name,zones,from,until,source
XA,\"Alder, the\",coast;A:1,2020-01-01,2024-04-01,map 1
XA,\"Alder, the\",coast;A:2,2024-04-01,,map 2
XB,Birch,hill;B?,2020-01-01,,map 1
XC,Cedar,*?,2020-01-01,,map 1
";

pub(crate) const RAIN: &str = "\
code,SPRING,FALL,from,until,source
XA,X,,2020-01-01,,gauge
XB,X?,X,2020-01-01,,gauge
";

pub(crate) const CLOTHS: &str = r#"
[[row]]
key = "silk.1"
code = "silk.1"
use = ["fine"]
citation = "cloth silk.1"
from = 2020-01-01
source = "swatch"

[[row]]
key = "silk.2"
code = "silk.2"
use = "fine;heavy"
from = 2020-01-01
source = "swatch"

[[row]]
key = "wool"
code = "wool"
from = 2021-01-01
until = 2022-01-01
source = "swatch"
"#;

pub(crate) const PARAGRAPHS: &str = "\
citation,from,until,title
1,2020-01-01,,Walks
1(a),2020-01-01,,Umbrellas in rain
1(b),2020-01-01,,Exceptions
1(b)(1),2020-01-01,,Coats
1(b)(2),2020-01-01,,Short walks
1(c),2021-01-01,2023-01-01,Storms
1 Note 1,2020-01-01,,Meaning
2,2020-01-01,,Meanings
2(a),2020-01-01,,Fine umbrellas
2(b),2020-01-01,,Guests
";

pub(crate) const WALKS: &str = r#"# What one needs to walk in the rain.
section 1 "Walks"

require license for wet (a) from 2020-01-01
  under P1
  when raining and umbrella.cloth in {silk} and place in rain {SPRING, FALL}
  unless (b)(1) or 1(b)(2)#short or "Note 1"
  says "Silk in the rain needs a license."

exempt (b)(1)
  when some guest where guest.wears includes {coat} # a coat will do
  says "A coat will do."

exempt (b)(2)#short
  # Three hours is long.
  when hours < 2.5 and not place in zone {A:1, A:2}
  says "Short walks are free."

untranslated "Note 1"
  says "What a walk is remains to be seen."

allow each of {SHORT, COAT} (b)
  overcomes wet, wind
  when umbrella is fine and every rib of umbrella where not rib.bent
  says "Fine umbrellas may go."

bar all except COAT (c) from 2021-01-01 until 2023-01-01
  when hours >= 4
  says "In a storm only coats help."
"#;

pub(crate) const MEANINGS: &str = r#"section 2 "Meanings"

define fine for umbrella (a)
  when umbrella.cloth in {silk, wool} with use {fine} or umbrella.cloth in umbrella.fits
  says "A fine umbrella is of fine cloth."

define guest for walker (b)
  when walker.from in zone {coast} and not walker.wears empty
  says "A guest comes from the coast."
"#;

/// The files of the toy rulebook.
pub(crate) fn files() -> Vec<SourceFile> {
    vec![
        file("rulebook.toml", MANIFEST),
        file("1.law", WALKS),
        file("2.law", MEANINGS),
        file("tables/places.csv", PLACES),
        file("tables/rain.csv", RAIN),
        file("tables/cloths.toml", CLOTHS),
        file("tables/paragraphs.csv", PARAGRAPHS),
    ]
}

/// The toy rulebook with one file put in place of another, or added.
pub(crate) fn load_with(name: &str, text: &str) -> Result<Loaded, LoadError> {
    let mut files = files();
    files.retain(|it| it.name != name);
    files.push(file(name, text));
    Rulebook::load(files, schema())
}

/// The toy rulebook.
pub(crate) fn load() -> Loaded {
    Rulebook::load(files(), schema()).unwrap_or_else(|it| panic!("{it}"))
}
