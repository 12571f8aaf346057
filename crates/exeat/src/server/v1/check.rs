//! Decisions that leave nothing behind: one, several, or a stream.

use crate::api::failure::Failure;
use crate::api::shape::Shape;
use crate::api::{determination, failure, fields, question};
use crate::desk::Desk;
use crate::desk::permission::Permission;
use crate::json::Layout;
use crate::known;
use crate::lines::{self, Tally, Verdict};
use crate::results::BETWEEN;
use crate::search::Searcher;
use crate::server::operation::{
    Answer, Behind, Body, Call, Effect, Method, Of, Operation, Parameter, Reply, in_query,
};
use crate::server::problem::{Kind, Problem};
use crate::transactions;
use decision::transaction::Transaction;
use decision::transaction::schema::transaction_schema;
use decision::{Determination, Engine, Options, Trace};
use serde_json::value::RawValue;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many transactions one request may hold.
const MOST: usize = 1000;
/// How long several may take together before the rest is given back.
const ENOUGH: Duration = Duration::from_secs(20);

/// A transaction.
pub(crate) const TRANSACTION: Shape = Shape::schema("Transaction", transaction_schema);
/// The answer to one.
pub(crate) const DETERMINATION: Shape = Shape::of("Determination", &[fields::OBJECTS]);
const QUESTIONS: Shape = Shape::of("Questions", &[question::OPEN, fields::OBJECTS]);

/// How much of the trace an answer carries.
const TRACES: &[&str] = &["lean", "decisive", "full"];

/// How the law is applied.
pub(super) const STRICT: Parameter =
    in_query("strict", Of::Yes, "Ask for every missing fact instead of presuming it.");
/// The day.
pub(super) const ON: Parameter =
    in_query("on", Of::Day, "Apply the law of this day instead of the transaction's date.");
const TRACE: Parameter = in_query(
    "trace",
    Of::Word(TRACES),
    "How much of the trace comes along. `decisive`, the default, is the answer of `exeat check \
     --format json`, `full` adds `--explain`, `lean` is a line of `--format jsonl`.",
);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "check",
        method: Method::Post,
        path: "/v1/check",
        summary: "Decide whether a transaction may leave",
        about: "Nothing is recorded. The answer is, byte for byte, that of `exeat check` where the \
                records hold no decision on a match; such decisions count as they do in \
                `/v1/determinations`. A body of JSON lines is answered line by line while it \
                comes, in order, and a line that cannot be read is answered by an error in its \
                place. For those who may not see matches (a key without the scope `screen`), no \
                name is searched, and what only a search can tell stays unknown.",
        permission: Some(Permission::Check),
        parameters: &[STRICT, ON, TRACE],
        body: Body::Document(TRANSACTION),
        answer: Answer::Json(DETERMINATION),
        effect: Effect::Decides,
        run: check,
        lines: Some(check_lines),
    },
    Operation {
        id: "check-batch",
        method: Method::Post,
        path: "/v1/check/batch",
        summary: "Decide several transactions",
        about: "At most 1,000, in order; one that cannot be read is answered by an error in its \
                place. For more, stream JSON lines to `/v1/check`.",
        permission: Some(Permission::Check),
        parameters: &[STRICT, ON],
        body: Body::Array(TRANSACTION, MOST),
        answer: Answer::Array(DETERMINATION),
        effect: Effect::Reads,
        run: check_batch,
        lines: None,
    },
    Operation {
        id: "questions",
        method: Method::Post,
        path: "/v1/questions",
        summary: "Ask what can still change the outcome of a transaction",
        about: "The best question first, each with what its answers would lead to where that can \
                be told.",
        permission: Some(Permission::Check),
        parameters: &[STRICT, ON],
        body: Body::Document(TRANSACTION),
        answer: Answer::Json(QUESTIONS),
        effect: Effect::Decides,
        run: questions,
        lines: None,
    },
];

/// How the law is applied to this call.
pub(super) fn options(call: &Call, trace: Trace, answers: bool) -> Options {
    let usual = call.desk.options(trace);
    Options {
        strict: call.yes("strict").unwrap_or(usual.strict),
        on: call.day("on").or(usual.on),
        answers,
        ..usual
    }
}

fn trace(call: &Call) -> (Trace, Layout) {
    match call.text("trace") {
        Some("lean") => (Trace::Lean, Layout::Line),
        Some("full") => (Trace::Full, Layout::Pretty),
        _ => (Trace::Decisive, Layout::Pretty),
    }
}

/// The transaction in the body.
pub(crate) fn transaction(call: &Call) -> Result<Transaction, Problem> {
    Ok(transactions::read_as(call.format, &call.body)?)
}

/// Whether it may go. For those who may not see matches, no name is searched.
///
/// # Errors
///
/// Where the lists cannot be searched.
pub(super) fn decide<'law>(
    call: &Call,
    engine: &'law Engine,
    transaction: &Transaction,
    options: &Options,
) -> Result<Determination<'law>, Failure> {
    if call.actor.sees_matches() {
        call.desk.decide_remembering(engine, transaction, options)
    } else {
        Searcher::understood(engine, transaction)?;
        Ok(call.desk.decide_unsearched(engine, transaction, options))
    }
}

