//! The receiving check of MDR Article 14(2).

use sparhund_scanner_core::api::{Command, Question, ReceiptSay, TaskView};
use sparhund_shared::event::{Answer, ArticleNo, BizStep, Event, ReasonCode, StockStatus};
use sparhund_shared::reference::{Article, ArticleTrait, Rule, SamplingRule};
use sparhund_shared::wire::Topic;

use super::common::Rig;
use super::common::region::{self, bin, early};
use super::{SUPPLIER, delivery, open, receipt, say, told};

fn article() -> ArticleNo {
    "A-1".parse().unwrap()
}

fn ready(rules: &[SamplingRule], imported: bool) -> Rig {
    let rig = Rig::ready();
    let delivery = delivery();
    rig.server
        .put(Topic::Deliveries, &delivery.key(), Some(region::value(&delivery)));
    for rule in rules {
        let rule = Rule::Sampling(rule.clone());
        rig.server
            .put(Topic::Rules, &rule.key(), Some(region::value(&rule)));
    }
    if imported {
        let mut article: Article = region::articles().remove(0);
        article.rules.traits.insert(ArticleTrait::Imported);
        rig.server.put(
            Topic::Articles,
            article.no.as_str(),
            Some(region::value(&article)),
        );
    }
    rig.sync();
    rig.server.offline(true);
    rig
}

fn rule(article: Option<&str>, every: u32) -> SamplingRule {
    SamplingRule {
        supplier: SUPPLIER.to_owned(),
        article: article.map(|article| article.parse().unwrap()),
        every,
    }
}

/// One of so many that leaves this delivery out.
fn seldom() -> u32 {
    (2..1_000)
        .find(|every| !rule(None, *every).picks(&article(), "FS-7"))
        .unwrap()
}

fn asked(task: &TaskView) -> Vec<Question> {
    let checks = receipt(task).checks.iter();
    checks
        .flat_map(|check| &check.questions)
        .map(|asked| asked.question)
        .collect()
}

fn answer(rig: &Rig, question: Question, answer: Answer) -> TaskView {
    let article = article();
    let answer = Some(answer);
    say(
        rig,
        ReceiptSay::Check {
            article,
            question,
            answer,
        },
    )
    .task
}

fn begun(rig: &Rig) -> TaskView {
    open(rig);
    rig.scan(&early());
    rig.place(&bin(1)).task
}

#[test]
fn the_rule_of_the_article_goes_before_that_of_the_supplier() {
    let few = seldom();
    assert_eq!(asked(&begun(&ready(&[], false))), []);
    assert_eq!(asked(&begun(&ready(&[rule(None, 1)], false))), Question::ALL);
    assert_eq!(asked(&begun(&ready(&[rule(None, few)], false))), []);
    let own = [rule(None, few), rule(Some("A-1"), 1)];
    assert_eq!(asked(&begun(&ready(&own, false))), Question::ALL);
    // The importer is asked for at every receipt.
    assert_eq!(
        asked(&begun(&ready(&[rule(None, few)], true))),
        [Question::Importer]
    );
}

#[test]
fn nothing_is_booked_before_the_questions_are_answered() {
    let rig = ready(&[rule(None, 1)], false);
    let task = begun(&rig);
    assert!(!task.can_book);
    assert_eq!(rig.problem(Command::Book).code, "check-open");
    answer(&rig, Question::Conformity, Answer::Yes);
    answer(&rig, Question::Information, Answer::Yes);
    answer(&rig, Question::Importer, Answer::NotApplicable);
    rig.reopen();
    assert!(answer(&rig, Question::Udi, Answer::Yes).can_book);
    rig.book();
    let events = told(&rig);
    let check = events.iter().find_map(|event| match event {
        Event::Check(check) => Some(check.clone()),
        _ => None,
    });
    let check = check.unwrap();
    assert_eq!(
        check.answers(),
        [Answer::Yes, Answer::Yes, Answer::NotApplicable, Answer::Yes]
    );
    assert_eq!(check.place.to_string(), bin(1));
}

#[test]
fn a_no_sets_the_goods_aside_and_nobody_can_pick_them() {
    let rig = ready(&[rule(None, 1)], false);
    begun(&rig);
    for question in Question::ALL {
        let said = match question {
            Question::Udi => Answer::No,
            _ => Answer::Yes,
        };
        answer(&rig, question, said);
    }
    assert!(receipt(&rig.task(Command::CurrentTask)).checks[0].failed);
    assert_eq!(rig.problem(Command::Book).code, "check-open", "why?");
    let reason = ReasonCode::SeriousRisk;
    let article = article();
    assert!(
        say(&rig, ReceiptSay::CheckReason { article, reason })
            .task
            .can_book
    );
    rig.book();
    let picked = rig.pick();
    let line = picked.lines.iter().find(|line| line.line == 1).unwrap();
    let first = line.suggestion.as_ref().unwrap();
    let there = (first.place.code.to_string(), first.units);
    assert_eq!(there, (bin(2), 12), "those of the other bin alone");
    let events = told(&rig);
    let moved = rig.server.movements_of(BizStep::Receiving).remove(0);
    assert_eq!(moved.left(), StockStatus::Quarantined);
    let circumstances = moved.circumstances.unwrap();
    assert_eq!(circumstances.reason, Some(reason));
    let state = rig.server.0.borrow();
    let cause = state.records.values().flatten();
    let cause = cause
        .map(sparhund_shared::log::Sealed::record)
        .find(|record| Some(record.event_id) == circumstances.cause);
    assert!(matches!(cause.unwrap().event().unwrap(), Event::Check(check) if !check.passed()));
    assert!(events.len() >= 2);
}

#[test]
fn answers_that_mean_nothing_here_are_refused() {
    let rig = ready(&[rule(None, 1)], false);
    begun(&rig);
    let check = ReceiptSay::Check {
        article: article(),
        question: Question::Udi,
        answer: Some(Answer::NotSampled),
    };
    assert_eq!(rig.problem(Command::Receipt { say: check }).code, "not-here");
    let reason = ReceiptSay::CheckReason {
        article: article(),
        reason: ReasonCode::Damaged,
    };
    assert_eq!(rig.problem(Command::Receipt { say: reason }).code, "not-here");
}
