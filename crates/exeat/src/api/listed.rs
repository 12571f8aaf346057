//! An entry of a list as JSON.

use crate::json::{Layout, Writer};
use crate::report::listed::{address, basis, kind, link, role};
use screening::ListedParty;

/// Appends an entry, without a line break behind it.
pub(crate) fn write(party: &ListedParty, layout: Layout, out: &mut Vec<u8>) {
    Writer::new(out, layout).object(|json| fields(json, party));
}

/// An entry's fields.
pub(crate) fn fields(json: &mut Writer<'_>, party: &ListedParty) {
    json.text_of("list", &party.list);
    json.text_of("id", &party.id);
    json.text_of("type", kind(party.kind));
    json.objects_of("names", &party.names, |json, it| {
        json.text_of("name", &it.text);
        json.text_of("role", role(it.role));
        json.bool_of("weak", it.weak);
    });
    json.text_of("basis", basis(party.basis));
    json.objects_of("addresses", &party.addresses, |json, it| {
        json.text_of("address", &address(it));
        json.optional_of("country", it.country.map(|it| it.to_string()).as_deref());
    });
    json.objects_of("countries", &party.countries, |json, (of, country)| {
        json.text_of("link", link(*of));
        json.text_of("country", country.as_str());
    });
    json.objects_of("births", &party.births, |json, it| {
        json.text_of("earliest", &it.earliest.to_string());
        json.text_of("latest", &it.latest.to_string());
        json.bool_of("circa", it.circa);
    });
    json.texts_of("birth_places", &party.birth_places);
    json.objects_of("ids", &party.ids, |json, it| {
        json.text_of("kind", &it.kind);
        json.text_of("number", &it.number);
        json.optional_of("country", it.country.map(|it| it.to_string()).as_deref());
    });
    json.texts_of("programs", &party.programs);
    json.optional_of("license_requirement", party.license_requirement.as_deref());
    json.optional_of("license_policy", party.license_policy.as_deref());
    json.texts_of("notices", &party.notices);
    json.optional_of("from", party.from.map(|it| it.to_string()).as_deref());
    json.optional_of("until", party.until.map(|it| it.to_string()).as_deref());
    json.optional_of("remarks", party.remarks.as_deref());
    json.optional_of("source", party.source_url.as_deref());
}
