//! From a web address to the elements it names.

use super::text::{Part, decoded, is_domain_byte, is_uri_byte};
use crate::carrier::gs1::ai::{Ai, AiRow, Qualifiers, digits_after};
use crate::carrier::gs1::element::{Rules, UnknownAis};
use crate::carrier::gs1::error::{Gs1Error, Gs1ErrorKind};
use crate::carrier::gs1::linter::LinterError;
use crate::carrier::gs1::spelled::{ElementString, Escape, Given, check_length};

use Gs1ErrorKind as Kind;

/// Whether a GTIN may stand in the address without its leading zeros. The standard wants 14 digits; addresses made
/// before it did not have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShortGtins {
    /// 14 digits and nothing else.
    #[default]
    Refused,
    /// GTIN-8, GTIN-12 and GTIN-13 are padded.
    Padded,
}

/// Whether the path may name identifiers by words, `gtin` for 01, as release 1.0 of the standard allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyNames {
    /// Digits and nothing else.
    #[default]
    Refused,
    /// The words of release 1.0 too.
    Allowed,
}

/// How strictly addresses are read. The default is the rule of GS1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LinkRules {
    /// How their values are read.
    pub values: Rules,
    /// GTINs without their leading zeros.
    pub short_gtins: ShortGtins,
    /// Words instead of identifiers.
    pub key_names: KeyNames,
    /// Whether identifiers that GS1 has not given out may stand in the query.
    pub unknown_attributes: UnknownAis,
}

/// The words of release 1.0.
const NAMES: [(&str, Ai); 23] = [
    ("sscc", Ai(0)),
    ("gtin", Ai(1)),
    ("lot", Ai(10)),
    ("ser", Ai(21)),
    ("cpv", Ai(22)),
    ("gdti", Ai(253)),
    ("glnx", Ai(254)),
    ("gcn", Ai(255)),
    ("ginc", Ai(401)),
    ("gsin", Ai(402)),
    ("gln", Ai(414)),
    ("payto", Ai(415)),
    ("party", Ai(417)),
    ("grai", Ai(8003)),
    ("giai", Ai(8004)),
    ("itip", Ai(8006)),
    ("cpid", Ai(8010)),
    ("cpsn", Ai(8011)),
    ("gmn", Ai(8013)),
    ("gsrnp", Ai(8017)),
    ("gsrn", Ai(8018)),
    ("srin", Ai(8019)),
    ("refno", Ai(8020)),
];

/// Whether the text has a scheme that GS1 allows: `http` or `https`, all in one case.
pub fn is_link(text: &str) -> bool {
    after_scheme(text).is_some()
}

fn after_scheme(text: &str) -> Option<&str> {
    ["https://", "HTTPS://", "http://", "HTTP://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme))
}

/// Whether the path of a web address names a key, whatever is wrong with the address: without one it is somebody's own.
pub fn has_key(uri: &str, names: KeyNames) -> bool {
    let address = uri.split(['#', '?']).next().unwrap_or_default();
    let rest = after_scheme(address).unwrap_or_default();
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default();
    find_key(path, names).is_some()
}

/// Reads a web address. Its structure is checked here, the content of values by [`ElementString::elements`].
/// Positions count bytes of `uri` from 1.
pub fn from_link(uri: &str, rules: LinkRules) -> Result<ElementString, Gs1Error> {
    read(uri, rules, Order::Kept)
}

/// The same, where an element stands in another place of the address than it should: qualifiers of the key in the query
/// or in another order, attributes of a GTIN in the path, the same element twice with one value.
pub fn from_misplaced_link(uri: &str, rules: LinkRules) -> Result<ElementString, Gs1Error> {
    let string = read(uri, rules, Order::Forgiven)?;
    string.elements()?.check_repeats()?;
    Ok(string)
}

/// Whether elements must stand where the standard wants them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Kept,
    Forgiven,
}

