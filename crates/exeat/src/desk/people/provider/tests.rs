//! Against a small provider on this machine, which signs with ES256 and misbehaves on demand.

use super::super::tests::{Records, now};
use super::token::TokenError;
use super::*;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::json;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

/// How the provider misbehaves.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Quirk {
    #[default]
    None,
    OtherIssuer,
    OtherAudience,
    OtherNonce,
    Old,
    Unsigned,
    OtherKey,
    UnknownKey,
    Tampered,
}

/// A provider, and the forms that were sent for tokens.
struct Local {
    issuer: String,
    asked: Receiver<String>,
    nonce: Arc<Mutex<String>>,
    groups: Arc<Mutex<Value>>,
}

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap()
}

fn sign(key: &EcdsaKeyPair, id: &str, claims: &Value) -> String {
    let header = b64(json!({"alg": "ES256", "kid": id}).to_string().as_bytes());
    let said = format!("{header}.{}", b64(claims.to_string().as_bytes()));
    let signature = key.sign(&SystemRandom::new(), said.as_bytes()).unwrap();
    format!("{said}.{}", b64(signature.as_ref()))
}

impl Local {
    fn start(quirk: Quirk) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let (send, asked) = channel();
        let nonce: Arc<Mutex<String>> = Arc::default();
        let groups = Arc::new(Mutex::new(json!(["export-approvers", "everybody"])));
        let (its_nonce, its_groups) = (Arc::clone(&nonce), Arc::clone(&groups));
        let its_issuer = issuer.clone();
        std::thread::spawn(move || {
            let (key, other) = (key(), key());
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut first = String::new();
                reader.read_line(&mut first).unwrap();
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    reader.read_line(&mut line).unwrap();
                    if let Some(it) = line.to_lowercase().strip_prefix("content-length:") {
                        length = it.trim().parse().unwrap();
                    }
                    if line.trim().is_empty() {
                        break;
                    }
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let path = first.split(' ').nth(1).unwrap_or_default();
                let answer = match path {
                    "/.well-known/openid-configuration" => json!({
                        "issuer": its_issuer,
                        "authorization_endpoint": format!("{its_issuer}/authorize"),
                        "token_endpoint": format!("{its_issuer}/token"),
                        "jwks_uri": format!("{its_issuer}/keys"),
                    }),
                    "/keys" => {
                        let point = key.public_key().as_ref();
                        json!({"keys": [{"kty": "oct", "k": "x"}, {
                            "kty": "EC", "crv": "P-256", "kid": "1", "use": "sig",
                            "x": b64(&point[1..33]), "y": b64(&point[33..]),
                        }]})
                    }
                    "/token" => {
                        send.send(String::from_utf8(body).unwrap()).unwrap();
                        let pick = |on: Quirk, wrong: &str, right: &str| {
                            if quirk == on { wrong.to_owned() } else { right.to_owned() }
                        };
                        let second = now().as_second();
                        let claims = json!({
                            "iss": pick(Quirk::OtherIssuer, "https://evil.example", &its_issuer),
                            "aud": pick(Quirk::OtherAudience, "another", "exeat"),
                            "nonce": pick(Quirk::OtherNonce, "x", &its_nonce.lock().unwrap()),
                            "exp": if quirk == Quirk::Old { second - 61 } else { second + 300 },
                            "iat": second, "sub": "248289761001", "name": "Jane Doe",
                            "email": "jane@Example.org", "email_verified": true,
                            "realm": {"groups": *its_groups.lock().unwrap()},
                        });
                        let by = if quirk == Quirk::OtherKey { &other } else { &key };
                        let id = pick(Quirk::UnknownKey, "2", "1");
                        let mut token = sign(by, &id, &claims);
                        if quirk == Quirk::Unsigned {
                            let header = b64(json!({"alg": "none"}).to_string().as_bytes());
                            token = format!("{header}.{}.", b64(claims.to_string().as_bytes()));
                        }
                        if quirk == Quirk::Tampered {
                            let mut parts: Vec<String> =
                                token.split('.').map(str::to_owned).collect();
                            let mut claims = claims;
                            claims["sub"] = json!("somebody else");
                            parts[1] = b64(claims.to_string().as_bytes());
                            token = parts.join(".");
                        }
                        json!({"access_token": "a", "token_type": "Bearer", "id_token": token})
                    }
                    _ => json!({}),
                };
                let body = answer.to_string();
                let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json";
                let _ = write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            }
        });
        Self { issuer, asked, nonce, groups }
    }

    fn settings(&self) -> ProviderSettings {
        ProviderSettings {
            issuer: self.issuer.clone(),
            client_id: "exeat".into(),
            client_secret: Some(Secret::new("shared & secret")),
            redirect: "https://exeat.example/sign-in/provider/back".into(),
            label: "Example".into(),
            scopes: "openid profile email".into(),
            domains: Vec::new(),
            roles_claim: "realm.groups".into(),
            roles: BTreeMap::from([("export-approvers".to_owned(), Role::Approver)]),
        }
    }

    /// Begins a sign-in; the provider keeps the nonce as a real one would.
    fn begin(&self, provider: &Provider, records: &Records) -> Begun {
        self.begin_with(provider, records, Wish::default())
    }

    fn begin_with(&self, provider: &Provider, records: &Records, wish: Wish) -> Begun {
        let begun = provider.begin(&records.people(), wish, now()).unwrap();
        let nonce = begun.location.split("nonce=").nth(1).unwrap();
        *self.nonce.lock().unwrap() = nonce.split('&').next().unwrap().to_owned();
        begun
    }
}

