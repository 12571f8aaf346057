//! `exeat screen FILE --changed OLD --index INDEX`: an index of the rows, kept in a file.
//!
//! It names the rows that entries of a list may mean ([`screening::customers`] says why it forgets
//! nobody); these are read again from the file of customers and screened as always. The index holds
//! no customer: names in parts, where each row begins, and of which file, read in which way and
//! compared by which version of the comparison, it was made. Where any of that is otherwise now it
//! is made again, and said so. A row of columns begins nowhere: it is asked for by its number.

use super::changed::Changed;
use super::file::{BATCH, Progress, batch};
use crate::cli::complain;
use crate::columnar;
use crate::keep;
use crate::lists::open::{Bytes, mapped};
use crate::ordered;
use crate::rows::{Form, Reading, Row, Rows};
use crate::trouble::Trouble;
use screening::customers::{Builder, Customer, MAGIC, Sought};
use screening::snapshot::{self, SectionKind, Snapshot, SnapshotError};
use screening::{Customers, Workspace, settings};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

const MADE_OF: SectionKind = SectionKind(SectionKind::FIRST_FREE + 16);
const NAMES: SectionKind = SectionKind(SectionKind::FIRST_FREE + 17);
const PLACES: SectionKind = SectionKind(SectionKind::FIRST_FREE + 18);
const UNREAD: SectionKind = SectionKind(SectionKind::FIRST_FREE + 19);

/// The rows that a change of the lists may concern.
pub(super) struct Concerned {
    rows: Again,
    /// How many rows the file has.
    pub(super) all: u64,
    /// How many of them are screened again.
    pub(super) again: usize,
}

/// Rows that are read once more.
enum Again {
    /// Out of a file of lines: number, and from where to where.
    Lines { file: File, form: Form, rows: std::vec::IntoIter<(u64, u64, u64)> },
    /// Out of a file of columns: those of these numbers, in their order.
    Columns { rows: Box<Rows>, numbers: std::vec::IntoIter<u64> },
}

impl Concerned {
    /// Asks the index in a file, which is made where it is missing or of something else.
    ///
    /// # Errors
    ///
    /// Where the customers cannot be read, or the index can be neither read nor written.
    pub(super) fn by(
        index: &Path,
        path: &Path,
        rows: Rows,
        reading: &Reading,
        changed: &Changed,
    ) -> Result<Self, Trouble> {
        if path == Path::new("-") {
            return Err(Trouble::new("standard input cannot be indexed")
                .help("write the customers into a file, or leave --index out"));
        }
        let form = rows.form();
        let made_of = made_of(path, form, reading)?;
        let kept = match Kept::read(index, &made_of)? {
            Ok(kept) => kept,
            Err(why) => {
                complain(&format!(
                    "{why} `{}`: making the index of the customers",
                    index.display()
                ));
                make(index, path, rows, reading, &made_of)?;
                Kept::read(index, &made_of)?.map_err(|why| {
                    Trouble::new(format!("{why} `{}`, which was just made", index.display()))
                })?
            }
        };
        let concerned = kept.concerned(changed)?;
        let all = kept.places().len().saturating_sub(1);
        let rows: Vec<(u64, u64, u64)> =
            concerned.into_iter().filter_map(|it| kept.row(it)).collect();
        let again = rows.len();
        let rows = if columnar::is_one(path) {
            let numbers: Vec<u64> = rows.into_iter().map(|it| it.0).collect();
            let rows = Box::new(Rows::some(path, &numbers)?);
            Again::Columns { rows, numbers: numbers.into_iter() }
        } else {
            let file = File::open(path).map_err(|error| Trouble::reading(path, &error))?;
            Again::Lines { file, form, rows: rows.into_iter() }
        };
        Ok(Self { rows, all: all as u64, again })
    }

    /// The next rows; `None` at the end.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub(super) fn batch(&mut self) -> io::Result<Option<Vec<Row>>> {
        let mut batch = Vec::new();
        match &mut self.rows {
            Again::Lines { file, form, rows } => {
                for (number, from, to) in rows.by_ref().take(BATCH) {
                    let mut bytes = Vec::new();
                    file.seek(SeekFrom::Start(from))?;
                    file.by_ref().take(to.saturating_sub(from)).read_to_end(&mut bytes)?;
                    batch.push(Rows::again(*form, number, bytes)?);
                }
            }
            Again::Columns { rows, numbers } => {
                for number in numbers.by_ref().take(BATCH) {
                    let row = rows.next()?.ok_or(io::ErrorKind::UnexpectedEof)?;
                    batch.push(row.numbered(number));
                }
            }
        }
        Ok(Some(batch).filter(|it| !it.is_empty()))
    }
}

/// What an index depends on, as a digest: the bytes of the file, how they are read, and how names
/// are compared.
fn made_of(path: &Path, form: Form, reading: &Reading) -> Result<[u8; 32], Trouble> {
    let mut file = File::open(path).map_err(|error| Trouble::reading(path, &error))?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut buffer).map_err(|error| Trouble::reading(path, &error))?;
        let Some(read) = buffer.get(..count).filter(|it| !it.is_empty()) else { break };
        digest.update(read);
    }
    let customers = digest.finalize();
    let mut form = format!("{form:?} {reading:?} {:?} {}", MAGIC, settings::VERSION);
    if columnar::is_one(path) {
        form += &columnar::version(path)?;
    }
    Ok(Sha256::new().chain_update(customers).chain_update(form).finalize().into())
}

