//! `/devices`: enrolling handhelds and taking them out.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use ed25519_dalek::VerifyingKey;
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Serialize;
use sparhund_shared::log::{DeviceId, Succession, UserId};
use sparhund_shared::wire::{Enrol, Enrolled};
use utoipa::ToSchema;

use super::client::{BaseUrl, ClientIp};
use super::extract::{Body, Path};
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code as ProblemCode;
use super::state::AppState;
use crate::auth::{Code, Signed, SignedDevice, Subject, device_revoked};
use crate::ops::{new_uuid, now_ms};
use crate::store::{Device, DeviceState, EnrolmentCode, NewDevice};

/// How long a code can be used: time to walk to the device, not to lose the paper.
const CODE_MS: i64 = 30 * 60_000;
/// Most characters of a device's name.
const NAME_MAX: usize = 60;

/// A code for one device. It is shown once; the server keeps only its hash.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedCode {
    /// The code, as people read and type it.
    #[schema(example = "K7MQ-2XRD-9F4T")]
    pub code: String,
    /// Address that opens the scanner app and hands it the code. The part after `#` never reaches a server.
    pub url: String,
    /// The address as a QR code, SVG.
    pub qr: String,
    /// Until when it can be used, Unix milliseconds.
    pub expires_at: i64,
}

/// Makes a one-time code for a device; the console calls it too.
pub async fn issue_code(state: &AppState, by: UserId, BaseUrl(base): &BaseUrl) -> ApiResult<IssuedCode> {
    let code = Code::random()?;
    let expires_at = now_ms() + CODE_MS;
    let url = format!("{base}/app/#enrol={code}");
    let qr = QrCode::new(&url)
        .map_err(|error| Problem::internal(&error))?
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .build();
    state
        .store
        .add_enrolment(EnrolmentCode {
            hash: code.hash(),
            created_by: by,
            expires_at,
        })
        .await?;
    Ok(IssuedCode {
        code: code.to_string(),
        url,
        qr,
        expires_at,
    })
}

/// Takes a device out and forgets what was remembered of it; the console calls it too.
pub async fn revoke(state: &AppState, id: DeviceId) -> ApiResult<()> {
    if state.store.device(id).await?.is_none() {
        return Err(Problem::not_found("device with this id"));
    }
    let revoked = state.store.revoke_device(id, now_ms()).await?;
    state.devices.forget(id);
    state.devices.forget(revoked);
    tracing::info!(device.id = %revoked, device.asked = %id, "device revoked");
    Ok(())
}

/// Makes a one-time code to enrol a device with
#[utoipa::path(post, path = "/devices/codes", tag = "devices",
    responses((status = CREATED, body = IssuedCode, description = "Shown once; good for 30 minutes")))]
pub async fn create_enrolment_code(
    State(state): State<AppState>,
    Signed(user): Signed,
    base: BaseUrl,
) -> ApiResult<(StatusCode, Json<IssuedCode>)> {
    let issued = issue_code(&state, user.id, &base).await?;
    Ok((StatusCode::CREATED, Json(issued)))
}

/// Enrols a device with a one-time code
///
/// The same code, key and log again, as in a retried request, answers the same device as long as the code is good.
#[utoipa::path(post, path = "/devices/enrol", tag = "devices", request_body = Enrol,
    responses((status = CREATED, body = Enrolled, description = "The device and its token")))]
