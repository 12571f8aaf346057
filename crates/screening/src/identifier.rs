//! One spelling of a number that identifies somebody, so that it is the same however it is written:
//! `IMO 9187629` under the key `IMO`, a bank by its office or its branch, a site with its `www.`.
//!
//! Which kind of number it is, people call by many names; only its form is looked at.

/// What is written before a number to say what it is, and how many digits it then has.
const LABELS: [(&str, &[usize]); 10] = [
    ("IMO", &[7]),
    ("IMONO", &[7]),
    ("IMONUMBER", &[7]),
    ("MMSI", &[9]),
    ("DUNS", &[9]),
    ("INN", &[10, 12]),
    ("OGRN", &[13]),
    ("OGRNIP", &[15]),
    ("KPP", &[9]),
    ("OKPO", &[8]),
];

/// A number in capital letters and digits, without what may be left out of it.
pub(crate) fn plain(number: &str) -> String {
    let plain: String = site(number)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|it| it.to_ascii_uppercase())
        .collect();
    let digits = plain.trim_start_matches(|it: char| it.is_ascii_uppercase());
    let label = plain.strip_suffix(digits).unwrap_or_default();
    if LABELS.iter().any(|it| it.0 == label && it.1.contains(&digits.len())) {
        return digits.to_owned();
    }
    match bank(&plain) {
        Some(office) => office.to_owned(),
        None => plain,
    }
}

/// The address of a site without what browsers put before and behind it.
fn site(number: &str) -> &str {
    let mut rest = number.trim();
    for before in ["https://", "http://", "www."] {
        let begins = rest.get(..before.len()).is_some_and(|it| it.eq_ignore_ascii_case(before));
        rest = if begins { rest.get(before.len()..).unwrap_or_default() } else { rest };
    }
    rest
}

/// The eight signs that name a bank in a code of eleven (ISO 9362), which names a branch as well.
fn bank(plain: &str) -> Option<&str> {
    let (office, branch) = plain.split_at_checked(8)?;
    let names_a_bank = office.get(..6)?.bytes().all(|it| it.is_ascii_uppercase());
    let is_branch =
        branch == "XXX" || branch.len() == 3 && branch.bytes().all(|it| it.is_ascii_digit());
    (names_a_bank && is_branch).then_some(office)
}

#[cfg(test)]
mod tests;
