use super::{Sent, granted};
use crate::desk::fault::Fault;

fn sent() -> Sent {
    Sent {
        number: " D1234567 ".into(),
        agency: "BIS".into(),
        text: "testing of its own systems".into(),
        until: "2030-09-24".into(),
        destinations: "VN, Thailand".into(),
        items: "4d004, 5A001.j, EAR99".into(),
        parties: "Ngan Hang, Ltd.\r\n\r\nCong Ty".into(),
        quantity: "10".into(),
        ..Sent::default()
    }
}

#[test]
fn a_license_is_recorded_as_it_reads() {
    let license = granted(&sent()).unwrap();
    assert_eq!(license.number, "D1234567");
    assert_eq!(license.destinations, ["VN", "TH"]);
    assert_eq!(license.items, ["4D004", "5A001.j", "EAR99"]);
    assert_eq!(license.parties, ["Ngan Hang, Ltd.", "Cong Ty"]);
    assert_eq!((license.quantity, license.value_usd), (Some(10), None));
}

#[test]
fn what_cannot_be_read_is_named_and_nothing_is_guessed() {
    for (wrong, field) in [
        (Sent { until: String::new(), ..sent() }, "until"),
        (Sent { from: "soon".into(), ..sent() }, "from"),
        (Sent { destinations: "Narnia".into(), ..sent() }, "destinations"),
        (Sent { items: "4D004 and more".into(), ..sent() }, "items"),
        (Sent { quantity: "1.500".into(), ..sent() }, "quantity"),
        (Sent { value_usd: "US$ 5".into(), ..sent() }, "value_usd"),
    ] {
        let Fault::Invalid { field: named, .. } = granted(&wrong).unwrap_err() else {
            panic!("{field} is refused otherwise")
        };
        assert_eq!(named, field);
    }
}
