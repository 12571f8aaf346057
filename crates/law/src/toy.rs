//! A toy world for the tests: umbrellas lent to guests, and rulebooks made at random.
//!
//! [`World`] makes schema, rulebook and facts from a tape of bytes, so that any failure shrinks.
//! [`Completion`] settles everything unknown, and says what each block is by the plainest reading
//! of the language: no bits, no classes, no memory.

use crate::facts::{Facts, RowId, Value};
use crate::rulebook::{
    Block, BlockId, Column, Comparison, Effect, Expr, Quantifier, Rulebook, Status, Table,
    TableRow, Term, TermId, Test, Thing, Version, Vocabulary,
};
use crate::schema::{Domain, DomainId, DomainValues, Fact, FactId, FactType, Kind, KindId, Schema};
use crate::source::Span;
use crate::unknown::Point;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) const TOWN: DomainId = DomainId(0);
pub(crate) const COLOR: DomainId = DomainId(1);

/// kinds: 0 loan (root), 1 guest, 2 umbrella (of a guest).
pub(crate) const LOAN: KindId = KindId(0);
pub(crate) const GUEST: KindId = KindId(1);
pub(crate) const UMBRELLA: KindId = KindId(2);

/// The same facts for every kind, in this order.
pub(crate) const RAINS: FactId = FactId(0);
pub(crate) const HOME: FactId = FactId(1);
pub(crate) const COLORS: FactId = FactId(2);
pub(crate) const PRICE: FactId = FactId(3);
pub(crate) const SHADE: FactId = FactId(4);

pub(crate) fn day() -> Date {
    date(2026, 3, 2)
}

pub(crate) fn schema() -> Schema {
    let names =
        |names: &[&str]| DomainValues::Fixed(names.iter().map(|it| (*it).to_owned()).collect());
    let facts = || {
        let fact = |name: &str, of| Fact { name: name.to_owned(), of, late: false };
        vec![
            fact("rains", FactType::Truth),
            fact("home", FactType::Code(TOWN)),
            fact("colors", FactType::Set(COLOR)),
            fact("price", FactType::Number),
            fact("shade", FactType::Code(COLOR)),
        ]
    };
    let kind = |name: &str, parent| Kind { name: name.to_owned(), parent, facts: facts() };
    Schema {
        kinds: vec![kind("loan", None), kind("guest", Some(LOAN)), kind("umbrella", Some(GUEST))],
        domains: vec![
            Domain { name: "town".to_owned(), values: names(&["aa", "bb", "cc", "dd"]) },
            Domain { name: "color".to_owned(), values: names(&["red", "green", "blue"]) },
        ],
    }
}

pub(crate) fn rulebook(blocks: Vec<Block>, tables: Vec<Table>, terms: Vec<Term>) -> Rulebook {
    Rulebook {
        name: "toy".to_owned(),
        verified_through: date(2026, 12, 31),
        from: date(2020, 1, 1),
        schema: schema(),
        vocabulary: Vocabulary::default(),
        sections: Vec::new(),
        blocks,
        terms,
        tables,
        paragraphs: Vec::new(),
        classification: None,
    }
}

pub(crate) fn block(citation: &str, effect: Effect, subject: KindId, condition: Expr) -> Block {
    Block {
        effect,
        citation: citation.to_owned(),
        label: None,
        version: Version { from: date(2020, 1, 1), until: None, status: Status::Law },
        subject,
        condition,
        unless: Vec::new(),
        unverified: false,
        despite: Vec::new(),
        under: None,
        by: None,
        says: String::new(),
        source: None,
        variables: 8,
        span: Span::default(),
    }
}

pub(crate) fn thing(variable: u16) -> Thing {
    Thing { variable, up: 0 }
}

pub(crate) fn test(variable: u16, fact: FactId, test: Test) -> Expr {
    Expr::Test { thing: thing(variable), fact, test }
}

pub(crate) fn row(key: u16, words: &[u16], doubtful: &[u16]) -> TableRow {
    TableRow {
        key,
        from: date(2020, 1, 1),
        until: None,
        words: vec![words.to_vec()],
        doubtful: vec![doubtful.to_vec()],
        citation: Some(format!("row {key}")),
        other: BTreeMap::new(),
        source: "toy".to_owned(),
        line: 1,
    }
}

