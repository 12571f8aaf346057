//! Chinese characters: Mandarin readings without tones.

use crate::key::key;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/han.tsv");

/// Family names of two characters.
pub const FAMILY_PAIRS: [&str; 12] = [
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "慕容", "东方", "東方", "皇甫", "尉迟",
];

static READINGS: LazyLock<Vec<(char, &'static str)>> = LazyLock::new(|| {
    let mut all: BTreeMap<char, &'static str> = BTreeMap::new();
    for line in TABLE.lines() {
        if let Some((readings, characters)) = line.split_once('\t') {
            for character in characters.chars() {
                all.insert(character, readings);
            }
        }
    }
    all.into_iter().collect()
});

/// The readings of one character, most usual first, parted by blanks.
#[must_use]
pub fn readings(character: char) -> &'static str {
    match READINGS.binary_search_by_key(&character, |it| it.0) {
        Ok(at) => READINGS.get(at).map_or("", |it| it.1),
        Err(_) => "",
    }
}

/// The simplified character that a traditional one is written as today; itself otherwise.
#[must_use]
pub fn simplified(character: char) -> char {
    if character < '\u{3400}' {
        return character;
    }
    match SIMPLIFIED.binary_search_by_key(&character, |it| it.0) {
        Ok(at) => SIMPLIFIED.get(at).map_or(character, |it| it.1),
        Err(_) => character,
    }
}

static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut characters = include_str!("../../data/simplified.txt").chars();
    std::iter::from_fn(|| Some((characters.next()?, characters.next()?))).collect()
});

/// The characters that Chinese writes foreign names with, sound by sound.
///
/// Source: the tables of the Xinhua News Agency for names from English, Russian and Arabic.
const FOREIGN: &str = "阿埃艾爱安昂奥澳巴白拜班邦保鲍贝本比彼毕边别宾波博伯泊布查柴昌楚茨达大戴丹当道德登迪蒂丁东杜\
    敦多俄厄恩尔法范方菲费芬丰冯佛夫弗福富盖甘冈高戈哥格葛根贡古瓜圭果哈海汉豪赫黑亨洪侯胡华怀惠霍基吉季加贾\
    简江杰金京久卡凯坎康考柯科可克肯孔库夸奎昆拉腊莱来兰朗劳勒雷蕾里理利丽莉立连良列林琳龙隆娄卢鲁路伦罗洛吕\
    马玛迈麦曼芒毛梅美门蒙米密明敏摩莫默姆木穆拿纳娜奈南内尼年涅宁纽农努诺欧帕潘庞佩彭皮平珀普奇齐恰钱乔琴琼\
    丘让热任日荣儒瑞若萨塞赛桑森沙莎山尚舍申生圣施什史舒朔斯丝苏索塔泰坦汤唐特滕提田廷通图托脱瓦万旺威韦维卫\
    魏温文翁沃乌武伍西希锡夏香肖歇谢辛欣兴雄休许逊雅亚延扬杨耶叶伊依因英尤于约云泽扎詹珍芝朱兹宗祖佐";

static FOREIGN_CHARACTERS: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| FOREIGN.chars().filter(|it| *it >= '\u{3400}').collect());

/// Whether foreign names are written with this character, a single one.
#[must_use]
pub fn may_be_foreign(word: &str) -> bool {
    let mut characters = word.chars();
    let only = characters.next().filter(|_| characters.next().is_none());
    only.is_some_and(|it| FOREIGN_CHARACTERS.contains(&simplified(it)))
}

pub(super) fn romanize(word: &str) -> Vec<String> {
    let mut characters = word.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return readings(only).split(' ').map(str::to_owned).collect();
    }
    let mut spelled = foreign(word);
    spelled.push(word.chars().filter_map(|it| readings(it).split(' ').next()).collect());
    spelled
}

/// What a name from elsewhere is in Latin letters, if it is a known one.
fn foreign(word: &str) -> Vec<String> {
    const TABLE: &[u8] = include_bytes!("../../data/han_names.bin");
    let number = |at: usize, size: usize| -> Option<usize> {
        let bytes = TABLE.get(at..at + size)?;
        Some(bytes.iter().rev().fold(0, |all, it| all << 8 | usize::from(*it)))
    };
    let find = || -> Option<Vec<String>> {
        let count = number(0, 4)?;
        let wanted = usize::try_from(key(b'n', &[word.as_bytes()])).ok()?;
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low + (high - low) / 2;
            if number(4 + middle * 4, 4)? < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut found = Vec::new();
        while low < count && number(4 + low * 4, 4)? == wanted {
            let start = 4 + count * 7 + number(4 + count * 4 + low * 3, 3)?;
            let length = number(start, 1)?;
            let spelling = TABLE.get(start + 1..start + 1 + length)?;
            found.push(String::from_utf8_lossy(spelling).into_owned());
            low += 1;
        }
        Some(found)
    };
    find().unwrap_or_default()
}
