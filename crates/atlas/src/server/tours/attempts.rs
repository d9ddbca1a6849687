//! How often something may be tried.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// The address that a request comes from; put there by the connection.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct Peer(pub(in crate::server) IpAddr);

/// Most names and addresses whose attempts are counted.
const MOST: usize = 10_000;

/// Failures are forgotten after so many seconds without another.
const MEMORY: i64 = 3600;

/// Failures of a name that cost no waiting, and the longest waiting: short, so that nobody can be kept out for long by a stranger's failures.
const NAME: Patience = Patience { free: 3, longest: 60 };

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

/// Attempts to log in that failed, by name and by address.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    failures: Mutex<BTreeMap<String, Failures>>,
}

impl Attempts {
    /// Counts an attempt, as if it failed; the seconds to wait where it must not be made yet. So attempts at the same time count each.
    pub(super) fn begin(&self, name: &str, from: Option<IpAddr>, now: i64) -> Result<(), i64> {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = keys(name, from);
        let waits = keys.iter().map(|(key, patience)| {
            let failures = failures.get(key).filter(|failures| now - failures.last < MEMORY);
            failures.map_or(0, |failures| failures.last + patience.waits(*failures) - now)
        });
        if let Some(wait) = waits.max().filter(|wait| *wait > 0) {
            return Err(wait);
        }
        for (key, _) in keys {
            make_room(&mut failures, now);
            let failures = failures.entry(key).or_insert(Failures { count: 0, last: now });
            let count = if now - failures.last < MEMORY { failures.count } else { 0 };
            *failures = Failures { count: count.saturating_add(1), last: now };
        }
        Ok(())
    }

    /// The attempt did not fail: the name has a clean slate, the address this one less.
    pub(super) fn succeeded(&self, name: &str, from: Option<IpAddr>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let [(name, _), (address, _)] = keys(name, from);
        failures.remove(&name);
        if let Some(failures) = failures.get_mut(&address) {
            failures.count = failures.count.saturating_sub(1);
        }
    }
}

fn keys(name: &str, from: Option<IpAddr>) -> [(String, Patience); 2] {
    let name: String = name.chars().take(80).collect();
    let address = match from {
        // One house has as many addresses of version 6 as it likes; the first half is its own.
        Some(IpAddr::V6(address)) => format!("address {:?}", address.segments().get(..4)),
        Some(IpAddr::V4(address)) => format!("address {address}"),
        None => "address unknown".to_owned(),
    };
    [(format!("name {name}"), NAME), (address, ADDRESS)]
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

    #[test]
    fn a_name_waits_longer_with_each_failure_and_not_for_ever() {
        let attempts = Attempts::default();
        for _ in 0..4 {
            attempts.begin("anna", None, 100).unwrap();
        }
        assert_eq!(attempts.begin("anna", None, 100), Err(2));
        assert_eq!(attempts.begin("anna", None, 101), Err(1));
        attempts.begin("anna", None, 102).unwrap();
        assert_eq!(attempts.begin("anna", None, 102), Err(4));
        attempts.begin("bob", None, 102).unwrap();
        let mut now = 102;
        for _ in 0..12 {
            now += 60;
            attempts.begin("anna", None, now).unwrap();
        }
        assert_eq!(attempts.begin("anna", None, now), Err(60));
        attempts.succeeded("anna", None);
        attempts.begin("anna", None, now).unwrap();
    }

    #[test]
    fn an_address_waits_whatever_names_it_tries() {
        let attempts = Attempts::default();
        let house = |last: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]));
        for guess in 0..21 {
            attempts.begin(&format!("user{guess}"), house(guess), 100).unwrap();
        }
        assert_eq!(attempts.begin("another", house(99), 100), Err(2));
        attempts.begin("another", Some(IpAddr::from([192, 0, 2, 1])), 100).unwrap();
        // An hour later it is forgotten.
        attempts.begin("another", house(1), 100 + MEMORY).unwrap();
        attempts.begin("another", house(1), 100 + MEMORY).unwrap();
    }

    #[test]
    fn what_is_counted_is_bounded_and_what_failed_most_stays() {
        let attempts = Attempts::default();
        for _ in 0..4 {
            attempts.begin("anna", Some(IpAddr::from([192, 0, 2, 1])), 100).unwrap();
        }
        for guess in 0..2 * MOST as u32 {
            let from = IpAddr::from(guess.to_be_bytes());
            let _ = attempts.begin(&format!("user{guess}"), Some(from), 101);
        }
        assert!(attempts.failures.lock().unwrap().len() <= MOST);
        assert!(attempts.begin("anna", Some(IpAddr::from([192, 0, 2, 9])), 101).is_err());
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
