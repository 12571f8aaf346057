//! Symbols of the law that a transaction may quote: exceptions, reasons for control, policies.

use crate::closed_list::closed_list;

closed_list! {
    /// A license exception by its symbol.
    pub enum Exception is "a license exception" {
        /// Authorized Cybersecurity Exports, 740.22.
        Ace = "ACE",
        /// Encryption Commodities, Software and Technology, 740.17.
        Enc = "ENC",
        /// Temporary Imports, Exports, Reexports and Transfers, 740.9.
        Tmp = "TMP",
        /// Baggage, 740.14.
        Bag = "BAG",
        /// Governments and International Organizations, 740.11.
        Gov = "GOV",
        /// Technology and Software Unrestricted, 740.13.
        Tsu = "TSU",
        /// Technology and Software under Restriction, 740.6.
        Tsr = "TSR",
        /// Shipments to Country Group B, 740.4.
        Gbs = "GBS",
        /// Limited Value Shipments, 740.3.
        Lvs = "LVS",
        /// Strategic Trade Authorization, 740.20.
        Sta = "STA",
        /// Servicing and Replacement, 740.10.
        Rpl = "RPL",
        /// Computers, 740.7.
        App = "APP",
        /// Additional Permissive Reexports, 740.16.
        Apr = "APR",
        /// Symbol SPP.
        Spp = "SPP",
        /// Aircraft, Vessels and Spacecraft, 740.15.
        Avs = "AVS",
        /// Gift Parcels and Humanitarian Donations, 740.12.
        Gft = "GFT",
        /// Consumer Communications Devices, 740.19.
        Ccd = "CCD",
        /// Agricultural Commodities, 740.18.
        Agr = "AGR",
        /// Support for the Cuban People, 740.21.
        Scp = "SCP",
        /// Medical Devices, 740.23.
        Med = "MED",
        /// Notified Advanced Computing, 740.8.
        Nac = "NAC",
        /// Advanced Computing Authorized, 740.8.
        Aca = "ACA",
        /// Artificial Intelligence Authorization.
        Aia = "AIA",
        /// Advanced Compute Manufacturing.
        Acm = "ACM",
        /// Low Processing Performance.
        Lpp = "LPP",
        /// Implemented Export Controls, 740.24.
        Iec = "IEC",
        /// High Bandwidth Memory, 740.25.
        Hbm = "HBM",
        /// Civil End Users; removed from the EAR in 2020.
        Civ = "CIV",
        /// Temporary general license of General Order 7, 736 Supp. 1(g); no part 740 exception.
        Tgl = "TGL",
    }
}

closed_list! {
    /// A reason for control.
    pub enum Reason is "a reason for control" {
        /// National security, column 1.
        Ns1 = "NS1",
        /// National security, column 2.
        Ns2 = "NS2",
        /// Missile technology, column 1.
        Mt1 = "MT1",
        /// Regional stability, column 1.
        Rs1 = "RS1",
        /// Regional stability, column 2.
        Rs2 = "RS2",
        /// Chemical and biological weapons, column 1.
        Cb1 = "CB1",
        /// Chemical and biological weapons, column 2.
        Cb2 = "CB2",
        /// Chemical and biological weapons, column 3.
        Cb3 = "CB3",
        /// Nuclear nonproliferation, column 1.
        Np1 = "NP1",
        /// Nuclear nonproliferation, column 2.
        Np2 = "NP2",
        /// Firearms Convention, column 1.
        Fc1 = "FC1",
        /// Crime control, column 1.
        Cc1 = "CC1",
        /// Crime control, column 2.
        Cc2 = "CC2",
        /// Crime control, column 3.
        Cc3 = "CC3",
        /// Anti-terrorism, column 1.
        At1 = "AT1",
        /// Anti-terrorism, column 2.
        At2 = "AT2",
        /// Encryption items, 742.15.
        Ei = "EI",
        /// Surreptitious listening, 742.13.
        Sl = "SL",
        /// Regional stability outside the chart, 742.6(a)(6).
        Rs = "RS",
        /// Crime control outside the chart.
        Cc = "CC",
        /// United Nations embargo.
        Un = "UN",
        /// Significant items.
        Si = "SI",
        /// Short supply.
        Ss = "SS",
        /// Missile technology outside the chart.
        Mt = "MT",
        /// Chemical and biological weapons outside the chart.
        Cb = "CB",
        /// Nuclear nonproliferation outside the chart.
        Np = "NP",
        /// Anti-terrorism outside the chart.
        At = "AT",
        /// 744.2.
        S744_2 = "744.2",
        /// 744.3.
        S744_3 = "744.3",
        /// 744.4.
        S744_4 = "744.4",
        /// 744.5.
        S744_5 = "744.5",
        /// 744.6.
        S744_6 = "744.6",
        /// 744.8.
        S744_8 = "744.8",
        /// 744.11.
        S744_11 = "744.11",
        /// 744.15.
        S744_15 = "744.15",
        /// 744.17.
        S744_17 = "744.17",
        /// 744.21.
        S744_21 = "744.21",
        /// 744.22.
        S744_22 = "744.22",
        /// 744.23.
        S744_23 = "744.23",
        /// 746.2.
        S746_2 = "746.2",
        /// 746.3.
        S746_3 = "746.3",
        /// 746.4.
        S746_4 = "746.4",
        /// 746.6.
        S746_6 = "746.6",
        /// 746.7.
        S746_7 = "746.7",
        /// 746.8.
        S746_8 = "746.8",
        /// 746.9.
        S746_9 = "746.9",
        /// General Prohibition 4.
        Gp4 = "GP4",
        /// General Prohibition 7.
        Gp7 = "GP7",
        /// General Prohibition 8.
        Gp8 = "GP8",
        /// General Prohibition 9.
        Gp9 = "GP9",
        /// General Prohibition 10.
        Gp10 = "GP10",
    }
}

closed_list! {
    /// How an application would be reviewed, the mildest first.
    pub enum ReviewPolicy is "a review policy" {
        /// Approved.
        Approval = "approval",
        /// Generally approved.
        GeneralApproval = "general-approval",
        /// Presumed to be approved.
        PresumptionOfApproval = "presumption-of-approval",
        /// Case by case.
        CaseByCase = "case-by-case",
        /// Presumed to be denied.
        PresumptionOfDenial = "presumption-of-denial",
        /// Denied as a policy.
        PolicyOfDenial = "policy-of-denial",
        /// Generally denied.
        GeneralDenial = "general-denial",
    }
}

impl ReviewPolicy {
    /// Whether an application would rather be denied.
    #[must_use]
    pub fn refuses(self) -> bool {
        match self {
            Self::Approval
            | Self::GeneralApproval
            | Self::PresumptionOfApproval
            | Self::CaseByCase => false,
            Self::PresumptionOfDenial | Self::PolicyOfDenial | Self::GeneralDenial => true,
        }
    }
}
