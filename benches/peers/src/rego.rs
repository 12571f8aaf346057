//! The same in Rego, by the interpreter `regorus`: one query for each sale.

use crate::Answer;
use crate::sale::{Sale, places};
use regorus::{Engine, Value};
use serde_json::json;
use std::collections::BTreeMap;

pub struct Rego {
    engine: Engine,
    inputs: Vec<Value>,
}

impl Rego {
    pub fn new(sales: &[Sale]) -> Self {
        let mut engine = Engine::new();
        engine
            .add_policy("ace.rego".to_owned(), include_str!("ace.rego").to_owned())
            .expect("policy");
        let countries: BTreeMap<String, _> = places()
            .into_iter()
            .map(|(code, it)| (code, json!({"groups": it.groups, "marked": it.marked})))
            .collect();
        let data = json!({ "countries": countries }).to_string();
        engine.add_data(Value::from_json_str(&data).expect("tables")).expect("tables");
        let input = |sale: &Sale| {
            let input = json!({
                "destination": sale.destination, "user_country": sale.destination,
                "government_of": sale.destination, "family": sale.family, "reasons": sale.reasons,
                "sector": sale.sector, "state_owned_percent": sale.state_owned_percent,
                "us_subsidiary": false, "purposes": [sale.purpose],
                "digital_artifact": sale.digital_artifact, "victim_favored": true,
                "knows": if sale.knows { vec!["unauthorized-access"] } else { vec![] },
            });
            Value::from_json_str(&input.to_string()).expect("facts")
        };
        Self { engine, inputs: sales.iter().map(input).collect() }
    }

    pub fn answer(&mut self, place: usize) -> Answer {
        self.engine.set_input(self.inputs.get(place).expect("a sale").clone());
        let answer = self.engine.eval_rule("data.ace.answer".to_owned()).expect("an answer");
        let open = answer["open"].as_bool().is_ok_and(|it| *it);
        let reasons = answer["reasons"].as_set().expect("reasons");
        Answer { open: open && !reasons.is_empty(), charted: !reasons.is_empty() }
    }
}
