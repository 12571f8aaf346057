//! The e-mail about published encryption source code that uses non-standard cryptography.
//!
//! Source: 742.15(b)(2).

use super::answer;
use decision::classification::Classification;
use decision::release::{Answered, Component, Release};
use std::fmt::Write as _;

/// The question whether the cryptography is non-standard.
const NONSTANDARD: &str = "nonstandard-cryptography";
/// What stands where nothing is known.
const BLANK: &str = "[fill in]";

/// Whether the source code is published, where it encrypts.
const PUBLISHED: &str = "published-encryption-source";

/// Why no notice is needed; `None` where one is, or may be.
fn not_needed(
    nonstandard: Option<&str>,
    published: Option<&str>,
    classification: &Classification<'_>,
) -> Option<String> {
    if nonstandard == Some("no") {
        let why = "the notice is for non-standard cryptography only, and the answers say that there \
                   is none.";
        return Some(why.to_owned());
    }
    if published == Some("no") {
        let why = "the notice is for published encryption source code, and the answers say that it \
                   is not published.";
        return Some(why.to_owned());
    }
    let eccn = classification.eccn.filter(|_| classification.settled)?;
    (!eccn.starts_with("5D002")).then(|| {
        format!("the notice is for published encryption source code of 5D002, and this is {eccn}.")
    })
}

/// The draft, with a word on whether it is needed at all.
pub(crate) fn draft(
    release: &Release,
    component: &Component,
    answered: &Answered<'_>,
    classification: &Classification<'_>,
) -> String {
    let said = |question: &str| {
        let answers = answered.product.answers.as_ref()?;
        answers.get(question)?.as_ref().map(answer)
    };
    if let Some(why) = not_needed(said(NONSTANDARD), said(PUBLISHED), classification) {
        return format!("# Not needed: {why} Nothing has to be sent. 742.15(b)(2)\n");
    }
    let needed = match said(NONSTANDARD) {
        Some("yes") => {
            "Needed: the cryptography is non-standard, and the source code is published."
        }
        Some(_) | None => {
            "Not known whether it is needed: it is for non-standard cryptography only. Answer \
             nonstandard-cryptography first."
        }
    };
    let maker = release.maker.clone().unwrap_or_default();
    let field = |it: &Option<String>| it.clone().unwrap_or_else(|| BLANK.to_owned());
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "# {needed}");
    let _ = writeln!(
        out,
        "# 742.15(b)(2). Send it again when the address changes, or, where a copy was sent, when the"
    );
    let _ = writeln!(
        out,
        "# cryptography changes. Keep a copy. This is a draft: read it before you send it.\n"
    );
    let _ = writeln!(out, "To: crypt@bis.doc.gov, enc@nsa.gov");
    let _ = writeln!(out, "Subject: Notice under 15 CFR 742.15(b)(2): {}\n", release.product);
    let _ = writeln!(
        out,
        "This is a notice of publicly available encryption source code that provides or performs"
    );
    let _ = writeln!(out, "non-standard cryptography.\n");
    let _ =
        writeln!(out, "Product:     {} {}, {}", release.product, release.version, component.name());
    let _ = writeln!(out, "Internet location: {}", field(&component.published_at));
    let _ = writeln!(out, "Published by: {}", field(&maker.name));
    let _ = writeln!(out, "Contact:     {}", field(&maker.contact));
    let _ = writeln!(out, "E-mail:      {}", field(&maker.email));
    let _ = writeln!(out, "Telephone:   {}", field(&maker.telephone));
    out
}