fn back(begun: &Begun) -> Returned {
    let (state, code) = (begun.state.reveal().to_owned(), "SplxlOBeZQQYbYS6WxSbIA".to_owned());
    Returned { state, code, ..Returned::default() }
}

#[test]
fn somebody_whom_the_provider_knows_comes_in_with_the_roles_it_gives() {
    let (local, records) = (Local::start(Quirk::None), Records::new());
    records.with_admin();
    let provider = Provider::discover(local.settings()).unwrap();
    let begun = local.begin(&provider, &records);
    assert!(begun.location.contains("code_challenge_method=S256"));
    assert!(begun.location.contains("scope=openid%20profile%20email"));
    let cookie = Some(&begun.state);
    let came = provider.finish(&records.people(), cookie, &back(&begun), now()).unwrap();
    let entered = came.entered;
    assert_eq!(entered.account.name, "Jane Doe");
    assert_eq!(entered.account.roles, [Role::Approver].into());
    let asked = local.asked.recv().unwrap();
    assert!(asked.contains("client_secret=shared%20%26%20secret"), "{asked}");
    // The verifier that was sent is the one that was promised.
    let verifier = asked.split("code_verifier=").nth(1).unwrap().split('&').next().unwrap();
    let challenge = b64(digest(&SHA256, verifier.as_bytes()).as_ref());
    assert!(begun.location.contains(&format!("code_challenge={challenge}")));
    assert!(records.people().session(&entered.token, now()).unwrap().is_some());

    // The next time it is the same account, with the roles of that day.
    *local.groups.lock().unwrap() = json!(["everybody"]);
    let begun = local.begin(&provider, &records);
    let refused = provider.finish(&records.people(), Some(&begun.state), &back(&begun), now());
    assert!(matches!(refused, Err(ProviderError::NoRole)));
    *local.groups.lock().unwrap() = json!("export-approvers");
    let begun = local.begin(&provider, &records);
    let again = provider.finish(&records.people(), Some(&begun.state), &back(&begun), now());
    assert_eq!(again.unwrap().entered.account.id, entered.account.id);
}

#[test]
fn a_sign_in_is_ended_by_the_browser_that_began_it_and_once() {
    let (local, records) = (Local::start(Quirk::None), Records::new());
    let provider = Provider::discover(local.settings()).unwrap();
    let people = records.people();
    records.with_admin();
    let (begun, other) = (local.begin(&provider, &records), local.begin(&provider, &records));
    let not_begun = |it: Result<Came, ProviderError>| {
        assert!(matches!(it, Err(ProviderError::NotBegun)), "{it:?}");
    };
    not_begun(provider.finish(&people, None, &back(&other), now()));
    not_begun(provider.finish(&people, Some(&begun.state), &back(&other), now()));
    let late = now().checked_add(SignedDuration::from_mins(11)).unwrap();
    not_begun(provider.finish(&people, Some(&other.state), &back(&other), late));
    provider.finish(&people, Some(&other.state), &back(&other), now()).unwrap();
    not_begun(provider.finish(&people, Some(&other.state), &back(&other), now()));
    let begun = local.begin(&provider, &records);
    let mixed = Returned { iss: Some("https://evil.example".into()), ..back(&begun) };
    not_begun(provider.finish(&people, Some(&begun.state), &mixed, now()));
    let begun = local.begin(&provider, &records);
    let refused = Returned { error: Some("access_denied".into()), ..back(&begun) };
    let refused = provider.finish(&people, Some(&begun.state), &refused, now());
    assert!(matches!(refused, Err(ProviderError::Refused(_))));
}

#[test]
fn a_word_that_is_not_the_providers_lets_nobody_in() {
    for (quirk, wanted) in [
        (Quirk::OtherIssuer, TokenError::Claim("iss")),
        (Quirk::OtherAudience, TokenError::Claim("aud")),
        (Quirk::OtherNonce, TokenError::Claim("nonce")),
        (Quirk::Old, TokenError::Time),
        (Quirk::Unsigned, TokenError::Algorithm("none".into())),
        (Quirk::OtherKey, TokenError::Signature),
        (Quirk::UnknownKey, TokenError::UnknownKey),
        (Quirk::Tampered, TokenError::Signature),
    ] {
        let (local, records) = (Local::start(quirk), Records::new());
        let provider = Provider::discover(local.settings()).unwrap();
        let begun = local.begin(&provider, &records);
        let people = records.people();
        match provider.finish(&people, Some(&begun.state), &back(&begun), now()) {
            Err(ProviderError::Token(why)) => assert_eq!(why, wanted, "{quirk:?}"),
            other => panic!("{quirk:?}: {other:?}"),
        }
        assert!(people.is_empty().unwrap(), "{quirk:?} made an account");
    }
}

