//! A server of members only: the actions of `club.yaml`.

use actionline::{ActionError, Connection, Failure, Reply, action, constant_time_eq};

/// A login that was refused.
#[derive(Debug, ActionError)]
pub enum LoginError {
    /// The name or the password is wrong.
    WrongLogin,
    /// Others wait already.
    TooManyLogins,
}

/// Greets.
#[action(spec = "src/club.yaml")]
pub fn hello() {}

/// Lets members in whose password is `sesame`; `head` may do more.
#[action(spec = "src/club.yaml")]
pub async fn enter(name: &str, password: &str, conn: &Connection) -> Result<(), LoginError> {
    let turn = conn.login_turn().await;
    turn.map_err(|_| LoginError::TooManyLogins)?;
    if !constant_time_eq(password.as_bytes(), b"sesame") {
        conn.login_failed();
        return Err(LoginError::WrongLogin);
    }
    for right in ["login", "head"]
        .iter()
        .take(1 + usize::from(name == "head"))
    {
        conn.grant(right).expect("the spec names it");
    }
    Ok(())
}

/// Takes the rights back.
#[action(spec = "src/club.yaml")]
pub fn logout(conn: &Connection) -> Result<(), Failure> {
    conn.revoke("login")?;
    Ok(conn.revoke("head")?)
}

/// A card.
#[derive(Debug, Reply)]
pub struct Play {
    card: i64,
}

/// Plays a card.
#[action(spec = "src/club.yaml")]
pub fn play(card: i64) -> Play {
    Play { card }
}

/// Starts anew.
#[action(spec = "src/club.yaml")]
pub fn reset() {}

/// What the application knows.
#[derive(Debug, Reply)]
pub struct Rights {
    has: Vec<String>,
    room: Option<String>,
    refused: String,
    moved: Option<String>,
}

/// Looks, and tries what it may not do.
#[action(spec = "src/club.yaml")]
pub fn rights(conn: &Connection) -> Rights {
    let known = ["login", "head", "nobody"];
    let has = known.into_iter().filter(|right| conn.has_right(right));
    let refused = conn.grant("nobody").expect_err("no spec names it");
    Rights {
        has: has.map(str::to_owned).collect(),
        room: conn.room().map(|room| room.to_string()),
        refused: refused.to_string(),
        moved: conn.change_room("bar").err().map(|fault| fault.message),
    }
}

actionline::actions!(pub CLUB = "src/club.yaml", handlers = [self]);
