//! What keeps a server from starting, and what it says then.

use actionline::{Memory, Server};
use actionline_tests::lab::{Gates, LAB};
use actionline_tests::shipped::SHIPPED;

async fn refused(server: Server, address: &str) -> String {
    match server.bind(address).await {
        Ok(_) => panic!("it starts"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn a_state_that_a_handler_takes_must_be_given() {
    let error = refused(Server::new(&LAB), "127.0.0.1:0").await;
    assert!(error.starts_with("tests/src/lab.yaml:"), "{error}");
    assert!(
        error.contains("the handler of `gated` takes `State<"),
        "{error}"
    );
    assert!(
        error.contains("Gates>`") && error.ends_with("give it with `Server::state`"),
        "{error}"
    );
    assert!(
        Server::new(&LAB)
            .state(Gates::default())
            .bind("127.0.0.1:0")
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_name_may_be_declared_once() {
    let server = Server::new(&LAB).mount(&LAB).state(Gates::default());
    let error = refused(server, "127.0.0.1:0").await;
    let place = error.split(": ").next().unwrap_or_default().to_owned();
    assert!(
        place.starts_with("tests/src/lab.yaml:") && place.ends_with(" of actionline-tests"),
        "{error}"
    );
    // The same set twice: one place twice.
    let text =
        format!("{place}: the action `gated` is declared at {place} already: rename one of them");
    assert_eq!(error, text);
}

#[tokio::test]
async fn every_mounted_set_is_checked() {
    let server = Server::new(&LAB)
        .mount(&SHIPPED)
        .state(Gates::default())
        .state(Memory::default());
    let error = refused(server, "127.0.0.1:0").await;
    assert!(
        error.starts_with("actions.yaml:") && error.contains("Files"),
        "{error}"
    );
}

#[tokio::test]
async fn an_address_that_is_taken_or_no_address_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let server = || Server::new(&LAB).state(Gates::default());
    let error = refused(server(), &address).await;
    assert!(
        error.starts_with(&format!("cannot listen on {address}: ")),
        "{error}"
    );
    let error = refused(server(), "nonsense").await;
    assert!(error.starts_with("cannot listen on nonsense: "), "{error}");
}
