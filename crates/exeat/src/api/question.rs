//! Questions as JSON: those that can still change an outcome, and those that classify.

use super::determination;
use super::fields::{Object, Type, field};
use crate::json::{Layout, Writer};
use decision::Determination;
use jiff::civil::Date;
use law::rulebook::Question;

/// Every object of the open questions that is not one of a determination; the first is the answer.
pub(crate) const OPEN: &[Object] = &[Object {
    name: "questions",
    about: "What can still change the outcome.",
    fields: &[
        super::fields::ID,
        super::fields::LAW_DATE,
        field("outcome", Type::Outcome, "What is to be done as long as they are open."),
        field("settled", Type::Yes, "Whether nothing can change the outcome any more."),
        field("possible", Type::Outcomes, "The outcomes still possible, from the freest."),
        field("questions", Type::Many("question"), "The questions, the best first."),
    ],
}];

/// Appends the open questions of a determination, without a line break behind them.
pub(crate) fn open(it: &Determination<'_>, layout: Layout, out: &mut Vec<u8>) {
    Writer::new(out, layout).object(|json| {
        if let Some(id) = &it.id {
            json.text_of("id", id);
        }
        json.text_of("law_date", &it.law_date.to_string());
        json.text_of("outcome", it.outcome.as_str());
        json.bool_of("settled", it.settled);
        determination::outcomes(json, &it.possible);
        json.objects_of("questions", &it.questions, determination::question);
    });
}

/// Every object of the questionnaire; the first is the answer itself.
pub(crate) const QUESTIONNAIRE: &[Object] = &[
    Object {
        name: "questionnaire",
        about: "The questions by which products are classified.",
        fields: &[
            field("on", Type::Day, "The day."),
            field("questions", Type::Many("asked"), "The questions."),
        ],
    },
    Object {
        name: "asked",
        about: "A question.",
        fields: &[
            field("id", Type::Text, "Its id, by which it is answered."),
            field("ask", Type::Text, "The question."),
            field("help", Type::Text, "What counts and what does not."),
            field("values", Type::Texts, "What it may be answered with; none is yes or no."),
            field("citation", Type::Text, "The paragraph."),
            field("leads_to", Type::Text, "What its answers lead to."),
        ],
    },
];

/// Appends the questions of a day, without a line break behind them.
pub(crate) fn questionnaire(questions: &[Question], on: Date, out: &mut Vec<u8>) {
    let asked: Vec<&Question> = questions
        .iter()
        .filter(|it| it.from <= on && it.until.is_none_or(|until| on < until))
        .collect();
    Writer::new(out, Layout::Line).object(|json| {
        json.text_of("on", &on.to_string());
        json.objects_of("questions", &asked, |json, it| {
            json.text_of("id", &it.id);
            json.text_of("ask", &it.ask);
            json.text_of("help", &it.help);
            json.texts_of("values", &it.values);
            json.text_of("citation", &it.citation);
            json.text_of("leads_to", &it.leads_to);
        });
    });
}
