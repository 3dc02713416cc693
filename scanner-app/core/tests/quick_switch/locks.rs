//! Nobody tries PINs for long.

use super::*;

#[test]
fn five_wrong_pins_lock_until_the_password_also_over_restarts() {
    let rig = shared();
    let mut left = Vec::new();
    for attempt in 0..5 {
        rig.machine.pass(HOUR / 4);
        let problem = rig.problem(switch(colleague(), "918273"));
        rig.reopen();
        if attempt < 4 {
            assert_eq!(problem.code, "wrong-pin");
            left.push(problem.args["left"].clone());
        } else {
            assert_eq!(problem.code, "quick-locked");
        }
    }
    assert_eq!(left, ["4", "3", "2", "1"]);
    rig.machine.pass(HOUR);
    let problem = rig.problem(switch(colleague(), OTHER_PIN));
    assert_eq!(problem.code, "quick-locked", "the right one comes too late");
    assert_eq!(
        problem.say(&texts(Lang::Sv)),
        "Snabbyte för plockare2 är låst efter för många fel PIN. Logga in med lösenord, så öppnas det igen."
    );
    let locked = person(&rig, colleague());
    assert_eq!((locked.standing, locked.tries_left), (PersonStanding::Locked, 0));
    assert_eq!(
        who(&rig.now_status()),
        Some("plockare"),
        "whoever was there still is"
    );
    // The others are not locked, and do not open it.
    switched(&rig, user().id, PIN);
    assert_eq!(rig.problem(switch(colleague(), OTHER_PIN)).code, "quick-locked");

    rig.server.offline(false);
    rig.sign_in();
    assert_eq!(
        rig.problem(switch(colleague(), OTHER_PIN)).code,
        "quick-locked",
        "another's password opens nothing"
    );
    rig.sign_in_as("plockare2");
    rig.sign_in();
    rig.server.offline(true);
    assert_eq!(
        who(&switched(&rig, colleague(), OTHER_PIN).status),
        Some("plockare2")
    );
}

#[test]
fn a_try_is_used_up_before_its_answer() {
    let rig = shared();
    let path = rig.database();
    assert_eq!(wrong_at(&path), 0);
    let over = AtomicBool::new(false);
    // What another process sees in the file is what a client that is killed at that moment leaves behind.
    let most = std::thread::scope(|threads| {
        let watcher = threads.spawn(|| {
            let mut most = 0;
            while !over.load(Ordering::Relaxed) {
                most = most.max(wrong_at(&path));
            }
            most
        });
        switched(&rig, colleague(), OTHER_PIN);
        over.store(true, Ordering::Relaxed);
        watcher.join().unwrap()
    });
    assert_eq!(most, 1, "counted as wrong while nobody knows that it is right");
    assert_eq!(wrong_at(&path), 0, "a right one clears the count");
}

fn wrong_at(path: &std::path::Path) -> u32 {
    let db = rusqlite::Connection::open(path).unwrap();
    db.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
    let counted = "SELECT max(wrong) FROM quick_user";
    db.query_row(counted, [], |row| row.get(0)).unwrap()
}

#[test]
fn whoever_was_wrong_waits_longer_each_time_and_asking_too_early_costs_nothing() {
    let rig = shared();
    let mut pauses = Vec::new();
    for _ in 0..4 {
        let problem = rig.problem(switch(colleague(), "918273"));
        assert_eq!(problem.code, "wrong-pin");
        let seconds: i64 = problem.args["seconds"].parse().unwrap();
        pauses.push(seconds);
        let until = person(&rig, colleague()).wait_until.unwrap();
        assert_eq!(until, rig.machine.now.get() + seconds * 1_000);
        let left = person(&rig, colleague()).tries_left;
        rig.machine.pass(seconds * 1_000 - 1);
        rig.reopen();
        let early = rig.problem(switch(colleague(), OTHER_PIN));
        assert_eq!(
            (early.code.as_str(), early.args["seconds"].as_str()),
            ("quick-wait", "1")
        );
        assert_eq!(person(&rig, colleague()).tries_left, left);
        rig.machine.pass(1);
    }
    assert_eq!(pauses, [1, 2, 5, 15]);
    // A clock that was set back makes nobody wait for ever, and spares nobody the pause.
    rig.machine.pass(-2 * HOUR);
    let again = rig.problem(switch(colleague(), OTHER_PIN));
    assert_eq!(
        (again.code.as_str(), again.args["seconds"].as_str()),
        ("quick-wait", "15")
    );
    rig.machine.pass(15_000);
    switched(&rig, colleague(), OTHER_PIN);
    assert_eq!(
        person(&rig, colleague()).tries_left,
        5,
        "the right one clears the count"
    );
}

#[test]
fn a_locked_person_is_told_the_same_however_often_it_is_tried() {
    let rig = shared();
    let problems = lock(&rig, colleague());
    assert_eq!(problems.last().unwrap().code, "quick-locked");
    for _ in 0..3 {
        assert_eq!(rig.problem(switch(colleague(), "918273")).code, "quick-locked");
        assert_eq!(rig.problem(switch(colleague(), "9182")).code, "pin-form");
    }
}
