//! What would alter an outcome, and what of it may be pulled.

use crate::exeat;
use serde_json::Value;

fn what_if(arguments: &[&str], input: &str) -> Value {
    let run = exeat(&[&["what-if", "--format", "json"], arguments].concat(), input);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

/// The alterations of one standing that touch this fact and nothing else.
fn alone<'a>(found: &'a Value, standing: &str, fact: &str) -> Vec<&'a Value> {
    let all = found["alterations"].as_array().unwrap().iter();
    all.filter(|it| {
        let facts = it["facts"].as_array().unwrap();
        it["standing"] == standing && matches!(facts.as_slice(), [one] if one["fact"] == fact)
    })
    .collect()
}

#[test]
fn another_user_would_alter_a_refusal_and_is_no_lever() {
    let found = what_if(&["--example", "vietnam-police"], "");
    assert_eq!(found["outcome"], "license-required");
    let sectors = alone(&found, "no-lever", "parties[0].sector");
    let ace = sectors.iter().find(|it| it["exception"] == "ACE").unwrap();
    assert!(ace["facts"][0]["values"].as_array().unwrap().iter().any(|it| it == "bank"), "{ace}");
    assert!(alone(&found, "lever", "parties[0].sector").is_empty());
    assert!(!alone(&found, "lever", "items[0].eccn").is_empty(), "another product is a lever");
}

#[test]
fn source_code_kept_at_home_is_a_lever() {
    let release = "date: 2026-09-24\nactivity: deemed-export\nfrom: US\ndestination: IR\nitems: \
        [{eccn: 4D004, form: source-code}]\nparties: [{role: employee, country: US, sector: \
        private-other, us_status: foreign-person, nationalities: [{country: IR, status: citizen}], \
        lists: []}]\nend_use: {purposes: [product-development], knows: []}\nnotices: []\n\
        red_flags: []\n";
    let found = what_if(&["-"], release);
    assert_eq!(found["outcome"], "license-required");
    let home = alone(&found, "lever", "items[0].form");
    assert_eq!(home[0]["outcome"], "not-an-export", "{home:?}");
    assert!(!alone(&found, "no-lever", "parties[0].nationalities[0].country").is_empty());
}

#[test]
fn to_name_and_vet_the_end_user_is_a_lever_and_what_comes_out_depends_on_who_it_is() {
    let found = what_if(&["--example", "china-reseller", "--size", "1"], "");
    assert_eq!(found["outcome"], "needs-review");
    let named = alone(&found, "lever", "parties");
    let of = |value: &str| {
        let is = |it: &&&Value| {
            let values = it["facts"][0]["values"].as_array().unwrap();
            values.iter().any(|it| it == value)
        };
        named.iter().find(is).map(|it| it["outcome"].clone())
    };
    assert_eq!(of("police"), Some("license-required".into()), "{named:?}");
}

#[test]
fn what_may_go_is_spoiled_by_knowledge_and_listings() {
    let found = what_if(&["--example", "vietnam-bank"], "");
    assert_eq!(found["exception"], "ACE");
    for fact in ["end_use.knows", "parties[0].lists", "red_flags"] {
        let spoils = alone(&found, "no-lever", fact);
        assert!(spoils.iter().any(|it| it["exception"].is_null()), "{fact}: {spoils:?}");
    }
}

#[test]
fn an_alteration_is_as_small_as_it_can_be_and_the_same_every_time() {
    let found = what_if(&["--example", "vietnam-police"], "");
    let all = found["alterations"].as_array().unwrap();
    let frees = |it: &&Value| it["outcome"] != "needs-review" && it["outcome"] != "prohibited";
    let singles: Vec<(&Value, &Value)> = all
        .iter()
        .filter(|it| it["facts"].as_array().unwrap().len() == 1)
        .filter(frees)
        .flat_map(|it| {
            let fact = &it["facts"][0];
            fact["values"].as_array().unwrap().iter().map(move |value| (&fact["fact"], value))
        })
        .collect();
    for pair in all.iter().filter(|it| it["facts"].as_array().unwrap().len() == 2) {
        for fact in pair["facts"].as_array().unwrap() {
            for value in fact["values"].as_array().unwrap() {
                assert!(!singles.contains(&(&fact["fact"], value)), "{fact} does it alone");
            }
        }
    }
    let again = what_if(&["--example", "vietnam-police"], "");
    assert_eq!(found, again);
    let text = exeat(&["what-if", "--example", "vietnam-police"], "").out;
    assert!(text.contains("Nothing here advises to hide, split or"), "{text}");
}

/// A sale of 4D004 to a private firm.
fn sold(to: &str, item: &str, more: &str) -> String {
    format!(
        "date: 2026-09-24\nactivity: export\nfrom: US\ndestination: {to}\nitems: [{{{item}}}]\n\
         parties:\n- {{role: end-user, country: {to}, sector: private-other, \
         state_owned_percent: 0, us_subsidiary: false, lists: [], owners: []}}\n{more}\
         end_use: {{purposes: [defensive-testing], knows: []}}\nnotices: []\nred_flags: []\n"
    )
}

#[test]
fn routes_forwarders_classifications_and_corrections_are_levers() {
    let platform = "eccn: 4D004, form: object-code";
    let forwarder = "- {role: carrier, country: AE, lists: [{list: DPL}]}\n";
    let update = "eccn: 4D004, form: object-code, supplied_as: upgrade, \
                  original_export_authorized: true, same_consignee: true";
    let encrypts = "eccn: 5D002.c.1, form: object-code, encryption: {category: other}";
    for (sale, fact, outcome, exception) in [
        (sold("DE", platform, "transit: [IR]\n"), "transit", "needs-review", "ACE"),
        (sold("DE", platform, forwarder), "parties[1].name", "prohibited", "ACE"),
        (sold("VN", update, ""), "items[0].supplied_as", "license-required", "TSU"),
        (sold("VN", encrypts, ""), "items[0].encryption", "license-required", "ENC"),
    ] {
        let found = what_if(&["-", "--no-screening", "--size", "1"], &sale);
        assert_eq!(found["outcome"], outcome, "{fact}");
        let pulled = alone(&found, "lever", fact);
        assert_eq!(pulled[0]["exception"], exception, "{fact}: {found}");
    }
}
