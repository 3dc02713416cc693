//! The fault suite: real devices and a real server under every fault that can be made here, then a look at what is left.
//!
//! [`run`](run::run) is the way in. A [`World`](world::World) is the server of a site, the central one it exchanges with
//! ([`central`]), and the site's devices, each a process of its own (`torture_device`); a faulty network (`proxy`) lies between any two of them. `harm` does the faults, `heal` ends them, `judge` compares what the
//! devices hold with what the server tells. All chance comes from one seed. What the machine does meanwhile does not: the
//! same seed tries the same faults in the same order, but they do not hit the same instruction.

pub mod central;
pub mod device;
pub mod dice;
pub mod export;
pub mod fault;
pub mod handheld;
pub mod harm;
pub mod heal;
pub mod judge;
pub mod kept;
pub mod proxy;
pub mod region;
pub mod report;
pub mod run;
pub mod served;
pub mod tamper;
pub mod words;
pub mod world;
