//! What the license columns of an Entity List entry say, as far as they are regular.
//!
//! The column is prose that repeats a few formulas. What fits one of them *entirely* is read; any
//! other wording (a carve-out, a project, a further list) leaves its part unread, and unread is
//! unknown. Source: Supplement No. 4 to 15 CFR Part 744.

use crate::party::{Coverage, Scope};

/// Reads the license requirement and the review policy of an entry.
#[must_use]
pub fn read(requirement: &str, policy: &str) -> Coverage {
    let mut rest = words(requirement);
    let footnotes = take_footnotes(&mut rest);
    let exceptions_allowed = take_exceptions(&mut rest);
    drop_references(&mut rest);
    Coverage {
        scope: scope(&rest),
        exceptions_allowed: exceptions_allowed.filter(|_| !requirement.trim().is_empty()),
        footnotes: footnotes.filter(|_| !requirement.trim().is_empty()),
        review_policy: review_policy(policy).map(str::to_owned),
    }
}

/// Lower case, no section signs, single spaces.
fn words(text: &str) -> String {
    let text = text.to_lowercase().replace('§', " ").replace("744.2l(b)", "744.21(b)");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn scope(rest: &str) -> Option<Scope> {
    let rest = rest.trim().trim_end_matches(['.', ',', ';', ' ']).trim_start_matches("for ");
    match rest {
        "all items subject to the ear"
        | "all items subjects to the ear"
        | "any item subject to the ear"
        // It also follows the entity abroad, which a screened name does anyway.
        | "all items subject to the ear. the license requirements under this entry also extend to any export, reexport and transfer (in-country) to the entity wherever located worldwide" => {
            Some(Scope::AllItems)
        }
        "all items on the ccl" | "items on the ccl" | "all items listed on the ccl" => {
            Some(Scope::CclItems)
        }
        _ => listed(rest),
    }
}

/// `items classified under eccns 3a001, 3b001.a and 3e001`.
fn listed(rest: &str) -> Option<Scope> {
    let rest = rest.trim_start_matches("all ").trim_start_matches("items ");
    let starts = ["classified under ", "controlled under ", "specified in ", ""];
    let rest = starts.iter().find_map(|it| rest.strip_prefix(it))?;
    let rest = rest.strip_prefix("eccns ").or_else(|| rest.strip_prefix("eccn "))?;
    let codes = rest.split([',', ' ']).filter(|it| !it.is_empty() && *it != "and" && *it != "or");
    let codes: Vec<String> = codes.map(str::to_uppercase).collect();
    let well_formed = |it: &String| {
        let mut bytes = it.bytes();
        let mut is = |test: fn(&u8) -> bool| bytes.next().is_some_and(|it| test(&it));
        is(u8::is_ascii_digit)
            && is(|it| (b'A'..=b'E').contains(it))
            && is(u8::is_ascii_digit)
            && is(u8::is_ascii_digit)
            && is(u8::is_ascii_digit)
            && bytes.next().is_none_or(|it| it == b'.')
    };
    let codes: Vec<String> = codes
        .into_iter()
        .map(|it| match it.split_once('.') {
            Some((entry, paragraph)) => format!("{entry}.{}", paragraph.to_lowercase()),
            None => it,
        })
        .collect();
    (!codes.is_empty() && codes.iter().all(well_formed)).then_some(Scope::ListedItems(codes))
}

/// Footnote numbers stand as bare digits behind the paragraph that they widen, or behind the whole.
fn take_footnotes(rest: &mut String) -> Option<Vec<u8>> {
    let mut notes = Vec::new();
    // Longer forms first: each is replaced by its reference without the number.
    let forms = [
        ("734.9(g), 3 ", "734.9(g), ", 3),
        ("734.9(g),3 ", "734.9(g), ", 3),
        ("734.9(g)3, ", "734.9(g), ", 3),
        ("734.9(g) 3, ", "734.9(g), ", 3),
        ("734.9(e) 1 ", "734.9(e) ", 1),
        ("734.9(e) 1, ", "734.9(e), ", 1),
        ("734.9(e)1, ", "734.9(e), ", 1),
        ("734.9(e)1 ", "734.9(e) ", 1),
    ];
    for (form, plain, note) in forms {
        if rest.contains(form) {
            *rest = rest.replace(form, plain);
            notes.push(note);
        }
    }
    for number in [1_u8, 2, 3, 4, 5] {
        for end in [
            format!("ear){number}"),
            format!("ear) {number}"),
            format!("ear{number}"),
            format!("ear {number}"),
        ] {
            if let Some(at) = rest.find(&end) {
                let after = rest.get(at + end.len()..).unwrap_or_default();
                if after.is_empty() || after.starts_with(['.', ')', ',', ' ']) {
                    *rest = rest.replacen(
                        &end,
                        end.trim_end_matches(|it: char| it.is_ascii_digit()).trim_end(),
                        1,
                    );
                    notes.push(number);
                }
            }
        }
    }
    // The paragraph itself tells its footnote, whether or not the number survived the copying.
    for (paragraph, note) in
        [("734.9(g)", 3), ("734.9(e)(1)", 1), ("734.9(e)(2)", 4), ("734.9(e)(3)", 5)]
    {
        if rest.contains(paragraph) {
            notes.push(note);
        }
    }
    notes.sort_unstable();
    notes.dedup();
    let direct_product = rest.contains("734.9");
    (!direct_product || notes.iter().any(|it| *it != 2)).then_some(notes)
}

/// Whether the entry leaves exceptions open: none unless it says so, unread where it says more.
fn take_exceptions(rest: &mut String) -> Option<Vec<String>> {
    let sentence = "this license requirement may be overcome by license exception gov under ";
    let Some((before, after)) = rest.split_once(sentence) else {
        return (!rest.contains("exception")).then(Vec::new);
    };
    let after = after.trim_end_matches('.').trim();
    if !matches!(after, "740.11(b)(2) and (e)" | "740.11(b)(2) and e") {
        return None;
    }
    *rest = before.trim().to_owned();
    Some(vec!["GOV".to_owned()])
}

/// Takes out `(see §§ 734.9(g), 746.8(a)(3) and 744.21(b) of the ear)` and its variants.
fn drop_references(rest: &mut String) {
    for start in ["(see", ", see ", ". see "] {
        let Some(at) = rest.find(start) else { continue };
        let Some((before, after)) = rest.split_at_checked(at) else { continue };
        let reference = after.trim_start_matches(start).trim_start();
        let length = reference_length(reference);
        let (_, beyond) = reference.split_at_checked(length).unwrap_or((reference, ""));
        let beyond = beyond.trim_start_matches([')', '.', ' ']);
        let joined = if beyond.is_empty() {
            before.trim().to_owned()
        } else if beyond.starts_with(',') {
            format!("{}{beyond}", before.trim())
        } else {
            format!("{}. {beyond}", before.trim().trim_end_matches('.'))
        };
        *rest = joined;
        return;
    }
}

/// How much of a text is a list of paragraphs: numbers, brackets, `and`, `part`, `of the ear`.
fn reference_length(text: &str) -> usize {
    let mut length = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim();
        let numeric = bare
            .trim_start_matches("part")
            .starts_with(|it: char| it.is_ascii_digit() || it == '(');
        let glue = matches!(
            bare.trim_end_matches([')', '.', ',']),
            "and" | "of" | "the" | "ear" | "this" | "part" | ""
        );
        let ends = bare.contains("ear")
            && (bare.ends_with(')') || bare.ends_with('.') || bare.ends_with(','));
        if !(numeric || glue) {
            break;
        }
        length += word.len();
        if ends {
            // A comma belongs to what follows.
            return if bare.ends_with(',') {
                length - 1 - (word.len() - bare.len())
            } else {
                length
            };
        }
    }
    length
}

/// Of several policies in one entry, the strictest: reading it too strictly permits nothing.
fn review_policy(policy: &str) -> Option<&'static str> {
    let policy = words(policy).replace("case by case", "case-by-case");
    let policies = [
        ("policy of denial", "policy-of-denial"),
        ("presumption of denial", "presumption-of-denial"),
        ("presumption for denial", "presumption-of-denial"),
        ("case-by-case", "case-by-case"),
        ("presumption of approval", "presumption-of-approval"),
    ];
    policies.iter().find(|it| policy.contains(it.0)).map(|it| it.1)
}

#[cfg(test)]
mod tests;
