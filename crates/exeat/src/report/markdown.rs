//! A report as Markdown, for files and tickets.

use super::page::visible;
use super::{Mark, Report};

/// The report as Markdown.
pub(crate) fn render(report: &Report) -> String {
    let mut lines = vec![format!("## {}", escape(&report.lead)), String::new()];
    if !report.meaning.is_empty() {
        lines.extend([escape(&report.meaning), String::new()]);
    }
    if !report.about.is_empty() {
        lines.extend([format!("*{}*", escape(&report.about)), String::new()]);
    }
    for section in &report.sections {
        lines.extend([format!("### {}", section.title), String::new()]);
        for point in &section.points {
            let mark = match point.mark {
                Mark::Neutral => "",
                Mark::Opens => "✓ ",
                Mark::Closes => "✗ ",
                Mark::Open => "? ",
            };
            let citation = point.citation.as_ref().map(|it| format!(" [{it}]")).unwrap_or_default();
            let detail =
                point.detail.as_ref().map(|it| format!(" *{}*", escape(it))).unwrap_or_default();
            let text = escape(&point.text);
            lines.push(format!("- {mark}{text}{}{detail}", escape(&citation)));
        }
        lines.extend(section.rest().map(|it| format!("- {it}")));
        lines.push(String::new());
    }
    lines.extend(report.footer().iter().map(|it| format!("<sub>{}</sub>  ", escape(it))));
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// Text from outside, so that Markdown shows it as it is.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '\n' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}
