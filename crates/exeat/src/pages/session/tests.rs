use super::*;

fn at(host: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))])
}

#[test]
fn beyond_this_machine_a_cookie_is_bound_to_its_host_and_to_tls() {
    let token = Secret::new("t".to_owned());
    let (_, cookie) = keep(&token, &at("desk.example.com"));
    assert!(cookie.starts_with("__Host-exeat-session=t; "), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    let (_, gone) = forget(&at("desk.example.com"));
    assert!(gone.starts_with("__Host-exeat-session=; Max-Age=0;"), "{gone}");
}

#[test]
fn on_this_machine_no_tls_is_asked_for_unless_a_proxy_stands_before_it() {
    let token = Secret::new("t".to_owned());
    let (_, cookie) = keep(&token, &at("127.0.0.1:8080"));
    assert!(cookie.starts_with("exeat-session=t; ") && !cookie.contains("Secure"), "{cookie}");
    let mut proxied = at("localhost:8080");
    proxied.insert("x-forwarded-for", HeaderValue::from_static("192.0.2.7"));
    assert!(keep(&token, &proxied).1.contains("; Secure"));
}

#[test]
fn a_form_from_another_site_is_told_apart() {
    let mut headers = at("desk.example.com");
    assert!(is_from_here(&headers), "no browser sent it");
    headers.insert(ORIGIN, HeaderValue::from_static("https://desk.example.com"));
    assert!(is_from_here(&headers));
    headers.insert(ORIGIN, HeaderValue::from_static("https://elsewhere.example"));
    assert!(!is_from_here(&headers));
    headers.insert(ORIGIN, HeaderValue::from_static("https://desk.example.com"));
    headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
    assert!(!is_from_here(&headers), "the browser knows better");
}
