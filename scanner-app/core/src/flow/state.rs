//! A task as it is kept on disk between two scans.

use serde::{Deserialize, Serialize};
use sparhund_shared::event::{EntryMethod, Item, Note, OrderNo, PatientSeal, Product, ReasonCode};
use sparhund_shared::identity::{Lot, PlaceCode, Serial, Sscc};
use sparhund_shared::log::{EventId, UserId};
use sparhund_shared::reference::Role;
use sparhund_shared::verdict::{Judgement, Verdict};

use super::deed::{self, Deed};
use super::receipt::Receipt;
use crate::api::{Mark, RawScan, ScanOutcome, StopView, TaskKind, Way};
use crate::fault::Fault;
use crate::problems;

/// A task in the middle of the work.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TaskState {
    pub(crate) kind: TaskKind,
    /// Who scanned what lies in it; `None` only for one begun before that was kept.
    #[serde(default)]
    pub(crate) owner: Option<UserId>,
    /// Done for practice: nothing of it goes into the log.
    #[serde(default)]
    pub(crate) training: bool,
    /// Receive: where goods are put. Pick: the bin. Deliver: the ward.
    pub(crate) place: Option<PlaceCode>,
    /// Deeds: where goods are taken, when it is another place than `place`.
    #[serde(default)]
    pub(crate) from: Option<PlaceCode>,
    /// Deeds: what was said beside scanning.
    #[serde(default)]
    pub(crate) said: Said,
    /// Receive: what it has beside the basket.
    #[serde(default)]
    pub(crate) receipt: Receipt,
    pub(crate) sscc: Option<Sscc>,
    pub(crate) basket: Vec<Entry>,
    /// Symbols with lot, serial or dates whose product was not scanned yet.
    #[serde(default)]
    pub(crate) half: Option<Symbols>,
    /// Symbols that said nothing new of the label before. They are of it, or of the next package of the same goods.
    #[serde(default)]
    pub(crate) repeated: Option<Symbols>,
    /// A code that can be read in several ways and that nobody has chosen a reading of.
    #[serde(default)]
    pub(crate) asked: Option<Symbol>,
    /// The item scanned last, so that another symbol of its label can join it.
    #[serde(default)]
    pub(crate) last_item: Option<LastItem>,
    /// A damaged code: scanned again, it is kept raw.
    pub(crate) damaged: Option<RawScan>,
    /// Pick: the entry that was scanned or counted last; a bin scanned next is where it was taken from.
    #[serde(default)]
    pub(crate) newest: Option<usize>,
    /// A STOP that nobody has acknowledged.
    #[serde(default)]
    pub(crate) stop: Option<StopView>,
    /// Deliver: goods that may not leave and that a STOP told of.
    #[serde(default)]
    pub(crate) told: Vec<Told>,
    /// The piece that was scanned last, and when, device clock.
    #[serde(default)]
    pub(crate) last_piece: Option<(Handled, i64)>,
    /// Serials booked in this task.
    pub(crate) handled: Vec<Handled>,
    pub(crate) booking: Option<Booking>,
}

/// What a person said beside scanning.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    pub(crate) reason: Option<ReasonCode>,
    pub(crate) note: Option<Note>,
    pub(crate) patient: Option<PatientSeal>,
    pub(crate) way: Option<Way>,
    /// Nothing of it is here.
    pub(crate) none_found: bool,
    /// Goods that differ from what was sent, how, and base units.
    pub(crate) differs: Vec<(Item, ReasonCode, u32)>,
}

/// One symbol.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Symbol {
    pub(crate) raw: RawScan,
    pub(crate) entry: EntryMethod,
}

/// A symbol, and which of its readings it was taken for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct ReadSymbol {
    #[serde(flatten)]
    pub(crate) symbol: Symbol,
    pub(crate) candidate: usize,
}

impl ReadSymbol {
    pub(crate) fn new(symbol: Symbol, candidate: usize) -> Self {
        Self { symbol, candidate }
    }
}

/// How long symbols are taken for those of one label, milliseconds. Whoever lays the goods aside in between scans all
/// anew.
const ONE_LABEL_MS: i64 = 60_000;

/// Two scans of one piece in less than this, milliseconds, are one.
const ONE_SCAN_MS: i64 = 1_000;

/// Symbols of one label, as they came.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Symbols {
    pub(crate) symbols: Vec<ReadSymbol>,
    /// When the first one was scanned, device clock.
    pub(crate) at: i64,
}

impl Symbols {
    pub(crate) fn of(symbol: ReadSymbol, now: i64) -> Self {
        Self {
            symbols: vec![symbol],
            at: now,
        }
    }

    /// With one more.
    pub(crate) fn with(mut self, symbol: ReadSymbol) -> Self {
        self.symbols.push(symbol);
        self
    }