/// An index as it is kept.
struct Kept {
    snapshot: Snapshot<Bytes>,
}

impl Kept {
    /// Reads the index in a file; says why where there is none for these customers.
    ///
    /// # Errors
    ///
    /// Where the file is something else, which must not be written over.
    fn read(path: &Path, made_of: &[u8; 32]) -> Result<Result<Self, &'static str>, Trouble> {
        let foreign = || {
            Trouble::new(format!("`{}` is no index of customers", path.display()))
                .help("name a file that is not there, or an index that was made here")
        };
        if fs::metadata(path).is_ok_and(|it| it.len() == 0) {
            return Err(foreign());
        }
        let Some(bytes) = mapped(path)? else { return Ok(Err("there is no")) };
        let snapshot = match Snapshot::open(bytes) {
            Ok(it) => it,
            Err(SnapshotError::Foreign) => return Err(foreign()),
            Err(SnapshotError::Version { .. }) => {
                return Ok(Err("another version of the program made"));
            }
            Err(_) => return Ok(Err("damaged is")),
        };
        let Some(of) = snapshot.section(MADE_OF) else { return Err(foreign()) };
        if of != made_of {
            return Ok(Err("of other customers, columns or comparisons was made"));
        }
        Ok(Ok(Self { snapshot }))
    }

    fn section(&self, kind: SectionKind) -> &[u8] {
        self.snapshot.section(kind).unwrap_or_default()
    }

    /// Where each row begins, and where the file ends.
    fn places(&self) -> &[[u8; 8]] {
        self.section(PLACES).as_chunks().0
    }

    /// Number and bytes of a row.
    fn row(&self, place: u32) -> Option<(u64, u64, u64)> {
        let at = usize::try_from(place).ok()?;
        let begin = |at: usize| Some(u64::from_le_bytes(*self.places().get(at)?));
        Some((u64::from(place) + 1, begin(at)?, begin(at.checked_add(1)?)?))
    }

    /// The rows that may be meant, and those that could not be read, which say so every time.
    fn concerned(&self, changed: &Changed) -> Result<BTreeSet<u32>, Trouble> {
        let damaged = |error: screening::index::IndexError| Trouble::new(error.to_string());
        let customers = Customers::read(self.section(NAMES)).map_err(damaged)?;
        let sought: Vec<Sought> = changed.sought()?.into_iter().collect();
        let mut sought = sought.into_iter();
        let unread = self.section(UNREAD).as_chunks().0.iter().map(|it| u32::from_le_bytes(*it));
        let mut concerned: BTreeSet<u32> = unread.collect();
        let work = |workspace: &mut Workspace, sought: Sought| {
            let mut found = Vec::new();
            customers.sought(&sought, changed.settings(), workspace, &mut found);
            found
        };
        let take = |found: Vec<u32>| {
            concerned.extend(found);
            Ok(())
        };
        ordered::each(|| Ok(sought.next()), Workspace::default, work, take)
            .map_err(|error| Trouble::new(error.to_string()))?;
        Ok(concerned)
    }
}

/// Makes the index of a file of customers.
fn make(
    index: &Path,
    path: &Path,
    mut rows: Rows,
    reading: &Reading,
    made_of: &[u8; 32],
) -> Result<(), Trouble> {
    let total = fs::metadata(path).map(|it| it.len()).unwrap_or_default();
    let told = Some(total).filter(|it| *it > 0 && !columnar::is_one(path));
    let mut progress = Progress::new(rows.progress(), told, 0);
    let mut builder = Builder::default();
    let (mut places, mut unread) = (Vec::new(), Vec::new());
    let mut count: u32 = 0;
    let work = |(): &mut (), rows: Vec<Row>| -> Vec<(u64, Option<Customer>)> {
        let customer = |it: &Row| reading.asked(it).ok().map(|it| Customer::of(&it.query));
        rows.iter().map(|it| (it.at, customer(it))).collect()
    };
    let take = |customers: Vec<(u64, Option<Customer>)>| {
        for (at, customer) in customers {
            places.extend(at.to_le_bytes());
            match customer {
                Some(it) => builder.add(count, it),
                None => unread.extend(count.to_le_bytes()),
            }
            let next = count.checked_add(1);
            count = next.ok_or_else(|| io::Error::other("more rows than an index holds"))?;
        }
        progress.tell(u64::from(count));
        Ok(())
    };
    ordered::each(|| batch(&mut rows), || (), work, take)
        .map_err(|error| Trouble::reading(path, &error))?;
    progress.end();
    places.extend(total.to_le_bytes());
    let sections = [
        (MADE_OF, made_of.to_vec()),
        (NAMES, builder.finish()),
        (PLACES, places),
        (UNREAD, unread),
    ];
    let bytes = snapshot::write(&[], &sections)
        .map_err(|error| Trouble::new(format!("no index can be made: {error}")))?;
    if self::made_of(path, rows.form(), reading)? != *made_of {
        return Err(Trouble::new(format!("`{}` changed while it was read", path.display()))
            .help("run it again when nobody writes to the file"));
    }
    keep::replace(index, &bytes).map_err(|error| Trouble::writing(index, &error))?;
    complain(&format!("{count} rows are indexed in {} bytes", bytes.len()));
    Ok(())
}
