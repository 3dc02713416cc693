//! What a code says, field by field, for people.

use jiff::civil::Date;

use crate::carrier::gs1::{Ai, BlankDates, Element, Elements, Linter, parse};
use crate::carrier::hibc::{self, HibcCode, HibcDate, HibcField, HibcReading};
use crate::carrier::ifa::{self, IfaField};
use crate::carrier::isbt128::{self, Isbt128Structure};
use crate::carrier::{Candidate, Reading, agencies};
use crate::identity::{Agency, LabelDate};

/// One field of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What marks it in the code: an application identifier, `$$+`, `=>`, `9N`. Empty where nothing does.
    pub mark: String,
    /// Key of its name in the texts: `ai-17`, `field-expiry`.
    pub name: String,
    /// The value as it stands in the code.
    pub value: String,
    /// What the value means, where that is not the value itself: a date `2027-02-28`, a measure `1.250`.
    pub meaning: Option<String>,
}

impl Field {
    fn new(mark: impl Into<String>, name: &str, value: impl Into<String>) -> Self {
        Self {
            mark: mark.into(),
            name: format!("field-{name}"),
            value: value.into(),
            meaning: None,
        }
    }

    fn meaning(self, meaning: Option<String>) -> Self {
        let meaning = meaning.filter(|meaning| *meaning != self.value);
        Self { meaning, ..self }
    }
}

/// The fields behind a candidate; `data` is the scan without what scanners add.
pub(super) fn fields_of(candidate: &Candidate<'_>, data: &str, today: Date) -> Vec<Field> {
    if let Some(string) = &candidate.element_string {
        return of_element_string(string, today);
    }
    match (candidate.reading.agency(), &candidate.reading) {
        (Agency::Hibcc, reading) => of_hibc(reading, data, today),
        (Agency::Iccbba, _) => {
            isbt128::parse(data, today).map_or_else(|_| Vec::new(), |code| of_isbt128(&code))
        }
        (Agency::Ifa, _) => of_ifa(data, today),
        (Agency::Gs1, Reading::Logistic(code)) => vec![Field::new("", "sscc", code.sscc.to_string())],
        (Agency::Gs1, Reading::Item(item)) => {
            let fields = of_ifa(data, today);
            if fields.is_empty() {
                vec![Field::new("", "number", item.di.code())]
            } else {
                fields
            }
        }
        (Agency::Gs1, _) => Vec::new(),
    }
}

fn of_element_string(string: &str, today: Date) -> Vec<Field> {
    parse(string, BlankDates::Allowed)
        .map_or_else(|_| Vec::new(), |elements| fields_of_elements(&elements, today))
}

/// One field for each element.
pub(super) fn fields_of_elements(elements: &Elements<'_>, today: Date) -> Vec<Field> {
    let elements = elements.as_slice().iter();
    elements.map(|element| of_element(element, today)).collect()
}

/// The fields of a code of another agency that is without fault; none where it is of none.
pub(super) fn fields_of_other(data: &str, today: Date) -> Vec<Field> {
    if let Ok(code) = hibc::parse(data, today) {
        return of_hibc_code(&code);
    }
    match isbt128::parse(data, today) {
        Ok(code) => of_isbt128(&code),
        Err(_) => of_ifa(data, today),
    }
}

fn of_element(element: &Element<'_>, today: Date) -> Field {
    let ai = element.ai();
    let low = ai.row().map_or(ai, |row| row.span.low);
    Field {
        mark: ai.to_string(),
        name: format!("ai-{low}"),
        value: element.value().to_owned(),
        meaning: None,
    }
    .meaning(meaning(ai, element.value(), today))
}

/// A date with its time of day, two dates, or a number with its decimals.
fn meaning(ai: Ai, value: &str, today: Date) -> Option<String> {
    let row = ai.row()?;
    let is_day = |part: usize| {
        let mut linters = row.components.get(part).into_iter().flat_map(|part| part.linters);
        linters.any(|linter| matches!(linter, Linter::Day | Linter::DayOrMonth))
    };
    if is_day(0) {
        let (day, time) = value.split_at_checked(6)?;
        let day = LabelDate::from_gs1(day, today).ok()?;
        if is_day(1) && !time.is_empty() {
            let last = LabelDate::from_gs1(time, today).ok()?;
            return Some(format!("{day}/{last}"));
        }
        return Some(match (time.get(..2), time.get(2..4)) {
            (Some(hour), Some(minute)) => format!("{day} {hour}:{minute}"),
            (Some(hour), None) => format!("{day} {hour}:00"),
            _ => day.to_string(),
        });
    }
    // The last digit of these identifiers tells the decimals (General Specifications 3.6).
    let first_two: u8 = ai.to_string().get(..2)?.parse().ok()?;
    let measure = ai.digits() == 4 && (31..=36).contains(&first_two);
    let decimals: usize = ai.to_string().get(3..)?.parse().ok()?;
    if !measure || decimals == 0 {
        return None;
    }
    let (whole, fraction) = value.split_at_checked(value.len().checked_sub(decimals)?)?;
    let whole = whole.trim_start_matches('0');
    Some(format!(
        "{}.{fraction}",
        if whole.is_empty() { "0" } else { whole }
    ))
}

