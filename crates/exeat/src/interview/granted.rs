//! What an interview asks beside the questions of the law: what would be taken for granted although
//! the person who answers can tell. Somebody who is named as the end user and passes items on is one
//! only if that is said, and whose government a body is cannot be seen from where it is.
//!
//! Knows no law: who passes items on is the sector's to say, what was presumed the answer's.

use super::form::{FieldPath, Form};
use super::wanted::Choice;
use decision::Determination;
use decision::determination::Assumption;
use decision::transaction::Sector;
use serde_json::Value;
use std::collections::BTreeSet;

/// Something that would be taken for granted, as a question.
#[derive(Clone, Debug)]
pub(crate) struct Granted {
    /// The field that the answer goes to.
    pub(crate) path: String,
    /// The question.
    pub(crate) ask: String,
    /// Why it is asked.
    pub(crate) why: &'static str,
    /// The paragraph behind it.
    pub(crate) citation: &'static str,
    /// The answers; none where they are those of the field.
    pub(crate) choices: Vec<Choice>,
    /// What is so of most, and is proposed.
    pub(crate) usual: Option<&'static str>,
}

/// What somebody may be who is named as the end user and passes items on.
const PARTS: [(&str, &str); 4] = [
    ("ultimate-consignee", "It receives the item and sells it or passes it on."),
    ("purchaser", "It buys the item, and somebody else receives it."),
    ("intermediate-consignee", "It takes the item only to deliver it."),
    ("end-user", "It uses the item itself, and nobody gets it from there."),
];

/// The first end user whose sector passes items on, where nobody said that this one uses the item
/// itself.
pub(crate) fn user_who_passes_on(form: &Form) -> Option<Granted> {
    let released = ["deemed-export", "deemed-reexport"].iter().any(|it| form.says("activity", it));
    let lists = std::iter::once(String::new())
        .chain((0..members(form, "legs")).map(|leg| format!("legs[{leg}].")));
    let parties = lists.flat_map(|list| {
        let parties = format!("{list}parties");
        (0..members(form, &parties)).map(move |place| (list.clone(), format!("{parties}[{place}]")))
    });
    let mut doubtful = parties.filter(|(list, party)| {
        let word = |key: &str| text(form, &format!("{party}.{key}"));
        let sector: Option<Sector> = word("sector").and_then(|it| it.parse().ok());
        word("role") == Some("end-user")
            && sector.is_some_and(Sector::passes_items_on)
            && at(form, &end_user_known(form, list)).is_none()
    });
    let (_, party) = doubtful.next().filter(|_| !released)?;
    let forwards = text(form, &format!("{party}.sector")) == Some("freight-forwarding");
    let name = text(form, &format!("{party}.name")).unwrap_or("the end user that you named");
    Some(Granted {
        ask: format!("Does {name} use the item itself, or does somebody get it from there?"),
        path: format!("{party}.role"),
        why: "Who sells on or forwards is not the end user, and most depends on the end user.",
        citation: "748.5(f)",
        choices: PARTS.map(|(value, meaning)| choice(value, meaning)).into(),
        usual: Some(if forwards { "intermediate-consignee" } else { "ultimate-consignee" }),
    })
}

/// Fills in a field, and keeps that the end user is known where that was in doubt and is what was
/// said. Says whether the path leads anywhere.
#[must_use]
pub(crate) fn set(form: &mut Form, path: &FieldPath, value: Value) -> bool {
    let said = value == "end-user"
        && user_who_passes_on(form).is_some_and(|it| it.path == path.to_string());
    let is_set = form.set(path, value);
    if said {
        let list = path.to_string();
        let list = list.find("parties").and_then(|it| list.get(..it)).unwrap_or_default();
        let known = end_user_known(form, list);
        return is_set
            && FieldPath::parse(&known).is_some_and(|it| form.set(&it, Value::Bool(true)));
    }
    is_set
}

/// A body of whose government nothing was told but where it is, where the answer rests on that.
pub(crate) fn government_by_place(
    determination: &Determination<'_>,
    form: &Form,
    skipped: &BTreeSet<String>,
) -> Option<Granted> {
    let legs = determination.legs.iter().flat_map(|it| &it.assumptions);
    let mut presumed = determination.assumptions.iter().chain(legs);
    let asked =
        |it: &&Assumption| it.presumption == "P9" && !skipped.contains(&it.fact.to_string());
    let it = presumed.find(asked)?;
    let path = it.fact.to_string();
    let body = path.strip_suffix(".government_of")?;
    let role = text(form, &format!("{body}.role")).unwrap_or("principal").replace('-', " ");
    let name = text(form, &format!("{body}.name")).map_or(format!("the {role}"), str::to_owned);
    Some(Granted {
        ask: format!(
            "Of which country's government is {name} a body? An embassy is that of the country \
             which sent it; left open, it is taken for {}, where it is",
            it.value
        ),
        path,
        why: "Which government it belongs to decides, and not where it is.",
        citation: "740.22(b)(4)",
        choices: Vec::new(),
        usual: None,
    })
}

/// Where it is told whether the end user of such a list of parties is known.
fn end_user_known(form: &Form, list: &str) -> String {
    let own = at(form, &format!("{list}end_use")).is_some();
    format!("{}end_use.end_user_known", if own { list } else { "" })
}

fn choice(value: &str, meaning: &str) -> Choice {
    Choice { value: value.to_owned(), meaning: meaning.to_owned() }
}

fn members(form: &Form, list: &str) -> usize {
    at(form, list).and_then(Value::as_array).map_or(0, Vec::len)
}

fn text<'f>(form: &'f Form, path: &str) -> Option<&'f str> {
    at(form, path).and_then(Value::as_str)
}

fn at<'f>(form: &'f Form, path: &str) -> Option<&'f Value> {
    FieldPath::parse(path).and_then(|it| form.at(&it))
}
