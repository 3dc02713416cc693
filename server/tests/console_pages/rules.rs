//! Rules: who sets which, what is said of a mistake, and that one goes away again.

use sparhund_shared::reference::Rule;

use crate::browser::Served;

const RULES: &str = "/console/rules";

async fn rules(served: &Served) -> Vec<Rule> {
    served.state.store.rules().await.unwrap()
}

#[tokio::test]
async fn a_rule_is_set_by_form_and_a_mistake_keeps_what_was_written() {
    let served = Served::demo().await;
    let before = rules(&served).await.len();
    let mut browser = served.signed_in("planerare").await;
    let stock = |place: &'static str, min: &'static str| {
        [
            ("rule", "stock"),
            ("place", place),
            ("article", "NM-10012"),
            ("min", min),
            ("max", "40"),
        ]
    };
    for (place, min, why) in [
        ("7350000000016/B-01-01", "50", "Fyll på under: ett helt antal"),
        ("7350000000016/B-01-01", "tio", "Fyll på under: ett helt antal"),
        (
            "7350000000016",
            "5",
            "Plats: platsen finns inte, eller är av fel slag",
        ),
        ("7350000000016/Z-9", "5", "Plats: platsen finns inte"),
        ("", "5", "Plats: platsen finns inte"),
        ("hyllan", "5", "Plats: det är ingen platskod"),
    ] {
        let page = browser.post(RULES, &stock(place, min)).await;
        assert_eq!(page.status, 422, "{place} {min}");
        assert!(page.words().contains(why), "{why}: {}", page.words());
        assert!(
            page.body.contains("value=\"NM-10012\""),
            "what was written is kept"
        );
    }
    assert_eq!(rules(&served).await.len(), before);
    let set = browser.post(RULES, &stock("7350000000016/B-01-01", "5")).await;
    assert_eq!((set.status.as_u16(), set.location()), (303, RULES));
    let page = browser.get("/console/rules?q=nm-10012").await;
    let words = page.words();
    assert!(words.contains("Fyll på under: 5, Fyll på till: 40"), "{words}");
    let key = "stock 7350000000016/B-01-01 NM-10012";
    assert!(page.body.contains(key), "the second click names it");
    let gone = browser.post("/console/rules/remove", &[("key", key)]).await;
    assert_eq!(gone.status, 303);
    assert_eq!(rules(&served).await.len(), before);
    let again = browser.post("/console/rules/remove", &[("key", key)]).await;
    assert_eq!(again.status, 404);
}

#[tokio::test]
async fn planners_and_administrators_set_their_own_rules_and_quality_sees_them() {
    let served = Served::demo().await;
    let printer = [
        ("rule", "printer"),
        ("place", "7350000000016"),
        ("name", "Zebra vid utlastningen"),
        ("address", "zebra-1.nordmark.example:9100"),
    ];
    let sampling = [
        ("rule", "sampling"),
        ("supplier", "Provverken AB"),
        ("every", "5"),
    ];
    let mut planner = served.signed_in("planerare").await;
    let mut admin = served.signed_in("admin").await;
    assert_eq!(planner.post(RULES, &printer).await.status, 403);
    assert_eq!(admin.post(RULES, &sampling).await.status, 403);
    assert_eq!(planner.post(RULES, &sampling).await.status, 303);
    assert_eq!(admin.post(RULES, &printer).await.status, 303);
    let words = served.signed_in("kvalitet").await.get(RULES).await.words();
    assert!(words.contains("zebra-1.nordmark.example:9100"), "{words}");
    assert!(words.contains("alla artiklar utan egen regel"), "{words}");
    assert!(
        !words.contains("Spara regeln") && !words.contains("Ta bort"),
        "{words}"
    );
    // The key of a rule of sampling has a separator that no form can lose.
    let key = "sampling Provverken AB\u{1f}";
    assert_eq!(
        admin.post("/console/rules/remove", &[("key", key)]).await.status,
        403
    );
    assert_eq!(
        planner
            .post("/console/rules/remove", &[("key", key)])
            .await
            .status,
        303
    );
}
