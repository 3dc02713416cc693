//! Deeds: work that no order asks for. Each is a small flow of its own: what it takes, how it judges, what it lacks, and
//! the events it draws up. Scanning, labels, baskets, booking and undo are those of every task.

mod accept;
mod aid;
mod count;
mod hunt;
mod implant;
mod implant_card;
mod load;
mod off_shelf;
mod pack;
mod patient;
mod places;
mod release;
mod replenish;
mod set_aside;
mod store;
mod take_out;

pub(crate) use hunt::walk;
pub(crate) use patient::scanned as wristband;

use sparhund_shared::carrier::Reading;
use sparhund_shared::event::StockStatus;
use sparhund_shared::identity::{PlaceCode, Sscc};
use sparhund_shared::privacy::names_a_person;
use sparhund_shared::reference::{ArticleTrait, Place, PlaceRules, Role};
use sparhund_shared::verdict::{Judgement, Known, Reason, Scanned};

use super::desk::Desk;
use super::scan::Judged;
use super::state::{Booking, Entry, Said, TaskState};
use crate::api::{Answer, DeedKind, DeedView, Prompt, Way};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::{catalogue, local, stock};

/// One kind of deed.
pub(crate) trait Deed {
    /// Roles of which a person needs one.
    fn roles(&self) -> &'static [Role];

    /// Whether a reading means anything here.
    fn takes(&self, reading: &Reading) -> bool {
        matches!(
            reading,
            Reading::Item(_) | Reading::ProductionOnly(_) | Reading::Place(_)
        )
    }

    /// May these goods go this way?
    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault>;

    /// A place was scanned or chosen.
    fn place(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        code: &PlaceCode,
        place: Option<Place>,
    ) -> Result<Judged, Fault>;

    /// The label of a logistic unit was scanned.
    fn unit(&self, _desk: Desk<'_>, _task: &mut TaskState, _sscc: Sscc) -> Result<Judged, Fault> {
        Err(problems::not_here("logistic").into())
    }

    /// A person said something that this deed alone asks for; `None` = it does not.
    fn answer(
        &self,
        _desk: Desk<'_>,
        _task: &mut TaskState,
        _answer: &Answer,
    ) -> Result<Option<Judgement>, Fault> {
        Ok(None)
    }

    /// What is lacking before it can be booked; [`Prompt::Book`] = nothing.
    fn prompt(&self, desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault>;

    /// Whether what can be booked is booked without a tap: the scan says it all, and undo takes it back.
    fn at_once(&self) -> bool {
        false
    }

    /// Whether goods that are held or expired are booked without a tap too: they come off the shelf, and it was said.
    fn told_is_enough(&self) -> bool {
        false
    }

    /// Whether it can be booked with nothing in the basket.
    fn may_be_empty(&self) -> bool {
        false
    }

    /// Whether there is something to book.
    fn has_work(&self, task: &TaskState) -> bool {
        !task.basket.is_empty() || (self.may_be_empty() && task.said.none_found)
    }

    /// The events of the basket are written; in the same transaction.
    fn booked(&self, _desk: Desk<'_>, _task: &TaskState) -> Result<(), Fault> {
        Ok(())
    }

    /// They were taken back.
    fn undone(&self, _desk: Desk<'_>, _task: &mut TaskState, _booking: &Booking) -> Result<(), Fault> {
        Ok(())
    }

    /// The basket is booked: what stays for the next goods, and what does not.
    fn go_on(&self, task: &mut TaskState) {
        task.said = Said::default();
        task.place = None;
    }

    /// The events of the basket.
    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault>;

    /// What a person sees beside the basket.
    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault>;
}

/// Goods on their way into the basket, with what is known of them.
pub(crate) struct Goods<'a> {
    pub(crate) desk: Desk<'a>,
    pub(crate) task: &'a TaskState,
    pub(crate) entry: &'a Entry,
    /// Its place in the basket, when it lies there already.
    pub(crate) at: Option<usize>,
    pub(crate) scanned: &'a Scanned<'a>,
    pub(crate) known: &'a Known<'a>,
}

impl Goods<'_> {
    /// Whether something is so of the article, as far as the catalogue knows.
    pub(crate) fn is(&self, what: ArticleTrait) -> bool {
        self.known.article.is_some_and(|article| article.rules.is(what))
    }
}

