//! A report laid out for a terminal.

use super::page::{DIM, GREEN, PLAIN, Page, RED, Run, STRONG, YELLOW, styled, whole};
use super::{Mark, Point, Report, words};

/// The report as text of that width, with colors.
pub(crate) fn render(report: &Report, width: usize) -> String {
    let mut page = Page::new(width);
    let color = words::color(report.outcome).bold();
    page.paragraph(
        &styled(PLAIN, ""),
        &[styled(color, &report.lead), styled(PLAIN, report.meaning.clone())],
    );
    if !report.about.is_empty() {
        page.paragraph(&styled(PLAIN, ""), &[styled(DIM, &report.about)]);
    }
    for section in &report.sections {
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, section.title)]);
        for point in &section.points {
            page.paragraph(&mark(point.mark), &line(point));
        }
    }
    page.gap();
    for line in &report.footer {
        page.paragraph(&styled(PLAIN, ""), &[styled(DIM, line)]);
    }
    page.finish()
}

/// The sign that stands before a point.
pub(crate) fn mark(mark: Mark) -> Run {
    match mark {
        Mark::Neutral => styled(PLAIN, "  • "),
        Mark::Opens => styled(GREEN, "  ✓ "),
        Mark::Closes => styled(RED, "  ✗ "),
        Mark::Open => styled(YELLOW, "  ? "),
    }
}

/// A point's words, its citation and what else helps.
pub(crate) fn line(point: &Point) -> Vec<Run> {
    let mut runs = vec![styled(PLAIN, &point.text)];
    if let Some(citation) = &point.citation {
        runs.push(whole(DIM, format!("[{citation}]")));
    }
    if let Some(detail) = &point.detail {
        runs.push(styled(DIM, detail));
    }
    runs
}