/// One table over the towns, with one column of three words.
pub(crate) fn table(rows: Vec<TableRow>) -> Table {
    let words = ["dry", "mild", "wet"].map(str::to_owned).to_vec();
    Table {
        name: "weather".to_owned(),
        domain: TOWN,
        citation: "supp. 1".to_owned(),
        columns: vec![Column { name: "kind".to_owned(), words }],
        rows,
    }
}

/// Bytes that choose everything.
struct Tape<'t>(&'t [u8], usize);

impl Tape<'_> {
    fn next(&mut self, below: usize) -> usize {
        let byte = self.0.get(self.1).copied().unwrap_or(0);
        self.1 += 1;
        usize::from(byte) % below
    }

    fn small(&mut self, below: u16) -> u16 {
        u16::try_from(self.next(usize::from(below))).unwrap()
    }
}

/// A rulebook and a matter, made at random.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) rulebook: Arc<Rulebook>,
    pub(crate) facts: Facts,
}

impl World {
    /// From a tape: four blocks for terms and exemptions at most, and a few that use them.
    pub(crate) fn read(tape: &[u8]) -> Self {
        let mut tape = Tape(tape, 0);
        let keys = (0..4).filter_map(|key| match tape.next(5) {
            0 => None,
            1 => Some(row(key, &[tape.small(3)], &[tape.small(3)])),
            _ => Some(row(key, &[tape.small(3)], &[])),
        });
        let tables = vec![table(keys.collect())];
        let mut terms: Vec<Term> = Vec::new();
        let mut blocks: Vec<Block> = Vec::new();
        for place in 0..2 + tape.next(5) {
            let subject = KindId(tape.small(3));
            let mut writer = Writer { terms: &terms, next: 2, fresh: 0 };
            let scope = vec![(0, LOAN), (1, subject)];
            let condition = writer.expr(&mut tape, &scope, 3);
            let mut made = block(&format!("({place})"), Effect::Exempt, subject, condition);
            made.unverified = tape.next(7) == 1;
            let id = BlockId(u32::try_from(place).unwrap());
            for (earlier, it) in blocks.iter().enumerate() {
                if it.subject == subject && tape.next(4) == 1 {
                    made.unless.push(vec![BlockId(u32::try_from(earlier).unwrap())]);
                }
            }
            match tape.next(3) {
                0 => {}
                1 => {
                    let known =
                        terms.iter().position(|it| it.subject == subject && tape.next(2) == 1);
                    let term = known.unwrap_or_else(|| {
                        let name = format!("term-{place}");
                        terms.push(Term { name, subject, blocks: Vec::new() });
                        terms.len() - 1
                    });
                    made.effect = Effect::Define(TermId(u32::try_from(term).unwrap()));
                    if tape.next(8) == 1 {
                        made.version.until = Some(date(2021, 1, 1));
                    }
                    terms[term].blocks.push(id);
                }
                _ => made.effect = Effect::Flag("wet".to_owned()),
            }
            // A definition added later may not lead back to itself.
            blocks.push(made);
        }
        drop_circles(&mut blocks, &terms);
        let rulebook = rulebook(blocks, tables, terms);
        let facts = facts(&mut tape, &rulebook.schema);
        Self { rulebook: Arc::new(rulebook), facts }
    }

    /// The same matter with the things of each kind in the opposite order.
    pub(crate) fn reversed(&self) -> Facts {
        let schema = &self.rulebook.schema;
        let mut facts = Facts::new(schema);
        let mut moved = BTreeMap::from([(RowId(0), RowId(0))]);
        for kind in [GUEST, UMBRELLA] {
            for row in self.facts.rows_of(kind).iter().rev() {
                let it = self.facts.row(*row).unwrap();
                moved.insert(*row, facts.push(schema, kind, moved[&it.parent], it.origin));
            }
        }
        for (old, new) in &moved {
            for fact in [RAINS, HOME, COLORS, PRICE, SHADE] {
                facts.set(*new, fact, self.facts.value(*old, fact).clone());
            }
        }
        facts
    }
}

/// Definitions use only terms whose definitions all stand before; others become `never`.
fn drop_circles(blocks: &mut [Block], terms: &[Term]) {
    for (place, block) in blocks.iter_mut().enumerate() {
        let blocks_of = |term: TermId| terms[term.0 as usize].blocks.iter();
        let late = |term: TermId| blocks_of(term).any(|it| it.0 as usize >= place);
        replace(&mut block.condition, &late);
    }
}

