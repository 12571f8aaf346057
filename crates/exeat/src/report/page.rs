//! Lines of styled words, wrapped to a width.
//!
//! Knows nothing of what is said. Colors are written always; the stream that prints them takes
//! them out where nobody could see them.

use anstyle::{AnsiColor, Style};
use std::fmt::Write as _;

/// Plain words.
pub(crate) const PLAIN: Style = Style::new();
/// Words that matter less.
pub(crate) const DIM: Style = Style::new().dimmed();
/// A heading.
pub(crate) const STRONG: Style = Style::new().bold();
/// Good news.
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();
/// Bad news.
pub(crate) const RED: Style = AnsiColor::Red.on_default();
/// No news yet.
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default();

/// The widest line that is still easily read.
const WIDEST: usize = 100;
/// Below this wrapping would do more harm than good.
const NARROWEST: usize = 30;

/// Words in one style.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    style: Style,
    text: String,
    whole: bool,
}

/// Words in a style, broken where a line ends.
pub(crate) fn styled(style: Style, text: impl Into<String>) -> Run {
    Run { style, text: text.into(), whole: false }
}

/// Words in a style that stay together on one line, such as a citation.
pub(crate) fn whole(style: Style, text: impl Into<String>) -> Run {
    Run { style, text: text.into(), whole: true }
}

/// A text in the making.
#[derive(Debug)]
pub(crate) struct Page {
    width: usize,
    text: String,
}

impl Page {
    /// An empty page of that many columns, within reason.
    pub(crate) fn new(width: usize) -> Self {
        Self { width: width.clamp(NARROWEST, WIDEST), text: String::new() }
    }

    /// An empty page whose lines are as long as their paragraphs.
    pub(crate) fn unbroken() -> Self {
        Self { width: usize::MAX, text: String::new() }
    }

    /// An empty line, unless there is one already or nothing before it.
    pub(crate) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A paragraph: `first` begins its first line and counts for the indent of the others.
    pub(crate) fn paragraph(&mut self, first: &Run, runs: &[Run]) {
        let indent = first.text.chars().count();
        self.hanging(first, &" ".repeat(indent), runs);
    }

    /// A paragraph whose further lines begin with `rest`.
    pub(crate) fn hanging(&mut self, first: &Run, rest: &str, runs: &[Run]) {
        self.words(first.style, &visible(&first.text));
        let mut column = first.text.chars().count();
        let indent = rest.chars().count();
        let mut fresh = true;
        for run in runs {
            let text = visible(&run.text);
            let pieces: Vec<&str> =
                if run.whole { vec![text.trim()] } else { text.split_whitespace().collect() };
            for piece in pieces.into_iter().filter(|it| !it.is_empty()) {
                let length = piece.chars().count();
                if !fresh && column + 1 + length > self.width && column > indent {
                    self.text.push('\n');
                    self.words(first.style, rest);
                    column = indent;
                    fresh = true;
                }
                if !fresh {
                    self.text.push(' ');
                    column += 1;
                }
                self.words(run.style, piece);
                column += length;
                fresh = false;
            }
        }
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        self.text.push('\n');
    }

    /// Lines that are not wrapped, each ending in a line break.
    pub(crate) fn verbatim(&mut self, style: Style, lines: &str) {
        for line in lines.lines() {
            self.words(style, &visible(line));
            self.text.push('\n');
        }
    }

    /// The text, with its colors.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    fn words(&mut self, style: Style, text: &str) {
        if style == PLAIN || text.trim().is_empty() {
            self.text.push_str(text);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(self.text, "{}{text}{}", style.render(), style.render_reset());
        }
    }
}

/// The text without anything that would steer a terminal: names come from outside.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(|it| if it.is_control() && it != '\n' { '\u{fffd}' } else { it }).collect()
}

#[cfg(test)]
mod tests;
