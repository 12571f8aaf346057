//! What a column of a file of names holds: by what is said of it, else by what it is called.
//!
//! A column that may hold names of somebody and is not searched is known as such, so that a listed
//! party does not pass because of how it was put into the table. What headings say is in
//! [`Heading`].

use super::heading::{Heading, looks_like_a_name, may_be_name};

/// What a column holds.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Field {
    Name,
    Alias,
    Kind,
    Country,
    Address,
    Born,
    Id,
    /// Nothing that is to be searched; somebody says so.
    Unused,
    /// More of a name that did not fit into one column, or another name: `name2`.
    Further,
}

/// What is done with a column.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Column {
    /// It holds this.
    Holds(Field),
    /// It may hold names, is called so, and is not searched.
    Unsearched(String),
    /// Nobody knows what it holds, and it is not searched.
    Unknown(String),
    /// It is left out.
    LeftOut,
}

/// The fields that `--map` knows.
const MAPPED: [(Field, &str); 9] = [
    (Field::Name, "name"),
    (Field::Alias, "alias"),
    (Field::Further, "more"),
    (Field::Kind, "type"),
    (Field::Country, "country"),
    (Field::Address, "address"),
    (Field::Born, "born"),
    (Field::Id, "id"),
    (Field::Unused, "none"),
];

/// Columns that are called so, and with a number behind it, hold other names of the party.
const OTHER_NAMES: &str = "alias aliases aliasname aliasnames aka akas alsoknownas dba \
    doingbusinessas fka formerlyknownas formername formernames previousname previousnames tradename \
    tradenames tradingas tradingname originalname nativename localname legalname registeredname \
    shortname alternatename alternatenames alternativename othername othernames";

impl Field {
    /// The field that a column of this name holds, where nobody says so.
    fn named(column: &str) -> Option<Self> {
        let plain = plain(column);
        Some(match plain.as_str() {
            "name" | "name1" | "fullname" | "customername" | "partyname" | "companyname" => {
                Self::Name
            }
            "type" | "kind" | "partytype" | "entitytype" => Self::Kind,
            "country" | "countrycode" | "countries" => Self::Country,
            "address" | "fulladdress" => Self::Address,
            "born" | "dateofbirth" | "birthdate" | "dob" => Self::Born,
            "id" | "ids" | "identifier" | "passport" | "taxid" => Self::Id,
            _ => match unnumbered(&plain) {
                "name" => Self::Further,
                it if is_among(OTHER_NAMES, it) => Self::Alias,
                _ => return None,
            },
        })
    }
}

impl Column {
    /// What is done with the column of this name: what `map` says, else what it is called.
    pub(super) fn of(column: &str, map: &[(Field, String)]) -> Self {
        if let Some((field, _)) = map.iter().find(|it| it.1 == column) {
            return Self::Holds(*field);
        }
        // Other names stand in as many columns as there are.
        let is_one = |field: Field| !matches!(field, Field::Alias | Field::Further);
        let is_mapped = |field: Field| is_one(field) && map.iter().any(|it| it.0 == field);
        match Field::named(column) {
            Some(field) if !is_mapped(field) => Self::Holds(field),
            Some(Field::Name) => Self::Unsearched(column.to_owned()),
            Some(_) => Self::LeftOut,
            None => match Heading::of(column) {
                Heading::Names => Self::Unsearched(column.to_owned()),
                Heading::Unknown => Self::Unknown(column.to_owned()),
                Heading::Things => Self::LeftOut,
            },
        }
    }

    /// Its own name, where a value in it may be a name and is not searched.
    pub(super) fn passes_over(&self, value: &str) -> Option<&String> {
        match self {
            Self::Unsearched(column) => may_be_name(value).then_some(column),
            Self::Unknown(column) => looks_like_a_name(value).then_some(column),
            Self::Holds(_) | Self::LeftOut => None,
        }
    }

    /// What it holds, where it is used.
    pub(super) fn field(&self) -> Option<Field> {
        match self {
            Self::Holds(Field::Unused) | Self::Unsearched(_) | Self::Unknown(_) | Self::LeftOut => {
                None
            }
            Self::Holds(field) => Some(*field),
        }
    }
}

fn is_among(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|it| it == word)
}

fn plain(column: &str) -> String {
    column.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn unnumbered(plain: &str) -> &str {
    plain.trim_end_matches(|it: char| it.is_ascii_digit())
}

/// One pair of `--map`: which field, and what its column is called.
pub(crate) fn parse_map(text: &str) -> Result<(Field, String), String> {
    let fields = || MAPPED.map(|it| it.1).join(", ");
    let (field, column) =
        text.split_once('=').ok_or_else(|| format!("write FIELD=COLUMN; fields: {}", fields()))?;
    let field = MAPPED.iter().find(|it| it.1 == field.trim()).map(|it| it.0);
    let field = field.ok_or_else(|| format!("`{text}`: the fields are {}", fields()))?;
    Ok((field, column.trim().to_owned()))
}

/// What each column holds.
///
/// # Errors
///
/// Where none holds names or several do, a column that is used is there twice, or one that `map`
/// names is not there.
pub(super) fn columns_of(
    columns: &[String],
    map: &[(Field, String)],
) -> Result<Vec<Column>, String> {
    for (_, column) in map {
        if !columns.contains(column) {
            return Err(format!("there is no column `{column}` among {}", columns.join(", ")));
        }
    }
    let mut held: Vec<Column> = columns.iter().map(|it| Column::of(it, map)).collect();
    // Where one column alone says that somebody is named under it, that is whom the rows are of.
    if held.iter().all(|it| it.field() != Some(Field::Name)) {
        let mut named = held.iter_mut().filter(|it| matches!(it, Column::Unsearched(_)));
        if let (Some(only), None) = (named.next(), named.next()) {
            *only = Column::Holds(Field::Name);
        }
    }
    let used: Vec<&String> =
        columns.iter().zip(&held).filter(|it| it.1.field().is_some()).map(|it| it.0).collect();
    let twice = |it: &&&String| used.iter().filter(|other| other == it).count() > 1;
    if let Some(column) = used.iter().find(twice) {
        return Err(format!("two columns are called `{column}`"));
    }
    match held.iter().filter(|it| it.field() == Some(Field::Name)).count() {
        0 => Err(format!("no column holds names among {}", columns.join(", "))),
        1 => Ok(held),
        _ => Err("several columns hold names".to_owned()),
    }
}
