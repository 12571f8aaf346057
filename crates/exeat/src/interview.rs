//! The interview: asks only what can still change the outcome, the best question first.
//!
//! Knows no law and no fields but names: questions come from the determination, the kinds of answers
//! from the schema of a transaction. Whoever may be listed is asked for by name first, so that the
//! lists can be searched as `exeat check` does. Every answer is read back as a transaction before it
//! is kept, so that what is saved can always be checked.

pub(crate) mod form;
pub(crate) mod granted;
pub(crate) mod product;
pub(crate) mod wanted;
pub(crate) mod yaml;

use crate::cli::Stop;
use crate::report::page::{Page, Run, styled, visible, whole};
use crate::report::words;
use crate::trouble::Trouble;
use anstyle::{AnsiColor, Style};
use decision::determination::Question;
use decision::transaction::{self, Transaction};
use decision::{Determination, Options};
use form::{FieldPath, Form};
use granted::Granted;
use screening::name::names_nobody;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, BufRead, Write};
use wanted::{Choice, Wanted, is_long};

const DIM: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();
const BAD: Style = AnsiColor::Red.on_default();

/// How many choices are listed with their meanings without being asked.
const FEW: usize = 10;

/// Decides a transaction as far as it is filled in, with its names searched.
pub(crate) type Decide<'a, 'law> =
    dyn Fn(&Transaction, &Options) -> Result<Determination<'law>, Trouble> + 'a;

/// An interview in progress.
pub(crate) struct Interview<'a, 'law> {
    pub(crate) decide: &'a Decide<'a, 'law>,
    pub(crate) options: Options,
    /// Whether names are searched, so that it is of use to ask for them.
    pub(crate) searches: bool,
    /// The schema of a transaction.
    pub(crate) schema: serde_json::Value,
    /// The questions about a product.
    pub(crate) questions: &'a [law::rulebook::Question],
    /// The day that is proposed for the date.
    pub(crate) today: String,
    /// How wide lines are on the terminal; `None` where somebody else breaks them.
    pub(crate) width: Option<usize>,
    /// What is typed.
    pub(crate) input: &'a mut dyn BufRead,
    /// Where it is asked.
    pub(crate) out: &'a mut dyn Write,
    /// Keeps the form; called after every answer.
    pub(crate) save: &'a mut dyn FnMut(&Form) -> io::Result<()>,
}

/// What was asked for at a prompt.
enum Reply {
    Said(String),
    Skip,
    Back,
    Quit,
}

/// A question that is put to the person.
struct Prompt {
    ask: String,
    why: String,
    citation: String,
    fact: String,
    /// What Enter means, where it means something.
    default: Option<String>,
    /// What may be answered, where that is not all that the field may hold.
    choices: Vec<Choice>,
}

/// How an interview goes on after a prompt.
enum Step {
    Filled(Form),
    Skip,
    Back,
    Quit,
}

impl Interview<'_, '_> {
    /// Asks until nothing matters any more, or the person stops. Returns the form as it then is.
    ///
    /// # Errors
    ///
    /// Where nothing can be read, written or kept any more, or the lists cannot be searched.
    pub(crate) fn run(&mut self, mut form: Form) -> Result<Form, Stop> {
        let mut earlier: Vec<(Form, String)> = Vec::new();
        let mut skipped: BTreeSet<String> = BTreeSet::new();
        let how = "Enter skips a question; ? says why it is asked; back and quit do what they say. \
                   Every answer is saved.";
        self.say(&[styled(DIM, how)])?;
        loop {
            let Some(prompt) = self.next(&form, &skipped)? else { return Ok(form) };
            match self.ask(&form, &prompt)? {
                Step::Filled(filled) => {
                    (self.save)(&filled)?;
                    earlier.push((std::mem::replace(&mut form, filled), prompt.fact));
                }
                Step::Skip => {
                    skipped.insert(prompt.fact.clone());
                    earlier.push((form.clone(), prompt.fact));
                }
                Step::Back => match earlier.pop() {
                    Some((before, fact)) => {
                        skipped.remove(&fact);
                        form = before;
                        (self.save)(&form)?;
                    }
                    None => writeln!(self.out, "This is the first question.")?,
                },
                Step::Quit => return Ok(form),
            }
        }
    }

