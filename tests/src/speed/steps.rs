//! What is done on the page between scans.

use std::time::Instant;

use super::handheld::Handheld;
use super::region::{ORDER, Region};
use super::tally::SUPPLIER;
use crate::page::to_tasks;
use crate::scenario::{LOGIN, PASSWORD};

/// Slows the device down and says by how much.
pub async fn slow_down(handheld: &mut Handheld, rate: u32) {
    let refused = handheld.refuses_to_slow_worker().await;
    let fast = handheld.loop_times().await;
    handheld.set_rate(rate);
    let slow = handheld.loop_times().await;
    let [page, worker] = [0, 1].map(|at| slow[at] / fast[at]);
    if let Some(why) = refused {
        println!("\nDevTools cannot slow down a worker ({why}):");
    }
    println!(
        "the renderer runs one part in {rate} of the time; a loop takes {page:.1} times as long in the page, {worker:.1} in its worker"
    );
}

/// Enrols and signs in, and waits until the region is on the device.
pub async fn enrol(handheld: &Handheld, region: &Region) {
    let browser = &handheld.browser;
    browser.fill("enrol-code", &region.scenario.code).await;
    browser.fill("enrol-name", "Handdator").await;
    browser.click("enrol-submit").await;
    let begun = Instant::now();
    browser.fill("login", LOGIN).await;
    browser.fill("password", PASSWORD).await;
    browser.click("sign-in").await;
    let complete = "document.querySelector('[data-test=\"status-line\"][data-complete=\"true\"]') !== null";
    handheld.until(complete).await;
    println!(
        "all of the region on the device {:.0} s after enrolment",
        begun.elapsed().as_secs_f64()
    );
}

/// Begins a goods receipt.
pub async fn open_receipt(handheld: &Handheld) {
    let browser = &handheld.browser;
    browser.click("task-receive").await;
    browser.fill("receive-supplier", SUPPLIER).await;
    browser.click("receive-start").await;
    browser.find("typed-open").await;
}

/// From a receipt to the pick.
pub async fn to_pick(handheld: &Handheld) {
    let browser = &handheld.browser;
    to_tasks(browser).await;
    browser.click("task-pick").await;
    browser.click(&format!("order-{ORDER}")).await;
    browser.find("typed-open").await;
}

/// From the pick to a receipt.
pub async fn to_receive(handheld: &Handheld) {
    to_tasks(&handheld.browser).await;
    open_receipt(handheld).await;
}
