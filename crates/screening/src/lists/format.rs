//! Which format a text is in, by its content.

use std::fmt;
use std::str::FromStr;

macro_rules! formats {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal, $words:literal;)*) => {
        /// How a list file is written.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum Format {
            $($(#[doc = $doc])* $name,)*
        }

        impl Format {
            /// Every format.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its short name, such as `csl-csv`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// What it is, in words.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$name => $words,)*
                }
            }
        }

        impl FromStr for Format {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                match text {
                    $($code => Ok(Self::$name),)*
                    _ => Err(()),
                }
            }
        }
    };
}

formats! {
    /// `consolidated.csv` of the US Consolidated Screening List.
    CslCsv = "csl-csv", "US Consolidated Screening List, CSV";
    /// `consolidated.json` of the US Consolidated Screening List.
    CslJson = "csl-json", "US Consolidated Screening List, JSON";
    /// The same in the shortened form that some projects republish.
    CslCompactJson = "csl-compact-json", "US Consolidated Screening List, shortened JSON";
    /// `sdn.csv` or `cons_prim.csv` with what belongs to it.
    OfacCsv = "ofac-csv", "OFAC, CSV set";
    /// `sdn.xml` or `consolidated.xml`.
    OfacXml = "ofac-xml", "OFAC, XML";
    /// `SDN_ADVANCED.XML` or `CONS_ADVANCED.XML`.
    OfacAdvancedXml = "ofac-advanced-xml", "OFAC, advanced XML";
    /// The Denied Persons List by itself.
    BisDenied = "bis-dpl", "BIS Denied Persons List, text";
    /// One list of BIS, State or another authority, taken out of its publication.
    BisJson = "bis-json", "one list of an authority, JSON";
    /// The UK Sanctions List, or the older consolidated list.
    UkCsv = "uk-csv", "United Kingdom, CSV";
    /// Entities of `OpenSanctions` and its like.
    FtmJson = "ftm-json", "FollowTheMoney, JSON lines";
    /// The list of the UN Security Council.
    UnXml = "un-xml", "UN Security Council, XML";
    /// The list of the European Union, schema 1.1.
    EuXml = "eu-xml", "European Union, XML";
    /// The same as a table.
    EuCsv = "eu-csv", "European Union, CSV";
    /// The list of Canada.
    CanadaXml = "canada-xml", "Canada, XML";
    /// A table of one's own.
    OwnCsv = "own-csv", "a table of one's own, CSV";
    /// What comes with the program.
    BuiltIn = "built-in", "built into the program";
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// How much of a text is looked at.
const HEAD: usize = 8 * 1024;

/// The format of a text, as far as its first lines tell.
pub(super) fn detect(text: &str) -> Option<Format> {
    let text = text.trim_start();
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end)?;
    match head.bytes().next()? {
        b'{' => detect_json(head),
        b'<' => detect_xml(head),
        _ => detect_table(head),
    }
}

fn detect_json(head: &str) -> Option<Format> {
    if head.contains("\"fieldKey\"") || head.contains("\"countsBySource\"") {
        return Some(Format::CslCompactJson);
    }
    if head.contains("\"list_id\"") && head.contains("\"entities\"") {
        return Some(Format::BisJson);
    }
    let first = head.lines().next().unwrap_or_default();
    if first.contains("\"schema\"") && first.contains("\"properties\"") {
        return Some(Format::FtmJson);
    }
    let listed = head.contains("\"results\"") || head.contains("\"entries\"");
    (listed && head.contains("\"source\"")).then_some(Format::CslJson)
}

fn detect_xml(head: &str) -> Option<Format> {
    match super::xml::root(head)? {
        "sdnList" => Some(Format::OfacXml),
        "Sanctions" => Some(Format::OfacAdvancedXml),
        "CONSOLIDATED_LIST" => Some(Format::UnXml),
        "export" if head.contains("fsd/export") => Some(Format::EuXml),
        "data-set" => Some(Format::CanadaXml),
        _ => None,
    }
}

fn detect_table(head: &str) -> Option<Format> {
    let first: String = head.lines().next()?.chars().filter(|it| *it != '"').collect();
    let has = |column: &str| first.split([',', '\t', ';']).any(|it| it.trim() == column);
    if has("source") && has("entity_number") && has("alt_names") {
        return Some(Format::CslCsv);
    }
    if has("Name") && has("Effective_Date") && has("FR_Citation") {
        return Some(Format::BisDenied);
    }
    // There is a line with a date above the header.
    let mut lines = head.lines().take(4);
    if lines
        .any(|it| it.contains("Name 6") && (it.contains("Group ID") || it.contains("Unique ID")))
    {
        return Some(Format::UkCsv);
    }
    if has("Entity_LogicalId") && has("NameAlias_WholeName") {
        return Some(Format::EuCsv);
    }
    let known = |it: &str| super::own::COLUMNS.contains(&it.trim().to_lowercase().as_str());
    // Most columns must be known, lest some other table be taken for one's own.
    let columns = first.split(',').count();
    let familiar = first.split(',').filter(|it| known(it)).count();
    (first.split(',').any(|it| it.trim().eq_ignore_ascii_case("name")) && familiar * 2 > columns)
        .then_some(Format::OwnCsv)
}
