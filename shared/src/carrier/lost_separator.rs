//! The suspicion that a separator was lost. A warning only: most strings without separators parse, wrongly.

use jiff::civil::Date;

use super::gs1::{Ai, BlankDates, Elements, parse};
use super::identify::element_string;
use super::{Candidate, CarrierWarning, Suspicion};
use crate::identity::LabelDate;

/// Years around today in which the dates of stock lie.
const PLAUSIBLE_YEARS: i16 = 15;
/// Fewest characters before and after a swallowed lot or serial for it to be worth a word.
const LEAST_LEFT: usize = 3;
const LEAST_SWALLOWED: usize = 4;

/// Most other readings that a person is asked to choose from.
const MOST: usize = 4;

/// Looks at the last value, the only one that a lost separator can have lengthened unseen.
pub(super) fn suspect(elements: &Elements<'_>, today: Date) -> Option<CarrierWarning> {
    let last = elements.as_slice().last()?;
    let tail = tails(elements, today).into_iter().next()?;
    Some(CarrierWarning::LostSeparator {
        ai: last.ai(),
        at: tail.at,
        swallowed: tail.swallowed,
        suspicion: tail.suspicion,
    })
}

/// How a scan reads if its scanner lost a separator, the likeliest first; empty where nothing speaks for that. A person
/// chooses with the label in hand: most strings without separators parse, wrongly. Text in brackets and web addresses
/// have none to lose.
pub fn with_separator(candidate: &Candidate<'_>, today: Date) -> Vec<Candidate<'static>> {
    let suspected = |warning: &CarrierWarning| matches!(warning, CarrierWarning::LostSeparator { .. });
    if !candidate.warnings.iter().any(suspected) {
        return Vec::new();
    }
    let Some(string) = candidate.element_string.as_deref() else {
        return Vec::new();
    };
    let Ok(elements) = parse(string, BlankDates::Allowed) else {
        return Vec::new();
    };
    let Some(last) = elements.as_slice().last() else {
        return Vec::new();
    };
    let head = string.len() - last.value().len();
    let mut found = Vec::new();
    for tail in tails(&elements, today) {
        let (before, behind) = string.split_at(head + tail.at);
        let text = format!("{before}\u{1d}{behind}");
        let read = element_string(&text, today);
        found.extend(read.into_iter().flatten().map(|other| {
            let mut other = other.into_owned();
            other.symbology = candidate.symbology;
            other.warnings.push(CarrierWarning::AssumedSeparator {
                ai: last.ai(),
                swallowed: tail.swallowed,
            });
            other
        }));
    }
    found.truncate(MOST);
    found
}

/// Where another value may begin within the last one.
struct Tail {
    at: usize,
    swallowed: Ai,
    suspicion: Suspicion,
}

/// Everything that looks like another value within the last one: dates first, then what stands first.
fn tails(elements: &Elements<'_>, today: Date) -> Vec<Tail> {
    let Some((last, before)) = elements.as_slice().split_last() else {
        return Vec::new();
    };
    if last.is_terminated() || !matches!(last.ai(), Ai::LOT | Ai::SERIAL) {
        return Vec::new();
    }
    let absent = |ai: &Ai| elements.get(*ai).is_none();
    let dated = [Ai::EXPIRY, Ai::PRODUCTION_DATE, Ai::BEST_BEFORE]
        .into_iter()
        .filter(absent);
    let mut found: Vec<Tail> = dated
        .flat_map(|ai| dated_tails(last.value(), ai, today).map(move |at| (at, ai)))
        .map(|(at, swallowed)| Tail {
            at,
            swallowed,
            suspicion: Suspicion::Strong,
        })
        .collect();
    found.sort_by_key(|tail| (tail.at, tail.swallowed));
    // A device that sent one separator here sends them all; lots that contain "21" are common.
    if before.iter().any(super::gs1::Element::is_terminated) {
        return found;
    }
    let plain = [Ai::LOT, Ai::SERIAL].into_iter().filter(absent);
    let mut weak: Vec<Tail> = plain
        .flat_map(|ai| plain_tails(last.value(), ai).map(move |at| (at, ai)))
        .map(|(at, swallowed)| Tail {
            at,
            swallowed,
            suspicion: Suspicion::Weak,
        })
        .collect();
    weak.sort_by_key(|tail| (tail.at, tail.swallowed));
    found.extend(weak);
    found
}

/// Where `value` goes on with the identifier, a plausible date and then its end or another identifier.
fn dated_tails(value: &str, ai: Ai, today: Date) -> impl Iterator<Item = usize> {
    (1..value.len()).filter(move |at| {
        let Some(rest) = value.get(*at..).and_then(|rest| ai.strip_from(rest)) else {
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

fn plain_tails(value: &str, ai: Ai) -> impl Iterator<Item = usize> {
    let last = value.len().saturating_sub(ai.digits() + LEAST_SWALLOWED);
    (LEAST_LEFT..=last).filter(move |at| value.get(*at..).is_some_and(|rest| ai.strip_from(rest).is_some()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::super::{WedgeProfile, identify};
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

    #[test]
    fn a_person_chooses_among_readings_with_the_separator() {
        let read = |raw: &str| {
            let identified = identify(raw.as_bytes(), TODAY, &WedgeProfile::default()).unwrap();
            let others = with_separator(&identified.candidates[0], TODAY);
            let strings = others.iter().map(|other| {
                assert!(other.is_lenient() && other.symbology == identified.candidates[0].symbology);
                other.element_string.as_deref().unwrap().replace('\u{1d}', "^")
            });
            strings.collect::<Vec<_>>()
        };
        assert_eq!(
            read("]d201123123123123331003291728063021AB"),
            ["01123123123123331003291728063021AB".replacen("0329", "0329^", 1)]
        );
        assert_eq!(
            read("]d20112312312312333172806301004ABC21SN-77"),
            ["0112312312312333172806301004ABC^21SN-77"]
        );
        assert!(read("]d2011231231231233310K25-0412").is_empty());
        assert!(read("]E07355154420956").is_empty());
        // Each value has a visible end.
        assert!(read("(01)12312312312333(10)032917280630").is_empty());
        assert!(read("https://id.gs1.org/01/12312312312333/10/032917280630").is_empty());
        // Never more than a screen can show.
        assert_eq!(read("]d2011231231231233310ABC21212121212121210").len(), MOST);
    }
}