    /// What to ask next; says on the way how the answer forms.
    fn next(&mut self, form: &Form, skipped: &BTreeSet<String>) -> Result<Option<Prompt>, Stop> {
        let granted = || granted::user_who_passes_on(form).map(Prompt::from);
        if let Some(prompt) = granted().or_else(|| self.first(form, skipped)) {
            return Ok(Some(prompt));
        }
        let transaction = match read(form) {
            Ok(transaction) => transaction,
            Err(problems) => {
                writeln!(self.out, "{BAD}This cannot be read:{BAD:#}\n{problems}")?;
                return Ok(None);
            }
        };
        let determination = (self.decide)(&transaction, &self.options)?;
        let open: Vec<&Question> = determination
            .questions
            .iter()
            .chain(determination.legs.iter().flat_map(|it| &it.questions))
            .filter(|it| {
                FieldPath::parse(&it.fact).is_some_and(|path| self.wanted(&path).is_some())
            })
            .filter(|it| !skipped.contains(&it.fact))
            .collect();
        let forming = forming(&determination, open.len());
        let open: Vec<Question> = open.into_iter().cloned().collect();
        writeln!(self.out)?;
        self.say(&[styled(DIM, forming)])?;
        let asked = open.first().filter(|_| !words::is_free_either_way(&determination)).map(|it| {
            self.name(form, skipped, it).unwrap_or_else(|| Prompt {
                ask: it.ask.clone(),
                why: it.why.clone(),
                citation: it.citation.clone(),
                fact: it.fact.clone(),
                default: None,
                choices: Vec::new(),
            })
        });
        let granted = || granted::government_by_place(&determination, form, skipped);
        Ok(asked.or_else(|| granted().map(Prompt::from)))
    }

    /// Asks for the name of whoever may be listed, so that the lists can be searched for it.
    fn name(&self, form: &Form, skipped: &BTreeSet<String>, question: &Question) -> Option<Prompt> {
        let fact = format!("{}.name", question.fact.strip_suffix(".lists")?);
        let path = FieldPath::parse(&fact)?;
        let is_open = self.searches && form.at(&path).is_none() && !skipped.contains(&fact);
        (is_open && self.wanted(&path).is_some()).then(|| Prompt {
            ask: "What is its full name? The lists are searched for it".to_owned(),
            why: format!("{} Skip it to say yourself what it is listed for.", question.why),
            citation: question.citation.clone(),
            fact,
            default: None,
            choices: Vec::new(),
        })
    }

    /// The fields without which nothing, or next to nothing, can be decided.
    fn first(&self, form: &Form, skipped: &BTreeSet<String>) -> Option<Prompt> {
        let prompt = |fact: &str, ask: &str, why: &str, default: Option<&str>| Prompt {
            ask: ask.to_owned(),
            why: why.to_owned(),
            citation: String::new(),
            fact: fact.to_owned(),
            default: default.map(str::to_owned),
            choices: Vec::new(),
        };
        if !form.has("date") {
            let why = "The law of that day applies.";
            let ask = "On which day does it leave? (YYYY-MM-DD)";
            return Some(prompt("date", ask, why, Some(&self.today)));
        }
        if !form.has("activity") {
            let why = "What counts as leaving depends on it.";
            return Some(prompt("activity", "What is proposed?", why, None));
        }
        // Nearly every paragraph asks these two, and before them there is little to decide. What is
        // published is outside the law, and nobody is asked for the rest.
        let why = "Most of the law depends on it.";
        let plain = !form.has("legs") && !form.says("activity", "us-person-support");
        let deemed =
            ["deemed-export", "deemed-reexport"].iter().any(|it| form.says("activity", it));
        let destination = "To which country does it go in the end?";
        let items = "What leaves? Its classification (ECCN), such as 4D004 or 5A001.j. EAR99 is \
                     what is subject to the EAR and described by no entry: `exeat classify` finds \
                     out; Enter if you do not know";
        let first = [("destination", destination, plain && !deemed), ("items", items, plain)]
            .into_iter()
            .find(|(fact, _, asked)| *asked && !form.has(fact) && !skipped.contains(*fact))
            .map(|(fact, ask, _)| prompt(fact, ask, why, None));
        let why = "What is published is not subject to the EAR (734.7), encryption on a condition; \
                   then hardly anything else matters.";
        let published = "Is it published, or published by this: put where everybody can get it and \
                         pass it on, as on a public site?";
        let early = plain && !form.has("parties");
        let early = [
            ("items[0].published", published, early && may_be_published(form)),
            ("items[0].form", "What is it made of?", early && is_published_in_no_form(form)),
        ];
        first.or_else(|| {
            let mut open = early.into_iter().filter(|it| it.2 && !skipped.contains(it.0));
            open.next().map(|(fact, ask, _)| prompt(fact, ask, why, None))
        })
    }

