//! How the item moves, whether it comes back, and the papers around it.

use crate::closed_list::closed_list;
use crate::country::Country;
use crate::eccn::Eccn;
use crate::transaction::read::{Node, Reading};
use crate::transaction::record::record;
use crate::transaction::symbols::Exception;
use jiff::civil::Date;
use law::Truth;

record! {
    /// How the item moves.
    #[derive(Default)]
    pub struct Transfer {
        /// Goods or a data carrier cross the border.
        tangible: Option<bool>,
        /// Encrypted without interruption between sender and recipient (734.18(a)(5)(ii)).
        end_to_end_encrypted: Option<bool>,
        /// With FIPS 140-2 or what is as effective (734.18(a)(5)(iii)).
        fips_or_equivalent: Option<bool>,
        /// No third party has the keys (734.18(b)).
        keys_withheld: Option<bool>,
        /// Where it is stored on purpose; data in transit is not stored (734.18(a)(5)(iv)).
        intentionally_stored_in: Option<Vec<Country>>,
    }
}

record! {
    /// Whether the item comes back, and who holds it until then.
    #[derive(Default)]
    pub struct Temporary {
        /// Stays under the effective control of the exporter or its employees (740.9(a)).
        effective_control: Option<bool>,
        /// Comes back or is destroyed within a year (740.9(a)).
        returns_within_one_year: Option<bool>,
        /// Software protected by a VPN, a password, a firewall or the like.
        access_protected: Option<bool>,
        /// An order was received before shipment.
        order_to_acquire: Option<bool>,
        /// Goes as personal baggage (740.14).
        personal_baggage: Option<bool>,
    }
}

record! {
    /// A notice that a government gave to the exporter.
    pub struct Notice {
        /// Who gave it.
        from: Option<NoticeFrom>,
        /// Of which type it is.
        kind as "type": Option<NoticeType>,
        /// The section it rests on, such as `744.11(c)`.
        section: Option<String>,
        /// What it applies to.
        applies_to: Option<AppliesTo>,
        /// Which items it covers.
        items: Option<NoticeItems>,
        /// The classifications that it covers, for `listed-items`.
        eccns: Option<Vec<Eccn>>,
        /// Exceptions that it leaves open; an empty list is none.
        exceptions_allowed: Option<Vec<Exception>>,
        /// Its date.
        date: Option<Date>,
        /// For people.
        text: Option<String>,
    }
}

record! {
    /// Something that makes the transaction doubtful.
    pub struct RedFlag checked by resolved_flags_say_how {
        /// Which flag.
        flag: Flag,
        /// Whether the doubt was removed.
        resolved: Option<bool>,
        /// How it was removed.
        how: Option<String>,
    }
}

fn resolved_flags_say_how<'n>(flag: &RedFlag, node: &'n Node<'n>, reading: &mut Reading<'n>) {
    // A reason of blanks and characters that are not seen is none.
    let seen = |it: &String| it.chars().any(char::is_alphanumeric);
    if flag.resolved == Some(true) && !flag.how.as_ref().is_some_and(seen) {
        let help = "say in `how` what removed the doubt";
        reading.problem_at("how", node, "must be given where the flag is resolved", help);
    }
}

record! {
    /// An authorization that is already held.
    pub struct Authorization {
        /// Of which type it is.
        kind as "type": AuthorizationType,
        /// Its number.
        number: Option<String>,
        /// The last day on which it may be used.
        expires: Option<Date>,
        /// What it covers, for people.
        covers: Option<String>,
    }
}

impl Authorization {
    /// Whether it may be used on a day. One that does not say until when may have ended.
    pub(crate) fn in_force(&self, day: Date) -> Truth {
        self.expires.map(|expires| day <= expires).into()
    }

    /// Whether it is a license of BIS that may certainly be used on a day.
    pub(crate) fn is_bis_license_in_force(&self, day: Date) -> bool {
        self.kind == AuthorizationType::BisLicense && self.in_force(day).is_true()
    }
}

