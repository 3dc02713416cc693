//! What an IFA scan says.

use core::fmt;
use core::mem::discriminant;

use jiff::civil::Date;

use super::Strictness;
use super::envelope::IfaForm;
use super::error::{IfaError, IfaFault};
use super::field::IfaField;
use super::lenient::{IfaFlaw, LenientIfa};
use crate::identity::{Gtin, LabelDate};

/// A read IFA scan. `Display` writes it back in the form it was scanned in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfaCode<'a> {
    form: IfaForm,
    fields: Vec<IfaField<'a>>,
}

impl<'a> IfaCode<'a> {
    pub(super) fn read(
        data: &'a str,
        today: Date,
        strictness: Strictness,
    ) -> Result<LenientIfa<'a>, IfaError> {
        let (form, inside, before) = IfaForm::open(data)?;
        let allowed = |c: char| c.is_ascii_graphic() || (c == '\u{1d}' && form == IfaForm::Format06);
        if let Some((at, character)) = inside.chars().enumerate().find(|(_, c)| !allowed(*c)) {
            return Err(IfaError::at(before + at + 1, IfaFault::Character(character)));
        }
        let mut at = before + 1;
        let mut fields: Vec<IfaField<'a>> = Vec::new();
        let mut flaws: Vec<IfaFlaw> = Vec::new();
        let lenient = strictness == Strictness::Lenient;
        let separator = form.around().1;
        let mut inside = inside;
        // Not a whole field that is lost, which leaves nothing between two separators.
        if lenient
            && form != IfaForm::Printed
            && let Some(cut) = inside.strip_suffix(separator)
            && !cut.is_empty()
            && !cut.ends_with(separator)
        {
            inside = cut;
            flaws.push(IfaFlaw::TrailingSeparator);
        }
        for part in inside.split(separator) {
            if lenient && let Some(flaw) = IfaFlaw::of_blank_date(part, form) {
                if flaws.contains(&flaw) || fields.iter().any(|field| flaw.is_instead_of(field)) {
                    return Err(IfaError::at(at, IfaFault::Repeated));
                }
                flaws.push(flaw);
                at += part.len() + 1;
                continue;
            }
            let field = IfaField::read(part, form, today)
                .map_err(|(position, fault)| IfaError::at(at + position, fault))?;
            if fields
                .iter()
                .any(|other| discriminant(other) == discriminant(&field))
                || flaws.iter().any(|flaw| flaw.is_instead_of(&field))
            {
                return Err(IfaError::at(at, IfaFault::Repeated));
            }
            fields.push(field);
            at += part.len() + 1;
        }
        let code = Self { form, fields };
        if code.article_number().is_some() && code.device().is_some() {
            return Err(IfaError::at(1, IfaFault::TwoProducts));
        }
        Ok(LenientIfa { code, flaws })
    }

    /// How it was put together.
    pub fn form(&self) -> IfaForm {
        self.form
    }

    /// The fields in the order of the label.
    pub fn fields(&self) -> &[IfaField<'a>] {
        &self.fields
    }

    fn find<T>(&self, of: impl Fn(&IfaField<'a>) -> Option<T>) -> Option<T> {
        self.fields.iter().find_map(of)
    }

    /// The UDI-DI, PPN or HPC.
    pub fn device(&self) -> Option<&'a str> {
        self.find(|field| match field {
            IfaField::Device(code) => Some(*code),
            _ => None,
        })
    }

    /// The PZN inside a PPN, 8 digits.
    pub fn pzn(&self) -> Option<&'a str> {
        self.device()
            .filter(|code| code.starts_with("11"))
            .and_then(|code| code.get(2..10))
    }

    /// The Master UDI-DI.
    pub fn master_di(&self) -> Option<&'a str> {
        self.find(|field| match field {
            IfaField::MasterDi(code) => Some(*code),
            _ => None,
        })
    }

    /// The GTIN or NTIN.
    pub fn article_number(&self) -> Option<Gtin> {
        self.find(|field| match field {
            IfaField::ArticleNumber { gtin, .. } => Some(*gtin),
            _ => None,
        })
    }

    /// Lot.
    pub fn lot(&self) -> Option<&'a str> {
        self.find(|field| match field {
            IfaField::Lot(lot) => Some(*lot),
            _ => None,
        })
    }

    /// Serial.
    pub fn serial(&self) -> Option<&'a str> {
        self.find(|field| match field {
            IfaField::Serial(serial) => Some(*serial),
            _ => None,
        })
    }

    /// Expiry.
    pub fn expiry(&self) -> Option<LabelDate> {
        self.find(|field| match field {
            IfaField::Expiry { date, .. } => Some(*date),
            _ => None,
        })
    }

    /// Production date.
    pub fn made(&self) -> Option<LabelDate> {
        self.find(|field| match field {
            IfaField::Made { date, .. } => Some(*date),
            _ => None,
        })
    }

    /// Pieces in the package.
    pub fn quantity(&self) -> Option<u32> {
        self.find(|field| match field {
            IfaField::Quantity { count, .. } => Some(*count),
            _ => None,
        })
    }

    /// Web address.
    pub fn web_address(&self) -> Option<&'a str> {
        self.find(|field| match field {
            IfaField::WebAddress(address) => Some(*address),
            _ => None,
        })
    }
}

impl fmt::Display for IfaCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, separator, end) = self.form.around();
        f.write_str(head)?;
        for (at, field) in self.fields.iter().enumerate() {
            if at > 0 {
                write!(f, "{separator}")?;
            }
            let (mark, value) = field.parts();
            write!(f, "{mark}{}{value}", self.form.mark_end())?;
        }
        f.write_str(end)
    }
}