/// Of the ways to read an HIBC code the one that says the same as the reading.
fn of_hibc(reading: &Reading, data: &str, today: Date) -> Vec<Field> {
    // Blanks at the end are link and check character, or what the scanner adds.
    let texts = [Some(data), data.strip_suffix(' '), data.strip_suffix("  ")];
    let found = texts.into_iter().flatten().find_map(|text| {
        let codes = match hibc::parse_lenient(text, today).ok()? {
            HibcReading::Strict(codes) => codes,
            HibcReading::Lenient(read) => core::iter::once(read.code).chain(read.unchecked).collect(),
        };
        let same = |code: &&HibcCode<'_>| agencies::hibc(code).is_ok_and(|read| read == *reading);
        codes.iter().find(same).map(of_hibc_code)
    });
    found.unwrap_or_default()
}

fn of_hibc_code(code: &HibcCode<'_>) -> Vec<Field> {
    let mut out = Vec::new();
    if let Some(primary) = code.primary() {
        out.push(Field::new("+", "labeler", primary.labeler()));
        out.push(Field::new("", "product", primary.product()));
        out.push(Field::new("", "level", primary.unit_of_measure().to_string()));
    }
    for field in code.fields() {
        let mark = match field {
            HibcField::Lot(_) => "$",
            HibcField::Serial(_) => "$+",
            HibcField::DatedLot { .. } => "$$",
            HibcField::DatedSerial { .. } => "$$+",
            HibcField::DayLot { .. } => "",
            HibcField::SupplementSerial(_) => "S",
            HibcField::Expiry(_) => "14D",
            HibcField::Made(_) => "16D",
            HibcField::Quantity(_) => "Q",
        };
        let mut add = |name, value: Option<&str>, meaning: Option<String>| {
            if let Some(value) = value {
                out.push(Field::new(mark, name, value).meaning(meaning));
            }
        };
        add("quantity", field.quantity(), None);
        let expiry = field.expiry();
        let hour = expiry
            .and_then(|date| date.hour())
            .map(|hour| format!(" {hour:02}:00"))
            .unwrap_or_default();
        let day = expiry.and_then(|date| date.date());
        add(
            "expiry",
            expiry.as_ref().map(HibcDate::digits),
            day.map(|day| format!("{day}{hour}")),
        );
        let made = field.made();
        add(
            "made",
            made.as_ref().map(HibcDate::digits),
            made.and_then(|date| date.date()).map(|day| day.to_string()),
        );
        add("lot", field.lot(), None);
        add("serial", field.serial(), None);
    }
    out.extend(code.link().map(|link| Field::new("", "link", link)));
    out.extend(code.check().map(|check| Field::new("", "check", check)));
    out
}

fn of_isbt128(code: &isbt128::Isbt128Code<'_>) -> Vec<Field> {
    let message = code.message().map(|message| {
        Field::new(
            "=+",
            "message",
            format!("{:02}{}", message.count, message.sequence),
        )
    });
    let structures = code.structures().iter().map(|structure| {
        let name = match structure {
            Isbt128Structure::Device(_) => "di",
            Isbt128Structure::Donation(_) => "donation",
            Isbt128Structure::Serial(_) => "serial",
            Isbt128Structure::Expiry(_) => "expiry",
            Isbt128Structure::Made(_) => "made",
            Isbt128Structure::Lot(_) => "lot",
            Isbt128Structure::Container(_) => "container",
            Isbt128Structure::ContainerLot(_) => "container-lot",
            Isbt128Structure::ProductCode(_) => "product-code",
            Isbt128Structure::BloodGroups(_) => "blood-groups",
            Isbt128Structure::SingleEuropeanCode(_) => "european-code",
        };
        let meaning = match structure {
            Isbt128Structure::Expiry(date) | Isbt128Structure::Made(date) => Some(match date.time() {
                Some(time) => format!("{} {:02}:{:02}", date.date(), time.hour(), time.minute()),
                None => date.date().to_string(),
            }),
            _ => None,
        };
        let (mark, value) = structure.parts();
        Field::new(mark, name, value).meaning(meaning)
    });
    let others = code
        .others()
        .map(|other| Field::new(other.identifier(), "other-isbt128", other.value()));
    message.into_iter().chain(structures).chain(others).collect()
}

fn of_ifa(data: &str, today: Date) -> Vec<Field> {
    let Ok(read) = ifa::parse_lenient(data, today) else {
        return Vec::new();
    };
    let fields = read.code.fields().iter().map(|field| {
        let name = match field {
            IfaField::Device(_) => "di",
            IfaField::MasterDi(_) => "master-di",
            IfaField::ArticleNumber { .. } => "article-number",
            IfaField::Lot(_) => "lot",
            IfaField::Serial(_) => "serial",
            IfaField::Expiry { .. } => "expiry",
            IfaField::Made { .. } => "made",
            IfaField::Quantity { .. } => "quantity",
            IfaField::Measure(_) => "measure",
            IfaField::WebAddress(_) => "web-address",
        };
        let meaning = match field {
            IfaField::Expiry { date, .. } | IfaField::Made { date, .. } => Some(date.to_string()),
            _ => None,
        };
        let (mark, value) = field.parts();
        Field::new(mark, name, value).meaning(meaning)
    });
    fields.collect()
}
