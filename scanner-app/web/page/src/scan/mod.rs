//! How symbols come in: a scanner that types, or the camera.

pub mod decoder;
pub mod feedback;
pub mod frame;
pub mod lens;
pub mod shortcuts;
pub mod taps;
pub mod wedge;
