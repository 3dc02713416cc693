//! One scan into its symbols. Some readers hand over the linear symbols of one label as one text; check, link and
//! data may all be `+` or `/`, so a cut is made only where the check characters hold on both sides of it.

use jiff::civil::Date;

use super::check::check_byte;
use super::code::{HibcCode, HibcPrimary, HibcSymbol};
use super::error::{HibcError, HibcFault};
use super::field::{HibcField, Place};
use super::source::Source;

/// One for each kind of value: lot, serial, production date, expiry, quantity.
const MOST_SECONDARIES: usize = 5;
/// The next symbol begins at one of so many `+`: mark, link and check of the one before can be `+` too, and its values
/// cannot. Without this bound the ways to cut a text would be as many as its `+` allow.
const MOST_PLUSES: usize = 4;

type Read<T> = Result<T, HibcError>;

/// Every reading; a primary one first.
pub(super) fn read(source: Source<'_>, today: Date) -> Read<Vec<HibcCode<'_>>> {
    let second = source.body.as_bytes()[1];
    if !second.is_ascii_uppercase() {
        return Ok(vec![without_primary(source, today)?]);
    }
    let primary = with_primary(source, today);
    if !matches!(second, b'S' | b'Q') {
        return Ok(vec![primary?]);
    }
    // A labeler's letter, or the mark of a serial or quantity that stands in a symbol of its own.
    match (primary, without_primary(source, today)) {
        (Ok(primary), Ok(secondary)) => Ok(vec![primary, secondary]),
        (Err(_), Ok(secondary)) => Ok(vec![secondary]),
        (primary, Err(_)) => Ok(vec![primary?]),
    }
}

fn with_primary(source: Source<'_>, today: Date) -> Read<HibcCode<'_>> {
    let bytes = source.body.as_bytes();
    let run = bytes[1..]
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric())
        .count()
        + 1;
    let mut found = Vec::new();
    let mut told = None;
    // The check character of the primary symbol is the last of the run, or the one after it.
    for end in [run, run + 1] {
        if bytes.get(end) != Some(&b'+') || check_byte(&bytes[..end - 1]) != Some(bytes[end - 1]) {
            continue;
        }
        match linked(source, end, today) {
            Ok(code) => found.push(code),
            Err(error) => told = Some(error),
        }
    }
    match concatenated(source, today) {
        Ok(code) => found.push(code),
        Err(error) => told = told.or(Some(error)),
    }
    only(found, told)
}

/// A primary symbol that ends before `end`, and the secondary symbols after it.
fn linked(source: Source<'_>, end: usize, today: Date) -> Read<HibcCode<'_>> {
    let primary = HibcPrimary::read(&source.body[1..end - 1]).ok_or(HibcError::at(2, HibcFault::Primary))?;
    let check = source.body.as_bytes()[end - 1];
    let rest = Source {
        body: &source.body[end..],
        ..source
    };
    let mut symbols = secondaries(rest, Some(check), today).map_err(|error| error.after(end))?;
    symbols.insert(
        0,
        HibcSymbol {
            fields: Vec::new(),
            link: None,
            check: Some(char::from(check)),
        },
    );
    HibcCode::new(Some(primary), symbols)
}

fn without_primary(source: Source<'_>, today: Date) -> Read<HibcCode<'_>> {
    HibcCode::new(None, secondaries(source, None, today)?)
}

/// One symbol that begins with the primary data.
fn concatenated(source: Source<'_>, today: Date) -> Read<HibcCode<'_>> {
    verify(source)?;
    unchecked(source.body, Some(source.check), today)
}

/// The same without a look at the check character, and where there is none.
pub(super) fn unchecked(body: &str, check: Option<u8>, today: Date) -> Read<HibcCode<'_>> {
    match body.split_once('/') {
        Some((primary, rest)) => joined(primary, rest, body.len() - rest.len(), check, today),
        None => device(body, Vec::new(), check),
    }
}

/// Primary data with its `+`, and the fields `rest`, before which stand `offset` characters.
pub(super) fn joined<'a>(
    primary: &'a str,
    rest: &'a str,
    offset: usize,
    check: Option<u8>,
    today: Date,
) -> Read<HibcCode<'a>> {
    device(primary, fields(rest, offset, today)?, check)
}

fn device<'a>(primary: &'a str, fields: Vec<HibcField<'a>>, check: Option<u8>) -> Read<HibcCode<'a>> {
    let primary = HibcPrimary::read(&primary[1..]).ok_or(HibcError::at(2, HibcFault::Primary))?;
    let symbol = HibcSymbol {
        fields,
        link: None,
        check: check.map(char::from),
    };
    HibcCode::new(Some(primary), vec![symbol])
}

/// Secondary symbols that fill the text. With `link` they must carry that link character.
fn secondaries(source: Source<'_>, link: Option<u8>, today: Date) -> Read<Vec<HibcSymbol<'_>>> {
    let mut search = Search {
        link,
        today,
        found: Vec::new(),
        told: None,
    };
    search.cut(source, 0, &mut Vec::new());
    only(search.found, search.told)
}

struct Search<'a> {
    link: Option<u8>,
    today: Date,
    found: Vec<Vec<HibcSymbol<'a>>>,
    told: Option<HibcError>,
}

impl<'a> Search<'a> {
    fn cut(&mut self, source: Source<'a>, offset: usize, before: &mut Vec<HibcSymbol<'a>>) {
        match self.symbol(source) {
            Ok(last) => {
                let mut all = before.clone();
                all.push(last);
                self.found.push(all);
            }
            Err(error) => self.told = self.told.or(Some(error.after(offset))),
        }
        if before.len() + 1 == MOST_SECONDARIES {
            return;
        }
        let bytes = source.body.as_bytes();
        // A symbol has at least `+`, a character, link and check.
        let ends = (4..bytes.len()).filter(|end| bytes[*end] == b'+');
        for end in ends.take(MOST_PLUSES) {
            let head = Source {
                body: &source.body[..end - 1],
                check: bytes[end - 1],
                whole: None,
            };
            if verify(head).is_err() {
                continue;
            }
            if let Ok(symbol) = self.symbol(head) {
                let rest = Source {
                    body: &source.body[end..],
                    ..source
                };
                before.push(symbol);
                self.cut(rest, offset + end, before);
                before.pop();
            }
        }
    }

    /// One secondary symbol: `+`, fields, link, check.
    fn symbol(&self, source: Source<'a>) -> Read<HibcSymbol<'a>> {
        verify(source)?;
        let Some((link, content)) = source
            .body
            .as_bytes()
            .split_last()
            .filter(|(_, rest)| rest.len() > 1)
        else {
            return Err(HibcError::at(2, HibcFault::Field));
        };
        if let Some(expected) = self.link.filter(|expected| expected != link) {
            let fault = HibcFault::LinkCharacter {
                expected: char::from(expected),
                found: char::from(*link),
            };
            return Err(HibcError::at(source.body.len(), fault));
        }
        Ok(HibcSymbol {
            fields: fields(&source.body[1..content.len()], 1, self.today)?,
            link: Some(char::from(*link)),
            check: Some(char::from(source.check)),
        })
    }
}

/// Fields between slashes; `offset` characters stand before them.
fn fields(text: &str, offset: usize, today: Date) -> Read<Vec<HibcField<'_>>> {
    let mut at = offset;
    let mut place = Place::First;
    let mut found = Vec::new();
    for part in text.split('/') {
        let field = HibcField::read(part, place, today)
            .map_err(|(position, fault)| HibcError::at(at + position + 1, fault))?;
        place = field.next(place);
        found.push(field);
        at += part.len() + 1;
    }
    Ok(found)
}

fn verify(source: Source<'_>) -> Read<()> {
    match check_byte(source.body.as_bytes()) {
        Some(expected) if expected != source.check => Err(HibcError::at(
            source.body.len() + 1,
            HibcFault::CheckCharacter {
                expected: char::from(expected),
                found: char::from(source.check),
            },
        )),
        _ => Ok(()),
    }
}

/// The one reading; none is the error that was met, several are one of their own.
fn only<T>(mut found: Vec<T>, told: Option<HibcError>) -> Read<T> {
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(_), false) => Err(HibcError::at(1, HibcFault::Ambiguous)),
        (None, _) => Err(told.unwrap_or(HibcError::at(1, HibcFault::NotHibc))),
    }
}
