//! Places of the demo region.

use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{LegalEntity, Place, PlaceKind, PlaceRules, StorageClass};

use super::{DemoError, keys};

/// GLN location numbers under the demo prefix.
pub(super) const WAREHOUSE: u16 = 1;
const HOSPITALS: [(u16, &str); 2] = [(10, "Västerhamns sjukhus"), (20, "Björkfors sjukhus")];
const WARDS: [(u16, u16, &str); 6] = [
    (11, 10, "Akutmottagningen"),
    (12, 10, "Operation 1"),
    (13, 10, "Ortopedavdelning 4"),
    (21, 20, "Medicinavdelning 2"),
    (22, 20, "Intensivvårdsavdelningen"),
    (23, 20, "Barnavdelning 7"),
];
const MUNICIPALITY: u16 = 40;
pub(super) const ORTHOPAEDICS: u16 = 13;
pub(super) const THEATRE: u16 = 12;
pub(super) const MEDICINE: u16 = 21;
pub(super) const INTENSIVE_CARE: u16 = 22;
pub(super) const EMERGENCY: u16 = 11;
pub(super) const CARE_HOME: u16 = 41;

/// Extension of the dispatch place.
const DISPATCH: &str = "UT-01";

/// Zones with their rows and shelves.
const ZONES: [(&str, &str, u8, u8); 4] = [
    ("A", "Zon A Förbrukning", 3, 4),
    ("B", "Zon B Sterilt", 2, 4),
    ("C", "Zon C Implantat och apparater", 1, 4),
    ("D", "Zon D Kylt 2–8 °C", 1, 4),
];

/// Bins of ward stores, which are filled by two bins and a card.
const WARD_BINS: [(u16, &str); 4] = [
    (ORTHOPAEDICS, "F-01"),
    (ORTHOPAEDICS, "F-02"),
    (INTENSIVE_CARE, "F-01"),
    (INTENSIVE_CARE, "F-02"),
];

/// Ward and extension of each of them.
pub(super) fn ward_bins() -> impl Iterator<Item = (u16, &'static str)> {
    WARD_BINS.into_iter()
}

/// What a zone gives.
fn zone_rules(letter: &str) -> PlaceRules {
    PlaceRules {
        storage: (letter == "D").then_some(StorageClass::Cold),
        sterile: letter == "B",
        pharma: false,
    }
}

/// A bin of a zone.
pub(super) fn bin(zone: &str, row: u8, shelf: u8) -> Result<PlaceCode, DemoError> {
    keys::place(WAREHOUSE, Some(&format!("{zone}-{row:02}-{shelf:02}")))
}

/// Bins of a zone, in the order a picker walks.
pub(super) fn bins(zone: &str) -> Result<Vec<PlaceCode>, DemoError> {
    let found = ZONES.iter().find(|(name, ..)| *name == zone);
    let (_, _, rows, shelves) = found.ok_or_else(|| DemoError::Value(format!("zone {zone}")))?;
    (1..=*rows)
        .flat_map(|row| (1..=*shelves).map(move |shelf| bin(zone, row, shelf)))
        .collect()
}

/// Where picked goods wait.
pub(super) fn dispatch() -> Result<PlaceCode, DemoError> {
    keys::place(WAREHOUSE, Some(DISPATCH))
}

/// Every place, parents first.
pub(super) fn places() -> Result<Vec<Place>, DemoError> {
    let region = LegalEntity {
        org_no: "232100-9900".to_owned(),
        name: super::NAME.to_owned(),
    };
    let municipality = LegalEntity {
        org_no: "212000-9903".to_owned(),
        name: "Sjövika kommun".to_owned(),
    };
    let warehouse = keys::place(WAREHOUSE, None)?;
    let mut places = vec![place(
        warehouse.clone(),
        "Nordmarks centrallager",
        PlaceKind::Site,
        None,
        &region,
    )];
    for (letter, name, rows, shelves) in ZONES {
        let zone = keys::place(WAREHOUSE, Some(letter))?;
        places.push(Place {
            rules: zone_rules(letter),
            ..place(zone.clone(), name, PlaceKind::Zone, Some(&warehouse), &region)
        });
        for (row, shelf) in (1..=rows).flat_map(|row| (1..=shelves).map(move |shelf| (row, shelf))) {
            let name = format!("{letter}-{row:02}-{shelf:02}");
            places.push(place(
                bin(letter, row, shelf)?,
                &name,
                PlaceKind::Bin,
                Some(&zone),
                &region,
            ));
        }
    }
    places.push(place(
        dispatch()?,
        "Utlastning 1",
        PlaceKind::Dispatch,
        Some(&warehouse),
        &region,
    ));
    for (extension, name, kind) in [
        ("K-01", "Karantän centrallagret", PlaceKind::Quarantine),
        ("BIL-1", "Bil 1 Västerhamn och Sjövika", PlaceKind::Vehicle),
    ] {
        let code = keys::place(WAREHOUSE, Some(extension))?;
        places.push(place(code, name, kind, Some(&warehouse), &region));
    }
    places.extend(hospitals(&region)?);
    let town = keys::place(MUNICIPALITY, None)?;
    places.push(place(
        town.clone(),
        "Sjövika vård och omsorg",
        PlaceKind::Site,
        None,
        &municipality,
    ));
    places.push(place(
        keys::place(CARE_HOME, None)?,
        "Solhagens äldreboende, förråd",
        PlaceKind::Ward,
        Some(&town),
        &municipality,
    ));
    Ok(places)
}

/// The hospitals with their quarantine places, wards and ward bins.
fn hospitals(region: &LegalEntity) -> Result<Vec<Place>, DemoError> {
    let mut places = Vec::new();
    for (number, name) in HOSPITALS {
        places.push(place(
            keys::place(number, None)?,
            name,
            PlaceKind::Site,
            None,
            region,
        ));
    }
    for (number, _) in HOSPITALS {
        let hospital = keys::place(number, None)?;
        let code = keys::place(number, Some("K-01"))?;
        let name = "Karantän sjukhuset";
        places.push(place(code, name, PlaceKind::Quarantine, Some(&hospital), region));
    }
    for (number, hospital, name) in WARDS {
        let parent = keys::place(hospital, None)?;
        let ward = keys::place(number, None)?;
        // A ward store keeps what it gets, sterile goods too.
        places.push(Place {
            rules: PlaceRules {
                sterile: true,
                ..PlaceRules::default()
            },
            ..place(ward, name, PlaceKind::Ward, Some(&parent), region)
        });
    }
    for (number, extension) in WARD_BINS {
        let ward = keys::place(number, None)?;
        let code = keys::place(number, Some(extension))?;
        let name = format!("Tvåbing {extension}");
        places.push(place(code, &name, PlaceKind::Bin, Some(&ward), region));
    }
    Ok(places)
}

fn place(
    code: PlaceCode,
    name: &str,
    kind: PlaceKind,
    parent: Option<&PlaceCode>,
    entity: &LegalEntity,
) -> Place {
    Place {
        code,
        name: name.to_owned(),
        kind,
        parent: parent.cloned(),
        entity: entity.clone(),
        rules: PlaceRules::default(),
    }
}
