//! One device that is registered twice: under the old directives, and again under MDR or IVDR (Article 120(3) MDR,
//! 110(3) IVDR: legacy devices keep their own entry).

use std::collections::HashMap;

use sparhund_shared::identity::UdiDi;
use sparhund_shared::reference::Article;

use super::report::Remark;

/// What tells registrations of one base identifier apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Registration {
    /// Single registration number of the manufacturer, or its name.
    pub manufacturer: Option<String>,
    /// The law it is registered under.
    pub law: Law,
}

/// What a device is registered under; the later counts for more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Law {
    /// The directives before (93/42/EEC, 90/385/EEC, 98/79/EC), or none that is named.
    Directives,
    /// MDR or IVDR.
    Regulations,
}

/// A line read so far.
#[derive(Debug)]
pub(super) struct Entry {
    pub line: u64,
    pub article: Article,
    pub registration: Registration,
    pub notes: Vec<&'static str>,
}

/// Keeps the newest law's registration of each device. Lines of one identifier that cannot be one device stay, for the
/// claims to refuse.
pub(super) fn join(entries: Vec<Entry>) -> (Vec<Entry>, Vec<Remark>) {
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut joined = Vec::new();
    let mut places: HashMap<UdiDi, usize> = HashMap::new();
    for entry in entries {
        let base = entry.article.base().cloned();
        let twin = base.as_ref().and_then(|di| places.get(di)).copied();
        match twin.map(|at| (&kept[at], at)) {
            Some((first, at)) if same_device(first, &entry) => {
                let (lead, other) = if entry.registration.law > first.registration.law {
                    let other = std::mem::replace(&mut kept[at], entry);
                    (&mut kept[at], other)
                } else {
                    (&mut kept[at], entry)
                };
                joined.push(take_in(lead, other));
            }
            _ => {
                if let Some(di) = base {
                    places.entry(di).or_insert(kept.len());
                }
                kept.push(entry);
            }
        }
    }
    (kept, joined)
}

/// The same line again, or one device under the old law and the new.
fn same_device(a: &Entry, b: &Entry) -> bool {
    let twice = a.registration.manufacturer.is_some()
        && a.registration.manufacturer == b.registration.manufacturer
        && a.registration.law != b.registration.law;
    twice || (a.registration == b.registration && a.article == b.article)
}

/// Fills from the other line what this one leaves open, and says what differed.
fn take_in(lead: &mut Entry, other: Entry) -> Remark {
    let (ours, theirs) = (&mut lead.article, other.article);
    let mut differ = Vec::new();
    if ours.name != theirs.name {
        differ.push(format!("name {:?}", theirs.name));
    }
    if ours.emdn.is_none() {
        ours.emdn = theirs.emdn;
    } else if theirs.emdn.is_some() && ours.emdn != theirs.emdn {
        differ.push(format!("EMDN {}", theirs.emdn.unwrap_or_default()));
    }
    if ours.reference.is_none() {
        ours.reference = theirs.reference;
    } else if theirs.reference.is_some() && ours.reference != theirs.reference {
        differ.push(format!("reference {:?}", theirs.reference.unwrap_or_default()));
    }
    if ours.packagings.len() == 1 {
        ours.packagings = theirs.packagings;
    } else if theirs.packagings.len() > 1 && ours.packagings != theirs.packagings {
        differ.push("packaging levels".to_owned());
    }
    if ours.identifiers.is_empty() {
        ours.identifiers = theirs.identifiers;
        ours.trace = theirs.trace;
    } else if !theirs.identifiers.is_empty() && ours.identifiers != theirs.identifiers {
        differ.push("production identifiers".to_owned());
    }
    let said = if differ.is_empty() {
        "nothing differs".to_owned()
    } else {
        format!("left out: {}", differ.join(", "))
    };
    Remark {
        line: other.line,
        subject: ours.no.to_string(),
        text: format!("is the same device as line {}; {said}", lead.line),
    }
}
