//! Wristbands: sealed at once, and only the seal is kept.

use sparhund_scanner_core::api::{Answer, Command, DeedKind, Hidden, Prompt, RawScan, ScanOutcome};
use sparhund_shared::event::{BizStep, Movement};
use sparhund_shared::privacy::{SecretKey, open};
use sparhund_shared::reference::{ArticleRules, ArticleTrait, RiskClass, Rule};
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

use crate::common::region::{self, early, pump_label, ward};
use crate::common::{Rig, reasons, scan};
use crate::{at, prompt, start, stocked};

/// A number that belongs to nobody: Skatteverket's own example.
const NUMBER: &str = "191212121212";

fn secret(number: u8) -> SecretKey {
    SecretKey::new([number; 32])
}

/// Sets the rule of a key that is in use from a time on.
fn key(rig: &Rig, number: u8, from: i64) {
    let key = secret(number).public().unwrap().to_string();
    let rule = Rule::PatientKey { key, from };
    rig.server
        .put(Topic::Rules, &rule.key(), Some(region::value(&rule)));
}

/// A handheld at a ward whose pumps (article 1) have these rules, with a key, offline.
pub fn with_rules(rules: ArticleRules) -> Rig {
    let rig = stocked(&ward());
    rig.server.offline(false);
    let mut pump = region::articles().remove(1);
    pump.rules = rules;
    rig.server.put(Topic::Articles, "A-2", Some(region::value(&pump)));
    key(&rig, 7, 0);
    rig.sync();
    rig.server.offline(true);
    rig
}

pub fn having(what: ArticleTrait) -> ArticleRules {
    ArticleRules {
        traits: [what].into(),
        ..ArticleRules::default()
    }
}

fn sent(rig: &Rig, step: BizStep) -> Vec<Movement> {
    rig.server.offline(false);
    rig.sync();
    rig.server.movements_of(step)
}

/// Who a movement was for, as the patient-link service reads it.
fn whom(moved: &Movement, number: u8) -> Option<String> {
    let seal = moved.circumstances.as_ref()?.patient.as_ref()?;
    Some(open(seal, &secret(number)).unwrap().as_str().to_owned())
}

