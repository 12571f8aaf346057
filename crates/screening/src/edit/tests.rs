use super::*;
use proptest::prelude::*;

/// Optimal string alignment by the table, as in any textbook.
fn by_table(a: &[u8], b: &[u8]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    table[a.len()][b.len()]
}

proptest! {
    #[test]
    fn the_bits_count_what_the_table_counts(a in "[a-c]{0,9}", b in "[a-c]{0,9}", most in 0usize..9) {
        let errors = by_table(a.as_bytes(), b.as_bytes());
        prop_assert_eq!(distance(a.as_bytes(), b.as_bytes(), most), (errors <= most).then_some(errors));
        let pattern = Pattern::of(a.as_bytes()).unwrap();
        prop_assert_eq!(pattern.distance(b.as_bytes(), most), (errors <= most).then_some(errors));
        let most = most % 3;
        prop_assert_eq!(few(a.as_bytes(), b.as_bytes(), most), (errors <= most).then_some(errors));
    }
}
