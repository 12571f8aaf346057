//! What the item is for, and what is known of it.

use crate::closed_list::closed_list;
use crate::transaction::record::record;
use crate::transaction::sector::Sector;

record! {
    /// What the item is for, and what is known of it.
    #[derive(Default)]
    pub struct EndUse {
        /// What it is for. Several purposes must all fit where an exception is bound to one.
        purposes: Option<Vec<Purpose>>,
        /// What the exporter knows, has reason to know or was told (772.1 "knowledge").
        knows: Option<Vec<Knowledge>>,
        /// Whose systems were hit.
        incident: Option<Incident>,
        /// False where the final user or use was not told.
        end_user_known: Option<bool>,
        /// For people.
        description: Option<String>,
    }
}

record! {
    /// Whose systems were hit by an incident.
    #[derive(Default)]
    pub struct Incident {
        /// What the victim is and does.
        victim_sector: Option<Sector>,
        /// Whether the victim is a "U.S. subsidiary" of 772.1.
        victim_is_us_subsidiary: Option<bool>,
    }
}

closed_list! {
    /// What an item is for.
    pub enum Purpose is "a purpose" {
        /// Vulnerability disclosure as 772.1 defines it.
        VulnerabilityDisclosure = "vulnerability-disclosure",
        /// Cyber incident response as 772.1 defines it.
        CyberIncidentResponse = "cyber-incident-response",
        /// Criminal or civil investigation or prosecution.
        InvestigationOrProsecution = "investigation-or-prosecution",
        /// Authorized testing of own or consenting systems.
        DefensiveTesting = "defensive-testing",
        /// Law enforcement.
        LawEnforcement = "law-enforcement",
        /// Intelligence.
        Intelligence = "intelligence",
        /// Official use by the United States Government.
        OfficialUsGovernmentUse = "official-us-government-use",
        /// Use inside the user's own business.
        InternalBusinessUse = "internal-business-use",
        /// Development of products.
        ProductDevelopment = "product-development",
        /// Research.
        Research = "research",
        /// Training.
        Training = "training",
        /// Demonstration.
        Demonstration = "demonstration",
        /// Personal use.
        PersonalUse = "personal-use",
        /// Personal communication.
        PersonalCommunication = "personal-communication",
        /// Resale.
        Resale = "resale",
        /// Something else.
        Other = "other",
    }
}

closed_list! {
    /// What an exporter knows, has reason to know or was told.
    pub enum Knowledge is "something to know" {
        /// Use on systems without their owners' authorization (740.22(c)(5), 740.17(f)).
        UnauthorizedAccess = "unauthorized-access",
        /// Military end use (744.21).
        Military = "military",
        /// Military-intelligence end use (744.22).
        MilitaryIntelligence = "military-intelligence",
        /// Nuclear end use (744.2).
        Nuclear = "nuclear",
        /// Missile end use (744.3).
        Missile = "missile",
        /// Chemical or biological weapons (744.4).
        ChemicalBiological = "chemical-biological",
        /// Maritime nuclear propulsion (744.5).
        MaritimeNuclear = "maritime-nuclear",
        /// Supercomputer (744.23).
        Supercomputer = "supercomputer",
        /// Advanced-node semiconductors (744.23).
        AdvancedSemiconductor = "advanced-semiconductor",
        /// Abuse of human rights (742.7(b)).
        HumanRightsAbuse = "human-rights-abuse",
        /// Diversion.
        Diversion = "diversion",
        /// A violation that occurred or is about to occur (736.2(b)(10)).
        Violation = "violation",
    }
}
