//! The suspicion that a separator was lost. A warning only: most strings without separators parse, wrongly.

use jiff::civil::Date;

use super::gs1::{Ai, Elements};
use super::{CarrierWarning, Suspicion};
use crate::identity::LabelDate;

/// Years around today in which the dates of stock lie.
const PLAUSIBLE_YEARS: i16 = 15;
/// Fewest characters before and after a swallowed lot or serial for it to be worth a word.
const LEAST_LEFT: usize = 3;
const LEAST_SWALLOWED: usize = 4;

/// Looks at the last value, the only one that a lost separator can have lengthened unseen.
pub(super) fn suspect(elements: &Elements<'_>, today: Date) -> Option<CarrierWarning> {
    let (last, before) = elements.as_slice().split_last()?;
    if !last.is_variable() || last.is_terminated() || !matches!(last.ai(), Ai::LOT | Ai::SERIAL) {
        return None;
    }
    let absent = |ai| elements.get(ai).is_none();
    let warn = |(at, swallowed), suspicion| CarrierWarning::LostSeparator {
        ai: last.ai(),
        at,
        swallowed,
        suspicion,
    };
    let dated = [Ai::EXPIRY, Ai::PRODUCTION_DATE, Ai::BEST_BEFORE]
        .into_iter()
        .filter(|ai| absent(*ai));
    if let Some(found) = dated
        .filter_map(|ai| Some((dated_tail(last.value(), ai, today)?, ai)))
        .min()
    {
        return Some(warn(found, Suspicion::Strong));
    }
    // A device that sent one separator here sends them all; lots that contain "21" are common.
    if before.iter().any(super::gs1::Element::is_terminated) {
        return None;
    }
    let plain = [Ai::LOT, Ai::SERIAL].into_iter().filter(|ai| absent(*ai));
    let found = plain
        .filter_map(|ai| Some((plain_tail(last.value(), ai)?, ai)))
        .min()?;
    Some(warn(found, Suspicion::Weak))
}

/// Where `value` goes on with the identifier, a plausible date and then its end or another identifier.
fn dated_tail(value: &str, ai: Ai, today: Date) -> Option<usize> {
    let head = ai.to_string();
    (1..value.len()).find(|at| {
        let Some(rest) = value.get(*at..).and_then(|rest| rest.strip_prefix(&*head)) else {
            return false;
        };
        let Some((digits, rest)) = rest.split_at_checked(6) else {
            return false;
        };
        let fits = LabelDate::from_gs1(digits, today)
            .is_ok_and(|date| (date.last_usable_day().year() - today.year()).abs() <= PLAUSIBLE_YEARS);
        fits && (rest.is_empty()
            || ["10", "11", "15", "17", "21", "24", "30"]
                .iter()
                .any(|ai| rest.starts_with(ai)))
    })
}

fn plain_tail(value: &str, ai: Ai) -> Option<usize> {
    let head = ai.to_string();
    let last = value.len().checked_sub(head.len() + LEAST_SWALLOWED)?;
    (LEAST_LEFT..=last).find(|at| value.get(*at..).is_some_and(|rest| rest.starts_with(&*head)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::super::gs1::{BlankDates, parse};
    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    fn suspicion(data: &str) -> Option<(usize, String, Suspicion)> {
        match suspect(&parse(data, BlankDates::Refused).unwrap(), TODAY)? {
            CarrierWarning::LostSeparator {
                at,
                swallowed,
                suspicion,
                ..
            } => Some((at, swallowed.to_string(), suspicion)),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_date_at_the_end_of_a_lot_is_suspect() {
        assert_eq!(suspicion("0112312312312333100329\u{1d}17280630"), None);
        assert_eq!(
            suspicion("011231231231233310032917280630"),
            Some((4, "17".into(), Suspicion::Strong))
        );
        assert_eq!(
            suspicion("01123123123123331003291728063021AB"),
            Some((4, "17".into(), Suspicion::Strong))
        );
        assert_eq!(suspicion("011231231231233310032917289930"), None, "no such month");
        assert_eq!(
            suspicion("011231231231233310032917650630"),
            None,
            "39 years ahead"
        );
        assert_eq!(
            suspicion("01123123123123331728063010032917280630"),
            None,
            "the expiry is there already"
        );
    }

    #[test]
    fn a_serial_at_the_end_of_a_lot_is_worth_a_look() {
        assert_eq!(
            suspicion("0112312312312333172806301004ABC21SN-77"),
            Some((5, "21".into(), Suspicion::Weak))
        );
        assert_eq!(
            suspicion("01123123123123331728063010A21B"),
            None,
            "too short to be two values"
        );
        assert_eq!(
            suspicion("011231231231233310AB\u{1d}21C4210001"),
            None,
            "the scanner sends separators"
        );
    }

    #[test]
    fn a_terminated_value_ended_where_it_ends() {
        assert_eq!(suspicion("10032917280630\u{1d}"), None);
    }
}
