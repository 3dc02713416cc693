//! How fast the page of a slow handheld answers scans: a real Chromium of which the renderer runs a quarter of the time, a real
//! server with a whole region's articles and holds, and keys as a scanner types them.
//!
//! What is measured and how stands in `docs/PERFORMANCE.md`.

mod bytes;
mod figures;
mod goods;
mod handheld;
mod region;
mod run;
mod slow;
mod steps;
mod tally;
mod tell;
mod wire;
mod work;

pub use run::{Outcome, Plan, run};