    fn wanted(&self, path: &FieldPath) -> Option<Wanted> {
        Wanted::of_question(path, self.questions).or_else(|| Wanted::at(path, &self.schema))
    }

    fn ask(&mut self, form: &Form, prompt: &Prompt) -> Result<Step, Stop> {
        let path = FieldPath::parse(&prompt.fact);
        let wanted = match prompt.choices.as_slice() {
            [] => path.as_ref().and_then(|it| self.wanted(it)),
            choices => Some(Wanted::One(choices.to_vec())),
        };
        let (Some(path), Some(wanted)) = (path, wanted) else { return Ok(Step::Skip) };
        self.put(prompt, &wanted)?;
        loop {
            let line = match self.reply(prompt)? {
                Reply::Said(line) => line,
                Reply::Skip => return Ok(Step::Skip),
                Reply::Back => return Ok(Step::Back),
                Reply::Quit => return Ok(Step::Quit),
            };
            if line == "?" {
                self.explain(form, prompt, &wanted)?;
                continue;
            }
            if is_name_of_a_party(&prompt.fact) && names_nobody(&line) {
                let wrong = format!("`{line}` names nobody who could be searched.");
                let open = "The name may be left open: press Enter. Then it is asked on which \
                            lists the party is, and where that is left open too, the answer stays \
                            a review: it may not leave before somebody knows who the party is.";
                self.say(&[styled(BAD, wrong), styled(Style::new(), open)])?;
                continue;
            }
            let value = match wanted.understand(&line) {
                Ok(value) => value,
                Err(problem) => {
                    writeln!(self.out, "{BAD}{}{BAD:#}", visible(&problem))?;
                    continue;
                }
            };
            let mut filled = form.clone();
            if !granted::set(&mut filled, &path, value) {
                writeln!(self.out, "{BAD}`{path}` must be filled in by hand.{BAD:#}")?;
                return Ok(Step::Skip);
            }
            match self.refused(&filled) {
                None => return Ok(Step::Filled(filled)),
                Some(problems) => writeln!(self.out, "{BAD}{problems}{BAD:#}")?,
            }
        }
    }

    /// Why a form cannot be a transaction, apart from what is still to be asked.
    fn refused(&self, form: &Form) -> Option<String> {
        let mut form = form.clone();
        for (fact, value) in [("date", self.today.as_str()), ("activity", "export")] {
            if let (false, Some(path)) = (form.has(fact), FieldPath::parse(fact)) {
                // A key of the root can always be set.
                let _ = form.set(&path, value.into());
            }
        }
        read(&form).err()
    }

