//! Enums, wrappers, structs and arrays of them, on the way in and on the way out.

use actionline::{Param, Reply, action, actions};
use std::borrow::Cow;
use std::net::Ipv4Addr;

#[derive(Param, Reply)]
enum Level {
    Easy,
    #[param(rename = "veryHard")]
    #[reply(rename = "veryHard")]
    Hardest,
}

#[derive(Param)]
struct PlayerId(String);

#[derive(Param)]
struct Seats(u16);

#[derive(Param)]
struct Tag<'a>(Cow<'a, str>);

#[derive(Param)]
enum Piece {
    King,
    Pawn,
}

#[derive(Param)]
struct Board<'a> {
    rows: u8,
    title: Option<Cow<'a, str>>,
    cells: Option<Vec<Cell>>,
}

#[derive(Param)]
struct Cell {
    #[param(rename = "x")]
    column: Column,
    piece: Piece,
}

#[derive(Param)]
struct Column(u16);

#[derive(Reply)]
struct MatchAdded<'a> {
    level: Level,
    points: &'a [u32],
    host: Host<Name>,
    cells: Option<Vec<Place>>,
}

#[derive(Reply)]
struct Host<T> {
    name: T,
    #[reply(untyped)]
    rank: Option<(u8, u8)>,
}

#[derive(Reply)]
struct Name(String);

#[derive(Reply)]
struct Place {
    x: u16,
}

#[action(spec = "nested.yaml")]
fn match_add(
    level: Level,
    host: PlayerId,
    seats: Seats,
    at: Option<jiff::Timestamp>,
    address: Option<Ipv4Addr>,
    tags: Option<Vec<Tag<'_>>>,
    board: Board<'_>,
) -> MatchAdded<'static> {
    let _ = (seats.0, at, address, tags.map(|tags| tags.into_iter().map(|tag| tag.0.len()).sum::<usize>()));
    let _ = (board.rows, board.title);
    let cells = board.cells.map(|cells| {
        let place = |cell: Cell| Place {
            x: cell.column.0 + matches!(cell.piece, Piece::King) as u16,
        };
        cells.into_iter().map(place).collect()
    });
    let host = Host {
        name: Name(host.0),
        rank: None,
    };
    MatchAdded {
        level,
        points: &[0, 0],
        host,
        cells,
    }
}

actions!(pub ACTIONS = "nested.yaml", handlers = [crate]);

fn main() {
    assert_eq!(ACTIONS.handlers.len(), 1);
}
