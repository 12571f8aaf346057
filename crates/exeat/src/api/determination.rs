//! A determination as JSON, in the order and with the names of its JSON Schema.
//!
//! Unknown is `null`, never left out; an `id` or a `label` that was not given is left out.

use crate::api::matches;
use crate::json::{Layout, Writer};
use decision::Determination;
use decision::determination::{
    Because, Clearance, Condition, ExceptionFinding, ItemFinding, Question, Referral, Stamp,
};
use decision::outcome::Outcome;
use decision::pattern::Names;
use jiff::civil::Date;
use std::ops::Range;

/// Appends an answer, without a line break behind it.
pub(crate) fn write(determination: &Determination<'_>, layout: Layout, out: &mut Vec<u8>) {
    whole(&mut Writer::new(out, layout), determination);
}

/// An answer in one line, to be written again in the words of another caller.
#[derive(Debug)]
pub(crate) struct Line {
    bytes: Vec<u8>,
    /// Where the caller's own words stand: the head, then each item's, then each question's.
    own: Vec<Range<usize>>,
    questions: Vec<Question>,
}

impl Line {
    /// Appends an answer, and keeps it.
    pub(crate) fn write_new(determination: &Determination<'_>, out: &mut Vec<u8>) -> Self {
        let mut bytes = Vec::new();
        let mut own = Vec::new();
        whole(&mut Writer::noting(&mut bytes, &mut own), determination);
        out.extend_from_slice(&bytes);
        bytes.shrink_to_fit();
        Self { bytes, own, questions: determination.questions.clone() }
    }

    /// Appends the answer in the words of another caller whose transaction has the same pattern.
    pub(crate) fn write(&self, names: &Names<'_>, out: &mut Vec<u8>) {
        out.reserve(self.bytes.len() + 256);
        let mut written = 0;
        let mut own = self.own.iter();
        let mut until = |range: Option<&Range<usize>>, out: &mut Vec<u8>| {
            let end = range.map_or(self.bytes.len(), |it| it.start);
            out.extend_from_slice(self.bytes.get(written..end).unwrap_or_default());
            written = range.map_or(end, |it| it.end);
        };
        until(own.next(), out);
        head(&mut Writer::within(out, true), names.id(), None, names.law_date());
        for item in names.items() {
            until(own.next(), out);
            let eccn = item.eccn.as_ref().map(ToString::to_string);
            named(&mut Writer::within(out, false), item.name.as_deref(), eccn.as_deref());
        }
        for question in &self.questions {
            until(own.next(), out);
            let ask = names.ask(question);
            let ask = ask.as_deref().unwrap_or(&question.ask);
            Writer::within(out, false).text_of("ask", ask);
        }
        until(None, out);
    }

    /// How many bytes it takes, about.
    pub(crate) fn size(&self) -> usize {
        let asked = self.questions.iter().map(|it| 200 + it.ask.len() + it.why.len());
        self.bytes.len() + self.own.len() * size_of::<Range<usize>>() + asked.sum::<usize>()
    }
}

fn whole(json: &mut Writer<'_>, determination: &Determination<'_>) {
    json.object(|json| {
        answer(json, determination);
        let screened = determination.screened.as_ref();
        matches::found(json, screened);
        json.object_of("rulebook", |json| rulebook(json, &determination.rulebook));
        matches::searched(json, screened.map(|it| &*it.searched));
    });
}

fn answer(json: &mut Writer<'_>, it: &Determination<'_>) {
    json.own(|json| head(json, it.id.as_deref(), it.label.as_deref(), it.law_date));
    json.text_of("outcome", it.outcome.as_str());
    json.optional_of("exception", it.exception);
    json.bool_of("settled", it.settled);
    outcomes(json, &it.possible);
    json.truth_of("license_required_before_exceptions", it.license_required);
    json.objects_of("items", &it.items, item);
    json.texts_of("reasons", &it.reasons);
    nodes(json, &it.because);
    json.objects_of("derived", &it.derived, |json, it| {
        json.text_of("term", it.term);
        json.pieces_of("subject", |say| it.subject.pieces(say));
        json.truth_of("value", it.value);
        json.text_of("citation", it.citation);
    });
    json.objects_of("questions", &it.questions, question);
    json.objects_of("assumptions", &it.assumptions, |json, it| {
        json.text_of("presumption", it.presumption);
        json.pieces_of("fact", |say| it.fact.pieces(say));
        json.text_of("value", it.value);
    });
    json.objects_of("conditions", &it.conditions, condition);
    json.objects_of("flags", &it.flags, |json, it| {
        json.text_of("flag", it.flag);
        json.text_of("subject", &it.subject);
        json.bool_of("resolved", it.resolved);
        json.text_of("why", it.why);
        json.text_of("citation", it.citation);
        json.truth_of("truth", it.truth);
    });
    json.objects_of("referrals", &it.referrals, referral);
    json.optional_of("review_policy", it.review_policy.as_ref().map(|it| it.policy));
    json.object_of("clearance", |json| clearance(json, &it.clearance));
    json.objects_of("legs", &it.legs, answer);
    json.texts_of("notes", &it.notes);
}

