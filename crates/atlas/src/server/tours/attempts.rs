//! How often something may be tried.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// The address that a request comes from, among its extensions; put there by the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Most names and addresses whose attempts are counted.
const MOST: usize = 10_000;

/// Failures are forgotten after so many seconds without another.
const MEMORY: i64 = 3600;

/// Failures at a name from one address that cost no waiting, and the longest waiting.
const PAIR: Patience = Patience { free: 3, longest: 60 };

/// The same of a name from all addresses together. From where its user has logged in before it costs nothing: strangers cannot keep them out.
const NAME: Patience = Patience { free: 10, longest: 60 };

/// The same of an address, behind which many people may be.
const ADDRESS: Patience = Patience { free: 20, longest: 900 };

#[derive(Debug, Clone, Copy)]
struct Patience {
    free: u32,
    longest: i64,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: i64,
}

impl Patience {
    /// Seconds from the last failure to the next attempt: none, then 2, 4, 8, ...
    fn waits(self, failures: Failures) -> i64 {
        let over = failures.count.saturating_sub(self.free);
        if over == 0 { 0 } else { 2_i64.saturating_pow(over).min(self.longest) }
    }
}

/// Attempts to log in that failed, and from where they did not.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    counted: Mutex<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    failures: BTreeMap<String, Failures>,
    /// When a name was last logged in with from an address.
    known: BTreeMap<String, i64>,
}

/// An attempt that was counted as if it failed.
#[derive(Debug)]
pub(super) struct Attempt {
    pair: String,
    now: i64,
    /// What is counted, and when it failed last before.
    before: Vec<(String, i64)>,
}

impl Attempts {
    /// Counts an attempt, as if it failed; the seconds to wait where it must not be made yet. So attempts at the same time count each. Without an
    /// address nothing is counted by it: it is that of a machine between, which all have.
    pub(super) fn begin(&self, name: &str, from: Option<IpAddr>, now: i64) -> Result<Attempt, i64> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let Counted { failures, known } = &mut *counted;
        let address = from.map_or_else(String::new, house);
        let pair = format!("{name} from {address}");
        let mut keys = vec![(format!("pair {pair}"), PAIR)];
        if !known.contains_key(&pair) {
            keys.push((format!("name {name}"), NAME));
        }
        if from.is_some() {
            keys.push((format!("address {address}"), ADDRESS));
        }
        let waits = keys.iter().map(|(key, patience)| {
            let failures = failures.get(key).filter(|failures| now - failures.last < MEMORY);
            failures.map_or(0, |failures| failures.last + patience.waits(*failures) - now)
        });
        if let Some(wait) = waits.max().filter(|wait| *wait > 0) {
            return Err(wait);
        }
        let mut before = Vec::with_capacity(keys.len());
        for (key, _) in keys {
            make_room(failures, now);
            let failures = failures.entry(key.clone()).or_insert(Failures { count: 0, last: now });
            let count = if now - failures.last < MEMORY { failures.count } else { 0 };
            before.push((key, failures.last));
            *failures = Failures { count: count.saturating_add(1), last: now };
        }
        Ok(Attempt { pair, now, before })
    }

    /// The attempt did not fail: the name has a clean slate at this address. Name and address by themselves have half of what they had, and failed last
    /// when they did: who may log in cannot make guesses free by it.
    pub(super) fn succeeded(&self, attempt: Attempt) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let Counted { failures, known } = &mut *counted;
        let Attempt { pair, now, before } = attempt;
        failures.remove(&format!("pair {pair}"));
        for (key, last) in before {
            if let Some(failures) = failures.get_mut(&key) {
                failures.count /= 2;
                failures.last = if failures.last == now { last } else { failures.last };
            }
        }
        if known.len() >= MOST
            && let Some(oldest) = known.iter().min_by_key(|(_, at)| **at).map(|(pair, _)| pair.clone())
        {
            known.remove(&oldest);
        }
        known.insert(pair, now);
    }
}

/// An address as it is counted. One house has as many addresses of version 6 as it likes; the first half is its own.
fn house(address: IpAddr) -> String {
    match address {
        IpAddr::V6(address) => format!("{:?}", &address.segments()[..4]),
        IpAddr::V4(address) => address.to_string(),
    }
}

/// Leaves room for one more: first what is forgotten goes, then what failed least, and of that the oldest.
fn make_room(failures: &mut BTreeMap<String, Failures>, now: i64) {
    if failures.len() < MOST {
        return;
    }
    failures.retain(|_, failures| now - failures.last < MEMORY);
    if failures.len() < MOST {
        return;
    }
    let least = failures.iter().min_by_key(|(_, failures)| (failures.count, failures.last));
    if let Some(key) = least.map(|(key, _)| key.clone()) {
        failures.remove(&key);
    }
}

/// Changes of a session in a minute.
const CHANGES: u32 = 120;

/// Changes, by session.
#[derive(Debug, Default)]
pub(super) struct Writes {
    minutes: Mutex<BTreeMap<String, (i64, u32)>>,
}

