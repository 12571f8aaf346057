//! Chinese characters: Mandarin readings without tones, and family names in Cantonese.

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

/// Family names as Hong Kong writes them, which is Cantonese and no Mandarin reading.
///
/// Source: the romanization that the Government of Hong Kong enters in identity cards.
const CANTONESE: [(char, &[&str]); 83] = [
    ('陈', &["chan"]),
    ('黄', &["wong"]),
    ('王', &["wong"]),
    ('张', &["cheung"]),
    ('梁', &["leung"]),
    ('林', &["lam"]),
    ('刘', &["lau"]),
    ('吴', &["ng"]),
    ('郑', &["cheng"]),
    ('何', &["ho"]),
    ('叶', &["yip"]),
    ('周', &["chow", "chau"]),
    ('杨', &["yeung"]),
    ('罗', &["law", "lo"]),
    ('郭', &["kwok"]),
    ('曾', &["tsang"]),
    ('谢', &["tse"]),
    ('邓', &["tang"]),
    ('许', &["hui"]),
    ('冯', &["fung"]),
    ('萧', &["siu"]),
    ('肖', &["siu"]),
    ('徐', &["tsui", "chui"]),
    ('朱', &["chu"]),
    ('胡', &["wu", "woo"]),
    ('高', &["ko"]),
    ('余', &["yu"]),
    ('卢', &["lo"]),
    ('蔡', &["tsoi", "choi"]),
    ('赵', &["chiu"]),
    ('苏', &["so"]),
    ('潘', &["poon"]),
    ('钟', &["chung"]),
    ('欧', &["au"]),
    ('区', &["au"]),
    ('莫', &["mok"]),
    ('关', &["kwan"]),
    ('麦', &["mak"]),
    ('霍', &["fok"]),
    ('甘', &["kam"]),
    ('吕', &["lui"]),
    ('方', &["fong"]),
    ('石', &["shek"]),
    ('袁', &["yuen"]),
    ('阮', &["yuen"]),
    ('唐', &["tong"]),
    ('汤', &["tong"]),
    ('邱', &["yau"]),
    ('严', &["yim"]),
    ('任', &["yam"]),
    ('温', &["wan"]),
    ('廖', &["liu"]),
    ('施', &["sze"]),
    ('简', &["kan"]),
    ('崔', &["chui"]),
    ('伍', &["ng"]),
    ('岑', &["shum"]),
    ('韦', &["wai"]),
    ('魏', &["ngai"]),
    ('杜', &["to"]),
    ('董', &["tung"]),
    ('程', &["ching"]),
    ('沈', &["shum", "sum"]),
    ('姚', &["yiu"]),
    ('彭', &["pang"]),
    ('谭', &["tam"]),
    ('黎', &["lai"]),
    ('赖', &["lai"]),
    ('龙', &["lung"]),
    ('陆', &["luk"]),
    ('骆', &["lok"]),
    ('雷', &["lui"]),
    ('文', &["man"]),
    ('孔', &["hung"]),
    ('毛', &["mo"]),
    ('蒋', &["tseung"]),
    ('金', &["kam"]),
    ('侯', &["hau"]),
    ('孙', &["suen"]),
    ('宋', &["sung"]),
    ('丁', &["ting"]),
    ('冼', &["sin"]),
    ('容', &["yung"]),
];

pub(super) fn romanize(word: &str) -> Vec<String> {
    let mut characters = word.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        let cantonese = CANTONESE.iter().find(|it| it.0 == only).map_or(&[][..], |it| it.1);
        let mandarin = readings(only).split(' ');
        return mandarin.chain(cantonese.iter().copied()).map(str::to_owned).collect();
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

#[cfg(test)]
mod tests;
