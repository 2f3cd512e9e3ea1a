//! An example as what goes to and fro: the lines a client sends and the line it gets, in word form and in JSON form. The
//! docs show these lines, and the server's `verify` sends them.

mod book;
mod exchange;
pub mod line;
mod names;
mod request;
mod words;

pub use book::{Book, FRAMED};
pub use exchange::{Answer, Exchange, Forms, Onlooker};
pub use names::{YOU, placeholder, sample_id, with_ids, with_ids_in_line, with_samples};
pub use request::{Request, Saved};
