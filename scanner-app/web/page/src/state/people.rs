//! Who holds the device: a tap or a badge picks the person, a PIN or the password proves them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sparhund_scanner_core::api::{
    Command, Hidden, LeftBasket, PersonStanding, PersonView, RawScan, Reply, StatusView,
};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::log::UserId;
use sparhund_shared::verdict::Verdict;

use super::{Ctx, Notice};
use crate::scan::feedback;

impl Ctx {
    /// Whether the screen asks somebody who they are.
    pub fn asks_who(self) -> bool {
        self.switching.get() || self.status.with(|status| status.user.is_none())
    }

    /// Asks who it is; whoever is signed in stays so until somebody else has shown who they are.
    pub fn open_people(self) {
        self.clear_problem();
        self.ask_anew();
        self.settings.set(false);
        self.switching.set(true);
    }

    /// One step back among the people, if there is one.
    pub(super) fn back_among_people(self) -> bool {
        if !self.is_inside_people() {
            return false;
        }
        if self.chosen.get_untracked().is_none() && !self.by_password.get_untracked() {
            self.switching.set(false);
        }
        self.ask_anew();
        true
    }

    /// Whether there is a step back among the people.
    pub fn is_inside_people(self) -> bool {
        let people = self.status.with(|status| !status.people.is_empty());
        self.switching.get()
            || (people && self.asks_who() && (self.chosen.get().is_some() || self.by_password.get()))
    }

    fn ask_anew(self) {
        self.chosen.set(None);
        self.by_password.set(false);
        self.pin.set(String::new());
    }

    /// Somebody has shown who they are.
    pub fn has_answered(self) {
        self.ask_anew();
        self.switching.set(false);
    }

    /// The person whose PIN or password is asked.
    pub fn chosen_person(self) -> Option<PersonView> {
        let id = self.chosen.get()?;
        self.status.with(|status| person(status, id))
    }

    /// The quick switch of the person signed in.
    pub fn own_person(self) -> Option<PersonView> {
        self.status.with(|status| {
            let login = &status.user.as_ref()?.login;
            status
                .people
                .iter()
                .find(|person| person.login == *login)
                .cloned()
        })
    }

    /// Asks for the PIN of a person, or for the password where no PIN would do.
    pub fn choose_person(self, id: UserId) {
        self.clear_problem();
        self.pin.set(String::new());
        self.camera.set(false);
        self.chosen.set(Some(id));
    }

    /// A symbol was scanned while the screen asks who it is.
    pub(super) fn find_badge(self, raw: RawScan, entry: EntryMethod) {
        let badges = self
            .status
            .with_untracked(|status| status.people.iter().any(|person| person.badge));
        if badges {
            // A scanner that types may have typed into the PIN.
            self.pin.set(String::new());
            let badge = Hidden(raw);
            self.run(Command::FindBadge { badge, entry });
        } else {
            feedback::play(Verdict::Warn);
            self.notice.set(Some(Notice::Problem(self.t("scan-ignored"))));
        }
    }

    /// One's own badge was scanned in the settings.
    pub(super) fn set_badge(self, raw: RawScan, entry: EntryMethod) {
        self.badging.set(false);
        self.camera.set(false);
        let badge = Hidden(raw);
        spawn_local(async move {
            let answer = self.ask(&Command::SetBadge { badge, entry }).await;
            let kept = matches!(answer, Ok(Reply::Status(_)));
            self.show(answer);
            if kept {
                feedback::play(Verdict::Ok);
                self.notice.set(Some(Notice::Done(self.t("quick-badge-done"))));
            }
        });
    }

    /// Gives the PIN that was typed.
    pub fn give_pin(self) {
        let Some(user) = self.chosen.get_untracked() else {
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let pin = Hidden(self.pin.get_untracked());
        spawn_local(async move {
            let answer = self.ask(&Command::SwitchTo { user, pin }).await;
            self.busy.set(false);
            self.pin.set(String::new());
            let switched = matches!(answer, Ok(Reply::Switched(_)));
            self.show(answer);
            let next = if switched {
                Command::CurrentTask
            } else {
                // How many tries are left, and how long to wait.
                Command::Status
            };
            self.show(self.ask(&next).await);
        });
    }

    /// Says that somebody else's basket waits for them.
    pub(super) fn tell_of_basket(self, left: Option<&LeftBasket>) {
        let words = left.map(|left| {
            let units = left.units.to_string();
            let values = [("owner", left.owner.as_str()), ("units", units.as_str())];
            self.with_texts(|texts| texts.with("basket-left", &values))
        });
        self.notice.set(words.map(Notice::Problem));
    }

    /// Whether anybody could sign in without network.
    pub fn somebody_has_a_pin(self) -> bool {
        self.status.with_untracked(|status| {
            let mut people = status.people.iter();
            people.any(|person| person.standing == PersonStanding::Ready)
        })
    }
}

fn person(status: &StatusView, id: UserId) -> Option<PersonView> {
    status.people.iter().find(|person| person.id == id).cloned()
}