/// Everything the device and the server hold.
fn held(rig: &Rig) -> Vec<u8> {
    let files = std::fs::read_dir(rig.dir.path()).unwrap();
    let mut bytes: Vec<u8> = files
        .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect();
    bytes.extend(rig.server.bytes());
    bytes
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn linked_goods_wait_for_the_wristband_and_the_scan_of_it_books_them() {
    let rig = with_rules(having(ArticleTrait::PatientLink));
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    let goods = rig.scan(&pump_label("P1"));
    assert_eq!((goods.booked, prompt(&goods.task)), (0, Prompt::ScanPatient));
    assert_eq!(rig.problem(Command::Book).code, "wristband-needed");
    let band = rig.scan("19121212-1212");
    assert_eq!((band.booked, &band.outcome), (1, &ScanOutcome::Patient));
    assert_eq!(band.raw, None);
    assert!(!has(format!("{band:?}").as_bytes(), "1212-1212"));
    assert!(
        !band.task.deed.unwrap().patient,
        "the next patient is another one"
    );
    let used = sent(&rig, BizStep::Dispensing);
    assert_eq!(used.len(), 1);
    assert_eq!(whom(&used[0], 7).as_deref(), Some(NUMBER));
    let held = held(&rig);
    for part in [NUMBER, "1212-1212", "1212121212"] {
        assert!(!has(&held, part), "{part}");
    }
}

#[test]
fn of_other_goods_nobody_asks_for_whom() {
    let rig = with_rules(ArticleRules {
        class: Some(RiskClass::IIb),
        ..ArticleRules::default()
    });
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    assert_eq!(rig.scan(&pump_label("P1")).booked, 1);
    rig.machine.pass(2_000);
    assert_eq!(rig.scan(&early()).booked, 1);
    assert_eq!(rig.problem(scan(NUMBER)).code, "person", "refused as everywhere");
    let used = sent(&rig, BizStep::Dispensing);
    assert!(used.iter().all(|moved| moved.circumstances.is_none()));
}

/// The law asks for the whole UDI of class III (MDR Article 27(9)), and so the link to the patient.
#[test]
fn class_three_is_linked_and_goods_beside_it_are_not() {
    let rig = with_rules(ArticleRules {
        class: Some(RiskClass::III),
        ..ArticleRules::default()
    });
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    rig.scan(&pump_label("P1"));
    let more = rig.scan(&early());
    assert_eq!(
        prompt(&more.task),
        Prompt::ScanPatient,
        "goods are goods meanwhile"
    );
    assert_eq!(rig.scan("(8018)735000000000000018").booked, 2);
    let used = sent(&rig, BizStep::Dispensing);
    let whom: Vec<_> = used.iter().map(|moved| whom(moved, 7)).collect();
    assert_eq!(whom, [Some("735000000000000018".to_owned()), None]);
    assert!(!has(&held(&rig), "735000000000000018"));
}

#[test]
fn bands_are_read_in_every_form_and_other_codes_are_not_bands() {
    let rig = with_rules(having(ArticleTrait::PatientLink));
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    let bands = [
        ("121212+1212", NUMBER),
        ("]C0121212+1212", NUMBER),
        ("191212121212 TOLVAN TOLVANSSON", NUMBER),
        ("19121272-1219", "191212721219"),
        ("99121212R123", "99121212R123"),
        ("]C18018735000000000000018", "735000000000000018"),
    ];
    for (index, (band, _)) in bands.iter().enumerate() {
        rig.machine.pass(2_000);
        rig.scan(&pump_label(&format!("P{index}")));
        assert_eq!(rig.scan(band).booked, 1, "{band}");
    }
    rig.machine.pass(2_000);
    rig.scan(&pump_label("LAST"));
    for (code, problem) in [
        ("HEJSAN", "no-wristband"),
        ("1234", "no-wristband"),
        ("https://region.example/p/7701", "no-wristband"),
        ("(8018)735000000000000012", "no-wristband"),
        ("(8017)735000000000000018", "badge-no-wristband"),
        ("191212121212 198112189876", "no-wristband"),
        ("(00)373500000000000017", "not-here"),
    ] {
        assert_eq!(rig.problem(scan(code)).code, problem, "{code}");
    }
    let task = at(&rig, &ward()).task;
    assert_eq!(prompt(&task), Prompt::ScanPatient, "nothing of these was taken");
    // The one who types it gives it as an answer.
    let raw = Hidden(RawScan::from(NUMBER));
    let answer = Answer::Patient { raw };
    assert_eq!(rig.judged(Command::Answer { answer }).booked, 1);
    let used = sent(&rig, BizStep::Dispensing);
    for ((band, wanted), moved) in bands.iter().zip(&used) {
        assert_eq!(whom(moved, 7).as_deref(), Some(*wanted), "{band}");
    }
    let held = held(&rig);
    for part in [
        "TOLVANSSON",
        "12121212",
        "99121212R123",
        "735000000000000018",
        "HEJSAN",
    ] {
        assert!(!has(&held, part), "{part}");
    }
}

#[test]
fn without_a_key_nothing_is_kept_and_the_newest_key_seals() {
    let rig = stocked(&ward());
    rig.server.offline(false);
    let mut pump = region::articles().remove(1);
    pump.rules = having(ArticleTrait::PatientLink);
    rig.server.put(Topic::Articles, "A-2", Some(region::value(&pump)));
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    rig.scan(&pump_label("P1"));
    assert_eq!(rig.problem(scan(NUMBER)).code, "no-patient-key");
    assert!(!has(&held(&rig), NUMBER));
    rig.reopen();
    let task = rig.task(Command::CurrentTask);
    assert_eq!((task.basket.len(), prompt(&task)), (1, Prompt::ScanPatient));

    rig.server.offline(false);
    let now = rig.machine.now.get();
    key(&rig, 1, now - 2_000);
    key(&rig, 2, now - 1_000);
    key(&rig, 3, now + 100_000);
    rig.sync();
    assert_eq!(rig.scan(NUMBER).booked, 1);
    let used = sent(&rig, BizStep::Dispensing);
    assert_eq!(whom(&used[0], 2).as_deref(), Some(NUMBER));
}

#[test]
fn implants_are_recorded_whole_for_one_patient_and_taken_back() {
    let rig = with_rules(having(ArticleTrait::Implantable));
    start(&rig, DeedKind::Implant);
    at(&rig, &ward());
    rig.scan(&pump_label("I1"));
    rig.machine.pass(2_000);
    let second = rig.scan(&pump_label("I2"));
    assert_eq!((second.booked, prompt(&second.task)), (0, Prompt::ScanPatient));
    assert_eq!(rig.problem(Command::Book).code, "wristband-needed");
    rig.scan("198112189876");
    let undone = rig.judged(Command::Answer {
        answer: Answer::NoPatient,
    });
    assert_eq!(
        prompt(&undone.task),
        Prompt::ScanPatient,
        "it was another's wristband"
    );
    let band = rig.scan(NUMBER);
    assert_eq!((band.booked, prompt(&band.task)), (0, Prompt::Book));
    assert!(band.task.can_book && band.task.deed.unwrap().patient);
    // Killed now, it goes on with what it has: the seal.
    rig.reopen();
    assert!(!has(&held(&rig), NUMBER));
    assert_eq!(rig.book().units, 2);
    rig.undo();
    rig.server.offline(false);
    rig.sync();
    assert!(
        rig.server
            .books()
            .stock()
            .iter()
            .all(|row| row.2 != sparhund_shared::event::StockStatus::Used || row.3 == 0)
    );
    let implanted = sent(&rig, BizStep::Installing);
    assert_eq!(implanted.len(), 2);
    assert!(implanted.iter().all(|moved| !moved.capture.raw.is_empty()));
    assert_eq!(whom(&implanted[1], 7).as_deref(), Some(NUMBER));
}

#[test]
fn an_implant_without_its_whole_udi_is_stopped() {
    let rig = with_rules(ArticleRules::default());
    rig.server.offline(false);
    let mut compress = region::articles().remove(0);
    compress.rules = having(ArticleTrait::Implantable);
    rig.server
        .put(Topic::Articles, "A-1", Some(region::value(&compress)));
    rig.sync();
    rig.server.offline(true);
    let bare = format!("(01){}", region::compress());
    for kind in [DeedKind::Use, DeedKind::Implant] {
        start(&rig, kind);
        at(&rig, &ward());
        let half = rig.scan(&bare);
        assert_eq!(half.judgement.verdict, Verdict::Stop);
        assert!(reasons(&half).contains(&"half-udi"), "{:?}", reasons(&half));
        rig.ask(Command::AcknowledgeStop);
        // The other code of the label says the rest.
        let whole = rig.scan("(17)270331(10)EARLY");
        assert_ne!(whole.judgement.verdict, Verdict::Stop, "{:?}", reasons(&whole));
        assert_eq!(prompt(&whole.task), Prompt::ScanPatient);
        rig.ask(Command::CloseTask);
    }
    start(&rig, DeedKind::Implant);
    at(&rig, &ward());
    let other = rig.scan(&pump_label("P1"));
    assert!(reasons(&other).contains(&"not-implantable"));
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    let taken = rig.scan(&early());
    assert_eq!(taken.judgement.verdict, Verdict::Warn);
    assert!(reasons(&taken).contains(&"implantable"));
}

#[test]
fn the_card_of_an_implant_says_what_is_known_and_no_more_and_stays_for_the_day() {
    let rules = ArticleRules {
        maker_address: Some("Provgatan 1, 100 00 Provstad".into()),
        ..having(ArticleTrait::ImplantCard)
    };
    let rig = with_rules(rules);
    start(&rig, DeedKind::Implant);
    at(&rig, &ward());
    rig.scan(&pump_label("I1"));
    let band = rig.scan(NUMBER);
    assert!(
        band.task.deed.unwrap().cards.is_empty(),
        "nothing is implanted yet"
    );
    let booked = rig.book();
    let card = booked.task.deed.unwrap().cards.remove(0);
    let pump = region::articles().remove(1);
    assert_eq!(card.event, booked.events[0]);
    assert_eq!((&card.item.name, &card.maker), (&pump.name, &pump.manufacturer));
    assert_eq!(card.item.item.unit().serial.unwrap().as_str(), "I1");
    assert_eq!(card.symbols, [RawScan::from(pump_label("I1").as_str())]);
    assert_eq!(
        card.maker_address.as_deref(),
        Some("Provgatan 1, 100 00 Provstad")
    );
    assert_eq!(card.maker_site, None, "what nobody told is missing");
    assert_eq!(card.place.code.to_string(), ward());
    assert!(card.institution.is_some());
    assert!(!has(format!("{card:?}").as_bytes(), "1212121212"));

    // Killed, and later that day, it is opened from the list.
    rig.reopen();
    rig.ask(Command::CloseTask);
    rig.machine.pass(60_000);
    assert_eq!(rig.tasks().cards, std::slice::from_ref(&card));
    rig.machine.today.set(rig.machine.today.get().tomorrow().unwrap());
    assert!(rig.tasks().cards.is_empty(), "tomorrow it is in the console");
}

#[test]
fn an_implant_that_is_taken_back_has_no_card_nor_has_practice() {
    let rig = with_rules(having(ArticleTrait::Implantable));
    let implant = |serial: &str| {
        start(&rig, DeedKind::Implant);
        at(&rig, &ward());
        rig.machine.pass(2_000);
        rig.scan(&pump_label(serial));
        rig.scan(NUMBER);
        rig.book();
    };
    implant("I1");
    assert_eq!(rig.tasks().cards.len(), 1);
    rig.undo();
    assert!(rig.tasks().cards.is_empty());
    implant("I1");
    rig.ask(Command::SetTraining { on: true });
    assert!(rig.tasks().cards.is_empty(), "real cards are none of practice");
    implant("I2");
    let cards = rig.tasks().cards;
    assert!(cards.len() == 1 && cards[0].training);
    rig.ask(Command::SetTraining { on: false });
    let cards = rig.tasks().cards;
    assert!(cards.len() == 1 && !cards[0].training);
    assert!(!has(&held(&rig), NUMBER));
}
