//! A report laid out for a terminal.

use super::page::{DIM, GREEN, PLAIN, Page, RED, STRONG, YELLOW, styled, whole};
use super::{Mark, Point, Report};

/// More points than any section has.
const WHOLE: usize = 100;
/// How many lines a screen has that is not scrolled.
const SCREEN: usize = 32;

/// The report as text of that width, with colors. Shortened until it fits on a screen, where that
/// can be done without leaving out what decides.
pub(crate) fn render(report: &Report, width: usize) -> String {
    let whole = lay_out(report, width);
    let mut shorter = [WHOLE, 5, 3].into_iter().map(|it| lay_out(&report.shorter(it), width));
    if whole.lines().count() <= SCREEN {
        return whole;
    }
    let last = || lay_out(&report.shorter(3), width);
    shorter.find(|it| it.lines().count() <= SCREEN).unwrap_or_else(last)
}

fn lay_out(report: &Report, width: usize) -> String {
    let mut page = Page::new(width);
    let color = report.color.bold();
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
            self::point(&mut page, point, "  ");
        }
        if let Some(rest) = section.rest() {
            page.paragraph(&styled(PLAIN, "    "), &[styled(DIM, rest)]);
        }
    }
    page.gap();
    for line in report.footer() {
        page.paragraph(&styled(PLAIN, ""), &[styled(DIM, line)]);
    }
    page.finish()
}

/// A point behind an indent: its sign, its words, its citation, and below what else helps.
pub(crate) fn point(page: &mut Page, point: &Point, indent: &str) {
    let (style, sign) = match point.mark {
        Mark::Neutral => (PLAIN, "•"),
        Mark::Opens => (GREEN, "✓"),
        Mark::Closes => (RED, "✗"),
        Mark::Open => (YELLOW, "?"),
    };
    let mut words = vec![styled(PLAIN, &point.text)];
    words.extend(point.citation.iter().map(|it| whole(DIM, format!("[{it}]"))));
    page.paragraph(&styled(style, format!("{indent}{sign} ")), &words);
    if let Some(detail) = &point.detail {
        page.paragraph(&styled(PLAIN, format!("{indent}  ")), &[styled(DIM, detail)]);
    }
}
