//! What is asked next: the best question first, and with it what is asked of the same thing.
//!
//! Which questions still matter is the determination's to say; how a field is answered is the
//! schema's. Here they only become fields of a form.

use super::draft::Draft;
use super::said::{ASKED, NONE, Said, sentence};
use super::{decided, field_path};
use crate::api::failure::Problem;
use crate::interview::form::FieldPath;
use crate::interview::granted::{self, Granted};
use crate::interview::wanted::{self, Wanted};
use crate::pages::asking::Asking;
use crate::pages::field::{self, Choice, Field};
use crate::pages::glossary;
use decision::determination::Question;
use maud::{Markup, html};

/// How many questions stand on one page.
const TOGETHER: usize = 4;
/// How many choices are all seen at once.
const SEEN: usize = 12;

/// Something to ask.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The path of the field.
    pub(super) path: String,
    /// The question.
    pub(super) ask: String,
    /// Why it is asked.
    pub(super) why: String,
    /// The paragraph it decides.
    pub(super) citation: String,
    /// What kind of answer it wants.
    pub(super) wanted: Wanted,
    /// What is chosen before anything is, whatever was said.
    pub(super) usual: Option<&'static str>,
}

/// What kind of answer the field at a path wants.
pub(super) fn wanted(path: &str) -> Option<Wanted> {
    glossary::wanted(path)
}

/// What is asked next: nothing where no answer can change the outcome any more.
pub(super) fn next(asking: Asking<'_>, draft: &Draft) -> Vec<Asked> {
    if let Some(granted) = granted::user_who_passes_on(&draft.form) {
        return of_granted(granted).into_iter().collect();
    }
    let engine = asking.desk.engine();
    let questions = engine.classification_questions();
    let decided = decided(asking, draft, |it| {
        let granted = granted::government_by_place(it, &draft.form, &draft.skipped);
        (open(draft, it, questions), granted)
    });
    let (open, granted) = decided.unwrap_or_default();
    let Some(first) = open.first() else {
        return granted.and_then(of_granted).into_iter().collect();
    };
    let thing = thing(&first.path).to_owned();
    let mut group: Vec<Asked> = Vec::new();
    let nameless = is_party(&thing) && !is_said(draft, &format!("{thing}.name"));
    if nameless {
        group.extend(asked(
            &format!("{thing}.name"),
            "What is their name?",
            "names are searched in the lists of restricted parties",
        ));
    }
    // Who has a name is searched; who has none cannot be, and the lists are asked for only then.
    let of_it: Vec<Asked> = open.into_iter().filter(|it| self::thing(&it.path) == thing).collect();
    let sector = format!("{thing}.sector");
    let sector_is_open = of_it.iter().any(|it| it.path == sector);
    let of_it = of_it.into_iter().filter(|it| !(sector_is_open && waits_for_the_sector(&it.path)));
    group.extend(of_it.filter(|it| !(nameless && key(&it.path) == "lists")).take(TOGETHER));
    group
}

/// The questions that are open and were not passed over, the best first.
pub(super) fn open(
    draft: &Draft,
    determination: &decision::Determination<'_>,
    questions: &[law::rulebook::Question],
) -> Vec<Asked> {
    let legs = determination.legs.iter().flat_map(|it| &it.questions);
    let mut open: Vec<Asked> = Vec::new();
    for question in determination.questions.iter().chain(legs) {
        let known = open.iter().any(|it| it.path == question.fact);
        if known || draft.skipped.contains(&question.fact) {
            continue;
        }
        open.extend(of_question(question, questions));
    }
    open
}

fn of_question(question: &Question, questions: &[law::rulebook::Question]) -> Option<Asked> {
    let path = FieldPath::parse(&question.fact)?;
    let wanted = Wanted::of_question(&path, questions).or_else(|| wanted(&question.fact))?;
    Some(Asked {
        path: question.fact.clone(),
        ask: question.ask.clone(),
        why: question.why.clone(),
        citation: question.citation.clone(),
        wanted,
        usual: None,
    })
}

fn of_granted(it: Granted) -> Option<Asked> {
    let own = || (!it.choices.is_empty()).then(|| Wanted::One(it.choices.clone()));
    Some(Asked {
        wanted: own().or_else(|| wanted(&it.path))?,
        path: it.path,
        ask: it.ask,
        why: it.why.to_owned(),
        citation: it.citation.to_owned(),
        usual: it.usual,
    })
}

