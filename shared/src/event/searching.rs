//! Searching a place for held goods (hitta och spärra).

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::capture::Capture;
use crate::identity::PlaceCode;
use crate::log::HoldId;

/// Somebody looked for the goods of a hold at a place. "None found" is said, not left out.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Searching {
    /// The hold.
    #[n(0)]
    pub hold: HoldId,
    /// Where.
    #[n(1)]
    pub place: PlaceCode,
    /// Base units found and set aside; 0 = none found.
    #[n(2)]
    pub units: u32,
    /// Evidence: how old the hold list was.
    #[n(3)]
    pub capture: Capture,
}