fn read(uri: &str, rules: LinkRules, order: Order) -> Result<ElementString, Gs1Error> {
    let fail_of = |ai, at: usize, kind| Gs1Error {
        ai,
        position: at + 1,
        kind,
    };
    let fail = |at, kind| fail_of(None, at, kind);
    if let Some(at) = uri.bytes().position(|byte| !is_uri_byte(byte)) {
        return Err(fail(at, Kind::UriContainsIllegalCharacters));
    }
    let rest = after_scheme(uri).ok_or_else(|| fail(0, Kind::UriContainsIllegalScheme))?;
    let domain_at = uri.len() - rest.len();
    let (domain, _) = rest
        .split_once('/')
        .filter(|(domain, _)| !domain.is_empty())
        .ok_or_else(|| fail(domain_at, Kind::UriMissingDomainAndPathInfo))?;
    if let Some(at) = domain.bytes().position(|byte| !is_domain_byte(byte)) {
        return Err(fail(domain_at + at, Kind::DomainContainsIllegalCharacters));
    }
    let without_fragment = uri.split_once('#').map_or(uri, |(before, _)| before);
    let (address, query) = without_fragment.split_once('?').unwrap_or((without_fragment, ""));
    let path_at = domain_at + domain.len();
    let path = address.get(path_at..).unwrap_or_default();
    let mut reader = Reader {
        rules,
        out: ElementString::new(rules.values, uri.len()),
    };
    let key =
        find_key(path, rules.key_names).ok_or_else(|| fail(path_at, Kind::NoGs1DlKeysFoundInPathInfo))?;
    let in_path = reader.path(path, path_at, &key)?;
    let query_at = address.len() + 1;
    let Some(((_, first), qualifiers)) = in_path.split_first() else {
        return Err(fail(path_at, Kind::NoGs1DlKeysFoundInPathInfo));
    };
    let alternatives = first.row().and_then(|row| row.key).unwrap_or_default();
    if order == Order::Forgiven {
        let attributes = reader.query(query, query_at)?;
        let named = |of: &[(usize, Ai)]| of.iter().map(|(_, ai)| *ai).collect::<Vec<Ai>>();
        let (qualifiers, attributes) = (named(qualifiers), named(&attributes));
        return if belong_together(*first, &qualifiers, &attributes, rules) {
            Ok(reader.out)
        } else {
            Err(fail(path_at, Kind::InvalidKeyQualifierSequence))
        };
    }
    let qualifier_ais: Vec<Ai> = qualifiers.iter().map(|(_, ai)| *ai).collect();
    if let Some(number) = first_out_of_order(&qualifier_ais, alternatives) {
        let at = qualifiers.get(number).map_or(path_at, |(at, _)| *at);
        return Err(fail(at, Kind::InvalidKeyQualifierSequence));
    }
    let attributes = reader.query(query, query_at)?;
    for (number, (at, ai)) in attributes.iter().enumerate() {
        let fail = |kind| fail_of(Some(*ai), *at, kind);
        let earlier = in_path.iter().chain(&attributes[..number]);
        if earlier.into_iter().any(|(_, known)| known == ai) {
            return Err(fail(Kind::DuplicateAi));
        }
        if !may_be_attribute(*ai, rules) {
            return Err(fail(Kind::AiIsNotValidDataAttribute));
        }
        let belongs_in_path =
            |order: &&[Ai]| order.contains(ai) && qualifier_ais.iter().all(|q| order.contains(q));
        if alternatives.iter().any(belongs_in_path) {
            return Err(fail(Kind::AiShouldBeInPathInfo));
        }
    }
    Ok(reader.out)
}

fn may_be_attribute(ai: Ai, rules: LinkRules) -> bool {
    match ai.row() {
        Some(row) => row.in_query,
        None => rules.unknown_attributes == UnknownAis::Allowed,
    }
}

/// Whether elements wherever they stand in an address can be meant as one: qualifiers of one alternative, and attributes,
/// in the path only behind a number with a check digit, which no path bears by chance.
fn belong_together(key: Ai, in_path: &[Ai], in_query: &[Ai], rules: LinkRules) -> bool {
    let alternatives = key.row().and_then(|row| row.key).unwrap_or_default();
    let is_qualifier = |ai: &Ai| alternatives.iter().any(|order| order.contains(ai));
    let all = || in_path.iter().chain(in_query).filter(|ai| **ai != key);
    let (qualifiers, attributes): (Vec<Ai>, Vec<Ai>) = all().partition(|ai| is_qualifier(ai));
    let none_or_one = qualifiers.is_empty()
        || alternatives
            .iter()
            .any(|order| qualifiers.iter().all(|ai| order.contains(ai)));
    none_or_one
        && attributes.iter().all(|ai| may_be_attribute(*ai, rules))
        && (key == Ai::GTIN || in_path.iter().all(is_qualifier))
}

/// The first qualifier with which the path fits no alternative.
fn first_out_of_order(qualifiers: &[Ai], alternatives: Qualifiers) -> Option<usize> {
    let fits = |count: usize| {
        let some = &qualifiers[..count];
        alternatives.iter().any(|order| is_in_order(some, order))
    };
    (1..=qualifiers.len())
        .find(|count| !fits(*count))
        .map(|count| count - 1)
}

/// Whether the qualifiers stand in this order, some of them perhaps left out.
fn is_in_order(qualifiers: &[Ai], order: &[Ai]) -> bool {
    let mut order = order.iter();
    qualifiers.iter().all(|wanted| order.any(|ai| ai == wanted))
}

/// Where the key of the path stands.
struct Key {
    /// Byte of the path where the segment begins.
    at: usize,
}