impl Writes {
    /// Counts a change; the seconds to wait where there were too many in this minute.
    pub(super) fn count(&self, session: &str, now: i64) -> Result<(), i64> {
        let mut minutes = self.minutes.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.div_euclid(60);
        if minutes.len() >= MOST {
            minutes.retain(|_, (of, _)| *of == minute);
        }
        let counted = minutes.entry(session.to_owned()).or_insert((minute, 0));
        if counted.0 != minute {
            *counted = (minute, 0);
        }
        counted.1 = counted.1.saturating_add(1);
        if counted.1 > CHANGES { Err((minute + 1) * 60 - now) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1)));

    fn stranger(number: u32) -> IpAddr {
        IpAddr::from((0x0a00_0000 + number).to_be_bytes())
    }

    #[test]
    fn a_name_waits_longer_with_each_failure_and_not_for_ever() {
        for from in [None, HOME] {
            let attempts = Attempts::default();
            let begin = |name: &str, now| attempts.begin(name, from, now).map(|_| ());
            for _ in 0..4 {
                begin("anna", 100).unwrap();
            }
            assert_eq!(begin("anna", 100), Err(2));
            assert_eq!(begin("anna", 101), Err(1));
            begin("anna", 102).unwrap();
            assert_eq!(begin("anna", 102), Err(4));
            begin("bob", 102).unwrap();
            let mut now = 102;
            for _ in 0..11 {
                now += 60;
                begin("anna", now).unwrap();
            }
            now += 60;
            let attempt = attempts.begin("anna", from, now).unwrap();
            assert_eq!(begin("anna", now), Err(60));
            attempts.succeeded(attempt);
            begin("anna", now).unwrap();
        }
    }

    #[test]
    fn strangers_do_not_keep_a_user_out() {
        let attempts = Attempts::default();
        attempts.succeeded(attempts.begin("anna", HOME, 0).unwrap());
        let guesses =
            (0..200).filter(|guess| attempts.begin("anna", Some(stranger(*guess)), 100).is_ok()).count();
        assert_eq!(guesses, 11, "guesses of all the world together have to wait");
        attempts.succeeded(attempts.begin("anna", HOME, 100).unwrap());
        let elsewhere = Some(IpAddr::from([192, 0, 2, 7]));
        assert!(attempts.begin("anna", elsewhere, 100).is_err_and(|wait| wait <= 60));
        attempts.begin("anna", elsewhere, 160).unwrap();
    }

    #[test]
    fn who_may_log_in_makes_no_guesses_free_by_it() {
        let attempts = Attempts::default();
        for guess in 0..24 {
            let _ = attempts.begin(&format!("user{guess}"), HOME, 100);
        }
        let wait = attempts.begin("mallory", HOME, 101).unwrap_err();
        let attempt = attempts.begin("mallory", HOME, 101 + wait).unwrap();
        attempts.succeeded(attempt);
        let counted = attempts.counted.lock().unwrap();
        let address = counted.failures["address 192.0.2.1"];
        assert_eq!((address.count, address.last), (11, 100), "half, and not later than the last failure");
    }

    #[test]
    fn without_an_address_only_names_are_counted() {
        let attempts = Attempts::default();
        for guess in 0..100 {
            attempts.begin(&format!("user{guess}"), None, 100).unwrap();
        }
        attempts.begin("anna", None, 100).unwrap();
    }

    #[test]
    fn an_address_waits_whatever_names_it_tries() {
        let attempts = Attempts::default();
        let house = |last: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]));
        for guess in 0..21 {
            attempts.begin(&format!("user{guess}"), house(guess), 100).unwrap();
        }
        assert_eq!(attempts.begin("another", house(99), 100).map(|_| ()), Err(2));
        attempts.begin("another", Some(IpAddr::from([192, 0, 2, 1])), 100).unwrap();
        // An hour later it is forgotten.
        attempts.begin("another", house(1), 100 + MEMORY).unwrap();
        attempts.begin("another", house(1), 100 + MEMORY).unwrap();
    }

    #[test]
    fn what_is_counted_is_bounded_and_what_failed_most_stays() {
        let attempts = Attempts::default();
        for _ in 0..4 {
            attempts.begin("anna", HOME, 100).unwrap();
        }
        for guess in 0..2 * MOST as u32 {
            let Ok(attempt) = attempts.begin(&format!("user{guess}"), Some(stranger(guess)), 101) else {
                continue;
            };
            if guess % 2 == 0 {
                attempts.succeeded(attempt);
            }
        }
        let counted = attempts.counted.lock().unwrap();
        assert!(counted.failures.len() <= MOST && counted.known.len() <= MOST);
        drop(counted);
        assert!(attempts.begin("anna", HOME, 101).is_err());
    }

    #[test]
    fn changes_are_counted_by_the_minute() {
        let writes = Writes::default();
        for _ in 0..CHANGES {
            writes.count("a", 119).unwrap();
        }
        assert_eq!(writes.count("a", 119), Err(1));
        writes.count("b", 119).unwrap();
        writes.count("a", 120).unwrap();
    }
}
