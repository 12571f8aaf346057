//! Messages before the protocol sees them.
//!
//! The library that speaks the protocol passes over a line that is no JSON, so that whoever sent it
//! waits for ever, and of a key that stands twice it keeps the last. Both are answered here.

use crate::input::without_mark;
use crate::once::{self, Unread};
use serde_json::{Value, json};
use std::io;
use std::sync::Arc;
use tokio::io::{
    AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, DuplexStream, duplex,
};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// How many bytes wait between the pipes and the protocol.
const WAITING: usize = 1 << 16;

/// What is answered to a message that is not taken; `None` where it is.
pub(crate) fn refusal(message: &[u8]) -> Option<Value> {
    let unread: Unread = once::look(message).err()?;
    // JSON-RPC 2.0, section 5.1: what is no JSON has no id that could be said back.
    let (code, id, said) = if unread.is_json {
        let message: Value = serde_json::from_slice(message).unwrap_or_default();
        let id = message.get("id").filter(|it| it.is_string() || it.is_number()).cloned();
        (-32600, id.unwrap_or_default(), unread.to_string())
    } else {
        (-32700, Value::Null, format!("the message is no JSON: {unread}"))
    };
    Some(json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": said}}))
}

/// Pipes as the protocol takes them, a message a line: where it reads and writes, and what ends when
/// everything that it said is written.
pub(crate) fn between(
    input: impl AsyncRead + Send + Unpin + 'static,
    output: impl AsyncWrite + Send + Unpin + 'static,
) -> ((DuplexStream, DuplexStream), JoinHandle<io::Result<()>>) {
    let (asked, questions) = duplex(WAITING);
    let (answered, answers) = duplex(WAITING);
    let output = Arc::new(Mutex::new(output));
    // Not joined: where the protocol ends first, the input may stay silent for ever.
    drop(tokio::spawn(forward(input, asked, Arc::clone(&output))));
    ((questions, answered), tokio::spawn(deliver(answers, output)))
}

/// Gives every message that can be taken to the protocol, and answers the others.
async fn forward(
    input: impl AsyncRead + Unpin,
    mut asked: DuplexStream,
    output: Arc<Mutex<impl AsyncWrite + Unpin>>,
) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let message = without_mark(&line).trim_ascii();
        match (message.is_empty(), refusal(message)) {
            (true, _) => {}
            (false, None) => asked.write_all(&[message, b"\n"].concat()).await?,
            (false, Some(refusal)) => say(format!("{refusal}\n").as_bytes(), &output).await?,
        }
    }
}

/// Writes what the protocol says, a whole line at a time.
async fn deliver(
    answers: DuplexStream,
    output: Arc<Mutex<impl AsyncWrite + Unpin>>,
) -> io::Result<()> {
    let mut answers = BufReader::new(answers);
    let mut line = Vec::new();
    while answers.read_until(b'\n', &mut line).await? > 0 {
        say(&line, &output).await?;
        line.clear();
    }
    Ok(())
}

async fn say(line: &[u8], output: &Mutex<impl AsyncWrite + Unpin>) -> io::Result<()> {
    let mut output = output.lock().await;
    output.write_all(line).await?;
    output.flush().await
}
