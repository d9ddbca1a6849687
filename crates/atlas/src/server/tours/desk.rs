//! What handlers share.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use distretto_desk::store::{By, Extras, Store};
use distretto_desk::ways;
use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_tours::{Tour, Travel};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Tours;
use super::attempts::{Attempts, Writes};
use crate::query::shown;

/// Travel times of so many sets of places, and what stands beside so many tours, are kept.
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
    beside: Mutex<VecDeque<(String, Arc<Beside>)>>,
}

/// What stands beside a tour, with its mark.
struct Beside {
    mark: String,
    extras: Extras,
    /// The ways that were found when the tour was put; absent where they are reckoned from coordinates.
    found: Option<Arc<Travel>>,
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
            beside: Mutex::default(),
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

    /// What stands beside a tour: read once for each time that the tour is put.
    async fn beside(&self, id: &str) -> Result<Arc<Beside>> {
        let mark = self.store().extras_mark(id).await?;
        let known = || {
            let beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
            let known = beside.iter().find(|(of, beside)| of == id && beside.mark == mark);
            known.map(|(_, beside)| Arc::clone(beside))
        };
        if let Some(beside) = known() {
            return Ok(beside);
        }
        let mut extras = self.store().extras(id).await?;
        let found = extras.found.take().map(Arc::new);
        let read = Arc::new(Beside { mark, extras, found });
        let mut beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        beside.retain(|(of, _)| of != id);
        beside.push_front((id.to_owned(), Arc::clone(&read)));
        beside.truncate(TRAVELS);
        Ok(read)
    }

    /// What stands beside a tour, but for the ways that were found. Blocks, on a thread of a runtime.
    pub(super) fn extras(&self, id: &str) -> Result<Extras> {
        Ok(self.waited(id)?.extras.clone())
    }

    /// Where the travel times of a tour come from.
    pub(super) async fn source(&self, id: &str) -> Result<String> {
        let beside = self.beside(id).await?;
        Ok(beside.found.as_ref().map_or_else(|| beside.extras.source(), |found| found.source.clone()))
    }

    fn waited(&self, id: &str) -> Result<Arc<Beside>> {
        let runtime = Handle::try_current().map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        runtime.block_on(self.beside(id))
    }

    /// The ways between the bases and these hosts, as the tour says where they come from; those that a server or table was not asked for are not known.
    /// Blocks, on a thread of a runtime.
    pub(super) fn travel(&self, id: &str, tour: &Tour, hosts: &[String]) -> Result<Arc<Travel>> {
        let beside = self.waited(id)?;
        if let Some(found) = &beside.found {
            return Ok(Arc::clone(found));
        }
        let places = places(&format!("{id} {}", beside.mark), tour, hosts);
        let known = || {
            let travels = self.travels.lock().unwrap_or_else(PoisonError::into_inner);
            travels.iter().find(|(of, _)| *of == places).map(|(_, travel)| Arc::clone(travel))
        };
        if let Some(travel) = known() {
            return Ok(travel);
        }
        let travel = Arc::new(ways::travel(&beside.extras.ways, tour, Some(hosts), &mut Log::default())?);
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
fn places(of: &str, tour: &Tour, hosts: &[String]) -> Vec<Spot> {
    let spot = |code: &str, lon: f64, lat: f64| (code.to_owned(), lon.to_bits(), lat.to_bits());
    let bases = tour.frame.bases.iter().map(|base| spot(&base.code, base.place.lon, base.place.lat));
    let hosts = hosts.iter().filter_map(|code| tour.host(code));
    let hosts = hosts.map(|host| spot(&host.code, host.place.lon, host.place.lat));
    std::iter::once(spot(of, 0.0, 0.0)).chain(bases).chain(hosts).collect()
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}