/// The key that is nearest to the end of the path: what stands before it is the owner's own.
fn find_key(path: &str, names: KeyNames) -> Option<Key> {
    let mut rest = path;
    loop {
        let (before, _) = rest.rsplit_once('/')?;
        let (before, name) = before.rsplit_once('/')?;
        let row = in_path(name, names).and_then(Ai::row)?;
        if row.key.is_some() {
            return Some(Key { at: before.len() + 1 });
        }
        rest = before;
    }
}

/// The identifier that a segment of the path names.
fn in_path(segment: &str, names: KeyNames) -> Option<Ai> {
    Ai::from_digits(segment)
        .filter(|ai| digits_after(ai.first_two()) == Some(segment.len()))
        .or_else(|| {
            let word = NAMES.iter().find(|(name, _)| *name == segment);
            word.filter(|_| names == KeyNames::Allowed).map(|(_, ai)| *ai)
        })
}

struct Reader {
    rules: LinkRules,
    out: ElementString,
}

impl Reader {
    /// The key and its qualifiers, with their places: pairs of segments to the end of the path.
    fn path(&mut self, path: &str, path_at: usize, key: &Key) -> Result<Vec<(usize, Ai)>, Gs1Error> {
        let mut found = Vec::new();
        let mut at = key.at;
        let mut segments = path.get(key.at..).unwrap_or_default().split('/');
        while let (Some(name), Some(value)) = (segments.next(), segments.next()) {
            let value_at = path_at + at + name.len() + 1;
            let fail = |ai, kind| Gs1Error {
                ai,
                position: value_at + 1,
                kind,
            };
            // Unknown names ended the search for the key, so there are none here.
            let Some((ai, row)) = in_path(name, self.rules.key_names).and_then(|ai| Some((ai, ai.row()?)))
            else {
                return Err(fail(None, Kind::NoGs1DlKeysFoundInPathInfo));
            };
            if value.is_empty() {
                return Err(fail(Some(ai), Kind::AiValuePathElementIsEmpty));
            }
            found.push((path_at + at, ai));
            at += name.len() + 1 + value.len() + 1;
            let text = decoded(value, Part::Path)
                .ok_or_else(|| fail(Some(ai), Kind::DecodedAiFromDlPathInfoContainsIllegalNull))?;
            self.take(ai, row, &text, value_at, value)
                .map_err(|kind| fail(Some(ai), kind))?;
        }
        Ok(found)
    }

    /// The attributes of the query, with their places; keys that are not all digits are somebody else's.
    fn query(&mut self, query: &str, query_at: usize) -> Result<Vec<(usize, Ai)>, Gs1Error> {
        let mut found = Vec::new();
        let mut at = query_at;
        for pair in query.split('&') {
            let here = at;
            at += pair.len() + 1;
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let fail = |ai, kind| Gs1Error {
                ai,
                position: here + 1,
                kind,
            };
            let (ai, row) = self
                .attribute(name)
                .ok_or_else(|| fail(Ai::from_digits(name), Kind::UnknownAiInQueryParams))?;
            if value.is_empty() {
                return Err(fail(Some(ai), Kind::AiValueQueryElementInEmpty));
            }
            let text = decoded(value, Part::Query)
                .ok_or_else(|| fail(Some(ai), Kind::DecodedAiValueFromQueryParamsContainsIllegalNull))?;
            self.take(ai, row, &text, here + name.len() + 1, value)
                .map_err(|kind| fail(Some(ai), kind))?;
            found.push((here, ai));
        }
        Ok(found)
    }

    fn attribute(&self, name: &str) -> Option<(Ai, &'static AiRow)> {
        let ai = Ai::from_digits(name)?;
        let fits = match digits_after(ai.first_two()) {
            Some(digits) => digits == name.len(),
            None => self.rules.values.unknown_ais == UnknownAis::Allowed,
        };
        fits.then_some(ai)
            .and_then(|ai| Some((ai, self.rules.values.row(ai)?)))
    }

    fn take(&mut self, ai: Ai, row: &AiRow, value: &str, at: usize, raw: &str) -> Result<(), Kind> {
        let padded;
        let mut value = value;
        if ai == Ai::GTIN
            && self.rules.short_gtins == ShortGtins::Padded
            && matches!(value.len(), 8 | 12 | 13)
        {
            padded = format!("{value:0>14}");
            value = &padded;
        }
        check_length(row, value)?;
        // A caret or a separator is refused with the rest of the content: it is no character of any value.
        if value.contains(['^', '\u{1d}']) {
            return Err(Kind::AiLinterError(LinterError::InvalidCset82Character));
        }
        let escape = Escape::Percent;
        self.out.push(ai, row, value, Given { at, raw, escape })
    }
}
