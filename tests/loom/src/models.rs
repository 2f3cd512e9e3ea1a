//! What has to hold whoever comes first.

use crate::outbox::{Ending, Outbox};
use crate::protocol::push::Head;
use actionline_specs::wire::Reason;
use loom::future::block_on;
use loom::sync::Arc;
use loom::thread;
use std::future::poll_fn;
use std::task::Poll;

fn head(byte: u8) -> Head {
    Head::from([byte])
}

/// A session: looks, and sleeps until it is woken; over once it was told to end and nothing waits.
async fn until_ended(outbox: &Outbox) -> Vec<u8> {
    let mut got = Vec::new();
    poll_fn(|cx| {
        outbox.register(cx.waker());
        outbox.drain(|head| {
            got.extend_from_slice(head);
            true
        });
        match outbox.ending() {
            // Whatever was taken before the end is there by now.
            Some(_) if outbox.bytes() == 0 => Poll::Ready(()),
            Some(_) => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            None => Poll::Pending,
        }
    })
    .await;
    got
}

fn closed() -> Ending {
    Ending {
        reason: Reason::Closed,
        retry_after_ms: None,
    }
}

#[test]
fn no_wake_up_is_lost_and_nothing_that_was_taken() {
    loom::model(|| {
        let outbox = Arc::new(Outbox::new(1000));
        let sender = {
            let outbox = outbox.clone();
            thread::spawn(move || {
                assert!(outbox.try_send(&head(1)).is_ok());
                assert!(outbox.try_send(&head(2)).is_ok());
                outbox.end(closed());
                assert!(outbox.try_send(&head(3)).is_err());
            })
        };
        assert_eq!(block_on(until_ended(&outbox)), [1, 2]);
        sender.join().expect("the sender");
        assert_eq!(outbox.bytes(), 0);
    });
}

#[test]
fn what_two_send_comes_once_or_is_refused() {
    loom::model(|| {
        let outbox = Arc::new(Outbox::new(1000));
        let send = |byte: u8| {
            let outbox = outbox.clone();
            thread::spawn(move || outbox.try_send(&head(byte)).is_ok())
        };
        let senders = [send(1), send(2)];
        outbox.end(closed());
        let mut got = block_on(until_ended(&outbox));
        got.sort_unstable();
        let taken = senders.map(|sender| sender.join().expect("a sender"));
        let expected: Vec<u8> = (1..)
            .zip(taken)
            .filter(|(_, taken)| *taken)
            .map(|(byte, _)| byte)
            .collect();
        assert_eq!(got, expected);
    });
}

#[test]
fn a_closed_one_keeps_nothing() {
    loom::model(|| {
        let outbox = Arc::new(Outbox::new(1000));
        let sender = {
            let outbox = outbox.clone();
            thread::spawn(move || outbox.try_send(&head(1)).is_ok())
        };
        outbox.close();
        sender.join().expect("the sender");
        assert!(outbox.try_send(&head(2)).is_err());
        assert_eq!(
            (outbox.bytes(), outbox.drain(|_| true), outbox.stirred()),
            (0, 0, false)
        );
    });
}

#[test]
fn the_bound_holds_whoever_drains_meanwhile() {
    loom::model(|| {
        let outbox = Arc::new(Outbox::new(2 * 65));
        let sender = {
            let outbox = outbox.clone();
            thread::spawn(move || {
                (0..3)
                    .filter(|byte| outbox.try_send(&head(*byte)).is_ok())
                    .count()
            })
        };
        assert!(outbox.bytes() <= 2 * 65);
        let early = outbox.drain(|_| true);
        let taken = sender.join().expect("the sender");
        let ended = outbox.ending().is_some();
        let late = outbox.drain(|_| true);
        // A slow consumer's queue is thrown away with it.
        assert_eq!(ended, taken < 3);
        assert!(if ended { late == 0 } else { early + late == 3 });
        assert_eq!(outbox.bytes(), 0);
    });
}
