//! Announced deliveries from Peppol BIS Despatch Advice 3: the UBL document `DespatchAdvice`.
//!
//! Suppliers' identifiers are wrong now and then, also in Peppol's own examples. One that fails its check digit is not used and is
//! told; what is no date, no number or no countable unit refuses the document.

use std::str::FromStr;

use roxmltree::{Document, Node, ParsingOptions};
use sparhund_shared::identity::{Gln, Gtin, LabelDate, PlaceCode, Sscc, UdiDi};

use super::clean::line_of;
use super::despatch::{DespatchError, Told, ToldLine, noon};

const ROOT: &str = "urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2";
/// Most nodes of a document.
const MOST_NODES: u32 = 100_000;
/// Deepest nesting; UBL needs less than twenty.
const DEEPEST: usize = 40;

/// Pieces and packages (UN/ECE Recommendation 20 and 21); what counts is the item that the GTIN names.
const COUNTED: [&str; 12] = [
    "EA", "C62", "H87", "NAR", "PCE", "NMP", "SET", "PK", "BX", "CT", "CS", "KT",
];

pub(super) fn read_ubl(content: &[u8]) -> Result<Told, DespatchError> {
    let text = std::str::from_utf8(content).map_err(|_| DespatchError::Element {
        at: "the document".to_owned(),
        why: "is not UTF-8; send it as UTF-8".to_owned(),
    })?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    too_deep(text)?;
    // A document type could name other files or grow without end.
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|error| DespatchError::Element {
        at: "the document".to_owned(),
        why: format!("cannot be read as XML: {error}; ask the sender for the document as it was sent"),
    })?;
    delivery(document.root_element())
}

/// Looks at the nesting before anything is built of it.
fn too_deep(text: &str) -> Result<(), DespatchError> {
    let (mut depth, mut line) = (0_usize, 1);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        line += usize::from(*byte == b'\n');
        match (byte, bytes.get(at + 1)) {
            (b'<', Some(b'/')) | (b'/', Some(b'>')) => depth = depth.saturating_sub(1),
            (b'<', Some(next)) if next.is_ascii_alphabetic() || *next == b'_' || !next.is_ascii() => {
                depth += 1;
            }
            _ => {}
        }
        if depth > DEEPEST {
            return Err(DespatchError::Element {
                at: format!("line {line}"),
                why: format!(
                    "elements stand more than {DEEPEST} deep in each other; this is no despatch advice"
                ),
            });
        }
    }
    Ok(())
}

fn delivery(root: Node<'_, '_>) -> Result<Told, DespatchError> {
    if root.tag_name().name() != "DespatchAdvice" || root.tag_name().namespace() != Some(ROOT) {
        let why = "is no UBL DespatchAdvice; send a Peppol BIS Despatch Advice 3";
        return Err(refused(root, why));
    }
    let supplier = [
        "DespatchSupplierParty/Party/PartyName/Name",
        "DespatchSupplierParty/Party/PartyLegalEntity/RegistrationName",
        "DespatchSupplierParty/Party/PartyIdentification/ID",
    ];
    let supplier = supplier.into_iter().find_map(|path| text(root, path));
    let supplier = supplier.ok_or_else(|| {
        refused(
            root,
            "DespatchSupplierParty names nobody; the sender must say who it is",
        )
    })?;
    let mut notes = Vec::new();
    let mut lines = Vec::new();
    for line in children(root, "DespatchLine") {
        lines.extend(lines_of(line, &mut notes)?);
    }
    Ok(Told {
        at: at(root),
        no: need(root, "ID")?,
        supplier,
        order: text(root, "OrderReference/ID"),
        to: to(root),
        expected_at: expected(root)?,
        lines,
        notes,
    })
}

/// Where it goes, when that is told by a GLN.
fn to(root: Node<'_, '_>) -> Option<PlaceCode> {
    let party = find(root, "DeliveryCustomerParty/Party")?;
    let named = [find(party, "PartyIdentification/ID"), find(party, "EndpointID")];
    let mut glns = named
        .into_iter()
        .flatten()
        .filter(|node| node.attribute("schemeID") == Some("0088"));
    glns.find_map(|node| node.text()?.trim().parse::<Gln>().ok())
        .map(PlaceCode::from)
}

fn expected(root: Node<'_, '_>) -> Result<Option<i64>, DespatchError> {
    let day = |path: &str| {
        find(root, path)
            .map(|node| value::<jiff::civil::Date>(node))
            .transpose()
    };
    let last = day("Shipment/Delivery/EstimatedDeliveryPeriod/EndDate")?;
    let first = day("Shipment/Delivery/EstimatedDeliveryPeriod/StartDate")?;
    Ok(last.or(first).and_then(noon))
}

/// A line as it is kept: by unit where each has a serial. What is not on its way is no line.
fn lines_of(line: Node<'_, '_>, notes: &mut Vec<String>) -> Result<Vec<ToldLine>, DespatchError> {
    let count = count(line)?;
    if count == 0 {
        return Ok(Vec::new());
    }
    let item =
        find(line, "Item").ok_or_else(|| refused(line, "has no Item; the sender must say what it is"))?;
    let whole = ToldLine {
        at: at(line),
        di: gtin(item, notes),
        article: text(item, "BuyersItemIdentification/ID").and_then(|no| no.parse().ok()),
        name: text(item, "Name").or_else(|| text(item, "SellersItemIdentification/ID")),
        lot: None,
        serial: None,
        expiry: None,
        count,
        sscc: sscc(line, notes),
    };
    if whole.di.is_none() && whole.article.is_none() && whole.name.is_none() {
        return Err(refused(
            item,
            "has neither GTIN, number nor name; the sender must say what it is",
        ));
    }
    let instances: Vec<_> = children(item, "ItemInstance").collect();
    let with_serial = instances
        .iter()
        .all(|instance| text(*instance, "SerialID").is_some());
    let each = u32::try_from(instances.len()) == Ok(count) && with_serial;
    match instances.as_slice() {
        [] => Ok(vec![whole]),
        [one] => Ok(vec![of_instance(*one, &whole, count == 1, notes)?]),
        many if each => many
            .iter()
            .map(|one| {
                of_instance(
                    *one,
                    &ToldLine {
                        count: 1,
                        ..whole.clone()
                    },
                    true,
                    notes,
                )
            })
            .collect(),
        _ => {
            notes.push(format!(
                "{}: how many there are of each lot is not told, so no lot is used",
                whole.at
            ));
            Ok(vec![whole])
        }
    }
}

