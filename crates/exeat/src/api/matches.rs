//! What a search of the lists found, as it stands in an answer.

use crate::json::Writer;
use decision::Screened;
use decision::matches::{Match, ScreenedName, Searched, Verdict};

/// `screening`: every match, in the order of the names and the best first.
pub(crate) fn found(json: &mut Writer<'_>, screened: Option<&Screened>) {
    let names = screened.map_or(&[][..], |it| it.names.as_slice());
    let found: Vec<(&ScreenedName, &Match)> =
        names.iter().flat_map(|name| name.matches.iter().map(move |it| (name, it))).collect();
    json.objects_of("screening", &found, |json, (name, it)| one(json, name, it));
}

fn one(json: &mut Writer<'_>, name: &ScreenedName, it: &Match) {
    json.text_of("subject", &name.place.path());
    json.text_of("name", &name.name);
    json.text_of("list", &it.list);
    json.text_of("id", &it.id);
    json.text_of("listed", &it.listed);
    json.thousandths_of("score", it.score);
    json.text_of("why", &it.why);
    let (verdict, decided, reopened) = match &it.verdict {
        Verdict::Open(reopened) => ("open", None, reopened.as_deref()),
        Verdict::True(decided) => ("same", Some(decided), None),
        Verdict::False(decided) => ("other", Some(decided), None),
    };
    json.text_of("verdict", verdict);
    json.optional_of("by", decided.map(|it| it.by.as_str()));
    json.optional_of("because", decided.map(|it| it.why.as_str()).or(reopened));
    json.optional_of("on", decided.map(|it| it.on.to_string()).as_deref());
    let until = decided.and_then(|it| it.until).map(|it| it.to_string());
    json.optional_of("until", until.as_deref());
}

/// `lists` and what goes with them: what was searched, and what was not.
pub(crate) fn searched(json: &mut Writer<'_>, searched: Option<&Searched>) {
    let lists = searched.map_or(&[][..], |it| it.lists.as_slice());
    json.objects_of("lists", lists, |json, it| {
        json.text_of("name", &it.code);
        json.optional_of("date", it.date.map(|it| it.to_string()).as_deref());
        json.text_of("digest", &it.digest);
        json.number_of("entries", it.entries);
    });
    json.texts_of("not_searched", searched.map(Searched::missing).into_iter().flatten());
    json.optional_of("snapshot", searched.map(|it| it.digest.as_str()));
    json.optional_of("settings", searched.map(|it| it.settings.as_str()));
}
