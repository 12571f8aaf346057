//! What a party is and does, as far as the law tells kinds of parties apart.

use crate::closed_list::closed_list;

closed_list! {
    /// What a party is and does.
    pub enum Sector is "a sector" {
        /// Head of state or government, cabinet, royal court, security council.
        Executive = "executive",
        /// Parliament.
        Legislature = "legislature",
        /// Courts.
        Judiciary = "judiciary",
        /// Public prosecutor.
        Prosecution = "prosecution",
        /// Police, investigation, other law enforcement.
        Police = "police",
        /// Prison service.
        Prison = "prison",
        /// Fire, rescue, civil defense, emergency management.
        PublicSafety = "public-safety",
        /// Interior, home affairs, homeland security.
        Interior = "interior",
        /// Customs, export control, immigration.
        CustomsImmigration = "customs-immigration",
        /// Civil intelligence service.
        Intelligence = "intelligence",
        /// Armed services, national guard, coast guard, paramilitary.
        Military = "military",
        /// Military intelligence.
        MilitaryIntelligence = "military-intelligence",
        /// Ministry of defense, defense technology agency.
        Defense = "defense",
        /// Foreign ministry, embassy, consulate.
        ForeignAffairs = "foreign-affairs",
        /// Finance, budget, revenue.
        FinanceTax = "finance-tax",
        /// Currency and monetary authority.
        CentralBank = "central-bank",
        /// Maritime, port, railway or airport authority.
        TransportAuthority = "transport-authority",
        /// Telecom and IT regulators and agencies, national data centers.
        TelecomItAgency = "telecom-it-agency",
        /// Science and technology agency, national laboratory.
        ScienceTechnologyAgency = "science-technology-agency",
        /// The national computer security incident response team.
        NationalCsirt = "national-csirt",
        /// Civil functions such as census, civil service, elections, energy, environment, social
        /// affairs, standards, weather, archives, post, education, public health, culture.
        CivilAdministration = "civil-administration",
        /// A body of government whose function was not told.
        GovernmentOther = "government-other",
        /// Intergovernmental organization.
        InternationalOrganization = "international-organization",
        /// An agency of the United States.
        UsGovernmentAgency = "us-government-agency",
        /// Research, not medical.
        ResearchInstitute = "research-institute",
        /// University.
        University = "university",
        /// School.
        School = "school",
        /// Power, water, gas.
        Utility = "utility",
        /// Telecom and internet providers.
        Telecom = "telecom",
        /// Airlines, airports, ships, ports, railways, buses, trucking.
        Transport = "transport",
        /// Distributes or provides items of the Wassenaar Munitions List.
        MunitionsTrade = "munitions-trade",
        /// Makes items of the Wassenaar Munitions List.
        MunitionsManufacture = "munitions-manufacture",
        /// Retail and wholesale without munitions.
        RetailWholesale = "retail-wholesale",
        /// Broadcast and entertainment.
        Broadcast = "broadcast",
        /// Commercial or savings bank.
        Bank = "bank",
        /// Funds, brokers, payment and trust companies.
        FinancialServices = "financial-services",
        /// Insurance company.
        Insurer = "insurer",
        /// Civil hospital or clinic.
        Health = "health",
        /// Civil medical research.
        MedicalResearch = "medical-research",
        /// Distributor, value-added reseller.
        Reseller = "reseller",
        /// Forwarder, logistics.
        FreightForwarding = "freight-forwarding",
        /// Hosting, data center.
        CloudStorage = "cloud-storage",
        /// Any other private organization or person.
        PrivateOther = "private-other",
    }
}

impl Sector {
    /// Whether such a party is a body of some government by what it is, whoever owns it.
    ///
    /// Source: 740.22(b)(4), "government end user", as far as the function decides it.
    #[must_use]
    pub fn is_body_of_government(self) -> bool {
        self <= Self::UsGovernmentAgency
    }

    /// Whether such a party is taken to have no state owner where nothing is said (P7).
    #[must_use]
    pub fn is_presumed_private(self) -> bool {
        matches!(
            self,
            Self::PrivateOther | Self::Reseller | Self::FreightForwarding | Self::CloudStorage
        )
    }

    /// Whether such a party passes the item on, so that it is not its end user by standing last.
    #[must_use]
    pub fn passes_items_on(self) -> bool {
        matches!(self, Self::Reseller | Self::FreightForwarding)
    }
}
