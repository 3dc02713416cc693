//! Personal numbers: what must stand in no log and no store, except sealed.
//!
//! A number is a Swedish personnummer or samordningsnummer (SKV 704 and 707): a day of birth, with 60 added for a
//! samordningsnummer, three digits and a check digit. Regions give reserve numbers of many forms to people without one;
//! what a wristband of theirs carries is known by where it is scanned, not by its form.
//!
//! A device seals an [`Identity`] to the public key of the patient-link service ([`seal()`]), which alone opens it
//! ([`open()`]).

mod identity;
mod number;
mod seal;

pub use identity::{Identity, IdentityError, MAX_RESERVE, ReserveNumber};
pub use number::{PersonalNumber, names_a_person};
pub use seal::{OpenError, SealKey, SealKeyError, SecretKey, open, seal};
