//! Holds: what they catch is said before they are set.

use sparhund_shared::event::BizStep;

use crate::browser::{Page, Served};
use crate::movements::{goods, moving};

/// Fields of a hold.
fn hold<'a>(product: &'a str, lot: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("product", product),
        ("lot", lot),
        ("serial", ""),
        ("reason", "Återkallelse 7"),
    ]
}

async fn in_force(served: &Served) -> usize {
    served.state.store.holds().await.unwrap().len()
}

#[tokio::test]
async fn a_hold_says_what_it_catches_and_then_is_set() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    let fields = hold("07350000000108", "V26-310");
    let asked = browser.post("/console/holds", &fields).await;
    assert_eq!(asked.status, 200);
    let words = asked.words();
    assert!(
        words.contains("Spärren träffar nu 500 enheter på 5 platser"),
        "{words}"
    );
    assert!(words.contains("Perifer venkateter 20G"), "{words}");
    assert_eq!(in_force(&served).await, 1, "only the demo's own");
    let sure = [fields, vec![("sure", "1")]].concat();
    assert_eq!(browser.post("/console/holds", &sure).await.status, 303);
    assert_eq!(in_force(&served).await, 2);
    let list = browser.get("/console/holds").await.words();
    assert!(list.contains("500 enheter på 5 platser"), "{list}");
    assert!(list.contains("100 enheter på en plats"), "the demo's own: {list}");
}

#[tokio::test]
async fn a_hold_on_nothing_asks_and_offers_what_may_be_meant() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    for (product, lot, offered) in [
        // The letter O for a zero, a product that nobody knows, and a lot of another product.
        ("07350000000108", "V26-31O", "GS1:07350000000108 V26-310"),
        ("09999999999994", "V26-310", "GS1:07350000000108 V26-310"),
        ("NM-10001", "v26-3I0", "GS1:07350000000108 V26-310"),
    ] {
        let asked = browser.post("/console/holds", &hold(product, lot)).await;
        let words = asked.words();
        assert_eq!(asked.status, 200, "{product} {lot}");
        assert!(
            words.contains("Inget är bokfört om det: spärra ändå?"),
            "{product} {lot}: {words}"
        );
        assert!(words.contains(offered), "{product} {lot}: {words}");
        assert!(words.contains("Spärra ändå"), "{words}");
    }
    let unknown = browser.post("/console/holds", &hold("09999999999994", "")).await;
    assert!(says_unknown(&unknown), "{}", unknown.words());
    assert_eq!(in_force(&served).await, 1, "nothing was set unasked");
    // Goods that have not come yet.
    let sure = [hold("09999999999994", "A-77"), vec![("sure", "1")]].concat();
    assert_eq!(browser.post("/console/holds", &sure).await.status, 303);
    assert_eq!(in_force(&served).await, 2);
    let list = browser.get("/console/holds").await.words();
    assert!(list.contains("inget som är bokfört"), "{list}");
}

fn says_unknown(page: &Page) -> bool {
    page.words().contains("finns inte i katalogen")
}

#[tokio::test]
async fn a_hold_in_another_case_catches_the_goods_all_the_same() {
    let served = Served::demo().await;
    let mut browser = served.signed_in("kvalitet").await;
    let asked = browser
        .post("/console/holds", &hold("07350000000108", "v26-310"))
        .await;
    assert!(
        asked.words().contains("500 enheter på 5 platser"),
        "{}",
        asked.words()
    );
}

#[tokio::test]
async fn a_hold_covers_every_level_and_another_person_lifts_it() {
    let served = Served::demo().await;
    let mut setter = served.signed_in("kvalitet").await;
    let incomplete = setter.post("/console/holds", &[("product", "NM-10011")]).await;
    assert_eq!(incomplete.status, 422);
    assert!(
        incomplete.words().contains("Ange minst produkt och orsak"),
        "{}",
        incomplete.words()
    );
    let empty = setter.post("/console/holds", &[("product", "")]).await;
    assert!(
        empty.body.contains("<details class=\"card\" open>"),
        "the form is not folded under what is wrong with it"
    );
    let fields = [
        ("product", "07350000000108"),
        ("lot", "V26-310"),
        ("reason", "Prov av spärr"),
        ("sure", "1"),
    ];
    assert_eq!(setter.post("/console/holds", &fields).await.status, 303);
    let holds = served.state.store.holds().await.unwrap();
    let hold = holds
        .iter()
        .find(|hold| hold.reason.as_str() == "Prov av spärr")
        .unwrap();
    assert_eq!(hold.dis.len(), 3, "piece, inner package, case");
    let trace = setter.get("/console/trace?q=V26-310").await;
    assert!(
        trace.words().contains("Spärrad : Prov av spärr") || trace.words().contains("Spärrad: Prov av spärr")
    );
    let id = hold.id.to_string();
    let lift = [("hold", id.as_str()), ("reason", "klart")];
    let own = setter.post("/console/holds/release", &lift).await;
    assert_eq!(own.status, 409);
    assert!(
        own.words().contains("En annan person måste göra det"),
        "{}",
        own.words()
    );
    let mut other = served.signed_in("kvalitet2").await;
    assert_eq!(other.post("/console/holds/release", &lift).await.status, 303);
    let page = other.get("/console/holds").await.words();
    let lifter = served.state.store.users().await.unwrap();
    let lifter = &lifter.iter().find(|user| user.login == "kvalitet2").unwrap().name;
    let row = page.split("Hävd 20").nth(1).unwrap();
    assert!(row.contains(&format!("{lifter} klart")), "who and why: {page}");
    let again = other.post("/console/holds/release", &lift).await;
    assert_eq!(again.status, 409);
}

#[tokio::test]
async fn goods_booked_without_a_lot_are_stopped_and_said_to_be() {
    let served = Served::demo().await;
    let article = served.article("NM-10001").await;
    let bin = &served.place("B-01-01").await;
    let received = moving(BizStep::Receiving, goods(&article), None, &bin.code);
    served.book(received).await;
    let mut browser = served.signed_in("kvalitet").await;
    let fields = hold("NM-10001", "K25-NY");
    let asked = browser.post("/console/holds", &fields).await.words();
    assert!(asked.contains("En enhet är bokförd utan batch"), "{asked}");
    assert!(!asked.contains("Inget är bokfört"), "{asked}");
    let sure = [fields, vec![("sure", "1")]].concat();
    assert_eq!(browser.post("/console/holds", &sure).await.status, 303);
    let list = browser.get("/console/holds").await.words();
    assert!(!list.contains("inget som är bokfört"), "{list}");
}
