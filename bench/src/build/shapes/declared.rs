#[derive(Reply)]
pub struct Unit@Pong {
    pong: bool,
}

#[action]
pub fn unit@_ping() -> Unit@Pong {
    Unit@Pong { pong: true }
}

#[derive(Reply)]
pub struct Unit@Known {
    name: String,
    level: i64,
    note: Option<String>,
}

#[derive(ActionError)]
pub enum Unit@ReadError {
    NotFound { name: String },
}

#[action]
pub fn unit@_read(name: &str) -> Result<Unit@Known, Unit@ReadError> {
    if name.starts_with('_') {
        return Err(Unit@ReadError::NotFound { name: name.to_owned() });
    }
    let level = name.len() as i64 /* EDIT */;
    Ok(Unit@Known { name: name.to_owned(), level, note: None })
}

#[derive(Reply)]
pub struct Unit@Written {
    level: u8,
}

#[derive(ActionError)]
pub enum Unit@WriteError {
    Locked { name: String },
}

#[action]
pub fn unit@_write(name: &str, level: u8, note: Option<&str>) -> Result<Unit@Written, Unit@WriteError> {
    match note {
        Some("locked") => Err(Unit@WriteError::Locked { name: name.to_owned() }),
        _ => Ok(Unit@Written { level }),
    }
}

#[derive(Param)]
pub enum Unit@Order {
    Name,
    Level,
}

#[derive(Reply)]
pub struct Unit@Listed {
    names: Vec<String>,
    of: u64,
}

#[action]
pub fn unit@_list(prefix: Option<&str>, order: Unit@Order, limit: u8) -> Unit@Listed {
    let order = match order {
        Unit@Order::Name => "name",
        Unit@Order::Level => "level",
    };
    let name = format!("{}{order}", prefix.unwrap_or_default());
    Unit@Listed { names: vec![name; usize::from(limit)], of: u64::from(limit) }
}

#[derive(Param)]
pub struct Unit@Body {
    title: String,
    size: u8,
    tags: Vec<String>,
}

#[derive(Reply)]
pub struct Unit@Made {
    id: u64,
    title: String,
}

#[derive(ActionError)]
pub enum Unit@MakeError {
    Full { title: String },
}

#[action]
pub fn unit@_make(body: Unit@Body) -> Result<Unit@Made, Unit@MakeError> {
    let Unit@Body { title, size, tags } = body;
    if size > 9 {
        return Err(Unit@MakeError::Full { title });
    }
    Ok(Unit@Made { id: tags.len() as u64, title })
}

#[derive(Reply)]
pub struct Unit@Moved {
    moved: bool,
}

#[derive(ActionError)]
pub enum Unit@MoveError {
    NotFound { from: String },
    Taken { to: String },
}

#[action]
pub fn unit@_move(from: &str, to: &str, dry: bool) -> Result<Unit@Moved, Unit@MoveError> {
    if from.starts_with('_') {
        return Err(Unit@MoveError::NotFound { from: from.to_owned() });
    }
    if to == from {
        return Err(Unit@MoveError::Taken { to: to.to_owned() });
    }
    Ok(Unit@Moved { moved: !dry })
}

#[derive(Param)]
pub enum Unit@Scale {
    Meter,
    Foot,
}

#[derive(Reply)]
pub struct Unit@Measured {
    value: f64,
    average: f64,
}

#[action]
pub fn unit@_measure(value: f64, scale: Unit@Scale) -> Unit@Measured {
    let value = match scale {
        Unit@Scale::Meter => value,
        Unit@Scale::Foot => value * 0.3048,
    };
    Unit@Measured { value, average: value / 2.0 }
}

#[derive(Reply)]
pub struct Unit@Tagged {
    count: usize,
}

#[action]
pub fn unit@_tag(name: &str, tags: Vec<String>) -> Unit@Tagged {
    Unit@Tagged { count: tags.iter().filter(|tag| *tag != name).count() }
}

#[derive(Reply)]
pub struct Unit@Dropped {
    dropped: bool,
}

#[derive(ActionError)]
pub enum Unit@DropError {
    NotFound { name: String },
    InUse { name: String },
}

#[action]
pub fn unit@_drop(name: &str, force: bool) -> Result<Unit@Dropped, Unit@DropError> {
    match name.chars().next() {
        None => Err(Unit@DropError::NotFound { name: name.to_owned() }),
        Some('_') if !force => Err(Unit@DropError::InUse { name: name.to_owned() }),
        Some(_) => Ok(Unit@Dropped { dropped: true }),
    }
}

#[derive(Reply)]
pub struct Unit@Hit {
    name: String,
    level: i64,
}

#[derive(Reply)]
pub struct Unit@Found {
    hits: Vec<Unit@Hit>,
    of: u64,
}

#[action]
pub fn unit@_find(text: &str, limit: u8, offset: u64) -> Unit@Found {
    let hits = (0..limit).map(|number| Unit@Hit { name: text.to_owned(), level: i64::from(number) });
    Unit@Found { hits: hits.collect(), of: offset }
}