    fn put(&mut self, prompt: &Prompt, wanted: &Wanted) -> io::Result<()> {
        writeln!(self.out)?;
        let citation = match prompt.citation.as_str() {
            "" => String::new(),
            citation => format!("[{citation}]"),
        };
        self.say(&[styled(STRONG, &prompt.ask), whole(DIM, citation)])?;
        if let Some(help) = self.help(prompt) {
            self.say(&[styled(DIM, help)])?;
        }
        if !wanted.hint().is_empty() {
            self.say(&[styled(DIM, format!("Answer with {}.", wanted.hint()))])?;
        }
        let choices = wanted.choices();
        match choices.len() {
            0..=FEW => self.meanings(choices),
            _ if is_long(choices) => Ok(()),
            _ => self.columns(choices),
        }
    }

    /// What counts and what does not, where a question is about a product.
    fn help(&self, prompt: &Prompt) -> Option<&str> {
        let path = FieldPath::parse(&prompt.fact)?;
        let question = self.questions.iter().find(|it| path.question() == Some(&it.id))?;
        Some(question.help.as_str()).filter(|it| !it.is_empty())
    }

    /// Says something, broken into lines where there is a terminal.
    fn say(&mut self, runs: &[Run]) -> io::Result<()> {
        let mut page = self.width.map_or_else(Page::unbroken, Page::new);
        page.paragraph(&styled(Style::new(), ""), runs);
        write!(self.out, "{}", page.finish())
    }

    /// Why it is asked, and what each answer would lead to, which is worked out only here.
    fn explain(&mut self, form: &Form, prompt: &Prompt, wanted: &Wanted) -> Result<(), Stop> {
        let options = Options { answers: true, ..self.options };
        let transaction = read(form).ok();
        let determination =
            transaction.as_ref().map(|it| (self.decide)(it, &options)).transpose()?;
        let questions = determination
            .iter()
            .flat_map(|it| it.questions.iter().chain(it.legs.iter().flat_map(|it| &it.questions)));
        let why = questions.filter(|it| it.fact == prompt.fact).map(leads_to).next();
        writeln!(self.out, "{}", visible(why.as_ref().unwrap_or(&prompt.why)))?;
        writeln!(self.out, "{DIM}It is the field {}.{DIM:#}", prompt.fact)?;
        if !is_long(wanted.choices()) {
            self.meanings(wanted.choices())?;
        }
        Ok(())
    }

    fn meanings(&mut self, choices: &[Choice]) -> io::Result<()> {
        let longest = choices.iter().map(|it| it.value.len()).max().unwrap_or_default();
        for (number, choice) in (1..).zip(choices) {
            let Choice { value, meaning } = choice;
            writeln!(self.out, "{number:>4} {value:longest$}  {DIM}{meaning}{DIM:#}")?;
        }
        Ok(())
    }

