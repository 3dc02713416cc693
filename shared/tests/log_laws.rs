//! Laws of the chain, of heads and of the exchange, for any logs.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use sparhund_shared::event::{Event, Voiding};
use sparhund_shared::log::{
    ChainError, EventId, Hash, Head, LogId, Moment, Operation, PublicKey, Record, Sealed, Seen,
    SignatureBytes, SignatureError, SignedHead, Succession, Tail, UserId, diff, follows,
};
use uuid::Uuid;

fn id(byte: u8) -> Uuid {
    Uuid::from_bytes([byte; 16])
}

fn event(text: &str) -> Event {
    Event::Void(Voiding {
        target: EventId(id(0)),
        reason: text.to_owned(),
    })
}

/// A log of one record for each clock reading.
fn log(number: u8, clock: &[(i64, Option<i64>)]) -> Vec<Sealed> {
    let mut tail = Tail::empty(LogId(id(number)));
    clock
        .iter()
        .map(|(at, offset)| {
            let moment = Moment {
                at: *at,
                offset: *offset,
            };
            let sealed = tail.next(EventId(id(number)), moment, UserId(id(1)), &event("x"));
            tail = Tail::after(&sealed);
            sealed
        })
        .collect()
}

fn clocks() -> impl Strategy<Value = Vec<(i64, Option<i64>)>> {
    prop::collection::vec((any::<i64>(), any::<Option<i64>>()), 1..12)
}

/// A replica as a set of records; its head is the end of the chain from the first one.
type Replica = BTreeMap<Hash, Sealed>;

fn head_of(replica: &Replica, log: LogId) -> Head {
    let mut tail = Tail::empty(log);
    while let Some(next) = replica.values().find(|sealed| follows(&tail, sealed).is_ok()) {
        tail = Tail::after(next);
    }
    tail.head
}

