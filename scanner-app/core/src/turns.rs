//! One step of a task after the other, and none past a STOP that nobody has acknowledged.
//!
//! A user interface sends a command and shows the reply some moments later. What is scanned or tapped in between was
//! done by a person who had not seen that reply. So steps line up: the next one is sent when the reply before it is
//! on the screen, and when that reply is a STOP, whoever waits is sent away.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::api::Command;

/// What a step rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Goods as they are, a scan or a count: a STOP sends it away.
    Goods,
    /// A tap, made on what the screen showed: a STOP sends it away, and so does a failure of a step before it.
    Tap,
}

impl Step {
    /// The step a command is; `None` for a command that changes no task and needs no turn.
    pub fn of(command: &Command) -> Option<Self> {
        match command {
            Command::Scan { .. } | Command::SetCount { .. } => Some(Self::Goods),
            Command::StartReceive { .. }
            | Command::StartReceiveUnit { .. }
            | Command::Receipt { .. }
            | Command::StartPick { .. }
            | Command::StartDeliver { .. }
            | Command::StartConfirm { .. }
            | Command::StartDeed { .. }
            | Command::Answer { .. }
            | Command::SetTraining { .. }
            | Command::LeaveTask
            | Command::CloseTask
            | Command::ChooseReading { .. }
            | Command::ChoosePlace { .. }
            | Command::SetSscc { .. }
            | Command::PrintAgain { .. }
            | Command::DropOpenScan
            | Command::ExpectLine { .. }
            | Command::ClearBasket
            | Command::Book
            | Command::Undo => Some(Self::Tap),
            Command::Status
            | Command::Enrol { .. }
            | Command::SignIn { .. }
            | Command::SignOut
            | Command::SignOutIfOnline
            | Command::SwitchTo { .. }
            | Command::FindBadge { .. }
            | Command::SetPin { .. }
            | Command::SetBadge { .. }
            | Command::RemoveBadge
            | Command::RemoveQuickSwitch
            | Command::SetLanguage { .. }
            | Command::Calibrate { .. }
            | Command::SetProfile { .. }
            | Command::NoteStorage { .. }
            | Command::NoteNetwork { .. }
            | Command::Sync
            | Command::SyncIfDue
            | Command::ExportOutbox
            | Command::Tasks
            | Command::CurrentTask
            | Command::AcknowledgeStop
            | Command::NoteMissedScan
            | Command::Identify { .. }
            | Command::Places { .. } => None,
        }
    }
}

/// The line of steps. A clone is the same line.
#[derive(Clone, Default, Debug)]
pub struct Turns(Rc<Line>);

#[derive(Default, Debug)]
struct Line {
    /// Whoever has the turn stands in front.
    waiting: RefCell<VecDeque<(u64, Option<Waker>)>>,
    last: Cell<u64>,
    stopped: Cell<bool>,
    stops: Cell<u64>,
    failures: Cell<u64>,
}

impl Turns {
    /// Takes a place in the line. Ready when the turn has come; `None` = sent away, the step must not be done.
    #[must_use = "without waiting the step has no turn"]
    pub fn line_up(&self, step: Step) -> Place {
        let line = Rc::clone(&self.0);
        let number = line.last.get() + 1;
        line.last.set(number);
        line.waiting.borrow_mut().push_back((number, None));
        Place {
            number,
            step,
            stops: line.stops.get(),
            failures: line.failures.get(),
            line: Some(line),
        }
    }

    /// A STOP is on the screen. Whoever waits is sent away, and whoever comes, until it is acknowledged.
    pub fn stop(&self) {
        self.0.stopped.set(true);
        self.0.stops.set(self.0.stops.get() + 1);
    }

    /// Somebody acknowledged the STOP.
    pub fn acknowledge(&self) {
        self.0.stopped.set(false);
    }

    /// Whether a STOP waits to be acknowledged.
    pub fn stopped(&self) -> bool {
        self.0.stopped.get()
    }

    /// Whether somebody has the turn, or waits for it.
    pub fn busy(&self) -> bool {
        !self.0.waiting.borrow().is_empty()
    }

    /// A step could not be done: taps that wait behind it are sent away.
    pub fn fail(&self) {
        self.0.failures.set(self.0.failures.get() + 1);
    }
}

/// A place in the line.
#[derive(Debug)]
pub struct Place {
    number: u64,
    step: Step,
    stops: u64,
    failures: u64,
    /// Given on to the turn.
    line: Option<Rc<Line>>,
}

impl Future for Place {
    type Output = Option<Turn>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Turn>> {
        let number = self.number;
        let Some(line) = self.line.clone() else {
            return Poll::Ready(None);
        };
        {
            let mut waiting = line.waiting.borrow_mut();
            if waiting.front().is_some_and(|(front, _)| *front != number) {
                if let Some((_, waker)) = waiting.iter_mut().find(|(own, _)| *own == number) {
                    *waker = Some(context.waker().clone());
                }
                return Poll::Pending;
            }
        }
        self.line = None;
        let sent_away = line.stopped.get()
            || line.stops.get() != self.stops
            || (self.step == Step::Tap && line.failures.get() != self.failures);
        let turn = Turn { number, line };
        Poll::Ready((!sent_away).then_some(turn))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(line) = self.line.take() {
            line.leave(self.number);
        }
    }
}

