//! Every number that a score depends on, in one value with a digest.

use crate::key::key;
use crate::score::Score;

/// What scores and thresholds depend on. Recorded in every answer by its [`Settings::digest`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Settings {
    /// From here on a listed party is reported.
    pub threshold: Score,
    /// From here on an undecided match leaves a fact unknown.
    pub review: Score,
    /// From here on a party that is no person is reported for one word that carries its name.
    pub one_word: Score,
    /// What a contradiction costs: weight left over on both sides, in percent.
    pub contradiction: u32,
    /// What weight left over on one side costs where two or more words of a person agree, percent.
    pub surplus_person: u32,
    /// The same where the party is no person.
    pub surplus_other: u32,
    /// The same where only one word agrees.
    pub surplus_single: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            threshold: Score::new(770),
            review: Score::new(770),
            one_word: Score::new(660),
            contradiction: 130,
            surplus_person: 22,
            surplus_other: 20,
            surplus_single: 100,
        }
    }
}

/// The version of the comparison itself: two programs with the same number score alike.
pub const VERSION: u32 = 27;

impl Settings {
    /// The least score that may count for a name of one word that carries it: `Huawei` is all that
    /// people write of `Huawei Technologies Co., Ltd.`
    #[must_use]
    pub(crate) fn least(&self, one_word: bool) -> Score {
        if one_word { self.threshold.min(self.one_word) } else { self.threshold }
    }

    /// Tells two settings apart: sixteen hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        let numbers = [
            VERSION,
            u32::from(self.threshold.thousandths()),
            u32::from(self.review.thousandths()),
            u32::from(self.one_word.thousandths()),
            self.contradiction,
            self.surplus_person,
            self.surplus_other,
            self.surplus_single,
        ];
        let bytes: Vec<u8> = numbers.iter().flat_map(|it| it.to_le_bytes()).collect();
        format!("{:08x}{:08x}", key(b'1', &[&bytes]), key(b'2', &[&bytes]))
    }
}
