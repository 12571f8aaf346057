//! The whole trace as a tree with branches: what holds, what does not, what is not known.

use super::page::{DIM, GREEN, PLAIN, Page, RED, STRONG, YELLOW, styled, whole};
use super::words;
use decision::Determination;
use decision::determination::Because;
use law::Truth;

/// The trace of an answer, and of each item and exception in it.
pub(crate) fn render(determination: &Determination<'_>, width: usize) -> String {
    let mut page = Page::new(width);
    for root in roots(determination) {
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, root.title)]);
        branches(&mut page, root.nodes, "");
    }
    for leg in &determination.legs {
        page.gap();
        let label = leg.label.as_deref().unwrap_or("leg");
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, format!("Leg: {label}"))]);
        for root in roots(leg) {
            page.gap();
            page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, root.title)]);
            branches(&mut page, root.nodes, "");
        }
    }
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

/// Nodes and what they rest on, behind `prefix`.
pub(crate) fn branches(page: &mut Page, nodes: &[Because<'_>], prefix: &str) {
    for (index, node) in nodes.iter().enumerate() {
        let last = index + 1 == nodes.len();
        let (branch, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let (style, sign) = match node.truth {
            Truth::True => (GREEN, "✓"),
            Truth::False => (RED, "✗"),
            Truth::Unknown => (YELLOW, "?"),
        };
        let inner = if node.because.is_empty() { "  " } else { "│ " };
        let rest = format!("{prefix}{below}{inner}");
        let text = if node.text.is_empty() { node.effect } else { node.text };
        let mut runs = vec![styled(style, sign), whole(STRONG, node.citation), styled(PLAIN, text)];
        if !node.facts.is_empty() {
            runs.push(styled(DIM, node.facts.join("; ")));
        }
        page.hanging(&styled(DIM, format!("{prefix}{branch}")), &rest, &runs);
        branches(page, &node.because, &format!("{prefix}{below}"));
    }
}
