//! Case pages: Markdown that a compliance officer can review, and that a test can judge.
//!
//! A heading asks the question in plain words; a fenced block marked `case` holds a transaction
//! and, under `expect:`, what the answer must be; one marked `product` holds a product that is to
//! be classified. A block marked `base NAME` is the ground that
//! later cases of the page stand on (`base: NAME`): each key a case writes replaces the key of its
//! base as a whole; a block marked `variants NAME` holds one case on each line. Names are searched in the lists that the page invents, where it does (`lists`).
//! Pages are read as text here: what a transaction means is for
//! [`transaction`](crate::transaction) to say. `docs/case-pages.md` is the reference.

use crate::determination::Determination;
use crate::engine::{Engine, Options};
use crate::matches::Screened;
use crate::transaction::Transaction;
use std::collections::BTreeMap;
use std::sync::Arc;

mod block;
mod expect;
mod lists;
mod product;
mod variant;

pub use expect::Expect;
pub use lists::{PageDecision, PageLists};
pub use product::{ProductCase, ProductExpect};

use block::Block;

/// One case of a page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CasePageEntry {
    /// The heading above it.
    pub title: String,
    /// The line of its opening fence, counted from 1.
    pub line: usize,
    /// The transaction as YAML, with the keys of its base already in it.
    pub transaction: String,
    /// What the answer must be.
    pub expect: Expect,
    /// The lists that its names are searched in.
    pub lists: Option<Arc<PageLists>>,
    /// What was decided about matches.
    pub decided: Vec<PageDecision>,
}

impl CasePageEntry {
    /// The answer to its transaction.
    #[must_use]
    pub fn decide<'law>(
        &self,
        engine: &'law Engine,
        transaction: &Transaction,
        options: &Options,
    ) -> Determination<'law> {
        match &self.lists {
            None => engine.decide(transaction, options),
            Some(lists) => lists.decide(engine, transaction, &self.decided, options),
        }
    }

    /// What a search of the page's lists says of the names of its transaction; nothing where the
    /// page has none. No rulebook is asked.
    #[must_use]
    pub fn screened(&self, transaction: &Transaction) -> Option<Screened> {
        self.lists.as_ref().map(|it| it.screened(transaction, &self.decided, None))
    }

    /// Its transaction with the listings that a search of the page's lists settles.
    #[must_use]
    pub fn adjudicated(&self, transaction: Transaction) -> Transaction {
        match &self.lists {
            None => transaction,
            Some(lists) => lists.adjudicated(&transaction, &self.decided),
        }
    }
}

/// Why a page was refused. The page is at fault, never the program.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct CasePageError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what to write instead.
    pub problem: String,
}

/// Reads the cases of a page, in order.
///
/// # Errors
///
/// Everything that is wrong with the page, in order of lines.
pub fn read(text: &str) -> Result<Vec<CasePageEntry>, Vec<CasePageError>> {
    Page::read(text).close().map(|it| it.0)
}

/// Reads the cases of a page that are about products, in order.
///
/// # Errors
///
/// Everything that is wrong with the page, in order of lines.
pub fn read_products(text: &str) -> Result<Vec<ProductCase>, Vec<CasePageError>> {
    Page::read(text).close().map(|it| it.1)
}

/// What the lines so far have said.
#[derive(Default)]
struct Page {
    title: String,
    open: Option<Fence>,
    bases: BTreeMap<String, Block>,
    lists: Option<Arc<PageLists>>,
    entries: Vec<CasePageEntry>,
    products: Vec<ProductCase>,
    errors: Vec<CasePageError>,
}

/// A fenced block that is not closed yet.
struct Fence {
    line: usize,
    info: String,
    lines: Vec<(usize, String)>,
}

impl Page {
    fn read(text: &str) -> Self {
        let mut page = Self::default();
        for (index, line) in text.lines().enumerate() {
            page.take(index + 1, line);
        }
        page
    }

    fn take(&mut self, number: usize, line: &str) {
        if let Some(info) = line.trim_end().strip_prefix("```") {
            match self.open.take() {
                Some(fence) if info.is_empty() => self.finish(&fence),
                Some(mut fence) => {
                    fence.lines.push((number, line.to_owned()));
                    self.open = Some(fence);
                }
                None => {
                    let info = info.trim().to_owned();
                    self.open = Some(Fence { line: number, info, lines: Vec::new() });
                }
            }
        } else if let Some(fence) = &mut self.open {
            fence.lines.push((number, line.to_owned()));
        } else if line.starts_with('#') {
            line.trim_start_matches('#').trim().clone_into(&mut self.title);
        }
    }

