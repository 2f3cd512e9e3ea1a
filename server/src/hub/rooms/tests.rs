use super::*;
use crate::hub::id::NodeId;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
enum Step {
    Change(usize, usize),
    Leave(usize),
    Say(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0usize..6, 0usize..4).prop_map(|(who, room)| Step::Change(who, room)),
        1 => (0usize..6).prop_map(Step::Leave),
        2 => (0usize..6).prop_map(Step::Say),
    ]
}

proptest! {
    /// Any sequence of moves and words leaves the rooms as a plain set of pairs says, and each word reaches exactly the others.
    #[test]
    fn rooms_agree_with_a_model(steps in prop::collection::vec(step(), 0..60)) {
        let rooms = Rooms::default();
        let ids: Vec<ConnId> = (0..6).map(|n| ConnId((1 << 96) + n)).collect();
        let outboxes: Vec<_> = (0..6).map(|_| Arc::new(Outbox::new(1 << 20))).collect();
        let mut at: Vec<Option<Arc<Room>>> = vec![None; 6];
        let mut model: BTreeMap<usize, usize> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Change(who, to) => {
                    let name = format!("room{to}");
                    let room = match &at[who] {
                        Some(from) => rooms.change(from, &name, ids[who], &outboxes[who], usize::MAX).unwrap(),
                        None => rooms.join(&name, ids[who], &outboxes[who]),
                    };
                    at[who] = Some(room);
                    model.insert(who, to);
                }
                Step::Leave(who) => {
                    if let Some(room) = at[who].take() {
                        rooms.leave(&room, ids[who]);
                    }
                    model.remove(&who);
                }
                Step::Say(who) => {
                    let Some(room) = &at[who] else { continue };
                    let others = model.iter().filter(|(other, to)| **other != who && Some(*to) == model.get(&who)).count();
                    prop_assert_eq!(room.broadcast(ids[who], "hi"), others);
                }
            }
            let used: BTreeSet<usize> = model.values().copied().collect();
            prop_assert_eq!(rooms.count(), used.len());
            for to in used {
                let room = rooms.get(&format!("room{to}")).expect("it has members");
                let (members, count) = room.view(100);
                let expected: BTreeSet<ConnId> = model.iter().filter(|(_, at)| **at == to).map(|(who, _)| ids[*who]).collect();
                prop_assert_eq!(count, expected.len());
                prop_assert_eq!(members.into_iter().collect::<BTreeSet<_>>(), expected);
            }
        }
    }
}

#[test]
fn a_view_is_bounded_and_its_count_exact() {
    let rooms = Rooms::default();
    let outbox = Arc::new(Outbox::new(100));
    let mut room = None;
    for _ in 0..11 {
        room = Some(rooms.join("r", ConnId::new(NodeId(1)), &outbox));
    }
    let (members, count) = room.expect("joined").view(10);
    assert_eq!((members.len(), count), (10, 11));
}
