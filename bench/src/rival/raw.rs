//! The least that a line server can do: greet, split lines, answer each with the same bytes, and leave at `quit`.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const REPLY: &[u8] =
    b"{\"context\":\"response\",\"randomNumber\":0.6138995781075209,\"messageCount\":2}\r\n";

/// Bytes read at a time.
const READ: usize = 16 * 1024;

pub(super) async fn serve(
    ready: impl FnOnce(SocketAddr),
    stopped: impl Future<Output = ()>,
) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    ready(listener.local_addr()?);
    let accept = async {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    };
    tokio::select! {
        () = accept => {}
        () = stopped => {}
    }
    Ok(())
}

async fn answer(mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let mut buffer = vec![0; READ];
    let mut out = REPLY.to_vec();
    let mut leave = false;
    while stream.write_all(&out).await.is_ok() && !leave {
        let Ok(read @ 1..) = stream.read(&mut buffer).await else {
            return;
        };
        out.clear();
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', &buffer[..read]) {
            leave |= buffer[start..end].starts_with(b"quit");
            start = end + 1;
            out.extend_from_slice(REPLY);
        }
    }
    let _ = stream.shutdown().await;
}
