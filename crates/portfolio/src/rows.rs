//! The rows of a Parquet file as JSON objects, one after the other in the memory of a row group.

use jiff::civil::{Date, Time, date};
use jiff::tz::Offset;
use jiff::{Span, Timestamp};
use parquet::basic::{LogicalType, TimeUnit};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use serde_json::{Map, Number, Value};
use std::any::Any;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

/// Which rows are asked for.
#[derive(Debug)]
pub(crate) enum Wanted {
    /// Every row.
    All,
    /// Those of these numbers, from 1, each greater than the one before.
    Some(Vec<u64>),
}

impl Wanted {
    /// Reads numbers, one a line.
    ///
    /// # Errors
    ///
    /// Where a line is no number, or not greater than the one before.
    pub(crate) fn read(lines: impl BufRead) -> Result<Self, Error> {
        let mut numbers: Vec<u64> = Vec::new();
        for line in lines.lines() {
            let line = line.map_err(Error::Numbers)?;
            let before = numbers.last().copied().unwrap_or_default();
            let number = line.trim().parse().ok().filter(|it| *it > before);
            numbers.push(number.ok_or(Error::Number { line })?);
        }
        Ok(Self::Some(numbers))
    }

    /// Whether nothing from this row on is asked for.
    fn is_over(&self, row: u64) -> bool {
        match self {
            Self::All => false,
            Self::Some(numbers) => numbers.last().is_none_or(|it| *it < row),
        }
    }

    fn has(&self, row: u64) -> bool {
        match self {
            Self::All => true,
            Self::Some(numbers) => numbers.binary_search(&row).is_ok(),
        }
    }
}

