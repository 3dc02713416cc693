//! Two symbols of one label (a product in one, lot and expiry in the other) make one reading.

use sparhund_shared::carrier::{ItemCode, Production, ProductionCode};

/// The values of both; `None` when they contradict each other, so they are of different labels.
pub(crate) fn merge(a: &Production, b: &Production) -> Option<Production> {
    Some(Production {
        lot: either(a.lot.as_ref(), b.lot.as_ref())?,
        serial: either(a.serial.as_ref(), b.serial.as_ref())?,
        expiry: either(a.expiry.as_ref(), b.expiry.as_ref())?,
        expiry_time: either(a.expiry_time.as_ref(), b.expiry_time.as_ref())?,
        made: either(a.made.as_ref(), b.made.as_ref())?,
        packed: either(a.packed.as_ref(), b.packed.as_ref())?,
        best_before: either(a.best_before.as_ref(), b.best_before.as_ref())?,
        software: either(a.software.as_ref(), b.software.as_ref())?,
        donation: either(a.donation.as_ref(), b.donation.as_ref())?,
    })
}

/// The item with the values of other symbols of its label; `None` when they are of another one.
pub(crate) fn join(code: &ItemCode, part: &ProductionCode) -> Option<ItemCode> {
    if !part.may_belong_to(&code.di) {
        return None;
    }
    let mut joined = ItemCode {
        production: merge(&code.production, &part.production)?,
        ..code.clone()
    };
    // With AI 02 the count is of what is inside another package.
    if part.content.is_none() {
        joined.count = either(joined.count.as_ref(), part.count.as_ref())?;
    }
    Some(joined)
}

/// Two symbols of a label without its product; `None` when they are of different labels.
pub(crate) fn merge_parts(a: &ProductionCode, b: &ProductionCode) -> Option<ProductionCode> {
    if a.agency != b.agency {
        return None;
    }
    Some(ProductionCode {
        agency: a.agency,
        link: either(a.link.as_ref(), b.link.as_ref())?,
        production: merge(&a.production, &b.production)?,
        content: either(a.content.as_ref(), b.content.as_ref())?,
        count: either(a.count.as_ref(), b.count.as_ref())?,
        missing: a.missing,
    })
}

/// One value of both; the outer `None` is a contradiction.
#[expect(clippy::option_option, reason = "absent and contradicting are two answers")]
fn either<T: Clone + PartialEq>(a: Option<&T>, b: Option<&T>) -> Option<Option<T>> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => None,
        (a, b) => Some(a.or(b).cloned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_join_and_contradictions_do_not() {
        let lot = |text: &str| Production {
            lot: text.parse().ok(),
            ..Production::default()
        };
        let serial = Production {
            serial: "S1".parse().ok(),
            ..Production::default()
        };
        let both = merge(&lot("A"), &serial).unwrap();
        assert_eq!((both.lot, both.serial), ("A".parse().ok(), "S1".parse().ok()));
        assert_eq!(merge(&lot("A"), &lot("B")), None);
        assert_eq!(merge(&lot("A"), &lot("A")), Some(lot("A")));
    }
}
