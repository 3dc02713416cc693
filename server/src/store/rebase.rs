//! What to go back to when what stands meanwhile was changed.

use serde_json::Value;

/// Carries into `kept` what was changed from `before` to `after`, field by field; of a list, whatever was put in or taken out.
/// What nobody touched stays as it was kept.
pub fn rebase(kept: &mut Value, before: &Value, after: &Value) {
    if before == after {
        return;
    }
    match (kept, before, after) {
        (Value::Object(kept), Value::Object(before), Value::Object(after)) => {
            for (field, after) in after {
                let before = before.get(field).unwrap_or(&Value::Null);
                rebase(kept.entry(field.clone()).or_insert(Value::Null), before, after);
            }
        }
        (Value::Array(kept), Value::Array(before), Value::Array(after)) => {
            kept.retain(|one| after.contains(one) || !before.contains(one));
            for new in after.iter().filter(|one| !before.contains(one)) {
                if !kept.contains(new) {
                    kept.push(new.clone());
                }
            }
        }
        (kept, _, after) => after.clone_into(kept),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::rebase;

    #[test]
    fn what_was_changed_is_carried_and_the_rest_is_kept() {
        let mut kept =
            json!({ "user": { "name": "Siv", "roles": ["picker", "ward"] }, "active": true, "hash": "a" });
        let before = json!({ "user": { "name": "Siv", "roles": ["ward"] }, "active": false, "hash": "a" });
        let after = json!({ "user": { "name": "Siv A", "roles": ["ward", "quality"] }, "active": false, "hash": "b" });
        rebase(&mut kept, &before, &after);
        assert_eq!(
            kept,
            json!({ "user": { "name": "Siv A", "roles": ["picker", "ward", "quality"] }, "active": true, "hash": "b" })
        );
    }

    #[test]
    fn what_was_taken_away_comes_back_when_it_is_given_back() {
        let mut kept = json!(["picker", "ward"]);
        rebase(&mut kept, &json!(["picker", "ward"]), &json!(["ward"]));
        assert_eq!(kept, json!(["ward"]));
        rebase(&mut kept, &json!(["ward"]), &json!(["ward", "picker"]));
        assert_eq!(kept, json!(["ward", "picker"]));
    }
}
