//! Streams of JSON lines between asynchronous bodies and blocking readers and writers.
//!
//! Memory is bounded in both directions: what is not read is not taken from the connection, and a
//! writer waits until the connection takes more. Who is silent for too long is given up.

use axum::body::{Body, Bytes};
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt;
use std::io::{self, ErrorKind, Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

/// How many pieces wait to be sent.
const WAITING: usize = 2;
/// The largest piece, in bytes.
const PIECE: usize = 1 << 16;

/// A body that is read where blocking is fine.
#[derive(Debug)]
pub(super) struct Incoming {
    body: Body,
    rest: Bytes,
    runtime: Handle,
    silence: Duration,
}

impl Incoming {
    /// Reads this body; to be made on a thread of the runtime.
    pub(super) fn new(body: Body, silence: Duration) -> Self {
        Self { body, rest: Bytes::new(), runtime: Handle::current(), silence }
    }
}

impl Read for Incoming {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            // The clock belongs to the runtime, and this thread does not.
            let frame = async { timeout(self.silence, self.body.frame()).await };
            let frame = self.runtime.block_on(frame);
            let frame = frame.map_err(|_| io::Error::from(ErrorKind::TimedOut))?;
            match frame {
                None => return Ok(0),
                Some(Err(error)) => return Err(io::Error::other(error)),
                Some(Ok(frame)) => self.rest = frame.into_data().unwrap_or_default(),
            }
        }
        let count = buffer.len().min(self.rest.len());
        let taken = self.rest.split_to(count);
        if let Some(place) = buffer.get_mut(..count) {
            place.copy_from_slice(&taken);
        }
        Ok(count)
    }
}

/// Where a blocking writer writes a body.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pieces: Sender<io::Result<Bytes>>,
    runtime: Handle,
    silence: Duration,
}

/// The body that is written there.
#[derive(Debug)]
pub(crate) struct Outcome(Receiver<io::Result<Bytes>>);

/// A writer and the body that comes of it; to be made on a thread of the runtime.
pub(crate) fn outgoing(silence: Duration) -> (Outgoing, Outcome) {
    let (pieces, waiting) = channel(WAITING);
    (Outgoing { pieces, runtime: Handle::current(), silence }, Outcome(waiting))
}

impl Outgoing {
    fn send(&self, piece: io::Result<Bytes>) -> io::Result<()> {
        let sent = async { timeout(self.silence, self.pieces.send(piece)).await };
        match self.runtime.block_on(sent) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(ErrorKind::BrokenPipe.into()),
            Err(_) => Err(ErrorKind::TimedOut.into()),
        }
    }

    /// Ends the body so that the caller sees that it is not whole.
    pub(crate) fn fail(&self, error: io::Error) {
        // Where nobody listens any more, nobody needs the error.
        drop(self.send(Err(error)));
    }
}

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.chunks(PIECE) {
            self.send(Ok(Bytes::copy_from_slice(piece)))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl HttpBody for Outcome {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0.poll_recv(context).map(|it| it.map(|it| it.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
