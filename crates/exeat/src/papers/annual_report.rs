//! The annual self-classification report, as CSV.
//!
//! The columns, the lengths and the words of the first five fields follow Supp. 8(a) and (b) to
//! part 742; the list of item types of (a)(6) was not read whole, so the item type stands as the
//! maker wrote it. Nothing is guessed: what is not known is said on the side, and the report is
//! not ready to be sent while anything is said there.
//!
//! Source: 740.17(e)(3), Supp. 8 to part 742.

use decision::classification::Classification;
use decision::release::{Component, Release};
use decision::transaction::item::EncryptionCategory;

/// The first line.
const HEADER: &str = "PRODUCT NAME,MODEL NUMBER,MANUFACTURER,ECCN,AUTHORIZATION TYPE,ITEM TYPE,\
                      SUBMITTER NAME,TELEPHONE NUMBER,E-MAIL ADDRESS,MAILING ADDRESS,\
                      NON-U.S. COMPONENTS,NON-U.S. MANUFACTURING LOCATIONS";
/// The longest of the first three fields, in characters.
const LONGEST: usize = 50;

/// A report, and what keeps it from being sent.
pub(crate) struct AnnualReport {
    /// The file.
    pub(crate) csv: String,
    /// What is missing or was not verified.
    pub(crate) open: Vec<String>,
}

/// The report on these components, each with its classification.
pub(crate) fn report(
    release: &Release,
    components: &[(&Component, &Classification<'_>)],
) -> AnnualReport {
    let mut report = AnnualReport { csv: format!("{HEADER}\n"), open: Vec::new() };
    let mut rows = 0;
    for (component, classification) in components {
        let category = component.encryption.as_ref().and_then(|it| it.category);
        let self_classified = matches!(category, Some(EncryptionCategory::Other) | None);
        let found = reported(classification).filter(|_| self_classified);
        let Some((eccn, authorization)) = found else {
            let entry = classification.eccn.unwrap_or(classification.outcome.as_str());
            report.open.push(format!("{}: {entry} is not reported here", component.id));
            continue;
        };
        rows += 1;
        if category.is_none() {
            let what =
                "`encryption.category` is missing: only items under 740.17(b)(1) belong here";
            report.open.push(format!("{}: {what}", component.id));
        }
        report.row(release, component, eccn, authorization);
    }
    if rows == 0 {
        report.open.push("no component is an item of this report".to_owned());
    }
    report.open.extend(NOTES.iter().map(|it| (*it).to_owned()));
    report
}

/// What a reader must know besides.
const NOTES: &[&str] = &[
    "it is due on February 1 for the year before, by e-mail to crypt-supp8@bis.doc.gov and \
     enc@nsa.gov; where nothing changed, an e-mail that says so is enough (740.17(e)(3))",
    "only items under 740.17(b)(1) are reported; an item with a CCATS is not, and each item only \
     once. Whether mass-market end items are still reported since 86 FR 16482 (2021-03-29) was not \
     verified",
    "not verified: the item types of Supp. 8(a)(6), of which the maker's word was taken",
];

/// The entry and the authorization as the report has them.
fn reported(classification: &Classification<'_>) -> Option<(&'static str, &'static str)> {
    let eccn = classification.eccn?;
    if eccn.starts_with("5D002.c.3") || eccn.starts_with("5D002.a.3") {
        return None; // Cryptanalytic and forensic software is under 740.17(b)(2) and (b)(3).
    }
    match eccn.get(..5)? {
        "5A002" => Some(("5A002", "ENC")),
        "5B002" => Some(("5B002", "ENC")),
        "5D002" => Some(("5D002", "ENC")),
        "5A992" => Some(("5A992", "MMKT")),
        "5D992" => Some(("5D992", "MMKT")),
        _ => None,
    }
}

impl AnnualReport {
    fn row(&mut self, release: &Release, component: &Component, eccn: &str, authorization: &str) {
        let maker = release.maker.clone().unwrap_or_default();
        let name = format!("{} {}", release.product, component.name());
        let foreign = component.foreign_components.map(|it| if it { "YES" } else { "NO" });
        let abroad = component
            .made_abroad_in
            .as_ref()
            .map(|it| if it.is_empty() { "NONE".to_owned() } else { it.join(" ") });
        let id = component.id.as_str();
        let cells = [
            self.short(id, "PRODUCT NAME", &name),
            self.short(id, "MODEL NUMBER", &release.version),
            "SELF".to_owned(),
            eccn.to_owned(),
            authorization.to_owned(),
            self.told(id, "report_item_type", component.report_item_type.as_deref()),
            self.told(id, "maker.contact", maker.contact.as_deref()),
            self.told(id, "maker.telephone", maker.telephone.as_deref()),
            self.told(id, "maker.email", maker.email.as_deref()),
            self.told(id, "maker.address", maker.address.as_deref()),
            self.told(id, "foreign_components", foreign),
            self.told(id, "made_abroad_in", abroad.as_deref()),
        ];
        self.csv.push_str(&cells.join(","));
        self.csv.push('\n');
    }

    fn short(&mut self, id: &str, column: &str, text: &str) -> String {
        if text.chars().count() > LONGEST {
            self.open.push(format!("{id}: {column} is longer than {LONGEST} characters"));
        }
        cell(text)
    }

    /// What was told, or an empty cell and a line on the side.
    fn told(&mut self, id: &str, key: &str, text: Option<&str>) -> String {
        if text.is_none() {
            self.open.push(format!("{id}: `{key}` is missing"));
        }
        cell(text.unwrap_or_default())
    }
}

/// A cell: the only commas and line breaks of the file are its own.
fn cell(text: &str) -> String {
    text.split([',', '\n', '\r', '"'])
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests;
