//! Two names one above the other, letter under letter, with the letters marked that differ.

use maud::{Markup, html};

/// Longer names are shown without being aligned.
const LONGEST: usize = 120;

/// A letter of either name, or of both where they agree.
type Column = (Option<char>, Option<char>);

/// The name that was asked for above the one that is listed.
pub(super) fn names(asked: &str, listed: &str) -> Markup {
    let columns = columns(asked, listed);
    let line = |side: fn(&Column) -> Option<char>| {
        html! {
            @for run in runs(&columns, side) {
                @if run.differs { mark { (run.text) } } @else { (run.text) }
            }
        }
    };
    html! {
        dl.aligned {
            dt { "Given" } dd { (line(|it| it.0)) }
            dt { "Listed" } dd { (line(|it| it.1)) }
        }
    }
}

/// Letters in a row that all agree, or all differ.
struct Run {
    differs: bool,
    text: String,
}

fn runs(columns: &[Column], side: fn(&Column) -> Option<char>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for column in columns {
        let differs = !is_same(*column);
        // A gap keeps the letters behind it under each other.
        let letter = side(column).unwrap_or('\u{2007}');
        match runs.last_mut() {
            Some(run) if run.differs == differs => run.text.push(letter),
            Some(_) | None => runs.push(Run { differs, text: letter.to_string() }),
        }
    }
    runs
}

fn is_same((a, b): Column) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.to_lowercase().eq(b.to_lowercase()),
        (None, _) | (_, None) => false,
    }
}

/// The alignment with the fewest letters changed, added or left out.
fn columns(asked: &str, listed: &str) -> Vec<Column> {
    let a: Vec<char> = asked.chars().collect();
    let b: Vec<char> = listed.chars().collect();
    if a.len() > LONGEST || b.len() > LONGEST {
        let longer = a.len().max(b.len());
        return (0..longer).map(|it| (a.get(it).copied(), b.get(it).copied())).collect();
    }
    // cost[i][j]: of aligning the rests a[i..] and b[j..].
    let mut cost = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    let at = |cost: &[Vec<usize>], i: usize, j: usize| {
        cost.get(i).and_then(|it| it.get(j)).copied().unwrap_or(0)
    };
    let change = |i: usize, j: usize| {
        let pair = (a.get(i).copied(), b.get(j).copied());
        if is_same(pair) { 0 } else { 2 }
    };
    for i in (0..=a.len()).rev() {
        for j in (0..=b.len()).rev() {
            let best = match (i < a.len(), j < b.len()) {
                (false, false) => 0,
                (true, false) => a.len() - i,
                (false, true) => b.len() - j,
                (true, true) => (at(&cost, i + 1, j + 1) + change(i, j))
                    .min(at(&cost, i + 1, j) + 1)
                    .min(at(&cost, i, j + 1) + 1),
            };
            if let Some(cell) = cost.get_mut(i).and_then(|it| it.get_mut(j)) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut columns = Vec::new();
    while i < a.len() || j < b.len() {
        let (one, other) = (a.get(i).copied(), b.get(j).copied());
        let here = at(&cost, i, j);
        if one.is_some() && other.is_some() && here == at(&cost, i + 1, j + 1) + change(i, j) {
            columns.push((one, other));
            (i, j) = (i + 1, j + 1);
        } else if one.is_some() && (other.is_none() || here == at(&cost, i + 1, j) + 1) {
            columns.push((one, None));
            i += 1;
        } else {
            columns.push((None, other));
            j += 1;
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::{columns, names};

    #[test]
    fn names_stand_letter_under_letter() {
        let aligned = columns("Sandvayn", "Sandvine");
        let line = |side: fn(&super::Column) -> Option<char>| -> String {
            aligned.iter().map(|it| side(it).unwrap_or('_')).collect()
        };
        assert_eq!((line(|it| it.0), line(|it| it.1)), ("Sandvayn_".into(), "Sandvi_ne".into()));
    }

    #[test]
    fn a_hostile_name_is_text() {
        let shown = names("<script>alert(1)</script>", "\"><img src=x>").into_string();
        assert!(!shown.contains("<script") && !shown.contains("<img"), "{shown}");
    }
}
