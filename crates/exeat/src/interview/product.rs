//! The interview about a product: asks only what can still change its classification, the best
//! question first.
//!
//! Knows no law and no question: they come from the classification. What counts and what does not
//! is said with each question, because that is what people get wrong.

use crate::report::classification::outcome;
use crate::report::page::{DIM, PLAIN, Page, RED, Run, STRONG, styled, visible, whole};
use decision::classification::{Classification, ClassificationQuestion, Product};
use decision::transaction::item::Form;
use decision::transaction::values::Answer;
use decision::{Engine, Options};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write};

/// Keeps a product with an answer to a question, or without one where it was taken back.
pub(crate) type Save<'a> = dyn FnMut(&Product, &str, Option<&Answer>) -> io::Result<()> + 'a;

/// An interview about a product.
pub(crate) struct ProductInterview<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) options: Options,
    /// What a capability suggests, and which.
    pub(crate) suggested: BTreeMap<String, (String, String)>,
    /// How wide the terminal is.
    pub(crate) width: usize,
    /// What is typed.
    pub(crate) input: &'a mut dyn BufRead,
    /// Where it is asked.
    pub(crate) out: &'a mut dyn Write,
    /// Keeps what was answered; called after every answer.
    pub(crate) save: &'a mut Save<'a>,
}

/// What a product is made of, as a question.
const FORM: &str = "form";

enum Reply {
    Said(Answer),
    Skip,
    Back,
    Quit,
}

impl ProductInterview<'_> {
    /// Asks until nothing matters any more, or the person stops. Returns the product as it then is.
    pub(crate) fn run(&mut self, mut product: Product) -> io::Result<Product> {
        let mut earlier: Vec<(Product, String)> = Vec::new();
        let mut skipped: BTreeSet<String> = BTreeSet::new();
        let manners = "Answer yes or no; Enter or \"don't know\" leaves a question open; ? says why \
                       it is asked; back and quit do what they say. Every answer is saved.";
        self.say(&[styled(DIM, manners)])?;
        let engine = self.engine;
        loop {
            let classification = engine.classify(&product, &self.options);
            let open: Vec<&ClassificationQuestion<'_>> =
                classification.questions.iter().filter(|it| !skipped.contains(it.fact)).collect();
            self.forming(&classification, open.len())?;
            // What it is made of divides the list like nothing else, and anybody can tell.
            let first = open.iter().find(|it| it.fact == FORM).or(open.first());
            let Some(question) = first else { return Ok(product) };
            match self.ask(question)? {
                Reply::Said(answer) => {
                    let filled = with(&product, question.fact, Some(answer.clone()));
                    (self.save)(&filled, question.fact, Some(&answer))?;
                    let before = std::mem::replace(&mut product, filled);
                    earlier.push((before, question.fact.to_owned()));
                }
                Reply::Skip => {
                    skipped.insert(question.fact.to_owned());
                    earlier.push((product.clone(), question.fact.to_owned()));
                }
                Reply::Back => match earlier.pop() {
                    Some((before, fact)) => {
                        if !skipped.remove(&fact) {
                            (self.save)(&before, &fact, None)?;
                        }
                        product = before;
                    }
                    None => writeln!(self.out, "This is the first question.")?,
                },
                Reply::Quit => return Ok(product),
            }
        }
    }

    /// How the answer forms, in a line.
    fn forming(&mut self, it: &Classification<'_>, open: usize) -> io::Result<()> {
        let left = match open {
            0 => "nothing is left to ask".to_owned(),
            1 => "one question is open".to_owned(),
            open => format!("{open} questions are open"),
        };
        let line = if it.settled {
            format!("Settled: {}.", outcome(it))
        } else {
            let entries: BTreeSet<&str> = it.candidates.iter().map(|it| it.eccn).collect();
            match entries.len() {
                0 => format!("So far no entry is left ({left})."),
                1..=6 => {
                    let entries: Vec<&str> = entries.into_iter().collect();
                    format!("Still possible: {} ({left}).", entries.join(", "))
                }
                more => format!("{more} entries are still possible ({left})."),
            }
        };
        writeln!(self.out)?;
        self.say(&[styled(DIM, line)])
    }

    /// A paragraph, wrapped to the terminal; nothing where there is nothing to say.
    fn say(&mut self, runs: &[Run]) -> io::Result<()> {
        let mut page = Page::new(self.width);
        page.paragraph(&styled(PLAIN, ""), runs);
        let text = page.finish();
        if text.trim().is_empty() { Ok(()) } else { self.out.write_all(text.as_bytes()) }
    }

    fn ask(&mut self, question: &ClassificationQuestion<'_>) -> io::Result<Reply> {
        writeln!(self.out)?;
        let citation = whole(DIM, format!("[{}]", question.citation));
        self.say(&[styled(STRONG, question.ask), citation])?;
        self.say(&[styled(DIM, question.help)])?;
        for (number, value) in (1..).zip(&question.values) {
            writeln!(self.out, "{number:>4} {value}")?;
        }
        if let Some((answer, capability)) = self.suggested.get(question.fact) {
            let words = format!("The capability {capability} suggests {answer}.");
            self.say(&[styled(DIM, words)])?;
        }
        loop {
            write!(self.out, "> ")?;
            self.out.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                writeln!(self.out)?;
                return Ok(Reply::Quit);
            }
            match line.trim().to_lowercase().as_str() {
                "" | "unknown" | "skip" | "don't know" | "dont know" | "dk" => {
                    return Ok(Reply::Skip);
                }
                "back" => return Ok(Reply::Back),
                "quit" | "exit" => return Ok(Reply::Quit),
                "?" => {
                    let why = format!("It {}.", question.why.trim_start_matches("it "));
                    self.say(&[styled(PLAIN, why)])?;
                    self.say(&[styled(PLAIN, question.leads_to)])?;
                    let fact = format!("It is the question {}.", question.fact);
                    self.say(&[styled(DIM, fact)])?;
                }
                said => match understood(question, said) {
                    Ok(answer) => return Ok(Reply::Said(answer)),
                    Err(problem) => writeln!(self.out, "{RED}{}{RED:#}", visible(&problem))?,
                },
            }
        }
    }
}

