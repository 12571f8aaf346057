//! The domains: finite sets of values, spelled as the rule text spells them.

use crate::eccn::Eccn;
use crate::outcome::Outcome;
use crate::transaction::Activity;
use crate::transaction::circumstance::{
    AppliesTo, AuthorizationType, Document, Flag, NoticeFrom, NoticeItems, NoticeType,
};
use crate::transaction::end_use::{Knowledge, Purpose};
use crate::transaction::item::{EncryptionCategory, EncryptionClassification, Form, SuppliedAs};
use crate::transaction::listing::{KnownList, List, Scope};
use crate::transaction::party::{GovernmentLevel, NationalityStatus, UsStatus};
use crate::transaction::role::Role;
use crate::transaction::sector::Sector;
use crate::transaction::symbols::{Exception, Reason, ReviewPolicy};
use crate::transaction::values::Footnote;
use law::schema::{Domain, DomainValues};

/// SDN programs that the rules tell apart; every other one is `other`, which stands last.
///
/// Source: 744.8(a)(1); the rest are programs that do not lead there.
const TAGS: [&str; 15] = [
    "BELARUS",
    "BELARUS-EO14038",
    "RUSSIA-EO14024",
    "UKRAINE-EO13660",
    "UKRAINE-EO13661",
    "UKRAINE-EO13662",
    "UKRAINE-EO13685",
    "FTO",
    "SDGT",
    "NPWMD",
    "ILLICIT-DRUGS-EO14059",
    "SDNT",
    "SDNTK",
    "TCO",
    "other",
];

/// The place of a tag in its domain.
pub(crate) fn tag(text: &str) -> u16 {
    let place = TAGS.iter().position(|it| text.eq_ignore_ascii_case(it)).unwrap_or(TAGS.len() - 1);
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// Whether an SDN program is one of those that 744.8 reaches.
pub(crate) fn tag_of_744_8(text: &str) -> bool {
    usize::from(tag(text)) < TAGS.len() - 1
}

/// The letters of the product groups; an item whose entry was not told, and `EAR99`, have none.
///
/// Source: 738.2(b).
const PRODUCT_GROUPS: [&str; 6] = ["none", "A", "B", "C", "D", "E"];

/// The place of the product group of an entry in its domain.
pub(crate) fn product_group(eccn: Option<&Eccn>) -> u16 {
    let letter = eccn.and_then(Eccn::product_group);
    let place = PRODUCT_GROUPS.iter().position(|it| Some(*it) == letter);
    u16::try_from(place.unwrap_or(0)).unwrap_or(u16::MAX)
}

/// The place of a list in its domain: `none`, the known lists, `other`.
pub(crate) fn list(list: &List) -> u16 {
    match list {
        List::Known(known) => known.place() + 1,
        List::Other(_) => u16::try_from(KnownList::ALL.len() + 1).unwrap_or(u16::MAX),
    }
}

/// Through what a listing reaches a party.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u16)]
pub(crate) enum Via {
    /// The party itself is listed.
    Itself,
    /// Its address is.
    Address,
    /// The principal for whom it acts is.
    Principal,
    /// An owner is.
    Owner,
}

/// Whose sector, government and ownership a person row holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u16)]
pub(crate) enum Who {
    /// The party's.
    Itself,
    /// Those of the principal for whom it acts.
    Principal,
}

/// Every domain.
pub(super) fn domains() -> Vec<Domain> {
    macro_rules! of {
        ($name:literal, $list:ty) => {
            fixed($name, <$list>::ALL.iter().map(|it| it.as_str()))
        };
    }
    let exceptions = || Exception::ALL.iter().map(|it| it.as_str());
    vec![
        tables("country"),
        tables("entry"),
        of!("activity", Activity),
        of!("form", Form),
        fixed("product-group", PRODUCT_GROUPS),
        of!("role", Role),
        of!("sector", Sector),
        of!("purpose", Purpose),
        of!("knowledge", Knowledge),
        of!("document", Document),
        of!("us-status", UsStatus),
        of!("supplied-as", SuppliedAs),
        of!("enc-classification", EncryptionClassification),
        of!("enc-category", EncryptionCategory),
        of!("government-level", GovernmentLevel),
        fixed(
            "list",
            ["none"]
                .into_iter()
                .chain(KnownList::ALL.iter().map(|it| it.as_str()))
                .chain(["other"]),
        ),
        of!("scope", Scope),
        fixed("footnote", Footnote::ALL.iter().map(|it| it.number().to_string())),
        fixed("tag", TAGS),
        of!("exception", Exception),
        fixed("exception-or-none", exceptions().chain(["none"])),
        of!("reason", Reason),
        of!("flag", Flag),
        of!("notice-from", NoticeFrom),
        of!("notice-type", NoticeType),
        of!("applies-to", AppliesTo),
        of!("notice-items", NoticeItems),
        fixed("via", ["self", "address", "principal", "owner"]),
        fixed("who", ["self", "principal"]),
        fixed("outcome", Outcome::ALL.iter().map(ToString::to_string)),
        of!("authorization-type", AuthorizationType),
        of!("nationality-status", NationalityStatus),
        of!("policy", ReviewPolicy),
    ]
}

fn fixed(name: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Domain {
    let values = values.into_iter().map(Into::into).collect();
    Domain { name: name.to_owned(), values: DomainValues::Fixed(values) }
}

fn tables(name: &str) -> Domain {
    Domain { name: name.to_owned(), values: DomainValues::Tables }
}
