//! Whether a rule can stand: its numbers and texts, and that what it names is there.

use sparhund_shared::event::Quantity;
use sparhund_shared::reference::{PlaceKind, Rule, SamplingRule, StockRule};

use crate::store::{Result, Store};

/// Longest supplier or printer name, characters.
const LONGEST_NAME: usize = 200;
/// A delivery in so many is looked at, at the least.
const MOST_EVERY: u32 = 1_000;
/// 2100-01-01, Unix milliseconds.
const LATEST: i64 = 4_102_444_800_000;

/// What is wrong with a field of a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Name of the field, as in JSON and in the columns of a file.
    pub field: &'static str,
    /// What, why and what to do.
    pub why: String,
}

fn fault(field: &'static str, why: impl Into<String>) -> Fault {
    Fault {
        field,
        why: why.into(),
    }
}

/// The same rule without what people type beside the value: blanks around it, capitals in a key.
#[must_use]
pub fn tidy(mut rule: Rule) -> Rule {
    let trim = |text: &mut String| *text = text.trim().to_owned();
    match &mut rule {
        Rule::Sampling(rule) => trim(&mut rule.supplier),
        Rule::CompanyPrefix { prefix } => trim(prefix),
        Rule::PatientKey { key, .. } => *key = key.trim().to_ascii_lowercase(),
        Rule::Printer { name, address, .. } => {
            trim(name);
            trim(address);
        }
        Rule::Stock(_) | Rule::CountLimit { .. } => {}
    }
    rule
}

/// What keeps a rule from standing; nothing when it can.
pub async fn faults(store: &dyn Store, rule: &Rule) -> Result<Vec<Fault>> {
    let mut faults = match rule {
        Rule::Stock(rule) => stock(rule),
        Rule::Sampling(rule) => sampling(rule),
        Rule::CompanyPrefix { prefix } => prefix_faults(prefix),
        Rule::PatientKey { key, from } => patient_key(key, *from),
        Rule::CountLimit { units, percent } => count_limit(*units, *percent),
        Rule::Printer { name, address, .. } => printer(name, address),
    };
    let (place, article) = match rule {
        Rule::Stock(rule) => (Some(&rule.place), Some(&rule.article)),
        Rule::Sampling(rule) => (None, rule.article.as_ref()),
        Rule::Printer { place, .. } => (Some(place), None),
        _ => (None, None),
    };
    if let Some(article) = article
        && store.article(article).await?.is_none()
    {
        let why = format!("there is no article {article}; see the list of articles, or add it first");
        faults.push(fault("article", why));
    }
    if let Some(place) = place {
        match store.place(place).await? {
            None => {
                let why = format!("there is no place {place}; see the list of places, or add it first");
                faults.push(fault("place", why));
            }
            Some(found) => faults.extend(match rule {
                Rule::Stock(rule) => kind_fault(rule, found.kind),
                _ => None,
            }),
        }
    }
    Ok(faults)
}

fn stock(rule: &StockRule) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, units) in [
        ("min", rule.min),
        ("max", rule.max),
        ("safety", rule.safety),
        ("preparedness", rule.preparedness),
    ] {
        if units > Quantity::MAX {
            let why = format!(
                "{units} is more than the {} base units that are counted at one place",
                Quantity::MAX
            );
            faults.push(fault(field, why));
        }
    }
    if rule.min > rule.max {
        let why = format!(
            "{} is more than max, {}; goods are filled up from min to max",
            rule.min, rule.max
        );
        faults.push(fault("min", why));
    }
    if rule.two_bin && rule.max == 0 {
        faults.push(fault(
            "max",
            "a two-bin place needs what one bin holds, 1 or more",
        ));
    }
    if !fills(rule) && !has_floor(rule) {
        faults.push(fault(
            "max",
            "all numbers are 0, so the rule says nothing; give one, or remove the rule",
        ));
    }
    faults
}

/// Whether goods are filled up by it.
fn fills(rule: &StockRule) -> bool {
    rule.min > 0 || rule.max > 0 || rule.two_bin
}

/// Whether something must stay.
fn has_floor(rule: &StockRule) -> bool {
    rule.safety > 0 || rule.preparedness > 0
}

