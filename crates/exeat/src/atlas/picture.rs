//! The atlas as a picture: one tile for each place, as SVG.
//!
//! A tile says its outcome three times: by its color, from light (free) to dark (strict); by its
//! pattern; and by a short word. So it can be read in print, in gray, and by those who see few
//! colors. Each tile has a title with the outcome and the paragraph that decides.

use super::tiles::{Cell, cells};
use super::{Atlas, Group};
use crate::report::words;
use decision::atlas::Place;
use decision::outcome::Outcome;
use std::fmt::Write as _;

/// The side of a tile, and from one tile to the next.
const SIDE: u32 = 44;
const STEP: u32 = 48;
const MARGIN: u32 = 28;
/// Where the grid begins, below the titles.
const TOP: u32 = 108;
const COLUMNS: u32 = 29;
const ROWS: u32 = 20;
const WIDTH: u32 = 2 * MARGIN + COLUMNS * STEP;
/// How many characters of a paragraph stand in a line of the list below.
const LINE: usize = 82;
/// How many paragraphs are listed below the grid.
const LISTED: usize = 14;

/// How an outcome looks.
struct Look {
    outcome: Outcome,
    id: &'static str,
    fill: &'static str,
    ink: &'static str,
    word: &'static str,
}

const LOOKS: [Look; 7] = [
    look(Outcome::NotAnExport, "ne", "#f3f4f1", "#4a4f4c", "n/e"),
    look(Outcome::NotSubject, "ns", "#e4ece4", "#33413a", "n/s"),
    look(Outcome::NoLicenseRequired, "nl", "#c4e2cb", "#12402a", "NLR"),
    look(Outcome::LicenseException, "le", "#9fcbe6", "#0d3350", "EXC"),
    look(Outcome::NeedsReview, "nr", "#f4d06f", "#4a3500", "?"),
    look(Outcome::LicenseRequired, "lr", "#cf5f45", "#ffffff", "LIC"),
    look(Outcome::Prohibited, "pr", "#4b1730", "#ffffff", "NO"),
];

const fn look(
    outcome: Outcome,
    id: &'static str,
    fill: &'static str,
    ink: &'static str,
    word: &'static str,
) -> Look {
    Look { outcome, id, fill, ink, word }
}

/// The picture, as an SVG document.
pub(crate) fn render(atlas: &Atlas<'_>) -> String {
    let mut svg = Picture::default();
    let groups = atlas.sheet.groups();
    let below = TOP + ROWS * STEP + 20;
    let height = svg.below(atlas, &groups, below);
    let body = std::mem::take(&mut svg.text);
    svg.head(atlas, height);
    svg.titles(atlas);
    svg.tiles(atlas);
    svg.text.push_str(&body);
    svg.text.push_str("</svg>\n");
    svg.text
}

#[derive(Debug, Default)]
struct Picture {
    text: String,
}

impl Picture {
    fn add(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn words(&mut self, x: u32, y: u32, class: &str, words: &str) {
        let words = escape(words);
        self.add(&format!("<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{words}</text>"));
    }

    fn head(&mut self, atlas: &Atlas<'_>, height: u32) {
        let name = escape(&title(atlas));
        self.add(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
             width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-label=\"{name}\">"
        ));
        self.add(&format!("<title>{name}</title>"));
        self.add(&format!("<desc>{}</desc>", escape(&atlas.method().join(" "))));
        self.add(
            "<style>\n\
             text { font-family: system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; \
             fill: #22282b }\n\
             .title { font-size: 26px; font-weight: 650 }\n\
             .about { font-size: 16px }\n\
             .small { font-size: 13px; fill: #59636a }\n\
             .head { font-size: 15px; font-weight: 650 }\n\
             .item { font-size: 13.5px }\n\
             .cite { font-size: 13.5px; font-weight: 650 }\n\
             .code { font-size: 15px; font-weight: 650; text-anchor: middle }\n\
             .word { font-size: 11px; text-anchor: middle; letter-spacing: 0.3px }\n\
             .region { font-size: 11.5px; font-weight: 650; text-anchor: middle }\n\
             </style>",
        );
        self.add("<defs>");
        self.pattern(
            "nr",
            "<circle cx=\"3\" cy=\"3\" r=\"1.1\" fill=\"#9a7413\" opacity=\"0.45\"/>",
            7,
        );
        self.pattern(
            "lr",
            "<path d=\"M-1 1l2-2M0 8l8-8M7 9l2-2\" stroke=\"#8f3320\" \
                      stroke-width=\"1.5\" opacity=\"0.6\"/>",
            8,
        );
        self.pattern(
            "pr",
            "<path d=\"M0 0l8 8M8 0l-8 8\" stroke=\"#8d5570\" \
                      stroke-width=\"1\" opacity=\"0.7\"/>",
            8,
        );
        self.pattern(
            "le",
            "<path d=\"M0 7.5h8\" stroke=\"#4d8fb8\" stroke-width=\"1\" \
                      opacity=\"0.35\"/>",
            8,
        );
        self.add("</defs>");
        self.add(&format!("<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fcfcfa\"/>"));
    }