    fn finish(&mut self, fence: &Fence) {
        let mut words = fence.info.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("case"), None, None) => self.case(fence),
            (Some("product"), None, None) => self.product(fence),
            (Some("base"), Some(name), None) => self.base(name, fence),
            (Some("variants"), Some(name), None) => self.variants(name, fence),
            (Some("lists"), _, _) => {
                let info = fence.info.trim_start_matches("lists");
                match PageLists::read(fence.line, info, &fence.lines) {
                    Ok(lists) => self.lists = Some(Arc::new(lists)),
                    Err(error) => self.errors.push(error),
                }
            }
            (Some(word @ ("case" | "product" | "base" | "variants")), _, _) => {
                let named = matches!(word, "base" | "variants");
                let form = format!("```{word}{}", if named { " NAME" } else { "" });
                self.refuse(
                    fence.line,
                    format!("a block is opened with `{form}` and nothing else"),
                );
            }
            // Any other fence is an illustration.
            _ => {}
        }
    }

    fn base(&mut self, name: &str, fence: &Fence) {
        let Some(block) = self.block(fence) else { return };
        if block.get("expect").is_some() {
            self.refuse(fence.line, "a base has no `expect`: each case states its own".to_owned());
        } else if self.bases.contains_key(name) {
            self.refuse(fence.line, format!("there is a base `{name}` above already"));
        } else {
            self.bases.insert(name.to_owned(), block);
        }
    }

    fn case(&mut self, fence: &Fence) {
        let Some((mut block, expect)) = self.judged(fence) else { return };
        let expect = match expect::read(&expect) {
            Ok(expect) => expect,
            Err(errors) => {
                self.errors.extend(errors);
                return;
            }
        };
        let decided = block.remove("decided").map(|it| lists::decisions(&it)).transpose();
        let decided = match decided {
            Ok(decided) => decided.unwrap_or_default(),
            Err(error) => {
                self.errors.push(error);
                return;
            }
        };
        self.entries.push(CasePageEntry {
            lists: self.lists.clone(),
            decided,
            title: self.title.clone(),
            line: fence.line,
            transaction: block.to_text(),
            expect,
        });
    }

    /// Cases of one line each: what is other than in the base, and what is expected.
    fn variants(&mut self, name: &str, fence: &Fence) {
        let Some(base) = self.bases.get(name).cloned() else {
            return self
                .refuse(fence.line, format!("there is no `base {name}` above on this page"));
        };
        for (number, line) in &fence.lines {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match variant::read(*number, line) {
                Ok((changed, expect)) => self.entries.push(CasePageEntry {
                    lists: self.lists.clone(),
                    decided: Vec::new(),
                    title: self.title.clone(),
                    line: *number,
                    transaction: changed.on(&base).to_text(),
                    expect,
                }),
                Err(errors) => self.errors.extend(errors),
            }
        }
    }

    fn product(&mut self, fence: &Fence) {
        let Some((block, expect)) = self.judged(fence) else { return };
        match product::read(&expect) {
            Ok(expect) => self.products.push(ProductCase {
                title: self.title.clone(),
                line: fence.line,
                product: block.to_text(),
                expect,
            }),
            Err(errors) => self.errors.extend(errors),
        }
    }

    /// A block that is judged, and what it expects.
    fn judged(&mut self, fence: &Fence) -> Option<(Block, block::Entry)> {
        let mut block = self.block(fence)?;
        if self.title.is_empty() {
            self.refuse(fence.line, "a case stands under a heading that asks its question".into());
            return None;
        }
        let expect = block.remove("expect");
        if expect.is_none() {
            self.refuse(fence.line, "the case says nothing under `expect:`".to_owned());
        }
        Some((block, expect?))
    }

    /// The block of a fence, standing on its base.
    fn block(&mut self, fence: &Fence) -> Option<Block> {
        let mut block = match Block::read(&fence.lines) {
            Ok(block) => block,
            Err(error) => {
                self.errors.push(error);
                return None;
            }
        };
        let Some(base) = block.remove("base") else { return Some(block) };
        let name = base.inline();
        let ground = self.bases.get(name);
        if ground.is_none() {
            let problem = format!("there is no `base {name}` above on this page");
            self.errors.push(CasePageError { line: base.line, problem });
        }
        ground.map(|ground| block.on(ground))
    }

    fn refuse(&mut self, line: usize, problem: String) {
        self.errors.push(CasePageError { line, problem });
    }

    fn close(mut self) -> Result<(Vec<CasePageEntry>, Vec<ProductCase>), Vec<CasePageError>> {
        if let Some(fence) = self.open.take() {
            self.refuse(fence.line, "the block is never closed with three backticks".to_owned());
        }
        if self.errors.is_empty() { Ok((self.entries, self.products)) } else { Err(self.errors) }
    }
}

#[cfg(test)]
mod tests;
