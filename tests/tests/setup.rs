//! What keeps a server from starting, and what it says then.

use actionline::{Cache, Error, Server, Tcp};
use actionline_tests::club::CLUB;
use actionline_tests::lab::{Gates, LAB};
use actionline_tests::shipped::SHIPPED;
use actionline_tests::{Setup, TestClient};
use std::net::Ipv4Addr;

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
        .state(Cache::default());
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

/// Everywhere that this machine can be reached.
const ANYWHERE: &str = "0.0.0.0:0";

fn lab() -> Server {
    Server::new(&LAB).state(Gates::default())
}

#[tokio::test]
async fn strangers_reach_no_server_that_asks_for_nothing() {
    for address in [ANYWHERE, "[::]:0"] {
        let error = lab().bind(address).await.expect_err("anybody could come");
        assert!(matches!(error, Error::Unprotected { address } if address.ip().is_unspecified()));
        let text = error.to_string();
        let asked = address.trim_end_matches('0');
        assert!(
            text.starts_with(&format!("refusing to listen on {asked}")),
            "{text}"
        );
        for way_out in [
            "`requires`",
            "`Server::access`",
            "TLS",
            "--allow-insecure",
            "`Config::allow_insecure`",
        ] {
            assert!(text.contains(way_out), "{text}");
        }
    }
    // A listener made elsewhere is looked at as well.
    let listener = Tcp::bind(ANYWHERE).await.unwrap();
    let error = lab().on(listener).expect_err("anybody could come");
    assert!(matches!(error, Error::Unprotected { .. }));
    for own in ["127.0.0.1:0", "127.1.2.3:0", "[::1]:0"] {
        assert!(lab().bind(own).await.is_ok(), "{own}");
    }
}

#[tokio::test]
async fn strangers_reach_a_server_that_asks_who_they_are() {
    let bound = Server::new(&CLUB).bind(ANYWHERE).await.unwrap();
    assert!(bound.local_addr().ip().is_unspecified());
}

#[tokio::test]
async fn strangers_reach_a_server_that_lets_them() {
    let setup = Setup::lab().config(|config| config.allow_insecure = true);
    let server = setup.start_on(ANYWHERE).await;
    let here = (Ipv4Addr::LOCALHOST, server.address().port()).into();
    let mut client = TestClient::connect(here).await;
    assert!(client.json().await["welcome"].is_string());
}
