//! What a user interface speaks with the client: commands in, replies out, as JSON.
//!
//! | flow | commands in order |
//! | --- | --- |
//! | set-up | `enrol`, `sync`, `sign_in` |
//! | change of persons | `find_badge` or a choice of `people`, `switch_to` |
//! | receive | `start_receive` or `start_receive_unit`, `scan` unit, item …, `set_count`, `receipt`, `scan` or `choose_place`, `book` |
//! | pick | `start_pick`, `scan` item …, `set_count`, `book` |
//! | deliver | `start_deliver`, `scan` ward (and SSCC), `book` |
//! | deed | `start_deed`, `scan` place, item … as the task's `prompt` asks, `answer`, `book` where the scan has not booked |
//! | confirm | `start_confirm`, `scan` item … or `expect_line`, `set_count`, `book` |
//!
//! A scan with verdict OK or WARN goes into the task's basket, a STOP never does. The basket and everything booked
//! are on disk before the reply, so a killed client goes on where it was. `book` writes the events.

mod command;
mod deed;
mod implant;
mod order;
mod outbox;
mod person;
mod problem;
mod raw;
mod receipt;
mod reply;
mod scan;
mod status;
mod task;
mod text;
mod way;

pub use command::Command;
pub use deed::{
    Answer, DeedKind, DeedView, Differs, ExpectedGoods, HintReason, LabelState, PlaceHint, Prompt, UnitCard,
};
pub use implant::ImplantCard;
pub use order::{LineProgress, OrderCard, PlaceView, Standing, Suggestion, TaskLine, UnitView};
pub use outbox::{FileBytes, OutboxView};
pub use person::{Hidden, LeftBasket, PersonStanding, PersonView, Switched};
pub use problem::Problem;
pub use raw::RawScan;
pub use receipt::{
    AskedView, CheckView, DeliveryCard, Keep, Mark, Question, ReceiptLine, ReceiptSay, ReceiptUnit,
    ReceiptView,
};
pub use reply::{Reply, SyncView};
pub use scan::{CandidateView, ItemView, ScanOutcome, ScanView, StopView};
pub use status::{Alert, AlertCode, KeyPlace, ProfileSource, ProfileView, Room, StatusView, UserView};
pub use task::{
    BasketEntry, Booked, ExcuseView, HuntCard, KeptBack, OpenScan, Stranded, TakenFrom, TaskKind, TaskView,
    TasksView, UndoView, Undone,
};
pub use text::{surface, texts};
pub use way::Way;
