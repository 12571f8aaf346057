//! The whole trace as a tree with branches: what holds, what does not, what is not known.

use super::page::{DIM, GREEN, PLAIN, Page, RED, STRONG, YELLOW, styled, whole};
use super::words;
use decision::Determination;
use decision::determination::Because;
use law::Truth;
use std::collections::BTreeSet;

/// The trace of an answer, and of each item and exception in it.
pub(crate) fn render(determination: &Determination<'_>, width: usize) -> String {
    let mut page = Page::new(width);
    let mut seen = Seen::new();
    for root in roots(determination) {
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, root.title)]);
        branches(&mut page, root.nodes, "", &mut seen);
    }
    for leg in &determination.legs {
        page.gap();
        let label = leg.label.as_deref().unwrap_or("leg");
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, format!("Leg: {label}"))]);
        for root in roots(leg) {
            page.gap();
            page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, root.title)]);
            branches(&mut page, root.nodes, "", &mut seen);
        }
    }
    page.finish()
}

/// A trace of its own, below a title.
pub(crate) fn of_nodes(title: String, nodes: &[Because<'_>], width: usize) -> String {
    let mut page = Page::new(width);
    page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, title)]);
    branches(&mut page, nodes, "", &mut Seen::new());
    page.finish()
}

struct Root<'a, 'law> {
    title: String,
    nodes: &'a [Because<'law>],
}

fn roots<'a, 'law>(determination: &'a Determination<'law>) -> Vec<Root<'a, 'law>> {
    let mut roots = Vec::new();
    if !determination.because.is_empty() {
        roots.push(Root { title: "The transaction".to_owned(), nodes: &determination.because });
    }
    for item in &determination.items {
        let eccn = item.eccn.as_deref().unwrap_or("not classified");
        for exception in item.exceptions.iter().filter(|it| !it.because.is_empty()) {
            let available = match exception.available {
                Truth::True => "open",
                Truth::False => "closed",
                Truth::Unknown => "not known",
            };
            let symbol = words::authorization(exception.symbol);
            let title = format!("Item {} ({eccn}), {symbol}: {available}", item.index + 1);
            roots.push(Root { title, nodes: &exception.because });
        }
    }
    roots
}

/// What was printed already: it is not printed again with everything below it.
type Seen = BTreeSet<String>;

/// Nodes and what they rest on, behind `prefix`.
fn branches(page: &mut Page, nodes: &[Because<'_>], prefix: &str, seen: &mut Seen) {
    for (index, node) in nodes.iter().enumerate() {
        let last = index + 1 == nodes.len();
        let (branch, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let (style, sign) = match node.truth {
            Truth::True => (GREEN, "✓"),
            Truth::False => (RED, "✗"),
            Truth::Unknown => (YELLOW, "?"),
        };
        let again = !node.because.is_empty() && !seen.insert(format!("{node:?}"));
        let leaf = again || node.because.is_empty();
        let rest = format!("{prefix}{below}{}", if leaf { "  " } else { "│ " });
        let text = match (node.effect, node.text) {
            ("table", table) => format!("in the table {table}:"),
            (effect, "") => effect.to_owned(),
            (_, text) => text.to_owned(),
        };
        let mut runs = vec![styled(style, sign), whole(STRONG, node.citation), styled(PLAIN, text)];
        let facts: BTreeSet<&str> = node.facts.iter().map(String::as_str).collect();
        let facts: Vec<&str> = facts.into_iter().collect();
        if !facts.is_empty() {
            runs.push(styled(DIM, facts.join("; ")));
        }
        if again {
            runs.push(styled(DIM, "(as above)"));
        }
        page.hanging(&styled(DIM, format!("{prefix}{branch}")), &rest, &runs);
        if !leaf {
            branches(page, &node.because, &format!("{prefix}{below}"), seen);
        }
    }
}