fn replace(expr: &mut Expr, late: &dyn Fn(TermId) -> bool) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter_mut().for_each(|it| replace(it, late)),
        Expr::Not(part) => replace(part, late),
        Expr::Quantified { body, .. } => replace(body, late),
        Expr::Term { term, .. } if late(*term) => *expr = Expr::Constant(false),
        Expr::Constant(_) | Expr::Term { .. } | Expr::Test { .. } => {}
    }
}

struct Writer<'w> {
    terms: &'w [Term],
    next: u16,
    fresh: u16,
}

impl Writer<'_> {
    fn expr(&mut self, tape: &mut Tape<'_>, scope: &[(u16, KindId)], depth: usize) -> Expr {
        self.fresh += 1;
        match if depth == 0 { 6 + tape.next(6) } else { tape.next(14) } {
            0 => Expr::Constant(tape.next(2) == 1),
            1 | 2 => Expr::All(self.parts(tape, scope, depth)),
            3 | 4 => Expr::Any(self.parts(tape, scope, depth)),
            5 => Expr::Not(Box::new(self.expr(tape, scope, depth - 1))),
            12 | 13 => {
                let kind = KindId(1 + tape.small(2));
                let quantifier =
                    [Quantifier::Some, Quantifier::Every, Quantifier::No][tape.next(3)];
                let holder = scope.iter().find(|it| it.1 == KindId(kind.0 - 1));
                let of = holder.filter(|_| tape.next(2) == 1).map(|it| thing(it.0));
                let variable = self.next;
                self.next += 1;
                let mut inner = scope.to_vec();
                inner.push((variable, kind));
                let body = Box::new(self.expr(tape, &inner, depth - 1));
                Expr::Quantified { quantifier, kind, of, variable, body }
            }
            _ => self.atom(tape, scope),
        }
    }

    fn parts(&mut self, tape: &mut Tape<'_>, scope: &[(u16, KindId)], depth: usize) -> Vec<Expr> {
        (0..2 + tape.next(2)).map(|_| self.expr(tape, scope, depth - 1)).collect()
    }

    fn atom(&mut self, tape: &mut Tape<'_>, scope: &[(u16, KindId)]) -> Expr {
        let (variable, kind) = scope[scope.len() - 1 - tape.next(scope.len())];
        if tape.next(4) == 1 {
            let fitting = |it: &&(usize, &Term)| it.1.subject == kind;
            let terms: Vec<_> = self.terms.iter().enumerate().filter(|it| fitting(&it)).collect();
            if !terms.is_empty() {
                let term = TermId(u32::try_from(terms[tape.next(terms.len())].0).unwrap());
                return Expr::Term { term, thing: thing(variable) };
            }
        }
        let up = if kind == LOAN { 0 } else { u8::try_from(tape.next(2)).unwrap() };
        let whose = Thing { variable, up };
        let set = |tape: &mut Tape<'_>| u128::try_from(1 + tape.next(7)).unwrap();
        let (fact, test) = match tape.next(11) {
            0 => (RAINS, Test::IsTrue),
            1 => (HOME, Test::In(vec![tape.small(4), tape.small(4)])),
            2 | 3 => (HOME, column(tape)),
            4 => {
                let codes = Test::In(vec![tape.small(4), tape.small(4), tape.small(4)]);
                (HOME, Test::Both(Box::new(codes), Box::new(column(tape))))
            }
            5 => (COLORS, Test::Includes(set(tape))),
            6 => (COLORS, Test::Within(set(tape))),
            7 => (COLORS, Test::Empty),
            8 => {
                let comparison = [
                    Comparison::Less,
                    Comparison::AtMost,
                    Comparison::Equal,
                    Comparison::AtLeast,
                    Comparison::More,
                ][tape.next(5)];
                (PRICE, Test::Number(comparison, i64::try_from(tape.next(3)).unwrap()))
            }
            9 => (SHADE, Test::In(vec![tape.small(3)])),
            _ => {
                let holder = scope[tape.next(scope.len())].0;
                (SHADE, Test::MemberOf { thing: thing(holder), fact: COLORS })
            }
        };
        Expr::Test { thing: whose, fact, test }
    }
}

fn column(tape: &mut Tape<'_>) -> Test {
    Test::Column { table: 0, column: 0, words: vec![tape.small(3), tape.small(3)] }
}

