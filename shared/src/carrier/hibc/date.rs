//! Dates in HIBC secondary data. Each form has a code before it; the raw digits are kept.

use jiff::civil::Date;

use crate::identity::LabelDate;

/// How a date is written. The digit is the code that stands before it after `$$`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HibcDateForm {
    /// MMYY without a code: the first digit of the month, 0 or 1, tells it. Precise to the month.
    MonthYear,
    /// `2` MMDDYY.
    MonthDayYear,
    /// `3` YYMMDD.
    YearMonthDay,
    /// `4` YYMMDDHH.
    YearMonthDayHour,
    /// `5` YYJJJ, day of the year; without a code in the old secondary data.
    YearDay,
    /// `6` YYJJJHH.
    YearDayHour,
    /// `7` no date.
    None,
    /// YYYYMMDD after `14D` and `16D`.
    FullDate,
}

use HibcDateForm as F;

impl HibcDateForm {
    /// The form for a code after `$$`.
    pub(super) fn of_code(code: u8) -> Option<Self> {
        Some(match code {
            b'0' | b'1' => F::MonthYear,
            b'2' => F::MonthDayYear,
            b'3' => F::YearMonthDay,
            b'4' => F::YearMonthDayHour,
            b'5' => F::YearDay,
            b'6' => F::YearDayHour,
            b'7' => F::None,
            _ => return None,
        })
    }

    /// The code that stands before the digits.
    pub const fn code(self) -> &'static str {
        match self {
            F::MonthYear | F::FullDate => "",
            F::MonthDayYear => "2",
            F::YearMonthDay => "3",
            F::YearMonthDayHour => "4",
            F::YearDay => "5",
            F::YearDayHour => "6",
            F::None => "7",
        }
    }

    /// The parts in order: year, month, day, day of the year, hour.
    const fn parts(self) -> &'static [(Part, usize)] {
        use Part::{Day, DayOfYear, Hour, Month, Year};
        match self {
            F::MonthYear => &[(Month, 2), (Year, 2)],
            F::MonthDayYear => &[(Month, 2), (Day, 2), (Year, 2)],
            F::YearMonthDay => &[(Year, 2), (Month, 2), (Day, 2)],
            F::YearMonthDayHour => &[(Year, 2), (Month, 2), (Day, 2), (Hour, 2)],
            F::YearDay => &[(Year, 2), (DayOfYear, 3)],
            F::YearDayHour => &[(Year, 2), (DayOfYear, 3), (Hour, 2)],
            F::None => &[],
            F::FullDate => &[(Year, 4), (Month, 2), (Day, 2)],
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Year,
    Month,
    Day,
    DayOfYear,
    Hour,
}

/// A date as the label has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HibcDate<'a> {
    form: HibcDateForm,
    digits: &'a str,
    date: Option<LabelDate>,
    hour: Option<i8>,
}

impl<'a> HibcDate<'a> {
    /// Takes a date of this form off the head of `text`, which is ASCII. `None` when it is cut off or does not exist.
    pub(super) fn take(form: HibcDateForm, text: &'a str, today: Date) -> Option<(Self, &'a str)> {
        let length = form.parts().iter().map(|(_, digits)| digits).sum();
        let (digits, rest) = text.split_at_checked(length)?;
        let mut at = 0;
        let mut parts = [None; 5];
        for (part, length) in form.parts() {
            let part_digits = digits.get(at..at + length)?;
            if !part_digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let number: i16 = part_digits.parse().ok()?;
            parts[*part as usize] = Some(if *part == Part::Year && *length == 2 {
                LabelDate::full_year(i8::try_from(number).ok()?, today)
            } else {
                number
            });
            at += length;
        }
        let small = |part: Part| parts[part as usize].map(i8::try_from).transpose();
        let month = small(Part::Month).ok()?;
        let day = small(Part::Day).ok()?;
        let hour = small(Part::Hour).ok()?;
        let date = match (
            parts[Part::Year as usize],
            month,
            day,
            parts[Part::DayOfYear as usize],
        ) {
            (None, ..) => None,
            (Some(year), Some(month), None, _) => Some(LabelDate::month(year, month)?),
            (Some(year), Some(month), Some(day), _) => {
                Some(Date::new(year, month, day).ok().and_then(LabelDate::day)?)
            }
            (Some(year), None, _, day) => Some(LabelDate::day_of_year(year, day?)?),
        };
        let hour_exists = hour.is_none_or(|hour| (0..24).contains(&hour));
        let read = Self {
            form,
            digits,
            date,
            hour,
        };
        hour_exists.then_some((read, rest))
    }

    /// How it is written.
    pub fn form(&self) -> HibcDateForm {
        self.form
    }

    /// The digits on the label, without the code of the form.
    pub fn digits(&self) -> &'a str {
        self.digits
    }

    /// The date; `None` for the form that says there is none.
    pub fn date(&self) -> Option<LabelDate> {
        self.date
    }

    /// The hour, 0 to 23, where the form has one.
    pub fn hour(&self) -> Option<i8> {
        self.hour
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{F, HibcDate};

    fn read(form: F, text: &str) -> Option<String> {
        let (read, rest) = HibcDate::take(form, text, date(2026, 11, 22))?;
        assert_eq!(rest, "X");
        let hour = read.hour().map(|hour| format!("T{hour:02}")).unwrap_or_default();
        Some(read.date().map(|date| date.to_string()).unwrap_or_default() + &hour)
    }

    #[test]
    fn every_form() {
        for (form, text, expected) in [
            (F::MonthYear, "0227X", "2027-02"),
            (F::MonthDayYear, "022827X", "2027-02-28"),
            (F::YearMonthDay, "280229X", "2028-02-29"),
            (F::YearMonthDayHour, "20020216X", "2020-02-02T16"),
            (F::YearDay, "25330X", "2025-11-26"),
            (F::YearDay, "28366X", "2028-12-31"),
            (F::YearDayHour, "2001523X", "2020-01-15T23"),
            (F::None, "X", ""),
            (F::FullDate, "20200906X", "2020-09-06"),
        ] {
            assert_eq!(read(form, text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist() {
        for (form, text) in [
            (F::MonthYear, "1327X"),
            (F::MonthYear, "0027X"),
            (F::MonthDayYear, "023027X"),
            (F::YearMonthDay, "270200X"),
            (F::YearMonthDayHour, "27020124X"),
            (F::YearDay, "27366X"),
            (F::YearDay, "27000X"),
            (F::YearDay, "27"),
            (F::FullDate, "2027022+X"),
        ] {
            assert_eq!(read(form, text), None, "{text}");
        }
    }
}
