//! Enrolment of devices and sign-in of people.

use serde::{Deserialize, Serialize};

use crate::identity::CompanyPrefix;
use crate::label::UnitLabel;
use crate::log::{DeviceId, LogId, PublicKey};
use crate::reference::User;

/// `POST /api/v1/devices/enrol`: a new device shows its one-time code and its public key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrol {
    /// One-time code from the console, as printed under the QR code; letter case, blanks and hyphens do not matter.
    pub code: String,
    /// Name of the device as staff know it.
    pub name: String,
    /// Key that will sign its heads.
    pub key: PublicKey,
    /// The log this life of the device will write. Chosen by the device, so that it can begin before it is enrolled.
    pub log: LogId,
}

/// Answer to an enrolment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// The device.
    pub device: DeviceId,
    /// JWT that names the device; it is checked against the device table at every use, so it can be revoked.
    pub token: String,
    /// Name of the region, to show.
    pub region: String,
}

/// `POST /api/v1/auth/sign-in`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// Sign-in name.
    pub login: String,
    /// Password.
    pub password: String,
}

/// `POST /api/v1/auth/refresh`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refresh {
    /// Refresh token of the last answer; it can be used once.
    pub refresh: String,
}

/// Answer to a sign-in or a refresh.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tokens {
    /// Bearer token for the API.
    pub access: String,
    /// Seconds the access token lasts.
    pub expires_in: u64,
    /// Token for the next pair.
    pub refresh: String,
    /// Who signed in.
    pub user: User,
}

/// `POST /api/v1/sync/series`: a device asks for numbers of logistic units that it alone may make.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskSeries {
    /// The region's company prefix, as the device knows it.
    pub prefix: CompanyPrefix,
    /// The newest series that the device has under it: it is answered a later one. The same again, as in a retried
    /// request, answers the same.
    pub after: Option<u32>,
}

/// A series of numbers that nobody else gets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Series {
    /// Company prefix.
    pub prefix: CompanyPrefix,
    /// Number of the series.
    pub no: u32,
}

/// `POST /api/v1/sync/labels`: a device asks for the label of a logistic unit to be printed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrintLabel {
    /// Key of the rule that names the printer.
    pub printer: String,
    /// What stands on it.
    pub label: UnitLabel,
}
