use super::*;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A server on this machine that answers each connection with the next of its answers, the last
/// one for ever.
struct Server {
    address: String,
    /// The requests that came.
    asked: Arc<Mutex<Vec<String>>>,
}

type Say = Box<dyn Fn(&mut TcpStream) + Send>;

fn server(answers: Vec<Say>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/list.csv", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    thread::spawn(move || {
        for (count, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                request.push(byte[0]);
            }
            seen.lock().unwrap().push(String::from_utf8_lossy(&request).to_lowercase());
            answers[count.min(answers.len() - 1)](&mut stream);
        }
    });
    Server { address, asked }
}

fn say(text: impl Into<Vec<u8>>) -> Say {
    let text = text.into();
    Box::new(move |stream| {
        let _ = stream.write_all(&text);
    })
}

fn file(body: &str) -> Say {
    let length = body.len();
    say(format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nETag: \"v1\"\r\nConnection: close\r\n\r\n{body}"
    ))
}

fn status(line: &str) -> Say {
    say(format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
}

fn moved(to: &str) -> Say {
    say(format!(
        "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    ))
}

fn quick() -> Manners {
    Manners {
        timeout: Duration::from_secs(5),
        attempts: 3,
        wait: Duration::from_millis(1),
        largest: 1000,
        proxy: None,
        ca_file: None,
    }
}

fn fetch(server: &Server, manners: Manners) -> Result<Fetched, String> {
    let fetcher = Fetcher::new(manners).map_err(|it| it.to_string())?;
    fetcher.fetch(&server.address, &Tags::default(), None).map_err(|it| it.to_string())
}

fn body(fetched: Result<Fetched, String>) -> Result<String, String> {
    match fetched? {
        Fetched::File { bytes, .. } => Ok(String::from_utf8(bytes).unwrap()),
        Fetched::Unchanged => Ok("unchanged".to_owned()),
    }
}

fn attempts(server: &Server) -> usize {
    server.asked.lock().unwrap().len()
}

#[test]
fn a_file_comes_with_what_tells_it_from_another() {
    let server = server(vec![file("a,b\n")]);
    let Ok(Fetched::File { bytes, tags }) = fetch(&server, quick()) else { panic!("no file") };
    assert_eq!((bytes.as_slice(), tags.etag.as_deref()), (&b"a,b\n"[..], Some("\"v1\"")));
}

#[test]
fn a_file_that_is_here_already_is_not_sent_again() {
    let server = server(vec![status("304 Not Modified")]);
    let tags = Tags { etag: Some("\"v1\"".to_owned()), last_modified: None };
    let fetched = Fetcher::new(quick()).unwrap().fetch(&server.address, &tags, None);
    assert!(matches!(fetched, Ok(Fetched::Unchanged)), "{fetched:?}");
    assert!(server.asked.lock().unwrap()[0].contains("if-none-match: \"v1\""));
}

#[test]
fn a_server_in_trouble_is_asked_again_but_not_for_ever() {
    let recovers = server(vec![status("500 No"), status("503 No"), file("x")]);
    assert_eq!(body(fetch(&recovers, quick())), Ok("x".to_owned()));
    let never = server(vec![status("500 No")]);
    assert_eq!(
        body(fetch(&never, quick())),
        Err("the server answered 500 Internal Server Error".to_owned())
    );
    assert_eq!(attempts(&never), 3);
}

#[test]
fn a_refusal_is_not_repeated() {
    let server = server(vec![status("404 Not Found")]);
    assert_eq!(body(fetch(&server, quick())), Err("the server answered 404 Not Found".to_owned()));
    assert_eq!(attempts(&server), 1);
}

#[test]
fn a_body_that_breaks_off_is_no_file() {
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf a li";
    let broken = server(vec![say(cut)]);
    assert!(body(fetch(&broken, quick())).is_err());
    assert_eq!(attempts(&broken), 3, "it may have been the network");
    let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf ";
    assert!(body(fetch(&server(vec![say(chunk)]), quick())).is_err());
}

#[test]
fn a_body_longer_than_it_said_is_cut_where_it_said() {
    let more = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\na,b\nrest";
    assert_eq!(body(fetch(&server(vec![say(more)]), quick())), Ok("a,b\n".to_owned()));
}

#[test]
fn a_large_file_is_refused_whether_it_says_so_or_not() {
    let honest = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n";
    let server_ = server(vec![say(honest)]);
    assert_eq!(body(fetch(&server_, quick())), Err("it is larger than 1000 bytes".to_owned()));
    assert_eq!(attempts(&server_), 1);
    let endless: Say = Box::new(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while stream.write_all(&[b'x'; 512]).is_ok() {}
    });
    assert_eq!(
        body(fetch(&server(vec![endless]), quick())),
        Err("it is larger than 1000 bytes".to_owned())
    );
}

#[test]
fn a_drip_is_not_waited_for() {
    let drip: Say = Box::new(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
        while stream.write_all(b"x").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let manners = Manners { timeout: Duration::from_millis(200), attempts: 1, ..quick() };
    assert!(body(fetch(&server(vec![drip]), manners)).is_err());
}

#[test]
fn a_compressed_body_is_refused_before_it_grows() {
    let zipped = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nzip";
    let server = server(vec![say(zipped)]);
    let error = body(fetch(&server, quick())).unwrap_err();
    assert!(error.contains("compressed (gzip)"), "{error}");
    assert!(server.asked.lock().unwrap()[0].contains("accept-encoding: identity"));
}

#[test]
fn redirects_are_followed_a_few_times_and_only_to_safe_places() {
    let once = server(vec![moved("/elsewhere"), file("x")]);
    assert_eq!(body(fetch(&once, quick())), Ok("x".to_owned()));
    assert!(once.asked.lock().unwrap()[1].starts_with("get /elsewhere "));
    let around = server(vec![moved("/list.csv")]);
    let error = "it was redirected more than 5 times".to_owned();
    assert_eq!(body(fetch(&around, quick())), Err(error));
    let clear = server(vec![moved("http://lists.example.org/x")]);
    let error = body(fetch(&clear, quick())).unwrap_err();
    assert!(error.contains("is not https"), "{error}");
}

#[test]
fn an_address_in_clear_is_refused_before_anything_is_sent() {
    for (address, fine) in [
        ("https://lists.example.org/a.csv", true),
        ("http://127.0.0.1:1/a.csv", true),
        ("http://lists.example.org/a.csv", false),
        ("ftp://lists.example.org/a.csv", false),
        ("file:///etc/passwd", false),
        ("a.csv", false),
    ] {
        assert_eq!(checked(address).is_ok(), fine, "{address}");
    }
}

#[test]
fn a_checksum_that_differs_is_no_file() {
    let server = server(vec![file("x")]);
    let fetcher = Fetcher::new(quick()).unwrap();
    let right = sha256(b"x");
    let get = |sum: &str| fetcher.fetch(&server.address, &Tags::default(), Some(sum)).is_ok();
    assert!(get(right.as_str()));
    assert!(get(&right.as_str().to_uppercase()));
    assert!(!get(sha256(b"y").as_str()));
}
