//! GSRN: the number of a person in a service relation.

use super::numeric::numeric_key;

numeric_key! {
    /// Global Service Relation Number: staff (AI 8017) or patient (AI 8018) (GS1 General Specifications 2.5).
    ///
    /// Text: 18 digits, check digit last.
    Gsrn, "GSRN", 18, "18", "a GSRN: 18 digits with a check digit"
}
