//! The rulebook and its paragraphs as JSON.

use super::fields::{Object, Type, field};
use crate::cli::rules::text::{heading, source};
use crate::json::{Layout, Writer};
use jiff::civil::Date;
use law::SourceFile;
use law::diff::Change;
use law::rulebook::{Block, Rulebook, Status};

/// Every object of the rulebook; the first is the answer itself.
pub(crate) const RULEBOOK: &[Object] = &[
    Object {
        name: "rulebook",
        about: "Which rulebook answers.",
        fields: &[
            field("name", Type::Text, "Its name."),
            field("digest", Type::Text, "The SHA-256 of its files."),
            field("from", Type::Day, "Its first day."),
            field("verified_through", Type::Day, "The last day through which it was verified."),
            field("blocks", Type::Count, "How many versions of paragraphs it has."),
            field("sections", Type::Many("section"), "Its sections."),
            field("changes_on", Type::Texts, "The days on which the law changes."),
        ],
    },
    Object {
        name: "section",
        about: "A section of the regulation.",
        fields: &[
            field("number", Type::Text, "Its number, such as `740.22`."),
            field("title", Type::Text, "Its title, in our words."),
        ],
    },
];

/// Every object of a paragraph; the first is the answer itself.
pub(crate) const PARAGRAPH: &[Object] = &[
    Object {
        name: "paragraph",
        about: "A paragraph on a day.",
        fields: &[
            field("citation", Type::Text, "The paragraph."),
            field("title", Type::TextOrNull, "What it is about, in our words."),
            field("on", Type::Day, "The day."),
            field("blocks", Type::Many("block"), "Its rules; none where it is known without one."),
        ],
    },
    Object {
        name: "block",
        about: "A version of a rule.",
        fields: &[
            field("heading", Type::Text, "What it does and what it is called."),
            field("citation", Type::Text, "The paragraph."),
            field("effect", Type::Text, "What it does, such as `bar`."),
            field("from", Type::Day, "Its first day."),
            field("until", Type::DayOrNull, "The first day after its last."),
            field("status", Type::OneOf(&["law", "adopted", "proposed"]), "Whether it is law."),
            field("says", Type::Text, "What it says, in our words."),
            field("unverified", Type::Yes, "Whether its text could not be verified."),
            field("text", Type::Text, "The rule as it is written."),
        ],
    },
];

/// Every object of what changed; the first is the answer itself.
pub(crate) const CHANGES: &[Object] = &[
    Object {
        name: "changes",
        about: "What changed in the law between two days.",
        fields: &[
            field("from", Type::Day, "The first day."),
            field("to", Type::Day, "The second day."),
            field("changes", Type::Many("change"), "The changes, in the order of the regulation."),
        ],
    },
    Object {
        name: "change",
        about: "A change.",
        fields: &[
            field("kind", Type::OneOf(&["begins", "ends", "becomes", "row"]), "What happened."),
            field("heading", Type::Text, "The rule, or the row of a table."),
            field("before", Type::TextOrNull, "What it said on the first day."),
            field("after", Type::TextOrNull, "What it says on the second."),
        ],
    },
];

/// Appends the rulebook, without a line break behind it.
pub(crate) fn rulebook(it: &Rulebook, digest: &str, out: &mut Vec<u8>) {
    Writer::new(out, Layout::Line).object(|json| {
        json.text_of("name", &it.name);
        json.text_of("digest", digest);
        json.text_of("from", &it.from.to_string());
        json.text_of("verified_through", &it.verified_through.to_string());
        json.number_of("blocks", it.blocks.len() as u64);
        json.objects_of("sections", &it.sections, |json, it| {
            json.text_of("number", &it.number);
            json.text_of("title", &it.title);
        });
        json.texts_of("changes_on", it.epochs().iter().map(Date::to_string));
    });
}

/// Appends a paragraph's rules on a day, without a line break behind them.
pub(crate) fn paragraph(
    citation: &str,
    on: Date,
    blocks: &[&Block],
    rulebook: &Rulebook,
    files: &[SourceFile],
    out: &mut Vec<u8>,
) {
    let title = rulebook.paragraph(citation, on).map(|it| it.title.as_str());
    Writer::new(out, Layout::Line).object(|json| {
        json.text_of("citation", citation);
        json.optional_of("title", title);
        json.text_of("on", &on.to_string());
        json.objects_of("blocks", blocks, |json, it| block(json, it, rulebook, files));
    });
}

fn block(json: &mut Writer<'_>, it: &Block, rulebook: &Rulebook, files: &[SourceFile]) {
    json.text_of("heading", &heading(it, rulebook));
    json.text_of("citation", &it.citation);
    json.text_of("effect", it.effect.keyword());
    json.text_of("from", &it.version.from.to_string());
    json.optional_of("until", it.version.until.map(|it| it.to_string()).as_deref());
    let status = match it.version.status {
        Status::Law => "law",
        Status::Adopted => "adopted",
        Status::Proposed => "proposed",
    };
    json.text_of("status", status);
    json.text_of("says", &it.says);
    json.bool_of("unverified", it.unverified);
    json.text_of("text", source(it, files));
}

/// Appends what changed between two days, without a line break behind it.
pub(crate) fn changes(
    changes: &[Change],
    from: Date,
    to: Date,
    rulebook: &Rulebook,
    out: &mut Vec<u8>,
) {
    Writer::new(out, Layout::Line).object(|json| {
        json.text_of("from", &from.to_string());
        json.text_of("to", &to.to_string());
        json.objects_of("changes", changes, |json, it| {
            let of = |block| rulebook.block(block);
            let (kind, heading, before, after) = match it {
                Change::Begins(id) => {
                    ("begins", of(*id).map(|it| heading(it, rulebook)), None, of(*id))
                }
                Change::Ends(id) => {
                    ("ends", of(*id).map(|it| heading(it, rulebook)), of(*id), None)
                }
                Change::Becomes { before, after } => {
                    ("becomes", of(*after).map(|it| heading(it, rulebook)), of(*before), of(*after))
                }
                Change::Row { .. } => ("row", Some(it.describe(rulebook)), None, None),
            };
            json.text_of("kind", kind);
            json.text_of("heading", &heading.unwrap_or_default());
            json.optional_of("before", before.map(|it| it.says.as_str()));
            json.optional_of("after", after.map(|it| it.says.as_str()));
        });
    });
}