/// The flow of a kind.
pub(crate) fn of(kind: &DeedKind) -> &'static dyn Deed {
    match kind {
        DeedKind::Store => &store::Store,
        DeedKind::Replenish => &replenish::Replenish,
        DeedKind::Use => &take_out::TakeOut,
        DeedKind::Implant => &implant::Implant,
        DeedKind::Return => &off_shelf::RETURN,
        DeedKind::Discard => &off_shelf::DISCARD,
        DeedKind::SetAside => &set_aside::SetAside,
        DeedKind::Release => &release::Release,
        DeedKind::Aid => &aid::Aid,
        DeedKind::Count => &count::Count,
        DeedKind::Pack { .. } => &pack::Pack,
        DeedKind::Load => &load::Load,
        DeedKind::Accept => &accept::Accept,
        DeedKind::Hunt { .. } => &hunt::Hunt,
    }
}

/// Key of a deed among a person's tasks: one of each kind at a time, of a search one a hold.
pub(crate) fn key(kind: &DeedKind) -> String {
    match kind {
        DeedKind::Hunt { hold } => format!("deed/hunt/{hold}"),
        DeedKind::Pack { order } => format!("deed/pack/{order}"),
        kind => format!("deed/{}", kind.word()),
    }
}

/// Takes an answer into the task.
pub(crate) fn answer(desk: Desk<'_>, task: &mut TaskState, answer: Answer) -> Result<Judgement, Fault> {
    if let Some(deed) = task.deed()
        && let Some(judgement) = deed.answer(desk, task, &answer)?
    {
        return Ok(judgement);
    }
    match answer {
        Answer::Reason { reason } => task.said.reason = reason,
        Answer::Note { text } if text.trim().is_empty() => task.said.note = None,
        Answer::Note { text } if names_a_person(text.as_bytes(), desk.today) => {
            return Err(problems::person_in_text().into());
        }
        Answer::Note { text } => task.said.note = Some(text.parse().map_err(|_| problems::note())?),
        Answer::NoPatient => task.said.patient = None,
        Answer::Way { way } => choose(desk, task, way)?,
        Answer::NoneFound if task.deed().is_some_and(Deed::may_be_empty) => task.said.none_found = true,
        Answer::Patient { .. }
        | Answer::NoneFound
        | Answer::NewUnit
        | Answer::AllThere
        | Answer::Differs { .. } => {
            return Err(problems::not_here("answer").into());
        }
    }
    Ok(Judgement::of(Vec::new()))
}

/// Chooses a way, as far as it is open.
fn choose(desk: Desk<'_>, task: &mut TaskState, way: Option<Way>) -> Result<(), Fault> {
    let asked = task.deed().map(|deed| deed.prompt(desk, task)).transpose()?;
    let may_be = match (way, asked) {
        (None, _) => task.said.way.is_some(),
        (Some(way), Some(Prompt::Choose { ways })) => ways.contains(&way),
        (Some(_), _) => false,
    };
    if !may_be {
        return Err(problems::not_here("answer").into());
    }
    // What was said for another way does not hold for this one.
    task.said = Said {
        way,
        ..Said::default()
    };
    task.place = None;
    Ok(())
}

/// What a place gives, with what it inherits from the places it is part of.
pub(crate) fn rules_of(desk: Desk<'_>, place: &Place) -> Result<PlaceRules, Fault> {
    let mut rules = place.rules.clone();
    let mut parent = place.parent.clone();
    for _ in 0..catalogue::DEEPEST_PLACE {
        let Some(code) = parent else { break };
        let Some(place) = catalogue::place(desk.db, &code)? else {
            break;
        };
        rules.storage = rules.storage.or(place.rules.storage);
        rules.sterile |= place.rules.sterile;
        rules.pharma |= place.rules.pharma;
        parent = place.parent;
    }
    Ok(rules)
}

/// That this device used, destroyed or handed over this very serial, and did not take that back.
pub(crate) fn is_gone(goods: &Goods<'_>) -> Result<Option<Reason>, Fault> {
    let unit = goods.entry.item.unit();
    let Some(serial) = unit.serial.as_ref().filter(|_| !goods.scanned.handled) else {
        return Ok(None);
    };
    let moves = local::by_product(goods.desk.db, &unit.product)?;
    let gone: i64 = moves
        .iter()
        .filter(|moved| moved.serial.as_ref() == Some(serial) && moved.became.is_gone())
        .map(|moved| moved.sign)
        .sum();
    Ok((gone > 0).then_some(Reason::SerialAgain))
}

/// State in which the book has goods of an entry at a place: free ones first, for those are the ones that move.
pub(crate) fn standing(desk: Desk<'_>, at: &PlaceCode, entry: &Entry) -> Result<Option<StockStatus>, Fault> {
    let unit = entry.item.unit();
    let mut there: Vec<StockStatus> = stock::at(desk.db, at)?
        .goods
        .into_iter()
        .filter(|goods| goods.units > 0 && goods.unit() == unit)
        .map(|goods| goods.status)
        .collect();
    there.sort_unstable();
    Ok(there.first().copied())
}
