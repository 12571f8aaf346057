//! How many entries official lists have had at least, so that a fragment is not taken for a list;
//! and lists of which entries could not be read.
//!
//! A file that was cut, or a sample in the official form, reads without an error, and who is not in
//! it seems to be on no list. Nothing of that is wrong with a list of one's own, so those in our own
//! format are of any size.

use screening::lists::{Extent, Format, List};

/// What a list has had.
struct Known {
    /// The code of the list.
    code: &'static str,
    /// Fewer than these have never been the list, since the rulebook's first day.
    least: usize,
    /// How many it had, and when.
    had: [(usize, &'static str); 2],
}

/// The lists that the law reads. `had` are counts of the Consolidated Screening List as published
/// (`consolidated.csv` of 2022-04-21, and 2026-07-31); `least` lies well below the smaller one, and
/// above what is left of a list of which three quarters are missing.
///
/// To be looked at again when a list shrinks in earnest: an import then says so, and
/// `--accept-shrunken` takes it meanwhile.
const KNOWN: [Known; 6] = [
    Known { code: "SDN", least: 6000, had: [(10_026, "2022-04-21"), (19_181, "2026-07-31")] },
    Known { code: "EL", least: 1500, had: [(2001, "2022-04-21"), (3420, "2026-07-31")] },
    Known { code: "DPL", least: 300, had: [(462, "2022-04-21"), (1596, "2026-07-31")] },
    Known { code: "DTC", least: 400, had: [(727, "2022-04-21"), (787, "2026-07-31")] },
    Known { code: "UVL", least: 100, had: [(201, "2022-04-21"), (222, "2026-07-31")] },
    Known { code: "MEU", least: 40, had: [(71, "2022-04-21"), (70, "2026-07-31")] },
];

/// Makes an excerpt of every official list that is far smaller than it has ever been, and of every
/// list whose file has entries that could not be read, and says so of each.
pub(crate) fn doubt(lists: &mut [List]) -> Vec<String> {
    let mut told = Vec::new();
    for list in lists {
        if list.source.lost > 0 {
            // Whose entry it was cannot be read either, so it may be of any list in the file.
            let lost = list.source.lost;
            let entries = if lost == 1 { "entry" } else { "entries" };
            let file = &list.source.file;
            let note = format!(
                "{lost} {entries} of `{file}` could not be read, so {} counts as an excerpt, which \
                 clears nobody",
                list.source.code
            );
            excerpt(list, note.clone());
            told.push(note);
        }
        let is_own = matches!(list.source.format, Format::OwnCsv | Format::BuiltIn);
        let known = KNOWN.iter().find(|it| it.code == list.source.code && !is_own);
        let Some(known) = known.filter(|it| list.parties.len() < it.least) else { continue };
        let [(before, then), (now, lately)] = known.had;
        let note = format!(
            "{} has {} entries here; the list had {before} on {then} and {now} on {lately}: this is \
             an excerpt, which clears nobody",
            known.code,
            list.parties.len()
        );
        excerpt(list, note.clone());
        told.push(note);
    }
    told
}

fn excerpt(list: &mut List, note: String) {
    list.source.extent = Extent::Excerpt;
    list.source.note = Some(match list.source.note.take() {
        Some(before) => format!("{before}; {note}"),
        None => note,
    });
}

#[cfg(test)]
mod tests;