/// At most five rows, most facts known.
fn facts(tape: &mut Tape<'_>, schema: &Schema) -> Facts {
    let mut facts = Facts::new(schema);
    let mut rows = vec![RowId(0)];
    let mut guests = Vec::new();
    for place in 0..tape.next(3) {
        guests.push(facts.push(schema, GUEST, RowId(0), u32::try_from(place).unwrap()));
    }
    for (place, guest) in guests.iter().enumerate() {
        for _ in 0..tape.next(3).min(2 - place) {
            rows.push(facts.push(schema, UMBRELLA, *guest, 0));
        }
    }
    rows.extend(guests);
    let mut unknown = 0;
    for row in rows {
        for fact in [RAINS, HOME, COLORS, PRICE, SHADE] {
            let open = unknown < 5 && tape.next(3) == 1;
            unknown += usize::from(open);
            let partly = open && tape.next(3) == 1;
            let number = i64::try_from(tape.next(3)).unwrap();
            let value = match fact {
                _ if open && !partly => Value::Unknown,
                RAINS | COLORS if open => Value::Unknown,
                RAINS => Value::Truth(number == 1),
                HOME if open => Value::OneOf([0, 2 + tape.small(2)].into()),
                HOME => Value::Code(tape.small(4)),
                COLORS => Value::Set(u128::try_from(tape.next(8)).unwrap()),
                PRICE if open => Value::Between(number, number + 1),
                PRICE => Value::Number(number),
                _ if open => Value::OneOf([0, 1 + tape.small(2)].into()),
                _ => Value::Code(tape.small(3)),
            };
            facts.set(row, fact, value);
        }
    }
    facts
}

/// Everything settled: facts known, and every point of law answered.
pub(crate) struct Completion<'c> {
    pub(crate) rulebook: &'c Rulebook,
    pub(crate) facts: &'c Facts,
    pub(crate) points: &'c BTreeMap<Point, bool>,
    pub(crate) day: Date,
}

