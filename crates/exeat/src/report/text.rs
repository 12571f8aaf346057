//! A report laid out for a terminal.

use super::page::{DIM, GREEN, PLAIN, Page, RED, Run, STRONG, YELLOW, run, whole};
use super::{Mark, Point, Report, words};

/// The report as text of that width, with colors.
pub(crate) fn render(report: &Report, width: usize) -> String {
    let mut page = Page::new(width);
    let color = words::color(report.outcome).bold();
    page.paragraph(
        &run(PLAIN, ""),
        &[run(color, &report.lead), run(PLAIN, report.meaning.clone())],
    );
    if !report.about.is_empty() {
        page.paragraph(&run(PLAIN, ""), &[run(DIM, &report.about)]);
    }
    for section in &report.sections {
        page.gap();
        page.paragraph(&run(PLAIN, ""), &[run(STRONG, section.title)]);
        for point in &section.points {
            page.paragraph(&mark(point.mark), &line(point));
        }
    }
    page.gap();
    for line in &report.footer {
        page.paragraph(&run(PLAIN, ""), &[run(DIM, line)]);
    }
    page.finish()
}

/// The sign that stands before a point.
pub(crate) fn mark(mark: Mark) -> Run {
    match mark {
        Mark::Neutral => run(PLAIN, "  • "),
        Mark::Opens => run(GREEN, "  ✓ "),
        Mark::Closes => run(RED, "  ✗ "),
        Mark::Open => run(YELLOW, "  ? "),
    }
}

/// A point's words, its citation and what else helps.
pub(crate) fn line(point: &Point) -> Vec<Run> {
    let mut runs = vec![run(PLAIN, &point.text)];
    if let Some(citation) = &point.citation {
        runs.push(whole(DIM, format!("[{citation}]")));
    }
    if let Some(detail) = &point.detail {
        runs.push(run(DIM, detail));
    }
    runs
}
