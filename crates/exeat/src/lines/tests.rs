use super::{Answer, LONGEST, Tally, Verdict, answer};
use decision::outcome::Outcome;
use std::io::{self, Read};
use std::sync::Arc;

/// Echoes each line's number and text, and fails on `bad`.
fn echo(input: impl Read + Send + 'static) -> (String, io::Result<Tally>) {
    let echo: Arc<Answer> = Arc::new(|_, number, line, out| match line {
        Ok(b"bad") | Err(_) => {
            out.extend_from_slice(format!("{number} failed\n").as_bytes());
            Verdict::Failed
        }
        Ok(b"panic") => panic!("as asked"),
        Ok(line) => {
            out.extend_from_slice(format!("{number} {}\n", line.escape_ascii()).as_bytes());
            Verdict::Answered(Outcome::NeedsReview)
        }
    });
    let mut out = Vec::new();
    let mut tally = Tally::default();
    let answered = answer(input, &echo, &mut out, &mut tally);
    (String::from_utf8(out).unwrap(), answered.map(|()| tally))
}

/// Gives its bytes in pieces of that size.
struct Pieces(io::Cursor<Vec<u8>>, usize);

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.1.min(buffer.len());
        self.0.read(&mut buffer[..size])
    }
}

#[test]
fn blank_lines_are_skipped_but_counted_and_carriage_returns_go() {
    let (out, _) = echo(&b"\xef\xbb\xbfa\r\n\r\n\n  b  \nbad\nlast"[..]);
    assert_eq!(out, "1 a\n4 b\n5 failed\n6 last\n");
}

#[test]
fn the_cut_of_the_input_does_not_matter() {
    let lines: Vec<String> = (0..500).map(|it| format!("line {it}\n\n")).collect();
    let text = lines.concat();
    let (whole, tally) = echo(io::Cursor::new(text.clone().into_bytes()));
    assert_eq!(tally.unwrap().count(), 500);
    for size in [1, 7, 64] {
        let (pieces, _) = echo(Pieces(io::Cursor::new(text.clone().into_bytes()), size));
        assert_eq!(pieces, whole, "in pieces of {size}");
    }
}

#[test]
fn a_line_over_ten_megabytes_is_refused_and_the_next_one_answered() {
    let mut text = b"a\n".to_vec();
    text.extend(std::iter::repeat_n(b'x', LONGEST + 1));
    text.extend_from_slice(b"\nb\n");
    let (out, tally) = echo(io::Cursor::new(text));
    assert_eq!(out, "1 a\n2 failed\n3 b\n");
    assert_eq!(tally.unwrap().failed, 1);
}

#[test]
fn a_panic_costs_one_line() {
    let (out, _) = echo(&b"a\npanic\nb\n"[..]);
    assert_eq!(out, "1 a\n2 failed\n3 b\n");
}

#[test]
fn what_came_before_a_read_error_is_answered() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let (out, tally) = echo(io::Cursor::new(b"a\nb\n".to_vec()).chain(Broken));
    assert_eq!(out, "1 a\n2 b\n");
    assert_eq!(tally.unwrap_err().to_string(), "the disk is gone");
}

#[test]
fn a_reader_that_left_ends_the_work() {
    struct Gone;
    impl io::Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    struct Endless;
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            buffer[..2].copy_from_slice(b"a\n");
            Ok(2)
        }
    }
    let any: Arc<Answer> = Arc::new(|_, _, _, out| {
        out.push(b'\n');
        Verdict::Failed
    });
    let error = answer(Endless, &any, &mut Gone, &mut Tally::default()).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
}
