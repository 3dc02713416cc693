//! The receiving check (mottagningskontroll, MDR Article 14(2)): which questions are asked of which goods, and what was
//! answered.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sparhund_shared::event::{Answer, ArticleNo, ReasonCode};
use sparhund_shared::reference::{Article, ArticleTrait, ProductCategory, Rule, SamplingRule};
use sparhund_shared::wire::Topic;

use super::super::desk::Desk;
use super::super::state::TaskState;
use crate::api::{Question, TaskKind};
use crate::fault::Fault;
use crate::store::{catalogue, feed, from_json};

/// Why goods fail a check.
pub(super) const REASONS: [ReasonCode; 3] = [
    ReasonCode::NonConforming,
    ReasonCode::SeriousRisk,
    ReasonCode::Falsified,
];

/// Answers of the check of an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Checked {
    pub(crate) article: ArticleNo,
    /// In the order of [`Question::ALL`].
    pub(crate) answers: [Option<Answer>; 4],
    pub(crate) reason: Option<ReasonCode>,
}

impl Checked {
    pub(super) fn of(article: ArticleNo) -> Self {
        Self {
            article,
            answers: [None; 4],
            reason: None,
        }
    }

    pub(super) fn failed(&self) -> bool {
        self.answers.contains(&Some(Answer::No))
    }
}

/// A check that this receipt asks for.
pub(super) struct Asked {
    pub(super) article: Article,
    /// Questions, in the order of the article of the regulation.
    pub(super) questions: Vec<Question>,
    pub(super) checked: Checked,
}

impl Asked {
    /// Whether every question has its answer, and a failure its reason.
    pub(super) fn is_done(&self) -> bool {
        let answered = |question: &Question| self.checked.answers[*question as usize].is_some();
        self.questions.iter().all(answered) && (!self.checked.failed() || self.checked.reason.is_some())
    }
}

/// The checks of the articles in the basket.
pub(super) fn asked(desk: Desk<'_>, task: &TaskState) -> Result<Vec<Asked>, Fault> {
    let articles: BTreeSet<&ArticleNo> = task
        .basket
        .iter()
        .filter_map(|entry| entry.item.article())
        .collect();
    let mut asked = Vec::new();
    for no in articles {
        let Some(article) = catalogue::article(desk.db, no)? else {
            continue;
        };
        let questions = questions(desk, task, &article)?;
        if questions.is_empty() {
            continue;
        }
        asked.push(Asked {
            checked: of(task, no).cloned().unwrap_or_else(|| Checked::of(no.clone())),
            questions,
            article,
        });
    }
    Ok(asked)
}

/// What was answered of an article.
pub(super) fn of<'a>(task: &'a TaskState, article: &ArticleNo) -> Option<&'a Checked> {
    let mut checks = task.receipt.checks.iter();
    checks.find(|checked| checked.article == *article)
}

/// The first check that is not done.
pub(super) fn open(desk: Desk<'_>, task: &TaskState) -> Result<Option<Asked>, Fault> {
    Ok(asked(desk, task)?.into_iter().find(|asked| !asked.is_done()))
}

/// All questions of a device that the rule of its supplier picks this time, and the one of the importer always where there
/// is one: there the regulation allows no sampling.
fn questions(desk: Desk<'_>, task: &TaskState, article: &Article) -> Result<Vec<Question>, Fault> {
    if article.category != ProductCategory::MedicalDevice {
        return Ok(Vec::new());
    }
    if is_sampled(desk, task, &article.no)? {
        return Ok(Question::ALL.to_vec());
    }
    Ok(if article.rules.is(ArticleTrait::Imported) {
        vec![Question::Importer]
    } else {
        Vec::new()
    })
}

fn is_sampled(desk: Desk<'_>, task: &TaskState, article: &ArticleNo) -> Result<bool, Fault> {
    let TaskKind::Receive { supplier, reference } = &task.kind else {
        return Ok(false);
    };
    let Some(rule) = rule(desk, supplier, article)? else {
        return Ok(false);
    };
    let delivery = reference.clone().unwrap_or_else(|| day(desk.today));
    Ok(rule.picks(article, &delivery))
}

/// Goods without a delivery note: those of a day are one delivery.
fn day(today: Date) -> String {
    today.to_string()
}

/// The rule of a supplier for an article, else for all that has none of its own.
fn rule(desk: Desk<'_>, supplier: &str, article: &ArticleNo) -> Result<Option<SamplingRule>, Fault> {
    for article in [Some(article), None] {
        let wanted = Rule::Sampling(SamplingRule {
            supplier: supplier.to_owned(),
            article: article.cloned(),
            every: 1,
        });
        let body = feed::body(desk.db, Topic::Rules, &wanted.key())?;
        if let Some(Rule::Sampling(rule)) = body.map(|body| from_json("a rule", &body)).transpose()? {
            return Ok(Some(rule));
        }
    }
    Ok(None)
}
