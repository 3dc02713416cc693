//! The wristband of a patient: who it names is sealed at once to the key of the patient-link service, and only the seal
//! is kept.

use jiff::civil::Date;
use sparhund_shared::carrier::{
    Candidate, Reading, Symbology, WedgeProfile, identify, is_calibration, normalise,
};
use sparhund_shared::event::{EntryMethod, Item, PatientSeal};
use sparhund_shared::identity::Gsrn;
use sparhund_shared::privacy::{Identity, PersonalNumber, SealKey, seal};
use sparhund_shared::reference::Rule;
use sparhund_shared::wire::Topic;

use super::super::desk::Desk;
use super::super::scan::{Judged, calm};
use super::super::state::{Entry, TaskState};
use crate::api::{Prompt, RawScan, ScanOutcome};
use crate::env::Env;
use crate::fault::Fault;
use crate::problems;
use crate::quick;
use crate::store::{catalogue, feed, from_json, setting};

/// Characters and digits of a reserve number at least; anything shorter is another code by mistake.
const LEAST_RESERVE: (usize, usize) = (6, 4);

/// Whether the rules of the article link its use to the patient. Of goods that they do not, nobody asks for whom.
pub(super) fn links(desk: Desk<'_>, entry: &Entry) -> Result<bool, Fault> {
    let article = match entry.item.article() {
        Some(no) => catalogue::article(desk.db, no)?,
        None => None,
    };
    Ok(article.is_some_and(|article| article.rules.links_patient()))
}

