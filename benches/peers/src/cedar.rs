//! The same in Cedar: two requests for each sale, whether it needs a license and whether ACE covers
//! it.

use crate::Answer;
use crate::sale::{Sale, places};
use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request};
use serde_json::json;

pub struct Cedar {
    policies: PolicySet,
    entities: Entities,
    authorizer: Authorizer,
    /// For each sale whether ACE covers it, and whether it goes without a license.
    requests: Vec<[Request; 2]>,
}

impl Cedar {
    pub fn new(sales: &[Sale]) -> Self {
        let policies: PolicySet = include_str!("ace.cedar").parse().expect("policies");
        let countries: Vec<_> = places()
            .into_iter()
            .map(|(code, place)| {
                json!({
                    "uid": {"type": "Country", "id": code}, "parents": [],
                    "attrs": {"groups": place.groups, "marked": place.marked}
                })
            })
            .collect();
        let entities = Entities::from_json_value(countries.into(), None).expect("countries");
        let requests = sales.iter().map(requests).collect();
        Self { policies, entities, authorizer: Authorizer::new(), requests }
    }

    pub fn answer(&self, place: usize) -> Answer {
        let [ace, free] = self.requests.get(place).expect("a sale");
        let allowed = |it| {
            let response = self.authorizer.is_authorized(it, &self.policies, &self.entities);
            assert!(response.diagnostics().errors().next().is_none(), "a policy failed");
            response.decision() == Decision::Allow
        };
        let charted = !allowed(free);
        Answer { open: charted && allowed(ace), charted }
    }
}

fn requests(sale: &Sale) -> [Request; 2] {
    let country = json!({"__entity": {"type": "Country", "id": sale.destination}});
    let context = json!({
        "destination": country, "user_country": country, "government_of": country,
        "family": sale.family, "reasons": sale.reasons, "sector": sale.sector,
        "state_owned_percent": sale.state_owned_percent, "us_subsidiary": false,
        "purposes": [sale.purpose], "digital_artifact": sale.digital_artifact,
        "victim_favored": true,
        "knows": if sale.knows { vec!["unauthorized-access"] } else { vec![] },
    });
    ["ace", "no-license"].map(|action| {
        let uid = |text: &str| text.parse::<EntityUid>().expect("a name");
        let context = Context::from_json_value(context.clone(), None).expect("facts");
        let action = uid(&format!("Action::\"{action}\""));
        Request::new(uid("Party::\"user\""), action, uid("Item::\"it\""), context, None)
            .expect("a request")
    })
}