fn head(json: &mut Writer<'_>, id: Option<&str>, label: Option<&str>, law_date: Date) {
    if let Some(id) = id {
        json.text_of("id", id);
    }
    if let Some(label) = label {
        json.text_of("label", label);
    }
    json.text_of("law_date", &law_date.to_string());
}

fn named(json: &mut Writer<'_>, name: Option<&str>, eccn: Option<&str>) {
    json.optional_of("name", name);
    json.optional_of("eccn", eccn);
}

fn item(json: &mut Writer<'_>, it: &ItemFinding<'_>) {
    json.number_of("index", it.index as u64);
    json.own(|json| named(json, it.name.as_deref(), it.eccn.as_deref()));
    json.text_of("outcome", it.outcome.as_str());
    json.optional_of("exception", it.exception);
    outcomes(json, &it.possible);
    json.truth_of("license_required_before_exceptions", it.license_required);
    json.objects_of("requirements", &it.requirements, |json, it| {
        json.text_of("reason", it.reason);
        json.text_of("citation", it.citation);
        json.truth_of("truth", it.truth);
    });
    json.objects_of("exceptions", &it.exceptions, exception);
}

fn exception(json: &mut Writer<'_>, it: &ExceptionFinding<'_>) {
    json.text_of("symbol", it.symbol);
    json.truth_of("available", it.available);
    json.texts_of("not_overcome", &it.not_overcome);
    json.number_of("nearly", it.nearly as u64);
    nodes(json, &it.because);
}

/// A question's fields.
pub(crate) fn question(json: &mut Writer<'_>, it: &Question) {
    json.text_of("fact", &it.fact);
    json.own(|json| json.text_of("ask", &it.ask));
    json.text_of("why", &it.why);
    json.text_of("citation", &it.citation);
    json.objects_of("answers", &it.answers, |json, it| {
        json.texts_of("values", &it.values);
        outcomes(json, &it.possible);
    });
}

fn nodes(json: &mut Writer<'_>, nodes: &[Because<'_>]) {
    json.objects_of("because", nodes, node);
}

/// A trace node's fields.
pub(crate) fn node(json: &mut Writer<'_>, it: &Because<'_>) {
    json.text_of("citation", it.citation);
    json.text_of("text", it.text);
    json.text_of("effect", it.effect);
    json.truth_of("truth", it.truth);
    json.texts_of("facts", &it.facts);
    nodes(json, &it.because);
}

/// A duty's fields.
pub(super) fn condition(json: &mut Writer<'_>, it: &Condition<'_>) {
    json.text_of("code", it.code);
    json.text_of("what", it.what);
    json.text_of("citation", it.citation);
    json.optional_of("by", it.by);
    json.truth_of("truth", it.truth);
}

/// Another agency's fields.
pub(super) fn referral(json: &mut Writer<'_>, it: &Referral<'_>) {
    json.text_of("agency", it.agency);
    json.text_of("why", it.why);
    json.text_of("citation", it.citation);
}

fn clearance(json: &mut Writer<'_>, it: &Clearance) {
    json.truth_of("eei_required", it.eei_required);
    json.optional_of("aes_code", it.aes_code);
    json.truth_of("eccn_on_eei", it.eccn_on_eei);
    json.truth_of("destination_control_statement", it.destination_control_statement);
    json.number_of("records_years", u64::from(it.records_years));
}

/// A rulebook's fields.
pub(super) fn rulebook(json: &mut Writer<'_>, it: &Stamp) {
    json.text_of("name", it.name);
    json.optional_of("as_of", it.as_of.map(|it| it.to_string()).as_deref());
    json.text_of("digest", it.digest);
}

/// The outcomes that are possible.
pub(super) fn outcomes(json: &mut Writer<'_>, outcomes: &[Outcome]) {
    json.texts_of("possible", outcomes.iter().map(|it| it.as_str()));
}

#[cfg(test)]
mod tests;