pub async fn enrol_device(
    State(state): State<AppState>,
    ClientIp(address): ClientIp,
    Body(enrol): Body<Enrol>,
) -> ApiResult<(StatusCode, Json<Enrolled>)> {
    let now = now_ms();
    state.throttle.attempt(Subject::Enrolment, address, now)?;
    let (code, name) = check(&enrol)?;
    let device = NewDevice {
        id: DeviceId(new_uuid(now)?),
        name,
        key: enrol.key,
        log: enrol.log,
    };
    let device = state
        .store
        .enrol(code.hash(), device, now)
        .await?
        .ok_or_else(|| {
            Problem::new(
                ProblemCode::CodeUnusable,
                "the enrolment code is unknown, used or too old; ask for a new one",
            )
        })?;
    state.throttle.succeeded(Subject::Enrolment, address);
    tracing::info!(device.id = %device.id, "device enrolled");
    let enrolled = Enrolled {
        device: device.id,
        token: state.tokens.device(device.id, now)?,
        region: state.site.region.clone(),
    };
    Ok((StatusCode::CREATED, Json(enrolled)))
}

/// Lets a device go on under another key and another log
///
/// Both keys sign for it, so a stolen token alone changes nothing. What comes under the old key from then on is put aside.
/// The same again, as in a retried request, answers the same device.
#[utoipa::path(post, path = "/devices/rotate", tag = "devices", request_body = Succession,
    responses((status = CREATED, body = Enrolled, description = "The device under its new key, and its token")))]
pub async fn rotate_key(
    State(state): State<AppState>,
    SignedDevice(old): SignedDevice,
    Body(succession): Body<Succession>,
) -> ApiResult<(StatusCode, Json<Enrolled>)> {
    if old.state == DeviceState::Revoked {
        return Err(device_revoked());
    }
    if succession.old != old.log {
        return Err(Problem::new(
            ProblemCode::Forbidden,
            format!("log {} is not this device's", succession.old),
        ));
    }
    let signed = succession.verify(&old.key);
    signed.map_err(|error| Problem::new(ProblemCode::BadSignature, error.to_string()))?;
    let now = now_ms();
    let new = NewDevice {
        id: DeviceId(new_uuid(now)?),
        name: old.name.clone(),
        key: succession.key,
        log: succession.log,
    };
    // Asked of the store once more: the headers may have come long before the body.
    let replaced = state.store.replace_device(old.id, new, now).await?;
    state.devices.forget(old.id);
    let device = replaced.ok_or_else(device_revoked)?;
    tracing::info!(device.id = %device.id, device.before = %old.id, "device changed its key");
    let enrolled = Enrolled {
        device: device.id,
        token: state.tokens.device(device.id, now)?,
        region: state.site.region.clone(),
    };
    Ok((StatusCode::CREATED, Json(enrolled)))
}

fn check(enrol: &Enrol) -> ApiResult<(Code, String)> {
    let mut errors = Vec::new();
    let code = enrol
        .code
        .parse::<Code>()
        .map_err(|error| errors.push(FieldError::new("/code", error.to_string())))
        .ok();
    let name = enrol.name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        errors.push(FieldError::new(
            "/name",
            format!("a device's name has 1 to {NAME_MAX} characters; write what is on its sticker"),
        ));
    }
    // A weak key would verify signatures nobody made.
    if VerifyingKey::from_bytes(&enrol.key.0).map_or(true, |key| key.is_weak()) {
        errors.push(FieldError::new(
            "/key",
            "this is not a usable Ed25519 public key; make a new pair",
        ));
    }
    match code {
        Some(code) if errors.is_empty() => Ok((code, name.to_owned())),
        _ => Err(Problem::invalid(errors)),
    }
}

/// Lists the devices
#[utoipa::path(get, path = "/devices", tag = "devices",
    responses((status = OK, body = Vec<Device>, description = "Every device, revoked ones included")))]
pub async fn list_devices(State(state): State<AppState>) -> ApiResult<Json<Vec<Device>>> {
    Ok(Json(state.store.devices().await?))
}

/// Revokes a device: it may not sync any more
#[utoipa::path(post, path = "/devices/{id}/revoke", tag = "devices", params(("id" = DeviceId, Path)),
    responses((status = NO_CONTENT, description = "Revoked; doing it again changes nothing")))]
pub async fn revoke_device(State(state): State<AppState>, Path(id): Path<DeviceId>) -> ApiResult<StatusCode> {
    revoke(&state, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
