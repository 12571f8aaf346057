//! Against a web server and a mail server on this machine that misbehave.

use super::super::cases::tests::{Records, actor, bank, noon, on, opening};
use super::super::mail::{MailSettings, Tls};
use super::super::permission::{Actor, Role};
use super::*;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use store::case::Command;

/// A server on this machine; what it answers can be changed.
struct Local {
    port: u16,
    answer: Arc<Mutex<&'static str>>,
    heard: Receiver<String>,
}

impl Local {
    fn start(
        talk: impl Fn(TcpStream, &'static str) -> Option<String> + Send + 'static,
        answer: &'static str,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer = Arc::new(Mutex::new(answer));
        let (send, heard) = channel();
        let its = Arc::clone(&answer);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let answer = *its.lock().unwrap();
                if let Some(text) = talk(stream, answer) {
                    let _ = send.send(text);
                }
            }
        });
        Self { port, answer, heard }
    }

    fn answers(&self, answer: &'static str) {
        *self.answer.lock().unwrap() = answer;
    }
}

/// Reads a request and answers it; an empty answer breaks off.
fn web(mut stream: TcpStream, answer: &str) -> Option<String> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if let Some(it) = line.to_lowercase().strip_prefix("content-length:") {
            length = it.trim().parse().ok()?;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    if !answer.is_empty() {
        let _ =
            write!(stream, "HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    }
    Some(format!("{head}\n{}", String::from_utf8(body).ok()?))
}

/// Takes a letter, or answers `DATA` with something else.
fn post(mut stream: TcpStream, answer: &str) -> Option<String> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let _ = stream.write_all(b"220 sink\r\n");
    let mut letter = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        letter.push_str(&line);
        let reply = match line.get(..4).unwrap_or_default() {
            "DATA" if answer.is_empty() => return None,
            "DATA" if !answer.starts_with("354") => answer,
            "DATA" => {
                let _ = stream.write_all(b"354 go on\r\n");
                loop {
                    let mut line = String::new();
                    reader.read_line(&mut line).ok()?;
                    if line == ".\r\n" {
                        break;
                    }
                    letter.push_str(&line);
                }
                let _ = stream.write_all(b"250 taken\r\n");
                return Some(letter);
            }
            "QUIT" => return None,
            _ => "250 fine",
        };
        let _ = write!(stream, "{reply}\r\n");
    }
}

fn admin() -> Actor {
    actor("user:adm", Role::Admin)
}

fn hook(records: &Records, to: &str, personal: bool) -> (Hook, Secret) {
    let hook = Hook { name: "CRM".into(), to: to.into(), personal, ..Hook::default() };
    Hooks::new(&*records.store).make(&admin(), hook, noon()).unwrap()
}

fn later(seconds: i64) -> Timestamp {
    noon().checked_add(SignedDuration::from_secs(seconds)).unwrap()
}

/// Opens a case, which is two events, after the outbox began to listen.
fn case(records: &Records, outbox: &Outbox<'_>) -> String {
    outbox.round(noon()).unwrap();
    let ana = actor("user:ana", Role::Analyst);
    records.cases().open(&ana, opening(bank()), noon()).unwrap().id
}

#[test]
fn a_webhook_is_told_signed_and_without_names() {
    let (records, local) = (Records::new(), Local::start(web, "204 No Content"));
    let (_, secret) = hook(&records, &format!("http://127.0.0.1:{}/h", local.port), false);
    let outgoing = Outgoing::default();
    let outbox = Outbox::new(&*records.store, "one", &outgoing, None);
    let id = case(&records, &outbox);
    let sent = outbox.round(noon()).unwrap().unwrap();
    assert_eq!(sent, Sent { arrived: 2, ..Sent::default() });
    let told = local.heard.recv().unwrap();
    let (head, body) = told.rsplit_once('\n').unwrap();
    assert!(body.contains(&id) && body.contains("transaction-received"), "{body}");
    for name in ["Ngan Hang", "Scanner for a bank", "user:ana"] {
        assert!(!told.contains(name), "{name} in {told}");
    }
    assert!(head.to_lowercase().contains("exeat-event: evt-"), "{head}");
    assert!(head.contains(&signature(&secret, noon(), body.as_bytes())), "{head}");
    assert!(!told.contains(secret.reveal()));
    // Everything arrived: there is nothing more to send.
    assert_eq!(outbox.round(noon()).unwrap().unwrap(), Sent::default());
}

