//! What is printed: sentences in the person's language, or the core's replies as JSON lines.

use crate::out::outln;
use serde::Serialize;
use sparhund_scanner_core::api::{
    BasketEntry, Booked, KeptBack, Problem, ScanOutcome, ScanView, StatusView, Switched, SyncView, TasksView,
    Undone, surface,
};
use sparhund_shared::event::Item;
use sparhund_shared::text::{Lang, Texts};
use sparhund_shared::verdict::Judgement;

const SV: &str = include_str!("sv.ftl");
const EN: &str = include_str!("en.ftl");

/// The voice.
pub struct Say {
    texts: Texts,
    json: bool,
}

impl Say {
    /// In a language; `json`: replies as they are, one a line.
    pub fn new(lang: Lang, json: bool) -> Self {
        let own = match lang {
            Lang::Sv => SV,
            Lang::En => EN,
        };
        let source = format!("{}\n{own}", surface(lang));
        Self {
            texts: Texts::new(lang, &source).with_fields(),
            json,
        }
    }

    /// Prints a value as JSON if that is wanted; tells whether it was.
    fn as_json(&self, kind: &str, value: &impl Serialize) -> bool {
        if self.json {
            outln!("{}", serde_json::json!({ "type": kind, kind: value }));
        }
        self.json
    }

