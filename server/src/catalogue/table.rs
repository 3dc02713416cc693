//! CSV as people really have it: comma, semicolon or tab, with or without byte order mark.

use super::cell::Row;
use super::report::{FileError, Remark};

/// UTF-8 byte order mark, which Excel writes.
pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

/// A column a file may have.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in the header.
    pub name: &'static str,
    /// Whether the file must have it.
    pub required: bool,
    /// What stands in it.
    pub help: &'static str,
}

pub(super) const fn column(name: &'static str, required: bool, help: &'static str) -> Column {
    Column { name, required, help }
}

/// Reads a table row by row. `each` says why a row cannot be used; such rows come back as remarks.
pub(super) fn read_rows(
    content: &[u8],
    columns: &'static [Column],
    mut each: impl FnMut(&Row<'_>) -> Result<(), Remark>,
) -> Result<(u64, Vec<Remark>), FileError> {
    let content = content.strip_prefix(BOM).unwrap_or(content);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(content))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(content);
    let header = header(&mut reader, columns)?;
    let (mut lines, mut refused) = (0, Vec::new());
    let mut place = LineCount::new(content);
    let mut record = csv::ByteRecord::new();
    loop {
        let line = place.line_at(reader.position().byte());
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                refused.push(remark(line, error.to_string()));
                break;
            }
        }
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        lines += 1;
        match row(&record, &header, line) {
            Ok(row) => refused.extend(each(&row).err()),
            Err(reason) => refused.push(remark(line, reason)),
        }
    }
    Ok((lines, refused))
}

/// Line numbers by byte. The reader's own count lags behind at CR LF and blank lines.
struct LineCount<'a> {
    content: &'a [u8],
    byte: usize,
    line: u64,
}

impl<'a> LineCount<'a> {
    fn new(content: &'a [u8]) -> Self {
        Self {
            content,
            byte: 0,
            line: 1,
        }
    }

    /// Line, from 1, of the first content at or after a byte; bytes are asked for in rising order.
    fn line_at(&mut self, byte: u64) -> u64 {
        let wanted = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(found) = self.content.get(self.byte)
            && (self.byte < wanted || matches!(found, b'\r' | b'\n'))
        {
            self.line += u64::from(*found == b'\n');
            self.byte += 1;
        }
        self.line
    }
}

fn remark(line: u64, text: String) -> Remark {
    Remark {
        line,
        subject: String::new(),
        text,
    }
}

/// Pairs cells with their column names.
fn row<'a>(record: &'a csv::ByteRecord, header: &[&'static str], line: u64) -> Result<Row<'a>, String> {
    // An open quote swallows line after line; better one refused row that says so than a cell full of rows.
    if let Some(at) = record.iter().position(|cell| cell.contains(&b'\n')) {
        return Err(format!(
            "cell {} goes over several lines: a quote opens there and does not close; the lines after it were not \
             read",
            at + 1
        ));
    }
    if record.len() != header.len() {
        return Err(format!(
            "has {} cells where the header has {}: a separator is missing or too many; \
             put quotes round cells that contain one",
            record.len(),
            header.len()
        ));
    }
    let cells = header
        .iter()
        .zip(record)
        .map(|(name, cell)| match std::str::from_utf8(cell) {
            Ok(text) => Ok((*name, text)),
            Err(_) => Err(format!("column {name:?}: is not UTF-8; save the file as UTF-8")),
        })
        .collect::<Result<_, _>>()?;
    Ok(Row { line, cells })
}

fn header(
    reader: &mut csv::Reader<&[u8]>,
    columns: &'static [Column],
) -> Result<Vec<&'static str>, FileError> {
    let known = || {
        columns
            .iter()
            .map(|column| column.name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let found = reader.byte_headers().map_err(|_| FileError::NotText)?.clone();
    if found.iter().all(<[u8]>::is_empty) {
        return Err(FileError::Empty(known()));
    }
    let mut names: Vec<&'static str> = Vec::new();
    for cell in &found {
        let text = std::str::from_utf8(cell).map_err(|_| FileError::NotText)?;
        let column = columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(text))
            .ok_or_else(|| FileError::UnknownColumn {
                column: text.to_owned(),
                known: known(),
            })?;
        if names.contains(&column.name) {
            return Err(FileError::DoubledColumn(text.to_owned()));
        }
        names.push(column.name);
    }
    match columns
        .iter()
        .find(|column| column.required && !names.contains(&column.name))
    {
        Some(column) => Err(FileError::MissingColumn {
            column: column.name,
            found: names.join(", "),
            known: known(),
        }),
        None => Ok(names),
    }
}

/// The separator that stands most often in the first line.
fn delimiter(content: &[u8]) -> u8 {
    let first = content.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| first.split(|byte| *byte == wanted).count();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|candidate| (count(*candidate), *candidate == b','))
        .unwrap_or(b',')
}
