//! What the person at a device does: receive, pick, deliver, confirm, now and then take it back.

use sparhund_scanner_core::api::{
    Command, OrderCard, Problem, RawScan, Reply, ScanOutcome, ScanView, TaskView, TasksView,
};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::verdict::Verdict;

use super::{Handheld, booked};

impl Handheld {
    /// One piece of work of those the client offers, booked.
    pub(super) fn work(&mut self) -> Result<(), Problem> {
        let Reply::Tasks(tasks) = self.ask(Command::Tasks)? else {
            return Ok(());
        };
        let (work, done) = match self.dice.below(10) {
            0..4 => ("receive", self.receive()),
            4..7 => ("pick", self.pick(&tasks)),
            7..9 => ("deliver", self.deliver(&tasks)),
            _ => ("confirm", self.confirm(&tasks)),
        };
        done.map_err(|problem| Problem {
            code: format!("{} in {work}", problem.code),
            ..problem
        })
    }

    fn order(&mut self, cards: &[OrderCard]) -> Option<OrderCard> {
        self.dice.pick(cards).cloned()
    }

    fn receive(&mut self) -> Result<(), Problem> {
        self.start(Command::StartReceive {
            supplier: "Provbolaget AB".to_owned(),
            reference: None,
        })?;
        let place = self.dice.pick(&self.region.bins).cloned().expect("a shelf");
        self.judge(Command::ChoosePlace { place })?;
        for _ in 0..self.dice.between(1, 5) {
            let goods = self.dice.pick(&self.region.goods).cloned().expect("an article");
            // Few lots, so that devices meet in them; no serial twice.
            let lot = format!("LOT-{}", self.dice.below(12));
            let serial = goods.by_serial.then(|| format!("S{:x}", self.dice.seed()));
            self.scan(&goods.label(&lot, serial.as_deref()), !goods.by_serial)?;
        }
        self.book()
    }

    fn pick(&mut self, tasks: &TasksView) -> Result<(), Problem> {
        let Some(order) = self.order(&tasks.to_pick) else {
            return Ok(());
        };
        let task = self.start(Command::StartPick { order: order.no })?;
        for _ in 0..self.dice.between(1, 4) {
            let line = self.dice.pick(&task.lines).cloned().expect("a line");
            let goods = self
                .region
                .goods
                .iter()
                .find(|goods| goods.no == line.article)
                .cloned();
            let (Some(next), Some(goods)) = (line.suggestion, goods) else {
                continue;
            };
            let Some(lot) = next.lot else { continue };
            self.judge(Command::ChoosePlace {
                place: next.place.code,
            })?;
            let serial = next.serial.as_ref().map(ToString::to_string);
            self.scan(&goods.label(lot.as_str(), serial.as_deref()), !goods.by_serial)?;
        }
        self.book()
    }

    fn deliver(&mut self, tasks: &TasksView) -> Result<(), Problem> {
        let Some(order) = self.order(&tasks.to_deliver) else {
            return Ok(());
        };
        let ward: PlaceCode = order.to.code;
        self.start(Command::StartDeliver { order: order.no })?;
        self.judge(Command::ChoosePlace { place: ward })?;
        self.book()
    }

    fn confirm(&mut self, tasks: &TasksView) -> Result<(), Problem> {
        let Some(order) = self.order(&tasks.to_confirm) else {
            return Ok(());
        };
        let task = self.start(Command::StartConfirm { order: order.no })?;
        for line in task.lines.iter().filter(|line| !line.units.is_empty()) {
            self.judge(Command::ExpectLine { line: line.line })?;
        }
        self.book()
    }

    /// Begins with an empty basket: what a kill left in it was never booked.
    fn start(&self, command: Command) -> Result<TaskView, Problem> {
        self.ask(command)?;
        match self.ask(Command::ClearBasket)? {
            Reply::Task(task) => Ok(task),
            other => Err(unexpected(&other)),
        }
    }

    fn scan(&mut self, label: &str, many: bool) -> Result<(), Problem> {
        let scan = Command::Scan {
            raw: RawScan::from(label),
            entry: EntryMethod::Typed,
        };
        let view = self.judge(scan)?;
        let packs = u32::try_from(self.dice.between(1, 10)).expect("a few");
        match view.outcome {
            ScanOutcome::InBasket { entry } if many && view.judgement.verdict != Verdict::Stop => {
                self.judge(Command::SetCount { entry, packs }).map(drop)
            }
            _ => Ok(()),
        }
    }

    /// Asks something that is judged. A STOP is looked at and put aside.
    fn judge(&self, command: Command) -> Result<ScanView, Problem> {
        match self.ask(command)? {
            Reply::Scanned(view) => {
                if view.judgement.verdict == Verdict::Stop {
                    self.ask(Command::AcknowledgeStop)?;
                }
                Ok(view)
            }
            other => Err(unexpected(&other)),
        }
    }

    fn book(&mut self) -> Result<(), Problem> {
        let Reply::Booked(done) = self.ask(Command::Book)? else {
            return Ok(());
        };
        booked(done.events);
        if self.dice.happens(80)
            && let Reply::Undone(undone) = self.ask(Command::Undo)?
        {
            booked(undone.events);
        }
        Ok(())
    }
}

fn unexpected(reply: &Reply) -> Problem {
    Problem::new("unexpected", format!("the client answered {reply:?}"))
}
