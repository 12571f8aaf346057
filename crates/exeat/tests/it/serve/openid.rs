//! Signing in with an identity provider, as a browser does it: away, and back with a code.

use super::Server;
use super::http::{Answer, ask};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

/// What the provider says of the one who signs in: the nonce of the sign-in, and other claims.
type Said = Arc<Mutex<Value>>;

/// The second of now: a provider tells the time by its own clock.
#[expect(clippy::disallowed_methods, reason = "a provider has a clock, and the server compares")]
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// A small provider on this machine, and what it says next.
fn provider() -> (String, Said) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let said = Said::default();
    let (its, issued_by) = (Arc::clone(&said), issuer.clone());
    std::thread::spawn(move || {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
        for stream in listener.incoming() {
            answer(&mut stream.unwrap(), &issued_by, &key, &its);
        }
    });
    (issuer, said)
}

fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn answer(stream: &mut TcpStream, issuer: &str, key: &EcdsaKeyPair, said: &Said) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    let (mut first, mut length) = (String::new(), 0);
    lines.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        if let Some(it) = line.to_lowercase().strip_prefix("content-length:") {
            length = it.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    lines.read_exact(&mut vec![0; length]).unwrap();
    let point = key.public_key().as_ref();
    let body = match first.split(' ').nth(1).unwrap_or_default() {
        "/keys" => json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "1",
            "x": b64(&point[1..33]), "y": b64(&point[33..])}]}),
        "/token" => {
            let second = now();
            let mut claims = json!({"iss": issuer, "aud": "exeat", "sub": "jane", "name": "Jane",
                "iat": second, "exp": second + 300});
            let more = said.lock().unwrap().clone();
            claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let header = b64(json!({"alg": "ES256", "kid": "1"}).to_string());
            let signed = format!("{header}.{}", b64(claims.to_string()));
            let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
            json!({"id_token": format!("{signed}.{}", b64(signature))})
        }
        _ => json!({"issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys")}),
    };
    let body = body.to_string();
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json";
    write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
}

/// A server that this provider vouches for.
fn server(name: &str, issuer: &str) -> Server {
    let data = crate::folder(name);
    std::fs::write(data.join("secret"), "what proves us\n").unwrap();
    let settings = format!(
        "address = \"https://exeat.example.org\"\n[openid]\nissuer = \"{issuer}\"\n\
         client_id = \"exeat\"\nclient_secret_file = \"{}\"\nlabel = \"Example\"\n\
         roles_claim = \"groups\"\n[openid.roles]\nexports = \"analyst\"\nroot = \"admin\"\n",
        data.join("secret").display()
    );
    std::fs::write(data.join("exeat.toml"), settings).unwrap();
    Server::start(&data, &[])
}

/// The value of a cookie that an answer sets.
fn set(answer: &Answer, name: &str) -> Option<String> {
    let start = format!("{name}=");
    let mut cookies = answer.headers.iter().filter(|it| it.0 == "set-cookie");
    cookies
        .find_map(|it| it.1.strip_prefix(&start))
        .map(|it| it.split(';').next().unwrap().to_owned())
}

/// A value in the query of an address.
fn query<'a>(address: &'a str, name: &str) -> &'a str {
    let (_, query) = address.split_once('?').unwrap();
    query.split('&').find_map(|it| it.strip_prefix(&format!("{name}="))).unwrap()
}

fn visit(server: &Server, path: &str, cookie: &str) -> Answer {
    ask(&server.address, "GET", path, &[("cookie", cookie)], b"")
}

/// Goes away and comes back; what the provider says beside the nonce is given.
fn through(server: &Server, said: &Said, claims: &Value) -> Answer {
    let gone = server.get("/sign-in/openid?to=%2Flaw");
    assert_eq!(gone.status, 303, "{}", gone.text());
    let location = gone.header("location").unwrap();
    let mut all = json!({"nonce": query(location, "nonce")});
    all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
    *said.lock().unwrap() = all;
    let state = query(location, "state");
    let cookie = format!("exeat-openid={}", set(&gone, "exeat-openid").unwrap());
    visit(server, &format!("/sign-in/openid/back?code=c&state={state}"), &cookie)
}

