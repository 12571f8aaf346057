//! What is to leave.

use crate::closed_list::closed_list;
use crate::country::Country;
use crate::eccn::{Eccn, EccnChain};
use crate::transaction::record::record;
use crate::transaction::symbols::Reason;
use crate::transaction::values::{Amount, Answer, Days, Percent};
use std::collections::BTreeMap;

record! {
    /// One line of what is to leave.
    #[derive(Default)]
    pub struct Item {
        /// For people and documents.
        name: Option<String>,
        /// For people and documents.
        description: Option<String>,
        /// The classification, to the paragraph: `4D004`, `5D002.c.1`, `EAR99`.
        eccn: Option<Eccn>,
        /// The parent of a "for ..." paragraph, such as `5A001.j`; a chain as
        /// `5D001.c for 5A001.j`, the nearest first.
        eccn_for: Option<EccnChain>,
        /// Other entries that describe the item too.
        also_controlled: Option<Vec<Eccn>>,
        /// Only for a classification that the rulebook's table does not hold.
        reasons_for_control: Option<Vec<Reason>>,
        /// What it is made of.
        form: Option<Form>,
        /// The value of the line in US dollars.
        value_usd: Option<Amount>,
        /// The quantity of the line.
        quantity: Option<Amount>,
        /// Where it comes from.
        origin: Option<Origin>,
        /// Made available to the public without restriction on further dissemination (734.7).
        published: Option<bool>,
        /// Arises from fundamental research (734.8).
        fundamental_research: Option<bool>,
        /// Stands in a published patent (734.10(a)).
        in_published_patent: Option<bool>,
        /// Free of charge (746.6(d)(3)).
        free_of_charge: Option<bool>,
        /// Widely available to the public (746.6(d)(3)).
        widely_available: Option<bool>,
        /// Meets Note 3 to Category 5 Part 2.
        mass_market: Option<bool>,
        /// What BIS was told of its encryption.
        encryption: Option<Encryption>,
        /// In which way it is supplied.
        supplied_as: Option<SuppliedAs>,
        /// The first supply, or the holder's own receipt, was lawful (740.13(a), (c), 734.20).
        original_export_authorized: Option<bool>,
        /// Goes to the same consignee as the first supply (740.13(c)).
        same_consignee: Option<bool>,
        /// Found on an information system and shows activity on it (740.22(b)(2)).
        digital_artifact: Option<bool>,
        /// Answers to the classification questions, by their ids.
        answers: Option<BTreeMap<String, Answer>>,
    }
}

record! {
    /// Where an item comes from.
    #[derive(Default)]
    pub struct Origin {
        /// Made in the United States.
        us_origin: Option<bool>,
        /// The country in which it was made.
        made_in: Option<Country>,
        /// Controlled US-origin content of a foreign-made item in percent of its value, measured
        /// for this destination (734.4, Supp. 2 to 734).
        us_content_percent: Option<Percent>,
        /// Foreign encryption technology that commingles US 5E002 (734.4(a)(2)).
        us_5e002_commingled: Option<bool>,
        /// Caught by a paragraph of 734.9.
        foreign_direct_product: Option<bool>,
    }
}

record! {
    /// What BIS was told of an item's encryption, and of which kind it is.
    #[derive(Default)]
    pub struct Encryption {
        /// How far classification went.
        classification: Option<EncryptionClassification>,
        /// Days since the request was registered.
        request_filed_days_ago: Option<Days>,
        /// BIS holds the request without action, so that the 30 days do not run (740.17(d)(2)).
        on_hold: Option<bool>,
        /// Which paragraph of 740.17(b) describes it.
        category: Option<EncryptionCategory>,
        /// Has non-standard cryptography (772.1).
        nonstandard: Option<bool>,
        /// The notice of 742.15(b)(2) was sent.
        open_source_notified: Option<bool>,
    }
}

closed_list! {
    /// What an item is made of.
    pub enum Form is "a form of an item" {
        /// A thing.
        Commodity = "commodity",
        /// Software as it runs.
        ObjectCode = "object-code",
        /// Software as it is written.
        SourceCode = "source-code",
        /// Information needed to develop, produce or use.
        Technology = "technology",
        /// A key that enables software; treated as the software (734.19(b)).
        SoftwareKey = "software-key",
        /// Keys, passwords and the like that give access (734.19(a)).
        AccessInformation = "access-information",
        /// Work done, without an item.
        Service = "service",
    }
}

closed_list! {
    /// In which way an item is supplied.
    pub enum SuppliedAs is "a way to supply" {
        /// As itself.
        Product = "product",
        /// Corrects errors only (740.13(c)).
        BugFix = "bug-fix",
        /// Brings new functions.
        Upgrade = "upgrade",
        /// The minimum needed to operate a lawfully supplied item (740.13(a)).
        OperationTechnology = "operation-technology",
        /// Customary quotation data without detailed design or production (740.13(b)).
        SalesTechnology = "sales-technology",
        /// One-for-one replacement (740.10).
        ReplacementPart = "replacement-part",
    }
}

closed_list! {
    /// How far the classification of encryption went.
    pub enum EncryptionClassification is "a step of encryption classification" {
        /// Nothing was done.
        None = "none",
        /// Self-classified (740.17(b)(1), (e)(3)).
        SelfClassified = "self-classified",
        /// A request was registered (740.17(d)).
        RequestFiled = "request-filed",
        /// BIS issued a classification.
        Ccats = "ccats",
    }
}

closed_list! {
    /// Which paragraph of 740.17(b) describes an item.
    pub enum EncryptionCategory is "an encryption category" {
        /// None of the others, (b)(1).
        Other = "other",
        /// (b)(2)(i)(A).
        NetworkInfrastructure = "network-infrastructure",
        /// (b)(2)(i)(B).
        NonPublicSourceCode = "non-public-source-code",
        /// (b)(2)(i)(C).
        Customized = "customized",
        /// (b)(2)(i)(D).
        Quantum = "quantum",
        /// (b)(2)(i)(F).
        NetworkPenetration = "network-penetration",
        /// (b)(2)(i)(G).
        PublicSafetyRadio = "public-safety-radio",
        /// (b)(2)(i)(H).
        UwbSpreadSpectrum = "uwb-spread-spectrum",
        /// (b)(2)(ii).
        Cryptanalytic = "cryptanalytic",
        /// (b)(2)(iii).
        OpenCryptographicInterface = "open-cryptographic-interface",
        /// (b)(2)(iv)(A).
        TechnologyNonstandard = "technology-nonstandard",
        /// (b)(2)(iv)(B).
        TechnologyOther = "technology-other",
        /// (b)(3)(i).
        ComponentOrLibrary = "component-or-library",
        /// (b)(3)(ii).
        NonstandardProduct = "nonstandard-product",
        /// (b)(3)(iii)(A).
        AdaptiveVulnerabilityAnalysis = "adaptive-vulnerability-analysis",
        /// (b)(3)(iii)(B).
        Forensics = "forensics",
        /// (b)(3)(iv).
        Activation = "activation",
    }
}