#[test]
fn names_are_sent_only_where_somebody_asked_for_them() {
    let (records, local) = (Records::new(), Local::start(web, "200 OK"));
    hook(&records, &format!("http://127.0.0.1:{}/h", local.port), true);
    let outgoing = Outgoing::default();
    let outbox = Outbox::new(&*records.store, "one", &outgoing, None);
    case(&records, &outbox);
    outbox.round(noon()).unwrap();
    assert!(local.heard.recv().unwrap().contains("Ngan Hang"));
}

#[test]
fn what_did_not_arrive_is_tried_again_later_and_later_with_the_same_id() {
    let (records, local) = (Records::new(), Local::start(web, "500 Oops"));
    hook(&records, &format!("http://127.0.0.1:{}/h", local.port), false);
    let outgoing = Outgoing::default();
    let outbox = Outbox::new(&*records.store, "one", &outgoing, None);
    case(&records, &outbox);
    // One failure is enough: the other message of this hook is not tried in vain.
    assert_eq!(outbox.round(noon()).unwrap().unwrap(), Sent { again: 1, ..Sent::default() });
    local.answers("");
    assert_eq!(outbox.deliver(later(1)).unwrap().again, 1, "the second message breaks off");
    assert_eq!(outbox.deliver(later(2)).unwrap(), Sent::default(), "nothing is due");
    local.answers("200 OK");
    assert_eq!(outbox.deliver(later(31)).unwrap().arrived, 2);
    let ids: Vec<String> = local
        .heard
        .try_iter()
        .map(|it| it.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 4);
    assert_eq!(ids[0], ids[2]);
    assert_eq!(ids[1], ids[3]);
}

#[test]
fn a_redirect_is_not_followed_and_counts_as_a_failure() {
    let moved = "307 Moved\r\nlocation: http://127.0.0.1:1/";
    let (records, local) = (Records::new(), Local::start(web, moved));
    hook(&records, &format!("http://127.0.0.1:{}/h", local.port), false);
    let outgoing = Outgoing::default();
    let outbox = Outbox::new(&*records.store, "one", &outgoing, None);
    case(&records, &outbox);
    assert_eq!(outbox.round(noon()).unwrap().unwrap().again, 1);
}

#[test]
fn a_hook_that_never_answers_is_stopped_and_goes_on_when_it_is_enabled() {
    let (records, local) = (Records::new(), Local::start(web, "500 Oops"));
    let (it, _) = hook(&records, &format!("http://127.0.0.1:{}/h", local.port), false);
    let outgoing = Outgoing::default();
    let outbox = Outbox::new(&*records.store, "one", &outgoing, None);
    let id = case(&records, &outbox);
    let ana = actor("user:ana", Role::Analyst);
    for _ in 0..4 {
        records.cases().act(on(&id, &ana), &Command::Note("called".into())).unwrap();
    }
    let hooks = Hooks::new(&*records.store);
    let mut at = 0;
    while hooks.hook(&it.id).unwrap().disabled.is_none() {
        at += LONGEST_WAIT.as_secs();
        assert!(at < 100 * LONGEST_WAIT.as_secs(), "it is never stopped");
        outbox.round(later(at)).unwrap();
    }
    let why = hooks.hook(&it.id).unwrap().disabled.unwrap();
    assert!(why.contains("30 times"), "{why}");
    local.answers("200 OK");
    assert_eq!(outbox.deliver(later(at + 1)).unwrap(), Sent::default(), "it is stopped");
    hooks.set(&admin(), &it.id, None, noon()).unwrap();
    let sent = outbox.deliver(later(at + LONGEST_WAIT.as_secs())).unwrap();
    assert!(sent.arrived > 0, "{sent:?}");
}