closed_list! {
    /// A document that is held.
    pub enum Document is "a document" {
        /// Hong Kong import license (740.2(a)(19)).
        HkImportLicense = "hk-import-license",
        /// Statement of the Hong Kong government that no import license is needed.
        HkImportStatement = "hk-import-statement",
        /// Hong Kong export license (740.2(a)(20)).
        HkExportLicense = "hk-export-license",
        /// Statement of the Hong Kong government that no export license is needed.
        HkExportStatement = "hk-export-statement",
        /// Written assurance of the consignee (740.6).
        WrittenAssurance = "written-assurance",
        /// Statement of a party on the Unverified List (744.15(b)).
        UvlStatement = "uvl-statement",
        /// Statement of the end user.
        EndUserStatement = "end-user-statement",
        /// Authorization by the owner of the systems concerned.
        SystemOwnerAuthorization = "system-owner-authorization",
        /// Court order.
        CourtOrder = "court-order",
        /// Authorization by OFAC.
        OfacAuthorization = "ofac-authorization",
    }
}

closed_list! {
    /// Who gave a notice.
    pub enum NoticeFrom is "an agency that gives notices" {
        /// Bureau of Industry and Security.
        Bis = "BIS",
        /// Office of Foreign Assets Control.
        Ofac = "OFAC",
        /// Department of State.
        State = "State",
    }
}

closed_list! {
    /// The type of a notice.
    pub enum NoticeType is "a type of notice" {
        /// The exporter was informed that a license is needed.
        IsInformed = "is-informed",
        /// An order.
        Order = "order",
        /// Another notice.
        Other = "other",
    }
}

closed_list! {
    /// What a notice applies to.
    pub enum AppliesTo is "what a notice applies to" {
        /// This transaction.
        Transaction = "transaction",
        /// A party.
        Party = "party",
        /// An item.
        Item = "item",
        /// A destination.
        Destination = "destination",
    }
}

closed_list! {
    /// Which items a notice covers.
    pub enum NoticeItems is "a range of items" {
        /// Everything subject to the EAR.
        AllItems = "all-items",
        /// The classifications named beside it.
        ListedItems = "listed-items",
    }
}

closed_list! {
    /// The type of an authorization.
    pub enum AuthorizationType is "a type of authorization" {
        /// License of the Bureau of Industry and Security.
        BisLicense = "bis-license",
        /// License of the Office of Foreign Assets Control.
        OfacLicense = "ofac-license",
        /// Another.
        Other = "other",
    }
}

closed_list! {
    /// A red flag; numbers are those of Supp. 3 to 732.
    pub enum Flag is "a red flag" {
        /// Evasive about the end use.
        EvasiveAboutEndUse = "evasive-about-end-use",
        /// The product does not fit what the buyer can do.
        CapabilityDoesNotFit = "capability-does-not-fit",
        /// A forwarder is the final destination (9).
        ForwarderAsFinalDestination = "forwarder-as-final-destination",
        /// The route is abnormal (10).
        AbnormalRoute = "abnormal-route",
        /// Evasive about reexport (12).
        EvasiveAboutReexport = "evasive-about-reexport",
        /// Links to supercomputers (17).
        SupercomputerLinks = "supercomputer-links",
        /// A reseller who does not tell the end user (21).
        ResellerUnknownEndUser = "reseller-unknown-end-user",
        /// The license history is in doubt (22).
        LicenseHistoryInDoubt = "license-history-in-doubt",
        /// Continues the business of a listed entity (24, 25).
        EntityListContinuity = "entity-list-continuity",
        /// A listed owner with a minority share.
        ListedMinorityOwner = "listed-minority-owner",
        /// The owners cannot be found (29).
        OwnershipUnknown = "ownership-unknown",
        /// A listed owner.
        ListedOwner = "listed-owner",
        /// A listed carrier, bank or broker.
        ListedServiceProvider = "listed-service-provider",
        /// A vendor of spyware.
        SpywareVendor = "spyware-vendor",
        /// Human rights.
        HumanRightsConcern = "human-rights-concern",
        /// Risk of diversion.
        DiversionRisk = "diversion-risk",
        /// A match of a name was not settled.
        NameMatchUnresolved = "name-match-unresolved",
        /// Something else.
        Other = "other",
    }
}
