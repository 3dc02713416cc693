//! Tables for spreadsheets: a byte order mark so that they are read as UTF-8, and no cell that would be computed.

const BOM: &str = "\u{feff}";

/// One cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    /// Anything that people or labels say.
    Text(String),
    /// A figure of ours.
    Number(i64),
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

/// The finished file.
pub fn table<const N: usize>(
    delimiter: u8,
    head: [&str; N],
    rows: impl Iterator<Item = [Cell; N]>,
) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(BOM.as_bytes().to_vec());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.map(written))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

/// A spreadsheet would compute a text that begins like a formula, and labels come from outside.
fn written(cell: Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(text) => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_are_defused() {
        assert_eq!(written("=HYPERLINK(1)".into()), "'=HYPERLINK(1)");
        assert_eq!(written("-12".into()), "'-12");
        assert_eq!(written("A-12".into()), "A-12");
        assert_eq!(written(Cell::Number(-12)), "-12");
    }
}