/// The turn of one step; the next one follows when it is dropped.
#[derive(Debug)]
pub struct Turn {
    number: u64,
    line: Rc<Line>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.line.leave(self.number);
    }
}

impl Line {
    fn leave(&self, number: u64) {
        let next = {
            let mut waiting = self.waiting.borrow_mut();
            waiting.retain(|(other, _)| *other != number);
            waiting.front_mut().and_then(|(_, waker)| waker.take())
        };
        // Outside the borrow: whoever is woken may look at the line at once.
        if let Some(waker) = next {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(place: &mut Place) -> Poll<Option<Turn>> {
        Pin::new(place).poll(&mut Context::from_waker(Waker::noop()))
    }

    /// The turn, which must be there.
    fn turn(place: &mut Place) -> Turn {
        match now(place) {
            Poll::Ready(Some(turn)) => turn,
            other => panic!("no turn: {other:?}"),
        }
    }

    fn sent_away(place: &mut Place) -> bool {
        matches!(now(place), Poll::Ready(None))
    }

    #[test]
    fn steps_go_one_after_the_other_in_the_order_they_came() {
        let turns = Turns::default();
        let (mut a, mut b, mut c) = (
            turns.line_up(Step::Goods),
            turns.line_up(Step::Goods),
            turns.line_up(Step::Tap),
        );
        assert!(now(&mut c).is_pending() && now(&mut b).is_pending());
        let first = turn(&mut a);
        assert!(now(&mut b).is_pending());
        assert!(turns.busy());
        drop(first);
        let second = turn(&mut b);
        assert!(now(&mut c).is_pending());
        drop(second);
        drop(turn(&mut c));
        drop(turn(&mut turns.line_up(Step::Tap)));
        assert!(!turns.busy());
    }

    #[test]
    fn a_count_that_is_stopped_takes_the_booking_behind_it_along() {
        let turns = Turns::default();
        let (mut count, mut book) = (turns.line_up(Step::Goods), turns.line_up(Step::Tap));
        let counting = turn(&mut count);
        turns.stop();
        drop(counting);
        assert!(sent_away(&mut book));
        turns.acknowledge();
        drop(turn(&mut turns.line_up(Step::Tap)));
    }

    #[test]
    fn scans_made_before_a_stop_showed_are_not_done_after_it_was_acknowledged() {
        let turns = Turns::default();
        let (mut a, mut b) = (turns.line_up(Step::Goods), turns.line_up(Step::Goods));
        let first = turn(&mut a);
        turns.stop();
        turns.acknowledge();
        drop(first);
        assert!(sent_away(&mut b));
    }

    #[test]
    fn nothing_gets_past_a_stop_that_stands() {
        let turns = Turns::default();
        drop(turn(&mut turns.line_up(Step::Goods)));
        turns.stop();
        assert!(turns.stopped());
        assert!(sent_away(&mut turns.line_up(Step::Goods)));
        assert!(sent_away(&mut turns.line_up(Step::Tap)));
        turns.acknowledge();
        assert!(!turns.stopped());
        drop(turn(&mut turns.line_up(Step::Goods)));
    }

    #[test]
    fn a_failure_sends_taps_away_and_lets_goods_through() {
        let turns = Turns::default();
        let (mut scan, mut book, mut next) = (
            turns.line_up(Step::Goods),
            turns.line_up(Step::Tap),
            turns.line_up(Step::Goods),
        );
        let scanning = turn(&mut scan);
        turns.fail();
        drop(scanning);
        assert!(sent_away(&mut book));
        drop(turn(&mut next));
        drop(turn(&mut turns.line_up(Step::Tap)));
    }

    #[test]
    fn whoever_gives_up_waiting_holds_nobody_up() {
        let turns = Turns::default();
        let (mut a, b, mut c) = (
            turns.line_up(Step::Goods),
            turns.line_up(Step::Goods),
            turns.line_up(Step::Goods),
        );
        let first = turn(&mut a);
        drop(b);
        assert!(now(&mut c).is_pending());
        drop(first);
        drop(turn(&mut c));
    }

    #[test]
    fn the_next_in_line_is_woken() {
        struct Count(std::sync::atomic::AtomicU32);
        impl std::task::Wake for Count {
            fn wake(self: std::sync::Arc<Self>) {
                self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        }
        let woken = std::sync::Arc::new(Count(0.into()));
        let waker = Waker::from(std::sync::Arc::clone(&woken));
        let turns = Turns::default();
        let (mut a, mut b) = (turns.line_up(Step::Goods), turns.line_up(Step::Goods));
        let first = turn(&mut a);
        assert!(
            Pin::new(&mut b)
                .poll(&mut Context::from_waker(&waker))
                .is_pending()
        );
        drop(first);
        assert_eq!(woken.0.load(std::sync::atomic::Ordering::Relaxed), 1);
        drop(turn(&mut b));
    }
}