    /// Until when another symbol joins.
    pub(crate) fn until(&self) -> i64 {
        self.at.saturating_add(ONE_LABEL_MS)
    }

    pub(crate) fn is_open(&self, now: i64) -> bool {
        (self.at..=self.until()).contains(&now)
    }
}

/// The item scanned last.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LastItem {
    pub(crate) label: Symbols,
    /// The same without what was taken from the label before, when something was.
    #[serde(default)]
    pub(crate) alone: Option<Symbols>,
    /// Where it lies in the basket, and how many packages of that came with this label; `None` when it was stopped.
    pub(crate) basket: Option<(usize, u32)>,
}

/// Something in the basket.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) item: Item,
    pub(crate) line: Option<u32>,
    pub(crate) packs: u32,
    pub(crate) units_per_pack: u32,
    /// Pick: bin that was scanned and holds for it.
    pub(crate) place: Option<PlaceCode>,
    /// Pick: bin that was scanned before it and does not hold for it: the book has it in one other bin.
    #[serde(default)]
    pub(crate) passed_over: Option<PlaceCode>,
    /// Whether the bin was scanned after the goods.
    #[serde(default)]
    pub(crate) named_after: bool,
    pub(crate) sscc: Option<Sscc>,
    /// Each different symbol once; empty when a line was confirmed without scanning.
    pub(crate) symbols: Vec<Symbol>,
    pub(crate) suspect: bool,
    /// A strict reader refuses one of the symbols.
    #[serde(default)]
    pub(crate) lenient: bool,
    /// Receive: what of it is not as it should be.
    #[serde(default)]
    pub(crate) marks: Vec<Mark>,
    pub(crate) judgement: Judgement,
}

/// A serial that was booked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Handled {
    pub(crate) product: Product,
    pub(crate) serial: Serial,
}

/// Goods that a STOP told of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Told {
    pub(crate) line: u32,
    pub(crate) lot: Option<Lot>,
    pub(crate) serial: Option<Serial>,
}

/// The last booking, for taking it back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Booking {
    pub(crate) events: Vec<EventId>,
    /// Device clock.
    pub(crate) at: i64,
    pub(crate) until: i64,
    /// Base units.
    #[serde(default)]
    pub(crate) units: u64,
    /// Logistic unit it was of.
    #[serde(default)]
    pub(crate) sscc: Option<Sscc>,
    /// How many serials were handled before it.
    pub(crate) handled: usize,
}

/// The kind of work, without its particulars.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Work {
    Receive,
    Pick,
    Deliver,
    Confirm,
    Deed,
}

impl Entry {
    /// Base units; 0 only for counts that no command lets in.
    pub(crate) fn units(&self) -> u32 {
        self.packs.saturating_mul(self.units_per_pack)
    }

    pub(crate) fn raw(&self) -> &[u8] {
        self.symbols.first().map_or(&[], |symbol| &symbol.raw.0)
    }
}

impl TaskState {
    pub(crate) fn new(kind: TaskKind, owner: UserId) -> Self {
        Self {
            kind,
            owner: Some(owner),
            training: false,
            place: None,
            from: None,
            said: Said::default(),
            receipt: Receipt::default(),
            sscc: None,
            basket: Vec::new(),
            half: None,
            repeated: None,
            asked: None,
            last_item: None,
            damaged: None,
            newest: None,
            stop: None,
            told: Vec::new(),
            last_piece: None,
            handled: Vec::new(),
            booking: None,
        }
    }

    /// Key in the store: the same person starting the same task again resumes it.
    pub(crate) fn key(&self) -> String {
        let practice = if self.training { "training/" } else { "" };
        match self.owner {
            Some(owner) => format!("{practice}{owner}/{}", self.ownerless_key()),
            None => self.ownerless_key(),
        }
    }

    /// Key of the same task begun before its owner was kept.
    pub(crate) fn ownerless_key(&self) -> String {
        match &self.kind {
            TaskKind::Receive { supplier, reference } => {
                format!("receive/{supplier}/{}", reference.as_deref().unwrap_or_default())
            }
            TaskKind::Pick { order } => format!("pick/{order}"),
            TaskKind::Deliver { order } => format!("deliver/{order}"),
            TaskKind::Confirm { order } => format!("confirm/{order}"),
            TaskKind::Deed { kind } => deed::key(kind),
        }
    }

    pub(crate) fn work(&self) -> Work {
        match self.kind {
            TaskKind::Receive { .. } => Work::Receive,
            TaskKind::Pick { .. } => Work::Pick,
            TaskKind::Deliver { .. } => Work::Deliver,
            TaskKind::Confirm { .. } => Work::Confirm,
            TaskKind::Deed { .. } => Work::Deed,
        }
    }

