//! What an implant card says (MDR Article 18), as far as it is known here. The name of the patient is written by hand.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sparhund_shared::log::EventId;

use super::order::PlaceView;
use super::raw::RawScan;
use super::scan::ItemView;

/// Card of an implant that was recorded on this device. What is `None` is not known here, and is told as missing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImplantCard {
    /// The record of it.
    pub event: EventId,
    /// Name, UDI-DI, lot, serial and expiry of the device.
    pub item: ItemView,
    /// The symbols of its UDI as they were scanned.
    pub symbols: Vec<RawScan>,
    /// Catalogue number of the manufacturer.
    pub reference: Option<String>,
    /// Manufacturer.
    pub maker: Option<String>,
    /// Their address.
    pub maker_address: Option<String>,
    /// Their website.
    pub maker_site: Option<String>,
    /// Where it was implanted.
    pub place: PlaceView,
    /// The hospital that the place is part of.
    pub site: Option<String>,
    /// The health institution: the legal person behind the place.
    pub institution: Option<String>,
    /// Day of the implantation.
    pub day: Date,
    /// Whether it was recorded for practice.
    pub training: bool,
}
