//! A newcomer's path over the API: the first account, a second person, a match, an approval.

use super::{SALE, Server};
use serde_json::{Value, json};

const PASSWORD: &str = "nine quiet herons wade";

#[test]
fn two_people_set_up_decide_a_match_approve_and_replay() {
    let data = crate::folder("serve-newcomer");
    let server = Server::start(&data, &[]);
    let post = |who: &str, path: &str, body: &Value| {
        let answer = server.ask(who, "POST", path, &body.to_string());
        (answer.status, answer.json())
    };
    let join = |link: &str, login: &str| {
        let body = json!({"link": link, "login": login, "name": login, "password": PASSWORD});
        let answer = server.post("/v1/people/join", &body.to_string());
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["token"].as_str().unwrap().to_owned()
    };
    let ada = join(&server.setup_link(), "ada");
    let invited = json!({"name": "Ben", "roles": ["approver"]});
    let (status, invited) = post(&ada, "/v1/people/invitations", &invited);
    assert_eq!(status, 201, "{invited}");
    let ben = join(invited["link"].as_str().unwrap(), "ben");
    let mut sale: Value = serde_json::from_str(SALE).unwrap();
    sale["parties"][0]["name"] = json!("Candiru Trading Bank");
    sale["parties"][0].as_object_mut().unwrap().remove("lists");
    let (status, case) =
        post(&ada, "/v1/cases", &json!({"title": "a first case", "transaction": sale}));
    assert_eq!(status, 201, "{case}");
    let steps = format!("/v1/cases/{}/steps", case["id"].as_str().unwrap());
    for it in case["finding"]["matches"].as_array().unwrap() {
        let step = json!({"do": "decide-match", "party": it["party"], "list": it["list"],
            "entry": it["entry"], "verdict": "other", "text": "another country and business"});
        let (status, case) = post(&ada, &steps, &step);
        assert_eq!(status, 200, "{case}");
    }
    let (status, case) = post(&ada, &steps, &json!({"do": "request-review", "text": "please"}));
    assert_eq!(status, 200, "{case}");
    let approve = json!({"do": "approve", "binding": case["binding"], "text": "looked at it"});
    let (status, refused) = post(&ada, &steps, &approve);
    assert_eq!(status, 403, "an admin and analyst approves nothing: {refused}");
    let (status, told) = post(&ben, &steps, &approve);
    // The small list in the program is no screening: the engine asks for review, and says so.
    assert!(status == 200 || told["reason"].is_string(), "{status} {told}");
    let id = case["finding"]["determination"].as_str().unwrap();
    let (_, replayed) = post(&ada, &format!("/v1/determinations/{id}/replay"), &json!({}));
    assert_eq!(replayed["same"], true, "{replayed}");
    let verified =
        crate::run(&data, &["audit", "verify"], "", &[("EXEAT_DATA", data.to_str().unwrap())]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
}

#[test]
fn a_wrong_password_is_refused_and_a_session_that_nobody_has_as_well() {
    let data = crate::folder("serve-signin");
    let server = Server::start(&data, &[]);
    let body =
        json!({"link": server.setup_link(), "login": "ada", "name": "Ada", "password": PASSWORD});
    assert_eq!(server.post("/v1/people/join", &body.to_string()).status, 201);
    assert_eq!(server.post("/v1/people/join", &body.to_string()).status, 404, "a link works once");
    let sign_in = |password: &str| {
        server.post("/v1/session", &json!({"login": "ada", "password": password}).to_string())
    };
    assert_eq!(sign_in("wrong").status, 401);
    assert_eq!(sign_in("wrong").header("set-cookie"), None);
    let token = sign_in(PASSWORD).json()["token"].as_str().unwrap().to_owned();
    assert_eq!(server.ask(&token, "GET", "/v1/people", "").status, 200);
    assert_eq!(server.ask("somebody-elses-token", "GET", "/v1/people", "").status, 401);
    let waits = (0..8).map(|_| sign_in("wrong").status).any(|it| it == 429);
    assert!(waits, "wrong attempts must wait");
}
