//! What a search of the lists found, for a person.

use super::{Mark, Point, SHOWN, Section};
use decision::Determination;
use decision::matches::{Match, Screened, ScreenedName, Verdict};

/// The heading.
pub(super) const TITLE: &str = "Lists";

/// The matches, and of which day the lists are.
pub(super) fn section(determination: &Determination<'_>) -> Section {
    let Some(screened) = &determination.screened else {
        return Section::new(TITLE, Vec::new(), SHOWN);
    };
    let found =
        screened.names.iter().flat_map(|it| it.matches.iter().map(move |found| (it, found)));
    let mut points: Vec<Point> = found.map(|(name, found)| point(name, found)).collect();
    points.push(searched(screened, points.is_empty()));
    Section::new(TITLE, points, SHOWN + 1)
}

fn point(name: &ScreenedName, found: &Match) -> Point {
    let score = format!("{}.{:03}", found.score / 1000, found.score % 1000);
    let listed =
        format!("{} \u{201c}{}\u{201d}, {}:{}", found.list, found.listed, found.list, found.id);
    let (mark, text) = match &found.verdict {
        Verdict::Open(None) => {
            (Mark::Open, format!("{} may be {listed} (score {score})", name.name))
        }
        Verdict::Open(Some(why)) => {
            (Mark::Open, format!("{} may be {listed} (score {score}); {why}", name.name))
        }
        Verdict::True(it) => {
            (Mark::Closes, format!("{} is {listed}, says {}: {}", name.name, it.by, it.why))
        }
        Verdict::False(it) => {
            (Mark::Opens, format!("{} is not {listed}, says {}: {}", name.name, it.by, it.why))
        }
    };
    let why = found.verdict.is_open().then(|| found.why.clone());
    Point::new(mark, text, "").detail(why)
}

/// What was searched and found, in a sentence without its full stop.
pub(crate) fn sentence(screened: &Screened) -> String {
    let found: Vec<&Match> = screened.names.iter().flat_map(|it| &it.matches).collect();
    let text = searched(screened, found.is_empty()).text;
    let open = found.iter().filter(|it| it.is_open()).count();
    match open {
        0 => text,
        1 => format!("{text}; 1 match is not decided, and a check shows it"),
        many => format!("{text}; {many} matches are not decided, and a check shows them"),
    }
}

/// What was searched, in a sentence.
fn searched(screened: &Screened, nothing_found: bool) -> Point {
    let names = screened.names.len();
    let whom = if names == 1 { "One name".to_owned() } else { format!("{names} names") };
    let found = if nothing_found { ": nothing found" } else { "" };
    let lists: u64 = screened.searched.lists.iter().map(|it| it.entries).sum();
    let day = screened.names.first().map(|it| it.day);
    let of = day.and_then(|it| screened.searched.dated(it));
    let of = of.map(|it| format!(" of {it}")).unwrap_or_default();
    let but = screened.names.iter().find_map(|it| it.insufficient(&screened.searched));
    let mark = if but.is_some() { Mark::Open } else { Mark::Neutral };
    let but = but.map(|it| format!("; {it}")).unwrap_or_default();
    Point::new(mark, format!("{whom} searched in {lists} entries{of}{found}{but}"), "")
}