#[test]
fn somebody_signs_in_with_the_provider_works_and_signs_out() {
    let (issuer, said) = provider();
    let server = server("serve-openid", &issuer);
    assert!(server.get("/signin").text().contains("Sign in with Example"));
    let gone = server.get("/sign-in/openid");
    let location = gone.header("location").unwrap();
    assert!(location.starts_with(&format!("{issuer}/authorize?response_type=code&")), "{location}");
    assert!(
        location.contains("redirect_uri=https%3A%2F%2Fexeat.example.org%2Fsign-in%2Fopenid%2Fback")
    );
    assert_eq!(query(location, "code_challenge_method"), "S256");
    let cookies: Vec<_> = gone.headers.iter().filter(|it| it.0 == "set-cookie").collect();
    assert!(cookies.iter().all(|it| it.1.contains("HttpOnly; SameSite=Lax")), "{cookies:?}");

    let back = through(&server, &said, &json!({"groups": ["root", "exports"]}));
    assert_eq!((back.status, back.header("location")), (303, Some("/law")), "{}", back.text());
    let session = format!("exeat-session={}", set(&back, "exeat-session").unwrap());
    let account = visit(&server, "/account", &session);
    assert!(account.text().contains("Jane") && account.text().contains("analyst, admin"));
    let page = account.text();
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let headers = [("cookie", &*session), ("content-type", "application/x-www-form-urlencoded")];
    let out = ask(&server.address, "POST", "/signout", &headers, format!("csrf={csrf}").as_bytes());
    assert_eq!(out.status, 303, "{}", out.text());
    assert_eq!(visit(&server, "/account", &session).status, 303, "the session is over");
    let log = server.log.lock().unwrap().clone();
    for secret in ["what proves us", "Jane", query(location, "state"), csrf] {
        assert!(!log.contains(secret), "the log holds {secret}");
    }
}

#[test]
fn what_the_provider_did_not_say_to_us_now_lets_nobody_in() {
    let (issuer, said) = provider();
    let server = server("serve-openid-wrong", &issuer);
    let good = json!({"groups": ["root"]});
    for (claims, status) in [
        (json!({"groups": ["root"], "nonce": "another"}), 401),
        (json!({"groups": ["root"], "aud": "another"}), 401),
        (json!({"groups": ["root"], "iss": "https://evil.example"}), 401),
        (json!({"groups": ["root"], "exp": 1_000_000_000}), 401),
        (json!({"groups": ["something else"]}), 403),
        // Nobody looks after this server yet, and an analyst cannot.
        (json!({"groups": ["exports"]}), 403),
    ] {
        let back = through(&server, &said, &claims);
        assert_eq!(back.status, status, "{claims}: {}", back.text());
        assert_eq!(set(&back, "exeat-session"), None, "{claims}");
    }
    // Another browser than the one that began, and a second time.
    let gone = server.get("/sign-in/openid");
    let state = query(gone.header("location").unwrap(), "state").to_owned();
    let path = format!("/sign-in/openid/back?code=c&state={state}");
    assert_eq!(visit(&server, &path, "").status, 401);
    assert_eq!(visit(&server, &path, "exeat-openid=another").status, 401);
    assert_eq!(through(&server, &said, &good).status, 303);
}

#[test]
fn a_server_starts_though_its_provider_is_away_and_says_so_when_it_is_needed() {
    let server = server("serve-openid-away", "http://127.0.0.1:1");
    assert_eq!(server.get("/signin").status, 200);
    let gone = server.get("/sign-in/openid");
    assert_eq!(gone.status, 502);
    assert!(gone.text().contains("identity provider cannot be used"), "{}", gone.text());
    assert_eq!(server.get("/readyz").status, 200);
}