    fn pattern(&mut self, id: &str, drawing: &str, side: u32) {
        let fill = LOOKS.iter().find(|it| it.id == id).map_or("none", |it| it.fill);
        self.add(&format!(
            "<pattern id=\"{id}\" width=\"{side}\" height=\"{side}\" \
             patternUnits=\"userSpaceOnUse\"><rect width=\"{side}\" height=\"{side}\" \
             fill=\"{fill}\"/>{drawing}</pattern>"
        ));
    }

    fn titles(&mut self, atlas: &Atlas<'_>) {
        self.words(MARGIN, 46, "title", &title(atlas));
        self.words(MARGIN, 72, "about", &shorten(&atlas.about, 150));
        self.words(MARGIN, 94, "small", &atlas.law());
    }

    fn tiles(&mut self, atlas: &Atlas<'_>) {
        let cells = cells();
        let home = atlas.relocation.home();
        for (number, place) in atlas.sheet.places.iter().enumerate() {
            let Some(cell) = cells.get(&place.country) else { continue };
            let before = atlas.before.as_ref().and_then(|it| it.places.get(number));
            self.tile(place, before, *cell, home == Some(place.country));
        }
    }

    fn tile(&mut self, place: &Place, before: Option<&Place>, cell: Cell, home: bool) {
        let (x, y) = (MARGIN + cell.column * STEP, TOP + cell.row * STEP);
        let look = look_of(place.outcome);
        let changed =
            before.filter(|it| it.outcome != place.outcome || it.exception != place.exception);
        let faded = before.is_some() && changed.is_none();
        let opacity = if faded { " opacity=\"0.28\"" } else { "" };
        self.add(&format!("<g transform=\"translate({x} {y})\"{opacity}>"));
        self.add(&format!("<title>{}</title>", escape(&tooltip(place, changed))));
        self.add(&format!(
            "<rect width=\"{SIDE}\" height=\"{SIDE}\" rx=\"5\" fill=\"{}\"/>",
            paint(look)
        ));
        let (middle, end) = (SIDE / 2, SIDE - 1);
        let mut ink = look.ink;
        let mut word = short(place);
        if let Some(before) = changed {
            let old = look_of(before.outcome);
            // The upper left half is the day before; a light band keeps the words readable.
            self.add(&format!(
                "<path d=\"M0 5a5 5 0 0 1 5-5H{end}L0 {end}Z\" fill=\"{}\"/>",
                paint(old)
            ));
            self.add(&format!(
                "<rect x=\"2\" y=\"7\" width=\"{}\" height=\"31\" rx=\"4\" fill=\"#ffffff\" \
                 opacity=\"0.86\"/>",
                SIDE - 4
            ));
            ink = "#22282b";
            word = format!("{}→{}", short(before), short(place));
        }
        if home {
            self.add(&format!(
                "<rect x=\"-1\" y=\"-1\" width=\"{0}\" height=\"{0}\" rx=\"6\" fill=\"none\" \
                 stroke=\"#22282b\" stroke-width=\"2.5\"/>",
                SIDE + 2
            ));
        }
        let code = place.country.code();
        let class = if code.len() > 2 { "region" } else { "code" };
        self.add(&format!(
            "<text x=\"{middle}\" y=\"21\" class=\"{class}\" style=\"fill:{ink}\">{code}</text>"
        ));
        let size = if word.chars().count() > 5 { "font-size:9px;letter-spacing:0;" } else { "" };
        self.add(&format!(
            "<text x=\"{middle}\" y=\"35\" class=\"word\" style=\"{size}fill:{ink}\">{}</text></g>",
            escape(&word)
        ));
    }

