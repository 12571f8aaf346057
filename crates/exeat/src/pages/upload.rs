//! A form with a file in it, as a browser sends it.
//!
//! Only what our own form sends is understood: parts with a name, one of them a file. The whole
//! body is in memory already, and its size is limited by the route.
//!
//! Source: RFC 7578.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

/// A part of the form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Part {
    /// The name of the field.
    pub(super) name: String,
    /// What the file is called; empty where it is no file.
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

    /// What shows that the form is from a page of the session.
    pub(super) fn csrf(&self) -> String {
        let part = self.part("csrf").map(|it| String::from_utf8_lossy(&it.bytes).into_owned());
        part.unwrap_or_default()
    }
}

/// The form in a body, as its headers say; nothing where it is no such form.
pub(super) fn sent(headers: &HeaderMap, body: &[u8]) -> Sent {
    let kind = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    Sent(parts(kind, body))
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
    let value = |key: &str| {
        line.split(';').find_map(|it| {
            let quoted = it.trim().strip_prefix(key)?.strip_prefix("=\"")?;
            Some(quoted.strip_suffix('"')?.replace("%22", "\""))
        })
    };
    Some(Part {
        name: value("name")?,
        file: value("filename").unwrap_or_default(),
        bytes: rest.get(4..).unwrap_or_default().to_vec(),
    })
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
