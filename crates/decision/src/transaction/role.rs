//! Roles of the parties to a transaction.

use crate::closed_list::closed_list;

closed_list! {
    /// What a party does in the transaction. Letters are the paragraphs of 748.5.
    pub enum Role is "a role" {
        /// The exporter or reexporter.
        Seller = "seller",
        /// The one that asks BIS for a license, (a)-(b).
        Applicant = "applicant",
        /// Buys, buying agents included, (c).
        Purchaser = "purchaser",
        /// Takes possession to effect delivery: a forwarder, a bank, (d).
        IntermediateConsignee = "intermediate-consignee",
        /// Receives the item; a reseller who buys for stock is one, (e).
        UltimateConsignee = "ultimate-consignee",
        /// Finally uses the item, (f).
        EndUser = "end-user",
        /// The present holder in a reexport or a transfer in country.
        Transferor = "transferor",
        /// Carries without being a consignee.
        Carrier = "carrier",
        /// Pays or finances without being a consignee.
        Bank = "bank",
        /// Arranges without being a consignee.
        Broker = "broker",
        /// An employee to whom technology or source code is released.
        Employee = "employee",
        /// A contractor to whom technology or source code is released.
        Contractor = "contractor",
        /// A student to whom technology or source code is released.
        Student = "student",
        /// A visitor to whom technology or source code is released.
        Visitor = "visitor",
        /// The exporter or the exporter's own employee who takes the item abroad and brings it
        /// back, or the owner of baggage.
        Traveler = "traveler",
        /// Buys a service done with the item and never receives it.
        Customer = "customer",
        /// Keeps the data that is stored abroad.
        StorageProvider = "storage-provider",
        /// Performs the service in which a US person supports.
        ServiceProvider = "service-provider",
        /// Something else.
        Other = "other",
    }
}

impl Role {
    /// Whether technology or source code is released to this person.
    ///
    /// Source: 734.13(a)(2), 734.14(a)(2).
    #[must_use]
    pub fn is_released_person(self) -> bool {
        matches!(self, Self::Employee | Self::Contractor | Self::Student | Self::Visitor)
    }
}
