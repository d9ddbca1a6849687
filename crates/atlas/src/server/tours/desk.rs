//! What handlers share.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use distretto_desk::store::{By, Store};
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::{Tour, Travel};
use tokio::sync::Semaphore;

use super::attempts::{Attempts, Writes};
use super::{Tours, WaysWanted};

/// Travel times of so many sets of places are kept.
const TRAVELS: usize = 8;

/// Passwords that are looked at at once: each takes 19 MiB and a thread.
const LOGINS: usize = 2;

/// What handlers share.
pub(in crate::server) struct Desk {
    tours: Tours,
    pub(super) attempts: Attempts,
    pub(super) writes: Writes,
    pub(super) logins: Semaphore,
    /// Plans that may be looked for at once.
    pub(super) solves: Arc<Semaphore>,
    travels: Mutex<VecDeque<(Vec<Spot>, Arc<Travel>)>>,
}

/// A place, to the bit.
type Spot = (String, u64, u64);

impl Desk {
    pub(in crate::server) fn new(tours: Tours, solves: usize) -> Self {
        Self {
            tours,
            attempts: Attempts::default(),
            writes: Writes::default(),
            logins: Semaphore::new(LOGINS),
            solves: Arc::new(Semaphore::new(solves)),
            travels: Mutex::default(),
        }
    }

    pub(super) fn store(&self) -> &Store {
        &self.tours.store
    }

    pub(super) fn now(&self) -> i64 {
        (self.tours.clock)()
    }

    /// A change by this user, now.
    pub(super) fn by<'a>(&self, user: &'a str) -> By<'a> {
        By { user, now: self.now() }
    }

    /// The ways between the bases and these hosts. Blocks.
    pub(super) fn travel(&self, id: &str, tour: &Tour, hosts: &[String]) -> Result<Arc<Travel>> {
        let places = places(id, tour, hosts);
        let known = || {
            let travels = self.travels.lock().unwrap_or_else(PoisonError::into_inner);
            travels.iter().find(|(of, _)| *of == places).map(|(_, travel)| Arc::clone(travel))
        };
        if let Some(travel) = known() {
            return Ok(travel);
        }
        let travel = Arc::new((self.tours.ways)(&WaysWanted { id, tour, hosts })?);
        let mut travels = self.travels.lock().unwrap_or_else(PoisonError::into_inner);
        travels.push_front((places, Arc::clone(&travel)));
        travels.truncate(TRAVELS);
        Ok(travel)
    }

    /// A login, when its turn is.
    pub(super) async fn login_turn(&self) -> Result<tokio::sync::SemaphorePermit<'_>> {
        self.logins.acquire().await.map_err(|error| Fault::new(Code::Internal, error.to_string()))
    }
}

/// All that ways depend on.
fn places(id: &str, tour: &Tour, hosts: &[String]) -> Vec<Spot> {
    let spot = |code: &str, lon: f64, lat: f64| (code.to_owned(), lon.to_bits(), lat.to_bits());
    let bases = tour.frame.bases.iter().map(|base| spot(&base.code, base.place.lon, base.place.lat));
    let hosts = hosts.iter().filter_map(|code| tour.host(code));
    let hosts = hosts.map(|host| spot(&host.code, host.place.lon, host.place.lat));
    std::iter::once(spot(id, 0.0, 0.0)).chain(bases).chain(hosts).collect()
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}