    /// The deed it is.
    pub(crate) fn deed(&self) -> Option<&'static dyn Deed> {
        match &self.kind {
            TaskKind::Deed { kind } => Some(deed::of(kind)),
            _ => None,
        }
    }

    /// Roles of which a person needs one.
    pub(crate) fn roles(&self) -> &'static [Role] {
        match (self.work(), self.deed()) {
            (_, Some(deed)) => deed.roles(),
            (Work::Confirm, None) => &[Role::Ward],
            (_, None) => &[Role::Picker],
        }
    }

    /// Whether this person may go on with it.
    pub(crate) fn is_for(&self, user: UserId, roles: &[Role]) -> bool {
        self.owner.is_none_or(|owner| owner == user) && self.roles().iter().any(|role| roles.contains(role))
    }

    pub(crate) fn order(&self) -> Option<&OrderNo> {
        match &self.kind {
            TaskKind::Receive { .. } | TaskKind::Deed { .. } => None,
            TaskKind::Pick { order } | TaskKind::Deliver { order } | TaskKind::Confirm { order } => {
                Some(order)
            }
        }
    }

    /// Base units of a line in the basket, one entry left out.
    pub(crate) fn in_basket(&self, line: u32, skip: Option<usize>) -> i64 {
        self.others(skip)
            .filter(|entry| entry.line == Some(line))
            .map(|entry| i64::from(entry.units()))
            .sum()
    }

    /// The basket without one entry.
    pub(crate) fn others(&self, skip: Option<usize>) -> impl Iterator<Item = &Entry> {
        self.basket
            .iter()
            .enumerate()
            .filter(move |(index, _)| Some(*index) != skip)
            .map(|(_, entry)| entry)
    }

    /// Whether a piece was taken in less than a second ago: whoever holds the trigger scans it twice.
    pub(crate) fn was_just_scanned(&mut self, item: &Item, now: i64) -> bool {
        let unit = item.unit();
        let Some(serial) = unit.serial else { return false };
        let piece = Handled {
            product: unit.product,
            serial,
        };
        let just = matches!(&self.last_piece, Some((last, at)) if *last == piece && (0..ONE_SCAN_MS).contains(&(now - at)));
        if !just {
            self.last_piece = Some((piece, now));
        }
        just
    }

    /// Keeps a STOP until somebody acknowledges it; a step that goes on leaves it behind.
    pub(crate) fn note_stop(&mut self, outcome: &ScanOutcome, judgement: &Judgement, raw: Option<&RawScan>) {
        self.stop = (judgement.verdict == Verdict::Stop).then(|| StopView {
            outcome: outcome.clone(),
            judgement: judgement.clone(),
            raw: raw.cloned(),
            missed: 0,
        });
    }

    /// A scan was not taken because of the STOP.
    pub(crate) fn note_missed(&mut self) {
        if let Some(stop) = &mut self.stop {
            stop.missed = stop.missed.saturating_add(1);
        }
    }

    /// Empties the basket and forgets half-read labels.
    fn clear(&mut self) {
        self.stop = None;
        self.basket.clear();
        self.half = None;
        self.repeated = None;
        self.asked = None;
        self.last_item = None;
        self.damaged = None;
        self.newest = None;
    }

    /// Begins anew with an empty basket, and when picking or receiving without a shelf: the next goods stand on
    /// another one, and a wrong shelf costs more than one more scan. At a ward the person stands there.
    pub(crate) fn begin_anew(&mut self) {
        self.clear();
        match self.work() {
            Work::Pick => {
                self.place = None;
                self.said = Said::default();
            }
            Work::Receive => {
                self.place = None;
                self.receipt = Receipt::default();
                self.said = Said::default();
            }
            Work::Deliver | Work::Confirm => {}
            Work::Deed => {
                if let Some(deed) = self.deed() {
                    deed.go_on(self);
                }
            }
        }
    }

    /// Nothing is passed over: a code that waits for an answer, or for the other code of its label, comes first.
    /// Over time or not: who scanned it must know that it was not booked.
    pub(crate) fn must_be_settled(&self, now: i64) -> Result<(), Fault> {
        if self.asked.is_some() {
            return Err(problems::choice_open().into());
        }
        match &self.half {
            Some(half) if half.is_open(now) => Err(problems::scan_open().into()),
            Some(_) => Err(problems::scan_over().into()),
            None => Ok(()),
        }
    }

    /// Gives up the question, or else the half-read label: one thing at a time.
    pub(crate) fn give_up_reading(&mut self) {
        self.repeated = None;
        if self.asked.take().is_none() {
            self.half = None;
        }
    }

    /// Takes an entry out.
    pub(crate) fn remove(&mut self, entry: usize) {
        self.basket.remove(entry);
        self.last_item = None;
        self.newest = None;
    }
}
