#[derive(Serialize)]
pub struct Unit@Pong {
    pong: bool,
}

pub fn unit@_ping() -> Unit@Pong {
    Unit@Pong { pong: true }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit@Read {
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit@Known {
    name: String,
    level: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

pub enum Unit@ReadError {
    NotFound { name: String },
}

impl From<Unit@ReadError> for Failure {
    fn from(error: Unit@ReadError) -> Self {
        match error {
            Unit@ReadError::NotFound { name } => Failure::new("notFound", format!("there is no {name}")),
        }
    }
}

pub fn unit@_read(params: Unit@Read) -> Result<Unit@Known, Unit@ReadError> {
    let Unit@Read { name } = params;
    if name.starts_with('_') {
        return Err(Unit@ReadError::NotFound { name });
    }
    let level = name.len() as i64 /* EDIT */;
    Ok(Unit@Known { name, level, note: None })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit@Write {
    name: String,
    #[serde(default = "one")]
    level: u8,
    note: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit@Written {
    level: u8,
}

pub enum Unit@WriteError {
    Locked { name: String },
}

impl From<Unit@WriteError> for Failure {
    fn from(error: Unit@WriteError) -> Self {
        match error {
            Unit@WriteError::Locked { name } => Failure::new("locked", format!("{name} is locked")),
        }
    }
}

pub fn unit@_write(params: Unit@Write) -> Result<Unit@Written, Unit@WriteError> {
    match params.note.as_deref() {
        Some("locked") => Err(Unit@WriteError::Locked { name: params.name }),
        _ => Ok(Unit@Written { level: params.level }),
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub enum Unit@Order {
    #[default]
    Name,
    Level,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit@List {
    prefix: Option<String>,
    #[serde(default)]
    order: Unit@Order,
    #[serde(default = "ten")]
    limit: u8,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit@Listed {
    names: Vec<String>,
    of: u64,
}

pub fn unit@_list(params: Unit@List) -> Unit@Listed {
    let Unit@List { prefix, order, limit } = params;
    let order = match order {
        Unit@Order::Name => "name",
        Unit@Order::Level => "level",
    };
    let name = format!("{}{order}", prefix.unwrap_or_default());
    Unit@Listed { names: vec![name; usize::from(limit)], of: u64::from(limit) }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit@Body {
    title: String,
    size: u8,
    tags: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit@Make {
    body: Unit@Body,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit@Made {
    id: u64,
    title: String,
}

pub enum Unit@MakeError {
    Full { title: String },
}

impl From<Unit@MakeError> for Failure {
    fn from(error: Unit@MakeError) -> Self {
        match error {
            Unit@MakeError::Full { title } => Failure::new("full", format!("there is no room for {title}")),
        }
    }
}

pub fn unit@_make(params: Unit@Make) -> Result<Unit@Made, Unit@MakeError> {
    let Unit@Body { title, size, tags } = params.body;
    if size > 9 {
        return Err(Unit@MakeError::Full { title });
    }
    Ok(Unit@Made { id: tags.len() as u64, title })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit@Move {
    from: String,
    to: String,
    #[serde(default)]
    dry: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit@Moved {
    moved: bool,
}

pub enum Unit@MoveError {
    NotFound { from: String },
    Taken { to: String },
}

impl From<Unit@MoveError> for Failure {
    fn from(error: Unit@MoveError) -> Self {
        match error {
            Unit@MoveError::NotFound { from } => Failure::new("notFound", format!("there is no {from}")),
            Unit@MoveError::Taken { to } => Failure::new("taken", format!("{to} is taken")),
        }
    }
}

pub fn unit@_move(params: Unit@Move) -> Result<Unit@Moved, Unit@MoveError> {
    let Unit@Move { from, to, dry } = params;
    if from.starts_with('_') {
        return Err(Unit@MoveError::NotFound { from });
    }
    if to == from {
        return Err(Unit@MoveError::Taken { to });
    }
    Ok(Unit@Moved { moved: !dry })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Unit@Scale {
    Meter,
    Foot,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit@Measure {
    value: f64,
    scale: Unit@Scale,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit@Measured {
    value: f64,
    average: f64,
}

pub fn unit@_measure(params: Unit@Measure) -> Unit@Measured {
    let value = match params.scale {
        Unit@Scale::Meter => params.value,
        Unit@Scale::Foot => params.value * 0.3048,
    };
    Unit@Measured { value, average: value / 2.0 }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit@Tag {
    name: String,
    tags: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit@Tagged {
    count: usize,
}

pub fn unit@_tag(params: Unit@Tag) -> Unit@Tagged {
    let Unit@Tag { name, tags } = params;
    Unit@Tagged { count: tags.iter().filter(|tag| **tag != name).count() }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit@Drop {
    name: String,
    #[serde(default)]
    force: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit@Dropped {
    dropped: bool,
}

pub enum Unit@DropError {
    NotFound { name: String },
    InUse { name: String },
}

impl From<Unit@DropError> for Failure {
    fn from(error: Unit@DropError) -> Self {
        match error {
            Unit@DropError::NotFound { name } => Failure::new("notFound", format!("there is no {name}")),
            Unit@DropError::InUse { name } => Failure::new("inUse", format!("{name} is in use")),
        }
    }
}

pub fn unit@_drop(params: Unit@Drop) -> Result<Unit@Dropped, Unit@DropError> {
    let Unit@Drop { name, force } = params;
    match name.chars().next() {
        None => Err(Unit@DropError::NotFound { name }),
        Some('_') if !force => Err(Unit@DropError::InUse { name }),
        Some(_) => Ok(Unit@Dropped { dropped: true }),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit@Find {
    text: String,
    #[serde(default = "ten")]
    limit: u8,
    #[serde(default)]
    offset: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit@Hit {
    name: String,
    level: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit@Found {
    hits: Vec<Unit@Hit>,
    of: u64,
}

pub fn unit@_find(params: Unit@Find) -> Unit@Found {
    let hits = (0..params.limit).map(|number| Unit@Hit { name: params.text.clone(), level: i64::from(number) });
    Unit@Found { hits: hits.collect(), of: params.offset }
}

/// Calls one of these by name.
pub fn call@(name: &str, params: Value) -> Option<Result<Value, Failure>> {
    Some(match name {
        "unit@Ping" => reply(unit@_ping()),
        "unit@Read" => checked(params, |all: &Unit@Read| text("name", &all.name, 64)).and_then(|all| answer(unit@_read(all))),
        "unit@Write" => checked(params, |all: &Unit@Write| {
            text("name", &all.name, 64)?;
            range("level", all.level, 0, 100)?;
            all.note.as_deref().map_or(Ok(()), |note| text("note", note, 200))
        })
        .and_then(|all| answer(unit@_write(all))),
        "unit@List" => checked(params, |all: &Unit@List| {
            all.prefix.as_deref().map_or(Ok(()), |prefix| text("prefix", prefix, 64))?;
            range("limit", all.limit, 1, 100)
        })
        .and_then(|all| reply(unit@_list(all))),
        "unit@Make" => checked(params, |all: &Unit@Make| {
            text("body.title", &all.body.title, 80)?;
            range("body.size", all.body.size, 1, 10)?;
            range("body.tags", all.body.tags.len(), 0, 8)?;
            all.body.tags.iter().try_for_each(|tag| text("body.tags", tag, 16))
        })
        .and_then(|all| answer(unit@_make(all))),
        "unit@Move" => checked(params, |all: &Unit@Move| {
            text("from", &all.from, 64)?;
            text("to", &all.to, 64)
        })
        .and_then(|all| answer(unit@_move(all))),
        "unit@Measure" => checked(params, |all: &Unit@Measure| range("value", all.value, -1000.0, 1000.0)).and_then(|all| reply(unit@_measure(all))),
        "unit@Tag" => checked(params, |all: &Unit@Tag| {
            text("name", &all.name, 64)?;
            range("tags", all.tags.len(), 1, 8)?;
            all.tags.iter().try_for_each(|tag| text("tags", tag, 16))
        })
        .and_then(|all| reply(unit@_tag(all))),
        "unit@Drop" => checked(params, |all: &Unit@Drop| text("name", &all.name, 64)).and_then(|all| answer(unit@_drop(all))),
        "unit@Find" => checked(params, |all: &Unit@Find| {
            text("text", &all.text, 200)?;
            range("limit", all.limit, 1, 100)
        })
        .and_then(|all| reply(unit@_find(all))),
        _ => return None,
    })
}