proptest! {
    /// Whatever the clock does, the log stays a chain and its ticks rise.
    #[test]
    fn a_writer_follows_itself_under_any_clock(clocks in clocks()) {
        // At the end of time there is no later moment left.
        prop_assume!(clocks.iter().all(|(at, offset)| at.saturating_sub(offset.unwrap_or(0)) < i64::MAX - 100));
        let mut tail = Tail::empty(LogId(id(3)));
        for sealed in log(3, &clocks) {
            prop_assert_eq!(follows(&tail, &sealed), Ok(()));
            prop_assert!(sealed.record().tick > tail.tick || tail.head.seq == 0);
            tail = Tail::after(&sealed);
        }
    }

    /// Any change of any byte gives another hash or no record, and what came after does not follow it.
    #[test]
    fn a_changed_record_does_not_fit(clocks in clocks(), which in any::<prop::sample::Index>(),
                                     at in any::<prop::sample::Index>(), by in 1..=255_u8) {
        let records = log(3, &clocks);
        let which = which.index(records.len());
        let mut bytes = records[which].bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        if let Ok(changed) = Sealed::open(bytes) {
            prop_assert_ne!(changed.hash(), records[which].hash());
            if let Some(next) = records.get(which + 1) {
                prop_assert!(follows(&Tail::after(&changed), next).is_err());
            }
        }
    }

    /// Neither bytes nor records from anywhere make the checks fall over.
    #[test]
    fn hostile_input_is_answered(bytes in prop::collection::vec(any::<u8>(), 0..200), seq in any::<u64>(), tick in any::<i64>()) {
        let _ = Sealed::open(bytes.clone());
        let _ = Event::from_payload(&bytes);
        let sealed = Sealed::new(Record { seq, tick, payload: bytes.into(), ..log(1, &[(0, None)])[0].record().clone() });
        let tail = Tail::after(&sealed);
        let _ = follows(&tail, &sealed);
        let next = tail.next(EventId(id(1)), Moment { at: i64::MAX, offset: Some(i64::MIN) }, UserId(id(1)), &event("y"));
        prop_assert!(next.record().tick >= tick);
    }

    /// A head verifies under its own key only, and only as it was signed.
    #[test]
    fn a_head_verifies_as_signed(key in any::<[u8; 32]>(), other in any::<[u8; 32]>(), seq in any::<u64>(), hash in any::<[u8; 32]>()) {
        prop_assume!(key != other);
        let (key, other) = (SigningKey::from_bytes(&key), SigningKey::from_bytes(&other));
        let head = Head { log: LogId(id(1)), seq, hash: Hash(hash) };
        let signed = head.sign(&key);
        prop_assert!(signed.verify(&PublicKey::of(&key)).is_ok());
        prop_assert_eq!(signed.verify(&PublicKey::of(&other)), Err(SignatureError::Mismatch { seq }));
        let mut moved = signed.clone();
        moved.head.seq = seq.wrapping_add(1);
        prop_assert!(moved.verify(&PublicKey::of(&key)).is_err());
        let mut foreign = signed;
        foreign.head.log = LogId(id(2));
        prop_assert!(foreign.verify(&PublicKey::of(&key)).is_err());
    }

    /// A key that is held elsewhere signs the same bytes as one at hand.
    #[test]
    fn what_is_signed_elsewhere_is_the_same(old in any::<[u8; 32]>(), new in any::<[u8; 32]>(), seq in any::<u64>(), at in any::<i64>()) {
        let (old, new) = (SigningKey::from_bytes(&old), SigningKey::from_bytes(&new));
        let elsewhere = |key: &SigningKey, bytes: &[u8]| SignatureBytes(key.sign(bytes).to_bytes());
        let head = Head { log: LogId(id(1)), seq, hash: Hash([7; 32]) };
        let signed = SignedHead { head, signature: elsewhere(&old, &head.signing_bytes()) };
        prop_assert_eq!(&signed, &head.sign(&old));
        prop_assert!(signed.verify(&PublicKey::of(&old)).is_ok());
        let by = LogId(id(2));
        let signature = elsewhere(&old, &Seen::signing_bytes(head, at, by));
        let seen = Seen { head, at, by, signature };
        prop_assert_eq!(&seen, &Seen::sign(head, at, by, &old));
        prop_assert!(seen.verify(&PublicKey::of(&old)).is_ok());
        let key = PublicKey::of(&new);
        let bytes = Succession::signing_bytes(head.log, by, key);
        let (by_old, by_new) = (elsewhere(&old, &bytes), elsewhere(&new, &bytes));
        let succession = Succession { old: head.log, log: by, key, by_old, by_new };
        prop_assert_eq!(&succession, &Succession::sign(head.log, &old, by, &new));
        prop_assert!(succession.verify(&PublicKey::of(&old)).is_ok());
    }

    /// Doing what `diff` says makes two prefixes of the same logs equal, and then nothing is left to do.
    #[test]
    fn an_exchange_ends_in_equal_replicas(lengths in prop::collection::vec((0..12_usize, 0..12_usize), 1..4)) {
        let clock: Vec<_> = (0..12).map(|at| (at, Some(0))).collect();
        let (mut ours, mut theirs) = (Replica::new(), Replica::new());
        let mut logs = Vec::new();
        for (number, (our, their)) in (1..).zip(&lengths) {
            let records = log(number, &clock);
            ours.extend(records[..*our].iter().map(|sealed| (sealed.hash(), sealed.clone())));
            theirs.extend(records[..*their].iter().map(|sealed| (sealed.hash(), sealed.clone())));
            logs.push(LogId(id(number)));
        }
        let heads = |replica: &Replica| -> Vec<Head> {
            logs.iter().map(|log| head_of(replica, *log)).filter(|head| head.seq > 0).collect()
        };
        let at = |replica: &Replica, log: LogId, seq: u64| {
            replica.values().find(|sealed| sealed.record().log == log && sealed.record().seq == seq).map(Sealed::hash)
        };
        let copy = |from: &Replica, to: &mut Replica, log: LogId, first: u64, last: u64| {
            let part = from.values().filter(|sealed| {
                sealed.record().log == log && (first..=last).contains(&sealed.record().seq)
            });
            to.extend(part.map(|sealed| (sealed.hash(), sealed.clone())));
        };
        for operation in diff(&heads(&ours), &heads(&theirs), |log, seq| at(&ours, log, seq)) {
            match operation {
                Operation::Upload { log, from, to } => copy(&ours, &mut theirs, log, from, to),
                Operation::Download { log, from, to } => copy(&theirs, &mut ours, log, from, to),
                Operation::Noop { .. } => {}
                Operation::Forked { log, at } => prop_assert!(false, "{log} is no fork at {at}"),
            }
        }
        prop_assert_eq!(&ours, &theirs);
        let after = diff(&heads(&ours), &heads(&theirs), |log, seq| at(&ours, log, seq));
        prop_assert!(after.iter().all(|operation| matches!(operation, Operation::Noop { .. })), "{after:?}");
    }
}

#[test]
fn what_does_not_follow_is_told_apart() {
    let records = log(3, &[(10, None), (20, None), (30, None)]);
    let tail = Tail::after(&records[0]);
    assert!(matches!(
        follows(&tail, &records[2]),
        Err(ChainError::Missing {
            expected: 2,
            found: 3
        })
    ));
    assert!(matches!(
        follows(&tail, &log(4, &[(10, None)])[0]),
        Err(ChainError::OtherLog { .. })
    ));
    let other = log(3, &[(11, None), (20, None)]);
    assert!(matches!(
        follows(&tail, &other[1]),
        Err(ChainError::Broken { seq: 2, .. })
    ));
    let back = Sealed::new(Record {
        tick: 1,
        ..records[1].record().clone()
    });
    assert!(matches!(
        follows(&tail, &back),
        Err(ChainError::TickBack { seq: 2 })
    ));
}

#[test]
fn a_disagreement_at_one_place_is_a_fork() {
    let (ours, theirs) = (log(3, &[(1, None), (2, None)]), log(3, &[(1, None), (3, None)]));
    let held = |_, seq: u64| {
        usize::try_from(seq)
            .ok()
            .and_then(|seq| ours.get(seq - 1))
            .map(Sealed::hash)
    };
    let heads = (&[Head::of(&ours[1])], &[Head::of(&theirs[1])]);
    assert_eq!(
        diff(heads.0, heads.1, held),
        [Operation::Forked {
            log: LogId(id(3)),
            at: 2
        }]
    );
    assert_eq!(
        diff(heads.0, &[Head::of(&theirs[0])], held),
        [Operation::Upload {
            log: LogId(id(3)),
            from: 2,
            to: 2
        }]
    );
}