fn check(call: &Call) -> Result<Reply, Problem> {
    let (trace, layout) = trace(call);
    let transaction = transaction(call)?;
    let options = options(call, trace, trace == Trace::Full);
    let engine = call.desk.engine();
    let mut out = Vec::new();
    call.desk.working(|| {
        let determination = decide(call, &engine, &transaction, &options)?;
        determination::write(&determination, layout, &mut out);
        out.push(b'\n');
        Ok::<(), Problem>(())
    })?;
    Ok(Reply::json(out).behind(Behind::of(&call.desk)))
}

fn check_batch(call: &Call) -> Result<Reply, Problem> {
    let elements = elements(call)?;
    let options = options(call, Trace::Decisive, false);
    let engine = call.desk.engine();
    let begun = Instant::now();
    let mut out = Vec::new();
    for (line, element) in elements {
        if begun.elapsed() > ENOUGH {
            let problem = failure::Problem::new("there was no time left for this transaction")
                .help("send fewer at a time, or stream JSON lines");
            write_failure(&problem.at_line(line).into(), &mut out);
            continue;
        }
        let answered = call.desk.working(|| {
            let transaction = transactions::read_line(element).map_err(|it| it.moved(line))?;
            let determination = decide(call, &engine, &transaction, &options)?;
            out.extend_from_slice(BETWEEN);
            determination::write(&determination, Layout::Line, &mut out);
            Ok::<(), Failure>(())
        });
        if let Err(failure) = answered {
            write_failure(&failure, &mut out);
        }
    }
    Ok(Reply::json(framed(&out)).behind(Behind::of(&call.desk)))
}

fn write_failure(failure: &Failure, out: &mut Vec<u8>) {
    out.extend_from_slice(BETWEEN);
    failure::write(failure, Layout::Line, out);
}

/// The frame around several answers, as `exeat check --format json` has it.
fn framed(answers: &[u8]) -> Vec<u8> {
    match answers.strip_prefix(BETWEEN) {
        None => b"[]\n".to_vec(),
        Some(answers) => [b"[\n", answers, b"\n]\n"].concat(),
    }
}

/// The elements of the array in the body, each with the line on which it begins.
pub(super) fn elements(call: &Call) -> Result<Vec<(u64, &[u8])>, Problem> {
    let elements: Vec<&RawValue> = serde_json::from_slice(&call.body).map_err(|error| {
        let problem = failure::Problem::new("the body is no JSON array");
        let line = u64::try_from(error.line()).unwrap_or(1);
        Problem::from(Failure::from(problem.at_line(line)))
    })?;
    if elements.len() > MOST {
        let said = format!("{} transactions are more than {MOST}", elements.len());
        return Err(Problem::new(Kind::Input, said).help("stream JSON lines to /v1/check"));
    }
    let start = call.body.as_ptr() as usize;
    let mut line = 1;
    let mut from = 0;
    let mut found = Vec::with_capacity(elements.len());
    for element in elements {
        let bytes = element.get().as_bytes();
        // The elements are borrowed from the body, in order.
        let place = (bytes.as_ptr() as usize).saturating_sub(start);
        let before = call.body.get(from..place).unwrap_or_default();
        line += before.split(|it| *it == b'\n').skip(1).count() as u64;
        from = place;
        found.push((line, bytes));
    }
    Ok(found)
}

fn check_lines(call: &Call, input: Box<dyn Read + Send>, out: &mut dyn Write) -> io::Result<()> {
    let desk: Arc<Desk> = Arc::clone(&call.desk);
    let engine = desk.engine();
    let options = options(call, Trace::Lean, false);
    let sees_matches = call.actor.sees_matches();
    let answer: Arc<lines::Answer> = Arc::new(move |worker, number, line, out| {
        let mut decide = || -> Result<decision::Outcome, Failure> {
            let line = line.clone().map_err(Failure::from)?;
            let transaction = transactions::read_line(line)?;
            desk.working(|| {
                if sees_matches && desk.searcher().searches(&transaction) {
                    let workspace = &mut worker.workspace;
                    let decided =
                        desk.decide_knowing(&engine, workspace, &transaction, &options)?;
                    determination::write(&decided, Layout::Line, out);
                    return Ok(decided.outcome);
                }
                Searcher::understood(&engine, &transaction)?;
                let outcome = known::answer(&engine, worker, &transaction, &options, out);
                desk.answered(outcome);
                Ok(outcome)
            })
        };
        let verdict = match decide() {
            Ok(outcome) => Verdict::Answered(outcome),
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

fn questions(call: &Call) -> Result<Reply, Problem> {
    let transaction = transaction(call)?;
    let options = options(call, Trace::Decisive, true);
    let engine = call.desk.engine();
    let mut out = Vec::new();
    call.desk.working(|| {
        let determination = decide(call, &engine, &transaction, &options)?;
        question::open(&determination, Layout::Line, &mut out);
        Ok::<(), Problem>(())
    })?;
    Ok(Reply::json(out).behind(Behind::of(&call.desk)))
}