/// Goods are filled up where they are taken from; a floor is of the whole site.
fn kind_fault(rule: &StockRule, kind: PlaceKind) -> Option<Fault> {
    if fills(rule) && !matches!(kind, PlaceKind::Bin | PlaceKind::Ward) {
        return Some(fault(
            "place",
            "min and max belong to a bin or a ward; choose one of them",
        ));
    }
    (has_floor(rule) && kind != PlaceKind::Site).then(|| {
        fault(
            "place",
            "safety and preparedness stock belong to a whole site; choose one",
        )
    })
}

fn sampling(rule: &SamplingRule) -> Vec<Fault> {
    let mut faults = Vec::new();
    faults.extend(name_fault("supplier", &rule.supplier));
    if !(1..=MOST_EVERY).contains(&rule.every) {
        let why = format!(
            "{} is not 1 (each delivery) to {MOST_EVERY} (one in so many)",
            rule.every
        );
        faults.push(fault("every", why));
    }
    faults
}

fn name_fault(field: &'static str, name: &str) -> Option<Fault> {
    let right =
        !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    let why = format!(
        "a name is 1 to {LONGEST_NAME} characters without tabs, line breaks and other control characters"
    );
    (!right).then(|| fault(field, why))
}

fn prefix_faults(prefix: &str) -> Vec<Fault> {
    let right = (6..=11).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_digit());
    let why = "a GS1 company prefix is 6 to 11 digits; it stands on the licence from GS1";
    if right {
        Vec::new()
    } else {
        vec![fault("prefix", why)]
    }
}

fn patient_key(key: &str, from: i64) -> Vec<Fault> {
    let mut faults = Vec::new();
    if key.len() != 64 || !key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let why = "a public key is 64 hexadecimal digits; copy it from the patient-link service";
        faults.push(fault("key", why));
    }
    if !(0..LATEST).contains(&from) {
        faults.push(fault(
            "from",
            "the time is Unix milliseconds between 1970 and 2100",
        ));
    }
    faults
}

fn count_limit(units: u32, percent: u32) -> Vec<Fault> {
    let mut faults = Vec::new();
    if units > Quantity::MAX {
        faults.push(fault("units", format!("give 0 to {} base units", Quantity::MAX)));
    }
    if percent > 100 {
        faults.push(fault("percent", "give 0 to 100 per cent"));
    }
    faults
}

fn printer(name: &str, address: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = name_fault("name", name).into_iter().collect();
    if !is_address(address) {
        let why = "an address is host:port, such as skrivare-1.region.example:9100 or 10.0.0.7:9100";
        faults.push(fault("address", why));
    }
    faults
}

/// A host name, an IPv4 address, or an IPv6 address in brackets; and a port.
fn is_address(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else {
        return false;
    };
    let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let host_right = match bracketed {
        Some(inside) => inside.parse::<std::net::Ipv6Addr>().is_ok(),
        None => {
            (1..=253).contains(&host.len())
                && host
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
        }
    };
    let digits = port.bytes().all(|byte| byte.is_ascii_digit());
    host_right && digits && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::{is_address, patient_key, prefix_faults};

    #[test]
    fn addresses_are_host_and_port() {
        for right in [
            "zebra:9100",
            "10.0.0.7:9100",
            "skrivare-1.region.example:1",
            "[::1]:65535",
        ] {
            assert!(is_address(right), "{right}");
        }
        for wrong in [
            "",
            "zebra",
            "zebra:",
            ":9100",
            "zebra:0",
            "zebra:65536",
            "zebra:+9",
            "::1:9100",
            "[x]:1",
            "a b:1",
            "http://zebra:9100",
            "zebra:9100/x",
            "åäö:9100",
        ] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn prefixes_and_keys_are_of_their_length() {
        for right in ["735000", "73500000000"] {
            assert!(prefix_faults(right).is_empty(), "{right}");
        }
        for wrong in ["", "73500", "735000000000", "73500x", "٧٣٥٠٠٠"] {
            assert_eq!(prefix_faults(wrong)[0].field, "prefix", "{wrong}");
        }
        assert!(patient_key(&"0a".repeat(32), 0).is_empty());
        assert_eq!(patient_key(&"0a".repeat(31), 0)[0].field, "key");
        assert_eq!(patient_key(&"0g".repeat(32), -1).len(), 2);
    }
}