/// What a typed line says.
fn understood(question: &ClassificationQuestion<'_>, said: &str) -> Result<Answer, String> {
    if question.values.is_empty() {
        return match said {
            "y" | "yes" | "true" => Ok(Answer::Yes),
            "n" | "no" | "false" => Ok(Answer::No),
            _ => Err(format!("`{said}` is neither yes nor no")),
        };
    }
    let wanted = said.replace([' ', '_'], "-");
    let numbered = wanted.parse::<usize>().ok().and_then(|it| it.checked_sub(1));
    let found = question.values.iter().find(|it| it.to_lowercase() == wanted);
    let found = found.or_else(|| question.values.get(numbered?));
    if let Some(value) = found {
        return Ok(Answer::Value((*value).to_owned()));
    }
    let mut begun = question.values.iter().filter(|it| it.starts_with(&wanted));
    match (begun.next(), begun.next()) {
        (Some(one), None) => Ok(Answer::Value((*one).to_owned())),
        (Some(one), Some(other)) => Err(format!("`{said}` could be {one} or {other}")),
        (None, _) => Err(format!("`{said}` is not on the list")),
    }
}

/// The product with an answer, or without one.
pub(crate) fn with(product: &Product, question: &str, answer: Option<Answer>) -> Product {
    let mut product = product.clone();
    if question == FORM {
        product.form = match &answer {
            Some(Answer::Value(value)) => value.parse::<Form>().ok(),
            Some(Answer::Yes | Answer::No) | None => None,
        };
        return product;
    }
    let answers = product.answers.get_or_insert_default();
    match answer {
        Some(answer) => {
            answers.insert(question.to_owned(), Some(answer));
        }
        None => {
            answers.remove(question);
        }
    }
    product
}
