//! Rules between identifiers: repeats, exclusions, and what must stand beside what.

use core::fmt;

use super::ai::{Ai, Requirement};
use super::element::{Element, Elements};
use super::error::{Gs1Error, Gs1ErrorKind};

/// An identifier whose companions were not scanned yet.
#[derive(Debug, Clone, Copy)]
pub struct MissingAssociation {
    /// The identifier that stands alone.
    pub ai: Ai,
    /// What it needs: one of these alternatives in full.
    pub needs: Requirement,
}

impl Elements<'_> {
    /// The rules that one symbol can break by itself (GS1 General Specifications 4.13): identifiers that exclude each
    /// other, the same identifier with two values, a digital signature beside a key that names no single piece.
    pub fn check_together(&self) -> Result<(), Gs1Error> {
        self.check_pairs()?;
        self.check_repeats()?;
        self.check_signed()
    }

    /// Every rule between identifiers, those that hold over all symbols of an item too, in the order of the GS1
    /// Barcode Syntax Engine. For strings that are known to be all there is.
    pub fn check_complete(&self) -> Result<(), Gs1Error> {
        self.check_pairs()?;
        if let Some(missing) = self.missing_association() {
            let lonely = self.as_slice().iter().find(|e| e.ai() == missing.ai);
            return Err(Gs1Error {
                ai: Some(missing.ai),
                position: lonely.map_or(1, Element::position),
                kind: Gs1ErrorKind::RequiredAisNotSatisfied,
            });
        }
        self.check_repeats()?;
        self.check_signed()
    }

    /// Identifiers that exclude each other.
    pub fn check_pairs(&self) -> Result<(), Gs1Error> {
        let all = self.as_slice();
        for element in all.iter().filter(|element| !element.row.excludes.is_empty()) {
            for other in all.iter().map(Element::ai).filter(|ai| *ai != element.ai()) {
                if element.row.excludes.iter().any(|span| span.contains(other)) {
                    return Err(wrong(element, Gs1ErrorKind::InvalidAiPairs { with: other }));
                }
            }
        }
        Ok(())
    }

    /// The same identifier with two values.
    pub fn check_repeats(&self) -> Result<(), Gs1Error> {
        let all = self.as_slice();
        for (at, element) in all.iter().enumerate() {
            let differs =
                |earlier: &Element<'_>| earlier.ai() == element.ai() && earlier.value() != element.value();
            if all[..at].iter().any(differs) {
                return Err(wrong(element, Gs1ErrorKind::InstancesOfAiHaveDifferentValues));
            }
        }
        Ok(())
    }

    /// A digital signature (8030) signs one piece: GDTI, GCN and GRAI need their serial part beside it.
    pub fn check_signed(&self) -> Result<(), Gs1Error> {
        const KEYS: [(Ai, usize); 3] = [(Ai::GDTI, 13), (Ai::GCN, 13), (Ai::GRAI, 14)];
        let all = self.as_slice();
        if !all.iter().any(|element| element.ai() == Ai::DIGITAL_SIGNATURE) {
            return Ok(());
        }
        let without_serial = |element: &&Element<'_>| {
            KEYS.iter()
                .any(|(ai, length)| element.ai() == *ai && element.value().len() == *length)
        };
        match all.iter().find(without_serial) {
            Some(element) => Err(wrong(element, Gs1ErrorKind::SerialNotPresent)),
            None => Ok(()),
        }
    }

    /// The first identifier that needs a companion which is not here.
    ///
    /// Not an error: one UDI may be spread over several symbols, and the rule holds over all of them.
    pub fn missing_association(&self) -> Option<MissingAssociation> {
        let all = self.as_slice();
        let satisfied = |needs: Requirement| {
            needs
                .iter()
                .any(|group| group.iter().all(|span| all.iter().any(|e| span.contains(e.ai()))))
        };
        all.iter().find_map(|element| {
            let needs = *element.row.requires.iter().find(|needs| !satisfied(needs))?;
            Some(MissingAssociation {
                ai: element.ai(),
                needs,
            })
        })
    }
}

fn wrong(element: &Element<'_>, kind: Gs1ErrorKind) -> Gs1Error {
    Gs1Error {
        ai: Some(element.ai()),
        position: element.position(),
        kind,
    }
}

impl PartialEq for MissingAssociation {
    fn eq(&self, other: &Self) -> bool {
        self.ai == other.ai && self.needs == other.needs
    }
}

impl Eq for MissingAssociation {}

impl fmt::Display for MissingAssociation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}) needs ", self.ai)?;
        for (at, group) in self.needs.iter().enumerate() {
            if at > 0 {
                f.write_str(" or ")?;
            }
            for (at, span) in group.iter().enumerate() {
                if at > 0 {
                    f.write_str(" and ")?;
                }
                write!(f, "({})", span.low)?;
                if span.high != span.low {
                    write!(f, "–({})", span.high)?;
                }
            }
        }
        f.write_str(" beside it: scan the other code on the label")
    }
}

#[cfg(test)]
mod tests {
    use super::super::element::{BlankDates, Elements, parse};
    use super::*;

    fn elements(data: &str) -> Elements<'_> {
        parse(data, BlankDates::Refused).unwrap()
    }

    #[test]
    fn a_repeat_must_say_the_same() {
        assert_eq!(elements("400ABC\u{1d}400ABC").check_together(), Ok(()));
        let error = elements("400ABC\u{1d}400ABCD").check_together().unwrap_err();
        assert_eq!(error.kind, Gs1ErrorKind::InstancesOfAiHaveDifferentValues);
        assert_eq!(error.position, 11);
    }

    #[test]
    fn an_item_is_not_also_its_content() {
        let error = elements("01123123123123330212312312312333371")
            .check_together()
            .unwrap_err();
        assert!(matches!(error.kind, Gs1ErrorKind::InvalidAiPairs { .. }));
    }

    #[test]
    fn a_lone_lot_waits_for_its_product() {
        let missing = elements("1725063010LOT").missing_association().unwrap();
        assert_eq!(missing.ai, Ai::EXPIRY);
        assert!(
            missing.to_string().starts_with("(17) needs (01) or (02) or "),
            "{missing}"
        );
        assert_eq!(
            elements("01123123123123331725063010LOT").missing_association(),
            None
        );
        assert_eq!(
            elements("0212312312312333371")
                .missing_association()
                .map(|m| m.ai),
            Some(Ai::COUNT)
        );
    }
}
