//! Tests.
#[test]
fn probe() {
    println!("{}", serde_json::to_string_pretty(&super::schema()).unwrap());
}