    /// All texts.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Whether answers are printed as JSON.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// A text.
    pub fn text(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// A text with values.
    pub fn with(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.texts.with(key, args)
    }

    /// A line for people; nothing in JSON.
    pub fn line(&self, text: &str) {
        if !self.json {
            outln!("{text}");
        }
    }

    /// Something that could not be done.
    pub fn problem(&self, problem: &Problem) {
        if !self.as_json("error", problem) {
            eprintln!("{}", problem.say(&self.texts));
            // At a terminal the machine's own word helps: a certificate is not trusted, a name is not found.
            if matches!(
                problem.code.as_str(),
                "offline" | "enrol-offline" | "sign-in-offline" | "sign-out-offline"
            ) && let Some(reason) = problem.args.get("reason")
            {
                eprintln!("    {reason}");
            }
        }
    }

    /// An error outside the core.
    pub fn error(&self, error: &dyn std::error::Error) {
        self.problem(&Problem::new("client", error.to_string()));
    }

    /// Reads out any serialisable answer.
    pub fn value(&self, kind: &str, value: &impl Serialize) -> bool {
        self.as_json(kind, value)
    }

    /// A judged scan.
    pub fn judged(&self, view: &ScanView) {
        if self.as_json("scanned", view) {
            return;
        }
        let what = match &view.outcome {
            ScanOutcome::InBasket { entry } => view
                .task
                .basket
                .get(*entry)
                .map(|entry| self.entry(entry))
                .unwrap_or_default(),
            ScanOutcome::Stopped { item } | ScanOutcome::Booked { item } => describe(&item.name, &item.item),
            ScanOutcome::KeptBack { goods } => {
                for goods in goods {
                    self.kept_back(goods);
                }
                let some_may_go = view.task.lines.iter().any(|line| line.may_go > 0);
                let rest = if some_may_go {
                    "kept-back-rest-waits"
                } else {
                    "kept-back-all"
                };
                outln!("{}", self.text(rest));
                return;
            }
            ScanOutcome::TakenOut { item } => item.name.clone(),
            ScanOutcome::Place { place } => place.name.clone(),
            ScanOutcome::Logistic { sscc } => sscc.to_string(),
            ScanOutcome::Line { line } => self.with("scan-line", &[("line", &line.to_string())]),
            ScanOutcome::KnownAlready => self.text("scan-known-already"),
            ScanOutcome::NeedsMore => self.text("scan-needs-more"),
            // Told as problems by the caller.
            ScanOutcome::Damaged { .. }
            | ScanOutcome::Choose
            | ScanOutcome::Answered
            | ScanOutcome::Patient => return,
        };
        self.verdict(&view.judgement, &what);
    }

    fn verdict(&self, judgement: &Judgement, what: &str) {
        let word = self.text(&format!("verdict-{}", judgement.verdict.word()));
        outln!("{word}  {what}");
        for reason in &judgement.reasons {
            outln!("    {}", self.texts.reason(reason));
        }
    }

    fn entry(&self, entry: &BasketEntry) -> String {
        let count = self.with(
            "scan-count",
            &[
                ("packs", &entry.packs.to_string()),
                ("units", &entry.units.to_string()),
            ],
        );
        format!("{}  {count}", describe(&entry.item.name, &entry.item.item))
    }

    /// Events were written.
    pub fn booked(&self, booked: &Booked) {
        if self.as_json("booked", booked) {
            return;
        }
        outln!(
            "{}",
            self.with(
                "booked",
                &[
                    ("events", &booked.events.len().to_string()),
                    ("units", &booked.units.to_string()),
                ],
            )
        );
        for goods in &booked.kept_back {
            self.kept_back(goods);
        }
        self.line(&self.unsent(&booked.status));
    }

    /// The last booking was taken back.
    pub fn undone(&self, undone: &Undone) {
        if self.as_json("undone", undone) {
            return;
        }
        let events = undone.events.len().to_string();
        outln!("{}", self.with("undone", &[("events", &events)]));
        self.line(&self.unsent(&undone.status));
    }

    fn kept_back(&self, goods: &KeptBack) {
        let what = describe(&goods.item.name, &goods.item.item);
        let words = self.text("kept-back");
        self.verdict(&goods.judgement, &format!("{words}: {what}  {}", goods.units));
    }

    fn unsent(&self, status: &StatusView) -> String {
        self.with("unsent", &[("count", &status.unsent.to_string())])
    }

    /// What waits is in a file.
    pub fn saved(&self, records: u64, file: &std::path::Path) {
        let file = file.display().to_string();
        let saved = serde_json::json!({ "records": records, "file": file });
        if !self.as_json("saved", &saved) {
            let records = records.to_string();
            outln!("{}", self.with("saved", &[("count", &records), ("file", &file)]));
        }
    }

    /// State of the device.
    pub fn status(&self, status: &StatusView) {
        if self.as_json("status", status) {
            return;
        }
        let dash = || "–".to_owned();
        let key = if status.enrolled {
            "enrolled"
        } else {
            "not-enrolled"
        };
        outln!(
            "{}",
            self.with(
                key,
                &[
                    ("device", &status.device.clone().unwrap_or_else(dash)),
                    ("region", &status.region.clone().unwrap_or_else(dash)),
                    ("server", &status.server.clone().unwrap_or_else(dash)),
                ],
            )
        );
        match &status.user {
            Some(user) => outln!(
                "{}",
                self.with("user", &[("name", &user.name), ("login", &user.login)])
            ),
            None => outln!("{}", self.text("no-user")),
        }
        for person in &status.people {
            let standing = person.standing.warning().map(|key| self.text(key));
            let values = [
                ("name", person.name.as_str()),
                ("login", person.login.as_str()),
                ("standing", standing.as_deref().unwrap_or_default()),
            ];
            outln!("{}", self.with("person", &values).trim_end());
        }
        outln!("{}", self.unsent(status));
        outln!("{}", self.age("last-contact", status.now, status.last_contact));
        outln!("{}", self.age("holds-age", status.now, status.holds_at));
        outln!(
            "{}",
            self.with("articles", &[("count", &status.articles.to_string())])
        );
        if status.enrolled && !status.complete {
            outln!("! {}", self.text("register-incomplete"));
        }
        if let Some(warning) = status.room.warning() {
            outln!("! {}", self.text(warning));
        }
        for alert in &status.alerts {
            outln!("! {}", alert.say(&self.texts));
        }
    }

    /// Another person is signed in.
    pub fn switched(&self, switched: &Switched) {
        if self.as_json("switched", switched) {
            return;
        }
        if let Some(left) = &switched.left {
            let units = left.units.to_string();
            let values = [("owner", left.owner.as_str()), ("units", units.as_str())];
            outln!("! {}", self.with("basket-left", &values));
        }
        self.status(&switched.status);
    }

    /// How long ago something was, in minutes.
    fn age(&self, key: &str, now: i64, then: Option<i64>) -> String {
        match then {
            Some(then) => {
                let minutes = now.saturating_sub(then).max(0) / 60_000;
                self.with(key, &[("minutes", &minutes.to_string())])
            }
            None => self.text(&format!("{key}-never")),
        }
    }

    /// What a sync did.
    pub fn synced(&self, view: &SyncView) {
        if self.as_json("synced", view) {
            return;
        }
        outln!(
            "{}",
            self.with(
                "synced",
                &[
                    ("sent", &view.sent.to_string()),
                    ("rows", &view.rows.to_string()),
                    ("refused", &view.refused.to_string()),
                ],
            )
        );
        self.status(&view.status);
    }

    /// What there is to do.
    pub fn tasks(&self, tasks: &TasksView) {
        if self.as_json("tasks", tasks) {
            return;
        }
        let lists = [
            ("to-pick", &tasks.to_pick),
            ("to-deliver", &tasks.to_deliver),
            ("to-confirm", &tasks.to_confirm),
        ];
        for (key, orders) in lists {
            for order in orders {
                outln!(
                    "{}",
                    self.with(key, &[("order", order.no.as_str()), ("ward", &order.to.name)])
                );
            }
        }
    }
}

/// Name, lot, serial and expiry.
fn describe(name: &str, item: &Item) -> String {
    let Item::Identified(item) = item else {
        return name.to_owned();
    };
    let fields = [
        ("LOT", item.lot.as_ref().map(ToString::to_string)),
        ("SN", item.serial.as_ref().map(ToString::to_string)),
        ("EXP", item.expiry.as_ref().map(ToString::to_string)),
    ];
    let known = fields
        .into_iter()
        .filter_map(|(word, value)| value.map(|value| format!("{word} {value}")));
    std::iter::once(name.to_owned())
        .chain(known)
        .collect::<Vec<_>>()
        .join("  ")
}
