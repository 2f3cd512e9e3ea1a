#![allow(unused)]

use actionline::{ActionError, Param, Reply, action};

#[derive(Param)]
enum Order {
    #[param(rename = "last-change")]
    LastChange,
    Name,
}

#[derive(Param)]
struct Owner {
    #[param(rename = "user_id")]
    user_id: u8,
}

#[derive(Reply)]
struct Found {
    file_name: String,
}

#[derive(ActionError)]
enum FindError {
    #[error(code = "not_found")]
    NotFound { file_name: String, user_id: u8 },
}

#[action(spec = "style.yaml")]
fn file_find(file_name: &str, sort_by: Order, owner: Option<Owner>) -> Result<Found, FindError> {
    todo!()
}

fn main() {}