impl Completion<'_> {
    /// Whether a block holds of a row; `None` if it asks for a point that is not answered, which
    /// is put in `missing`.
    pub(crate) fn block(&self, id: BlockId, row: RowId, missing: &mut Vec<Point>) -> bool {
        let block = &self.rulebook.blocks[id.0 as usize];
        let mut bound = vec![row; 64];
        bound[0] = RowId(0);
        let condition = self.expr(&block.condition, &mut bound, missing);
        let in_force = |it: &BlockId| self.rulebook.blocks[it.0 as usize].version.covers(self.day);
        let mut exempt = false;
        for other in block.unless.iter().flatten().filter(|it| in_force(it)) {
            exempt |= self.block(*other, row, missing);
        }
        let mut holds = condition && !exempt;
        if block.unverified {
            holds &= self.point(Point::Block { block: id, row }, missing);
        }
        holds
    }

    fn point(&self, point: Point, missing: &mut Vec<Point>) -> bool {
        self.points.get(&point).copied().unwrap_or_else(|| {
            missing.push(point);
            false
        })
    }

    fn expr(&self, expr: &Expr, bound: &mut Vec<RowId>, missing: &mut Vec<Point>) -> bool {
        match expr {
            Expr::Constant(value) => *value,
            Expr::All(parts) => {
                parts.iter().fold(true, |all, it| all & self.expr(it, bound, missing))
            }
            Expr::Any(parts) => {
                parts.iter().fold(false, |any, it| any | self.expr(it, bound, missing))
            }
            Expr::Not(part) => !self.expr(part, bound, missing),
            Expr::Test { thing, fact, test } => {
                self.test(self.thing(*thing, bound), *fact, test, bound, missing)
            }
            Expr::Term { term, thing } => {
                let row = self.thing(*thing, bound);
                let blocks = &self.rulebook.terms[term.0 as usize].blocks;
                let in_force =
                    |it: &&BlockId| self.rulebook.blocks[it.0 as usize].version.covers(self.day);
                let blocks: Vec<_> = blocks.iter().filter(in_force).collect();
                if blocks.is_empty() {
                    return self.point(Point::Term { term: *term, row }, missing);
                }
                blocks.into_iter().fold(false, |any, it| any | self.block(*it, row, missing))
            }
            Expr::Quantified { quantifier, kind, of, variable, body } => {
                let of = of.map(|it| self.thing(it, bound));
                let mut answers = Vec::new();
                for row in self.facts.rows_of(*kind) {
                    if of.is_none_or(|of| self.facts.row(*row).unwrap().parent == of) {
                        bound[usize::from(*variable)] = *row;
                        answers.push(self.expr(body, bound, missing));
                    }
                }
                match quantifier {
                    Quantifier::Some => answers.contains(&true),
                    Quantifier::Every => !answers.contains(&false),
                    Quantifier::No => !answers.contains(&true),
                }
            }
        }
    }

    fn thing(&self, thing: Thing, bound: &[RowId]) -> RowId {
        let row = bound[usize::from(thing.variable)];
        (0..thing.up).fold(row, |row, _| self.facts.row(row).unwrap().parent)
    }

    fn test(
        &self,
        row: RowId,
        fact: FactId,
        test: &Test,
        bound: &[RowId],
        missing: &mut Vec<Point>,
    ) -> bool {
        match (test, self.facts.value(row, fact)) {
            (Test::IsTrue, Value::Truth(is)) => *is,
            (Test::In(codes), Value::Code(code)) => codes.contains(code),
            (Test::Column { table, column, words }, Value::Code(key)) => {
                let rows = &self.rulebook.tables[usize::from(*table)].rows;
                let line = rows.iter().find(|it| it.key == *key);
                let place = usize::from(*column);
                words.iter().fold(false, |any, word| {
                    let cell =
                        Point::Cell { table: *table, key: *key, column: *column, word: *word };
                    let has = match line {
                        Some(line) if line.words[place].contains(word) => true,
                        Some(line) if !line.doubtful[place].contains(word) => false,
                        Some(_) | None => self.point(cell, missing),
                    };
                    has || any
                })
            }
            (Test::Both(left, right), _) => {
                let left = self.test(row, fact, left, bound, missing);
                self.test(row, fact, right, bound, missing) && left
            }
            (Test::Includes(mask), Value::Set(set)) => set & mask != 0,
            (Test::Within(mask), Value::Set(set)) => set & !mask == 0,
            (Test::Empty, Value::Set(set)) => *set == 0,
            (Test::Number(comparison, than), Value::Number(it)) => match comparison {
                Comparison::Less => it < than,
                Comparison::AtMost => it <= than,
                Comparison::Equal => it == than,
                Comparison::AtLeast => it >= than,
                Comparison::More => it > than,
            },
            (Test::MemberOf { thing, fact: set }, Value::Code(code)) => {
                let Value::Set(set) = self.facts.value(self.thing(*thing, bound), *set) else {
                    panic!("a set")
                };
                set >> code & 1 == 1
            }
            _ => panic!("a test that does not fit"),
        }
    }
}

/// The values that a fact may still have.
pub(crate) fn values(fact: FactId, value: &Value) -> Vec<Value> {
    match (fact, value) {
        (RAINS, Value::Unknown) => vec![Value::Truth(false), Value::Truth(true)],
        (HOME, Value::Unknown) => (0..4).map(Value::Code).collect(),
        (SHADE, Value::Unknown) => (0..3).map(Value::Code).collect(),
        (COLORS, Value::Unknown) => (0..8).map(Value::Set).collect(),
        (PRICE, Value::Unknown) => (-1..4).map(Value::Number).collect(),
        (_, Value::OneOf(codes)) => codes.iter().copied().map(Value::Code).collect(),
        (_, Value::Between(low, high)) => (*low..=*high).map(Value::Number).collect(),
        _ => vec![value.clone()],
    }
}

/// Every way in which all facts become known; `None` if there are more than `most`.
pub(crate) fn completions(facts: &Facts, most: usize) -> Option<Vec<Facts>> {
    let mut all = vec![facts.clone()];
    for row in (0..facts.rows().len()).map(|it| RowId(u32::try_from(it).unwrap())) {
        for fact in [RAINS, HOME, COLORS, PRICE, SHADE] {
            let values = values(fact, facts.value(row, fact));
            if values.len() > 1 {
                if all.len() * values.len() > most {
                    return None;
                }
                let with = |it: &Facts, value: &Value| {
                    let mut facts = it.clone();
                    facts.set(row, fact, value.clone());
                    facts
                };
                all = all.iter().flat_map(|it| values.iter().map(move |v| with(it, v))).collect();
            }
        }
    }
    Some(all)
}