fn of_instance(
    instance: Node<'_, '_>,
    whole: &ToldLine,
    one: bool,
    notes: &mut Vec<String>,
) -> Result<ToldLine, DespatchError> {
    let serial = match find(instance, "SerialID") {
        Some(_) if !one => {
            notes.push(format!("{}: one serial for several units is not used", whole.at));
            None
        }
        found => found.map(value).transpose()?,
    };
    let expiry = find(instance, "LotIdentification/ExpiryDate").or_else(|| find(instance, "BestBeforeDate"));
    Ok(ToldLine {
        lot: find(instance, "LotIdentification/LotNumberID")
            .map(value)
            .transpose()?,
        serial,
        expiry: expiry.map(value::<LabelDate>).transpose()?,
        ..whole.clone()
    })
}

/// How many of what the GTIN names are on their way.
fn count(line: Node<'_, '_>) -> Result<u32, DespatchError> {
    let quantity = find(line, "DeliveredQuantity");
    let quantity = quantity.ok_or_else(|| {
        refused(
            line,
            "has no DeliveredQuantity; the sender must say how many come",
        )
    })?;
    let unit = quantity.attribute("unitCode").unwrap_or("C62");
    let package = unit.len() == 3 && unit.starts_with('X');
    if !COUNTED.contains(&unit) && !package {
        let why = format!(
            "unit {unit:?} cannot be counted in pieces; ask the sender for pieces or packages (EA, C62, XBX)"
        );
        return Err(refused(quantity, &why));
    }
    let text = quantity.text().unwrap_or_default().trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let none_left = digits(part) && part.bytes().all(|digit| digit == b'0');
    let number = whole.parse().ok().filter(|_| digits(whole) && none_left);
    number.ok_or_else(|| refused(quantity, &format!("{text:?} is no whole number of 0 or more")))
}

fn gtin(item: Node<'_, '_>, notes: &mut Vec<String>) -> Option<UdiDi> {
    let node = find(item, "StandardItemIdentification/ID")?;
    if node.attribute("schemeID") != Some("0160") {
        return None;
    }
    let text = node.text().unwrap_or_default().trim();
    match text.parse::<Gtin>() {
        Ok(gtin) => Some(UdiDi::gs1(gtin)),
        Err(error) => {
            notes.push(format!("{}: the GTIN {text:?} is not used: {error}", at(node)));
            None
        }
    }
}

/// The logistic unit of a line; of several it is not told how much is in which.
fn sscc(line: Node<'_, '_>, notes: &mut Vec<String>) -> Option<Sscc> {
    let units: Vec<_> = children(line, "Shipment")
        .flat_map(|shipment| children(shipment, "TransportHandlingUnit"))
        .filter_map(|unit| find(unit, "ID"))
        .collect();
    let [one] = units.as_slice() else {
        if units.len() > 1 {
            notes.push(format!(
                "{}: several logistic units and not what is in which, so none is used",
                at(line)
            ));
        }
        return None;
    };
    let text = one.text().unwrap_or_default().trim();
    match text.parse() {
        Ok(sscc) => Some(sscc),
        Err(error) => {
            notes.push(format!("{}: the SSCC {text:?} is not used: {error}", at(*one)));
            None
        }
    }
}

fn children<'a, 'd>(node: Node<'a, 'd>, name: &'static str) -> impl Iterator<Item = Node<'a, 'd>> {
    node.children()
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The first element at a path of names.
fn find<'a, 'd>(node: Node<'a, 'd>, path: &str) -> Option<Node<'a, 'd>> {
    path.split('/').try_fold(node, |node, name| {
        node.children()
            .find(|child| child.is_element() && child.tag_name().name() == name)
    })
}

/// Readable text at a path.
fn text(node: Node<'_, '_>, path: &str) -> Option<String> {
    line_of(find(node, path)?.text()?)
}

fn value<T: FromStr<Err: std::fmt::Display>>(node: Node<'_, '_>) -> Result<T, DespatchError> {
    let text = node.text().unwrap_or_default().trim();
    text.parse()
        .map_err(|error| refused(node, &format!("{text:?}: {error}")))
}

fn need<T: FromStr<Err: std::fmt::Display>>(
    node: Node<'_, '_>,
    path: &'static str,
) -> Result<T, DespatchError> {
    let found = find(node, path)
        .ok_or_else(|| refused(node, &format!("has no {path}; the sender must fill it in")))?;
    value(found)
}

fn at(node: Node<'_, '_>) -> String {
    let line = node.document().text_pos_at(node.range().start).row;
    format!("line {line}, {}", node.tag_name().name())
}

fn refused(node: Node<'_, '_>, why: &str) -> DespatchError {
    DespatchError::Element {
        at: at(node),
        why: why.to_owned(),
    }
}