/// Whether something in the basket waits for the wristband.
pub(super) fn is_awaited(desk: Desk<'_>, task: &TaskState) -> Result<bool, Fault> {
    if task.said.patient.is_some() {
        return Ok(false);
    }
    for entry in &task.basket {
        if links(desk, entry)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The seal for an entry: nothing where its use is not linked.
pub(super) fn seal_of(desk: Desk<'_>, task: &TaskState, entry: &Entry) -> Result<Option<PatientSeal>, Fault> {
    Ok(if links(desk, entry)? {
        task.said.patient.clone()
    } else {
        None
    })
}

/// Takes a scan for the wristband when the task waits for one and the code is none of goods, places or parcels; `None` =
/// it is for the task.
pub(crate) fn scanned(
    desk: Desk<'_>,
    task: &mut TaskState,
    raw: &RawScan,
    entry: EntryMethod,
    env: &impl Env,
) -> Result<Option<Judged>, Fault> {
    let Some(deed) = task.deed().filter(|_| task.asked.is_none()) else {
        return Ok(None);
    };
    if deed.prompt(desk, task)? != Prompt::ScanPatient {
        return Ok(None);
    }
    let profile = setting::profile(desk.db, entry)?.map(|profile| profile.wedge);
    let profile = profile.unwrap_or_default();
    let Some(identity) = read(desk, &raw.0, &profile)? else {
        return Ok(None);
    };
    let key = key(desk)?.ok_or_else(problems::no_patient_key)?;
    let mut random = [0; 32];
    env.random(&mut random)?;
    task.said.patient = Some(seal(&identity, &key, random).map_err(|_| problems::no_patient_key())?);
    Ok(Some((ScanOutcome::Patient, calm())))
}

/// The key to seal to: the newest that is in use. One that begins later is better than none.
fn key(desk: Desk<'_>) -> Result<Option<SealKey>, Fault> {
    let mut newest: Option<((bool, i64), SealKey)> = None;
    for body in feed::bodies(desk.db, Topic::Rules)? {
        let Rule::PatientKey { key, from } = from_json("a rule", &body)? else {
            continue;
        };
        let Ok(key) = key.parse::<SealKey>() else { continue };
        let begun = from <= desk.now;
        // Of those that have not begun, the one that begins first.
        let order = (begun, if begun { from } else { -from });
        if newest.as_ref().is_none_or(|(best, _)| *best < order) {
            newest = Some((order, key));
        }
    }
    Ok(newest.map(|(_, key)| key))
}

/// Who a wristband names; `None` = the code is one of goods, places or parcels.
fn read(desk: Desk<'_>, raw: &[u8], profile: &WedgeProfile) -> Result<Option<Identity>, Fault> {
    let normal = normalise(raw, profile);
    let text = std::str::from_utf8(&normal.data).map_err(|_| problems::no_wristband())?;
    let text = text.trim();
    if let Some(number) = PersonalNumber::parse(text, desk.today) {
        return Ok(Some(Identity::Personal(number)));
    }
    if let Some(relation) = relation(text) {
        let gsrn: Gsrn = relation.parse().map_err(|_| problems::no_wristband())?;
        return Ok(identity(&gsrn.to_string(), desk.today));
    }
    if ["8017", "(8017)"].iter().any(|ai| text.starts_with(ai)) {
        return Err(problems::badge_no_wristband().into());
    }
    let mut numbers = numbers(text, desk.today);
    if let Some(number) = numbers.pop() {
        // Two numbers on one band: nobody guesses.
        if numbers.iter().any(|other| *other != number) {
            return Err(problems::no_wristband().into());
        }
        return Ok(Some(Identity::Personal(number)));
    }
    if is_of_goods(desk, raw, text, profile)? {
        return Ok(None);
    }
    if quick::is_badge(desk.db, raw, profile)? {
        return Err(problems::badge_no_wristband().into());
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'/'));
    if !plain || text.len() < LEAST_RESERVE.0 || digits < LEAST_RESERVE.1 {
        return Err(problems::no_wristband().into());
    }
    let reserve = identity(text, desk.today).ok_or_else(problems::no_wristband)?;
    Ok(Some(reserve))
}

fn identity(text: &str, today: Date) -> Option<Identity> {
    Identity::scanned(text, today).ok()
}

/// The number of a patient by GS1 (AI 8018), without what else the band says.
fn relation(text: &str) -> Option<&str> {
    let rest = text
        .strip_prefix("(8018)")
        .or_else(|| text.strip_prefix("8018"))?;
    let (number, rest) = rest.split_at_checked(18)?;
    let ends = rest.is_empty() || rest.starts_with(['(', '\u{1d}']) || rest.starts_with("8019");
    ends.then_some(number)
}

/// Personal numbers among other words, a name for one.
fn numbers(text: &str, today: Date) -> Vec<PersonalNumber> {
    let apart = |letter: char| !(letter.is_ascii_digit() || matches!(letter, '-' | '+'));
    let words = text.split(apart);
    words
        .filter_map(|word| PersonalNumber::parse(word, today))
        .collect()
}

/// Whether a code means something else in the task. Twelve bare digits may be a product by chance: only the catalogue
/// makes them one.
fn is_of_goods(desk: Desk<'_>, raw: &[u8], text: &str, profile: &WedgeProfile) -> Result<bool, Fault> {
    if is_calibration(text) {
        return Ok(true);
    }
    let Ok(identified) = identify(raw, desk.today, profile) else {
        return Ok(false);
    };
    for candidate in &identified.candidates {
        if of_goods(desk, candidate, text)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn of_goods(desk: Desk<'_>, candidate: &Candidate<'_>, text: &str) -> Result<bool, Fault> {
    Ok(match &candidate.reading {
        Reading::Item(code) => {
            let bare = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
            !bare || catalogue::article_by_di(desk.db, &code.di)?.is_some()
        }
        // A number may read like a lot by chance, unless its symbol says that it is one.
        Reading::ProductionOnly(_) => {
            text.starts_with('(') || candidate.symbology.is_some_and(Symbology::is_gs1_element_string)
        }
        Reading::Logistic(_) | Reading::Place(_) | Reading::Asset(_) | Reading::Donation(_) => true,
    })
}

/// Whether an entry has a whole UDI: who made what (UDI-DI), which of them (lot or serial), and the symbols it was read
/// from.
pub(super) fn has_whole_udi(entry: &Entry) -> bool {
    matches!(&entry.item, Item::Identified(item) if item.lot.is_some() || item.serial.is_some())
        && !entry.symbols.is_empty()
}
