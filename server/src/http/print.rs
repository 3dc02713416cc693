//! `/sync/labels`: labels of logistic units go to the printer of their place.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use sparhund_shared::label::{LabelSize, zpl};
use sparhund_shared::reference::Rule;
use sparhund_shared::wire::PrintLabel;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::extract::Body;
use super::problem::{ApiResult, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::auth::SignedDevice;

/// A printer in the house answers in an instant; the device waits ten seconds for us.
const PATIENCE: Duration = Duration::from_secs(5);

/// Most bytes sent to a printer: a label has under two thousand.
const MOST: usize = 8 << 10;

/// Prints the label of a logistic unit
///
/// The device says what stands on it, never what the printer is sent; the server draws it and sends it to a printer that an
/// administrator has set, and to nothing else.
#[utoipa::path(post, path = "/sync/labels", tag = "sync", request_body = PrintLabel,
    responses((status = NO_CONTENT, description = "The printer took it; whether there was paper it does not say")))]
pub async fn print_label(
    State(state): State<AppState>,
    SignedDevice(device): SignedDevice,
    Body(asked): Body<PrintLabel>,
) -> ApiResult<StatusCode> {
    let (address, size) = printer(&state, &asked.printer).await?;
    let drawn = zpl(&asked.label, size);
    if drawn.len() > MOST {
        return Err(Problem::new(
            Code::TooLarge,
            "the names on the label are too long to print; shorten the names of the places",
        ));
    }
    let sent = timeout(PATIENCE, send(&address, drawn.as_bytes())).await;
    let why = match sent {
        Ok(Ok(())) => {
            tracing::info!(device.id = %device.id, printer = %asked.printer, sscc = %asked.label.sscc, "label printed");
            return Ok(StatusCode::NO_CONTENT);
        }
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("nothing within {} s", PATIENCE.as_secs()),
    };
    tracing::warn!(printer = %asked.printer, %address, reason = %why, "label printer does not answer");
    Err(Problem::new(
        Code::PrinterSilent,
        format!(
            "the printer at {address} does not take the label ({why}): check that it is on, has paper and is in the network"
        ),
    ))
}

/// Where the printer is, and what is in it.
async fn printer(state: &AppState, key: &str) -> ApiResult<(String, LabelSize)> {
    let rules = state.store.rules().await?.into_iter();
    let mut named = rules.filter(|rule| rule.key() == key);
    match named.next() {
        Some(Rule::Printer { address, size, .. }) => Ok((address, size)),
        _ => Err(Problem::not_found("printer with this key among the rules")),
    }
}

async fn send(address: &str, bytes: &[u8]) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(bytes).await?;
    stream.shutdown().await
}