fn asked(path: &str, ask: &str, why: &str) -> Option<Asked> {
    Some(Asked {
        path: path.to_owned(),
        ask: ask.to_owned(),
        why: why.to_owned(),
        citation: String::new(),
        wanted: wanted(path)?,
        usual: None,
    })
}

/// A question that was answered, or could be: to be answered anew.
pub(super) fn anew(asking: Asking<'_>, draft: &Draft, path: &str) -> Option<Asked> {
    let unasked = Draft { skipped: std::collections::BTreeSet::new(), ..draft.clone() };
    let engine = asking.desk.engine();
    let questions = engine.classification_questions();
    let open = decided(asking, &unasked, |it| open(&unasked, it, questions)).unwrap_or_default();
    let open = open.into_iter().find(|it| it.path == path);
    open.or_else(|| asked(path, &glossary::question(path), ""))
}

/// What a field is a field of: `parties[0]` for `parties[0].sector`, and nothing for `destination`.
fn thing(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |it| it.0)
}

/// What a government has to do with somebody is asked when it is known what they are: for most, it
/// is then no question any more.
fn waits_for_the_sector(path: &str) -> bool {
    ["government_level", "government_of", "state_owned_percent", "state_appoints_board_majority"]
        .contains(&key(path))
}

/// The field itself: `sector` of `parties[0].sector`.
fn key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn is_party(thing: &str) -> bool {
    let last = thing.rsplit_once('.').map_or(thing, |it| it.1);
    last.starts_with("parties[")
}

fn is_said(draft: &Draft, path: &str) -> bool {
    draft.skipped.contains(path) || field_path(path).is_some_and(|it| draft.form.at(&it).is_some())
}

/// What the questions are about.
pub(super) fn heading(asked: &[Asked], draft: &Draft) -> String {
    let path = asked.first().map(|it| it.path.as_str()).unwrap_or_default();
    glossary::subject(thing(path), &draft.form)
}

/// The questions as fields.
pub(super) fn group(asked: &[Asked], said: &Said, problems: &[Problem]) -> Markup {
    html! {
        div {
            @for it in asked {
                @let wrong = problems.iter().find(|problem| problem.path.as_deref() == Some(&it.path));
                @let wrong = wrong.map(sentence);
                input type="hidden" name=(ASKED) value=(it.path);
                (it.field(said, wrong.as_deref()))
            }
        }
    }
}

impl Asked {
    fn field(&self, said: &Said, error: Option<&str>) -> Markup {
        let why = match (self.why.as_str(), self.citation.as_str()) {
            ("", _) => String::new(),
            (why, _) => format!("Why we ask: {}.", plain(why)),
        };
        let hint = match self.wanted {
            Wanted::Number => format!("A number. {why}"),
            Wanted::Texts => format!("Separate several with commas. {why}"),
            Wanted::Owners => format!(
                "Full names and shares with ; between, such as Example Holding 60%; J. Doe 40%. \
                 Leave it open where the owners are not known. {why}"
            ),
            Wanted::YesOrNo
            | Wanted::One(_)
            | Wanted::Many(_)
            | Wanted::Records { .. }
            | Wanted::Answer
            | Wanted::Text => why,
        };
        let field = Field::new(&self.path, &self.ask).hint(&hint).error(error);
        control(&field, &self.wanted, said)
    }
}

/// The reason as a clause: `decides 740.22(c)(2)` is what *it* decides.
fn plain(why: &str) -> String {
    let why = why.trim().trim_end_matches('.');
    if why.starts_with("decides ") { format!("it {why}") } else { why.to_owned() }
}

