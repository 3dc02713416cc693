//! Figures for Prometheus.

use std::sync::OnceLock;

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Upper bounds of the latency histogram, seconds.
const BUCKETS: [f64; 12] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0, 30.0,
];

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts counting; once per process, later calls change nothing.
pub fn install_metrics() {
    RECORDER.get_or_init(|| {
        let handle = PrometheusBuilder::new()
            .set_buckets(&BUCKETS)
            .and_then(PrometheusBuilder::install_recorder)
            .map_err(|error| tracing::warn!(error.message = %error, "figures are not counted"))
            .ok();
        describe_counter!(
            "sparhund_http_requests_total",
            "Requests by method, route and status"
        );
        describe_histogram!(
            "sparhund_http_request_seconds",
            Unit::Seconds,
            "Time from request to answer by method and route"
        );
        describe_counter!("sparhund_records_stored_total", "Records stored by uploads");
        describe_counter!(
            "sparhund_records_known_total",
            "Uploaded records that were there already"
        );
        describe_counter!(
            "sparhund_records_refused_total",
            "Uploaded records that were not taken"
        );
        describe_gauge!(
            "sparhund_store_waiting",
            "Records and changes that wait for the store's writer"
        );
        describe_gauge!(
            "sparhund_store_file_bytes",
            Unit::Bytes,
            "Size of the store's files"
        );
        handle
    });
}

/// What was counted since the start, in Prometheus' text format; empty before [`install_metrics`].
pub fn metrics_text() -> String {
    RECORDER
        .get()
        .and_then(Option::as_ref)
        .map(PrometheusHandle::render)
        .unwrap_or_default()
}

/// Folds what was counted lately into the histograms; to be called every few seconds, or memory grows.
pub fn metrics_upkeep() {
    if let Some(Some(handle)) = RECORDER.get() {
        handle.run_upkeep();
    }
}
