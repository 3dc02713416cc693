//! What real labels and scanners get wrong, read with its faults named.

use super::code::IfaCode;
use super::envelope::IfaForm;
use super::field::IfaField;

/// What was read, in spite of faults or without any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LenientIfa<'a> {
    /// What was read.
    pub code: IfaCode<'a>,
    /// What a strict reader refuses; none where it does not.
    pub flaws: Vec<IfaFlaw>,
}

/// A fault of a label that was read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfaFlaw {
    /// `D000000`, which is no date. The expiry counts as absent.
    BlankExpiry,
    /// `16D00000000`, which is no date. The production date counts as absent.
    BlankProductionDate,
    /// A separator behind the last field.
    TrailingSeparator,
}

impl IfaFlaw {
    /// The flaw of a field that says with zeros that there is no date.
    pub(super) fn of_blank_date(field: &str, form: IfaForm) -> Option<Self> {
        [
            ("D", "000000", Self::BlankExpiry),
            ("16D", "00000000", Self::BlankProductionDate),
        ]
        .into_iter()
        .find(|(mark, zeros, _)| {
            let value = field
                .strip_prefix(mark)
                .and_then(|rest| rest.strip_prefix(form.mark_end()));
            value == Some(*zeros)
        })
        .map(|(_, _, flaw)| flaw)
    }

    /// Whether it stands where this field would.
    pub(super) fn is_instead_of(self, field: &IfaField<'_>) -> bool {
        match self {
            Self::BlankExpiry => matches!(field, IfaField::Expiry { .. }),
            Self::BlankProductionDate => matches!(field, IfaField::Made { .. }),
            Self::TrailingSeparator => false,
        }
    }
}
