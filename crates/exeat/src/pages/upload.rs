//! A form with a file in it, as a browser sends it.
//!
//! Only what our own form sends is understood: parts with a name, some of them files. What is larger
//! than the form allows is read to its end and thrown away, since a browser shows no answer before
//! it has sent everything.
//!
//! Source: RFC 7578.

use super::visitor::Visitor;
use super::{asked_for, looked_at};
use crate::desk::Desk;
use crate::desk::fault::Fault;
use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use http_body_util::BodyExt as _;
use std::convert::Infallible;
use std::sync::Arc;

/// How many bytes are read of what is too large, before the connection is given up.
const PATIENCE: usize = 1 << 30;
/// How many bytes the rest of a form may have, besides its file.
const REST: usize = 1 << 16;

/// A form whose file has at most so many bytes, or why it cannot be taken.
#[derive(Debug)]
pub(super) struct Upload<const MOST: usize>(pub(super) Result<Sent, Fault>);

impl<S: Send + Sync, const MOST: usize> FromRequest<S> for Upload<MOST> {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Self, Infallible> {
        let (parts, body) = request.into_parts();
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let kind = kind.unwrap_or_default().to_owned();
        let bytes = whole(body, MOST.saturating_add(REST)).await;
        let bytes = bytes.and_then(|it| it.ok_or(Fault::TooLarge { most: MOST }));
        Ok(Self(bytes.map(|it| Sent(self::parts(&kind, &it)))))
    }
}

/// Everything that is sent; `None` where that is more than so many bytes.
async fn whole(mut body: Body, most: usize) -> Result<Option<Vec<u8>>, Fault> {
    let (mut bytes, mut read) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let broken = |_| Fault::invalid("file", "it did not arrive as a whole; send it again");
        let Ok(data) = frame.map_err(broken)?.into_data() else { continue };
        read = read.saturating_add(data.len());
        if read <= most {
            bytes.extend_from_slice(&data);
        } else if read > PATIENCE {
            break;
        } else {
            bytes = Vec::new();
        }
    }
    Ok((read <= most).then_some(bytes))
}

/// Does what a form with a file asks for, once it is known to come from a page of the same session.
pub(super) async fn sent_for<const MOST: usize>(
    desk: Arc<Desk>,
    visitor: Visitor,
    upload: Upload<MOST>,
    act: impl FnOnce(&Arc<Desk>, &Visitor, &Sent) -> Result<Response, Fault> + Send + 'static,
) -> Response {
    match upload.0 {
        Err(it) => looked_at(desk, visitor, move |_, _| Err(it)).await,
        Ok(sent) => {
            asked_for(desk, visitor, sent.csrf(), move |desk, visitor| act(desk, visitor, &sent))
                .await
        }
    }
}

/// A part of the form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Part {
    /// The name of the field.
    pub(super) name: String,
    /// What the file is called, without the folders that some browsers tell; empty where it is no
    /// file.
    pub(super) file: String,
    /// The content.
    pub(super) bytes: Vec<u8>,
}

/// What was sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent(Vec<Part>);

impl Sent {
    /// The part of that name.
    pub(super) fn part(&self, name: &str) -> Option<&Part> {
        self.0.iter().find(|it| it.name == name)
    }

    /// The files of that name that were chosen.
    pub(super) fn files<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Part> {
        self.0.iter().filter(move |it| it.name == name && !it.file.is_empty())
    }

    /// What was written into the field of that name.
    pub(super) fn text(&self, name: &str) -> String {
        let part = self.part(name).map(|it| String::from_utf8_lossy(&it.bytes).into_owned());
        part.unwrap_or_default()
    }

    /// What shows that the form is from a page of the session.
    pub(super) fn csrf(&self) -> String {
        self.text("csrf")
    }
}

/// The parts of a body of that content type; none where it is no such form.
fn parts(kind: &str, body: &[u8]) -> Vec<Part> {
    let Some(boundary) = kind
        .strip_prefix("multipart/form-data")
        .and_then(|it| it.split(';').find_map(|it| it.trim().strip_prefix("boundary=")))
    else {
        return Vec::new();
    };
    let mark = format!("\r\n--{}", boundary.trim_matches('"'));
    // The first boundary has no line break in front of it.
    let mut whole = b"\r\n".to_vec();
    whole.extend_from_slice(body);
    let pieces = split(&whole, mark.as_bytes());
    pieces.into_iter().skip(1).filter_map(part).collect()
}

fn split<'b>(mut bytes: &'b [u8], mark: &[u8]) -> Vec<&'b [u8]> {
    let mut pieces = Vec::new();
    while let Some(place) = find(bytes, mark) {
        let (piece, rest) = bytes.split_at(place);
        pieces.push(piece);
        bytes = rest.get(mark.len()..).unwrap_or_default();
    }
    pieces.push(bytes);
    pieces
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|it| it == mark)
}

fn part(piece: &[u8]) -> Option<Part> {
    let piece = piece.strip_prefix(b"\r\n")?;
    let end = find(piece, b"\r\n\r\n")?;
    let (head, rest) = piece.split_at_checked(end)?;
    let head = String::from_utf8_lossy(head);
    let line = head.lines().find(|it| {
        it.split_once(':').is_some_and(|it| it.0.eq_ignore_ascii_case("content-disposition"))
    })?;
    let file = value(line, "filename").unwrap_or_default();
    Some(Part {
        name: value(line, "name")?,
        file: file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
        bytes: rest.get(4..).unwrap_or_default().to_vec(),
    })
}

/// The quoted value behind a key. Browsers write a quotation mark inside it as `%22`, so the next
/// one ends it, whatever else the name of a file holds.
fn value(line: &str, key: &str) -> Option<String> {
    let start = format!("; {key}=\"");
    let (_, rest) = line.split_once(&start)?;
    Some(rest.split('"').next().unwrap_or_default().replace("%22", "\""))
}

#[cfg(test)]
mod tests {
    use super::parts;

    const KIND: &str = "multipart/form-data; boundary=XX";

    #[test]
    fn a_file_is_taken_as_it_is() {
        let body = b"--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\
                     Content-Type: text/csv\r\n\r\nname\r\nX --XX Y\r\n\r\n--XX--\r\n";
        let found = parts(KIND, body);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name.as_str(), found[0].file.as_str()), ("file", "a.csv"));
        assert_eq!(found[0].bytes, b"name\r\nX --XX Y\r\n");
    }

    #[test]
    fn the_name_of_a_file_may_hold_anything() {
        for (sent, name) in [
            ("a; name=x.csv", "a; name=x.csv"),
            ("C:\\fakepath\\%22><b>.csv", "\"><b>.csv"),
            ("../../etc/passwd", "passwd"),
            ("\u{202e}vsc.exe", "\u{202e}vsc.exe"),
        ] {
            let head = format!("Content-Disposition: form-data; name=\"f\"; filename=\"{sent}\"");
            let found = parts(KIND, format!("--XX\r\n{head}\r\n\r\n1\r\n--XX--").as_bytes());
            assert_eq!((found[0].name.as_str(), found[0].file.as_str()), ("f", name));
        }
    }

    #[test]
    fn what_is_no_form_has_no_parts() {
        for (kind, body) in [
            ("text/plain", &b"--XX"[..]),
            (KIND, b""),
            (KIND, b"--XX"),
            (KIND, b"--XX\r\n\r\n"),
            (KIND, b"--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--"),
            ("multipart/form-data", b"--XX"),
        ] {
            assert_eq!(parts(kind, body), [], "{kind} {body:?}");
        }
    }
}
