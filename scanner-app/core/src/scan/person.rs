//! Codes that name a person: told, and kept nowhere.

use jiff::civil::Date;
use sparhund_shared::carrier::{WedgeProfile, normalise};
use sparhund_shared::privacy::names_a_person;

/// GS1 identifiers of a service relation (AI 8017 and 8018) on a wristband or a badge.
const RELATIONS: [&[u8]; 4] = [b"8018", b"8017", b"(8018)", b"(8017)"];

/// Whether a code that no reader makes goods of names a person: a personal number anywhere in it, or a wristband or
/// badge by GS1's numbers.
pub(crate) fn names_person(raw: &[u8], profile: &WedgeProfile, today: Date) -> bool {
    let normal = normalise(raw, profile);
    let relation = |text: &[u8]| RELATIONS.iter().any(|ai| text.starts_with(ai));
    names_a_person(raw, today) || names_a_person(&normal.data, today) || relation(&normal.data)
}
