//! E-mail, by SMTP over TLS; in clear only on this machine.

use super::fault::Fault;
use super::people::secret::Secret;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, Message, SmtpTransport, Transport as _};
use serde_json::Value;
use std::net::IpAddr;
use std::time::Duration;

/// How long the other side may be silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// How e-mail is sent.
#[derive(Clone, Debug)]
pub(crate) struct MailSettings {
    /// The host.
    pub(crate) host: String,
    /// The port; usually 465, or 587 with `starttls`.
    pub(crate) port: u16,
    /// How the connection is made safe.
    pub(crate) tls: Tls,
    /// The name and password, where the host wants them.
    pub(crate) login: Option<(String, Secret)>,
    /// Whom letters are from.
    pub(crate) from: String,
}

/// How the connection is made safe.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Tls {
    /// From the first byte.
    Whole,
    /// After a word; refused where the host does not offer it.
    Starttls,
    /// Not at all: only to this machine.
    None,
}

/// A letter.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Letter {
    /// What is unique to it.
    pub(crate) id: String,
    /// The subject.
    pub(crate) subject: String,
    /// The text.
    pub(crate) text: String,
}

/// What sends letters.
#[derive(Debug)]
pub(crate) struct Mailer {
    transport: SmtpTransport,
    from: Address,
}

impl MailSettings {
    /// Settings as one line: `smtps://NAME:PASSWORD@HOST:PORT/FROM`, or `smtp://` where TLS begins
    /// with a word; the name and password may be missing, and so may the port.
    ///
    /// # Errors
    ///
    /// What is wrong with it, without repeating it: a password may stand in it.
    pub(crate) fn read(text: &str) -> Result<Self, Fault> {
        let wrong = |what: &str| Fault::invalid("mail", what);
        let (scheme, rest) = text.split_once("://").ok_or_else(|| {
            wrong("`smtps://NAME:PASSWORD@HOST:PORT/FROM` is wanted, or `smtp://` for STARTTLS")
        })?;
        let (authority, from) =
            rest.split_once('/').ok_or_else(|| wrong("the address of the sender is missing"))?;
        let (login, host) = match authority.rsplit_once('@') {
            Some((login, host)) => {
                let (name, password) =
                    login.split_once(':').ok_or_else(|| wrong("the password is missing"))?;
                (Some((name.to_owned(), Secret::new(password))), host)
            }
            None => (None, authority),
        };
        let (host, port) = match host.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().map_err(|_| wrong("no port"))?)),
            None => (host, None),
        };
        let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
        let (tls, usual) = match scheme {
            "smtps" => (Tls::Whole, 465),
            "smtp" if here => (Tls::None, 25),
            "smtp" => (Tls::Starttls, 587),
            _ => return Err(wrong("`smtps` or `smtp` is wanted")),
        };
        let (host, from) = (host.to_owned(), from.to_owned());
        Ok(Self { host, port: port.unwrap_or(usual), tls, login, from })
    }
}

impl Mailer {
    /// A mailer by these settings.
    ///
    /// # Errors
    ///
    /// Where an address is none, or letters would go over a network in clear.
    pub(crate) fn new(settings: &MailSettings) -> Result<Self, Fault> {
        let wrong = |it: lettre::transport::smtp::Error| Fault::invalid("mail", it.to_string());
        let here = settings.host == "localhost"
            || settings.host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
        let builder = match settings.tls {
            Tls::Whole => SmtpTransport::relay(&settings.host).map_err(wrong)?,
            Tls::Starttls => SmtpTransport::starttls_relay(&settings.host).map_err(wrong)?,
            Tls::None if here => SmtpTransport::builder_dangerous(&settings.host),
            Tls::None => {
                return Err(Fault::invalid("mail", "letters go in clear only to this machine"));
            }
        };
        let builder = builder.port(settings.port).timeout(Some(PATIENCE));
        let builder = match &settings.login {
            Some((name, password)) => {
                builder.credentials(Credentials::new(name.clone(), password.reveal().to_owned()))
            }
            None => builder,
        };
        let from = settings.from.parse().map_err(|_| Fault::invalid("from", "no address"))?;
        Ok(Self { transport: builder.build(), from })
    }

    /// Sends a letter.
    ///
    /// # Errors
    ///
    /// Where the other side does not take it, in words.
    pub(crate) fn send(&self, to: &str, letter: &Letter) -> Result<(), String> {
        let to: Address = to.parse().map_err(|_| "no address".to_owned())?;
        let domain = self.from.domain();
        let message = Message::builder()
            .from(Mailbox::new(Some("Exeat".to_owned()), self.from.clone()))
            .to(Mailbox::new(None, to))
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            .subject(&letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|it| it.to_string())?;
        self.transport.send(&message).map(drop).map_err(|it| it.to_string())
    }
}

/// The variable that says how e-mail is sent.
const VARIABLE: &str = "EXEAT_MAIL";

/// What sends e-mail, where the environment says how.
///
/// # Errors
///
/// Where it says so in a way that makes no sense.
pub(crate) fn of_environment() -> Result<Option<Mailer>, Fault> {
    let text = match std::env::var_os(VARIABLE) {
        Some(text) if !text.is_empty() => text,
        Some(_) | None => return Ok(None),
    };
    let text = text.into_string().map_err(|_| Fault::invalid("mail", "it is not UTF-8"))?;
    Mailer::new(&MailSettings::read(&text)?).map(Some)
}

/// The letter of a message: what happened to which case, and nothing that names a party.
pub(super) fn letter(id: &str, kind: &str, body: &str) -> Letter {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let word = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or("unknown");
    let (case, stage, outcome, at) = (word("case"), word("stage"), word("outcome"), word("at"));
    let subject = format!("Exeat: {kind} in case {case}");
    let text = format!(
        "What happened: {kind}\nCase: {case}\nWhen: {at}\nIt now stands at: {stage}\n\
         Outcome: {outcome}\n\nSign in to Exeat to see it.\n"
    );
    Letter { id: id.to_owned(), subject, text }
}

#[cfg(test)]
mod tests {
    use super::{MailSettings, Tls};

    #[test]
    fn settings_are_one_line() {
        let it =
            MailSettings::read("smtps://exeat:a:b@mail.example.org/exeat@example.org").unwrap();
        assert_eq!((it.host.as_str(), it.port, it.tls), ("mail.example.org", 465, Tls::Whole));
        assert_eq!(it.from, "exeat@example.org");
        let (name, password) = it.login.clone().unwrap();
        assert_eq!((name.as_str(), password.reveal()), ("exeat", "a:b"));
        assert!(!format!("{it:?}").contains("a:b"), "the password is not printed");
        let it = MailSettings::read("smtp://mail.example.org:2525/exeat@example.org").unwrap();
        assert_eq!((it.port, it.tls), (2525, Tls::Starttls));
        assert_eq!(MailSettings::read("smtp://127.0.0.1:25/a@b.example").unwrap().tls, Tls::None);
    }

    #[test]
    fn wrong_settings_are_not_repeated() {
        for wrong in ["smtps:secret", "smtps://me:secret@host", "http://me:secret@host/a@b"] {
            let fault = MailSettings::read(wrong).unwrap_err();
            assert!(!format!("{fault} {fault:?}").contains("secret"), "{wrong}");
        }
    }
}