#[test]
fn only_confirmed_addresses_of_the_domains_come_in() {
    for (domain, comes_in) in [("example.org", true), ("evil.example.org", false)] {
        let (local, records) = (Local::start(Quirk::None), Records::new());
        let domains = vec![domain.to_owned()];
        let settings = ProviderSettings { domains, roles: admins(), ..local.settings() };
        let provider = Provider::discover(settings).unwrap();
        let begun = local.begin(&provider, &records);
        let came = provider.finish(&records.people(), Some(&begun.state), &back(&begun), now());
        assert_eq!(came.is_ok(), comes_in, "{domain}: {came:?}");
        assert_eq!(records.people().is_empty().unwrap(), !comes_in);
    }
}

fn admins() -> BTreeMap<String, Role> {
    BTreeMap::from([("export-approvers".to_owned(), Role::Admin)])
}

#[test]
fn nobody_is_let_in_before_there_is_an_admin_and_the_last_one_stays_one() {
    let (local, records) = (Local::start(Quirk::None), Records::new());
    let provider = Provider::discover(local.settings()).unwrap();
    let people = records.people();
    let begun = local.begin(&provider, &records);
    let refused = provider.finish(&people, Some(&begun.state), &back(&begun), now());
    assert!(matches!(refused, Err(ProviderError::NobodyYet)), "{refused:?}");

    // Who set the server up binds their account, and stays an admin though the provider gives less.
    let ada = records.with_admin();
    let wish = Wish { bind: Some(ada.id.clone()), ..Wish::default() };
    let begun = local.begin_with(&provider, &records, wish);
    let came = provider.finish(&people, Some(&begun.state), &back(&begun), now()).unwrap();
    assert_eq!(came.entered.account.id, ada.id);
    assert_eq!(came.entered.account.roles, [Role::Admin, Role::Approver].into());
    // Nobody else binds the same.
    let ben = records.joined(&ada, "ben", Role::Analyst);
    let begun =
        local.begin_with(&provider, &records, Wish { bind: Some(ben.id), ..Wish::default() });
    let refused = provider.finish(&people, Some(&begun.state), &back(&begun), now());
    assert!(matches!(refused, Err(ProviderError::Another)), "{refused:?}");
}

#[test]
fn whom_the_provider_gives_nothing_any_more_is_signed_out_everywhere() {
    let (local, records) = (Local::start(Quirk::None), Records::new());
    let provider = Provider::discover(local.settings()).unwrap();
    let people = records.people();
    records.with_admin();
    let begun = local.begin(&provider, &records);
    let came = provider.finish(&people, Some(&begun.state), &back(&begun), now()).unwrap();
    assert!(people.session(&came.entered.token, now()).unwrap().is_some());
    *local.groups.lock().unwrap() = json!([]);
    let begun = local.begin(&provider, &records);
    let refused = provider.finish(&people, Some(&begun.state), &back(&begun), now());
    assert!(matches!(refused, Err(ProviderError::NoRole)), "{refused:?}");
    assert!(people.session(&came.entered.token, now()).unwrap().is_none());
}

#[test]
fn a_provider_that_calls_itself_otherwise_is_not_used() {
    let local = Local::start(Quirk::None);
    let settings = ProviderSettings { issuer: format!("{}/", local.issuer), ..local.settings() };
    assert!(matches!(Provider::discover(settings), Err(ProviderError::Unusable(_))));
    let settings = ProviderSettings { issuer: "http://id.example".into(), ..local.settings() };
    assert!(matches!(Provider::discover(settings), Err(ProviderError::Unusable(_))));
}

#[test]
fn a_signature_of_rfc_7515_is_right_and_one_letter_less_is_not() {
    // Appendix A.2: RS256.
    let keys = Keys::read(
        json!({"keys": [{"kty": "RSA", "e": "AQAB",
        "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP\
              1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kp\
              aSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG\
              4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"
        }]})
        .to_string()
        .replace(' ', "")
        .as_bytes(),
    )
    .unwrap();
    let token = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9\
        leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3X\
        OiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZ\
        LgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOk\
        HWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0ig\
        cN_IoypGlUPQGe77Rw";
    let expected = Expected { issuer: "joe", audience: "exeat", nonce: "n", now: now() };
    // The signature is right: what is wrong is a claim.
    let why = token::verify(token, &keys, &expected).unwrap_err();
    assert_eq!(why, TokenError::Claim("aud"));
    let why = token::verify(&token.replace("Rw", "Rg"), &keys, &expected).unwrap_err();
    assert_eq!(why, TokenError::Signature);
}