/// Why the rows of a file could not all be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// It could not be opened.
    #[error("it cannot be read: {0}")]
    Opening(#[source] io::Error),
    /// It is not in this format, or not whole.
    #[error("it is no whole Parquet file ({0}); write it again where it comes from")]
    Format(#[source] ParquetError),
    /// Two columns have the same name, so that one of them would be lost.
    #[error("the column `{0}` is there twice; keep one of them")]
    Twice(String),
    /// A row, counted from 1, could not be read; those before it were.
    #[error("row {row} cannot be read, and so none after it: {what}")]
    Row {
        /// Which one.
        row: u64,
        /// What is wrong with it.
        what: String,
    },
    /// Which rows are asked for could not be read.
    #[error("the numbers of the rows cannot be read: {0}")]
    Numbers(#[source] io::Error),
    /// A line does not say which row is asked for.
    #[error("`{line}` is no number of a row after the one before it")]
    Number {
        /// What it says.
        line: String,
    },
    /// There are not as many rows as are asked for.
    #[error("it has {rows} rows, and another is asked for; is it the same file?")]
    Missing {
        /// How many there are.
        rows: u64,
    },
    /// The rows could not be written.
    #[error("the rows cannot be written: {0}")]
    Writing(#[source] io::Error),
}

/// Writes every row that is asked for as a JSON object on a line of its own, and says how many rows
/// were read: all up to the last of them.
///
/// # Errors
///
/// Where the file cannot be read or has not as many rows, or they cannot be written. The rows before
/// were written.
pub(crate) fn write(path: &Path, wanted: &Wanted, out: &mut impl Write) -> Result<u64, Error> {
    let file = File::open(path).map_err(Error::Opening)?;
    let reader = guarded(|| SerializedFileReader::new(file))
        .map_err(|what| Error::Format(ParquetError::General(what)))?
        .map_err(Error::Format)?;
    let schema = reader.metadata().file_metadata().schema();
    if let Some(column) = twice(schema) {
        return Err(Error::Twice(column));
    }
    let nanoseconds = nanoseconds(schema);
    let mut rows = reader.get_row_iter(None).map_err(Error::Format)?.with_batch_size(ROWS_AT_ONCE);
    let mut count = 0;
    loop {
        let row = count + 1;
        if wanted.is_over(row) {
            return Ok(count);
        }
        // One that is not asked for is read and not made into an object, which takes longest.
        let object = |it| wanted.has(row).then(|| object(&it, &nanoseconds));
        let object = match guarded(|| rows.next().map(|it| it.map(object))) {
            Ok(None) if matches!(wanted, Wanted::Some(_)) => {
                return Err(Error::Missing { rows: count });
            }
            Ok(None) => return Ok(count),
            Ok(Some(Ok(object))) => object.transpose().map_err(|what| Error::Row { row, what })?,
            Ok(Some(Err(error))) => return Err(Error::Row { row, what: error.to_string() }),
            Err(what) => return Err(Error::Row { row, what }),
        };
        count = row;
        if let Some(object) = object {
            serde_json::to_writer(&mut *out, &object).map_err(|it| Error::Writing(it.into()))?;
            out.write_all(b"\n").map_err(Error::Writing)?;
        }
    }
}

/// How many values of a column are read at once.
const ROWS_AT_ONCE: usize = 1024;

/// The reader panics where a file contradicts itself; that is then what is wrong with the file.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work))
        .map_err(|panicked| format!("the file contradicts itself ({})", said(&*panicked)))
}

fn said(panicked: &(dyn Any + Send)) -> String {
    let text = panicked.downcast_ref::<&str>().map(|it| (*it).to_owned());
    text.or_else(|| panicked.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// A column, or a field within one, that has the same name as another beside it.
fn twice(schema: &Type) -> Option<String> {
    let mut seen = BTreeSet::new();
    let fields = if schema.is_group() { schema.get_fields() } else { &[] };
    fields
        .iter()
        .find_map(|it| if seen.insert(it.name()) { twice(it) } else { Some(it.name().to_owned()) })
}

/// The columns whose whole numbers are nanoseconds since 1970, which the reader does not say.
fn nanoseconds(schema: &Type) -> BTreeSet<String> {
    let is_one = |it: &Type| {
        matches!(
            it.get_basic_info().logical_type_ref(),
            Some(LogicalType::Timestamp(it)) if it.unit == TimeUnit::NANOS
        )
    };
    schema.get_fields().iter().filter(|it| is_one(it)).map(|it| it.name().to_owned()).collect()
}

fn object(row: &Row, nanoseconds: &BTreeSet<String>) -> Result<Value, String> {
    let mut object = Map::new();
    for (name, field) in row.get_column_iter() {
        let value = if let Field::Long(number) = field
            && nanoseconds.contains(name)
        {
            time(Timestamp::from_nanosecond(i128::from(*number)).ok())
        } else {
            value(field).map_err(|what| format!("`{name}`: {what}"))?
        };
        if !value.is_null() {
            object.insert(name.clone(), value);
        }
    }
    Ok(Value::Object(object))
}

/// A value as JSON; null where it is missing.
///
/// # Errors
///
/// Where JSON has none like it, or a part of it would be lost.
fn value(field: &Field) -> Result<Value, String> {
    Ok(match field {
        Field::Null => Value::Null,
        Field::Bool(it) => (*it).into(),
        Field::Byte(it) => (*it).into(),
        Field::Short(it) => (*it).into(),
        Field::Int(it) => (*it).into(),
        Field::Long(it) => (*it).into(),
        Field::UByte(it) => (*it).into(),
        Field::UShort(it) => (*it).into(),
        Field::UInt(it) => (*it).into(),
        Field::ULong(it) => (*it).into(),
        Field::Float16(it) => float(it.to_f64())?,
        Field::Float(it) => float(shortest(*it))?,
        Field::Double(it) => float(*it)?,
        // As the reader writes them, all digits.
        Field::Decimal(_) | Field::TimeMillis(_) | Field::TimeMicros(_) => field.to_string().into(),
        Field::Str(it) => it.as_str().into(),
        // Older writers do not say of text that it is text.
        Field::Bytes(it) => String::from_utf8_lossy(it.data()).into(),
        Field::Date(days) => {
            let since = Span::new().try_days(*days).ok();
            let day = since.and_then(|it| DAY_ONE.checked_add(it).ok());
            day.map_or(Value::Null, |it| it.to_string().into())
        }
        Field::TimestampMillis(it) => time(Timestamp::from_millisecond(*it).ok()),
        Field::TimestampMicros(it) => time(Timestamp::from_microsecond(*it).ok()),
        Field::Group(row) => object(row, &BTreeSet::new())?,
        Field::ListInternal(list) => {
            list.elements().iter().map(value).collect::<Result<_, String>>()?
        }
        Field::MapInternal(map) => {
            let mut object = Map::new();
            for (key, of_key) in map.entries() {
                let key = value(key)?;
                let text = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                let value = value(of_key)?;
                if object.contains_key(&text) {
                    return Err(format!("the key `{text}` is there twice"));
                }
                object.insert(text, value);
            }
            object.retain(|_, it| !it.is_null());
            Value::Object(object)
        }
    })
}

/// The day from which days are counted.
const DAY_ONE: Date = date(1970, 1, 1);

/// A time as a day where it is the beginning of one, else as RFC 3339 has it, in UTC.
fn time(at: Option<Timestamp>) -> Value {
    let Some(at) = at else { return Value::Null };
    let civil = Offset::UTC.to_datetime(at);
    if civil.time() == Time::midnight() {
        civil.date().to_string().into()
    } else {
        at.to_string().into()
    }
}

/// What is no number is what programs write for one that is missing; one without end says something,
/// and JSON cannot.
fn float(number: f64) -> Result<Value, String> {
    match Number::from_f64(number) {
        Some(number) => Ok(Value::Number(number)),
        None if number.is_nan() => Ok(Value::Null),
        None => Err("an infinite number".to_owned()),
    }
}

/// The number that a short one is written as: 0.1, and not 0.10000000149011612.
fn shortest(number: f32) -> f64 {
    number.to_string().parse().unwrap_or_else(|_| f64::from(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::basic::Compression;
    use parquet::data_type::{
        BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
    };
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
    use parquet::schema::parser::parse_message_type;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    const SCHEMA: &str = "message customers {
        required binary name (UTF8);
        optional int32 born (DATE);
        optional int64 since (TIMESTAMP(NANOS, true));
        optional int64 seen (TIMESTAMP(MILLIS, true));
        optional binary note;
        optional double share;
        optional boolean active;
        optional group aliases (LIST) { repeated group list { required binary element (UTF8); } }
    }";

    /// A file of its own, gone afterwards.
    struct Made(std::path::PathBuf);

    impl Drop for Made {
        fn drop(&mut self) {
            drop(std::fs::remove_file(&self.0));
        }
    }

    impl Made {
        fn of(bytes: &[u8]) -> Self {
            static MADE: AtomicU64 = AtomicU64::new(0);
            let number = MADE.fetch_add(1, Ordering::Relaxed);
            let name = format!("exeat-rows-{}-{number}.parquet", std::process::id());
            let path = std::env::temp_dir().join(name);
            std::fs::write(&path, bytes).unwrap();
            Self(path)
        }

        fn rows(&self) -> (Vec<Value>, Result<u64, Error>) {
            self.some(&Wanted::All)
        }

        fn some(&self, wanted: &Wanted) -> (Vec<Value>, Result<u64, Error>) {
            let mut out = Vec::new();
            let done = write(&self.0, wanted, &mut out);
            let text = String::from_utf8(out).unwrap();
            (text.lines().map(|it| serde_json::from_str(it).unwrap()).collect(), done)
        }
    }

    fn column<T: DataType>(
        group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
        values: &[T::T],
        levels: &[i16],
        repeats: Option<&[i16]>,
    ) {
        let mut column = group.next_column().unwrap().unwrap();
        let levels = (!levels.is_empty()).then_some(levels);
        column.typed::<T>().write_batch(values, levels, repeats).unwrap();
        column.close().unwrap();
    }

    fn texts(of: &[&str]) -> Vec<ByteArray> {
        of.iter().map(|it| ByteArray::from(*it)).collect()
    }

    /// Two groups of three rows: of the first everything is told, of the second next to nothing, and
    /// the third has what is odd.
    fn file(compression: Compression) -> Vec<u8> {
        let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
        let properties = WriterProperties::builder().set_compression(compression).build();
        let mut writer =
            SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
        for _ in 0..2 {
            let mut group = writer.next_row_group().unwrap();
            column::<ByteArrayType>(&mut group, &texts(&["Acme", "Иванов", "大华"]), &[], None);
            column::<Int32Type>(&mut group, &[-3_162, i32::MAX], &[1, 0, 1], None);
            column::<Int64Type>(&mut group, &[86_400_000_000_000], &[1, 0, 0], None);
            column::<Int64Type>(&mut group, &[1_500, i64::MAX], &[1, 0, 1], None);
            let odd = [ByteArray::from("old"), ByteArray::from(vec![0xff])];
            column::<ByteArrayType>(&mut group, &odd, &[1, 0, 1], None);
            column::<DoubleType>(&mut group, &[0.25, f64::NAN], &[1, 0, 1], None);
            column::<BoolType>(&mut group, &[true], &[1, 0, 0], None);
            let aliases = texts(&["A", "B"]);
            column::<ByteArrayType>(&mut group, &aliases, &[2, 2, 0, 1], Some(&[0, 1, 0, 0]));
            group.close().unwrap();
        }
        writer.into_inner().unwrap()
    }

    #[test]
    fn every_row_is_an_object_without_what_is_missing() {
        for compression in
            [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(<_>::default())]
        {
            let (rows, done) = Made::of(&file(compression)).rows();
            let group = [
                serde_json::json!({
                    "name": "Acme", "born": "1961-05-06", "since": "1970-01-02",
                    "seen": "1970-01-01T00:00:01.5Z", "note": "old", "share": 0.25, "active": true,
                    "aliases": ["A", "B"]
                }),
                serde_json::json!({"name": "Иванов"}),
                serde_json::json!({"name": "大华", "note": "\u{fffd}", "aliases": []}),
            ];
            assert_eq!(rows, [group.clone(), group].concat(), "{compression}");
            assert_eq!(done.unwrap(), 6);
        }
    }

    /// One row of two columns of these names; of the second, this number.
    fn pair(names: [&str; 2], share: f64) -> Vec<u8> {
        let [first, second] = names;
        let schema = format!("message m {{ required binary {first}; required double {second}; }}");
        let schema = Arc::new(parse_message_type(&schema).unwrap());
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, <_>::default()).unwrap();
        let mut group = writer.next_row_group().unwrap();
        column::<ByteArrayType>(&mut group, &texts(&["IR"]), &[], None);
        column::<DoubleType>(&mut group, &[share], &[], None);
        group.close().unwrap();
        writer.into_inner().unwrap()
    }

    #[test]
    fn nothing_of_a_row_is_lost_without_a_word() {
        let (rows, done) = Made::of(&pair(["destination", "destination"], 1.0)).rows();
        assert!(rows.is_empty());
        assert!(matches!(&done, Err(Error::Twice(it)) if it == "destination"), "{done:?}");
        let (rows, done) = Made::of(&pair(["a", "b"], f64::INFINITY)).rows();
        assert!(rows.is_empty());
        assert!(matches!(done, Err(Error::Row { row: 1, .. })), "{done:?}");
        let (rows, done) = Made::of(&pair(["a", "b"], f64::NAN)).rows();
        assert_eq!((rows, done.unwrap()), (vec![serde_json::json!({"a": "IR"})], 1));
    }

    #[test]
    fn some_rows_are_those_among_all_and_no_more_are_read() {
        let made = Made::of(&file(Compression::SNAPPY));
        let (all, _) = made.rows();
        for (lines, places, read) in
            [("2\n4\n5\n", &[1, 3, 4][..], 5), ("1", &[0], 1), ("6\r\n", &[5], 6), ("", &[], 0)]
        {
            let (rows, done) = made.some(&Wanted::read(lines.as_bytes()).unwrap());
            let expected: Vec<Value> = places.iter().map(|it: &usize| all[*it].clone()).collect();
            assert_eq!((rows, done.unwrap()), (expected, read), "{lines}");
        }
        let (rows, done) = made.some(&Wanted::Some(vec![6, 7]));
        assert_eq!(rows, all[5..]);
        assert!(matches!(done, Err(Error::Missing { rows: 6 })), "{done:?}");
        for wrong in ["2\n2", "0", "3\n1", "x", "-1", "1\n\n"] {
            let read = Wanted::read(wrong.as_bytes());
            assert!(matches!(read, Err(Error::Number { .. })), "{wrong}: {read:?}");
        }
    }

    #[test]
    fn a_file_that_is_cut_off_or_another_is_no_parquet_file() {
        let whole = file(Compression::SNAPPY);
        for bytes in [&whole[..whole.len() - 3], &whole[..40], b"name,country\n", b""] {
            let (rows, done) = Made::of(bytes).rows();
            assert_eq!(rows, [] as [Value; 0]);
            assert!(matches!(done, Err(Error::Format(_))), "{done:?}");
        }
        let nowhere = Path::new("/nowhere/at/all.parquet");
        let missing = write(nowhere, &Wanted::All, &mut Vec::new());
        assert!(matches!(missing, Err(Error::Opening(_))), "{missing:?}");
    }

    #[test]
    fn a_damaged_file_ends_in_an_error_and_keeps_the_rows_before() {
        let whole = file(Compression::UNCOMPRESSED);
        let (sound, _) = Made::of(&whole).rows();
        let mut told = 0;
        for at in 4..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            let (rows, done) = Made::of(&damaged).rows();
            if let Err(Error::Row { row, what }) = done {
                assert_eq!(row, rows.len() as u64 + 1);
                assert!(rows.len() < sound.len() && !what.is_empty());
                told += 1;
            }
        }
        assert!(told > 20, "only {told} damages were noticed at a row");
    }
}
