//! Cases that go on a license.

use super::*;
use store::case::authorization::Granted;

fn factory() -> Value {
    let mut facts = bank();
    facts["parties"][0]["sector"] = json!("private-other");
    facts["items"][0]["quantity"] = json!(6);
    facts
}

fn license() -> Granted {
    Granted {
        number: "D1234567".into(),
        agency: "BIS".into(),
        scope: "testing of its own systems".into(),
        from: None,
        until: Some("2030-09-24".parse().unwrap()),
        destinations: vec!["VN".into()],
        items: vec!["4D004".into()],
        parties: vec!["Ngan Hang".into()],
        quantity: Some(10),
        value_usd: None,
    }
}

/// A case with a license and an approval; what comes of releasing it.
fn released(records: &Records, license: Granted) -> Result<Shown, Fault> {
    let cases = records.cases();
    let (ana, bob) = (actor("user:ana", Role::Analyst), actor("user:bob", Role::Approver));
    let id = cases.open(&ana, opening(factory()), noon()).unwrap().id;
    cases.act(on(&id, &ana), &Command::Authorize(license))?;
    let shown = cases.act(on(&id, &ana), &Command::RequestReview(String::new()))?;
    let approve = Command::Approve(shown.case.binding().unwrap(), "it is a license".into());
    cases.act(on(&id, &bob), &approve)?;
    cases.act(on(&id, &ana), &Command::Release(no_force()))
}

fn refused(result: Result<Shown, Fault>) -> String {
    let Fault::Refused(refusal) = result.unwrap_err() else { panic!("it fails otherwise") };
    refusal.to_string()
}

#[test]
fn a_license_for_something_else_releases_nothing() {
    let records = Records::new();
    let fish = Granted { agency: "Ministry of Fish".into(), ..license() };
    assert!(refused(released(&records, fish)).contains("cannot authorize"));
    let iceland = Granted { destinations: vec!["IS".into()], ..license() };
    assert!(refused(released(&records, iceland)).contains("it is for IS, and this goes to VN"));
    let ofac = Granted { agency: "OFAC".into(), ..license() };
    assert!(refused(released(&records, ofac)).contains("it takes BIS"));
    let other = Granted { parties: vec!["Cong Ty".into()], ..license() };
    assert!(refused(released(&records, other)).contains("it does not name `Ngan Hang`"));
    assert_eq!(released(&records, license()).unwrap().case.stage(), Stage::Released);
}

#[test]
fn what_one_case_released_on_a_license_is_not_left_for_the_next() {
    let records = Records::new();
    released(&records, license()).unwrap();
    let told = refused(released(&records, license()));
    assert!(told.contains("of its quantity 4 is left, and this is 6"), "{told}");
    released(&records, Granted { quantity: Some(12), ..license() }).unwrap();
}