    fn columns(&mut self, choices: &[Choice]) -> io::Result<()> {
        const COLUMN: usize = 29;
        let across = (self.width.unwrap_or(3 * COLUMN) / COLUMN).clamp(1, 3);
        let rows = choices.len().div_ceil(across);
        for row in 0..rows {
            let mut line = String::new();
            for (place, choice) in choices.iter().enumerate().skip(row).step_by(rows) {
                // Writing to a string cannot fail.
                let _ = write!(line, "{:>4} {:<24}", place + 1, choice.value);
            }
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn reply(&mut self, prompt: &Prompt) -> io::Result<Reply> {
        match &prompt.default {
            Some(default) => write!(self.out, "[{default}] > ")?,
            None => write!(self.out, "> ")?,
        }
        self.out.flush()?;
        let mut line = String::new();
        if self.input.read_line(&mut line)? == 0 {
            writeln!(self.out)?;
            return Ok(Reply::Quit);
        }
        let required = matches!(prompt.fact.as_str(), "date" | "activity");
        Ok(match (line.trim(), &prompt.default) {
            ("", Some(default)) => Reply::Said(default.clone()),
            ("" | "unknown", None) if required => Reply::Said("?".to_owned()),
            // What is so of most is the stricter answer, and stands for not knowing.
            ("unknown" | "skip", Some(usual)) if !prompt.choices.is_empty() => {
                Reply::Said(usual.clone())
            }
            ("" | "unknown" | "skip", _) => Reply::Skip,
            ("back", _) => Reply::Back,
            ("quit" | "exit", _) => Reply::Quit,
            (said, _) => Reply::Said(said.to_owned()),
        })
    }
}

impl From<Granted> for Prompt {
    fn from(it: Granted) -> Self {
        Self {
            ask: it.ask,
            why: it.why.to_owned(),
            citation: it.citation.to_owned(),
            fact: it.path,
            default: it.usual.map(str::to_owned),
            choices: it.choices,
        }
    }
}

/// Whether the one item is software or technology of which nobody said whether it is published.
fn may_be_published(form: &Form) -> bool {
    let at = |path: &str| FieldPath::parse(path).and_then(|it| form.at(&it));
    let eccn = at("items[0].eccn").and_then(serde_json::Value::as_str).unwrap_or_default();
    let group = eccn.chars().nth(1);
    matches!(group, Some('D' | 'E' | 'd' | 'e'))
        && at("items[0].published").is_none()
        && at("items[1]").is_none()
}

/// Whether the one item is published, and nobody said whether it is something that can be.
fn is_published_in_no_form(form: &Form) -> bool {
    let at = |path: &str| FieldPath::parse(path).and_then(|it| form.at(&it));
    at("items[0].published").is_some_and(|it| it == true) && at("items[0].form").is_none()
}

/// The form as a transaction, or what is wrong with it.
pub(crate) fn read(form: &Form) -> Result<Transaction, String> {
    transaction::read::read(transaction::read::Format::Yaml, form.to_yaml().as_bytes()).map_err(
        |errors| {
            let problems: Vec<String> = errors
                .errors
                .iter()
                .map(|it| {
                    let path =
                        if it.path.is_empty() { String::new() } else { format!("{}: ", it.path) };
                    let help = it.help.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
                    visible(&format!("{path}{}{help}", it.message))
                })
                .collect();
            problems.join("\n")
        },
    )
}

/// Whether a fact is the name of a party, of one for whom it acts, or of an owner.
fn is_name_of_a_party(fact: &str) -> bool {
    let parties = fact.starts_with("parties[") || fact.contains(".parties[");
    parties && fact.rsplit('.').next() == Some("name")
}

/// How the answer forms, in a line.
pub(crate) fn forming(determination: &Determination<'_>, open: usize) -> String {
    let outcome = words::outcome(determination.outcome, determination.exception);
    if determination.settled {
        return match open {
            0 => format!("Settled: {outcome}."),
            _ => format!("Settled: {outcome}, whatever you answer to the rest."),
        };
    }
    let possible: Vec<String> =
        determination.possible.iter().map(|it| words::outcome(*it, None)).collect();
    if words::is_free_either_way(determination) {
        return format!("No license is needed either way: {}.", possible.join(" or "));
    }
    let legs = determination.legs.iter().flat_map(|it| &it.questions);
    let questions = determination.questions.iter().chain(legs);
    let passed_over = questions.filter(|it| it.fact != "law").count();
    let left = match open {
        0 if passed_over == 1 => "the question that is left was passed over".to_owned(),
        0 if passed_over > 1 => {
            format!("the {passed_over} questions that are left were passed over")
        }
        0 => "nothing is left to ask".to_owned(),
        1 => "one question left".to_owned(),
        open => format!("{open} questions left"),
    };
    match possible.len() {
        2 | 3 => format!("So far: {outcome}. Still possible: {} ({left}).", possible.join("; ")),
        _ => format!("So far: {outcome} ({left})."),
    }
}

/// Why a question is asked, and what its answers would lead to.
fn leads_to(question: &Question) -> String {
    let mut text = question.why.clone();
    for answer in &question.answers {
        let possible: Vec<String> =
            answer.possible.iter().map(|it| words::outcome(*it, None)).collect();
        let few: Vec<&str> = answer.values.iter().take(FEW).map(String::as_str).collect();
        let more = match answer.values.len().saturating_sub(FEW) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {}{more}: {}", few.join(", "), possible.join(" or "));
    }
    text
}
