//! Names that are on no list, for the benchmarks.

use screening::party::PartyKind;

/// Names with their kinds, as `benches/unlisted_names.py` writes them.
pub(crate) fn strangers(file: &str) -> Vec<(PartyKind, String)> {
    let text = std::fs::read_to_string(file).expect("a file");
    text.lines()
        .filter_map(|it| it.split_once('\t'))
        .map(|(kind, name)| {
            let kind = if kind == "person" { PartyKind::Person } else { PartyKind::Organization };
            (kind, name.to_owned())
        })
        .collect()
}
