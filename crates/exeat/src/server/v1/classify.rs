//! Products to entries of the control list.

use crate::api::failure::{self, Failure};
use crate::api::shape::Shape;
use crate::api::{classification, fields, question};
use crate::clock;
use crate::desk::permission::Permission;
use crate::json::Layout;
use crate::lines::{self, Tally, Verdict};
use crate::products;
use crate::server::operation::{
    Answer, Behind, Body, Call, Effect, Method, Of, Operation, Reply, in_query,
};
use crate::server::problem::Problem;
use decision::Trace;
use decision::classification::{ClassificationOutcome, product_schema};
use std::io::{self, Read, Write};
use std::sync::Arc;

const PRODUCT: Shape = Shape::schema("Product", product_schema);
const CLASSIFICATION: Shape =
    Shape::of("Classification", &[classification::CLASSIFICATION, fields::SHARED]);
const QUESTIONNAIRE: Shape = Shape::of("Questionnaire", &[question::QUESTIONNAIRE]);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "classify",
        method: Method::Post,
        path: "/v1/classify",
        summary: "Classify a product by technical answers",
        about: "The answer is that of `exeat classify`. A body of JSON lines is answered line by \
                line while it comes.",
        permission: Some(Permission::Check),
        parameters: &[],
        body: Body::Document(PRODUCT),
        answer: Answer::Json(CLASSIFICATION),
        effect: Effect::Reads,
        run: classify,
        lines: Some(classify_lines),
    },
    Operation {
        id: "classification-questions",
        method: Method::Get,
        path: "/v1/classify/questions",
        summary: "The questions by which products are classified",
        about: "Those of a day, in the order of the rulebook.",
        permission: Some(Permission::ReadLaw),
        parameters: &[in_query("on", Of::Day, "The day; today if not said.")],
        body: Body::Nothing,
        answer: Answer::Json(QUESTIONNAIRE),
        effect: Effect::Reads,
        run: questionnaire,
        lines: None,
    },
];

fn classify(call: &Call) -> Result<Reply, Problem> {
    let engine = call.desk.engine();
    let questions = engine.classification_questions();
    let product = products::read_as(call.format, &call.body, questions)?;
    let mut out = Vec::new();
    call.desk.working(|| {
        let found = engine.classify(&product, &call.desk.options(Trace::Decisive));
        classification::write(&found, Layout::Pretty, &mut out);
    });
    out.push(b'\n');
    Ok(Reply::json(out).behind(Behind::of(&call.desk)))
}

fn classify_lines(call: &Call, input: Box<dyn Read + Send>, out: &mut dyn Write) -> io::Result<()> {
    let desk = Arc::clone(&call.desk);
    let engine = desk.engine();
    let options = desk.options(Trace::Decisive);
    let answer: Arc<lines::Answer<ClassificationOutcome>> =
        Arc::new(move |_, number, line, out| {
            let read = line
                .map_err(Failure::from)
                .and_then(|it| products::read_line(it, engine.classification_questions()));
            let verdict = match read {
                Ok(product) => desk.working(|| {
                    let found = engine.classify(&product, &options);
                    classification::write(&found, Layout::Line, out);
                    Verdict::Answered(found.outcome)
                }),
                Err(failure) => {
                    failure::write(&failure.in_line(number), Layout::Line, out);
                    Verdict::Failed
                }
            };
            out.push(b'\n');
            verdict
        });
    lines::answer(input, &answer, out, &mut Tally::default())
}

#[expect(clippy::unnecessary_wraps, reason = "operations have one signature")]
fn questionnaire(call: &Call) -> Result<Reply, Problem> {
    let on = call.day("on").unwrap_or_else(clock::today);
    let engine = call.desk.engine();
    let mut out = Vec::new();
    question::questionnaire(engine.classification_questions(), on, &mut out);
    Ok(Reply::json(out).tagged().behind(Behind::of(&call.desk)))
}