/// A field in the way that its kind of answer is given.
pub(super) fn control(field: &Field<'_>, wanted: &Wanted, said: &Said) -> Markup {
    let values = said.values(field.name);
    let chosen = |it: &str| values.iter().any(|value| value == it);
    let field = field.clone().value(said.value(field.name));
    match wanted {
        Wanted::YesOrNo | Wanted::Answer => {
            let choices = [("yes", "Yes"), ("no", "No")].map(|(value, label)| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
                meaning: String::new(),
            });
            field.choices("radio", "inline", &choices, chosen)
        }
        Wanted::One(choices) if choices.len() <= SEEN => {
            field.choices("radio", columns(choices), &shown(field.name, choices), chosen)
        }
        Wanted::One(choices) => select(&field, choices),
        Wanted::Many(choices) | Wanted::Records { choices, .. }
            if !choices.is_empty() && !wanted::is_long(choices) =>
        {
            let mut all = shown(field.name, choices);
            all.push(Choice {
                value: NONE.to_owned(),
                label: glossary::none(field.name).to_owned(),
                meaning: String::new(),
            });
            field.choices("checkbox", "columns", &all, chosen)
        }
        Wanted::Many(_) | Wanted::Records { .. } | Wanted::Texts | Wanted::Owners => {
            listed(&field, wanted)
        }
        Wanted::Number => field.line("text", "short"),
        Wanted::Text if glossary::is_day(field.name) => field.line("date", "short"),
        Wanted::Text => field.line("text", ""),
    }
}

/// Something to write in with commas between, or to say that there is none.
fn listed(field: &Field<'_>, wanted: &Wanted) -> Markup {
    let none = field.value == NONE;
    let value = if none { "" } else { field.value };
    let codes = matches!(wanted, Wanted::Many(_))
        || matches!(wanted, Wanted::Records { choices, .. } if !choices.is_empty());
    let example = if codes { "Codes with commas between, such as VN, TH" } else { "" };
    field.labeled(&html! {
        input type="text" id=(field.id()) name=(field.name) value=(value) placeholder=(example)
            aria-invalid=[field.error.map(|_| "true")] aria-describedby=[field.described()];
        label.choice {
            input type="checkbox" name=(field.name) value=(NONE) checked[none];
            (glossary::none(field.name))
        }
    })
}

/// A long list: countries by name, sectors in their families.
pub(super) fn select(field: &Field<'_>, choices: &[wanted::Choice]) -> Markup {
    let families = glossary::families(field.name);
    let mut options: Vec<Choice> = shown(field.name, choices);
    let countries = wanted::is_long(choices);
    if countries {
        options.sort_by(|a, b| a.label.cmp(&b.label));
    }
    let option = |it: &Choice| {
        html! {
            option value=(it.value) selected[it.value == field.value] {
                (it.label)
                @if countries { " (" (it.value) ")" }
                @else if !it.meaning.is_empty() { " – " (it.meaning) }
            }
        }
    };
    let id = field.id();
    field.labeled(&html! {
        select id=(id) name=(field.name) class=(if countries { "" } else { "wide" })
            required[field.required] aria-invalid=[field.error.map(|_| "true")]
            aria-describedby=[field.described()] {
            option value="" { "Not known, or choose one" }
            @if families.is_empty() {
                @for it in &options { (option(it)) }
            }
            @for (family, members) in families {
                optgroup label=(family) {
                    @for it in options.iter().filter(|it| members.contains(&it.value.as_str())) {
                        (option(it))
                    }
                }
            }
        }
    })
}

/// The choices in plain words.
fn shown(path: &str, choices: &[wanted::Choice]) -> Vec<Choice> {
    let countries = wanted::is_long(choices);
    let one = |it: &wanted::Choice| {
        if countries {
            let (value, label) = (it.value.clone(), it.meaning.clone());
            return Choice { value, label, meaning: String::new() };
        }
        let label = glossary::value(path, &it.value);
        let meaning = without_letter(it.meaning.trim_end_matches('.')).to_owned();
        let meaning = if meaning.eq_ignore_ascii_case(&label) { String::new() } else { meaning };
        Choice { value: it.value.clone(), label, meaning }
    };
    choices.iter().map(one).collect()
}

/// A meaning without the letter of its paragraph behind it, as in `Finally uses the item, (f)`.
fn without_letter(meaning: &str) -> &str {
    meaning.rsplit_once(", (").map_or(meaning, |(before, after)| {
        if after.trim_end_matches(')').len() <= 2 { before } else { meaning }
    })
}

fn columns(choices: &[wanted::Choice]) -> &'static str {
    if choices.len() > 4 { "columns" } else { "" }
}

/// The label of a field that is not asked by the law.
pub(super) fn labeled<'a>(path: &'a str, label: &'a str, hint: &'a str) -> Field<'a> {
    field::Field::new(path, label).hint(hint)
}