    /// The legend, and the paragraphs that decide; gives the height of the whole picture.
    fn below(&mut self, atlas: &Atlas<'_>, groups: &[Group<'_>], top: u32) -> u32 {
        let mut x = MARGIN;
        for ((outcome, exception), count) in atlas.sheet.counts() {
            let look = look_of(outcome);
            let says = format!(
                "{} ({count})",
                words::outcome(outcome, exception).replace("may go under", "exception")
            );
            self.add(&format!(
                "<rect x=\"{x}\" y=\"{top}\" width=\"34\" height=\"24\" rx=\"4\" fill=\"{}\"/>",
                paint(look)
            ));
            let word = exception.unwrap_or(look.word);
            self.add(&format!(
                "<text x=\"{}\" y=\"{}\" class=\"word\" style=\"fill:{}\">{}</text>",
                x + 17,
                top + 16,
                look.ink,
                escape(word)
            ));
            self.words(x + 42, top + 17, "item", &says);
            x += 66 + 7 * u32::try_from(says.chars().count()).unwrap_or(0);
        }
        if let Some(home) = atlas.relocation.home() {
            self.add(&format!(
                "<rect x=\"{x}\" y=\"{top}\" width=\"34\" height=\"24\" rx=\"4\" fill=\"none\" \
                 stroke=\"#22282b\" stroke-width=\"2.5\"/>"
            ));
            self.words(x + 42, top + 17, "item", &format!("as in the file: {}", home.name()));
        }
        let mut y = top + 60;
        if let Some(changes) = atlas.changes() {
            let day = |it: Option<&super::Sheet>| it.map(|it| it.law_date.to_string());
            let text = format!(
                "{} of {} places changed. A split tile shows {} above and {} below; what did not \
                 change is pale.",
                changes.len(),
                atlas.sheet.places.len(),
                day(atlas.before.as_ref()).unwrap_or_default(),
                atlas.sheet.law_date
            );
            self.words(MARGIN, y, "head", &text);
        } else {
            self.words(MARGIN, y, "head", "The paragraphs that decide");
        }
        y += 26;
        y = self.paragraphs(groups, y);
        for line in atlas.method().iter().flat_map(|it| wrap(it, 200)) {
            self.words(MARGIN, y, "small", &line);
            y += 18;
        }
        y + 14
    }

    fn paragraphs(&mut self, groups: &[Group<'_>], top: u32) -> u32 {
        // Two columns; the next paragraph goes where there is more room.
        let half = WIDTH / 2;
        let mut ends = [top, top];
        let shown = groups.len().min(LISTED);
        for (number, group) in groups.iter().take(LISTED).enumerate() {
            let column = usize::from(2 * number >= shown);
            let x = if column == 0 { MARGIN } else { half + 8 };
            let Some(y) = ends.get_mut(column) else { continue };
            let look = look_of(group.outcome);
            self.add(&format!(
                "<rect x=\"{x}\" y=\"{}\" width=\"14\" height=\"14\" rx=\"3\" fill=\"{}\"/>",
                *y - 12,
                paint(look)
            ));
            let word = group.exception.unwrap_or(look.word);
            let count = group.countries.len();
            let places = if count == 1 { "place" } else { "places" };
            let cited = format!("{word} · {} · {count} {places}", group.deciding.citation);
            self.words(x + 22, *y, "cite", &cited.replace("·  ·", "·"));
            *y += 17;
            for line in wrap(&group.deciding.text, LINE).into_iter().take(3) {
                self.words(x + 22, *y, "item", &line);
                *y += 17;
            }
            *y += 7;
        }
        let mut y = ends.into_iter().max().unwrap_or(top);
        if groups.len() > LISTED {
            let text = format!("and {} more paragraphs", groups.len() - LISTED);
            self.words(MARGIN, y, "small", &text);
            y += 18;
        }
        y + 12
    }
}

fn title(atlas: &Atlas<'_>) -> String {
    match &atlas.before {
        None => format!("Where it may go under the law of {}", atlas.sheet.law_date),
        Some(before) => {
            format!("Where it may go: {} against {}", before.law_date, atlas.sheet.law_date)
        }
    }
}

fn look_of(outcome: Outcome) -> &'static Look {
    const STRICTEST: &Look = &LOOKS[6];
    LOOKS.iter().find(|it| it.outcome == outcome).unwrap_or(STRICTEST)
}

fn paint(look: &Look) -> String {
    match look.outcome {
        Outcome::NotAnExport | Outcome::NotSubject | Outcome::NoLicenseRequired => {
            look.fill.to_owned()
        }
        Outcome::LicenseException
        | Outcome::NeedsReview
        | Outcome::LicenseRequired
        | Outcome::Prohibited => format!("url(#{})", look.id),
    }
}

/// The short word of an outcome: the exception's symbol where there is one.
/// The word on a tile.
pub(crate) fn short(place: &Place) -> String {
    match (&place.exception, place.outcome) {
        (Some(symbol), Outcome::LicenseException) => symbol.clone(),
        (_, outcome) => look_of(outcome).word.to_owned(),
    }
}

fn tooltip(place: &Place, before: Option<&Place>) -> String {
    let said = |it: &Place| {
        let outcome = words::outcome(it.outcome, it.exception.as_deref());
        let mut text = words::sentence(&outcome);
        if !it.reasons.is_empty() {
            let _ = write!(text, " ({})", it.reasons.join(", "));
        }
        let _ = write!(text, ". {}", it.deciding.text);
        if !it.deciding.citation.is_empty() {
            let _ = write!(text, " [{}]", it.deciding.citation);
        }
        text
    };
    let name = place.country.name();
    match before {
        None => format!("{name}: {}", said(place)),
        Some(before) => format!("{name}: {}\nBefore: {}", said(place), said(before)),
    }
}

/// The text in lines of so many characters at most, where its words allow.
fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// The text as XML takes it: names come from outside.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push('\n'),
            it if it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}');
            }
            it => escaped.push(it),
        }
    }
    escaped
}