#[test]
fn a_clock_that_is_set_back_does_not_stop_the_sending() {
    let (records, local) = (Records::new(), Local::start(web, "500 Oops"));
    hook(&records, &format!("http://127.0.0.1:{}/h", local.port), false);
    let outgoing = Outgoing::default();
    let outbox = Outbox::new(&*records.store, "one", &outgoing, None);
    case(&records, &outbox);
    outbox.round(noon()).unwrap();
    local.answers("200 OK");
    let back = later(-400 * 24 * 3600);
    assert_eq!(outbox.deliver(back).unwrap().arrived, 2);
}

#[test]
fn one_server_sends_at_a_time() {
    let records = Records::new();
    let outgoing = Outgoing::default();
    let one = Outbox::new(&*records.store, "one", &outgoing, None);
    let two = Outbox::new(&*records.store, "two", &outgoing, None);
    assert!(one.round(noon()).unwrap().is_some());
    assert!(two.round(noon()).unwrap().is_none());
    assert!(two.round(later(lease::LASTS.as_secs())).unwrap().is_some(), "the first is gone");
}

#[test]
fn only_who_looks_after_hooks_makes_one_and_never_in_clear() {
    let records = Records::new();
    let hooks = Hooks::new(&*records.store);
    let make = |actor: &Actor, to: &str| {
        let hook = Hook { name: "CRM".into(), to: to.into(), ..Hook::default() };
        hooks.make(actor, hook, noon())
    };
    assert!(matches!(
        make(&actor("user:ana", Role::Analyst), "https://crm.example/"),
        Err(Fault::Denied(_))
    ));
    for bad in ["http://crm.example/", "mailto:nobody", "file:///etc/passwd", ""] {
        assert!(matches!(make(&admin(), bad), Err(Fault::Invalid { .. })), "{bad}");
    }
    let (hook, secret) = make(&admin(), "https://crm.example/").unwrap();
    assert_eq!(hooks.list(&admin()).unwrap(), [hook]);
    assert!(hooks.list(&actor("user:ana", Role::Analyst)).is_err());
    let events = format!("{:?}", records.store.events(0, 100).unwrap());
    assert!(!events.contains(secret.reveal()));
}

#[test]
fn e_mail_says_what_happened_and_names_nobody() {
    let (records, sink) = (Records::new(), Local::start(post, "354 go on"));
    hook(&records, "mailto:desk@example.org", false);
    let mailer = mailer(sink.port);
    let outgoing = Outgoing::default();
    let outbox = Outbox::new(&*records.store, "one", &outgoing, Some(&mailer));
    let id = case(&records, &outbox);
    assert_eq!(outbox.round(noon()).unwrap().unwrap().arrived, 2);
    let letter = sink.heard.recv().unwrap();
    assert!(letter.contains("RCPT TO:<desk@example.org>"), "{letter}");
    assert!(letter.contains(&format!("Case: {id}")), "{letter}");
    assert!(!letter.contains("Ngan Hang"), "{letter}");
}

#[test]
fn a_mail_server_that_refuses_or_breaks_off_is_tried_again() {
    let (records, sink) = (Records::new(), Local::start(post, "451 later"));
    hook(&records, "mailto:desk@example.org", false);
    let mailer = mailer(sink.port);
    let outgoing = Outgoing::default();
    let outbox = Outbox::new(&*records.store, "one", &outgoing, Some(&mailer));
    case(&records, &outbox);
    assert_eq!(outbox.round(noon()).unwrap().unwrap().again, 1);
    sink.answers("");
    assert_eq!(outbox.deliver(later(31)).unwrap().again, 1);
    sink.answers("354 go on");
    assert_eq!(outbox.deliver(later(3600)).unwrap().arrived, 2);
}

#[test]
fn letters_do_not_go_over_a_network_in_clear() {
    let settings = MailSettings { host: "mail.example.org".into(), ..settings(25) };
    assert!(Mailer::new(&settings).is_err());
}

fn settings(port: u16) -> MailSettings {
    MailSettings {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        login: None,
        from: "exeat@example.org".into(),
    }
}

fn mailer(port: u16) -> Mailer {
    Mailer::new(&settings(port)).unwrap()
}
