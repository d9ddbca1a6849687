//! What handlers share.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use distretto_desk::store::{By, Store};
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::{Tour, Travel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::attempts::{Attempts, Writes};
use super::{Tours, WaysWanted};
use crate::query::shown;

/// Travel times of so many sets of places are kept.
const TRAVELS: usize = 8;

/// Passwords that are looked at at once: each takes 19 MiB and a thread.
const LOGINS: usize = 2;

/// What handlers share.
pub(in crate::server) struct Desk {
    tours: Tours,
    pub(super) attempts: Attempts,
    pub(super) writes: Writes,
    logins: Arc<Semaphore>,
    /// Plans that may be looked for at once.
    pub(super) solves: Arc<Semaphore>,
    /// Users for whom something is looked for.
    searching: Mutex<BTreeSet<String>>,
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
            logins: Arc::new(Semaphore::new(LOGINS)),
            solves: Arc::new(Semaphore::new(solves)),
            searching: Mutex::default(),
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

    /// Refuses a tour that the store does not have.
    pub(super) async fn has(&self, id: &str) -> Result<()> {
        if self.store().tour_revision(id).await? == 0 {
            return Err(Fault::new(Code::StoreNothing, format!("the store has no tour `{}`", shown(id))));
        }
        Ok(())
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
    pub(super) async fn login_turn(&self) -> Result<OwnedSemaphorePermit> {
        let turn = Arc::clone(&self.logins).acquire_owned().await;
        turn.map_err(|error| Fault::new(Code::Internal, error.to_string()))
    }

    /// Whether a web server that stands before this one has the address.
    pub(super) fn is_proxy(&self, address: IpAddr) -> bool {
        self.tours.proxies.contains(&address)
    }

    /// Notes that something is looked for, for a user; `false` where something is already.
    pub(super) fn begin_search(&self, user: &str) -> bool {
        self.searching.lock().unwrap_or_else(PoisonError::into_inner).insert(user.to_owned())
    }

    /// Notes that nothing is looked for any more.
    pub(super) fn end_search(&self, user: &str) {
        self.searching.lock().unwrap_or_else(PoisonError::into_inner).remove(user);
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
