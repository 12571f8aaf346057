//! Lists and their entries as JSON.

use super::fields::{Object, Type, field};
use super::listed;
use crate::json::{Layout, Writer};
use crate::lists::entries::Entries;
use crate::lists::open::Lists;
use decision::matches::{NEEDED, Searched};
use jiff::civil::Date;
use screening::lists::Extent;

/// Every object of the state of the lists; the first is the answer itself.
pub(crate) const STATUS: &[Object] = &[
    Object {
        name: "lists",
        about: "Which lists answer.",
        fields: &[
            field("snapshot", Type::Text, "The digest of the snapshot."),
            field("built_in", Type::Yes, "Whether only the small list in the program is there."),
            field("lists", Type::Many("list"), "The lists, in the order of their codes."),
            field("not_searched", Type::Texts, "Lists that the law reads and that are not here."),
        ],
    },
    Object {
        name: "list",
        about: "A list.",
        fields: &[
            field("name", Type::Text, "Its code, such as `EL`."),
            field("title", Type::Text, "Its title."),
            field("entries", Type::Count, "How many entries it has."),
            field("date", Type::DayOrNull, "The day of its content."),
            field("age_days", Type::Count, "How old that is."),
            field("whole", Type::Yes, "Whether this is the list and no excerpt."),
            field("lost", Type::Count, "How many entries could not be read."),
            field("needed", Type::Yes, "Whether the law reads it before it lets a party go."),
            field("file", Type::Text, "The file it came from."),
            field("digest", Type::Text, "The SHA-256 of that file."),
        ],
    },
];

/// Every object of a search for entries; the first is the answer itself.
pub(crate) const ENTRIES: &[Object] = &[Object {
    name: "entries",
    about: "Entries in which a text stands.",
    fields: &[
        field("entries", Type::Many("entry"), "The entries."),
        field("more", Type::Count, "How many more there are."),
    ],
}];

/// Every object of an entry; the first is the entry itself.
pub(crate) const ENTRY: &[Object] = &[
    Object {
        name: "entry",
        about: "An entry of a list.",
        fields: &[
            field("list", Type::Text, "The list, such as `SDN`."),
            field("id", Type::Text, "Its number in the list."),
            field("type", Type::Text, "What it is, such as `organization`."),
            field("names", Type::Many("name"), "Its names, the first one first."),
            field("basis", Type::Text, "What of it is listed: its name, its address, or both."),
            field("addresses", Type::Many("address"), "Its addresses."),
            field("countries", Type::Many("link"), "Countries that it is connected with."),
            field("births", Type::Many("birth"), "When it was born or built."),
            field("birth_places", Type::Texts, "Where."),
            field("ids", Type::Many("number"), "Numbers that identify it."),
            field("programs", Type::Texts, "Programs under which it is listed."),
            field("license_requirement", Type::TextOrNull, "What needs a license."),
            field("license_policy", Type::TextOrNull, "How applications are reviewed."),
            field("notices", Type::Texts, "Notices that listed it."),
            field("from", Type::DayOrNull, "Its first day."),
            field("until", Type::DayOrNull, "The first day after its last."),
            field("remarks", Type::TextOrNull, "What else the list says."),
            field("source", Type::TextOrNull, "Where it is published."),
        ],
    },
    Object {
        name: "name",
        about: "A name.",
        fields: &[
            field("name", Type::Text, "The name."),
            field("role", Type::Text, "What kind of name it is."),
            field("weak", Type::Yes, "Whether the list calls it weak."),
        ],
    },
    Object {
        name: "address",
        about: "An address.",
        fields: &[
            field("address", Type::Text, "The address."),
            field("country", Type::TextOrNull, "Its country."),
        ],
    },
    Object {
        name: "link",
        about: "A country that it is connected with.",
        fields: &[field("link", Type::Text, "How."), field("country", Type::Text, "The country.")],
    },
    Object {
        name: "birth",
        about: "A day between two.",
        fields: &[
            field("earliest", Type::Day, "The first it may be."),
            field("latest", Type::Day, "The last it may be."),
            field("circa", Type::Yes, "Whether it is about then."),
        ],
    },
    Object {
        name: "number",
        about: "A number that identifies it.",
        fields: &[
            field("kind", Type::Text, "What number."),
            field("number", Type::Text, "The number."),
            field("country", Type::TextOrNull, "Who gave it."),
        ],
    },
];

/// Appends the state of the lists, without a line break behind it.
pub(crate) fn status(lists: &Lists, searched: &Searched, today: Date, out: &mut Vec<u8>) {
    let sources: Vec<_> = lists.snapshot.sources().collect();
    Writer::new(out, Layout::Pretty).object(|json| {
        json.text_of("snapshot", &searched.digest);
        json.bool_of("built_in", lists.built_in);
        json.objects_of("lists", &sources, |json, (source, entries)| {
            json.text_of("name", &source.code);
            json.text_of("title", &source.title);
            json.number_of("entries", u64::from(*entries));
            json.optional_of("date", source.date.map(|it| it.to_string()).as_deref());
            let age = source.date.map_or(0, |it| it.until(today).map_or(0, |it| it.get_days()));
            json.number_of("age_days", u64::try_from(age).unwrap_or(0));
            json.bool_of("whole", source.extent == Extent::Whole);
            json.number_of("lost", u64::from(source.lost));
            json.bool_of("needed", NEEDED.contains(&source.code.as_str()));
            json.text_of("file", &source.file);
            json.text_of("digest", &crate::digest::hex(&source.digest));
        });
        json.texts_of("not_searched", searched.missing());
    });
}

/// Appends entries that were found, without a line break behind them.
pub(crate) fn entries(it: &Entries, layout: Layout, out: &mut Vec<u8>) {
    Writer::new(out, layout).object(|json| {
        json.objects_of("entries", &it.found, listed::fields);
        json.number_of("more", it.more);
    });
}
